package story

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// amount is a quantity of anything but the dead, hurt, held and their like: of things,
// people, money, years of prison.
type amount struct {
	article int
	isnad.Quantity
	words isnad.Span // its clause, no more than can be read at a glance
	span  isnad.Span // its sentence
	gist  gist       // of the clause, without the number and its unit
	setting
	beside []float64
}

const (
	// sameMatter is how near the clauses of two amounts of one thing must be where these are
	// nearly the same, sureMatter how near where they are shares or tell the same number, and
	// wholeMatter how near where one is up to asMuch times the other.
	sameMatter  = 0.42
	sureMatter  = 0.52
	wholeMatter = 0.72
	nearlyAs    = 1.27
	asMuch      = 2
	// dear is what money is at least that is no price: a barrel costs another one each hour.
	dear = 1000
	// pieces is how many words they must have in common.
	pieces = 2
)

// rivals gives the units of which articles of several outlets state different numbers
// that may be of one thing, so that nothing is made of the others.
func (e *Editor) rivals(list []Telling, text []int) map[string]bool {
	type said struct {
		value  float64
		outlet string
	}
	by := map[string][]said{}
	out := map[string]bool{}
	for i, t := range list {
		if text[i] != i {
			continue
		}
		for _, q := range countables(t.Record) {
			if out[q.Unit] || q.Unit == "" || e.tolls.sides[script.Fold(q.Unit)] == tally {
				continue
			}
			s := said{q.Value, t.Record.Article.Outlet}
			if slices.ContainsFunc(by[q.Unit], func(o said) bool {
				return o.outlet != s.outlet && o.value != s.value && max(o.value, s.value) < asMuch*min(o.value, s.value)
			}) {
				out[q.Unit] = true
			}
			by[q.Unit] = append(by[q.Unit], s)
		}
	}
	return out
}

const (
	month = "month" // the unit of durations of months and years
	share = "%"
)

// countables gives the quantities of a record and its durations of months and years.
func countables(r *isnad.Record) []isnad.Quantity {
	out := slices.Clone(r.Quantities)
	for i := range r.Times {
		x := &r.Times[i]
		if n := months(x.Value); x.Type == "duration" && n > 0 {
			out = append(out, isnad.Quantity{Span: x.Span, Value: n, Unit: month, Mod: x.Mod})
		}
	}
	return out
}

// months reads a TIMEX3 duration of years and months, 0 for any other.
func months(value string) (n float64) {
	rest, ok := strings.CutPrefix(value, "P")
	for ok && rest != "" {
		i := strings.IndexAny(rest, "YM")
		if i < 0 {
			return 0
		}
		x, err := strconv.ParseFloat(rest[:i], 64)
		if err != nil {
			return 0
		}
		if rest[i] == 'Y' {
			x *= 12
		}
		n, rest = n+x, rest[i+1:]
	}
	return n
}

// shares counts the shares of a hundred within a span: where votes are counted they are
// many, and others with each box.
func shares(r *isnad.Record, s isnad.Span) (n int) {
	i := sort.Search(len(r.Quantities), func(i int) bool { return r.Quantities[i].Start >= s.Start })
	for ; i < len(r.Quantities) && r.Quantities[i].End <= s.End; i++ {
		if r.Quantities[i].Unit == share {
			n++
		}
	}
	return n
}

// penal reports whether a word of prison stands near tokens first to last.
func (e *Editor) penal(d *ling.Doc, first, last int) bool {
	s := d.Sents[d.SentenceOf(first)]
	for i := max(s.First, first-reachBack); i < min(s.Last, last+besides); i++ {
		t := &d.Tokens[i]
		if e.tolls.sides[t.Base] == term || e.tolls.sides[t.Stem] == term {
			return true
		}
	}
	return false
}

// amounts gives the amounts of an article whose units are among those given.
func (e *Editor) amounts(c *scenes, article int, units map[string]bool) []amount {
	d := c.d
	var out []amount
	for _, q := range countables(c.r) {
		if !units[q.Unit] {
			continue
		}
		first, last := tokenAt(d, q.Start), tokenAt(d, q.End-1)
		if first < 0 || last < first || first > 0 && d.Tokens[first-1].Fold == "(" {
			continue // what stands in brackets is the same in other money
		}
		if toll, _ := e.toll(d, first, last); toll != "" && toll != part && e.fits(d, toll, q.Unit, last) {
			continue
		}
		if q.Unit == month && !e.penal(d, first, last) {
			continue
		}
		if isCurrency(q.Unit) && q.Value < dear {
			continue
		}
		s := d.Sents[d.SentenceOf(first)]
		if q.Unit == share && shares(c.r, sentenceSpan(d, s)) > 1 {
			continue
		}
		a := amount{article: article, Quantity: q, span: sentenceSpan(d, s), gist: gist{}}
		a.words = around(d, s, q.Span)
		unit := light(script.Fold(q.Unit))
		for key, w := range e.gist(d, tokenAt(d, a.words.Start), tokenAt(d, a.words.End-1)+1) {
			if key != unit && (key[0] < '0' || key[0] > '9') {
				a.gist[key] = w
			}
		}
		if len(a.gist) < pieces {
			continue
		}
		a.setting, a.beside = c.of(first), beside(d, c.r, q)
		a.from, a.to, a.long = e.when(d, c.r, first, a.words)
		out = append(out, a)
	}
	return out
}

