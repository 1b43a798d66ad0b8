package isnad

import (
	"errors"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"
)

// Check proves that r is sound against its own text: every span is inside the text,
// on code point boundaries, and begins and ends on a letter, digit or sign that a
// finding may end on; every index points to something; every fixed word is one of its
// set. It returns all faults, joined.
func (r *Record) Check() error {
	c := &checker{r: r}
	c.entities()
	c.names()
	c.times()
	c.quantities()
	c.statements()
	c.events()
	c.commitments()
	return errors.Join(c.faults...)
}

type checker struct {
	r      *Record
	faults []error
}

func (c *checker) fault(what string, i int, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("%s %d: %s", what, i, fmt.Sprintf(format, args...)))
}

// span checks a required span.
func (c *checker) span(what string, i int, s Span) {
	text := c.r.Article.Text
	switch {
	case s.Start < 0 || s.End > len(text) || s.Start >= s.End:
		c.fault(what, i, "span %v is outside the text of %d bytes or empty", s, len(text))
	case !utf8.RuneStart(text[s.Start]) || (s.End < len(text) && !utf8.RuneStart(text[s.End])):
		c.fault(what, i, "span %v cuts a code point", s)
	case !edge(s.Of(text)):
		c.fault(what, i, "span %v «%s» does not begin and end on a word", s, s.Of(text))
	}
}

// optional checks a span that may be absent.
func (c *checker) optional(what string, i int, s Span) {
	if s != (Span{}) {
		c.span(what, i, s)
	}
}

// edge reports whether s begins and ends on a letter, mark or digit, or on one of the few
// signs that belong to a word: % and money signs, and a bracket whose other half is
// inside.
func edge(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return (ofWord(first) || first == '(' || first == '"') && (ofWord(last) || last == ')' || last == '.' || last == '"')
}

func ofWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) || r == '%' || r == '٪' || r == '#' || r == '@'
}

func (c *checker) entity(what string, i, e int, mayMiss bool) {
	if e == None && mayMiss {
		return
	}
	if e < 0 || e >= len(c.r.Entities) {
		c.fault(what, i, "entity %d of %d", e, len(c.r.Entities))
	}
}

func (c *checker) statement(what string, i, s int) {
	if s != None && (s < 0 || s >= len(c.r.Statements)) {
		c.fault(what, i, "statement %d of %d", s, len(c.r.Statements))
	}
}

func (c *checker) word(what string, i int, field, got string, set map[string]bool) {
	if !set[got] {
		c.fault(what, i, "%s %q is not one of its words", field, got)
	}
}

func (c *checker) trust(what string, i int, t Trust) {
	if t.Rule == "" || !(t.Confidence >= 0 && t.Confidence <= 1) {
		c.fault(what, i, "rule %q, confidence %v", t.Rule, t.Confidence)
	}
}

func (c *checker) day(what string, i int, field, v string) {
	if _, err := time.Parse(time.DateOnly, v); v != "" && err != nil {
		c.fault(what, i, "%s %q is no day", field, v)
	}
}

func (c *checker) entities() {
	for i, e := range c.r.Entities {
		c.word("entity", i, "kind", string(e.Kind), kinds)
		if e.Name == "" {
			c.fault("entity", i, "no name")
		}
	}
}

func (c *checker) names() {
	last := 0
	for i, n := range c.r.Names {
		c.span("name", i, n.Span)
		c.entity("name", i, n.Entity, false)
		c.word("name", i, "kind", string(n.Kind), kinds)
		c.trust("name", i, n.Trust)
		if n.Start < last {
			c.fault("name", i, "overlaps or precedes the one before")
		}
		last = n.End
	}
}

func (c *checker) times() {
	last := 0
	for i, t := range c.r.Times {
		c.span("time", i, t.Span)
		c.word("time", i, "type", t.Type, timeTypes)
		c.word("time", i, "mod", t.Mod, mods)
		c.day("time", i, "first", t.First)
		c.day("time", i, "last", t.Last)
		c.trust("time", i, t.Trust)
		if t.Value == "" || t.Start < last {
			c.fault("time", i, "value %q, or out of order", t.Value)
		}
		last = t.End
	}
}

func (c *checker) quantities() {
	for i, q := range c.r.Quantities {
		c.span("quantity", i, q.Span)
		c.word("quantity", i, "mod", q.Mod, mods)
		c.trust("quantity", i, q.Trust)
		if q.Unit == "" || (q.Max != 0 && q.Max < q.Value) {
			c.fault("quantity", i, "unit %q, %v to %v", q.Unit, q.Value, q.Max)
		}
	}
}

func (c *checker) statements() {
	for i, s := range c.r.Statements {
		c.span("statement", i, s.Span)
		c.span("statement content", i, s.Content)
		c.optional("statement cue", i, s.Cue)
		c.optional("statement to", i, s.To)
		c.optional("statement speaker", i, s.Speaker.Span)
		c.entity("statement speaker", i, s.Speaker.Entity, true)
		c.word("statement", i, "kind", string(s.SpeakerKind), speakerKinds)
		c.trust("statement", i, s.Trust)
		for _, v := range s.Via {
			c.optional("statement via", i, v.Span)
			c.entity("statement via", i, v.Entity, true)
		}
		if !s.Contains(s.Content) {
			c.fault("statement", i, "content %v is outside %v", s.Content, s.Span)
		}
	}
}

func (c *checker) events() {
	for i, e := range c.r.Events {
		c.span("event", i, e.Span)
		c.span("event trigger", i, e.Trigger)
		c.word("event", i, "type", e.Type, eventTypes)
		c.word("event", i, "status", e.Status, statuses)
		c.statement("event", i, e.Statement)
		c.trust("event", i, e.Trust)
	}
}

func (c *checker) commitments() {
	for i, x := range c.r.Commitments {
		c.span("commitment", i, x.Span)
		c.span("commitment what", i, x.What)
		c.word("commitment", i, "basis", x.Basis, bases)
		c.day("commitment", i, "due", x.Due)
		c.statement("commitment", i, x.Statement)
		c.trust("commitment", i, x.Trust)
		c.optional("commitment to", i, x.To.Span)
		c.entity("commitment to", i, x.To.Entity, true)
		for _, b := range x.By {
			c.optional("commitment by", i, b.Span)
			c.entity("commitment by", i, b.Entity, true)
		}
	}
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// The closed sets of a record's words. Read only.
var (
	kinds        = set("person", "organization", "place", "other")
	timeTypes    = set("date", "time", "duration", "set")
	mods         = set("", "start", "mid", "end", "before", "after", "approx", "more_than", "less_than", "equal_or_more", "equal_or_less")
	speakerKinds = set("named", "role", "body", "anonymous", "implied")
	eventTypes   = set("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
	statuses     = set("happened", "planned", "called_for", "denied")
	bases        = set("agreement", "promise", "decision", "schedule", "order", "ultimatum")
)
