package page

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRealPages reads real pages beside the project and wants the days that they are
// known to be of.
func TestRealPages(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "..", "shared", "data", "pages")
	b, err := os.ReadFile(filepath.Join(folder, "gold.json"))
	if err != nil {
		t.Skip("no real pages here: ", err)
	}
	var pages []struct {
		File string
		Gold json.RawMessage
	}
	if err := json.Unmarshal(b, &pages); err != nil {
		t.Skip("the gold has another form: ", err)
	}
	for _, p := range pages {
		var gold struct{ Date string }
		_ = json.Unmarshal(p.Gold, &gold) // some pages have no day
		b, err := os.ReadFile(filepath.Join(folder, p.File))
		if err != nil {
			t.Error(err)
			continue
		}
		a, doubt, err := Parse(b, lexicon(t))
		if err != nil || len(a.Text) < 300 {
			t.Errorf("%s: %d bytes of text, %v", p.File, len(a.Text), err)
		}
		if gold.Date != "" && !strings.HasPrefix(a.Published, gold.Date) {
			t.Errorf("%s: published %q, want %s", p.File, a.Published, gold.Date)
		}
		t.Logf("%s: %q, %s, %s, %s", p.File, a.Title, a.Outlet, a.Published, doubt)
	}
}
