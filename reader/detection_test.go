package reader

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/isnad-project/isnad"
)

// marked is a sentence of the public marked sets of assaults and protests.
type marked struct{ Label, Text string }

// sentences reads a marked set kept beside the project, or skips the test.
func sentences(t *testing.T, name string) []marked {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "events", name))
	if err != nil {
		t.Skipf("the marked set %s is not here", name)
	}
	defer f.Close()
	var out []marked
	for s := bufio.NewScanner(f); s.Scan(); {
		var m marked
		if err := json.Unmarshal(s.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

// TestDetection measures whether a sentence is found to tell of an assault or a protest,
// against the sentences marked to do so. Those marked as ambiguous are left out. What is
// marked tells of a deed done, so what is planned or denied does not count. In most of the
// others an assault or protest is spoken of too, as background, topic or a later moment of
// one already told, which the sentence by itself often does not show.
func TestDetection(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind, file string
		least      float64
	}{
		{"ASSAULT", "assault_gsr.jsonl", 0.39},
		{"PROTEST", "protest_gsr.jsonl", 0.33},
	} {
		t.Run(c.kind, func(t *testing.T) {
			var hit, found, all float64
			for _, m := range sentences(t, c.file) {
				if m.Label == "ambiguous" {
					continue
				}
				rec := r.Read(isnad.Article{Text: m.Text})
				tells := false
				for _, e := range rec.Events {
					tells = tells || e.Type == c.kind && e.Status == "happened"
				}
				if m.Label == "yes" {
					all++
				}
				if tells {
					found++
					if m.Label == "yes" {
						hit++
					}
				}
			}
			f1 := 2 * hit / (found + all)
			t.Logf("figure: detection of %s in single sentences: precision %.3f, recall %.3f, F1 %.3f of %v marked, %v found", c.kind, hit/max(found, 1), hit/all, f1, all, found)
			if f1 < c.least {
				t.Errorf("F1 %.3f, want %.2f or more", f1, c.least)
			}
		})
	}
}
