// Package view shows a record to people in a terminal, by the questions that news
// answers. It decides how things look, never what they are.
package view

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// Append appends the view of rec to dst.
func Append(dst []byte, rec *isnad.Record, s Style) []byte {
	v := &view{page: page{Style: s, out: dst}, rec: rec, text: rec.Article.Text}
	v.heading()
	before := len(v.out)
	v.entities()
	v.times()
	v.quantities()
	v.statements()
	v.events()
	v.commitments()
	if len(v.out) == before {
		v.blank()
		v.line(2, stretch{pale, nothing})
	}
	v.notes()
	v.blank()
	return v.out
}

type view struct {
	page
	rec  *isnad.Record
	text string
}

func (v *view) heading() {
	a := v.rec.Article
	title := a.Title
	if title == "" {
		title = untitled
	}
	v.line(0, stretch{strong, title})
	var of []string
	for _, s := range []string{a.Outlet, a.Agency, a.Byline, day(a.Published)} {
		if s != "" {
			of = append(of, s)
		}
	}
	if len(of) > 0 {
		v.line(0, stretch{pale, strings.Join(of, " · ")})
	}
}

// question opens a section.
func (v *view) question(q string) {
	v.blank()
	v.line(0, stretch{head, q})
}

// item sets one finding, with its rule when asked.
func (v *view) item(t isnad.Trust, stretches ...stretch) {
	if v.Rules && t.Rule != "" {
		stretches = append(stretches, stretch{pale, fmt.Sprintf(" [%s %.2f]", t.Rule, t.Confidence)})
	}
	v.line(2, append([]stretch{{pale, "•"}, {normal, " "}}, stretches...)...)
}

func quoted(s string) string { return openMark + strings.Join(strings.Fields(s), " ") + closeMark }

func (v *view) statements() {
	if len(v.rec.Statements) > 0 {
		v.question(whoSaid)
	}
	for _, s := range v.rec.Statements {
		line := []stretch{{strong, " " + v.source(s.Speaker)}}
		for _, x := range s.Via {
			line = append(line, stretch{normal, " " + through}, stretch{strong, " " + v.source(x)})
		}
		if !s.Cue.Empty() {
			line = append(line, stretch{pale, " (" + s.Cue.Of(v.text) + ")"})
		}
		if !s.To.Empty() {
			line = append(line, stretch{normal, " " + v.addressed(s.To)})
		}
		said := s.Content.Of(v.text)
		shown := normal
		if s.Direct {
			said, shown = quoted(said), sure
		}
		line = append(line, stretch{normal, ":"}, stretch{shown, " " + said})
		v.item(s.Trust, line...)
	}
}

// addressed tells to whom, with the preposition that is written onto the word, if it is.
func (v *view) addressed(s isnad.Span) string {
	at := s.Start
	for at > 0 && v.text[at-1] >= utf8.RuneSelf {
		r, n := utf8.DecodeLastRuneInString(v.text[:at])
		if !script.IsArabic(r) && !script.IsMark(r) {
			break
		}
		at -= n
	}
	if at < s.Start {
		return v.text[at:s.End]
	}
	return toWhom + " " + s.Of(v.text)
}

// source names a party: by its entity, else by its words.
func (v *view) source(s isnad.Source) string {
	switch {
	case s.Entity >= 0 && s.Entity < len(v.rec.Entities):
		return v.rec.Entities[s.Entity].Name
	case !s.Empty():
		return s.Of(v.text)
	}
	return unnamed
}

func (v *view) events() {
	if len(v.rec.Events) > 0 {
		v.question(whatDone)
	}
	for _, e := range v.rec.Events {
		line := []stretch{{strong, " " + word(e.Type)}}
		if e.Status != "happened" {
			line = append(line, stretch{warn, " (" + word(e.Status) + ")"})
		}
		if parties := v.parties(e); parties != "" {
			line = append(line, stretch{normal, ": " + parties})
		}
		if d := day(e.Date); d != e.Date {
			line = append(line, stretch{normal, comma + d})
		}
		v.item(e.Trust, append(line, stretch{pale, " " + v.evidence(e)})...)
	}
}

func (v *view) parties(e isnad.Event) string {
	names := func(codes []string) string {
		out := make([]string, len(codes))
		for i, c := range codes {
			out[i] = v.country(c)
		}
		return strings.Join(out, comma)
	}
	if len(e.Recipients) == 0 {
		return names(e.Actors)
	}
	return names(e.Actors) + towards + names(e.Recipients)
}

// The words shown with a trigger, in bytes before and after it.
const (
	lead  = 40
	trail = 120
)

// evidence gives the words round an event's trigger, no further than its paragraph.
func (v *view) evidence(e isnad.Event) string {
	from, to := max(0, e.Trigger.Start-lead), min(len(v.text), e.Trigger.End+trail)
	before, after := v.text[from:e.Trigger.Start], v.text[e.Trigger.End:to]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	} else if from > 0 {
		_, before, _ = strings.Cut(before, " ")
		before = "…" + before
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	} else if to < len(v.text) {
		after = strings.TrimRight(after[:max(0, strings.LastIndexByte(after, ' '))], "،,:؛ ") + "…"
	}
	return quoted(before + e.Trigger.Of(v.text) + after)
}

func (v *view) commitments() {
	if len(v.rec.Commitments) > 0 {
		v.question(promised)
	}
	for _, c := range v.rec.Commitments {
		by := make([]string, len(c.By))
		for i, s := range c.By {
			by[i] = v.source(s)
		}
		if len(by) == 0 {
			by = []string{unnamed}
		}
		line := []stretch{{strong, " " + strings.Join(by, comma)}, {pale, " " + word(c.Basis)}}
		if c.Due != "" {
			line = append(line, stretch{warn, " " + until + " " + day(c.Due)})
		}
		v.item(c.Trust, append(line, stretch{normal, ":"}, stretch{normal, " " + quoted(c.What.Of(v.text))})...)
	}
}

func (v *view) notes() {
	if len(v.rec.Notes) == 0 {
		return
	}
	v.question(doubts)
	for _, n := range v.rec.Notes {
		v.item(isnad.Trust{}, stretch{pale, " " + n})
	}
}
