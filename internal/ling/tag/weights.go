package tag

// slot is a place of the table of features. The weights stand in it, so that a feature costs one look at memory.
type slot struct {
	print uint32 // fingerprint of the feature, 0 when empty
	ninth uint32 // the last tag's weight, plus 128
	eight uint64 // the other tags' weights, a byte each, plus 128
}

// set keeps a weight.
func (s *slot) set(tag int, w int8) {
	v := uint8(w) + 128
	if tag == tags-1 {
		s.ninth = uint32(v)
		return
	}
	s.eight |= uint64(v) << (8 * tag)
}

// lanes are sums of weights, by tag, 16 bits each and four to a number, so that one addition adds four: tags 0 2 4 6,
// then 1 3 5 7, then 8. Every lane holds its sum plus bias for each sum of features that went into it.
type lanes [3]uint64

const (
	bias   = 1 << 13
	ones   = 0x0001_0001_0001_0001
	evens  = 0x00FF_00FF_00FF_00FF
	atOnce = bias / 128 // features a sum may have
)

func (a *lanes) add(b *lanes) {
	a[0] += b[0]
	a[1] += b[1]
	a[2] += b[2]
}

// totals are sums of weights by tag.
type totals [tags]int32

// totals gives the sums of lanes that n sums of features went into.
func (a *lanes) totals(n int32) (t totals) {
	even, odd := a[0], a[1]
	for k := 0; k < tags-1; k += 2 {
		t[k], t[k+1] = int32(even&0xFFFF)-n*bias, int32(odd&0xFFFF)-n*bias
		even, odd = even>>16, odd>>16
	}
	t[tags-1] = int32(a[2]&0xFFFF) - n*bias
	return t
}

// lead is how far the tag of no name is before all others.
func (t *totals) lead() int32 {
	top := t[1]
	for _, v := range t[2:] {
		top = max(top, v)
	}
	return t[0] - top
}

// sum sums the weights of features, atOnce of them at most. Their homes are fetched first, without a branch that hangs
// on memory, so that the looks at memory overlap.
func (m *Model) sum(features []uint64) lanes {
	var homes [atOnce]slot
	for i, h := range features {
		homes[i%atOnce] = m.slots[m.home(h)]
	}
	var even, odd, ninth, count uint64
	for i, h := range features {
		s := &homes[i%atOnce]
		if s.print != fingerprint(h) {
			if s.print == 0 {
				continue
			}
			if s = m.find(h); s == nil {
				continue
			}
		}
		even += s.eight & evens
		odd += s.eight >> 8 & evens
		ninth += uint64(s.ninth)
		count++
	}
	rest := (bias - 128*count) * ones
	return lanes{even + rest, odd + rest, ninth + rest}
}

// find gives the slot of a feature that is not at home, or nil.
func (m *Model) find(h uint64) *slot {
	print := fingerprint(h)
	for at := m.home(h); ; at = (at + 1) & m.mask {
		switch s := &m.slots[at]; s.print {
		case print:
			return s
		case 0:
			return nil
		}
	}
}

// fingerprint tells apart the features that meet in a slot; it is never 0.
func fingerprint(h uint64) uint32 { return uint32(h>>32) | 1 }

// home is where a feature is first looked for. Only the hash bits that the file keeps count.
func (m *Model) home(h uint64) uint64 { return h >> hashBits & m.mask }

// place gives the slot of a new feature.
func (m *Model) place(h uint64) *slot {
	at := m.home(h)
	for m.slots[at].print != 0 {
		at = (at + 1) & m.mask
	}
	m.slots[at].print = fingerprint(h)
	return &m.slots[at]
}
