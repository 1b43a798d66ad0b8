package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/pour"
)

// TestClash wants the id of one outlet's article refused for another outlet's, in one
// batch and in a later one, and the same text taken with another outlet's name.
func TestClash(t *testing.T) {
	d := open(t, t.TempDir(), morning())
	line := func(outlet, text string) string {
		return fmt.Sprintf(`{"id":"17","outlet":%q,"published":"2024-05-08","title":"افتتاح الجسر","text":%q}`, outlet, text)
	}
	const ours, theirs = "أعلن وزير النقل، الخميس، موعد افتتاح الجسر.", "بدأت بلدية المدينة رصف الطريق الساحلي."
	file := filepath.Join(t.TempDir(), "news.jsonl")
	add := func(lines ...string) (all []Poured) {
		t.Helper()
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := d.Pour(t.Context(), Source{Options: pour.Options{Paths: []string{file}}}, func(p Poured) { all = append(all, p) }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	refused := func(p Poured) {
		t.Helper()
		if p.Err == nil || !strings.Contains(p.Err.Error(), `"17"`) || !strings.Contains(p.Err.Error(), "الأولى") || !strings.Contains(p.Err.Error(), "الثانية") {
			t.Errorf("%+v", p)
		}
	}
	if all := add(line("الأولى", ours), line("الثانية", theirs)); len(all) != 2 || all[0].Change != isnad.Added {
		t.Errorf("%+v", all)
	} else {
		refused(all[1])
	}
	refused(add(line("الثانية", theirs), "")[0])
	if h, err := d.Library.Article(t.Context(), "17"); err != nil || h.Record.Article.Text != ours || h.Record.Article.Outlet != "الأولى" {
		t.Errorf("%+v, %v", h.Record.Article, err)
	}
	if all := add(line("الأولى اليوم", ours)); len(all) != 1 || all[0].Err != nil || all[0].Change != isnad.Reread {
		t.Errorf("another name of the outlet: %+v", all)
	}
	whole(t, d)
}
