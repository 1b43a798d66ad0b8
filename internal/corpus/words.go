package corpus

import (
	"fmt"
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
)

// Of puts the findings of a record into words, as a person would mark them.
func Of(r *isnad.Record) Marked {
	w := wording{r}
	m := Marked{Article: r.Article, Body: r.Article.Text}
	for _, c := range r.Article.Cut {
		for line := range strings.SplitSeq(c.Text, "\n") {
			if line = flat(line); line != "" {
				m.Cuts = append(m.Cuts, isnad.Cut{Text: line, Reason: c.Reason})
			}
		}
	}
	for _, x := range r.Names {
		m.Names = append(m.Names, Name{w.of(x.Span), string(x.Kind), w.entity(x.Entity)})
	}
	for _, x := range r.Times {
		m.Times = append(m.Times, Time{w.of(x.Span), x.Type, x.Value, x.Mod})
	}
	for _, x := range r.Quantities {
		m.Quantities = append(m.Quantities, Quantity{w.of(x.Span), x.Unit, x.Mod, x.Value, x.Max})
	}
	for _, x := range r.Statements {
		m.Statements = append(m.Statements, Statement{
			string(x.SpeakerKind), w.party(x.Speaker), w.parties(x.Via), x.Direct, w.of(x.Content),
		})
	}
	for _, x := range r.Events {
		m.Events = append(m.Events, Event{x.Type, w.of(x.Trigger), x.Actors, x.Recipients, x.Date, x.Status})
	}
	for _, x := range r.Commitments {
		m.Commitments = append(m.Commitments, Commitment{w.parties(x.By), w.of(x.What), x.Due, x.Basis})
	}
	m.Asked = w.asked()
	return m
}

type wording struct{ r *isnad.Record }

func (w wording) of(s isnad.Span) string {
	if s.Empty() {
		return ""
	}
	return flat(s.Of(w.r.Article.Text))
}

func (w wording) entity(i int) string {
	if i < 0 || i >= len(w.r.Entities) {
		return ""
	}
	return w.r.Entities[i].Name
}

func (w wording) party(s isnad.Source) Party { return Party{w.of(s.Span), w.entity(s.Entity)} }

func (w wording) parties(list []isnad.Source) []Party {
	out := make([]Party, len(list))
	for i, s := range list {
		out[i] = w.party(s)
	}
	return out
}

// asked gives every line that may be asked of the record.
func (w wording) asked() []string {
	var out []string
	add := func(f ...string) { out = append(out, form(f...)) }
	for _, e := range w.r.Entities {
		role, country := "role "+quote(e.Role), "country "+e.Country
		add(kindEntity, string(e.Kind), e.Name, role, country)
		add(kindEntity, string(e.Kind), e.Name, role)
		add(kindEntity, string(e.Kind), e.Name, country)
	}
	for _, t := range w.r.Times {
		add(kindCovers, t.First+".."+t.Last, quote(w.of(t.Span)))
	}
	for _, s := range w.r.Statements {
		add(kindCue, quote(w.of(s.Cue)), quote(w.of(s.Content)))
		add(kindTo, quote(w.of(s.To)), quote(w.of(s.Content)))
	}
	for _, n := range w.r.Notes {
		subject, _, _ := strings.Cut(n, ":")
		add(kindNote, subject)
	}
	return out
}

// flat sets s on one line with single spaces.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// line is a finding in its written form.
type line struct{ kind, text string }

// lines gives the findings of m in their written form, kind by kind.
func (m *Marked) lines() []line {
	var out []line
	for _, x := range m.Cuts {
		out = append(out, line{kindCut, form(kindCut, string(x.Reason), quote(ends(x.Text)))})
	}
	out = written(out, kindName, m.Names)
	out = written(out, kindTime, m.Times)
	out = written(out, kindQuantity, m.Quantities)
	out = written(out, kindStatement, m.Statements)
	out = written(out, kindEvent, m.Events)
	return written(out, kindCommitment, m.Commitments)
}

func written[T fmt.Stringer](out []line, kind string, list []T) []line {
	for _, x := range list {
		out = append(out, line{kind, x.String()})
	}
	return out
}

// form is a line of its fields.
func form(f ...string) string { return strings.Join(f, gap) }

// The written forms. Long words are given by their beginning and end, which is what a
// span is.

func (x Name) String() string { return form(kindName, x.Kind, Party{x.Text, x.Entity}.String()) }

func (x Time) String() string {
	return form(kindTime, x.Type, strings.TrimSpace(x.Value+" "+x.Mod), quote(x.Text))
}

func (q Quantity) String() string {
	return form(kindQuantity, strings.TrimSpace(q.number()+" "+q.Unit+" "+q.Mod), quote(q.Text))
}

func (s Statement) String() string {
	who := s.Speaker
	if s.Kind == string(isnad.Implied) && who.Entity != "" {
		who.Words = "" // carried on: the words are those of an earlier mention
	}
	f := []string{kindStatement, s.Kind + " " + who.String()}
	if len(s.Via) > 0 {
		f = append(f, "via "+among(s.Via))
	}
	mode := "indirect"
	if s.Direct {
		mode = "direct"
	}
	return form(append(f, mode, quote(ends(s.Content)))...)
}

func (e Event) String() string {
	deed := dash(strings.Join(e.Actors, ",")) + " → " + dash(strings.Join(e.Recipients, ","))
	return form(kindEvent, e.Type, quote(e.Trigger), deed, dash(e.Date)+" "+e.Status)
}

func (c Commitment) String() string {
	return form(kindCommitment, among(c.By), quote(ends(c.What)), "due "+dash(c.Due), c.Basis)
}

func among(list []Party) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.String()
	}
	return strings.Join(out, ", ")
}

// ends shortens s to its first and last words.
func ends(s string) string {
	const keep = 4
	w := strings.Fields(s)
	if len(w) <= 2*keep+1 {
		return s
	}
	return strings.Join(slices.Concat(w[:keep], []string{"…"}, w[len(w)-keep:]), " ")
}
