package web

import (
	"strconv"

	"github.com/isnad-project/isnad"
)

// card is the record of one finding, as it opens over the text.
type card struct {
	ID, Kind string
	Words    string
	Rows     []row
	Trust    isnad.Trust
}

// row is a line of a card.
type row struct {
	Key   string // of a message
	Items []item
}

// item is a value of a row.
type item struct {
	Text string
	Href string // on this desk
	Note string // pale behind it
	Ours bool   // Text is our own, not the article's
}

// findings are the marks and cards of an article.
type findings struct {
	*tongue
	h     *isnad.Holding
	text  string
	marks []mark
	cards []card
}

func found(t *tongue, h *isnad.Holding) *findings {
	f := &findings{tongue: t, h: h, text: h.Record.Article.Text}
	r := &h.Record
	for i, n := range r.Names {
		f.name(i, n)
	}
	for i, x := range r.Times {
		f.time(i, x)
	}
	for i, q := range r.Quantities {
		f.quantity(i, q)
	}
	for i, s := range r.Statements {
		f.statement(i, s)
	}
	for i, e := range r.Events {
		f.event(i, e)
	}
	for i, c := range r.Commitments {
		f.commitment(i, c)
	}
	return f
}

// add keeps a finding; where is the stretch that is marked.
func (f *findings) add(prefix string, i int, kind, class string, long bool, where, whole isnad.Span, trust isnad.Trust, rows []row) {
	id := prefix + strconv.Itoa(i)
	f.marks = append(f.marks, mark{Span: where, ID: id, Kind: kind, Class: class, Long: long})
	var full []row
	for _, r := range rows {
		if len(r.Items) > 0 {
			full = append(full, r)
		}
	}
	f.cards = append(f.cards, card{ID: id, Kind: kind, Words: whole.Of(f.text), Rows: full, Trust: trust})
}

// ours is a row of our own words, theirs one of the article's; each is empty without text.
func (f *findings) ours(key, text string) row {
	if text == "" {
		return row{}
	}
	return row{key, []item{{Text: text, Ours: true}}}
}

func theirs(key, text string) row {
	if text == "" {
		return row{}
	}
	return row{key, []item{{Text: text}}}
}

// thing gives an entity of the record with the way to its page.
func (f *findings) thing(i int, words string) item {
	it := item{Text: words}
	if i < 0 || i >= len(f.h.Record.Entities) {
		return it
	}
	e := f.h.Record.Entities[i]
	if it.Text == "" {
		it.Text = e.Name
	} else if e.Name != it.Text {
		it.Note = e.Name
	}
	if i < len(f.h.Identities) {
		it.Href = f.Of("entity", f.h.Identities[i])
	}
	return it
}

func (f *findings) sources(all []isnad.Source) []item {
	var out []item
	for _, s := range all {
		out = append(out, f.thing(s.Entity, s.Of(f.text)))
	}
	return out
}

func (f *findings) name(i int, n isnad.Name) {
	rows := []row{f.ours("kind", f.Word("kind", string(n.Kind)))}
	if n.Entity >= 0 && n.Entity < len(f.h.Record.Entities) {
		e := f.h.Record.Entities[n.Entity]
		it := f.thing(n.Entity, "")
		rows = append(rows, row{"entity", []item{it}}, theirs("role", e.Role), f.ours("country", e.Country))
	}
	f.add("n", i, "name", "name "+string(n.Kind), false, n.Span, n.Span, n.Trust, rows)
}

func (f *findings) time(i int, t isnad.Time) {
	var covers string
	if t.First != "" {
		covers = f.Span(t.First, t.Last)
	}
	f.add("t", i, "time", "time", false, t.Span, t.Span, t.Trust, []row{
		f.ours("type", f.Word("type", t.Type)), f.ours("value", t.Value), f.ours("mod", f.Word("mod", t.Mod)), f.ours("covers", covers),
	})
}

func (f *findings) quantity(i int, q isnad.Quantity) {
	value := strconv.FormatFloat(q.Value, 'f', -1, 64)
	if q.Max != 0 {
		value += "–" + strconv.FormatFloat(q.Max, 'f', -1, 64)
	}
	f.add("q", i, "quantity", "quantity", false, q.Span, q.Span, q.Trust, []row{
		f.ours("value", value), theirs("unit", q.Unit), f.ours("mod", f.Word("mod", q.Mod)),
	})
}

func (f *findings) statement(i int, s isnad.Statement) {
	mode := "indirect"
	if s.Direct {
		mode = "direct"
	}
	speaker := f.thing(s.Speaker.Entity, s.Speaker.Of(f.text))
	if speaker.Text == "" {
		speaker = item{Text: f.T("unnamed"), Ours: true}
	}
	f.add("s", i, "statement", "statement", true, s.Span, s.Content, s.Trust, []row{
		{"speaker", []item{speaker}}, f.ours("speaker.kind", f.Word("speaker", string(s.SpeakerKind))), {"via", f.sources(s.Via)},
		theirs("to", s.To.Of(f.text)), f.ours("mode", f.Word("mode", mode)), theirs("cue", s.Cue.Of(f.text)),
	})
}

// inside gives the way to the statement that reports something.
func (f *findings) inside(i int) row {
	if i < 0 || i >= len(f.h.Record.Statements) {
		return row{}
	}
	return row{"told.in", []item{{Text: f.h.Record.Statements[i].Content.Of(f.text), Href: "#s" + strconv.Itoa(i)}}}
}

func parties(all []string) []item {
	var out []item
	for _, p := range all {
		out = append(out, item{Text: p})
	}
	return out
}

func (f *findings) event(i int, e isnad.Event) {
	f.add("e", i, "event", "event", false, e.Trigger, e.Span, e.Trust, []row{
		f.ours("type", f.Word("event", e.Type)), f.ours("status", f.Word("status", e.Status)), {"actors", parties(e.Actors)}, {"recipients", parties(e.Recipients)},
		f.ours("date", f.Day(e.Date)), theirs("place", e.Place), f.inside(e.Statement),
	})
}

func (f *findings) commitment(i int, c isnad.Commitment) {
	due := f.T("due.none")
	if c.Due != "" {
		due = f.Day(c.Due)
	}
	to := row{"to", nil}
	if !c.To.Empty() || c.To.Entity >= 0 {
		to.Items = []item{f.thing(c.To.Entity, c.To.Of(f.text))}
	}
	f.add("c", i, "commitment", "commitment", true, c.What, c.Span, c.Trust, []row{
		{"by", f.sources(c.By)}, theirs("what", c.What.Of(f.text)), to, f.ours("due", due), f.ours("basis", f.Word("basis", c.Basis)), f.inside(c.Statement),
	})
}
