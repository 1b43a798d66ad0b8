package story

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// Sketch is what joining needs of an article. It is a plain value of about a kilobyte
// and may be kept (AppendBinary) and shared.
type Sketch struct {
	ID     string
	Minute int64    // of publication, UTC, since 1970; Undated when not known
	Terms  []Term   // the words that weigh most, by hash; their weights are a vector of length one
	Prints []uint32 // the lowest hashes of the text's word triples, ascending
	Size   int      // how many different word triples the text has
}

// Undated is the Minute of an article without a day of publication.
const Undated = math.MinInt64

// Day is the day of publication, UTC, in days since 1970.
func (s *Sketch) Day() int {
	return int(math.Floor(float64(s.Minute) / (24 * 60)))
}

// alone reports whether the article can be joined with no other.
func (s *Sketch) alone() bool { return s.Minute == Undated || len(s.Terms) < leastTerms }

// Term is a word by its hash.
type Term struct {
	Hash   uint32
	Weight uint16 // 65535 is one
}

const (
	one        = 65535
	mostTerms  = 120
	leastTerms = 5
	mostPrints = 128
)

// How often a word of the headline and of the first paragraph counts.
const (
	inTitle = 3
	inLead  = 2
	lead    = 60 // tokens that a first paragraph has at most
)

// Sketch makes the sketch of a record. What is not Arabic has no terms.
func (e *Editor) Sketch(r *isnad.Record) Sketch {
	a := &r.Article
	out := Sketch{ID: a.ID, Minute: minute(a.Published)}
	b := bag{}
	text := e.analyzer.Analyze(a.Text)
	title := e.analyzer.Analyze(a.Title)
	e.count(b, title, func(int) float64 { return inTitle })
	e.analyzer.Release(title)
	opening := 0
	if len(text.Paras) > 0 {
		opening = min(text.Paras[0].Last, lead)
	}
	e.count(b, text, func(i int) float64 {
		if i < opening {
			return inLead
		}
		return 1
	})
	words := make([]uint32, 0, len(text.Tokens))
	for i := range text.Tokens {
		if t := &text.Tokens[i]; t.Kind == ling.Word || t.Kind == ling.Number {
			words = append(words, hash(t.Fold))
		}
	}
	e.analyzer.Release(text)
	if a.Language == "" || a.Language == "ar" {
		out.Terms = b.terms()
	}
	out.Prints, out.Size = prints(words)
	return out
}

// layouts are the forms of Article.Published.
var layouts = [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", time.DateOnly}

func minute(published string) int64 {
	for _, l := range layouts {
		if t, err := time.Parse(l, published); err == nil && t.Year() > 0 {
			return int64(math.Floor(float64(t.Unix()) / 60))
		}
	}
	return Undated
}

// bag counts words.
type bag map[uint32]count

type count struct{ times, weight float64 }

func (b bag) add(key string, times, weight float64) {
	h := hash(key)
	b[h] = count{b[h].times + times, weight}
}

// count puts the words of a text into b; times tells how often a token counts.
func (e *Editor) count(b bag, d *ling.Doc, times func(token int) float64) {
	for i := 0; i < len(d.Tokens); i++ {
		t := &d.Tokens[i]
		if p, s, ok := d.PhraseOf(i, lex.Country); ok {
			b.add(e.lexicon.Countries[s.Row].ISO3, times(i), ofState)
			i = p.Last - 1
			continue
		}
		if code := e.state(t); code != "" {
			b.add(code, times(i), ofState)
			continue
		}
		stem, weight := e.weigh(t)
		if weight > 0 {
			b.add(stem, times(i), weight)
		}
	}
}

// frequent is the exponent of how often a word stands in the article: what an article
// speaks of again and again is what it is about.
const frequent = 0.7

// terms gives the heaviest words as a vector of length one.
func (b bag) terms() []Term {
	type weighed struct {
		hash   uint32
		weight float64
	}
	if len(b) == 0 {
		return nil
	}
	list := make([]weighed, 0, len(b))
	for h, c := range b {
		list = append(list, weighed{h, math.Pow(c.times, frequent) * c.weight})
	}
	slices.SortFunc(list, func(x, y weighed) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.hash, y.hash))
	})
	list = list[:min(mostTerms, len(list))]
	length := 0.0
	for _, w := range list {
		length += w.weight * w.weight
	}
	length = math.Sqrt(length)
	out := make([]Term, len(list))
	for i, w := range list {
		out[i] = Term{w.hash, uint16(w.weight / length * one)}
	}
	slices.SortFunc(out, func(x, y Term) int { return cmp.Compare(x.Hash, y.Hash) })
	return out
}
