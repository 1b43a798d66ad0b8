package debris

import (
	"strings"
	"testing"
	"unicode"

	"github.com/isnad-project/isnad"
)

// FuzzCut cuts anything: no letter is lost or made, only moved into the cuts.
func FuzzCut(f *testing.F) {
	f.Add("عمّان (رويترز) - "+one+"\n\nشاهد أيضا\n\n"+two+" تابعونا على:", "عنوان في كلمات", "صحيفة الجسر")
	f.Add("(CNN)-- - :\n\n--\n«", "", "CNN")
	f.Add("بيروت/ رويترز\n(أرشيفية)\nالمصدر: وكالات\n…", "", "")
	c := cutter(f)
	f.Fuzz(func(t *testing.T, text, title, outlet string) {
		got := c.Cut(isnad.Article{Text: text, Title: title, Outlet: outlet})
		kept := letters(got.Text)
		for _, x := range got.Cut {
			if x.Text == "" || x.Reason == "" {
				t.Errorf("cut %+v", x)
			}
			kept += letters(x.Text)
		}
		if want := letters(text); kept != want {
			t.Errorf("%d letters of %d are kept or cut", kept, want)
		}
		if strings.Contains(got.Text, "\n\n\n") {
			t.Errorf("an empty paragraph in %q", got.Text)
		}
	})
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
