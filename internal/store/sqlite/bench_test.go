package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// press makes articles of words as frequent as they are in news, which is what an index
// feels; they say nothing.
type press struct {
	rand  *rand.Rand
	forms []string
	sum   []uint64 // of counts up to a form
	made  int
}

func newPress(t testing.TB) *press {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := &press{rand: rand.New(rand.NewPCG(1, 2))}
	var sum uint64
	for i := range v.Len() {
		form, w := v.Form(i)
		sum += uint64(w.Count)
		p.forms, p.sum = append(p.forms, strings.Clone(form)), append(p.sum, sum)
	}
	return p
}

func (p *press) word() string {
	at := p.rand.Uint64N(p.sum[len(p.sum)-1])
	return p.forms[sort.Search(len(p.sum), func(i int) bool { return p.sum[i] > at })]
}

// words of one article of news: some 250, with twenty entities and five statements.
const (
	benchWords      = 250
	benchEntities   = 20
	benchStatements = 5
)

func (p *press) entry() isnad.Entry {
	p.made++
	id := fmt.Sprintf("press-%07d", p.made)
	var text strings.Builder
	spans := make([]isnad.Span, benchWords)
	for i := range benchWords {
		from := text.Len()
		text.WriteString(p.word())
		spans[i] = isnad.Span{Start: from, End: text.Len()}
		text.WriteByte(' ')
	}
	r := isnad.Record{Reader: "bench", Article: isnad.Article{ID: id, Outlet: "outlet " + string(rune('a'+p.made%5)), Title: p.word() + " " + p.word() + " " + p.word() + " " + p.word(),
		Published: time.Date(2018, 2, 1+p.made/1800, p.made%24, 0, 0, 0, time.UTC).Format(time.RFC3339), Language: "ar", Text: text.String()}}
	e := isnad.Entry{Sketch: []byte(strings.Repeat(id, 50)), Capture: isnad.Capture{URL: id, File: "1.warc.gz", Length: 1, Digest: id}}
	trust := isnad.Trust{Rule: "bench", Confidence: 1}
	for i := range benchEntities {
		s := spans[i*benchWords/benchEntities]
		kind := []isnad.Kind{isnad.Person, isnad.Organization, isnad.Place}[i%3]
		r.Entities = append(r.Entities, isnad.Entity{Name: s.Of(r.Article.Text), Kind: kind})
		r.Names = append(r.Names, isnad.Name{Span: s, Kind: kind, Entity: i, Trust: trust})
		e.Identities = append(e.Identities, s.Of(r.Article.Text))
	}
	for i := range benchStatements {
		k := i * benchWords / benchStatements
		whole := isnad.Span{Start: spans[k].Start, End: spans[k+20].End}
		r.Statements = append(r.Statements, isnad.Statement{Span: whole, Content: whole, Speaker: isnad.Source{Span: spans[k], Entity: i * benchEntities / benchStatements}, SpeakerKind: isnad.Named, Trust: trust})
	}
	e.Record = r
	return e
}

func (p *press) entries(n int) []isnad.Entry {
	list := make([]isnad.Entry, n)
	for i := range list {
		list[i] = p.entry()
	}
	return list
}

// BenchmarkPut keeps articles, 200 at a time, each time durably.
func BenchmarkPut(b *testing.B) {
	l, p := open(b, b.TempDir(), Options{}), newPress(b)
	n := 0
	for b.Loop() {
		b.StopTimer()
		list := p.entries(200)
		b.StartTimer()
		if _, err := l.Put(context.Background(), list); err != nil {
			b.Fatal(err)
		}
		n += len(list)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkSearch looks for words as frequent as a person's: those of headlines.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{27_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l, p := open(b, b.TempDir(), Options{}), newPress(b)
			for range n / 500 {
				if _, err := l.Put(context.Background(), p.entries(500)); err != nil {
					b.Fatal(err)
				}
			}
			var took []time.Duration
			for b.Loop() {
				q, err := l.lang.Parse(p.word())
				if err != nil {
					b.Fatal(err)
				}
				t := time.Now()
				if _, err := l.Search(context.Background(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(t))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
