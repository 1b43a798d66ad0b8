package story

import (
	"math"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// gist is what a stretch of text speaks of: stems, states by their codes under whatever
// name, and deeds by their type, each with its weight in sixteenths (whole numbers, so
// that sums do not depend on their order).
type gist map[string]int

// What a state and a type of deed weigh, beside words from least to rarest: who did what is
// the substance.
const (
	actor  = 5 * fine
	action = 5 * fine
	tie    = 3 * fine // to lay a deed at somebody's door, in whatever words
	fine   = 16
)

// state and deed report whether a key is a state's code or a type of deed. Stems are never in
// capitals.
func state(key string) bool { return len(key) == 3 && key[0] >= 'A' && key[0] <= 'Z' }
func deed(key string) bool  { return len(key) > 3 && key[0] >= 'A' && key[0] <= 'Z' }

// stem reports whether a key is the stem of a word that is no state and no deed.
func stem(key string) bool { return !state(key) && !deed(key) && key != blame }

// gist gives the gist of tokens [first, last).
func (e *Editor) gist(d *ling.Doc, first, last int) gist {
	g := gist{}
	for i := first; i < last; i++ {
		if code, end := e.stateAt(d, i); code != "" {
			g[code] = actor
			i = end - 1
			continue
		}
		e.grasp(g, &d.Tokens[i])
	}
	return g
}

// grasp adds one token.
func (e *Editor) grasp(g gist, t *ling.Token) {
	if t.Kind != ling.Word {
		return
	}
	if e.stances.of(t) == blame {
		g[blame] = tie
		return
	}
	stem, w := e.weigh(t)
	if _, ok := t.Sense(lex.Head); ok { // «مدينة» is no participle
	} else if s, ok := t.Sense(lex.Trigger); ok {
		g[e.lexicon.Triggers[s.Row].Type] = action
		w /= 2
	} else if s, ok := t.Sense(lex.EventNoun); ok {
		g[e.lexicon.EventNouns[s.Row].Type] = action
		w /= 2
	}
	if s, ok := t.Sense(lex.Speech); ok && e.lexicon.Speeches[s.Row].Class == "accuse" {
		g[blame] = tie
	}
	if w > 0 {
		g[stem] = max(g[stem], int(w*fine))
	}
}

// meets reports whether g and h have a key of a kind in common, or g has none of it.
func (g gist) meets(h gist, kind func(string) bool) bool {
	none := true
	for k := range g {
		if kind(k) {
			if h[k] > 0 {
				return true
			}
			none = false
		}
	}
	return none
}

// shares reports whether g and h have a key in common.
func (g gist) shares(h gist) bool {
	for k := range h {
		if g[k] > 0 {
			return true
		}
	}
	return false
}

// names reports whether g has a key of a kind.
func (g gist) names(kind func(string) bool) bool {
	for k := range g {
		if kind(k) {
			return true
		}
	}
	return false
}

// count tells how many keys of a kind g has.
func (g gist) count(kind func(string) bool) (n int) {
	for k := range g {
		if kind(k) {
			n++
		}
	}
	return n
}

// only gives the keys of a kind.
func (g gist) only(kind func(string) bool) gist {
	out := gist{}
	out.take(g, kind)
	return out
}

// take adds the keys of a kind that h has.
func (g gist) take(h gist, kind func(string) bool) {
	for k, w := range h {
		if kind(k) {
			g[k] = w
		}
	}
}

// common counts the keys that g and h share.
func (g gist) common(h gist) (n int) {
	for k := range g {
		if h[k] > 0 {
			n++
		}
	}
	return n
}

// total is the weight of a gist.
func (g gist) total() (sum int) {
	for _, w := range g {
		sum += w
	}
	return sum
}

// covered tells how much of g, from 0 to 1, h speaks of too.
func (g gist) covered(h gist) float64 {
	both := 0
	for k, w := range g {
		if h[k] > 0 {
			both += w
		}
	}
	return float64(both) / float64(max(1, g.total()))
}

// cosine is the cosine of two gists.
func (g gist) cosine(h gist) float64 {
	both := g.times(h)
	if both == 0 {
		return 0
	}
	return float64(both) / math.Sqrt(float64(g.square())*float64(h.square()))
}

// times is the product of two gists.
func (g gist) times(h gist) (sum int) {
	for k, w := range g {
		sum += w * h[k]
	}
	return sum
}

func (g gist) square() (sum int) {
	for _, w := range g {
		sum += w * w
	}
	return sum
}
