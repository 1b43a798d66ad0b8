package commitments

import (
	"sort"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// near is how far from a person's name his title may stand, in tokens.
const near = 5

// governs reports whether the name n at token i can bind itself: a place only when it is a
// state or its capital.
func (f *finder) governs(i, n int) bool {
	if f.names[n].Kind != isnad.Place {
		return true
	}
	for _, t := range [...]lex.Table{lex.Country, lex.Capital} {
		if _, _, ok := f.Match(i, t); ok {
			return true
		}
	}
	return f.state(f.names[n].Entity)
}

// state reports whether entity e is a state by its name: «#الولايات_المتحدة» is no phrase
// that the lexicon matches.
func (f *finder) state(e int) bool {
	if e < 0 || f.entities[e].Country == "" {
		return false
	}
	for k := range f.Lex.Countries {
		if c := &f.Lex.Countries[k]; c.ISO3 == f.entities[e].Country {
			return c.Name == f.entities[e].Name
		}
	}
	return false
}

// led reports whether a noun phrase begins with the title of a person: then the body or
// state named in it is not the holder itself.
func (f *finder) led(first int) bool {
	if _, _, named := f.Name(first); named {
		return false
	}
	_, _, ok := f.Match(first, lex.Title)
	return ok
}

// can reports whether the word means somebody who can undertake.
func (f *finder) can(t *ling.Token) bool {
	if t.Tables&lex.In(lex.Title, lex.Nation, lex.People) != 0 || f.party(t) {
		return true
	}
	if s, ok := t.Sense(lex.Head); ok && f.Lex.Heads[s.Row].Kind == "org" {
		return true
	}
	if s, ok := t.Sense(lex.Unit); ok {
		switch f.Lex.Units[s.Row].Class {
		case "person", "group":
			return true
		}
	}
	return false
}

// party reports whether t is a word of the lexicon for a side that undertakes.
func (f *finder) party(t *ling.Token) bool {
	s, ok := t.Sense(lex.Commitment)
	return ok && s.Form&(lex.Verb|lex.Participle) == 0 && f.Lex.Commitments[s.Row].Basis == "none"
}

// acts reports whether token i is one of those who undertake: an officer, a body, the
// nation's own; not «the people».
func (f *finder) acts(i int) bool {
	t := &f.Tokens[i]
	if s, ok := t.Sense(lex.Title); ok {
		switch f.Lex.Titles[s.Row].Class {
		case "office", "rank", "role":
			return true
		}
		return false
	}
	if s, ok := t.Sense(lex.Head); ok {
		return f.Lex.Heads[s.Row].Kind == "org"
	}
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "group" {
		return true
	}
	return f.party(t)
}

// apposed gives the token after the person's name that stands behind the comma at token i
// and a title («نائب الرئيس، سالم العلي،»), or i.
func (f *finder) apposed(i int) int {
	if i+1 >= len(f.Tokens) || f.Tokens[i].Fold != "،" && f.Tokens[i].Fold != "," {
		return i
	}
	n, end, named := f.Name(i + 1)
	if !named || f.names[n].Kind != isnad.Person || f.Tokens[i+1].Conj != 0 {
		return i
	}
	for j := i - 1; j >= max(0, i-near); j-- {
		if f.Tokens[j].Kind != ling.Word {
			return i
		}
		if f.Tokens[j].Tables.Has(lex.Title) {
			return end
		}
	}
	return i
}

// counts reports whether token i only tells how many or which of those behind it («أحد»).
func (f *finder) counts(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Quantifier|lex.Demo) || t.Kind == ling.Number || t.Tables.Has(lex.Number) || t.Kind != ling.Word
}

// titled gives the person told last whose name stands beside the title at token i
// («الرئيسة»), or isnad.None.
func (f *finder) titled(i int) int {
	stem := f.Tokens[i].Stem
	if !f.Tokens[i].Tables.Has(lex.Title) {
		return isnad.None
	}
	last := sort.Search(len(f.names), func(n int) bool { return f.names[n].Start >= int(f.Tokens[i].Start) })
	for n := last - 1; n >= max(0, last-2*memory); n-- {
		if f.names[n].Kind != isnad.Person {
			continue
		}
		at := f.tokenAt(f.names[n].Start)
		for j := max(0, at-near); j < min(len(f.Tokens), at+2*near); j++ {
			if f.Tokens[j].Stem == stem && j != i {
				return f.names[n].Entity
			}
		}
	}
	return isnad.None
}

// bearers leaves out of the holders who are none: a text, an object in the accusative, a place that
// is no state, a participle of speech («مشيرة»).
func (f *finder) bearers(by []isnad.Source) []isnad.Source {
	var out []isnad.Source
	for _, s := range by {
		i := f.tokenAt(s.Start)
		if s.Entity >= 0 || f.named(i) || f.bears(i) {
			out = append(out, s)
		} else if f.text(i) {
			out = append(out, f.owners(isnad.Span{Start: i, End: f.phrase(i)})...) // «بيان الوزارة»
		}
	}
	return out
}

// text reports whether token i is the word for a text in which somebody speaks.
func (f *finder) text(i int) bool {
	s, ok := f.Tokens[i].Sense(lex.SpeechNoun)
	return ok && f.Lex.SpeechNouns[s.Row].Class == "statement"
}

// bears reports whether the words at token i, which name nobody, can mean one who undertakes.
func (f *finder) bears(i int) bool {
	t := &f.Tokens[i]
	if t.Tables.Has(lex.Title) || t.Tables.Has(lex.Unit) && f.can(t) {
		return true
	}
	if s, ok := t.Sense(lex.Speech); ok && s.Form&lex.Participle != 0 && !t.Definite() {
		return false
	}
	if f.text(i) {
		return false
	}
	if s, ok := t.Sense(lex.Head); ok && f.Lex.Heads[s.Row].Kind == "place" {
		return false
	}
	return !f.accusative(i)
}

// body gives the organization named last before token i in its sentence: «شركته» is that of
// the man whose title names it.
func (f *finder) body(i int) int {
	for j := i - 1; j >= f.Sents[f.SentenceOf(i)].First; j-- {
		if n, _, ok := f.Name(j); ok && f.names[n].Kind == isnad.Organization {
			return f.names[n].Entity
		}
	}
	return isnad.None
}

// able reports whether a name or a word for somebody stands at token i.
func (f *finder) able(i int) bool {
	_, _, named := f.Name(i)
	return named || f.can(&f.Tokens[i])
}
