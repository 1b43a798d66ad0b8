package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// object gives where the subject [first, last) behind the verb at i ends when its object stands
// right behind it, with nothing between to part them.
func (f *finder) object(first, last, i int) int {
	if first < i {
		return last
	}
	for _, parts := range [...]func(first, j int) bool{f.placeBehind, f.titleBehind, f.headBehind, f.apart} {
		for j := first + 1; j < last; j++ {
			if !f.sameName(j-1, j) && parts(first, j) {
				return j
			}
		}
	}
	return f.personBehind(first, last)
}

// placeBehind reports whether the name of a place or body at token j cannot belong to the noun
// phrase that begins at first.
func (f *finder) placeBehind(first, j int) bool {
	t, p := &f.Tokens[j], &f.Tokens[j-1]
	if t.Conj != 0 {
		return false
	}
	n, _, named := f.Name(j)
	if named && f.names[n].Kind == isnad.Place && f.nation(j-1) != "" {
		return true // «الرئيس المصري تونس»
	}
	if _, state := t.Sense(lex.Country); state && !named && t.Prep == 0 {
		if n, _, ok := f.Name(j - 1); ok && f.names[n].Kind == isnad.Place {
			return true // «قطر السعودية»
		}
	}
	if !named || f.names[n].Kind == isnad.Person || f.Preposition(j) != 0 || f.Tokens[first].Definite() || p.Kind != ling.Word {
		return false
	}
	adjective := p.Vocab.POS&vocab.Adj != 0 && p.Vocab.POS&vocab.Noun == 0 && !p.Definite()
	return adjective || strings.HasSuffix(p.Base, script.On) // «دبلوماسيون غربيون موسكو»
}

// titleBehind reports whether token j, behind the name of a place, begins the title of a person
// («واشنطن المبعوث فلانا»).
func (f *finder) titleBehind(first, j int) bool {
	n, end, named := f.Name(j - 1)
	t := &f.Tokens[j]
	return named && end == j && j-1 == first && f.names[n].Kind == isnad.Place && t.Definite() && t.Conj == 0 && t.Tables.Has(lex.Title) && f.nation(j) == ""
}

// headBehind reports whether another noun phrase begins at token j, behind a name.
func (f *finder) headBehind(_, j int) bool {
	if t := &f.Tokens[j]; f.personal(j-1) && !f.personal(j) && t.Kind == ling.Word && t.Conj == 0 && f.nation(j) == "" {
		return true // «الملك فلان الرئيس الكيني»
	}
	n, end, named := f.Name(j - 1)
	return named && end == j && f.names[n].Kind == isnad.Organization && f.another(j) // «الجيش العراقي تنظيم كذا»
}

// personBehind gives where [first, last) ends when the name of a person stands behind a common
// noun that is no title.
func (f *finder) personBehind(first, last int) int {
	for j := first; j < last; j++ {
		n, _, named := f.Name(j)
		if !named {
			if s, _, ok := f.Match(j, lex.Title); ok && s.Form&lex.Plural == 0 || f.Tokens[j].Conj != 0 {
				return last
			}
			continue
		}
		end := j
		if end > first && f.Tokens[end-1].Kind == ling.Punct {
			end--
		}
		if f.names[n].Kind == isnad.Person && end > first && f.Tokens[end-1].Definite() {
			return end
		}
		return last
	}
	return last
}

// another reports whether token i, behind the name of an organization, begins another noun phrase.
func (f *finder) another(i int) bool {
	t := &f.Tokens[i]
	if t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || f.nation(i) != "" {
		return false
	}
	const heads = 1<<lex.Head | 1<<lex.Title | 1<<lex.Unit | 1<<lex.Body | 1<<lex.Demonym
	return !t.Definite() && t.Vocab.POS&vocab.Adj == 0 || t.Tables&heads != 0
}

// by reports whether token i has the letter «ب» before it, also where the whole is a forename
// too («باسم»).
func (f *finder) by(i int) bool {
	if i >= len(f.Tokens) {
		return false
	}
	t := &f.Tokens[i]
	return t.Prep == 'b' || t.Tables.Has(lex.Forename) && strings.HasPrefix(t.Base, script.Ba)
}

// apart reports whether token j cannot belong to the feminine adjective of nation before it:
// it has the article, and is neither feminine nor joined nor in a name («الشرطة التركية المهاجم»).
func (f *finder) apart(_, j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named || !t.Definite() || t.Conj != 0 || t.Prep != 0 || f.nation(j-1) == "" {
		return false
	}
	return strings.HasSuffix(f.Tokens[j-1].Base, script.Ya+script.Ha) && !strings.HasSuffix(t.Base, script.Ha) && !strings.HasSuffix(t.Base, script.At)
}

// counted gives the subject behind the verb at token i that begins with a word of number
// («قتل نحو خمسين شخصا»).
func (f *finder) counted(i int) (first, last int, ok bool) {
	j := i + 1
	for j < len(f.Tokens) && (f.IsTime(j) || f.resumes(j)) && !f.Tokens[j].Is(lex.Quantifier) {
		j++ // «كل» is also the word of «every day»
	}
	if j >= len(f.Tokens) || !f.Tokens[j].Is(lex.Quantifier) {
		return 0, 0, false
	}
	last = f.phrase(j)
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) {
		last = f.phrase(last + 1) // «أكثر من خمسين شخصا»
	}
	return j, last, last > j+1
}

// accusative reports whether token i shows by its ending that it is an object.
func (f *finder) accusative(i int) bool {
	t := &f.Tokens[i]
	_, _, named := f.Name(i)
	return !named && t.Kind == ling.Word && !t.Tables.Has(lex.Title) && !t.Definite() && len(t.Base) > 6 && strings.HasSuffix(t.Base, script.Alef) && f.nation(i) == ""
}

// counts is parties, but of people who are told to be of a body behind them that body
// («500 عنصر من حزب الله»).
func (f *finder) counts(first, last int) []string {
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) && f.unnamed(first, last) {
		if p := f.member(first, last); len(p) > 0 {
			return p
		}
	}
	if first < last && last < len(f.Tokens) && last > first+1 && f.Preposition(last) == 'l' && !f.Tokens[last-1].Definite() && f.Tokens[last-1].Vocab.POS&vocab.Adj != 0 && f.unnamed(first, last) {
		if p := f.parties(last, f.phrase(last)); len(p) > 0 {
			return p // «خمسة عناصر تابعين للحركة»
		}
	}
	return f.parties(first, last)
}

// member gives the party of a noun phrase that names none itself: the one that it is a
// part of («خمسة من جنود التحالف») or that its pronoun means.
func (f *finder) member(first, last int) []string {
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) {
		return f.parties(last+1, f.phrase(last+1))
	}
	for i := first; i < last; i++ {
		if f.Pronoun(i) {
			return f.referent(first, nil)
		}
	}
	return nil
}
