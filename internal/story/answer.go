package story

import (
	"cmp"
	"maps"
	"slices"
)

// answer is an assertion of what is denied.
type answer struct {
	assertion
	worth float64 // how near its words are to those denied
}

// answers gives the best assertion of what is denied in each article, the best first.
func answers(group []denial, asserted []assertion) []answer {
	best := map[int]answer{}
	for _, a := range asserted {
		for _, n := range group {
			need := asserts
			switch {
			case n.being:
				need = wholly
			case !n.gist.names(deed) || !n.party.names(state):
				need = firmly
			}
			if n.gist.covered(a.gist) < need || !n.party.meets(a.gist, state) || !n.gist.meets(a.gist, deed) ||
				!n.inWords(a.gist) && !n.party.shares(a.doers) || n.gist[blame] > 0 && a.gist[blame] == 0 {
				continue
			}
			if w := n.gist.cosine(a.gist); w > best[a.article].worth {
				best[a.article] = answer{a, w}
			}
		}
	}
	return slices.SortedFunc(maps.Values(best), func(a, b answer) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.article, b.article))
	})
}

// inWords reports whether a clause has the words of what is denied, or where somebody is
// blamed at least one of them.
func (n denial) inWords(g gist) bool {
	if n.gist[blame] > 0 {
		return n.gist.meets(g, stem)
	}
	return n.gist.only(stem).covered(g) >= inWords
}

// disputed reports whether an outlet asserts what another one denies.
func disputed(list []Telling, group []denial, yes []answer) bool {
	for _, a := range yes {
		for _, n := range group {
			if list[a.article].Record.Article.Outlet != list[n.article].Record.Article.Outlet {
				return true
			}
		}
	}
	return false
}

// clearestFirst gives the assertions that are nearly as near as the best, one first that
// can be read by itself.
func clearestFirst(yes []answer) []answer {
	n := slices.IndexFunc(yes, func(a answer) bool { return a.worth < nearly*yes[0].worth })
	if n >= 0 {
		yes = yes[:n]
	}
	if at := slices.IndexFunc(yes, func(a answer) bool { return a.plain }); at > 0 {
		clear := yes[at]
		yes = slices.Insert(slices.Delete(yes, at, at+1), 0, clear)
	}
	return yes
}
