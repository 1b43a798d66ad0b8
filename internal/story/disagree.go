package story

import (
	"slices"

	"github.com/isnad-project/isnad"
)

// heard is what the articles of a story tell of matters on which outlets may differ.
type heard struct {
	figures []figure
	stated  []amount
	aged    []age
	akin    []kinship
	dated   []dated
	charged []charge
	denied  []denial
}

// disagreements gives what the articles of a story tell differently. A text that several
// outlets copied speaks once; articles of one outlet do not disagree.
func (e *Editor) disagreements(list []Telling, text []int) []isnad.Disagreement {
	if !severalOutlets(list) {
		return nil
	}
	h := e.hear(list, text)
	return slices.Concat(
		e.counts(list, text, h.figures),
		dates(list, text, h.dated),
		sums(list, h.stated),
		older(list, text, h.aged),
		kindred(list, text, h.akin),
		actors(list, text, h.charged),
		e.denials(list, h.denied, e.answering(list, text, h.denied)),
	)
}

// hear goes through the articles once.
func (e *Editor) hear(list []Telling, text []int) (h heard) {
	units, accused := e.rivals(list, text), slices.ContainsFunc(list, addressed)
	for i, t := range list {
		d := e.analyzer.Analyze(t.Record.Article.Text)
		c := e.scenes(d, t.Record)
		h.figures = append(h.figures, e.figures(c, i)...)
		h.dated = append(h.dated, e.dated(d, t, i)...)
		h.aged = append(h.aged, e.ages(d, t, i)...)
		h.akin = append(h.akin, e.kinships(d, t, i)...)
		if text[i] == i {
			h.stated = append(h.stated, e.amounts(c, i, units)...)
			h.charged = append(h.charged, e.charges(d, t, i)...)
			h.denied = append(h.denied, e.denied(d, t, i)...)
			if accused {
				h.charged = e.unknowns(h.charged, d, i)
			}
		}
		e.analyzer.Release(d)
	}
	return h
}

// answering gives the clauses that may assert what is denied, none where nothing is.
func (e *Editor) answering(list []Telling, text []int, denied []denial) (asserted []assertion) {
	for i, t := range list {
		if text[i] != i || len(denied) == 0 {
			continue
		}
		d := e.analyzer.Analyze(t.Record.Article.Text)
		asserted = append(asserted, e.asserted(d, i)...)
		e.analyzer.Release(d)
	}
	return asserted
}

func severalOutlets(list []Telling) bool {
	for _, t := range list {
		if t.Record.Article.Outlet != list[0].Record.Article.Outlet {
			return true
		}
	}
	return false
}
