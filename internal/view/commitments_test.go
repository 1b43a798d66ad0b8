package view

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

// TestCommitments wants commitments in one order, whatever the order in which they come,
// and what copies tell shown once, with each that tells it.
func TestCommitments(t *testing.T) {
	row := func(article, published, due, words string) isnad.CommitmentRow {
		return isnad.CommitmentRow{Article: article, Outlet: "الصحيفة " + article, Published: published, Due: due, What: words, Words: words, By: []string{"الوزارة"}, Basis: "promise"}
	}
	rows := []isnad.CommitmentRow{
		row("a", "2024-05-01", "2024-06-01", "ستفتتح الجسر"), row("b", "2024-05-02", "2024-06-01", "ستفتتح الجسر"),
		row("c", "2024-05-01", "2024-06-01", "سترصف الطريق"), row("d", "2024-05-01", "", "ستبني مدرسة"), row("e", "2024-05-03", "2024-05-20", "ستغلق الميناء"),
	}
	want := string(AppendCommitments(nil, rows, "2024-05-10", Style{}))
	if n := strings.Count(want, "«ستفتتح الجسر»"); n != 1 {
		t.Errorf("the words of two copies are shown %d times:\n%s", n, want)
	}
	last := -1
	for _, part := range []string{"«ستغلق الميناء»", "«ستفتتح الجسر»", "الصحيفة a", "الصحيفة b", "«سترصف الطريق»", "«ستبني مدرسة»"} {
		at := strings.Index(want, part)
		if at <= last {
			t.Errorf("%s stands at %d, after %d:\n%s", part, at, last, want)
		}
		last = at
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 5 {
		r.Shuffle(len(rows), func(i, k int) { rows[i], rows[k] = rows[k], rows[i] })
		if got := string(AppendCommitments(nil, rows, "2024-05-10", Style{})); got != want {
			t.Errorf("in another order:\n%s", got)
		}
	}
}
