// Package vocab knows which folded word forms occur in Arabic news, how often, and what parts of speech each can
// be. It knows nothing of sentences or of what words mean. The file it embeds is made by train/vocab; SOURCE
// says from what.
package vocab

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// POS is the set of parts of speech a form can have.
type POS uint8

// The parts of speech. A form can have several, or none when nothing is known of it.
const (
	VerbPerfect POS = 1 << iota
	VerbImperfect
	Noun
	Adj
	Proper
	Particle
)

// Verb is a verb of either aspect.
const Verb = VerbPerfect | VerbImperfect

// A Word is what is known of one folded form.
type Word struct {
	Count uint32 // occurrences in some 8 million words of news
	POS   POS
	Class uint16 // cluster of words used alike, from 1; 0 when unknown
}

// A Vocab is a read-only table of words.
type Vocab struct {
	letters string   // all forms, end to end
	ends    []uint32 // form i is letters[ends[i-1]:ends[i]]
	words   []Word
	slots   []uint32 // open addressing: index of a form plus 1, or 0
}

//go:embed vocab.bin
var packed []byte

// Load reads the embedded vocabulary.
func Load() (*Vocab, error) { return Unpack(packed) }

// Look gives what is known of a form folded by script.Fold, with no clitic taken off.
func (v *Vocab) Look(fold string) (Word, bool) {
	mask := uint32(len(v.slots) - 1)
	for at := hash(fold) & mask; v.slots[at] != 0; at = (at + 1) & mask {
		if i := v.slots[at] - 1; v.form(i) == fold {
			return v.words[i], true
		}
	}
	return Word{}, false
}

// Len is the number of forms.
func (v *Vocab) Len() int { return len(v.words) }

// Form gives the i-th form in code point order and what is known of it.
func (v *Vocab) Form(i int) (string, Word) { return v.form(uint32(i)), v.words[i] }

func (v *Vocab) form(i uint32) string {
	from := uint32(0)
	if i > 0 {
		from = v.ends[i-1]
	}
	return v.letters[from:v.ends[i]]
}

// hash is 32-bit FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// The file: magic, CRC-32 (IEEE, little endian) of the rest, then a DEFLATE stream of
//
//	uvarint number of forms
//	a form each, in code point order: a byte with the letters shared with the form before, the other letters
//	  (a byte each, code point minus 0x600), a zero byte
//	a count each, uvarint
//	a byte of parts of speech each
//	a class each, uvarint
const magic = "isnad-vocab/1\n"

var errVocab = errors.New("vocabulary file is damaged")

// An Entry is a form and its word, for making the file.
type Entry struct {
	Form string
	Word
}

// Unpack reads a vocabulary file.
func Unpack(file []byte) (*Vocab, error) {
	rest, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok || len(rest) < 4 || binary.LittleEndian.Uint32(rest) != crc32.ChecksumIEEE(rest[4:]) {
		return nil, errVocab
	}
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(rest[4:])))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errVocab, err)
	}
	r := bytes.NewBuffer(data)
	n, err := binary.ReadUvarint(r)
	if err != nil || n > uint64(len(data)) {
		return nil, errVocab
	}
	v := &Vocab{ends: make([]uint32, n), words: make([]Word, n)}
	if err := v.readForms(r); err != nil {
		return nil, err
	}
	if err := v.readWords(r); err != nil {
		return nil, err
	}
	v.index()
	return v, nil
}

func (v *Vocab) readForms(r *bytes.Buffer) error {
	var last []rune
	letters := make([]byte, 0, 16*len(v.ends))
	for i := range v.ends {
		shared, err := r.ReadByte()
		if err != nil || int(shared) > len(last) {
			return errVocab
		}
		last = last[:shared]
		tail, err := r.ReadBytes(0)
		if err != nil {
			return errVocab
		}
		for _, c := range tail[:len(tail)-1] {
			last = append(last, 0x600+rune(c))
		}
		letters = append(letters, string(last)...)
		v.ends[i] = uint32(len(letters))
	}
	v.letters = string(letters)
	return nil
}

func (v *Vocab) readWords(r *bytes.Buffer) error {
	for i := range v.words {
		c, err := binary.ReadUvarint(r)
		if err != nil {
			return errVocab
		}
		v.words[i].Count = uint32(c)
	}
	for i := range v.words {
		p, err := r.ReadByte()
		if err != nil {
			return errVocab
		}
		v.words[i].POS = POS(p)
	}
	for i := range v.words {
		c, err := binary.ReadUvarint(r)
		if err != nil {
			return errVocab
		}
		v.words[i].Class = uint16(c)
	}
	return nil
}

func (v *Vocab) index() {
	size := 1
	for size < 2*len(v.words)+1 {
		size *= 2
	}
	v.slots = make([]uint32, size)
	mask := uint32(size - 1)
	for i := range v.words {
		at := hash(v.form(uint32(i))) & mask
		for v.slots[at] != 0 {
			at = (at + 1) & mask
		}
		v.slots[at] = uint32(i) + 1
	}
}

// Pack writes a vocabulary file. Entries are in code point order, their forms of Arabic letters only.
func Pack(entries []Entry) ([]byte, error) {
	data := binary.AppendUvarint(nil, uint64(len(entries)))
	var last []rune
	for _, e := range entries {
		form := []rune(e.Form)
		shared := 0
		for shared < len(form) && shared < len(last) && form[shared] == last[shared] {
			shared++
		}
		data = append(data, byte(shared))
		for _, r := range form[shared:] {
			if r <= 0x600 || r > 0x6FF {
				return nil, fmt.Errorf("form %q: not an Arabic letter: %q", e.Form, r)
			}
			data = append(data, byte(r-0x600))
		}
		data = append(data, 0)
		last = form
	}
	for _, e := range entries {
		data = binary.AppendUvarint(data, uint64(e.Count))
	}
	for _, e := range entries {
		data = append(data, byte(e.POS))
	}
	for _, e := range entries {
		data = binary.AppendUvarint(data, uint64(e.Class))
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
