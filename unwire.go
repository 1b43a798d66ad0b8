package isnad

import "fmt"

// fromWire fills r from its published form. The first span that does not fit the
// text is the error.
func (r *Record) fromWire(w *wireRecord) error {
	a := w.Article
	m := &reverse{ruler: newRuler(a.Text)}
	*r = Record{
		Reader: w.Reader, Notes: w.Notes,
		Article: Article(a),

		Entities:    make([]Entity, len(w.Entities)),
		Names:       make([]Name, len(w.Names)),
		Times:       make([]Time, len(w.Times)),
		Quantities:  make([]Quantity, len(w.Quantities)),
		Statements:  make([]Statement, len(w.Statements)),
		Events:      make([]Event, len(w.Events)),
		Commitments: make([]Commitment, len(w.Commitments)),
	}
	for i, x := range w.Entities {
		r.Entities[i] = Entity(x)
	}
	for i, x := range w.Names {
		r.Names[i] = Name{m.span(x.wireSpan), x.Kind, target(x.Entity), Trust(x.wireTrust)}
	}
	for i, x := range w.Times {
		r.Times[i] = Time{m.span(x.wireSpan), x.Type, x.Value, x.Mod, x.First, x.Last, Trust(x.wireTrust)}
	}
	for i, x := range w.Quantities {
		r.Quantities[i] = Quantity{m.span(x.wireSpan), x.Value, value(x.Max), x.Unit, x.Mod, Trust(x.wireTrust)}
	}
	for i, x := range w.Statements {
		r.Statements[i] = Statement{
			m.span(x.wireSpan), m.source(x.Speaker.wireSource), x.Speaker.Kind, m.sources(x.Via),
			m.optional(x.To), x.Mode == mode(true), m.optional(x.Cue), m.span(x.Content), Trust(x.wireTrust),
		}
	}
	for i, x := range w.Events {
		r.Events[i] = Event{
			m.span(x.wireSpan), x.Type, m.span(x.Trigger), x.Actors, x.Recipients,
			x.Date, x.Place, x.Status, target(x.Statement), Trust(x.wireTrust),
		}
	}
	for i, x := range w.Commitments {
		to := Source{Entity: None}
		if x.To != nil {
			to = m.source(*x.To)
		}
		r.Commitments[i] = Commitment{
			m.span(x.wireSpan), m.sources(x.By), to, m.span(x.What), x.Due, x.Basis, target(x.Statement), Trust(x.wireTrust),
		}
	}
	return m.err
}

// reverse is a ruler read backwards; it keeps the first span that does not fit.
type reverse struct {
	*ruler
	err error
}

func (m *reverse) span(w wireSpan) Span {
	a, ok := m.bytes(w.Start)
	b, ok2 := m.bytes(w.End)
	if m.err == nil && (!ok || !ok2 || a > b || m.text[a:b] != w.Text) {
		m.err = fmt.Errorf("span %d to %d is not %q in the text", w.Start, w.End, w.Text)
	}
	if m.err != nil {
		return Span{}
	}
	return Span{a, b}
}

func (m *reverse) optional(w *wireSpan) Span {
	if w == nil {
		return Span{}
	}
	return m.span(*w)
}

func (m *reverse) source(w wireSource) Source { return Source{m.span(w.wireSpan), target(w.Entity)} }

func (m *reverse) sources(list []wireSource) []Source {
	out := make([]Source, len(list))
	for i, s := range list {
		out[i] = m.source(s)
	}
	return out
}

func target(i *int) int {
	if i == nil {
		return None
	}
	return *i
}

func value(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}
