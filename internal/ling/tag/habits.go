package tag

// Habits is how the words of unmarked news are used: for each, how probable each tag but O is from what stands
// round it, over all its occurrences. It is made by train/tagger.
type Habits struct {
	mask   uint64
	prints []uint32
	values []uint32
}

// A Habit is a word's hash and its levels: three bits a tag, from tag 1 (a person's name begins) up.
type Habit struct {
	Hash  uint64
	Value uint32
}

// levels are the probabilities at which a habit's level rises.
var levels = [...]float64{0.01, 0.03, 0.07, 0.15, 0.3, 0.5, 0.7}

// Level gives the level of a probability.
func Level(p float64) uint32 {
	n := uint32(0)
	for _, l := range levels {
		if p >= l {
			n++
		}
	}
	return n
}

// NewHabits indexes a list.
func NewHabits(list []Habit) *Habits {
	size := 1
	for size < 2*len(list)+1 {
		size *= 2
	}
	h := &Habits{mask: uint64(size - 1), prints: make([]uint32, size), values: make([]uint32, size)}
	for _, w := range list {
		at := w.Hash >> hashBits & h.mask
		for h.prints[at] != 0 {
			at = (at + 1) & h.mask
		}
		h.prints[at], h.values[at] = fingerprint(w.Hash), w.Value
	}
	return h
}

// of gives a word's levels, or 1<<24 when it is not known.
func (h *Habits) of(base uint64) uint32 {
	at := base >> hashBits & h.mask
	print := fingerprint(base)
	for h.prints[at] != 0 {
		if h.prints[at] == print {
			return h.values[at]
		}
		at = (at + 1) & h.mask
	}
	return 1 << 24
}

// top gives the tag with the highest level and that level; 0 when none is above 0, 1 for an unknown word.
func top(habit uint64) uint64 {
	if habit>>24 != 0 {
		return 1
	}
	best, level := uint64(0), uint64(0)
	for k := range uint64(8) {
		if l := habit >> (3 * k) & 7; l > level {
			best, level = k, l
		}
	}
	if level == 0 {
		return 0
	}
	return (best+1)<<3 | level
}
