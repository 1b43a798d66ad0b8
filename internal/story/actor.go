package story

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// charge is what an article tells of who did something: somebody is accused of it, or it
// is said that nobody knows.
type charge struct {
	article int
	span    isnad.Span
	value   isnad.Span // who accuses whom, or the word that says that it is not known
	what    isnad.Span // the deed, empty where nobody is accused
	party   gist       // the states accused; empty where nobody is
	accuser gist
	gist    gist // of the clause that tells the deed
	wide    gist // of all that is said of it
}

const (
	// sameDeed is how near the words of two charges of one deed must be, and sameUnknown
	// how near those of one and of a sentence that says that nobody knows.
	sameDeed    = 0.35
	sameUnknown = 0.2
)

// charges gives the charges of an article.
func (e *Editor) charges(d *ling.Doc, t Telling, article int) []charge {
	var out []charge
	for i := range t.Record.Statements {
		s := &t.Record.Statements[i]
		if s.To.Empty() || s.Content.Empty() || !e.accuses(d, s.Cue) {
			continue
		}
		first, last := tokenAt(d, s.Content.Start), tokenAt(d, s.Content.End-1)
		c := charge{article: article, span: s.Span, value: s.To, accuser: e.speaker(d, s.Speaker.Span), party: gist{}}
		c.party.take(e.speaker(d, s.To), state)
		if first < 0 || last < first || !c.party.names(state) {
			continue
		}
		end := clause(d, first, last+1)
		c.what = matter(d, first, end)
		c.gist, c.wide = e.deedOf(d, first, end), e.deedOf(d, first, last+1)
		whole := isnad.Span{Start: min(s.Cue.Start, s.To.Start), End: max(s.Cue.End, s.To.End)}
		if tokenAt(d, whole.End-1)-tokenAt(d, whole.Start) < brief {
			c.value = whole
		}
		if c.gist.names(deed) {
			out = append(out, c)
		}
	}
	return out
}

// addressed reports whether an article has a statement to or about somebody, as every
// accusation is.
func addressed(t Telling) bool {
	return slices.ContainsFunc(t.Record.Statements, func(s isnad.Statement) bool { return !s.To.Empty() })
}

// unknowns adds the sentences that say that nobody knows who did something.
func (e *Editor) unknowns(out []charge, d *ling.Doc, article int) []charge {
	for i := range d.Tokens {
		s := d.Sents[d.SentenceOf(i)]
		if e.stances.of(&d.Tokens[i]) != unknown || d.Tokens[i].Def || !e.whodunit(d, s.First, i) {
			continue
		}
		g := e.deedOf(d, s.First, s.Last)
		if !g.names(deed) {
			continue
		}
		out = append(out, charge{
			article: article, party: gist{}, gist: g, wide: g,
			span:  isnad.Span{Start: int(d.Tokens[s.First].Start), End: int(d.Tokens[s.Last-1].End)},
			value: isnad.Span{Start: int(d.Tokens[i].Body), End: int(d.Tokens[i].End)},
		})
	}
	return out
}

// whodunit reports whether tokens [first, last) ask who did something: «الجهة التي استهدفت…».
func (e *Editor) whodunit(d *ling.Doc, first, last int) bool {
	for i := first; i < last; i++ {
		if e.stances.of(&d.Tokens[i]) == culprit {
			return true
		}
	}
	return false
}

// deedOf gives the gist of tokens [first, last) without what is said of blame.
func (e *Editor) deedOf(d *ling.Doc, first, last int) gist {
	g := e.gist(d, first, last)
	delete(g, accusation)
	delete(g, blame)
	return g
}

// accuses reports whether the words of a cue accuse.
func (e *Editor) accuses(d *ling.Doc, cue isnad.Span) bool {
	first, last := tokenAt(d, cue.Start), tokenAt(d, cue.End-1)
	for i := max(first, 0); i <= last; i++ {
		if s, ok := d.Tokens[i].Sense(lex.Speech); ok && e.lexicon.Speeches[s.Row].Class == "accuse" {
			return true
		}
	}
	return false
}

// actors gives the deeds for which one outlet names somebody accused and another somebody
// else, or tells that nobody knows.
func actors(list []Telling, text []int, all []charge) []isnad.Disagreement {
	var out []isnad.Disagreement
	used := make([]bool, len(all))
	for i := range all {
		if used[i] || all[i].what.Empty() {
			continue
		}
		values := [][]int{{i}}
		for k := range all {
			if k == i || used[k] || !all[i].same(all[k]) {
				continue
			}
			at := slices.IndexFunc(values, func(v []int) bool { return all[v[0]].agrees(all[k]) })
			if at < 0 {
				if !all[i].rival(list, all[k]) {
					continue
				}
				values, at = append(values, nil), len(values)
			}
			values[at] = append(values[at], k)
		}
		if len(values) > 1 {
			out = append(out, accused(list, text, all, values, used))
		}
	}
	return out
}

// accused makes a disagreement of charges that were put together by whom they name.
func accused(list []Telling, text []int, all []charge, values [][]int, used []bool) isnad.Disagreement {
	first := all[values[0][0]]
	d := isnad.Disagreement{Kind: "actor", About: first.what.Of(list[first.article].Record.Article.Text)}
	for _, v := range values {
		value := isnad.Value{Value: all[v[0]].value.Of(list[all[v[0]].article].Record.Article.Text)}
		told := map[int]bool{} // texts; copies of one speak once
		for _, k := range v {
			used[k] = true
			if a := all[k].article; !told[text[a]] {
				told[text[a]] = true
				value.Claims = append(value.Claims, claim(list[a], all[k].span))
			}
		}
		d.Values = append(d.Values, value)
	}
	return d
}

// same reports whether two charges are of one deed.
func (c charge) same(o charge) bool {
	if len(c.party) == 0 || len(o.party) == 0 {
		return c.wide.meets(o.wide, deed) && c.wide.meets(o.wide, stem) && c.wide.cosine(o.wide) >= sameUnknown
	}
	return c.gist.meets(o.gist, deed) && c.gist.meets(o.gist, stem) && c.gist.cosine(o.gist) >= sameDeed
}

// agrees reports whether two charges name the same.
func (c charge) agrees(o charge) bool {
	return len(c.party) == 0 && len(o.party) == 0 || c.party.shares(o.party)
}

// rival reports whether two outlets charge others: who accuses two of a deed does not
// contradict himself.
func (c charge) rival(list []Telling, o charge) bool {
	if c.accuser.shares(o.party) && o.accuser.shares(c.party) && c.gist.cosine(o.gist) < together {
		return false // each accuses the other, but hardly of the same
	}
	return !c.agrees(o) && list[c.article].Record.Article.Outlet != list[o.article].Record.Article.Outlet && !c.accuser.shares(o.accuser)
}
