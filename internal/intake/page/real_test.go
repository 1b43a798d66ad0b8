package page

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRealPages reads real pages beside the project and wants the days and texts that they
// are known to have.
func TestRealPages(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "..", "shared", "data", "pages")
	b, err := os.ReadFile(filepath.Join(folder, "gold.json"))
	if err != nil {
		t.Skip("no real pages here: ", err)
	}
	var pages []struct {
		File string
		Gold struct {
			Date          string
			With, Without []string
			V1            struct {
				PublishingDate string `json:"publishing_date"`
				Body           struct {
					Sections []struct{ Paragraphs []string }
				}
			}
		}
	}
	if err := json.Unmarshal(b, &pages); err != nil {
		t.Skip("the gold has another form: ", err)
	}
	for _, p := range pages {
		b, err := os.ReadFile(filepath.Join(folder, p.File))
		if err != nil {
			t.Error(err)
			continue
		}
		a, doubt, err := parse(b, lexicon(t))
		if err != nil || len(a.Text) < 300 {
			t.Errorf("%s: %d bytes of text, %v", p.File, len(a.Text), err)
		}
		date := cmp.Or(p.Gold.Date, p.Gold.V1.PublishingDate)
		if date = date[:min(len(date), 10)]; !strings.HasPrefix(a.Published, date) {
			t.Errorf("%s: published %q, want %s", p.File, a.Published, date)
		}
		var text []string
		for _, s := range p.Gold.V1.Body.Sections {
			text = append(text, s.Paragraphs...)
		}
		if got := f1(a.Text, strings.Join(text, " ")); text != nil && got < 0.95 {
			t.Errorf("%s: text F1 %.3f", p.File, got)
		}
		for _, s := range p.Gold.With {
			if !strings.Contains(a.Text, s) {
				t.Errorf("%s: %q is missing", p.File, s)
			}
		}
		for _, s := range p.Gold.Without {
			if strings.Contains(a.Text, s) {
				t.Errorf("%s: %q is in the text", p.File, s)
			}
		}
		t.Logf("%s: %q, %s, %s, %s, %s", p.File, a.Title, a.Outlet, a.Published, a.Extractor, doubt)
	}
}
