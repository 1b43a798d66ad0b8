package corpus

import (
	"flag"
	"slices"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

var update = flag.Bool("update", false, "write what the reader does not yet do into the corpus files")

// TestReading reads every article of the corpus and holds the differences from the truth
// against those that are known. A difference that comes or goes fails.
func TestReading(t *testing.T) {
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range load(t) {
		t.Run(f.Marked.Article.ID, func(t *testing.T) {
			rec := r.Read(f.Marked.Article)
			if err := rec.Check(); err != nil {
				t.Error(err)
			}
			checkReports(t, &rec)
			given := Of(&rec)
			misses := Differences(&f.Marked, &given)
			if *update {
				if err := f.Write(misses); err != nil {
					t.Error(err)
				}
				return
			}
			for _, l := range without(misses, f.Misses) {
				t.Errorf("new: %s", l)
			}
			for _, l := range without(f.Misses, misses) {
				t.Errorf("gone: %s", l)
			}
			if t.Failed() {
				t.Log("if the change is wanted: go test ./internal/corpus -update")
			}
		})
	}
}

// checkReports holds every event and commitment against the rule that it points to the
// statement in whose content it stands, the innermost, and to none outside of all.
func checkReports(t *testing.T, rec *isnad.Record) {
	t.Helper()
	check := func(what string, words isnad.Span, got int) {
		inside := slices.ContainsFunc(rec.Statements, func(s isnad.Statement) bool { return s.Content.Contains(words) })
		if got != isnad.None && !rec.Statements[got].Content.Overlaps(words) && !rec.Statements[got].Contains(words) {
			t.Errorf("%s «%s» is said to be reported by a statement it does not stand in", what, words.Of(rec.Article.Text))
		}
		if got == isnad.None && inside {
			t.Errorf("%s «%s» stands in a statement and points to none", what, words.Of(rec.Article.Text))
		}
	}
	for _, e := range rec.Events {
		check("event", e.Trigger, e.Statement)
	}
	for _, c := range rec.Commitments {
		check("commitment", c.What, c.Statement)
	}
}
