package story

import (
	"container/heap"
	"slices"
)

// edge is the sum of the similarities between the articles of two parties, by their
// indices; one is whole.
type edge struct {
	a, b int32
	sum  int64
}

// party is a thing to be grouped: an article, or a story with articles of its own.
type party struct {
	size  int64   // its articles
	least float64 // the least mean similarity at which it is joined
	story bool    // two stories are never joined
}

// group joins parties by average link (UPGMA, Sokal and Michener 1958): again and again
// the two groups with the greatest mean similarity between their articles, measured by
// the least one they need, while that is reached. An edge is the sum over the articles of the two; without an
// edge there is none. It gives each party's group, named by its first member. Sums are
// whole numbers and ties go to the first, so the result does not depend on the order of
// the edges.
func group(parties []party, edges []edge) []int32 {
	n := len(parties)
	g := &grouping{
		party: slices.Clone(parties), of: make([]int32, n), sums: make([]map[int32]int64, n), age: make([]int32, n),
	}
	for i := range g.of {
		g.of[i], g.sums[i] = int32(i), map[int32]int64{}
	}
	for _, e := range edges {
		g.sums[e.a][e.b] += e.sum
		g.sums[e.b][e.a] += e.sum
	}
	for a, row := range g.sums {
		for b := range row {
			if int32(a) < b {
				g.offer(int32(a), b)
			}
		}
	}
	heap.Init(&g.offers)
	for len(g.offers) > 0 {
		o := heap.Pop(&g.offers).(offer)
		if g.age[o.a] == o.ageA && g.age[o.b] == o.ageB {
			g.join(o.a, o.b)
		}
	}
	for i := range g.of {
		g.of[i] = g.root(int32(i))
	}
	return g.of
}

// grouping is a state of group. A group is named by its first member.
type grouping struct {
	party  []party           // of each group
	of     []int32           // the group that a party or group went into, or itself
	sums   []map[int32]int64 // of similarities to every other group with any
	age    []int32           // how often a group has changed; offers of another age are void
	offers offers
}

func (g *grouping) root(i int32) int32 {
	for g.of[i] != i {
		i = g.of[i]
	}
	return i
}

// offer puts the joining of a and b forward if they are near enough, and reports whether
// it did.
func (g *grouping) offer(a, b int32) bool {
	if a > b {
		a, b = b, a
	}
	x, y := &g.party[a], &g.party[b]
	if x.story && y.story {
		return false
	}
	least := x.least
	if y.story {
		least = y.least
	}
	worth := float64(g.sums[a][b]) / float64(x.size*y.size) / least
	if worth < one {
		return false
	}
	g.offers = append(g.offers, offer{worth, a, b, g.age[a], g.age[b]})
	return true
}

// join takes group b into group a.
func (g *grouping) join(a, b int32) {
	delete(g.sums[a], b)
	delete(g.sums[b], a)
	for k, s := range g.sums[b] {
		delete(g.sums[k], b)
		g.sums[a][k] += s
		g.sums[k][a] = g.sums[a][k]
	}
	g.of[b], g.sums[b] = a, nil
	g.party[a].size += g.party[b].size
	if g.party[b].story {
		g.party[a].story, g.party[a].least = true, g.party[b].least
	}
	g.age[a]++
	g.age[b]++
	for k := range g.sums[a] {
		if g.offer(a, k) {
			heap.Fix(&g.offers, len(g.offers)-1)
		}
	}
}

type offer struct {
	worth      float64
	a, b       int32
	ageA, ageB int32
}

type offers []offer

func (o offers) Len() int { return len(o) }
func (o offers) Less(i, k int) bool {
	x, y := o[i], o[k]
	switch {
	case x.worth != y.worth:
		return x.worth > y.worth
	case x.a != y.a:
		return x.a < y.a
	}
	return x.b < y.b
}
func (o offers) Swap(i, k int) { o[i], o[k] = o[k], o[i] }
func (o *offers) Push(x any)   { *o = append(*o, x.(offer)) }
func (o *offers) Pop() any {
	old := *o
	last := old[len(old)-1]
	*o = old[:len(old)-1]
	return last
}
