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
	who     isnad.Span // who denies, with the word of denying
	what    isnad.Span // the words denied
	gist    gist
	party   gist // whose deed it would be: the states one of which an assertion must name
}

// assertion is a clause that something is so.
type assertion struct {
	article int
	span    isnad.Span // the sentence, or of a long one the clause
	clause  isnad.Span
	gist    gist
	doers   gist // the states whose deed it calls it: «هجوم أميركي»
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
	// firmly is how much where what is denied is no deed or nobody's that is known, and words the
	// least number of different ones that it has then.
	words  = 3
	firmly = 0.65
	// shortest and longest are how many tokens a clause that asserts something has.
	shortest = 4
	longest  = 40
	// brief is how many tokens what is read at a glance has.
	brief = 14
)

// denials gives what an article of one outlet denies and one of another asserts.
func (e *Editor) denials(list []Telling, denied []denial, asserted []assertion) []isnad.Disagreement {
	var out []isnad.Disagreement
	for _, group := range gather(denied) {
		d, ok := e.against(list, group, asserted)
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
		end := clause(d, first, last+1)
		g := e.gist(d, first, end)
		who := denier(d, s)
		party := e.party(d, first, end)
		if !party.names(state) { // «نفت سوريا شن هجوم»: its own
			party = e.speaker(d, s.Speaker.Span)
			party.take(e.speaker(d, who), state)
		}
		g.take(party, state)
		delete(g, accusation) // who denies an accusation does not deny that it was made
		if g.total() < substance || !g.names(deed) && g.count(stem) < words {
			continue
		}
		span := isnad.Span{Start: min(s.Start, s.Cue.Start, s.Content.Start), End: max(s.End, s.Content.End)}
		out = append(out, denial{article, span, who, matter(d, first, end), g, party})
	}
	return out
}

// party gives the states that tokens [first, last) name as those who act, not as where or to
// whom: no preposition stands before them.
func (e *Editor) party(d *ling.Doc, first, last int) gist {
	g := gist{}
	for i := first; i < last; i++ {
		code := e.state(&d.Tokens[i])
		if code != "" && d.Tokens[i].Prep == 0 && (i == 0 || d.Tokens[i-1].Kind != ling.Word || !d.Tokens[i-1].Is(lex.Prep)) {
			g[code] = actor
		}
	}
	return g
}

// denier gives the words that say who denies: the word of denying with what stands between it and
// what is denied, or with the speaker right before it.
func denier(d *ling.Doc, s *isnad.Statement) isnad.Span {
	first, last := tokenAt(d, s.Cue.Start), tokenAt(d, s.Cue.End-1)
	for to := tokenAt(d, s.Content.Start); last+1 < to && last-first < brief/2 && !d.Tokens[last+1].Is(lex.Subord) && !ends(&d.Tokens[last+1]); {
		last++
	}
	if from := tokenAt(d, s.Speaker.Start); !s.Speaker.Empty() && s.Speaker.End <= s.Cue.Start && first-from < brief/2 && !parted(d, from, first, first) {
		first = from
	}
	return isnad.Span{Start: int(d.Tokens[first].Body), End: int(d.Tokens[last].End)}
}

// matter gives the words of tokens [first, last), with the «أن» that makes a noun of them, no more
// than can be read at a glance.
func matter(d *ling.Doc, first, last int) isnad.Span {
	last = min(last, first+brief)
	if first > 0 && d.Tokens[first-1].Kind == ling.Word && d.Tokens[first-1].Is(lex.Subord) {
		first--
	}
	for last > first+1 && (ends(&d.Tokens[last-1]) || d.Tokens[last-1].Kind == ling.Word && d.Tokens[last-1].Is(lex.Prep)) {
		last--
	}
	return isnad.Span{Start: int(d.Tokens[first].Body), End: int(d.Tokens[last-1].End)}
}

