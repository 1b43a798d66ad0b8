package statements

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// roles knows under which descriptions the article has introduced somebody: «وزير
// الخارجية القطري» before a name, «رئيس المعهد» after it, the words of a body's name.
type roles struct {
	named  []role // by names, in text order
	spoken []role // by phrases that spoke so far
}

// role is a description: its words from the head on, and whom it describes.
type role struct {
	at     int // token of the head
	words  []string
	entity int
}

// longRole is the most words of a description.
const longRole = 10

// searched is how many descriptions are looked at for one phrase.
const searched = 128

// describe collects the descriptions of all names, in text order.
func (f *finder) describe() roles {
	var r roles
	end := 0
	for i := 0; i < len(f.Tokens); i = max(end, i+1) {
		k, e, ok := f.Name(i)
		end = e
		if !ok {
			continue
		}
		n := f.names[k]
		switch n.Kind {
		case isnad.Person:
			if first := f.titleBefore(i); first < i {
				r.named = append(r.named, role{first, f.stems(first, i), n.Entity})
			}
			if first, last := f.titleAfter(e); first < last {
				r.named = append(r.named, role{first, f.stems(first, last), n.Entity})
			}
		case isnad.Organization:
			first := i
			if i > 0 && f.says(i-1) {
				first--
			}
			r.named = append(r.named, role{first, f.stems(first, e), n.Entity})
		}
	}
	return r
}

// titleBefore walks back from the name at token i over the nouns that are its title.
func (f *finder) titleBefore(i int) int {
	first := i
	j := i - 1
	if j > 0 && f.comma(j) {
		j--
	}
	for ; j >= 0 && i-j <= longRole; j-- {
		t := &f.Tokens[j]
		_, _, named := f.Name(j)
		if named {
			continue
		}
		if t.Kind != ling.Word || !t.Nominal() || t.Is(lex.Rel|lex.Subord|lex.Pron) {
			break
		}
		if _, verb := f.VerbAt(j); verb {
			break
		}
		if t.Is(lex.Prep) {
			continue
		}
		if t.Tables.Has(lex.Title) || t.Vocab.POS&vocab.Noun != 0 {
			first = j
		}
		if t.Conj != 0 || t.Prep == 'b' || t.Prep == 'k' {
			break
		}
	}
	for first < i && !f.Tokens[first].Tables.Has(lex.Title) {
		n := f.NounPhrase(first)
		if n >= i {
			break
		}
		first++
	}
	return first
}

// titleAfter gives the title that stands behind a name that ends before token i.
func (f *finder) titleAfter(i int) (first, last int) {
	for i < len(f.Tokens) && (f.comma(i) || f.sign(i, "(") || f.Tokens[i].Is(lex.Pron) && f.Tokens[i].Conj == 'w') {
		i++
	}
	if i >= len(f.Tokens) || f.Tokens[i].Kind != ling.Word || !f.Tokens[i].Tables.Has(lex.Title) || f.Tokens[i].Conj != 0 {
		return 0, 0
	}
	return i, f.NounPhrase(i)
}

// stems gives the words of a description, countries and their adjectives alike.
func (f *finder) stems(first, last int) []string {
	var out []string
	for i := first; i < min(last, first+2*longRole); i++ {
		t := &f.Tokens[i]
		if t.Kind != ling.Word || t.Is(lex.Prep) {
			continue
		}
		w := t.Stem
		for _, table := range [...]lex.Table{lex.Nation, lex.Country} {
			if s, ok := t.Sense(table); ok {
				w = f.Lex.Countries[s.Row].ISO3
			}
		}
		out = append(out, w)
	}
	return out
}

// find gives whom the definite phrase np describes: the last one before it that was
// introduced under the same head with all its words. False when nobody was.
func (r *roles) find(f *finder, np [2]int) (int, bool) {
	if !f.definite(np) {
		return isnad.None, false
	}
	want := f.stems(np[0], np[1])
	if len(want) == 0 {
		return isnad.None, false
	}
	a, named := last(r.named[:before(r.named, np[0])], want)
	b, spoken := last(r.spoken, want)
	switch {
	case named && (!spoken || a.at > b.at || b.entity == isnad.None && a.at > b.at):
		return a.entity, true
	case spoken:
		return b.entity, true
	}
	return isnad.None, false
}

// before gives the number of roles that stand before token at.
func before(list []role, at int) int {
	n, _ := slices.BinarySearchFunc(list, at, func(r role, at int) int { return r.at - at })
	return n
}

// last gives the last role with the head and all the words wanted.
func last(list []role, want []string) (role, bool) {
	for i := len(list) - 1; i >= max(0, len(list)-searched); i-- {
		if have := list[i].words; len(have) > 0 && have[0] == want[0] && covers(have, want) {
			return list[i], true
		}
	}
	return role{}, false
}

// note remembers a phrase that spoke, so that a shorter one can point back to it.
func (r *roles) note(f *finder, np [2]int, entity int) {
	if words := f.stems(np[0], np[1]); len(words) > 0 {
		r.spoken = append(r.spoken, role{np[0], words, entity})
	}
}

// definite reports whether a phrase points to something known.
func (f *finder) definite(np [2]int) bool {
	for i := np[0]; i < np[1]; i++ {
		if _, _, ok := f.Name(i); ok || f.Tokens[i].Definite() {
			return true
		}
	}
	return false
}

// covers reports whether all words of want are in have.
func covers(have, want []string) bool {
	for _, w := range want {
		found := false
		for _, h := range have {
			found = found || h == w
		}
		if !found {
			return false
		}
	}
	return true
}
