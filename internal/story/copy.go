package story

import "slices"

// Near copies are told by their word triples: of each text the lowest hashes are kept
// (the bottom-k sketch of Broder 1997), from which the share of triples in common is
// estimated, and from that how much of the shorter text the longer one has.

// prints gives the lowest hashes of the triples of words, and how many triples there are.
func prints(words []uint32) (lowest []uint32, size int) {
	if len(words) < 3 {
		return nil, 0
	}
	list := make([]uint32, 0, len(words))
	for i := 0; i+2 < len(words); i++ {
		list = append(list, mix(mix(mix(words[i])*31+words[i+1])*31+words[i+2]))
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.Clone(list[:min(mostPrints, len(list))]), len(list)
}

// mix spreads the bits of h (the finalizer of MurmurHash3).
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// Copy reports whether the texts are largely the same, cut and retitled ones included.
func Copy(a, b *Sketch) bool {
	return min(a.Size, b.Size) >= triples && containment(a, b) >= contained
}

// containment estimates the share of the shorter text's triples that the other has.
func containment(a, b *Sketch) float64 {
	shared, seen := 0, 0
	i, j := 0, 0
	for i < len(a.Prints) && j < len(b.Prints) && seen < mostPrints {
		switch x, y := a.Prints[i], b.Prints[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			shared++
			i++
			j++
		}
		seen++
	}
	seen = min(mostPrints, seen+len(a.Prints)-i+len(b.Prints)-j)
	if shared == 0 {
		return 0
	}
	jaccard := float64(shared) / float64(seen)
	both := jaccard / (1 + jaccard) * float64(a.Size+b.Size)
	return min(1, both/float64(min(a.Size, b.Size)))
}
