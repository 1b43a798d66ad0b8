package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// subject gives the noun phrase that is the subject of g and its parties. When the
// clause has none it is the antecedent, or whoever the words before speak of.
func (f *finder) subject(g *deed) (first, last int, parties []string) {
	i := g.first
	t := &f.Tokens[i]
	switch {
	case i > 0 && f.Tokens[i-1].Is(lex.Rel) && !t.Pron && !f.resumes(i+1):
		return i, i, f.antecedent(i - 1)
	case f.implied(i):
		return i, i, f.over(g)
	case g.dual:
		if p := f.couple(i); len(p) > 0 {
			return i, i, p
		}
		return i, i, f.over(g)
	case g.plural:
		first, last, ok := f.SubjectBefore(i)
		if p := f.parties(first, last); ok && len(p) > 0 {
			return first, last, p
		}
		if p := f.topic(i); len(p) > 0 {
			return i, i, p
		}
		return i, i, f.over(g)
	}
	if p := f.topic(i); len(p) > 0 {
		return i, i, p
	}
	first, last, ok := f.counted(i)
	if !ok {
		first, last, ok = f.Subject(i)
	}
	if ok && first > i && (first < g.last || f.accusative(first)) {
		first, last, ok = f.SubjectBefore(i)
	}
	if !ok {
		return i, i, f.over(g)
	}
	last = f.object(first, last, i)
	if last > i && last < len(f.Tokens) && f.Tokens[last].Prep == 'b' && f.titled(first) {
		last = f.phrase(last) // «المتحدثة باسم الوزارة»
	}
	p := f.counts(first, last)
	if len(p) == 0 {
		p = f.member(first, last)
	}
	if len(p) == 0 {
		p = f.gathering(first)
	}
	return first, last, p
}

