package ling

import (
	"slices"
	"sort"

	"github.com/isnad-project/isnad"
)

// Told gives for each token of d the index of the innermost statement that tells of it,
// or isnad.None: the smaller statements are written over the larger.
func (d *Doc) Told(statements []isnad.Statement) []int32 {
	told := make([]int32, len(d.Tokens))
	for i := range told {
		told[i] = isnad.None
	}
	order := make([]int, len(statements))
	for k := range order {
		order[k] = k
	}
	size := func(k int) int { return statements[k].Content.End - statements[k].Content.Start }
	slices.SortStableFunc(order, func(a, b int) int { return size(b) - size(a) })
	for _, k := range order {
		c := statements[k].Content
		first := sort.Search(len(d.Tokens), func(i int) bool { return int(d.Tokens[i].Body) >= c.Start })
		for i := first; i < len(d.Tokens) && int(d.Tokens[i].Body) < c.End; i++ {
			told[i] = int32(k)
		}
	}
	return told
}
