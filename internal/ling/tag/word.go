package tag

import "github.com/isnad-project/isnad/internal/ling"

// word is a word as the features see it, with the sums of all features that it makes by itself. It does not change
// once made, so all readings share it.
type word struct {
	key    uint64       // of all that it was made from
	own    lanes        // as the word stands
	sides  [sides]lanes // as it is seen from the words round it
	closed bool         // in no name, whatever stands round it
	atom
}

// remembered is the number of words remembered at once, a power of two.
const remembered = 1 << 17

// word gives a token's word, remembered from an earlier occurrence where it can be. A word stands in one of two places
// that its key gives, the later one first; what is pushed out of the second is forgotten.
func (m *Model) word(s *scratch, t *ling.Token, k mark) *word {
	key := mix(mix(form(t), k.phrase), uint64(t.Kind)<<1|bit(k.title))
	at := key >> 32 % remembered
	one, two := &m.words[at], &m.words[at^1]
	known := one.Load()
	if known != nil && known.key == key {
		return known
	}
	if w := two.Load(); w != nil && w.key == key {
		return w
	}
	w := &word{key: key}
	w.describe(t, k, m.habits)
	m.weigh(s, w)
	two.Store(known)
	one.Store(w)
	return w
}

// form is a hash of all that a token is by itself but its kind.
func form(t *ling.Token) uint64 {
	if t.Kind == ling.Word {
		return t.Hash
	}
	return text(t.Fold)
}

// weigh sums a word's features.
func (m *Model) weigh(s *scratch, w *word) {
	s.features = alone(&w.atom, s.features[:0])
	w.own = m.sum(s.features)
	for side := range sides {
		s.features = seen(&w.atom, side, s.features[:0])
		w.sides[side] = m.sum(s.features)
	}
	own := w.own.totals(1)
	w.closed = w.unlikely() && own.lead() > m.gates[rare]
}

// unlikely reports whether a word was hardly ever likely to be in a name, in all the unmarked news, and stands in no
// phrase of the lexicon.
func (w *word) unlikely() bool {
	return w.phrase == 0 && (w.sign || w.habit>>24 == 0 && w.top&7 <= 1)
}

// The gates.
const (
	rare = iota
	far
	near
)

// gates are how far features must speak against every name, in log weight, for no more of them to be asked: a rare word's
// own, whatever stands round it; far, any word's with those of the words round it one by one; near, the same where both
// neighbours are past one of the others. At these heights the held-out figures stay as they were.
var gates = [...]float64{rare: -1, far: 1, near: -0.5}
