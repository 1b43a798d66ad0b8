package events

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// crowded reports whether the words [first, last) tell of persons by a common noun.
func (f *finder) crowded(first, last int) bool {
	for i := first; i < last; i++ {
		if f.crowd(i) {
			return true
		}
	}
	return false
}

// nobody reports whether the indefinite words [first, last) name no party: «مسلحون» who
// attack are nobody's until the text says whose.
func (f *finder) nobody(first, last int) bool {
	_, _, body := f.Match(first, lex.Body)
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && !f.unnamed(last+1, f.phrase(last+1)) {
		return false // «مسلحون من الحركة»
	}
	return first < last && !f.Tokens[first].Definite() && !body && f.unnamed(first, last)
}

// unnamed reports whether the words [first, last) name nobody.
func (f *finder) unnamed(first, last int) bool {
	m := f.mention(first, last)
	return m.person < 0 && m.first == "" && m.people == ""
}

// crowd reports whether token i counts or means persons of the land.
func (f *finder) crowd(i int) bool {
	t := &f.Tokens[i]
	s, ok := t.Sense(lex.Unit)
	if !ok || f.Lex.Units[s.Row].Class != "person" {
		return false
	}
	counted := i > 0 && (f.Tokens[i-1].Kind == ling.Number || f.Tokens[i-1].Tables.Has(lex.Number))
	return s.Form&(lex.Plural|lex.Dual) != 0 || t.Definite() || counted
}
