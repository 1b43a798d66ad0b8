package story

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// assertion is a clause that something is so.
type assertion struct {
	article int
	span    isnad.Span // the sentence, or of a long one the clause
	clause  isnad.Span
	gist    gist
	doers   gist // the states whose deed it calls it: «هجوم أميركي»
	plain   bool // it can be read by itself: no preposition, relative or conjunction before it
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
			out = append(out, assertion{article, shown, clause, e.gist(d, from, end), e.doers(d, from, end), plain(d, from)})
		}
	}
	return out
}

// plain reports whether a clause that begins at token i can be read by itself: «اتهمت لندن
// موسكو», not «التي تتهم موسكو» and not «بعد اتهام موسكو».
func plain(d *ling.Doc, i int) bool {
	t := &d.Tokens[i]
	return t.Kind == ling.Word && t.Prep == 0 && !t.Is(lex.Rel|lex.Prep|lex.Subord)
}

// doers gives the states that stand right after a noun of a deed in tokens [first, last).
func (e *Editor) doers(d *ling.Doc, first, last int) gist {
	var g gist
	for i := first; i+1 < last; i++ {
		code, _ := e.stateAt(d, i+1)
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

// negative reports whether tokens deny or negate something, call it untrue, or put a
// condition.
func (e *Editor) negative(d *ling.Doc, first, last int) bool {
	for i := first; i < last; i++ {
		t := &d.Tokens[i]
		if t.Kind != ling.Word {
			continue
		}
		if t.Is(lex.Neg|lex.Cond) && !t.Is(lex.Subord) || e.stances.of(t) == untrue {
			return true
		}
		if v, ok := t.Sense(lex.Speech); ok && e.lexicon.Speeches[v.Row].Class == "deny" {
			return true
		}
	}
	return false
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
