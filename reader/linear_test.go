package reader

import (
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
)

// adversary is text made to be slow on; n grows it.
type adversary struct {
	name string
	make func(n int) string
}

func repeated(unit string) func(int) string {
	return func(n int) string { return strings.Repeat(unit, n) }
}

// The adversaries, our own words over and over.
var adversaries = []adversary{
	{"quotation marks", repeated("\"")},
	{"marks nested", func(n int) string { return strings.Repeat("«", n/2) + "نص" + strings.Repeat("»", n/2) }},
	{"marks of every kind", repeated("«“'\"")},
	{"words in open marks", repeated("«قال ")},
	{"one sentence", repeated("وقال الوزير للصحفيين إن الوفد وصل إلى العراق يوم الاثنين ")},
	{"only digits", repeated("7")},
	{"only numbers", repeated("7 ")},
	{"only waw", repeated("و")},
	{"waw and space", repeated("و ")},
	{"number words", repeated("ألف ")},
	{"names", repeated("محمد بن ")},
	{"titles", repeated("رئيس ")},
	{"verbs of saying", repeated("قال إن ")},
	{"promises", repeated("تعهد بأن ")},
	{"months", repeated("مايو أيار ")},
	{"commas", repeated("،")},
	{"full stops", repeated(". ")},
	{"dashes", repeated("- ")},
	{"brackets", repeated("(")},
	{"line ends", repeated("\n")},
	{"short lines", repeated("خبر\n")},
	{"headings", repeated("شاهد أيضا\n")},
	{"vowel marks", repeated("\u064b")},
	{"tatweel", repeated("\u0640")},
	{"one word", repeated("ال")},
	{"according to", repeated("بحسب ما قاله ")},
	{"colons", repeated("قال: ")},
}

// bytesRead is the size that the smaller of two texts is grown to.
const bytesRead = 1 << 17

// TestLinear reads every adversary at one size and at four times the size: the time must
// grow about as the text does. A quadratic reader takes sixteen times as long.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	r := newReader(t)
	for _, a := range adversaries {
		n := bytesRead / len(a.make(1024)) * 1024
		small, large := a.make(n), a.make(4*n)
		took := func(text string) time.Duration {
			best := time.Hour
			for range 2 {
				began := time.Now()
				sound(t, r.Read(isnad.Article{Text: text, Published: "2021-07-27"}))
				best = min(best, time.Since(began))
			}
			return best
		}
		one, four := took(small), took(large)
		for range 2 { // a busy machine is no evidence
			if four <= most*one {
				break
			}
			one, four = took(small), took(large)
		}
		t.Logf("%-20s %8s %8s  %.1f", a.name, one.Round(time.Millisecond), four.Round(time.Millisecond), float64(four)/float64(one))
		if four > most*one && four > 50*time.Millisecond {
			t.Errorf("%s: %d bytes took %s, four times as many %s", a.name, len(small), one, four)
		}
	}
}

// most is how much longer four times the text may take: caches and the collector cost a
// linear reader something, a quadratic one takes sixteen times as long.
const most = 12

// TestMillionMarks reads a million quotation marks.
func TestMillionMarks(t *testing.T) {
	r := newReader(t)
	began := time.Now()
	sound(t, r.Read(isnad.Article{Text: strings.Repeat("\"", 1e6)}))
	if took := time.Since(began); took > time.Minute {
		t.Errorf("took %s", took)
	}
}
