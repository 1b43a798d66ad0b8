package debris

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// repeats cuts the headline where the text repeats it: a line that is the title or
// nearly so.
func (t *cutting) repeats() {
	title := words(script.Fold(prefix(t.article.Title, paragraph)))
	if len(title) < 2 {
		return
	}
	for i := range t.lines {
		l := &t.lines[i]
		if !l.long && l.words <= len(title)+4 && 4*l.words >= 3*len(title) && same(title, words(l.fold)) {
			t.cut(i, isnad.Repeat)
		}
	}
}

func words(s string) []string { return strings.FieldsFunc(s, edge) }

// same reports whether nine tenths of the words of each stand in the other.
func same(a, b []string) bool {
	have := make(map[string]int, len(a))
	for _, w := range a {
		have[w]++
	}
	both := 0
	for _, w := range b {
		if have[w] > 0 {
			have[w]--
			both++
		}
	}
	return 20*both >= 9*(len(a)+len(b))
}
