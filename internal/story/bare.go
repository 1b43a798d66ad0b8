package story

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
)

// bares adds the people who are counted without being named, right after what became of
// them: «وأصيب 500 بجروح», «مقتل 20 وإصابة 35».
func (e *Editor) bares(out []figure, c *scenes, article int) []figure {
	d := c.d
	for i := range d.Tokens {
		toll := e.tolls.of(&d.Tokens[i])
		if toll == "" || toll == part || toll == grave || toll == downed || i+1 >= d.Sents[d.SentenceOf(i)].Last {
			continue
		}
		n, ok := number.Read(d, i+1)
		if !ok || n.Vague || n.Share || n.Def || n.Value < 2 || !e.bare(d, n.Last) {
			continue
		}
		span := isnad.Span{Start: int(d.Tokens[i+1].Body), End: int(d.Tokens[n.Last-1].End)}
		if !counted(c.r.Quantities, span) && !timed(c.r.Times, span) {
			out = append(out, e.figure(c, article, isnad.Quantity{Span: span, Value: n.Value}, toll, i))
		}
	}
	return out
}

// bare reports whether token i cannot be what a number before it counts: a sign, a
// preposition, a word after «و», what became of those counted («بجروح»).
func (e *Editor) bare(d *ling.Doc, i int) bool {
	if i >= len(d.Tokens) {
		return true
	}
	t := &d.Tokens[i]
	return t.Kind == ling.Punct || t.Kind == ling.Word && (t.Prep != 0 || t.Conj != 0 || t.Is(lex.Prep) || e.tolls.of(t) != "")
}

// timed reports whether one of some times has words of s.
func timed(list []isnad.Time, s isnad.Span) bool {
	for i := range list {
		if list[i].Overlaps(s) {
			return true
		}
	}
	return false
}
