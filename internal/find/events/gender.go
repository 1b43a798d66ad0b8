package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// gender is the grammatical gender of a word in the singular, as far as its form tells.
type gender int8

const (
	open gender = iota // unknown, or a plural
	masculine
	feminine
)

// differ reports whether two genders are known and not the same.
func differ(a, b gender) bool { return a != open && b != open && a != b }

// ofVerb gives the gender in which the finite verb at token i stands.
func (f *finder) ofVerb(i int) gender {
	v, ok := f.VerbAt(i)
	switch {
	case !ok || v.Plural || v.Dual || v.Spoken:
		return open
	case v.Feminine && v.Tense == lex.Imperfect && f.Tokens[i].Vocab.POS&vocab.VerbPerfect != 0:
		return open // «تخلى» is no «she»
	case v.Feminine:
		return feminine
	}
	return masculine
}

// ofPronoun gives the gender of the pronoun that hangs on token i, if one does.
func (f *finder) ofPronoun(i int) gender {
	t := &f.Tokens[i]
	switch {
	case t.Kind != ling.Word || strings.HasSuffix(f.Text[t.Start:t.End], script.TaMarbuta):
		return open
	case strings.HasSuffix(t.Fold, script.Hna):
		return feminine
	case strings.HasSuffix(t.Fold, script.Ha):
		return masculine
	}
	return open
}

// wanted gives the gender of whom the words at token i speak without naming him: that of the
// pronoun before a verb («أنها»), of the verb, or of the pronoun on a noun.
func (f *finder) wanted(i int) gender {
	if f.implied(i) {
		for j := i - 1; j >= 0 && j >= i-3; j-- {
			if t := &f.Tokens[j]; t.Is(lex.Subord | lex.Pron) {
				return f.ofPronoun(j)
			}
		}
	}
	if g := f.ofVerb(i); g != open {
		return g
	}
	if t := &f.Tokens[i]; t.Pron && f.Pronoun(i) {
		return f.ofPronoun(i)
	}
	return open
}

// male are the states whose names are masculine; those of all others are feminine.
var male = [...]string{"LBN", "IRQ", "MAR", "JOR", "SDN", "YEM", "SOM", "SSD", "VAT"}

// ofWord gives the gender of the word or name at token i by its form.
func (f *finder) ofWord(i int) gender {
	if n, _, ok := f.Name(i); ok {
		return f.ofName(n, i)
	}
	t := &f.Tokens[i]
	switch {
	case t.Kind != ling.Word:
		return open
	case strings.HasSuffix(f.Text[t.Start:t.End], script.TaMarbuta), strings.HasSuffix(t.Base, script.At):
		return feminine
	}
	if s, _, ok := f.Match(i, lex.Title); ok && s.Form&(lex.Plural|lex.Dual|lex.Feminine) == 0 {
		return masculine
	}
	return open
}

// ofName gives the gender of name n, whose mention holds token i.
func (f *finder) ofName(n, i int) gender {
	e := f.names[n].Entity
	switch f.names[n].Kind {
	case isnad.Person:
		if s, ok := f.Tokens[i].Sense(lex.Forename); ok {
			switch f.Lex.Forenames[s.Row].Gender {
			case "m":
				return masculine
			case "f":
				return feminine
			}
		}
	case isnad.Place:
		if e < 0 {
			return open
		}
		if _, state := f.known[e].Sense(lex.Country); state {
			for _, code := range male {
				if code == f.entities[e].Country {
					return masculine
				}
			}
		}
		return feminine
	case isnad.Organization:
		t := &f.Tokens[i]
		if strings.HasSuffix(f.Text[t.Start:t.End], script.TaMarbuta) || strings.HasSuffix(t.Base, script.At) {
			return feminine
		}
		if t.Tables.Has(lex.Head) {
			return masculine
		}
	}
	return open
}
