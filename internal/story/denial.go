package story

import (
	"cmp"
	"maps"
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// denial is a statement that something is not so.
type denial struct {
	article int
	span    isnad.Span // with who denies
	what    isnad.Span // the words denied
	gist    gist
}

// assertion is a clause that something is so.
type assertion struct {
	article int
	span    isnad.Span
	gist    gist
}

// accusation is PLOVER's type of it.
const accusation = "ACCUSE"

const (
	// substance is the least weight that a denial's words must have to be set against others.
	substance = 8 * fine
	// asserts is how much of a denial's substance a clause must speak of to assert what is denied.
	asserts = 0.55
	// nearly is how near to the best one the other assertions shown must be.
	nearly = 0.7
	// together is how much two denials must share to be of one thing.
	together = 0.6
	// firmly is how much where what is denied is no deed that is known, and words the
	// least number of different ones that it has then.
	words  = 4
	firmly = 0.65
	// shortest and longest are how many tokens a clause that asserts something has.
	shortest = 4
	longest  = 40
)

// denials gives what an article of one outlet denies and one of another asserts.
func denials(list []Telling, denied []denial, asserted []assertion) []isnad.Disagreement {
	var out []isnad.Disagreement
	for _, group := range gather(denied) {
		d, ok := against(list, group, asserted)
		if !ok {
			continue
		}
		// Denials that the same words answer are of one thing.
		same := slices.IndexFunc(out, func(o isnad.Disagreement) bool { return o.Values[0].Claims[0] == d.Values[0].Claims[0] })
		if same < 0 {
			out = append(out, d)
		} else {
			out[same].Values[1].Claims = append(out[same].Values[1].Claims, d.Values[1].Claims...)
		}
	}
	return out
}

// denied gives the denials of an article that have substance.
func (e *Editor) denied(d *ling.Doc, t Telling, article int) []denial {
	var out []denial
	for i := range t.Record.Statements {
		s := &t.Record.Statements[i]
		if s.Cue.Empty() || s.Content.Empty() || !e.denies(d, s.Cue) {
			continue
		}
		first, last := tokenAt(d, s.Content.Start), tokenAt(d, s.Content.End-1)
		if first < 0 || last < first {
			continue
		}
		g := e.gist(d, first, clause(d, first, last+1))
		if !g.names(state) {
			g.take(e.speaker(d, s.Speaker.Span), state) // «نفت سوريا شن هجوم»: its own
		}
		delete(g, accusation) // who denies an accusation does not deny that it was made
		if g.total() < substance || !g.names(deed) && len(g) < words {
			continue
		}
		span := isnad.Span{Start: min(s.Start, s.Cue.Start, s.Content.Start), End: max(s.End, s.Content.End)}
		out = append(out, denial{article, span, s.Content, g})
	}
	return out
}

// speaker gives the gist of the words that name a speaker.
func (e *Editor) speaker(d *ling.Doc, s isnad.Span) gist {
	if s.Empty() {
		return nil
	}
	first, last := tokenAt(d, s.Start), tokenAt(d, s.End-1)
	if first < 0 || last < first {
		return nil
	}
	return e.gist(d, first, last+1)
}

// denies reports whether the words of a cue deny.
func (e *Editor) denies(d *ling.Doc, cue isnad.Span) bool {
	first, last := tokenAt(d, cue.Start), tokenAt(d, cue.End-1)
	for i := max(first, 0); i <= last; i++ {
		if s, ok := d.Tokens[i].Sense(lex.Speech); ok && e.lexicon.Speeches[s.Row].Class == "deny" {
			return true
		}
	}
	return false
}

// clause gives the end of the clause that begins at token first: at a sign, or at a word that tells
// more of what was named.
func clause(d *ling.Doc, first, last int) int {
	for i := first + 1; i < last; i++ {
		if ends(&d.Tokens[i]) || d.Tokens[i].Kind == ling.Word && d.Tokens[i].Is(lex.Rel) {
			return i
		}
	}
	return last
}

// asserted gives the clauses of an article that neither deny nor negate.
func (e *Editor) asserted(d *ling.Doc, article int) []assertion {
	var out []assertion
	for _, s := range d.Sents {
		no := false // from a denial to the end of its sentence
		for i, end := s.First, 0; i < s.Last; i = end {
			for end = i + 1; end < s.Last && !ends(&d.Tokens[end]); {
				end++
			}
			no = no || e.negative(d, i, end)
			if end-i < shortest || end-i > longest || no {
				continue
			}
			from := i
			for from < end && ends(&d.Tokens[from]) {
				from++
			}
			shown := isnad.Span{Start: int(d.Tokens[from].Start), End: int(d.Tokens[end-1].End)}
			if s.Last-s.First <= longest {
				shown = isnad.Span{Start: int(d.Tokens[s.First].Start), End: int(d.Tokens[s.Last-1].End)}
			}
			out = append(out, assertion{article, shown, e.gist(d, from, end)})
		}
	}
	return out
}

// negative reports whether tokens deny or negate something.
func (e *Editor) negative(d *ling.Doc, first, last int) bool {
	for i := first; i < last; i++ {
		t := &d.Tokens[i]
		if t.Kind != ling.Word {
			continue
		}
		if t.Is(lex.Neg) && !t.Is(lex.Subord) {
			return true
		}
		if v, ok := t.Sense(lex.Speech); ok && e.lexicon.Speeches[v.Row].Class == "deny" {
			return true
		}
	}
	return false
}

// gather puts denials of one thing together.
func gather(list []denial) [][]denial {
	var out [][]denial
	for _, d := range list {
		at := slices.IndexFunc(out, func(group []denial) bool {
			return slices.ContainsFunc(group, func(o denial) bool {
				return d.gist.cosine(o.gist) >= together
			})
		})
		if at < 0 {
			out = append(out, []denial{d})
		} else {
			out[at] = append(out[at], d)
		}
	}
	return out
}

// against sets denials of one thing against the clauses of other outlets that assert it.
func against(list []Telling, group []denial, asserted []assertion) (isnad.Disagreement, bool) {
	yes := answers(group, asserted)
	if !disputed(list, group, yes) {
		return isnad.Disagreement{}, false
	}
	var value, no isnad.Value
	for _, a := range yes {
		if a.worth < nearly*yes[0].worth {
			break
		}
		value.Claims = append(value.Claims, claim(list[a.article], a.span))
	}
	for _, n := range group {
		no.Claims = append(no.Claims, claim(list[n.article], n.span))
	}
	value.Value, no.Value = value.Claims[0].Words, no.Claims[0].Words
	what := group[0].what.Of(list[group[0].article].Record.Article.Text)
	return isnad.Disagreement{Kind: "denial", About: what, Values: []isnad.Value{value, no}}, true
}

// answer is an assertion of what is denied.
type answer struct {
	assertion
	worth float64 // how near its words are to those denied
}

// answers gives the best assertion of what is denied in each article, the best first.
func answers(group []denial, asserted []assertion) []answer {
	best := map[int]answer{}
	for _, a := range asserted {
		for _, n := range group {
			need := asserts
			if !n.gist.names(deed) {
				need = firmly
			}
			if n.gist.covered(a.gist) < need || !n.gist.meets(a.gist, state) || !n.gist.meets(a.gist, deed) {
				continue
			}
			if w := n.gist.cosine(a.gist); w > best[a.article].worth {
				best[a.article] = answer{a, w}
			}
		}
	}
	return slices.SortedFunc(maps.Values(best), func(a, b answer) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.article, b.article))
	})
}

// disputed reports whether an outlet asserts what another one denies.
func disputed(list []Telling, group []denial, yes []answer) bool {
	for _, a := range yes {
		for _, n := range group {
			if list[a.article].Record.Article.Outlet != list[n.article].Record.Article.Outlet {
				return true
			}
		}
	}
	return false
}
