package story

import (
	"slices"
	"sort"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// age is how old an article says that a person is.
type age struct {
	article int
	isnad.Quantity
	name isnad.Span
	who  []string // the bones of the name's words
	span isnad.Span
}

// beforeAge is how many tokens may stand between a name and an age («سمير، البالغ من العمر 40 عاما»).
const beforeAge = 5

// ages gives the ages that an article tells of people by their full names.
func (e *Editor) ages(d *ling.Doc, t Telling, article int) []age {
	var out []age
	r := t.Record
	for _, q := range r.Quantities {
		u, ok := e.lexicon.Word(script.Fold(q.Unit)).Sense(lex.Unit)
		if !ok || e.lexicon.Units[u.Row].Class != "time" || q.Mod != "" || q.Max != 0 {
			continue
		}
		i := sort.Search(len(r.Names), func(i int) bool { return r.Names[i].End > q.Start }) - 1
		if i < 0 || r.Names[i].Kind != isnad.Person {
			continue
		}
		n, at := r.Names[i], tokenAt(d, q.Start)
		last := tokenAt(d, n.End-1)
		if at-last > beforeAge || d.SentenceOf(at) != d.SentenceOf(last) || clauses(d, last+1, at) > 1 {
			continue
		}
		who := e.called(d, tokenAt(d, n.Start), last+1)
		if len(who) < 2 {
			continue // which of a family is not said
		}
		out = append(out, age{article, q, n.Span, who, sentenceSpan(d, d.Sents[d.SentenceOf(at)])})
	}
	return out
}

// clauses counts the signs among tokens [first, last).
func clauses(d *ling.Doc, first, last int) (n int) {
	for i := first; i < last; i++ {
		if ends(&d.Tokens[i]) {
			n++
		}
	}
	return n
}

// called gives the bones of the words of a name.
func (e *Editor) called(d *ling.Doc, first, last int) (out []string) {
	for i := first; i < last; i++ {
		if d.Tokens[i].Kind == ling.Word {
			out = append(out, bones(strings.TrimPrefix(d.Tokens[i].Base, script.Alef+script.Lam)))
		}
	}
	return out
}

// older gives the people of whom outlets tell different ages.
func older(list []Telling, text []int, all []age) []isnad.Disagreement {
	var out []isnad.Disagreement
	used := make([]bool, len(all))
	for i, a := range all {
		if used[i] {
			continue
		}
		values := [][]int{{i}}
		for k := i + 1; k < len(all); k++ {
			if used[k] || !namesake(a.who, all[k].who) {
				continue
			}
			used[k] = true
			at := slices.IndexFunc(values, func(v []int) bool { return all[v[0]].Value == all[k].Value })
			if at < 0 {
				values, at = append(values, nil), len(values)
			}
			values[at] = append(values[at], k)
		}
		outlet := func(k int) string { return list[all[k].article].Record.Article.Outlet }
		if len(values) < 2 || !outletsDiffer(outlet, values) {
			continue
		}
		d := isnad.Disagreement{Kind: "count", About: a.name.Of(list[a.article].Record.Article.Text)}
		for _, v := range values {
			value := isnad.Value{Value: all[v[0]].Quantity.Of(list[all[v[0]].article].Record.Article.Text)}
			told := map[int]bool{} // texts; copies of one speak once
			for _, k := range v {
				if x := all[k].article; !told[text[x]] {
					told[text[x]] = true
					value.Claims = append(value.Claims, claim(list[x], all[k].span))
				}
			}
			d.Values = append(d.Values, value)
		}
		out = append(out, d)
	}
	return out
}

// namesake reports whether two full names are of one person: first and last words are the same.
func namesake(a, b []string) bool {
	return a[0] == b[0] && a[len(a)-1] == b[len(b)-1]
}
