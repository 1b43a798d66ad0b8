package reader

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

// signs are thrown between the words of scrambled texts.
var signs = []string{"\"", "«", "»", "”", "“", "'", "(", ")", ".", "،", ":", "-", "–", "\n\n", "\n", "…", "..", "%", "/", "5", "2021", "1.5", "٣", "\u064b", "\u200f", "CNN", "؟", "#"}

// TestScrambled reads the words of the samples in any order with any signs between them:
// what no writer writes must still give sound records.
func TestScrambled(t *testing.T) {
	files, _ := filepath.Glob("../samples/*.txt")
	if len(files) == 0 {
		t.Skip("no samples here")
	}
	var words []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		words = append(words, strings.Fields(string(b))...)
	}
	r := newReader(t)
	rng := rand.New(rand.NewPCG(1, 2))
	n := 3000
	if testing.Short() {
		n = 300
	}
	for range n {
		var b strings.Builder
		for range 1 + rng.IntN(80) {
			// Runs of neighbours keep the grammar that finders look for.
			at := rng.IntN(len(words))
			b.WriteString(strings.Join(words[at:min(len(words), at+1+rng.IntN(6))], " "))
			if rng.IntN(3) > 0 {
				b.WriteByte(' ')
			}
			if rng.IntN(2) == 0 {
				b.WriteString(signs[rng.IntN(len(signs))])
			}
		}
		sound(t, r.Read(isnad.Article{Text: b.String(), Published: "2021-07-27"}))
	}
}
