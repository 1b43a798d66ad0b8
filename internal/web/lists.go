package web

import (
	"bytes"
	"context"
	"iter"
	"net/http"
	"slices"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/export"
)

// statementsPage lists statements.
type statementsPage struct {
	Rows  []isnad.StatementRow
	Next  string
	Thing isnad.Thing // whose statements these are, when asked for by id
}

// scanned is how many rows are looked through for a page of those that fit.
const scanned = 240

func (s *site) statements(v *visit) error {
	ctx := v.r.Context()
	a := s.asking(v).words(isnad.InSpeaker, "speaker").words(isnad.InSaid, "said").words(isnad.InVia, "via").plain(isnad.OfEntity, "entity").plain(isnad.InOutlet, "outlet").
		plain(isnad.OfStory, "story").day(isnad.After, "after").day(isnad.Before, "before")
	q, err := a.query(isnad.ByNewest, rowsShown)
	if err != nil {
		return err
	}
	p := &statementsPage{}
	if id := v.Get("entity"); id != "" {
		if p.Thing, err = s.lib.Thing(ctx, id); err != nil {
			return err
		}
	}
	fits := fits(v.Get("mode"))
	if v.Get("mode") != "" {
		q.Limit = 2 * rowsShown
	}
	for seen := 0; seen < scanned; {
		said, err := s.lib.Statements(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range said.Rows {
			if fits(r) {
				p.Rows = append(p.Rows, r)
			}
		}
		seen += len(said.Rows)
		p.Next, q.Cursor = said.Next, said.Next
		if said.Next == "" || len(p.Rows) >= rowsShown {
			break
		}
	}
	v.Title, v.Nav = v.T("nav.statements"), "statements"
	return s.show(v, http.StatusOK, "statements", p)
}

// fits reports which statements have the mode that is asked for.
func fits(mode string) func(isnad.StatementRow) bool {
	return func(r isnad.StatementRow) bool {
		return mode != "direct" && mode != "indirect" || r.Direct == (mode == "direct")
	}
}

// commitmentsPage lists commitments, in sections by when they are due or one section whole.
type commitmentsPage struct {
	Sections []section
	One      bool
	Thing    isnad.Thing
}

type section struct {
	Key  string // overdue, week, later, none, all
	Rows []isnad.CommitmentRow
	Next string
}

func (s *site) commitments(v *visit) error {
	ctx := v.r.Context()
	p := &commitmentsPage{}
	keys := []string{"overdue", "week", "later", "none"}
	limit := 10
	if when := v.Get("when"); slices.Contains(keys, when) || when == "all" {
		keys, limit, p.One = []string{when}, rowsShown, true
	}
	if id := v.Get("entity"); id != "" {
		var err error
		if p.Thing, err = s.lib.Thing(ctx, id); err != nil {
			return err
		}
	}
	for _, key := range keys {
		sec, err := s.section(v, key, limit, p.One)
		if err != nil {
			return err
		}
		p.Sections = append(p.Sections, sec)
	}
	v.Title, v.Nav = v.T("nav.commitments"), "commitments"
	return s.show(v, http.StatusOK, "commitments", p)
}

// section finds the commitments of one stretch of days. Among the overdue those that are
// settled are left out.
func (s *site) section(v *visit, key string, limit int, one bool) (section, error) {
	sec := section{Key: key}
	a := s.asking(v).words(isnad.InBy, "by").plain(isnad.OfEntity, "entity").plain(isnad.InOutlet, "outlet").plain(isnad.OfStory, "story")
	day := func(n int) string { return v.Now.AddDate(0, 0, n).Format(time.DateOnly) }
	switch key {
	case "overdue":
		a.add(isnad.Due, "<"+day(0))
	case "week":
		a.add(isnad.Due, ">"+day(-1)).add(isnad.Due, "<"+day(8))
	case "later":
		a.add(isnad.Due, ">"+day(7))
	case "none":
		a.add(isnad.Due, "none")
	}
	q, err := a.query(isnad.ByRank, limit)
	if err != nil {
		return sec, err
	}
	if !one {
		q.Cursor = ""
	}
	for seen := 0; seen < scanned && len(sec.Rows) < limit; {
		u, err := s.lib.Commitments(v.r.Context(), q)
		if err != nil {
			return sec, err
		}
		for _, r := range u.Rows {
			if key == "overdue" && r.End != isnad.Open || !holds(r, v.Get("entity")) {
				continue
			}
			sec.Rows = append(sec.Rows, r)
		}
		seen += len(u.Rows)
		sec.Next, q.Cursor = u.Next, u.Next
		if u.Next == "" {
			break
		}
	}
	return sec, nil
}

func holds(r isnad.CommitmentRow, id string) bool { return id == "" || slices.Contains(r.Entities, id) }

// calendarLimit is how many commitments a calendar holds.
const calendarLimit = 5000

// calendar gives the commitments that are due from a month ago on as iCalendar.
func (s *site) calendar(w http.ResponseWriter, r *http.Request) {
	v := s.visit(s.tongues[0], w, r)
	a := s.asking(v).words(isnad.InBy, "by").plain(isnad.OfEntity, "entity").plain(isnad.InOutlet, "outlet").
		add(isnad.Due, ">"+v.Now.AddDate(0, -1, 0).Format(time.DateOnly))
	q, err := a.query(isnad.ByRank, 500)
	q.Cursor = ""
	var b bytes.Buffer
	if err == nil {
		err = export.Calendar(&b, v.T("nav.commitments"), s.allCommitments(r.Context(), q, v.Get("entity")), func(string) string { return "" }, v.Now)
	}
	if err != nil {
		s.fail(v, err)
		return
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="commitments.ics"`)
	w.Write(b.Bytes()) //nolint:errcheck // who asked went away
}

// allCommitments walks through the pages of a query.
func (s *site) allCommitments(ctx context.Context, q isnad.Query, entity string) iter.Seq2[isnad.CommitmentRow, error] {
	return func(yield func(isnad.CommitmentRow, error) bool) {
		for n := 0; n < calendarLimit; {
			u, err := s.lib.Commitments(ctx, q)
			if err != nil {
				yield(isnad.CommitmentRow{}, err)
				return
			}
			for _, r := range u.Rows {
				if n++; holds(r, entity) && !yield(r, nil) {
					return
				}
			}
			if q.Cursor = u.Next; u.Next == "" {
				return
			}
		}
	}
}

// disagreementsPage lists on what outlets differ.
type disagreementsPage struct {
	Stories []differing
	Next    string
	Kinds   []string
}

// differing is a story with what outlets differ on in it.
type differing struct {
	isnad.Story
	Tables []table
}

func (s *site) disagreements(v *visit) error {
	ctx := v.r.Context()
	p := &disagreementsPage{Kinds: []string{"count", "date", "place", "actor", "denial"}}
	q, err := s.asking(v).add(isnad.OfDisagreement, "any").day(isnad.After, "after").day(isnad.Before, "before").query(isnad.ByNewest, 10)
	if err != nil {
		return err
	}
	kind := v.Get("kind")
	h := heads{s: s, ctx: ctx, of: map[string]isnad.Head{}}
	for seen := 0; seen < scanned/4 && len(p.Stories) < 10; {
		told, err := s.lib.Stories(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range told.Stories {
			if d := h.differ(t, kind); len(d.Tables) > 0 {
				p.Stories = append(p.Stories, d)
			}
		}
		seen += len(told.Stories)
		p.Next, q.Cursor = told.Next, told.Next
		if told.Next == "" {
			break
		}
	}
	if h.err != nil {
		return h.err
	}
	v.Title, v.Nav = v.T("nav.disagreements"), "disagreements"
	return s.show(v, http.StatusOK, "disagreements", p)
}

// differ gives the disagreements of a story that are of a kind.
func (h *heads) differ(t isnad.Story, kind string) differing {
	d := differing{Story: t}
	for _, x := range t.Disagreements {
		if (kind == "" || kind == x.Kind) && len(d.Tables) < 5 {
			d.Tables = append(d.Tables, h.table(x))
		}
	}
	return d
}
