package times

import (
	"strings"
	"sync"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// analyzer has the embedded lexicon and vocabulary.
var analyzer = sync.OnceValues(func() (*ling.Analyzer, error) {
	l, err := lex.Default()
	if err != nil {
		return nil, err
	}
	v, err := vocab.Load()
	return ling.New(l, v), err
})

func analyze(t testing.TB, text string) *ling.Doc {
	t.Helper()
	a, err := analyzer()
	if err != nil {
		t.Fatal(err)
	}
	return a.Analyze(text)
}

func find(t testing.TB, text, published string) []isnad.Time {
	t.Helper()
	return Find(analyze(t, text), published)
}

// told writes times in words: value, modifier and span.
func told(text string, times []isnad.Time) string {
	var out []string
	for _, x := range times {
		s := x.Value
		if x.Mod != "" {
			s += " " + x.Mod
		}
		out = append(out, s+" «"+x.Of(text)+"»")
	}
	return strings.Join(out, ", ")
}

// meant is told without the words.
func meant(times []isnad.Time) string {
	var out []string
	for _, x := range times {
		out = append(out, x.Type+" "+x.Value+" "+x.Mod+" "+x.First+" "+x.Last)
	}
	return strings.Join(out, ", ")
}
