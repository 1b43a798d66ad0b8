package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// land is a word that names a state: its name, a place of it, its adjective or people.
type land struct {
	token int
	code  string
}

// survey lists the words that name states, and finds the one named most.
func (f *finder) survey() {
	count := map[string]int{}
	for i := range f.Tokens {
		if s, ok := f.Tokens[i].Sense(lex.EventNoun); ok && f.Lex.EventNouns[s.Row].Type == "AGREE" {
			f.pacts = append(f.pacts, i)
		}
		code := f.landAt(i)
		if code == "" {
			continue
		}
		f.embody(i, code)
		f.lands = append(f.lands, land{i, code})
		count[code]++
		if f.home == "" || count[code] > count[f.home] {
			f.home = code
		}
	}
	f.said = count
	f.settled = 3*count[f.home] >= len(f.lands)
}

// embody notes the body of a state whose name, or whose adjective of nation, token i is.
func (f *finder) embody(i int, code string) {
	for j := i; j >= 0 && j >= i-2; j-- {
		if f.Tokens[j].Definite() && f.body(j) {
			f.bodies = append(f.bodies, land{j, code})
			return
		}
	}
}

// landAt gives the state that token i names as the first word of a place or by itself.
func (f *finder) landAt(i int) string {
	if n, _, ok := f.Name(i); ok {
		if i > 0 {
			if before, _, ok := f.Name(i - 1); ok && before == n {
				return ""
			}
		}
		if e := f.names[n].Entity; e >= 0 && f.entities[e].Kind != isnad.Person {
			return f.entities[e].Country
		}
		return ""
	}
	return f.nation(i)
}

// nation gives the state whose adjective or people token i is.
func (f *finder) nation(i int) string {
	t := &f.Tokens[i]
	if !t.Tables.Has(lex.Nation) && !t.Tables.Has(lex.People) && len(f.PhrasesAt(i)) == 0 {
		return ""
	}
	for _, table := range [...]lex.Table{lex.Nation, lex.People} {
		if s, _, ok := f.Match(i, table); ok && (t.Definite() || s.Form&lex.Participle == 0) {
			return f.Lex.Countries[s.Row].ISO3
		}
	}
	return ""
}

// landIn gives the first state whose name or adjective stands in tokens [first, last),
// inside names too.
func (f *finder) landIn(first, last int) string {
	for i := first; i < last; i++ {
		if code := f.nation(i); code != "" {
			return code
		}
		if s, ok := f.Tokens[i].Sense(lex.Country); ok {
			return f.Lex.Countries[s.Row].ISO3
		}
	}
	return ""
}

// landFrom gives the index of the first land at or after a token.
func (f *finder) landFrom(token int) int {
	lo, hi := 0, len(f.lands)
	for lo < hi {
		mid := (lo + hi) / 2
		if f.lands[mid].token < token {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// context gives the state that token i speaks of when it names none: that of the article,
// or, where it is of many, the nearest named in the sentence.
func (f *finder) context(i int) string {
	if f.settled {
		return f.home
	}
	sent := f.around(i)
	best, at := "", len(f.Tokens)
	for k := f.landFrom(sent.First); k < len(f.lands) && f.lands[k].token < sent.Last; k++ {
		gap := f.lands[k].token - i
		if gap < 0 {
			gap = -gap
		}
		if gap < at {
			best, at = f.lands[k].code, gap
		}
	}
	if best != "" {
		return best
	}
	return f.home
}

// own gives a state's code if the article names that state.
func (f *finder) own(code string) string {
	if f.said[code] == 0 {
		return ""
	}
	return code
}
