//go:build unix

package press

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/script"
)

// searches is how many queries of each kind are asked.
const searches = 60

// asking is a kind of query: how one of it is made of an article's words.
type asking struct {
	name string
	make func(r *rand.Rand, words []string) string
}

func askings() []asking {
	return []asking{
		{"a word", func(r *rand.Rand, w []string) string { return pick(r, w) }},
		{"two words", func(r *rand.Rand, w []string) string { return pick(r, w) + " " + pick(r, w) }},
		{"a phrase", func(r *rand.Rand, w []string) string {
			i := r.IntN(len(w) - 1)
			return `"` + w[i] + " " + w[i+1] + `"`
		}},
		{"name:", func(r *rand.Rand, w []string) string { return "name:" + pick(r, w) }},
		{"said: and after:", func(r *rand.Rand, w []string) string { return "said:" + pick(r, w) + " after:2018-04" }},
		{"event:", func(r *rand.Rand, w []string) string {
			return "event:" + pick(r, []string{"ASSAULT", "CONSULT", "AGREE"}) + " " + pick(r, w)
		}},
	}
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// Search asks queries made of the articles' own words, frequent ones as often as they
// stand there, prints the times, and gives the median and the slowest of a hundred, in
// milliseconds.
func Search(ctx context.Context, lib isnad.Library, c *Corpus) (median, slow float64, err error) {
	language, err := query.Default()
	if err != nil {
		return 0, 0, err
	}
	s, err := lib.Stats(ctx)
	if err != nil {
		return 0, 0, err
	}
	fmt.Printf("searching %d articles, %d queries of each kind, made of words as often as articles have them:\n", s.Articles, searches)
	r := rand.New(rand.NewPCG(1, 2))
	var all []float64
	for _, kind := range askings() {
		var times []float64
		for range searches {
			words := arabic(c.Lines[r.IntN(len(c.Lines))].Text)
			if len(words) < 2 {
				continue
			}
			q, err := language.Parse(kind.make(r, words))
			if err != nil {
				return 0, 0, err
			}
			began := time.Now()
			if _, err := lib.Search(ctx, q); err != nil {
				return 0, 0, err
			}
			times = append(times, time.Since(began).Seconds()*1000)
		}
		all = append(all, times...)
		tell(kind.name, times)
	}
	median, slow = tell("all", all)
	fmt.Println()
	return median, slow, told(ctx, lib)
}

// tell prints the median and the slowest in a hundred of some times.
func tell(name string, times []float64) (median, slow float64) {
	slices.Sort(times)
	if len(times) == 0 {
		return 0, 0
	}
	median, slow = times[len(times)/2], times[len(times)*99/100]
	fmt.Printf("  %-18s p50 %6.1f ms   p99 %6.1f ms\n", name, median, slow)
	return median, slow
}

// told times the lists that a desk looks at all day.
func told(ctx context.Context, lib isnad.Library) error {
	for _, l := range []struct {
		name string
		ask  func() error
	}{
		{"stories", func() error { _, err := lib.Stories(ctx, isnad.Query{}); return err }},
		{"commitments", func() error { _, err := lib.Commitments(ctx, isnad.Query{}); return err }},
		{"statements", func() error { _, err := lib.Statements(ctx, isnad.Query{}); return err }},
		{"things", func() error { _, err := lib.Find(ctx, nil, "", 20); return err }},
		{"articles by day", func() error { _, err := lib.Tally(ctx, isnad.Query{}, isnad.PerDay, 400); return err }},
	} {
		var times []float64
		for range 9 {
			began := time.Now()
			if err := l.ask(); err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			times = append(times, time.Since(began).Seconds()*1000)
		}
		tell(l.name, times)
	}
	fmt.Println()
	return nil
}

// arabic gives the Arabic words of a text.
func arabic(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !script.IsArabic(r) })
}