// speaker gives the gist of the words that name a speaker.
func (e *Editor) speaker(d *ling.Doc, s isnad.Span) gist {
	if s.Empty() {
		return gist{}
	}
	first, last := tokenAt(d, s.Start), tokenAt(d, s.End-1)
	if first < 0 || last < first {
		return gist{}
	}
	return e.gist(d, first, last+1)
}

// denies reports whether the words of a cue deny.
func (e *Editor) denies(d *ling.Doc, cue isnad.Span) bool {
	first, last := tokenAt(d, cue.Start), tokenAt(d, cue.End-1)
	for i := max(first, 0); i <= last; i++ {
		if s, ok := d.Tokens[i].Sense(lex.Speech); ok && e.lexicon.Speeches[s.Row].Class == "deny" {
			return e.stances.of(&d.Tokens[i]) != doubt
		}
	}
	return false
}

// clause gives the end of the clause that begins at token first: at a sign, or at a word that tells
// more of what was named.
func clause(d *ling.Doc, first, last int) int {
	for i := first + 1; i < last; i++ {
		_, says := d.Tokens[i].Sense(lex.Speech)
		if ends(&d.Tokens[i]) || d.Tokens[i].Kind == ling.Word && (d.Tokens[i].Is(lex.Rel) || i > first+1 && says && !d.Tokens[i].Def && d.Tokens[i].Prep == 0) {
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
			clause := shown
			if s.Last-s.First <= longest {
				shown = isnad.Span{Start: int(d.Tokens[s.First].Start), End: int(d.Tokens[s.Last-1].End)}
			}
			out = append(out, assertion{article, shown, clause, e.gist(d, from, end), e.doers(d, from, end)})
		}
	}
	return out
}

// doers gives the states that stand right after a noun of a deed in tokens [first, last).
func (e *Editor) doers(d *ling.Doc, first, last int) gist {
	var g gist
	for i := first; i+1 < last; i++ {
		code := e.state(&d.Tokens[i+1])
		if code == "" || d.Tokens[i+1].Prep != 0 || !e.gist(d, i, i+1).names(deed) {
			continue
		}
		if g == nil {
			g = gist{}
		}
		g[code] = actor
	}
	return g
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
func (e *Editor) against(list []Telling, group []denial, asserted []assertion) (isnad.Disagreement, bool) {
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
	text := list[group[0].article].Record.Article.Text
	value.Value = e.core(list[yes[0].article], yes[0].clause, group[0].gist)
	no.Value = group[0].who.Of(text)
	return isnad.Disagreement{Kind: "denial", About: group[0].what.Of(text), Values: []isnad.Value{value, no}}, true
}

// core gives the words of a clause from the first to the last that speak of what g speaks of, no
// more than can be read at a glance.
func (e *Editor) core(t Telling, clause isnad.Span, g gist) string {
	d := e.analyzer.Analyze(t.Record.Article.Text)
	defer e.analyzer.Release(d)
	first, last := tokenAt(d, clause.Start), tokenAt(d, clause.End-1)
	if last-first < brief { // with what makes it doubtful: «يرجح أن يكون الهجوم…»
		return t.Record.Article.Text[d.Tokens[first].Body:d.Tokens[last].End]
	}
	from, to := -1, -1
	for i := first; i <= last; i++ {
		if !g.shares(e.gist(d, i, i+1)) {
			continue
		}
		if from < 0 {
			from = i
		}
		if i-from < brief {
			to = i
		}
	}
	if from < 0 {
		from, to = first, min(last, first+brief)
	}
	return t.Record.Article.Text[d.Tokens[from].Body:d.Tokens[to].End]
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
			if !n.gist.names(deed) || !n.party.names(state) {
				need = firmly
			}
			if n.gist.covered(a.gist) < need || !n.party.meets(a.gist, state) || !n.gist.meets(a.gist, deed) ||
				!n.gist.meets(a.gist, stem) && !n.party.shares(a.doers) || n.gist[blame] > 0 && a.gist[blame] == 0 {
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
