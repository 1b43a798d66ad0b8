package ling

import (
	"strings"
	"sync/atomic"
)

// forms are the word forms analyzed of late, shared by all readings: half of an article's words are those of the
// article before. A form stands in one of two places that its hash gives, the later one first; what is pushed out
// of the second is forgotten. So their number is bounded, and readers never wait for one another.
type forms []atomic.Pointer[Analysis]

// remembered is the number of forms remembered at once, a power of two.
const remembered = 1 << 17

// analysis gives what is known of a token's form.
func (a *Analyzer) analysis(t *Token) *Analysis {
	if t.Kind != Word {
		return &nothing
	}
	h := hash(t.Fold)
	one, two := &a.forms[h%remembered], &a.forms[h%remembered^1]
	known := one.Load()
	if known != nil && known.Hash == h && known.form == t.Fold {
		return known
	}
	if n := two.Load(); n != nil && n.Hash == h && n.form == t.Fold {
		return n
	}
	n := a.analyze(strings.Clone(t.Fold))
	n.Hash = h
	two.Store(known)
	one.Store(n)
	return n
}

// hash mixes a form eight bytes at a time, four Arabic letters, with the finalizer of splitmix64, shortened.
func hash(s string) uint64 {
	h := uint64(len(s))
	for len(s) >= 8 {
		h = stir(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
		s = s[8:]
	}
	rest := uint64(0)
	for i := 0; i < len(s); i++ {
		rest = rest<<8 | uint64(s[i])
	}
	return stir(h, rest)
}

func stir(h, v uint64) uint64 {
	h = (h ^ v) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}
