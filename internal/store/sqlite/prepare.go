package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/script"
)

// recordLimit bounds a record in memory, in bytes.
const recordLimit = 1 << 28

// The letters before the search forms in the column of fields, and the gap that no
// phrase goes across. Search forms have no capital letters and no signs.
const (
	markName    = "N"
	markPlace   = "P"
	markSpeaker = "S"
	markSaid    = "Q"
	markVia     = "V"
	markBy      = "B"
	markOutlet  = "O" // followed by the outlet, folded
	markEvent   = "E" // followed by the type
	gap         = "|"
)

// made is an entry with everything that can be made of it outside a transaction.
type made struct {
	isnad.Entry
	words, whole []byte // digests
	record       []byte // compressed
	day          int64  // of publication
	title, text  string // search forms, one space apart
	fields       string
	says         []int   // statements of each entity
	things       []int64 // which the entities are; known in the transaction
	events       []string
}

// prepare checks an entry and makes all that keeping it needs.
func (l *Library) prepare(e isnad.Entry) (*made, error) {
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
	if len(b) > recordLimit {
		return nil, fmt.Errorf("its record has %d bytes, more than %d", len(b), recordLimit)
	}
	m := &made{Entry: e, words: digest(a.Title, a.Text), whole: wholeDigest(b, &e), day: dayOf(a.Published)}
	m.record = l.enc.EncodeAll(b, nil)
	m.index(l.lang)
	return m, nil
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

// dayBits are the bits of an article's number within its day.
const dayBits = 24

// dayOf gives the day of a date or date-time, as it is written, in days since the year 1; or 0.
func dayOf(published string) int64 {
	if len(published) < len(time.DateOnly) {
		return 0
	}
	t, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)])
	if err != nil || t.Year() < 1 {
		return 0
	}
	return dayNumber(t)
}

func dayNumber(t time.Time) int64 { return t.Unix()/86400 + daysBeforeUnix }

// daysBeforeUnix is the number of days from the first of January of the year 1 to that of 1970, plus one.
const daysBeforeUnix = 719163

// dayText is the ISO date of a day, or empty for day 0.
func dayText(day int64) string {
	if day == 0 {
		return ""
	}
	return time.Unix((day-daysBeforeUnix)*86400, 0).UTC().Format(time.DateOnly)
}

// index makes the search forms of an article and its fields.
func (m *made) index(lang *query.Language) {
	r := &m.Record
	tokens := lang.Terms(r.Article.Text)
	m.title = joined(lang.Forms(r.Article.Title))
	m.text = formsOf(tokens)
	m.says = make([]int, len(r.Entities))
	x := &indexer{tokens: tokens, lang: lang, seen: map[string]bool{}}
	x.put(markOutlet, outletForm(r.Article.Outlet))
	for _, n := range r.Names {
		x.span(markName, n.Span)
		if n.Kind == isnad.Place {
			x.span(markPlace, n.Span)
		}
	}
	for _, s := range r.Statements {
		x.span(markSpeaker, s.Speaker.Span)
		x.spanAgain(markSaid, s.Content)
		for _, v := range s.Via {
			x.span(markVia, v.Span)
		}
		if e := s.Speaker.Entity; e >= 0 {
			m.says[e]++
			x.words(markSpeaker, r.Entities[e].Name)
		}
	}
	for _, e := range r.Events {
		if !slices.Contains(m.events, e.Type) {
			m.events = append(m.events, e.Type)
			x.put(markEvent, e.Type)
		}
		for _, a := range e.Actors {
			x.words(markBy, a)
		}
	}
	sort.Strings(m.events)
	for _, c := range r.Commitments {
		for _, b := range c.By {
			x.span(markBy, b.Span)
			if b.Entity >= 0 {
				x.words(markBy, r.Entities[b.Entity].Name)
			}
		}
	}
	m.fields = x.out.String()
}

// foldOutlet gives the form in which an outlet is asked for: whole, but for spelling.
func foldOutlet(name string) string { return strings.Join(strings.Fields(script.Fold(name)), " ") }

// outletForm is the search form of an outlet: one word.
func outletForm(name string) string { return strings.ReplaceAll(foldOutlet(name), " ", "_") }

func joined(forms []string) string { return strings.Join(forms, " ") }

func formsOf(tokens []query.Token) string {
	n := 0
	for _, t := range tokens {
		n += len(t.Form) + 1
	}
	var b strings.Builder
	b.Grow(n)
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Form)
	}
	return b.String()
}

// indexer writes the column of fields. The same words of a field are written once.
type indexer struct {
	tokens  []query.Token
	lang    *query.Language
	seen    map[string]bool
	out     strings.Builder
	stretch []byte
}

// put writes one form of a field.
func (x *indexer) put(mark, form string) {
	x.out.WriteString(mark)
	x.out.WriteString(form)
	x.out.WriteString(" " + gap + " ")
}

// words writes the forms of words that do not stand in the text.
func (x *indexer) words(mark, words string) {
	key := mark + words
	if x.seen[key] {
		return
	}
	x.seen[key] = true
	forms := x.lang.Forms(words)
	x.write(mark, len(forms), func(i int) string { return forms[i] })
}

// span writes the forms of a stretch of the text, once for the same words.
func (x *indexer) span(mark string, s isnad.Span) {
	list := x.within(s)
	x.stretch = append(x.stretch[:0], mark...)
	for _, t := range list {
		x.stretch = append(append(x.stretch, t.Form...), ' ')
	}
	if x.seen[string(x.stretch)] {
		return
	}
	x.seen[string(x.stretch)] = true
	x.write(mark, len(list), func(i int) string { return list[i].Form })
}

// spanAgain is span for stretches that do not come twice.
func (x *indexer) spanAgain(mark string, s isnad.Span) {
	list := x.within(s)
	x.write(mark, len(list), func(i int) string { return list[i].Form })
}

func (x *indexer) within(s isnad.Span) []query.Token {
	if s.Empty() {
		return nil
	}
	i := sort.Search(len(x.tokens), func(i int) bool { return x.tokens[i].End > s.Start })
	j := i
	for j < len(x.tokens) && x.tokens[j].Start < s.End {
		j++
	}
	return x.tokens[i:j]
}

func (x *indexer) write(mark string, n int, form func(int) string) {
	if n == 0 {
		return
	}
	for i := range n {
		x.out.WriteString(mark)
		x.out.WriteString(form(i))
		x.out.WriteByte(' ')
	}
	x.out.WriteString(gap + " ")
}
