// Package export writes what a library holds in the forms that other programs read:
// JSON Lines, CSV and Parquet tables, iCalendar, and the event table of GDELT. It writes
// every row that it is given and knows nothing of where they come from.
package export

import (
	"strings"

	"github.com/isnad-project/isnad"
)

// Table is one kind of row: what CSV and Parquet write.
type Table struct {
	Name    string
	Columns []Column
	rows    func(h *isnad.Holding, emit func(cells ...any))
}

// Column is a column of a table. Spans are bytes of the article's text as UTF-8.
type Column struct {
	Name string
	Type Type
}

// Type is the type of a column's cells.
type Type int

// The types of cells.
const (
	Text  Type = iota // string
	Whole             // int
	Real              // float64
	Truth             // bool
)

// separator stands between several values in one cell.
const separator = "; "

// Tables gives the tables by name, in the order in which they are told to people.
func Tables() []Table {
	return []Table{articles(), names(), times(), quantities(), statements(), events(), commitments()}
}

// key are the columns that every table begins with: which article a row is of.
func key(more ...Column) []Column {
	return append([]Column{{"article", Text}, {"outlet", Text}, {"published", Text}}, more...)
}

// finding are the columns of a finding: where it stands, how far it can be relied on.
func finding(more ...Column) []Column {
	return key(append([]Column{{"start", Whole}, {"end", Whole}, {"words", Text}, {"rule", Text}, {"confidence", Real}}, more...)...)
}

// row makes the cells of the key columns.
func row(h *isnad.Holding, more ...any) []any {
	a := &h.Record.Article
	return append([]any{a.ID, a.Outlet, a.Published}, more...)
}

// found makes the cells of the columns of a finding.
func found(h *isnad.Holding, s isnad.Span, t isnad.Trust, more ...any) []any {
	return row(h, append([]any{s.Start, s.End, s.Of(h.Record.Article.Text), t.Rule, t.Confidence}, more...)...)
}

func articles() Table {
	columns := key(Column{"url", Text}, Column{"title", Text}, Column{"byline", Text}, Column{"agency", Text}, Column{"story", Text},
		Column{"reader", Text}, Column{"fetched", Text}, Column{"evidence", Text}, Column{"digest", Text}, Column{"text", Text})
	return Table{"articles", columns, func(h *isnad.Holding, emit func(...any)) {
		a, c := &h.Record.Article, &h.Capture
		emit(row(h, a.URL, a.Title, a.Byline, a.Agency, h.Story, h.Record.Reader, stamp(c.Fetched), c.File, c.Digest, a.Text)...)
	}}
}

func names() Table {
	columns := finding(Column{"kind", Text}, Column{"entity", Text}, Column{"role", Text}, Column{"country", Text}, Column{"identity", Text})
	return Table{"names", columns, func(h *isnad.Holding, emit func(...any)) {
		for _, n := range h.Record.Names {
			var e isnad.Entity
			if n.Entity >= 0 && n.Entity < len(h.Record.Entities) {
				e = h.Record.Entities[n.Entity]
			}
			emit(found(h, n.Span, n.Trust, string(n.Kind), e.Name, e.Role, e.Country, identity(h, n.Entity))...)
		}
	}}
}

func times() Table {
	columns := finding(Column{"type", Text}, Column{"value", Text}, Column{"mod", Text}, Column{"first", Text}, Column{"last", Text})
	return Table{"times", columns, func(h *isnad.Holding, emit func(...any)) {
		for _, t := range h.Record.Times {
			emit(found(h, t.Span, t.Trust, t.Type, t.Value, t.Mod, t.First, t.Last)...)
		}
	}}
}

func quantities() Table {
	columns := finding(Column{"value", Real}, Column{"max", Real}, Column{"unit", Text}, Column{"mod", Text})
	return Table{"quantities", columns, func(h *isnad.Holding, emit func(...any)) {
		for _, q := range h.Record.Quantities {
			emit(found(h, q.Span, q.Trust, q.Value, q.Max, q.Unit, q.Mod)...)
		}
	}}
}

func statements() Table {
	columns := finding(Column{"speaker", Text}, Column{"speaker_kind", Text}, Column{"identity", Text}, Column{"via", Text},
		Column{"to", Text}, Column{"direct", Truth}, Column{"cue", Text}, Column{"content", Text})
	return Table{"statements", columns, func(h *isnad.Holding, emit func(...any)) {
		text := h.Record.Article.Text
		for _, s := range h.Record.Statements {
			emit(found(h, s.Span, s.Trust, party(h, s.Speaker), string(s.SpeakerKind), identity(h, s.Speaker.Entity), parties(h, s.Via),
				s.To.Of(text), s.Direct, s.Cue.Of(text), s.Content.Of(text))...)
		}
	}}
}

func events() Table {
	columns := finding(Column{"type", Text}, Column{"trigger", Text}, Column{"actors", Text}, Column{"recipients", Text},
		Column{"date", Text}, Column{"place", Text}, Column{"status", Text}, Column{"statement", Whole})
	return Table{"events", columns, func(h *isnad.Holding, emit func(...any)) {
		for _, e := range h.Record.Events {
			emit(found(h, e.Span, e.Trust, e.Type, e.Trigger.Of(h.Record.Article.Text), strings.Join(e.Actors, separator),
				strings.Join(e.Recipients, separator), e.Date, e.Place, e.Status, e.Statement)...)
		}
	}}
}

func commitments() Table {
	columns := finding(Column{"by", Text}, Column{"to", Text}, Column{"what", Text}, Column{"due", Text}, Column{"basis", Text}, Column{"statement", Whole})
	return Table{"commitments", columns, func(h *isnad.Holding, emit func(...any)) {
		for _, c := range h.Record.Commitments {
			emit(found(h, c.Span, c.Trust, parties(h, c.By), party(h, c.To), c.What.Of(h.Record.Article.Text), c.Due, c.Basis, c.Statement)...)
		}
	}}
}

// party gives the words that name a party, or the name of its entity where none do.
func party(h *isnad.Holding, s isnad.Source) string {
	if s.Empty() && s.Entity >= 0 && s.Entity < len(h.Record.Entities) {
		return h.Record.Entities[s.Entity].Name
	}
	return s.Of(h.Record.Article.Text)
}

func parties(h *isnad.Holding, all []isnad.Source) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = party(h, s)
	}
	return strings.Join(words, separator)
}

func identity(h *isnad.Holding, entity int) string {
	if entity < 0 || entity >= len(h.Identities) {
		return ""
	}
	return h.Identities[entity]
}
