// Package shelf is what every store does alike: what is made of an entry before it is kept,
// the search forms under which it is found, what a query's conditions mean, how well an
// article fits, how hand corrections and settlements find their place again. It is pure:
// it knows no tables, no disk and no server.
package shelf

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// RecordLimit bounds a record in memory, in bytes.
const RecordLimit = 1 << 28

// Made is an entry with everything that can be made of it before it is kept.
type Made struct {
	isnad.Entry
	Words, Whole []byte // digests: of headline and text; of record, identities and sketch
	Packed       []byte // the published form, compressed
	Day          int64  // of publication, see DayOf
	Index               // the search forms
	Says         []int  // statements of each entity
	Events       []string
}

// Shelf makes and reads what stores keep. It is safe for concurrent use.
type Shelf struct {
	Lang *query.Language
	*Packer
}

// New makes a shelf.
func New() (*Shelf, error) {
	lang, err := query.Default()
	if err != nil {
		return nil, err
	}
	p, err := newPacker()
	return &Shelf{lang, p}, err
}

// Prepare checks an entry and makes all that keeping it needs. The error says why the entry
// is not sound.
func (s *Shelf) Prepare(e isnad.Entry) (*Made, error) {
	r := &e.Record
	a := &r.Article
	switch {
	case a.ID == "":
		return nil, errors.New("it has no id")
	case len(e.Identities) != len(r.Entities):
		return nil, fmt.Errorf("%d identities for %d entities", len(e.Identities), len(r.Entities))
	case slices.Contains(e.Identities, ""):
		return nil, errors.New("an identity is empty")
	}
	if err := readable(r); err != nil {
		return nil, err
	}
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("its record is not sound: %w", err)
	}
	b, err := r.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	if len(b) > RecordLimit {
		return nil, fmt.Errorf("its record has %d bytes, more than %d", len(b), RecordLimit)
	}
	m := &Made{Entry: e, Words: digest(a.Title, a.Text), Whole: wholeDigest(b, &e), Day: DayOf(a.Published), Packed: s.Pack(b)}
	m.index(s.Lang)
	return m, nil
}

// IndexOf makes the search forms of a record that is kept already.
func (s *Shelf) IndexOf(r isnad.Record) *Made {
	m := &Made{Entry: isnad.Entry{Record: r}}
	m.index(s.Lang)
	return m
}

// readable finds words that are no UTF-8: JSON would write others in their place.
func readable(r *isnad.Record) error {
	a := &r.Article
	words := []string{r.Reader, a.ID, a.URL, a.Outlet, a.Title, a.Byline, a.Agency, a.Published, a.Language, a.Text}
	for _, c := range a.Cut {
		words = append(words, c.Text)
	}
	for _, e := range r.Entities {
		words = append(words, e.Name, e.Role)
	}
	for _, w := range words {
		if !utf8.ValidString(w) {
			return fmt.Errorf("%.40q is no UTF-8", w)
		}
	}
	return nil
}

// digest is the digest of some strings in order.
func digest(parts ...string) []byte {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		io.WriteString(h, p)
	}
	return h.Sum(nil)[:16]
}

func wholeDigest(record []byte, e *isnad.Entry) []byte {
	parts := append([]string{string(record), string(e.Sketch)}, e.Identities...)
	return digest(parts...)
}
