package web

import (
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// articlePage is an article with its findings.
type articlePage struct {
	isnad.Holding
	Text     []paragraph
	Cards    []card
	Kinds    []kindCount
	Entities []named
	Part     int // from 1
	Parts    int
	Captures []isnad.Capture
	At       string // the words that were asked for
}

type kindCount struct {
	Kind string
	N    int
}

// named is an entity of an article with how often it is named.
type named struct {
	isnad.Entity
	Key string
	N   int
}

func (s *site) article(v *visit) error {
	h, err := s.lib.Article(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	captures, err := s.lib.Captures(v.r.Context(), h.Record.Article.ID)
	if err != nil {
		return err
	}
	f := found(v.tongue, &h)
	text := h.Record.Article.Text
	pages := parts(text)
	p := &articlePage{Holding: h, Parts: len(pages), Part: 1, Captures: captures, Kinds: f.counts(), Entities: entitiesOf(&h)}
	if n, err := strconv.Atoi(v.Get("part")); err == nil && n >= 1 && n <= len(pages) {
		p.Part = n
	}
	if at, ok := stretch(text, v.Get("from"), v.Get("to")); ok {
		f.marks = append(f.marks, mark{Span: at, Kind: "at", Class: "at", Long: true})
		p.At = at.Of(text)
		for i, w := range pages {
			if w.Start <= at.Start && at.Start < w.End {
				p.Part = i + 1
			}
		}
	}
	window := pages[p.Part-1]
	p.Text = set(text, window, f.marks)
	for i, m := range f.marks {
		if m.Overlaps(window) && i < len(f.cards) {
			p.Cards = append(p.Cards, f.cards[i])
		}
	}
	v.Title = v.Short(h.Record.Article.Title)
	return s.show(v, http.StatusOK, "article", p)
}

// stretch reads a stretch of bytes of a text that begins and ends on letters.
func stretch(text, from, to string) (isnad.Span, bool) {
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if errA != nil || errB != nil || a < 0 || a >= b || b > len(text) {
		return isnad.Span{}, false
	}
	whole := utf8.RuneStart(text[a]) && (b == len(text) || utf8.RuneStart(text[b]))
	return isnad.Span{Start: a, End: b}, whole
}

// counts counts the findings by kind.
func (f *findings) counts() []kindCount {
	r := &f.h.Record
	return []kindCount{{"name", len(r.Names)}, {"time", len(r.Times)}, {"quantity", len(r.Quantities)},
		{"statement", len(r.Statements)}, {"event", len(r.Events)}, {"commitment", len(r.Commitments)}}
}

// Each gives the numbers of the parts.
func (p *articlePage) Each() []int {
	out := make([]int, min(p.Parts, 200))
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// List gives the cards of a kind.
func (p *articlePage) List(kind string) []card {
	var out []card
	for _, c := range p.Cards {
		if c.Kind == kind {
			out = append(out, c)
		}
	}
	return out
}

// entityLimit is how many entities stand beside an article.
const entityLimit = 60

// entitiesOf gives the entities of an article in their order.
func entitiesOf(h *isnad.Holding) []named {
	out := make([]named, min(len(h.Record.Entities), entityLimit))
	for i := range out {
		out[i].Entity = h.Record.Entities[i]
		if i < len(h.Identities) {
			out[i].Key = h.Identities[i]
		}
	}
	for _, n := range h.Record.Names {
		if n.Entity >= 0 && n.Entity < len(out) {
			out[n.Entity].N++
		}
	}
	return out
}

// recordJSON gives an article's record in its published form.
func (s *site) recordJSON(w http.ResponseWriter, r *http.Request) {
	h, err := s.lib.Article(r.Context(), r.PathValue("id"))
	if err != nil {
		s.page(s.tongues[0], func(*visit) error { return err })(w, r)
		return
	}
	b, err := h.Record.AppendJSON(nil)
	if err != nil {
		s.page(s.tongues[0], func(*visit) error { return err })(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Write(append(b, '\n')) //nolint:errcheck // who asked went away
}
