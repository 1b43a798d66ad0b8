package main

import (
	"math"
	"slices"
)

// edge is a neighbour of a word and how often it stands there.
type edge struct{ word, count uint32 }

// clustering is a class bigram model under the exchange algorithm (Kneser and Ney 1993; Och 1999):
// words move one at a time to the class that most raises the likelihood of the text.
type clustering struct {
	k           int
	class       []uint16
	count       []uint32
	left, right [][]edge // neighbours before and after each word, itself left out
	self        []uint32 // how often a word follows itself
	pair        []float64
	pairT       []float64 // pair transposed, so that a column is read in a row
	size        []float64
	nlogn       []float64
	before      []float64
	after       []float64
}

// cluster sorts the words into k classes, numbered from 0. Words come most frequent first.
func cluster(count []uint32, bigrams map[uint64]uint32, k, rounds int, report func(round, moved int)) []uint16 {
	c := newClustering(count, bigrams, k)
	for round := range rounds {
		moved := 0
		for w := range c.class {
			moved += c.exchange(uint32(w))
		}
		report(round, moved)
		if moved*500 < len(c.class) {
			break
		}
	}
	return c.class
}

func newClustering(count []uint32, bigrams map[uint64]uint32, k int) *clustering {
	n := len(count)
	c := &clustering{k: k, count: count, class: make([]uint16, n), left: make([][]edge, n), right: make([][]edge, n), self: make([]uint32, n),
		pair: make([]float64, k*k), pairT: make([]float64, k*k), size: make([]float64, k), nlogn: make([]float64, 1<<20),
		before: make([]float64, k), after: make([]float64, k)}
	for i := range c.nlogn[1:] {
		c.nlogn[i+1] = float64(i+1) * math.Log(float64(i+1))
	}
	for w := range c.class {
		c.class[w] = uint16(w % k)
		c.size[w%k] += float64(count[w])
	}
	keys := make([]uint64, 0, len(bigrams))
	for key := range bigrams {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		a, b, n := uint32(key>>32), uint32(key), bigrams[key]
		c.add(int(c.class[a]), int(c.class[b]), float64(n))
		if a == b {
			c.self[a] = n
			continue
		}
		c.right[a] = append(c.right[a], edge{b, n})
		c.left[b] = append(c.left[b], edge{a, n})
	}
	return c
}

func (c *clustering) add(a, b int, n float64) {
	c.pair[a*c.k+b] += n
	c.pairT[b*c.k+a] += n
}

func (c *clustering) f(n float64) float64 {
	if i := int(n); i < len(c.nlogn) {
		return c.nlogn[i]
	}
	return n * math.Log(n)
}

// exchange moves w to its best class and reports 1 if that is another one.
func (c *clustering) exchange(w uint32) int {
	clear(c.before)
	clear(c.after)
	for _, e := range c.left[w] {
		c.before[c.class[e.word]] += float64(e.count)
	}
	for _, e := range c.right[w] {
		c.after[c.class[e.word]] += float64(e.count)
	}
	old := int(c.class[w])
	c.shift(w, old, -1)
	best := c.best(w, old)
	c.shift(w, best, 1)
	c.class[w] = uint16(best)
	if best != old {
		return 1
	}
	return 0
}

// shift adds w's counts to class k, times sign.
func (c *clustering) shift(w uint32, k int, sign float64) {
	for i, n := range c.before {
		if n > 0 {
			c.add(i, k, sign*n)
		}
	}
	for i, n := range c.after {
		if n > 0 {
			c.add(k, i, sign*n)
		}
	}
	c.add(k, k, sign*float64(c.self[w]))
	c.size[k] += sign * float64(c.count[w])
}

// best gives the class in which w, now in none, gains most; the old one on a tie.
func (c *clustering) best(w uint32, old int) int {
	gain := make([]float64, c.k)
	self := float64(c.self[w])
	for i, n := range c.before {
		if n == 0 {
			continue
		}
		row := c.pair[i*c.k : (i+1)*c.k]
		for k, m := range row {
			if k != i {
				gain[k] += c.f(m+n) - c.f(m)
			}
		}
	}
	for i, n := range c.after {
		if n == 0 {
			continue
		}
		row := c.pairT[i*c.k : (i+1)*c.k]
		for k, m := range row {
			if k != i {
				gain[k] += c.f(m+n) - c.f(m)
			}
		}
	}
	n := float64(c.count[w])
	best := old
	for k := range gain {
		m := c.pair[k*c.k+k]
		gain[k] += c.f(m+c.before[k]+c.after[k]+self) - c.f(m)
		gain[k] -= 2 * (c.f(c.size[k]+n) - c.f(c.size[k]))
	}
	for k := range gain {
		if gain[k] > gain[best] {
			best = k
		}
	}
	return best
}
