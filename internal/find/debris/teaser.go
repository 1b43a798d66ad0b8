package debris

import (
	"strings"
	"unicode"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// The words of a teaser: fewer are a crosshead of the article's own, more a paragraph
// that lost its full stop.
const (
	fewest = 7
	most   = 17
)

// teasers cuts the headlines of other articles that stand between paragraphs without a
// marker. In a text of many such lines they are its list, not its debris.
func (t *cutting) teasers() {
	var found []int
	paragraphs, open := 0, 0
	for i, l := range t.lines {
		if l.cut != "" || l.separator() {
			continue
		}
		switch {
		case l.stop:
			paragraphs++
		case i > 0 && t.headline(l) && t.between(i):
			found = append(found, i)
		default:
			open++
		}
	}
	if paragraphs < 3 || 3*len(found) > paragraphs+1 || open > paragraphs {
		return
	}
	for _, i := range found {
		t.cut(i, isnad.Related)
	}
	for _, i := range found {
		t.beside(i)
	}
}

// beside cuts what stands with the teaser at i: its text broken off, and a short question
// beside it.
func (t *cutting) beside(i int) {
	for _, j := range [2]int{i - 1, i + 1} {
		if j <= 0 || j >= len(t.lines) || t.lines[j].cut != "" {
			continue
		}
		if l := t.lines[j]; l.question() && l.words < fewest || j == i+1 && l.broken() {
			t.cut(j, isnad.Related)
		}
	}
}

// beyond is how many teasers in a row are looked past.
const beyond = 6

// between reports whether line i stands between paragraphs, teasers and what is cut aside.
func (t *cutting) between(i int) bool {
	before, after := t.last(i), t.next(i+1)
	for n := 0; n < beyond && before > 0 && t.lines[before].question() && !t.lines[before].long; n++ {
		before = t.last(before)
	}
	for n := 0; n < beyond && after < len(t.lines) && t.aside(t.lines[after]); n++ {
		after = t.next(after + 1)
	}
	return before >= 0 && (t.lines[before].stop || t.headline(t.lines[before])) && (after == len(t.lines) || t.lines[after].stop || t.lines[after].long)
}

// aside reports whether a line may stand with a teaser.
func (t *cutting) aside(l line) bool { return !l.long && (l.question() || t.headline(l)) }

// headline reports whether a line is a headline by its shape: it opens with a noun,
// not with «و» or a verb, runs on without a comma, and ends without a full stop.
func (t *cutting) headline(l line) bool {
	if l.long || l.stop || l.words < fewest || l.words > most || strings.ContainsAny(l.text, "،؛•*|") {
		return false
	}
	r := initial(l.text)
	last := lastly(l.text)
	if strings.ContainsRune("\"“”«„", r) && strings.ContainsRune("\"“”»", last) {
		return false // somebody's words
	}
	return !unicode.IsDigit(r) && r != '-' && r != '–' && !strings.ContainsRune(":,-–(", last) && !t.opens(first(strings.TrimLeftFunc(l.fold, edge)))
}

// opens reports whether a folded word opens a sentence of running text: it has a
// conjunction before it, or is a verb or a word that leads in.
func (t *cutting) opens(w string) bool {
	word := t.lex.Word(w)
	if word != nil && word.Tables&names != 0 {
		return false
	}
	if word != nil && (word.Class&leads != 0 || verb(word)) {
		return true
	}
	for _, c := range [2]string{script.Waw, script.Fa} {
		rest, ok := strings.CutPrefix(w, c)
		if ok && (strings.HasPrefix(rest, script.Al) || t.lex.Word(rest) != nil || word == nil) {
			return true
		}
	}
	return strings.HasPrefix(w, script.Ya) && word == nil
}

// names are the tables whose words open headlines though they look like verbs.
const names = lex.Mask(1<<lex.Country | 1<<lex.Capital | 1<<lex.Place | 1<<lex.Person | 1<<lex.Short | 1<<lex.Forename | 1<<lex.Surname | 1<<lex.Org |
	1<<lex.Nation | 1<<lex.Title | 1<<lex.Head | 1<<lex.EventNoun)

// leads are the closed words that open a sentence of running text, not a headline.
const leads = lex.Rel | lex.Demo | lex.Qad | lex.Kana | lex.While | lex.But | lex.TimeConj

// verb reports whether a word is a verb and nothing else.
func verb(w *lex.Word) bool {
	for _, s := range w.Senses {
		if s.Form&lex.Verb == 0 {
			return false
		}
	}
	return len(w.Senses) > 0
}
