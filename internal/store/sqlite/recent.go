package sqlite

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/recent"
)

// How many bytes are remembered of what was read and found lately.
const (
	recordsLimit = 16 << 20
	storiesLimit = 8 << 20
	resultsLimit = 24 << 20
	blocksLimit  = 24 << 20
)

// lately is what was read and found lately. Records and stories are remembered with the
// bytes that they were unpacked from, and hold as long as those stand in the file; what
// was found holds for one state of the library, which is part of its key.
type lately struct {
	records *recent.Memory[int64, unpacked[isnad.Record]]
	stories *recent.Memory[int64, unpacked[isnad.Story]]
	results *recent.Memory[string, any]
	blocks  *recent.Memory[int64, *block] // by day
}

func newLately() lately {
	return lately{recent.New[int64, unpacked[isnad.Record]](recordsLimit), recent.New[int64, unpacked[isnad.Story]](storiesLimit), recent.New[string, any](resultsLimit), recent.New[int64, *block](blocksLimit)}
}

// unpacked is something with the bytes that it was unpacked from.
type unpacked[T any] struct {
	packed []byte
	value  T
}

// remembered gives what was unpacked from the same bytes before, or unpacks them.
func remembered[T any](m *recent.Memory[int64, unpacked[T]], n int64, packed []byte, unpack func([]byte) (T, int, error)) (T, error) {
	if x, ok := m.Get(n); ok && bytes.Equal(x.packed, packed) {
		return x.value, nil
	}
	own := bytes.Clone(packed)
	v, size, err := unpack(own)
	if err == nil {
		m.Put(n, unpacked[T]{own, v}, size+len(own))
	}
	return v, err
}

// answer gives what was found for the same question since the library was changed last, or
// finds it. Whoever gets it may not change it.
func answer[T any](l *Library, c *conn, question string, size func(T) int, find func() (T, error)) (v T, err error) {
	g, err := c.generation()
	if err != nil {
		return v, err
	}
	question = strconv.FormatInt(g, 10) + " " + question
	if known, ok := l.lately.results.Get(question); ok {
		if v, ok := known.(T); ok {
			return v, nil
		}
	}
	if v, err = find(); err == nil {
		l.lately.results.Put(question, v, size(v)+len(question))
	}
	return v, err
}

// question tells queries apart.
func question(of string, q isnad.Query) string {
	var b strings.Builder
	b.WriteString(of)
	for _, s := range [...]string{string(q.Sort), strconv.Itoa(q.Limit), q.Cursor} {
		b.WriteString(" " + strconv.Quote(s))
	}
	b.WriteString(termsKey(q.Terms))
	return b.String()
}

// termsKey tells terms apart.
func termsKey(terms []isnad.Term) string {
	var b strings.Builder
	for _, t := range terms {
		b.WriteString("\n" + strconv.Quote(string(t.Field)) + strconv.FormatBool(t.Phrase) + strconv.FormatBool(t.Not))
		for _, w := range t.Words {
			b.WriteString(" " + strconv.Quote(w))
		}
	}
	return b.String()
}

// About how many bytes are taken by what is found, beside the letters.
const (
	rowSize   = 400
	countSize = 64
)

func sizeOfCounts(list []isnad.Count) (n int) {
	for _, c := range list {
		n += countSize + len(c.Key) + len(c.Label)
	}
	return n
}

func sizeOfThing(x isnad.Thing) int {
	return rowSize + len(x.ID) + len(x.Name) + sizeOfCounts(x.Forms) + sizeOfCounts(x.Roles)
}

func sizeOfSaid(s isnad.Said) (n int) {
	for _, r := range s.Rows {
		n += rowSize + len(r.Content) + len(r.Title) + len(r.Speaker)
	}
	return n
}

func sizeOfUndertaken(u isnad.Undertaken) (n int) {
	for _, r := range u.Rows {
		n += rowSize + len(r.What) + len(r.Words) + len(r.Title)
	}
	return n
}

func sizeOfResults(r isnad.Results) (n int) {
	for _, h := range r.Hits {
		n += rowSize + len(h.Snippet) + len(h.Title) + len(h.URL)
	}
	return n
}

func sizeOfStory(t isnad.Story) int {
	n := rowSize + len(t.Title) + 2*countSize*(len(t.Articles)+len(t.Copies))
	for _, m := range t.Timeline {
		n += rowSize + len(m.Words)
	}
	for _, d := range t.Disagreements {
		for _, v := range d.Values {
			n += rowSize + rowSize*len(v.Claims)
		}
	}
	return n
}

func sizeOfTold(t isnad.Told) (n int) {
	for _, s := range t.Stories {
		n += sizeOfStory(s)
	}
	return n
}

// sizeOfRecord counts what a record takes, of which the JSON has some bytes: its strings
// share the memory of that.
func sizeOfRecord(r *isnad.Record, json int) int {
	return json + len(r.Article.Text) + 64*len(r.Entities) + 96*(len(r.Names)+2*len(r.Times)+2*len(r.Quantities)+4*(len(r.Statements)+len(r.Events)+len(r.Commitments)))
}
