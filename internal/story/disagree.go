package story

import "github.com/isnad-project/isnad"

// disagreements gives what the articles of a story tell differently. A text that several
// outlets copied speaks once; articles of one outlet do not disagree.
func (e *Editor) disagreements(list []Telling, text []int) []isnad.Disagreement {
	if !severalOutlets(list) {
		return nil
	}
	var figures []figure
	var denied []denial
	var dated []dated
	var charged []charge
	for i, t := range list {
		d := e.analyzer.Analyze(t.Record.Article.Text)
		figures = append(figures, e.figures(d, t, i)...)
		dated = append(dated, e.dated(d, t, i)...)
		if text[i] == i {
			charged = append(charged, e.charges(d, t, i)...)
			denied = append(denied, e.denied(d, t, i)...)
		}
		e.analyzer.Release(d)
	}
	out := append(e.counts(list, text, figures), dates(list, text, dated)...)
	out = append(out, actors(list, text, charged)...)
	if len(denied) == 0 {
		return out
	}
	var asserted []assertion
	for i, t := range list {
		if text[i] != i {
			continue
		}
		d := e.analyzer.Analyze(t.Record.Article.Text)
		asserted = append(asserted, e.asserted(d, i)...)
		e.analyzer.Release(d)
	}
	return append(out, e.denials(list, denied, asserted)...)
}

func severalOutlets(list []Telling) bool {
	for _, t := range list {
		if t.Record.Article.Outlet != list[0].Record.Article.Outlet {
			return true
		}
	}
	return false
}
