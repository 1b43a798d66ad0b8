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
	e.reset()
	if how.Second {
		describe(d, how.Habits, nil, func(_ ling.Sentence, list []atom) { e.note(list[2 : len(list)-2]) })
		e.gather(d, how.First)
	}
	var out []uint64
	describe(d, how.Habits, how.Hide, func(s ling.Sentence, list []atom) {
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
	describe(d, NewHabits(nil), nil, func(s ling.Sentence, list []atom) {
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

func describe(d *ling.Doc, h *Habits, hide func(uint64) bool, yield func(ling.Sentence, []atom)) {
	var list []atom
	for _, s := range d.Sents {
		if s.Last == s.First {
			continue
		}
		list = atoms(d, s, h, list)
		for i := range list {
			list[i].hidden = hide != nil && !list[i].sign && hide(list[i].base)
		}
		yield(s, list)
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
	m := &Model{mask: uint64(size - 1), slots: make([]slot, size), known: make([]uint64, size/64*knownBits)}
	m.pool.New = func() any { return new(scratch) }
	return m
}

func (m *Model) readFeatures(r *bytes.Buffer, hashes []uint64) error {
	places := make([]*slot, len(hashes))
	for i, h := range hashes {
		places[i] = m.place(h)
	}
	for t := range tags {
		column := r.Next(len(hashes))
		if len(column) < len(hashes) {
			return errModel
		}
		for i, w := range column {
			places[i].weights[t] = int8(w)
		}
	}
	return nil
}

// home is where a feature is first looked for. Only the hash bits that the file keeps count.
func (m *Model) home(h uint64) uint64 { return h >> hashBits & m.mask }

// knownBits is how many bits of the filter there are to a slot.
const knownBits = 4

// bit is the feature's place in the filter, told by other bits of its hash than its home.
func (m *Model) bit(h uint64) uint64 { return h >> (64 - 36) & (knownBits*(m.mask+1) - 1) }

// place gives the slot of a new feature.
func (m *Model) place(h uint64) *slot {
	bit := m.bit(h)
	m.known[bit/64] |= 1 << (bit % 64)
	at := m.home(h)
	for m.slots[at].print != 0 {
		at = (at + 1) & m.mask
	}
	m.slots[at].print = fingerprint(h)
	return &m.slots[at]
}

func (m *Model) readMoves(r *bytes.Buffer) error {
	if r.Len() != 8+4*(tags+1)*tags {
		return errModel
	}
	m.scale = math.Float64frombits(binary.LittleEndian.Uint64(r.Next(8)))
	for f := range m.moves {
		for t := range m.moves[f] {
			m.moves[f][t] = float64(math.Float32frombits(binary.LittleEndian.Uint32(r.Next(4))))
			m.odds[f][t] = math.Exp(m.moves[f][t])
		}
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
