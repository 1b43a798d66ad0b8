package page

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a page of testdata with what must be found in it. The pages are our own, each in
// the style of a publishing system.
type sample struct {
	File, Address                                           string
	URL, Title, Outlet, Byline, Agency, Published, Modified string
	Text                                                    []string
}

func samples(t testing.TB) []sample {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSamples(t *testing.T) {
	l := lexicon(t)
	for _, s := range samples(t) {
		t.Run(s.File, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", s.File))
			if err != nil {
				t.Fatal(err)
			}
			a, doubts, err := Read(b, Source{Address: s.Address}, l)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range []struct{ name, got, want string }{
				{"address", a.URL, s.URL}, {"title", a.Title, s.Title}, {"outlet", a.Outlet, s.Outlet}, {"byline", a.Byline, s.Byline},
				{"agency", a.Agency, s.Agency}, {"published", a.Published, s.Published}, {"modified", a.Modified, s.Modified},
			} {
				if f.got != f.want {
					t.Errorf("%s %q, want %q", f.name, f.got, f.want)
				}
			}
			if got := f1(a.Text, strings.Join(s.Text, " ")); got < 0.95 || !strings.Contains(a.Text, s.Text[0]) {
				t.Errorf("text F1 %.3f by %s:\n%s", got, a.Extractor, a.Text)
			}
			t.Logf("by %s, doubts %q", a.Extractor, doubts)
		})
	}
}

// f1 is the harmonic mean of the shares of words that two texts have in common.
func f1(got, want string) float64 {
	count := map[string]int{}
	g, w := strings.Fields(got), strings.Fields(want)
	for _, s := range w {
		count[s]++
	}
	both := 0
	for _, s := range g {
		if count[s] > 0 {
			count[s]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(g)+len(w))
}
