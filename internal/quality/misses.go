package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/quality/score"
)

// misses prints what is missed and made up of one kind, each in its context: on the
// project's corpus, then on the marked articles outside of it where they are.
func (m *measure) misses(out io.Writer, k score.Kind) error {
	if !slices.Contains(score.Kinds(), k) || k == score.Text || k == score.Entities {
		return fmt.Errorf("no kind %q has misses to show; one of %v has", k, score.Kinds())
	}
	list, err := m.all()
	if err != nil {
		return err
	}
	for _, x := range m.read(list).Misses(k) {
		what := "extra  "
		if x.Lacking {
			what = "missing"
		}
		if _, err := fmt.Fprintf(out, "%s  %s  %s\n\t%s\n", x.Article, what, x.About, context(x.Text, x.Span)); err != nil {
			return err
		}
	}
	return nil
}

// context shows a span between brackets with the words round it, on one line.
func context(text string, s isnad.Span) string {
	const round = 60
	before, after := text[:s.Start], text[s.End:]
	for i := 0; i < round && before != ""; i++ {
		_, n := utf8.DecodeLastRuneInString(before)
		before = before[:len(before)-n]
	}
	for i := 0; i < round && after != ""; i++ {
		_, n := utf8.DecodeRuneInString(after)
		after = after[n:]
	}
	line := text[len(before):s.Start] + "[" + s.Of(text) + "]" + text[s.End:len(text)-len(after)]
	return strings.Join(strings.Fields(line), " ")
}
