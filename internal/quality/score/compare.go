package score

import (
	"fmt"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/corpus"
)

// Add compares a record with the truth about its article and adds the outcome to s.
func (s *Sheet) Add(m *corpus.Marked, r *isnad.Record) {
	place, _ := m.Place()
	body, text := tokenize(m.Body), tokenize(r.Article.Text)
	in := corpus.Of(r)
	c := &comparison{sheet: s, marked: m, record: r, inWords: &in, body: body, text: text, to: align(text.words, body.words)}
	n := s.count(Text)
	n.Marked += len(body.words)
	n.Given += len(text.words)
	for _, k := range c.to {
		if k >= 0 {
			n.Right++
		}
	}
	c.names(place.Names)
	c.times(place.Times)
	c.quantities(place.Quantities)
	c.statements(place.Statements)
	c.events(place.Events)
	c.commitments(place.Commitments)
}

// comparison is one record against one truth.
type comparison struct {
	sheet      *Sheet
	marked     *corpus.Marked
	record     *isnad.Record
	inWords    *corpus.Marked // the record
	body, text *tokens        // of the truth, of the record
	to         []int          // tokens of text to tokens of body, or -1
}

// side is one side of a comparison of a kind: the findings that have a place.
type side struct {
	at    []stretch // in tokens of the marked body
	index []int     // of the finding in its list
	span  []isnad.Span
}

func (c *comparison) gold(spans []isnad.Span) side {
	var out side
	for i, s := range spans {
		if !s.Empty() {
			out.at = append(out.at, c.body.stretch(s))
			out.index = append(out.index, i)
			out.span = append(out.span, s)
		}
	}
	return out
}

func given[T any](c *comparison, list []T, span func(T) isnad.Span) side {
	var out side
	for i, x := range list {
		out.at = append(out.at, c.across(span(x)))
		out.index = append(out.index, i)
		out.span = append(out.span, span(x))
	}
	return out
}

// across gives the stretch of the marked body that a span of the record's text answers to.
func (c *comparison) across(s isnad.Span) stretch {
	var out stretch
	if in := c.text.stretch(s); in.ok {
		for _, k := range c.to[in.from:in.to] {
			if k < 0 {
				continue
			}
			if !out.ok {
				out = stretch{k, k + 1, true}
			}
			out.from, out.to = min(out.from, k), max(out.to, k+1)
		}
	}
	return out
}

// result is a figure being made up: pairs, and which of them are right.
type result struct {
	kind      Kind
	gold, got side
	pairs     []pair
	right     func(gold, got int) bool // by index in the lists; nil: every pair
	trust     func(got int) isnad.Trust
	wanted    []string // the marked findings in words
	offered   []string // the given ones
}

func (c *comparison) tally(r result) {
	n := c.sheet.count(r.kind)
	n.Marked += len(r.gold.at)
	n.Given += len(r.got.at)
	hitGold, hitGot := map[int]bool{}, map[int]bool{}
	for _, p := range r.pairs {
		if r.right == nil || r.right(r.gold.index[p.gold], r.got.index[p.got]) {
			hitGold[p.gold], hitGot[p.got] = true, true
			n.Right++
		}
	}
	for i := range r.gold.at {
		if !hitGold[i] {
			c.miss(r.kind, Miss{Lacking: true, Span: r.gold.span[i], Text: c.marked.Body, About: r.wanted[r.gold.index[i]]})
		}
	}
	for j := range r.got.at {
		if !hitGot[j] {
			c.miss(r.kind, Miss{Span: r.got.span[j], Text: c.record.Article.Text, About: r.offered[r.got.index[j]]})
		}
		if r.trust != nil {
			g := Given{Trust: r.trust(r.got.index[j]), Right: hitGot[j]}
			c.sheet.given[r.kind] = append(c.sheet.given[r.kind], g)
		}
	}
}

func (c *comparison) miss(k Kind, m Miss) {
	m.Article = c.marked.Article.ID
	c.sheet.misses[k] = append(c.sheet.misses[k], m)
}

// inWords gives findings in their written form.
func inWords[T fmt.Stringer](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.String()
	}
	return out
}
