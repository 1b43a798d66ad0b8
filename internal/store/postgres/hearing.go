package postgres

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/isnad-project/isnad/internal/store/shelf"
)

// hearing is where the words of an article stand: in headline, text and fields, one list of
// places each.
type hearing struct {
	places map[string]*[columns][]int
	size   int // of the text, in words
}

// The columns of an article's words, in the order in which they are heard.
const (
	inHeadline = iota
	inText
	inFields
	columns
)

// hearingOf makes the hearing of an article from its record, whatever its length.
func (t *tx) hearingOf(n int64) (*hearing, error) {
	r, err := t.recordOf(n)
	if err != nil {
		return nil, err
	}
	x := &t.library.IndexOf(r).Index
	h := &hearing{places: map[string]*[columns][]int{}}
	for column, words := range [...]string{x.Title, x.Text, x.Fields} {
		list := bytes.Fields([]byte(words))
		for i, w := range list {
			h.add(lexeme(string(w)), column, i)
		}
		if column == inText {
			h.size = len(list)
		}
	}
	return h, nil
}

func (h *hearing) add(word string, column, at int) {
	p := h.places[word]
	if p == nil {
		p = new([columns][]int)
		h.places[word] = p
	}
	p[column] = append(p[column], at)
}

var errVector = errors.New("the words of an article are damaged: run isnad check")

// hear reads the places of some words from a tsvector in its binary form.
func hear(vector []byte, wanted []phrase, size int) (*hearing, error) {
	h := &hearing{places: map[string]*[columns][]int{}, size: size}
	if len(vector) < 4 {
		return nil, errVector
	}
	for b := vector[4:]; len(b) > 0; {
		end := bytes.IndexByte(b, 0)
		if end < 0 || len(b) < end+3 {
			return nil, errVector
		}
		word, n := b[:end], int(binary.BigEndian.Uint16(b[end+1:]))
		b = b[end+3:]
		if len(b) < 2*n {
			return nil, errVector
		}
		if slices.ContainsFunc(wanted, func(p phrase) bool {
			return slices.ContainsFunc(p.words, func(w string) bool { return w == string(word) })
		}) {
			h.note(string(word), b[:2*n])
		}
		b = b[2*n:]
	}
	return h, nil
}

// note adds the places of a word as a tsvector has them.
func (h *hearing) note(word string, places []byte) {
	other := inText
	if word != "" && word[0] >= 'A' && word[0] <= 'Z' { // search forms have no capitals but the mark
		other = inFields
	}
	for ; len(places) > 0; places = places[2:] {
		at := int(binary.BigEndian.Uint16(places))
		if at >= inTitle {
			h.add(word, inHeadline, at-inTitle)
		} else {
			h.add(word, other, at&lastPlace)
		}
	}
}

// at gives where a phrase begins in a column.
func (h *hearing) at(p phrase, column int) []int {
	first := h.places[p.words[0]]
	if first == nil {
		return nil
	}
	if len(p.words) == 1 {
		return first[column]
	}
	var list []int
	for _, at := range first[column] {
		if h.follows(p.words[1:], column, at+1) {
			list = append(list, at)
		}
	}
	return list
}

func (h *hearing) follows(words []string, column, at int) bool {
	for i, w := range words {
		p := h.places[w]
		if p == nil {
			return false
		}
		if _, found := slices.BinarySearch(p[column], at+i); !found {
			return false
		}
	}
	return true
}

func (h *hearing) stands(p phrase) bool {
	for column := range columns {
		if len(h.at(p, column)) > 0 {
			return true
		}
	}
	return false
}

// times counts each phrase among the first places in which any stands.
func (h *hearing) times(phrases []phrase) []shelf.Times {
	out := make([]shelf.Times, len(phrases))
	left := shelf.Heard
	for column := range columns {
		type place struct{ at, phrase int }
		var all []place
		for i, p := range phrases {
			for _, at := range h.at(p, column) {
				all = append(all, place{at, i})
			}
		}
		slices.SortStableFunc(all, func(a, b place) int { return a.at - b.at })
		for _, x := range all[:min(left, len(all))] {
			if column == inHeadline {
				out[x.phrase].Title++
			} else {
				out[x.phrase].Text++
			}
		}
		left -= min(left, len(all))
	}
	return out
}
