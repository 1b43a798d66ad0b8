package debris

import (
	"os"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

// TestTry cuts the sentence of every row of the table that has one.
func TestTry(t *testing.T) {
	b, err := os.ReadFile("../../lex/data/debris.tsv")
	if err != nil {
		t.Fatal(err)
	}
	c := cutter(t)
	tried := 0
	for n, row := range strings.Split(string(b), "\n") {
		cells := strings.Split(row, "\t")
		if len(cells) != 5 || cells[4] == "" || cells[0] == "marker" {
			continue
		}
		tried++
		marker, where, reason, try := cells[0], cells[1], isnad.Reason(cells[2]), cells[4]
		text := lines(one, two, three, try)
		switch where {
		case "line":
			text = lines(one, try, two, three)
		case "head", "start":
			text = lines(try, one, two, three)
		}
		cut := c.Cut(isnad.Article{Text: text}).Cut
		if len(cut) != 1 || cut[0].Reason != reason {
			t.Errorf("line %d: %s %s is to cut %q as %s, cuts %q", n+1, where, marker, try, reason, cut)
		}
	}
	if tried < 20 {
		t.Errorf("%d rows tried", tried)
	}
}
