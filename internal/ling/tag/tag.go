// Package tag finds the names in an analyzed text with a linear-chain conditional random field (Lafferty et al. 2001)
// trained on marked text; SOURCE says on which. It knows nothing of the record's own rules on titles and generic heads:
// package find/names joins its tags with the lexicon.
package tag

import (
	_ "embed"
	"math"
	"sync"
	"sync/atomic"

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

// Model is a trained model. It is read only but for the words it remembers, and safe for concurrent use.
type Model struct {
	mask    uint64
	slots   []slot
	scale   float64                 // of one step of a weight
	steps   [tags][tags]int64       // weights of moves, by the tag that is gone to and that which is left; see setMoves
	opening [2][tags]int64          // of those from a closed token, and from the start
	odds    [tags + 1][tags]float64 // exponents of moves, by the tag that is left, or the start, and that which is gone to
	powers  []float64               // exponents of minus so many steps
	gates   [3]int32                // see gate
	habits  *Habits
	words   []atomic.Pointer[word]
	edge    *word // beyond the ends of a sentence
	pool    sync.Pool
}

//go:embed tag.bin
var packed []byte

// Load reads the embedded model.
func Load() (*Model, error) { return Unpack(packed) }

// scratch is the working memory of one text.
type scratch struct {
	marks     []mark
	sentence  []*word // with its margins
	features  []uint64
	sums      []lanes  // of a sentence's tokens, word by word
	leads     []int32  // what they say against every name
	totals    []totals // of all open tokens of the text
	stretches []stretch
	emit      [][tags]float64 // exponents of a stretch's sums
	alpha     [][tags]float64
	beta      [][tags]float64
	back      [][tags]uint8
	path      []uint8
	first     []Span
	evidence  evidence
}

// Tag appends the names of a text to out, in order. The text is read twice: the names found at first are evidence for
// the same words elsewhere in it.
func (m *Model) Tag(d *ling.Doc, out []Span) []Span {
	s := m.pool.Get().(*scratch)
	s.first = m.read(s, d, s.first[:0])
	s.evidence.gather(d, s.first)
	rest := s.first
	for _, r := range s.stretches {
		if m.reconsider(s, r) {
			m.path(s, r)
			out = m.spans(s, r, out)
		} else {
			out = append(out, rest[:r.spans]...)
		}
		rest = rest[r.spans:]
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
	s.marks = marks(d, s.marks)
	s.totals = grow(s.totals, len(d.Tokens))
	s.stretches = s.stretches[:0]
	s.evidence.reset(len(d.Tokens))
	for _, sent := range d.Sents {
		m.sentence(s, d, sent)
		n := len(s.stretches)
		m.stretches(s, sent)
		for i := range s.stretches[n:] {
			r := &s.stretches[n+i]
			before := len(out)
			m.path(s, *r)
			out = m.spans(s, *r, out)
			r.spans = len(out) - before
		}
	}
	return out
}

// sentence looks up the words of a sentence.
func (m *Model) sentence(s *scratch, d *ling.Doc, sent ling.Sentence) {
	s.sentence = append(s.sentence[:0], m.edge, m.edge)
	for i := sent.First; i < sent.Last; i++ {
		w := m.word(s, &d.Tokens[i], s.marks[i])
		s.sentence = append(s.sentence, w)
		s.evidence.words[i] = w
	}
	s.sentence = append(s.sentence, m.edge, m.edge)
}

// stretches weighs the tokens of a sentence and notes the runs of open ones.
func (m *Model) stretches(s *scratch, sent ling.Sentence) {
	n := sent.Last - sent.First
	s.sums = grow(s.sums, n)
	s.leads = grow(s.leads, n)
	for i := range n {
		s.leads[i] = m.lead(s, i)
	}
	first := 0
	for i := range n {
		if m.open(s.leads, i) {
			s.totals[sent.First+i] = m.total(s, i)
			continue
		}
		if first < i {
			s.stretches = append(s.stretches, stretch{first: sent.First + first, last: sent.First + i, begins: first == 0})
		}
		first = i + 1
	}
	if first < n {
		s.stretches = append(s.stretches, stretch{first: sent.First + first, last: sent.Last, begins: first == 0, ends: true})
	}
}

// lead sums the features of a word of the sentence, by itself and as the words round it see it one by one, and gives
// how far they speak against every name.
func (m *Model) lead(s *scratch, i int) int32 {
	list := s.sentence[i : i+2*margin+1]
	if list[margin].closed {
		return math.MaxInt32
	}
	sum := &s.sums[i]
	*sum = list[margin].own
	for side, offset := range offsets {
		sum.add(&list[margin+offset].sides[side])
	}
	t := sum.totals(1 + sides)
	return t.lead()
}

// open reports whether token i may be in a name, as far as the words one by one say.
func (m *Model) open(leads []int32, i int) bool {
	if leads[i] > m.gates[far] {
		return false
	}
	return leads[i] <= m.gates[near] || i > 0 && leads[i-1] <= m.gates[far] || i+1 < len(leads) && leads[i+1] <= m.gates[far]
}

// total gives the sums of all features of token i of the sentence, those that the words make together among them.
func (m *Model) total(s *scratch, i int) totals {
	s.features = around(s.sentence, margin+i, s.features[:0])
	sum := m.sum(s.features)
	sum.add(&s.sums[i])
	return sum.totals(2 + sides)
}

// reconsider adds what the evidence says to the sums of a stretch and reports whether it says anything.
func (m *Model) reconsider(s *scratch, r stretch) bool {
	first, last := r.first-int(1-bit(r.begins)), r.last+int(1-bit(r.ends))
	if !s.evidence.near(first, last) {
		return false
	}
	for i := r.first; i < r.last; i++ {
		s.features = s.evidence.features(i, first, last, s.features[:0])
		if len(s.features) == 0 {
			continue
		}
		sum := m.sum(s.features)
		for t, v := range sum.totals(1) {
			s.totals[i][t] += v
		}
	}
	return true
}
