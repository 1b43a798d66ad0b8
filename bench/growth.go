//go:build unix

package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
	"github.com/isnad-project/isnad/reader"
)

// size is the length in bytes of the smaller of two texts.
const size = 1 << 18

// growth reads text made to be slow on, at one size and at four times the size: a linear
// reader takes about four times as long, a quadratic one sixteen.
func growth(r *reader.Reader, articles []isnad.Article) (missed []string) {
	fmt.Printf("%-22s %10s %10s %8s\n", "made to be slow on", "256 KiB", "1 MiB", "growth")
	for _, x := range []struct{ name, unit string }{
		{"quotation marks", "\""},
		{"marks nested", "\u00ab"},
		{"one endless sentence", endless(articles)},
		{"only digits", "7"},
		{"only numbers", "7 "},
		{"only waw", script.Waw},
		{"waw alone", script.Waw + " "},
		{"full stops", ". "},
		{"line ends", "\n"},
		{"brackets", "("},
	} {
		one, four := took(r, x.unit, size), took(r, x.unit, 4*size)
		for range 2 { // a busy machine: measure again before complaining
			if four.Seconds() > growthBound*one.Seconds() {
				one, four = took(r, x.unit, size), took(r, x.unit, 4*size)
			}
		}
		fmt.Printf("  %-20s %10s %10s %7.1f×\n", x.name, one.Round(time.Millisecond), four.Round(time.Millisecond), four.Seconds()/one.Seconds())
		if four.Seconds() > growthBound*one.Seconds() && four > 50*time.Millisecond {
			missed = append(missed, fmt.Sprintf("%s: %s for 256 KiB, %s for 1 MiB", x.name, one, four))
		}
	}
	began := time.Now()
	r.Read(isnad.Article{Text: strings.Repeat("\"", 1e6)})
	fmt.Printf("\na million quotation marks: %s\n", time.Since(began).Round(time.Millisecond))
	return missed
}

// endless makes one sentence of all samples: no line ends, no signs.
func endless(articles []isnad.Article) string {
	var b strings.Builder
	for _, a := range articles {
		for w := range strings.FieldsSeq(a.Text) {
			b.WriteString(strings.Trim(w, ".،؛؟!:\"'”“«»()"))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// took gives the shortest processor time of three readings of unit repeated to n bytes.
func took(r *reader.Reader, unit string, n int) time.Duration {
	text := strings.Repeat(unit, n/len(unit)+1)
	best := time.Hour
	for range 3 {
		runtime.GC()
		began := processor()
		r.Read(isnad.Article{Text: text, Published: published})
		best = min(best, processor()-began)
	}
	return best
}
