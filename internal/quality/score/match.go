package score

import (
	"cmp"
	"slices"
)

// pair is a marked finding and the given one that answers it, by index.
type pair struct {
	gold, got int
	worth     float64
}

// match pairs n marked findings with m given ones one to one, the best pairs first; a pair
// worth nothing is none.
func match(n, m int, worth func(gold, got int) float64) []pair {
	var all []pair
	for i := range n {
		for j := range m {
			if w := worth(i, j); w > 0 {
				all = append(all, pair{i, j, w})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.gold, b.gold), cmp.Compare(a.got, b.got))
	})
	usedGold, usedGot := make([]bool, n), make([]bool, m)
	return slices.DeleteFunc(all, func(p pair) bool {
		if usedGold[p.gold] || usedGot[p.got] {
			return true
		}
		usedGold[p.gold], usedGot[p.got] = true, true
		return false
	})
}
