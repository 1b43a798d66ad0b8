package shelf

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
)

// Listed bounds the names and roles of a thing that are given.
const Listed = 100

// usualShare is the share of the mentions of the most frequent form that a fuller form has
// at least to be the name of a thing.
const usualShare = 4

// Fullest gives the name by which a thing is told: of the usual forms that with most words.
// The forms are in order, the most frequent first.
func Fullest(forms []isnad.Count) string {
	best, most := "", 0
	for _, f := range forms {
		if words := len(strings.Fields(f.Key)); usualShare*f.Articles >= forms[0].Articles && words > most {
			best, most = f.Key, words
		}
	}
	return best
}

// MostOf gives the keys that were counted most.
func MostOf(of map[string]int, limit int) (list []isnad.Count) {
	keys := slices.SortedFunc(maps.Keys(of), func(a, b string) int { return cmp.Or(of[b]-of[a], cmp.Compare(a, b)) })
	for _, k := range keys[:min(len(keys), AtMost(limit))] {
		list = append(list, isnad.Count{Key: k, Label: k, Articles: of[k]})
	}
	return list
}
