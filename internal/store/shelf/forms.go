package shelf

import (
	"slices"
	"sort"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/script"
)

// The letters before the search forms of fields, and the gap that no phrase goes across.
// Search forms have no capital letters and no signs.
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

// Mark gives the letter before the forms of a field of words; ok is false for other fields.
func Mark(f isnad.Field) (mark string, ok bool) {
	switch f {
	case isnad.Anywhere:
		return "", true
	case isnad.InName:
		return markName, true
	case isnad.InPlace:
		return markPlace, true
	case isnad.InSpeaker:
		return markSpeaker, true
	case isnad.InSaid:
		return markSaid, true
	case isnad.InVia:
		return markVia, true
	case isnad.InBy:
		return markBy, true
	case isnad.InOutlet:
		return markOutlet, true
	case isnad.InEvent:
		return markEvent, true
	}
	return "", false
}

// Index is the search forms of an article, one space apart: of its headline, of its text, and
// of its fields, with the mark of the field before each and a gap behind each stretch.
type Index struct{ Title, Text, Fields string }

// index makes the search forms of an article and its fields.
func (m *Made) index(lang *query.Language) {
	r := &m.Entry.Record
	tokens := lang.Terms(r.Article.Text)
	m.Title = strings.Join(lang.Forms(r.Article.Title), " ")
	m.Text = formsOf(tokens)
	m.Says = make([]int, len(r.Entities))
	x := &indexer{tokens: tokens, lang: lang, seen: map[string]bool{}}
	x.put(markOutlet, OutletForm(r.Article.Outlet))
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
			m.Says[e]++
			x.words(markSpeaker, r.Entities[e].Name)
		}
	}
	for _, e := range r.Events {
		if !slices.Contains(m.Events, e.Type) {
			m.Events = append(m.Events, e.Type)
			x.put(markEvent, e.Type)
		}
		for _, a := range e.Actors {
			x.words(markBy, a)
		}
	}
	sort.Strings(m.Events)
	for _, c := range r.Commitments {
		for _, b := range c.By {
			x.span(markBy, b.Span)
			if b.Entity >= 0 {
				x.words(markBy, r.Entities[b.Entity].Name)
			}
		}
	}
	m.Fields = x.out.String()
}

// FoldOutlet gives the form in which an outlet is asked for: whole, but for spelling.
func FoldOutlet(name string) string { return strings.Join(strings.Fields(script.Fold(name)), " ") }

// OutletForm is the search form of an outlet: one word.
func OutletForm(name string) string { return strings.ReplaceAll(FoldOutlet(name), " ", "_") }

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
