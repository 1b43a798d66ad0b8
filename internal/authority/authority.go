// Package authority knows which things that different articles name are one: what
// librarians call authority control. It gives each entity of a record a key that does
// not depend on other articles, and decides from the articles of the same days what the
// key alone leaves open: whose family name stands alone, and who merely shares a name.
//
// It knows nothing of how things are kept or corrected by hand.
package authority

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// File is the lexicon seen as a file of established names.
type File struct{ lexicon *lex.Lexicon }

// New makes a file of a lexicon.
func New(l *lex.Lexicon) File { return File{l} }

// Key gives the key of an entity: its kind, a slash, and the established name folded, or
// what of the name does not change with spelling. A state's key ends in its code. Keys
// of persons are a given name and a family name; of a family name alone, just that.
func (f File) Key(e isnad.Entity) string {
	words := strings.Fields(script.Fold(e.Name))
	if len(words) == 0 {
		return string(e.Kind) + "/"
	}
	switch e.Kind {
	case isnad.Person:
		return string(e.Kind) + "/" + f.person(words, e.Country)
	case isnad.Place:
		return string(e.Kind) + "/" + f.place(words, e.Country)
	case isnad.Organization:
		if row, ok := f.row(words, lex.Org); ok {
			words = strings.Fields(script.Fold(f.lexicon.Orgs[row].Name))
		}
	}
	return string(e.Kind) + "/" + strings.Join(bare(words), " ")
}

// Keys gives the keys of all entities of a record.
func (f File) Keys(entities []isnad.Entity) []string {
	keys := make([]string, len(entities))
	for i, e := range entities {
		keys[i] = f.Key(e)
	}
	return keys
}

// row finds the row of a table that the words are a form of.
func (f File) row(words []string, t lex.Table) (int32, bool) {
	w := f.lexicon.Word(words[0])
	for _, next := range words[1:] {
		w = w.Next(next)
	}
	s, ok := w.Sense(t)
	return s.Row, ok
}

// place gives the code of a state, or the established name of another place with the
// state it lies in: there are two cities of Tripoli.
func (f File) place(words []string, country string) string {
	if row, ok := f.row(words, lex.Country); ok {
		return f.lexicon.Countries[row].ISO3
	}
	if row, ok := f.row(words, lex.Place); ok {
		p := f.lexicon.Places[row]
		if country == "" || country == p.ISO3 {
			words, country = strings.Fields(script.Fold(p.Name)), p.ISO3
		}
	}
	name := strings.Join(bare(words), " ")
	if country == "" {
		return name
	}
	return name + "/" + country
}

// person gives a person's given and family name. A public figure has those of the
// lexicon whichever way the name is written, unless the article says another state.
func (f File) person(words []string, country string) string {
	for _, t := range [...]lex.Table{lex.Person, lex.Short} {
		if row, ok := f.row(words, t); ok {
			p := f.lexicon.Persons[row]
			if country == "" || p.ISO3 == "" || country == p.ISO3 {
				words = strings.Fields(script.Fold(p.Name))
				break
			}
		}
	}
	units := f.units(words)
	given, family := units[0], units[len(units)-1]
	switch {
	case len(units) == 1:
		return f.skeleton(given)
	case len(units) > 2 && filial(units[1]):
		family = units[1] // «محمد بن سلمان بن عبد العزيز آل سعود» goes by the father's name
	}
	return f.skeleton(given) + " " + f.skeleton(family)
}

// units joins words of filiation and servitude (بن، أبو، عبد) with the word after them.
func (f File) units(words []string) []string {
	var out []string
	open := false
	for _, w := range words {
		if open {
			out[len(out)-1] += joint + w
		} else {
			out = append(out, w)
		}
		open = f.nasab(w)
	}
	return out
}

// joint stands between the words of a unit.
const joint = "\u200c" // zero width non-joiner

func (f File) nasab(word string) bool {
	w := f.lexicon.Word(word)
	return w != nil && w.Class&lex.Nasab != 0
}

// filial reports whether a unit is a father's name.
func filial(unit string) bool { return strings.HasPrefix(unit, script.Ibn+joint) }

// Family gives the family name in the key of a person: its last unit.
func Family(key string) string {
	_, name, _ := strings.Cut(key, "/")
	return name[strings.LastIndexByte(name, ' ')+1:]
}

// alone reports whether a person's key is a family name alone.
func alone(key string) bool { return !strings.Contains(key, " ") }

// bare takes the article from every word.
func bare(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w
		if rest, ok := strings.CutPrefix(w, script.Al); ok && len(rest) > 4 {
			out[i] = rest
		}
	}
	return out
}
