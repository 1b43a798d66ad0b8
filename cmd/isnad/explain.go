package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

// explain tells the steps of a reading and the rule behind every finding.
func explain(where string, rec isnad.Record, steps []reader.Step) string {
	var b strings.Builder
	total := time.Duration(0)
	fmt.Fprintf(&b, "%s\n", where)
	for _, s := range steps {
		fmt.Fprintf(&b, "  %-12s %5d found  %10s\n", s.Stage, s.Found, s.Took.Round(time.Microsecond))
		total += s.Took
	}
	fmt.Fprintf(&b, "  %-12s %12s  %10s\n", "all", "", total.Round(time.Microsecond))
	line := func(kind string, s isnad.Span, t isnad.Trust) {
		fmt.Fprintf(&b, "  %-12s %.2f  %-28s «%s»\n", kind, t.Confidence, t.Rule, brief(s.Of(rec.Article.Text)))
	}
	for _, x := range rec.Names {
		line("name", x.Span, x.Trust)
	}
	for _, x := range rec.Times {
		line("time", x.Span, x.Trust)
	}
	for _, x := range rec.Quantities {
		line("quantity", x.Span, x.Trust)
	}
	for _, x := range rec.Statements {
		line("statement", x.Content, x.Trust)
	}
	for _, x := range rec.Events {
		line("event", x.Trigger, x.Trust)
	}
	for _, x := range rec.Commitments {
		line("commitment", x.What, x.Trust)
	}
	return b.String()
}

// brief is s on one line, cut after sixty letters.
func brief(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= 60 {
		return string(r)
	}
	return string(r[:60]) + "…"
}