// sums gives the amounts on which outlets differ.
func sums(list []Telling, all []amount) []isnad.Disagreement {
	by := map[string][]amount{}
	for _, a := range all {
		by[a.Unit] = append(by[a.Unit], a)
	}
	var out []isnad.Disagreement
	for _, unit := range slices.Sorted(maps.Keys(by)) {
		these := by[unit][:min(most, len(by[unit]))]
		used := make([]bool, len(these))
		for _, b := range contests(list, these) {
			if used[b.a] || used[b.b] {
				continue
			}
			used[b.a], used[b.b] = true, true
			x, y := these[b.a], these[b.b]
			if y.Value < x.Value {
				x, y = y, x
			}
			d := isnad.Disagreement{Kind: "count", About: x.words.Of(list[x.article].Record.Article.Text)}
			for _, a := range [...]amount{x, y} {
				d.Values = append(d.Values, a.value(list, these, used))
			}
			out = append(out, d)
		}
	}
	return out
}

// value makes a value of an amount with all that tell the same of the same.
func (a amount) value(list []Telling, these []amount, used []bool) isnad.Value {
	v := isnad.Value{Value: a.Quantity.Of(list[a.article].Record.Article.Text), Claims: []isnad.Claim{claim(list[a.article], a.span)}}
	for i, b := range these {
		if b.article == a.article || !same(a.Quantity, b.Quantity) || !a.rival(list, b) || a.gist.cosine(b.gist) < sureMatter {
			continue
		}
		if c := claim(list[b.article], b.span); !slices.ContainsFunc(v.Claims, func(o isnad.Claim) bool { return o.Article == c.Article }) {
			v.Claims = append(v.Claims, c)
		}
		used[i] = true
	}
	return v
}

// contests gives the pairs of amounts that are likely of one thing and differ, the
// likeliest first.
func contests(list []Telling, these []amount) []bond {
	var out []bond
	for i, x := range these {
		for k, y := range these[:i] {
			if list[x.article].Record.Article.Outlet == list[y.article].Record.Article.Outlet || same(x.Quantity, y.Quantity) || !x.rival(list, y) {
				continue
			}
			near := x.gist.cosine(y.gist)
			need := x.needs(y)
			if near < need || x.gist.common(y.gist) < pieces || tellsToo(these, y.article, x) || tellsToo(these, x.article, y) {
				continue
			}
			out = append(out, bond{k, i, near})
		}
	}
	slices.SortFunc(out, func(x, y bond) int {
		return cmp.Or(cmp.Compare(y.near, x.near), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return out
}

// needs tells how near the clauses of two amounts of one thing must be.
func (a amount) needs(b amount) float64 {
	switch {
	case max(a.Value, b.Value) > nearlyAs*min(a.Value, b.Value):
		return wholeMatter
	case a.Unit == share:
		return sureMatter
	}
	return sameMatter
}

// rival reports whether two amounts may be of one thing.
func (a amount) rival(list []Telling, b amount) bool {
	if a.Unit == month && !a.people.shares(b.people) {
		return false // whose sentence it is must be said
	}
	if a.from != "" && b.from != "" && (a.from > b.to || b.from > a.to) || a.strange(b.setting) || a.others(b.setting) || max(a.Value, b.Value) >= asMuch*min(a.Value, b.Value) ||
		slices.Contains(a.beside, b.Value) || slices.Contains(b.beside, a.Value) {
		return false
	}
	x, y := list[a.article].Sketch.Minute, list[b.article].Sketch.Minute
	if (a.from == "") != (b.from == "") && (old(x, a.to) || old(y, b.to)) {
		return false
	}
	return max(x-y, y-x) <= stale && Similarity(list[a.article].Sketch, list[b.article].Sketch) >= Same
}

// tellsToo reports whether an article tells the number of an amount too: it holds them apart.
func tellsToo(all []amount, article int, a amount) bool {
	return slices.ContainsFunc(all, func(b amount) bool { return b.article == article && same(a.Quantity, b.Quantity) })
}

// same reports whether two numbers agree or one is the other in fewer digits: 77 and 76.7.
func same(a, b isnad.Quantity) bool {
	return agree(a, b) || rounded(a.Value, b.Value) || rounded(b.Value, a.Value)
}

// rounded reports whether a is b in fewer digits.
func rounded(a, b float64) bool {
	for unit := 0.1; unit <= max(1, a/10); unit *= 10 {
		if math.Round(a/unit)*unit == a && math.Round(b/unit) == math.Round(a/unit) && math.Round(b/unit)*unit != b {
			return true
		}
	}
	return false
}
