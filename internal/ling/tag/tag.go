// Package tag finds the names in an analyzed text with a linear-chain conditional random field (Lafferty et al. 2001)
// trained on marked text; SOURCE says on which. It knows nothing of the record's own rules on titles and generic heads:
// package find/names joins its tags with the lexicon.
package tag

import (
	_ "embed"
	"sync"

	"github.com/isnad-project/isnad/internal/ling"
)

// Kind is the kind of a name.
type Kind uint8

// The kinds of names.
const (
	None Kind = iota
	Person
	Organization
	Place
	Other
)

// Span is a name: tokens [First, Last).
type Span struct {
	First, Last int
	Kind        Kind
	Confidence  float32 // probability that exactly these tokens are a name of this kind
}

// tags are O, then B and I of each kind: B is 2k-1, I is 2k.
const tags = 9

// Tags is the number of tags of the model: O, then B and I of each kind.
const Tags = tags

// Model is a trained model. It is read only and safe for concurrent use.
type Model struct {
	mask   uint64
	slots  []slot
	known  []uint64                // filter: most features of a text are in no slot, and it is small enough to stay near
	scale  float64                 // of one step of a lane
	moves  [tags + 1][tags]float64 // log weights from a tag, or from the start, to a tag
	odds   [tags + 1][tags]float64 // exponents of moves
	habits *Habits
	pool   sync.Pool
}

// slot is a place of the table of features. The weights stand in it, so that a feature
// costs one look at memory.
type slot struct {
	print   uint32 // fingerprint of the feature, 0 when empty
	weights [tags]int8
}

//go:embed tag.bin
var packed []byte

// Load reads the embedded model.
func Load() (*Model, error) { return Unpack(packed) }

// scratch is the working memory of one text.
type scratch struct {
	atoms    []atom
	features []uint64
	scores   [][tags]float64 // log scores of all tokens of the text
	emit     [][tags]float64 // exponents of a sentence's scores
	alpha    [][tags]float64
	beta     [][tags]float64
	back     [][tags]uint8
	path     []uint8
	first    []Span
	evidence evidence
	own      []remembered
}

// Tag appends the names of a text to out, in order. The text is read twice: the names found at first are evidence for
// the same words elsewhere in it.
func (m *Model) Tag(d *ling.Doc, out []Span) []Span {
	s := m.pool.Get().(*scratch)
	s.first = m.read(s, d, s.first[:0])
	s.evidence.gather(d, s.first)
	rest := s.first
	for _, sent := range d.Sents {
		n := 0
		for n < len(rest) && rest[n].First < sent.Last {
			n++
		}
		if s.evidence.any(sent.First, sent.Last) {
			m.reconsider(s, sent)
			m.viterbi(s, s.scores[sent.First:sent.Last])
			out = m.spans(s, sent, out)
		} else {
			out = append(out, rest[:n]...)
		}
		rest = rest[n:]
	}
	m.pool.Put(s)
	return out
}

// First appends the names of the first reading alone; training needs it.
func (m *Model) First(d *ling.Doc, out []Span) []Span {
	s := m.pool.Get().(*scratch)
	out = m.read(s, d, out)
	m.pool.Put(s)
	return out
}

// read is the first reading.
func (m *Model) read(s *scratch, d *ling.Doc, out []Span) []Span {
	s.scores = grow(s.scores, len(d.Tokens))
	s.evidence.reset()
	for _, sent := range d.Sents {
		if sent.Last == sent.First {
			continue
		}
		s.atoms = atoms(d, sent, m.habits, s.atoms)
		s.evidence.note(s.atoms[2 : len(s.atoms)-2])
		for i := sent.First; i < sent.Last; i++ {
			at := i - sent.First + 2
			own := m.alone(s, &s.atoms[at])
			if own.outside {
				s.scores[i] = outside
				continue
			}
			s.features = around(s.atoms, at, s.features[:0])
			sum := own.total.add(m.total(s.features))
			for side := range sides {
				sum = sum.add(m.alone(s, &s.atoms[at+offsets[side]]).sides[side])
			}
			s.scores[i] = m.scores(sum)
		}
		m.viterbi(s, s.scores[sent.First:sent.Last])
		out = m.spans(s, sent, out)
	}
	return out
}

// remembered are the sums of the features that a word makes by itself: a word that comes
// again needs no more than what it makes with others.
type remembered struct {
	key     uint64       // of all that the features are made of
	total   total        // of the word alone
	sides   [sides]total // of the word as it is seen from others
	outside bool         // in no name, whatever stands round it
}

// memory is the number of words remembered at once, a power of two.
const memory = 1 << 13

// alone sums the features of a word by itself.
func (m *Model) alone(s *scratch, x *atom) *remembered {
	key := mix(mix(mix(mix(1, x.base), x.stem), x.phrase), x.clitic<<8|x.shape) | 1
	if s.own == nil {
		s.own = make([]remembered, memory)
	}
	r := &s.own[key>>32%memory]
	if r.key != key {
		s.features = alone(x, s.features[:0])
		*r = remembered{key: key, total: m.total(s.features)}
		for side := range r.sides {
			s.features = seen(x, side, s.features[:0])
			r.sides[side] = m.total(s.features)
		}
		scores := m.scores(r.total)
		// Only words that were hardly ever likely to be in a name, in all the unmarked
		// news, and in no phrase of the lexicon.
		r.outside = x.phrase == 0 && (x.sign || x.habit>>24 == 0 && x.top&7 <= 1)
		for _, v := range scores[1:] {
			r.outside = r.outside && scores[0]-v > gate
		}
	}
	return r
}

// gate is how far the own features of a word must speak against every name for its
// surroundings not to be asked. At this height the held-out figures stay as they were.
const gate = -1

// outside are the scores of a word that is in no name.
var outside = [tags]float64{1: -far, 2: -far, 3: -far, 4: -far, 5: -far, 6: -far, 7: -far, 8: -far}

// far is a log score that no weights make up for.
const far = 30

// reconsider adds what the evidence says to the scores of a sentence.
func (m *Model) reconsider(s *scratch, sent ling.Sentence) {
	for i := sent.First; i < sent.Last; i++ {
		s.features = s.evidence.features(i, sent.First, sent.Last, s.features[:0])
		if len(s.features) == 0 {
			continue
		}
		for t, v := range m.scores(m.total(s.features)) {
			s.scores[i][t] += v
		}
	}
}

// total is a sum of features' weights, by tag.
type total [tags]int32

func (a total) add(b total) total {
	for t := range a {
		a[t] += b[t]
	}
	return a
}

// total sums the weights of features.
func (m *Model) total(features []uint64) (sum total) {
	for _, h := range features {
		if bit := m.bit(h); m.known[bit/64]>>(bit%64)&1 == 0 {
			continue
		}
		at := m.home(h)
		print := fingerprint(h)
		for s := &m.slots[at]; s.print != 0; s = &m.slots[at] {
			if s.print == print {
				for t, w := range s.weights {
					sum[t] += int32(w)
				}
				break
			}
			at = (at + 1) & m.mask
		}
	}
	return sum
}

// scores gives the tags' log scores of a sum.
func (m *Model) scores(sum total) (scores [tags]float64) {
	for t, v := range sum {
		scores[t] = float64(v) * m.scale
	}
	return scores
}

// fingerprint tells apart the features that meet in a slot; it is never 0.
func fingerprint(h uint64) uint32 { return uint32(h>>32) | 1 }
