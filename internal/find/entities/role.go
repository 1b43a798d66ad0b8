package entities

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// role is a title that the article gives a person.
type role struct {
	text    string // its words as written
	country string // of the nation it names
	weak    bool   // an honorific, or a description after the name
}

// longTitle is the most words of a title.
const longTitle = 10

// role gives the title of the person mentioned at m: the words before the name from the
// title on, without an honorific between, else those after it.
func (l *linker) role(m *mention) (role, bool) {
	if first, end, ok := l.before(m); ok && !l.somebodys(first, end) {
		return role{l.words(first, end), l.nation(first, end), false}, true
	}
	if first, end, ok := l.behind(m); ok && !l.somebodys(first, end) {
		return role{l.words(first, end), l.nation(first, end), true}, true
	}
	if i := m.first - 1; i >= 0 && l.titled(i) == "honorific" && l.Tokens[m.first].Prep == 0 {
		return role{l.words(i, m.first), "", true}, true
	}
	return role{}, false
}

// somebodys reports a pronoun on a word of tokens [first, end): «خصمه», «وزير خارجيته»
// say nothing by themselves.
func (l *linker) somebodys(first, end int) bool {
	for i := first; i < end; i++ {
		t := &l.Tokens[i]
		if t.Pron || t.Kind == ling.Word && strings.HasSuffix(l.Text[t.Start:t.End], script.Ha) && t.Tables&lex.In(lex.Country, lex.Capital, lex.Place, lex.Surname) == 0 && t.Vocab.POS&vocab.Particle == 0 {
			return true
		}
	}
	return false
}

// titled gives the class of the title that the word at token i is, or begins.
func (l *linker) titled(i int) string {
	t := &l.Tokens[i]
	s, ok := t.Sense(lex.Title)
	if !ok || s.Form&(lex.Plural|lex.Dual) != 0 || t.Pron || t.Kind != ling.Word {
		return ""
	}
	if _, verb := l.VerbAt(i); verb {
		return ""
	}
	return l.Lex.Titles[s.Row].Class
}

// before gives the tokens of the title before a name: back to the nearest title, and on
// over the titles that it is of («نائب رئيس»).
func (l *linker) before(m *mention) (first, end int, ok bool) {
	if l.Tokens[m.first].Prep != 0 || l.Tokens[m.first].Conj != 0 {
		return 0, 0, false
	}
	end = m.first
	for end > 0 && (l.Tokens[end-1].Fold == "،" || l.Tokens[end-1].Fold == ",") {
		end--
	}
	low := max(0, end-longTitle, l.Sents[l.SentenceOf(m.first)].First)
	for i := end - 1; i >= low; i-- {
		class := l.titled(i)
		if class == "" && l.breaks(i) {
			return 0, 0, false
		}
		switch class {
		case "office", "rank", "profession", "role":
			return l.of(i, low), end, true
		case "honorific":
			if i == end-1 && i > low && l.Tokens[i].Conj == 0 {
				end = i
			}
		case "kin":
			return 0, 0, false
		}
		if l.Tokens[i].Conj != 0 {
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// of goes on from the title at token i to the titles before it that it belongs to.
func (l *linker) of(i, low int) int {
	for i > low && l.Tokens[i].Conj == 0 && l.Tokens[i].Prep == 0 && !l.Tokens[i].Def {
		if c := l.titled(i - 1); c != "office" && c != "role" || l.Tokens[i-1].Def {
			break
		}
		i--
	}
	return i
}

// breaks reports whether token i cannot stand in a title.
func (l *linker) breaks(i int) bool {
	t := &l.Tokens[i]
	if t.Kind != ling.Word {
		return true
	}
	if t.Is(lex.Rel | lex.Subord | lex.Pron | lex.Qad | lex.Kana | lex.Neg | lex.While | lex.But | lex.TimeConj) {
		return true
	}
	_, verb := l.VerbAt(i)
	return verb
}

// behind gives the tokens of a title after a name: «فلان، رئيس المعهد».
func (l *linker) behind(m *mention) (first, end int, ok bool) {
	i := m.last
	if i < len(l.Tokens) && (l.Tokens[i].Fold == "،" || l.Tokens[i].Fold == ",") {
		i++
	}
	if i >= len(l.Tokens) || l.SentenceOf(i) != l.SentenceOf(m.first) {
		return 0, 0, false
	}
	if _, _, named := l.chunks.Name(i); named || l.Tokens[i].Conj != 0 || l.Tokens[i].Prep != 0 {
		return 0, 0, false
	}
	switch l.titled(i) {
	case "office", "profession", "role":
		end = l.chunks.NounPhrase(i)
		return i, end, end > i+1
	}
	return 0, 0, false
}

// words gives tokens [first, end) as written, without a clitic before them.
func (l *linker) words(first, end int) string {
	return strings.Join(strings.Fields(clean(l.Text[l.Tokens[first].Body:l.Tokens[end-1].End])), " ")
}