// object gives where the subject [first, last) behind the verb at i ends when the name of
// a person stands beside it who cannot be of it: a common noun without a title.
func (f *finder) object(first, last, i int) int {
	if first < i {
		return last
	}
	for j := first + 1; j < last; j++ {
		if n, _, named := f.Name(j); named && f.names[n].Kind == isnad.Place && f.Tokens[j].Conj == 0 && f.nation(j-1) != "" {
			return j // «الرئيس المصري تونس»
		}
	}
	for j := first + 1; j < last; j++ {
		if f.apart(j) {
			return j // «الشرطة التركية المهاجم»
		}
	}
	for j := first; j < last; j++ {
		n, _, named := f.Name(j)
		if !named {
			if s, ok := f.Tokens[j].Sense(lex.Title); ok && s.Form&lex.Plural == 0 || f.Tokens[j].Conj != 0 {
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

// apart reports whether token j cannot belong to the feminine adjective of nation before it:
// it has the article, and is neither feminine nor joined nor in a name.
func (f *finder) apart(j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named || !t.Definite() || t.Conj != 0 || t.Prep != 0 || f.nation(j-1) == "" {
		return false
	}
	return strings.HasSuffix(f.Tokens[j-1].Base, script.Ya+script.Ha) && !strings.HasSuffix(t.Base, script.Ha) && !strings.HasSuffix(t.Base, script.At)
}

// gathering gives the parties told last when the subject is a meeting or a text of theirs
// («القمة», «البيان»).
func (f *finder) gathering(i int) []string {
	t := &f.Tokens[i]
	if !t.Definite() || len(f.given) == 0 {
		return nil
	}
	meeting := false
	if s, ok := t.Sense(lex.EventNoun); ok {
		meeting = f.Lex.EventNouns[s.Row].Type == "CONSULT"
	}
	if s, ok := t.Sense(lex.SpeechNoun); ok {
		meeting = meeting || f.Lex.SpeechNouns[s.Row].Class == "statement"
	}
	if s, ok := t.Sense(lex.Unit); ok {
		meeting = meeting || f.Lex.Units[s.Row].Class == "group"
	}
	if !meeting {
		return nil
	}
	for k := len(f.given) - 1; k >= 0; k-- {
		if h := &f.given[k]; h.kind == "CONSULT" || h.kind == "REQUEST" || h.kind == "ACCUSE" {
			return h.actors
		}
	}
	return nil
}

// resumes reports whether token i is a preposition with a pronoun («منه»), by which a
// relative clause takes up its antecedent.
func (f *finder) resumes(i int) bool {
	if i >= len(f.Tokens) || !f.Tokens[i].Is(lex.Prep) {
		return false
	}
	fold := f.Tokens[i].Fold
	return strings.HasSuffix(fold, script.Ha) || strings.HasSuffix(fold, script.Hna) || strings.HasSuffix(fold, script.Hum)
}

// counted gives the subject behind the verb at token i that begins with a word of number
// («قتل نحو خمسين شخصا»).
func (f *finder) counted(i int) (first, last int, ok bool) {
	j := i + 1
	for j < len(f.Tokens) && f.IsTime(j) {
		j++
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
	return !named && t.Kind == ling.Word && !t.Definite() && len(t.Base) > 6 && strings.HasSuffix(t.Base, script.Alef) && f.nation(i) == ""
}

// counts is parties, but of people who are told to be of a body behind them that body
// («500 عنصر من حزب الله»).
func (f *finder) counts(first, last int) []string {
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) && f.unnamed(first, last) {
		if p := f.member(first, last); len(p) > 0 {
			return p
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
		if f.Tokens[i].Pron {
			return f.referent(first, nil)
		}
	}
	return nil
}

// implied reports whether the subject of the verb at token i is a pronoun right before it
// («أنها», «وهو»).
func (f *finder) implied(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		t := &f.Tokens[j]
		switch {
		case t.Is(lex.Qad|lex.Future) || f.denies(j):
			continue
		case t.Is(lex.Pron):
			return true
		case t.Is(lex.Subord):
			return strings.HasSuffix(t.Fold, script.Ha) || strings.HasSuffix(t.Fold, script.Hna) || strings.HasSuffix(t.Fold, script.Hum) || strings.HasSuffix(t.Fold, script.Huma)
		}
		return false
	}
	return false
}

// antecedent gives the party that a relative clause whose pronoun is token i tells of.
func (f *finder) antecedent(i int) []string {
	first := max(f.Sents[f.SentenceOf(i)].First, i-6)
	for j := i - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); finite {
			return nil
		}
		if p := f.firstParty(j, j+1); len(p) > 0 {
			return p
		}
		if f.Tokens[j].Definite() && f.body(j) {
			return with(nil, f.same(j))
		}
	}
	return nil
}

// topic gives the party that opens the clause of the verb at token i, with other phrases
// between the two.
func (f *finder) topic(i int) []string {
	first := max(f.Sents[f.SentenceOf(i)].First, i-18)
	for j := i - 1; j >= first; j-- {
		t := &f.Tokens[j]
		if _, finite := f.VerbAt(j); finite && !t.Is(lex.Kana) {
			return nil
		}
		if t.Is(lex.Subord|lex.While|lex.Kana) && !t.Definite() || j == first && j == f.Sents[f.SentenceOf(i)].First {
			at := j
			if t.Is(lex.Subord | lex.While | lex.Kana) {
				at++
			}
			return f.parties(at, f.phrase(at))
		}
	}
	return nil
}

// suffers reports whether the only noun phrase of a verb that can be passive without a
// sign of it («قتل خمسة جنود») is the one that suffers: a number of people, or nobody who
// acts for a state or group.
func (f *finder) suffers(g *deed, first, last int) bool {
	if first <= g.first {
		return f.phrase(g.last) == g.last && !f.Tokens[g.first].Pron
	}
	if f.Tokens[g.first].Pron {
		return false
	}
	t := &f.Tokens[first]
	if t.Kind == ling.Number || t.Is(lex.Quantifier) || t.Tables.Has(lex.Number) {
		return true
	}
	if s, ok := t.Sense(lex.Unit); ok && !t.Definite() {
		switch f.Lex.Units[s.Row].Class {
		case "person", "casualty":
			return f.phrase(last) == last
		}
	}
	return f.phrase(last) == last || last < len(f.Tokens) && f.Tokens[last].Prep != 0
}

// damma reports whether token i is written with a damma after its first letter: a passive.
func (f *finder) damma(i int) bool {
	t := &f.Tokens[i]
	return script.HasDamma(f.Text[t.Body:t.End])
}

// over is above for the verb of g. Who only speaks of an assault did not do it.
func (f *finder) over(g *deed) []string {
	if g.kind != "ASSAULT" {
		return f.above(g.first)
	}
	first := max(0, g.first-back)
	for j := g.first - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); !finite || f.Tokens[j].Tables.Has(lex.Speech) {
			continue
		}
		if a, b, ok := f.Subject(j); ok {
			if p := f.parties(a, b); len(p) > 0 {
				return p
			}
		}
	}
	return nil
}

// back is how far a subject is looked for in what goes before, in tokens.
const back = 60

// above gives the subject of the verb that governs or goes before token i.
func (f *finder) above(i int) []string {
	first := max(0, i-back)
	for j := i - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); !finite {
			continue
		}
		if a, b, ok := f.Subject(j); ok {
			if p := f.parties(a, b); len(p) > 0 {
				return p
			}
		}
	}
	return nil
}
