package tag

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"sync/atomic"

	"github.com/isnad-project/isnad/internal/ling"
)

// The file: magic, CRC-32 (IEEE, little endian) of the rest, then a DEFLATE stream of
//
//	uvarint number of words with habits; their hashes, as of features; three bytes of levels each, low first
//	uvarint number of features
//	a feature's hash each, its upper 48 bits, ascending: uvarint of the difference from the one before
//	a row of int8 weights each, tag by tag (all features' first tag, then all second, …)
//	float64 scale of a weight's step; (tags+1)×tags float32 log weights of moves, row tags from the start
const magic = "isnad-tag/1\n"

// hashBits are dropped from a feature's hash in the file.
const hashBits = 16

var errModel = errors.New("name model file is damaged")

// A Feature is a hash and its weights, for making the file.
type Feature struct {
	Hash    uint64
	Weights [tags]int8
}

// Training says how Features is to describe a text.
type Training struct {
	Habits *Habits
	Hide   func(word uint64) bool // words whose letters are left out; nil for none
	First  []Span                 // names of the first reading, for Second
	Second bool                   // describe as for the second reading
}

// Features calls yield with each token's number and its features. The slice is reused.
func Features(d *ling.Doc, how Training, yield func(token int, features []uint64)) {
	var e evidence
	if how.Second {
		e.reset(len(d.Tokens))
		describe(d, how.Habits, nil, func(s ling.Sentence, list []*word) { copy(e.words[s.First:], list[2:len(list)-2]) })
		e.gather(d, how.First)
	}
	var out []uint64
	describe(d, how.Habits, how.Hide, func(s ling.Sentence, list []*word) {
		for i := s.First; i < s.Last; i++ {
			out = features(list, i-s.First+2, out[:0])
			if how.Second {
				out = e.features(i, s.First, s.Last, out)
			}
			yield(i, out)
		}
	})
}

// Contexts calls yield with each word's hash, 0 for signs and numbers, and the features of what stands round it. The
// slice is reused.
func Contexts(d *ling.Doc, yield func(token int, word uint64, features []uint64)) {
	var out []uint64
	describe(d, NewHabits(nil), nil, func(s ling.Sentence, list []*word) {
		for i := s.First; i < s.Last; i++ {
			word := list[i-s.First+2].base
			if d.Tokens[i].Kind != ling.Word {
				word = 0
			}
			out = contexts(list, i-s.First+2, out[:0])
			yield(i, word, out)
		}
	})
}

// describe calls yield with each sentence and its words, two ends on each side; the words' sums are left out.
func describe(d *ling.Doc, h *Habits, hide func(uint64) bool, yield func(ling.Sentence, []*word)) {
	where, end := marks(d, nil), edge()
	for _, s := range d.Sents {
		list := []*word{end, end}
		for i := s.First; i < s.Last; i++ {
			w := new(word)
			w.describe(&d.Tokens[i], where[i], h)
			w.hidden = hide != nil && !w.sign && hide(w.base)
			list = append(list, w)
		}
		yield(s, append(list, end, end))
	}
}

// Unpack reads a model file.
func Unpack(file []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok || len(rest) < 4 || binary.LittleEndian.Uint32(rest) != crc32.ChecksumIEEE(rest[4:]) {
		return nil, errModel
	}
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(rest[4:])))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errModel, err)
	}
	r := bytes.NewBuffer(data)
	habits, err := readHabits(r)
	if err != nil {
		return nil, err
	}
	hashes, err := readHashes(r)
	if err != nil {
		return nil, err
	}
	m := newModel(len(hashes))
	m.habits = habits
	if err := m.readFeatures(r, hashes); err != nil {
		return nil, err
	}
	if err := m.readMoves(r); err != nil {
		return nil, err
	}
	m.edge = edge()
	m.weigh(new(scratch), m.edge)
	return m, nil
}

func readHashes(r *bytes.Buffer) ([]uint64, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil || n > uint64(r.Len()) {
		return nil, errModel
	}
	hashes := make([]uint64, n)
	last := uint64(0)
	for i := range hashes {
		delta, err := binary.ReadUvarint(r)
		if err != nil {
			return nil, errModel
		}
		last += delta
		hashes[i] = last << hashBits
	}
	return hashes, nil
}

func readHabits(r *bytes.Buffer) (*Habits, error) {
	hashes, err := readHashes(r)
	if err != nil || r.Len() < 3*len(hashes) {
		return nil, errModel
	}
	list := make([]Habit, len(hashes))
	for i, h := range hashes {
		b := r.Next(3)
		list[i] = Habit{h, uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16}
	}
	return NewHabits(list), nil
}

func newModel(n int) *Model {
	size := 64
	for size < 2*n+1 {
		size *= 2
	}
	m := &Model{
		mask: uint64(size - 1), slots: make([]slot, size),
		words: make([]atomic.Pointer[word], remembered),
	}
	m.pool.New = func() any { return new(scratch) }
	return m
}

func (m *Model) readFeatures(r *bytes.Buffer, hashes []uint64) error {
	n := len(hashes)
	weights := r.Next(n * tags)
	if len(weights) < n*tags {
		return errModel
	}
	for i, h := range hashes {
		s := m.place(h)
		for t := range tags {
			s.set(t, int8(weights[t*n+i]))
		}
	}
	return nil
}

func (m *Model) readMoves(r *bytes.Buffer) error {
	if r.Len() != 8+4*(tags+1)*tags {
		return errModel
	}
	m.scale = math.Float64frombits(binary.LittleEndian.Uint64(r.Next(8)))
	var weights [tags + 1][tags]float64
	for f := range weights {
		for t := range weights[f] {
			weights[f][t] = float64(math.Float32frombits(binary.LittleEndian.Uint32(r.Next(4))))
		}
	}
	m.setMoves(&weights)
	m.powers = powers(m.scale)
	for i, g := range gates {
		m.gates[i] = int32(math.Floor(g / m.scale))
	}
	return nil
}

// Pack writes a model file.
func Pack(habits []Habit, list []Feature, scale float64, moves [tags + 1][tags]float32) ([]byte, error) {
	habits = slices.Clone(habits)
	slices.SortFunc(habits, func(a, b Habit) int { return cmp.Compare(a.Hash>>hashBits, b.Hash>>hashBits) })
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Feature) int { return cmp.Compare(a.Hash>>hashBits, b.Hash>>hashBits) })
	data := binary.AppendUvarint(nil, uint64(len(habits)))
	last := uint64(0)
	for _, h := range habits {
		data = binary.AppendUvarint(data, h.Hash>>hashBits-last)
		last = h.Hash >> hashBits
	}
	for _, h := range habits {
		data = append(data, byte(h.Value), byte(h.Value>>8), byte(h.Value>>16))
	}
	data = binary.AppendUvarint(data, uint64(len(list)))
	last = 0
	for _, f := range list {
		data = binary.AppendUvarint(data, f.Hash>>hashBits-last)
		last = f.Hash >> hashBits
	}
	for t := range tags {
		for _, f := range list {
			data = append(data, byte(f.Weights[t]))
		}
	}
	data = binary.LittleEndian.AppendUint64(data, math.Float64bits(scale))
	for _, row := range moves {
		for _, v := range row {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
		}
	}
	return seal(data)
}

func seal(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	file := binary.LittleEndian.AppendUint32([]byte(magic), crc32.ChecksumIEEE(b.Bytes()))
	return append(file, b.Bytes()...), nil
}
