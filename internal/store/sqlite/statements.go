package sqlite

import (
	"context"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// saidAt is a place in the order of statements: by article, then by their order in it.
type saidAt struct {
	place
	I int
}

// Statements gives a page of statements.
func (l *Library) Statements(ctx context.Context, q isnad.Query) (said isnad.Said, err error) {
	var at *saidAt
	if q.Cursor != "" {
		at = new(saidAt)
		if err := readCursor(q.Cursor, at); err != nil {
			return said, err
		}
	}
	err = l.pool.read(ctx, func(c *conn) error {
		said, err = answer(l, c, question("statements", q), sizeOfSaid, func() (isnad.Said, error) { return l.said(c, q, at) })
		return err
	})
	return said, err
}

func (l *Library) said(c *conn, q isnad.Query, at *saidAt) (said isnad.Said, err error) {
	s, err := l.articles(c, q, asSpeaker)
	if err != nil {
		return said, err
	}
	f, err := l.filter(c, q.Terms)
	if err != nil {
		return said, err
	}
	r := &reciter{book: book{library: l, conn: c}, filter: f, limit: atMost(q.Limit)}
	return r.page(s, at, q.Sort == isnad.ByOldest)
}

// filter is what a query's conditions ask of a single statement or commitment.
type filter struct {
	lang    *query.Language
	speaker [][]string // words that name the speaker
	holder  [][]string // words that name a holder
	content [][]string
	via     [][]string
	things  []int64
}

func (l *Library) filter(c *conn, terms []isnad.Term) (*filter, error) {
	f := &filter{lang: l.lang}
	for _, t := range terms {
		if t.Not {
			continue
		}
		switch t.Field {
		case isnad.InSpeaker:
			f.speaker = append(f.speaker, t.Words)
		case isnad.InBy:
			f.holder = append(f.holder, t.Words)
		case isnad.InSaid:
			f.content = append(f.content, t.Words)
		case isnad.InVia:
			f.via = append(f.via, t.Words)
		case isnad.OfEntity:
			id, err := c.settled(t.Words[0], "")
			if err != nil {
				return nil, err
			}
			n, err := c.number("SELECT t FROM things WHERE id = ?", id)
			if err != nil {
				return nil, err
			}
			f.things = append(f.things, n)
		}
	}
	return f, nil
}

// allIn reports whether every list of words stands in a text.
func (f *filter) allIn(lists [][]string, text string) bool {
	if len(lists) == 0 {
		return true
	}
	forms := f.lang.Forms(text)
	for _, words := range lists {
		for _, w := range words {
			if !slices.Contains(forms, w) {
				return false
			}
		}
	}
	return true
}

// reciter gathers a page of statements.
type reciter struct {
	book
	filter *filter
	limit  int
	said   isnad.Said
	last   saidAt
}

func (r *reciter) page(s *selection, at *saidAt, old bool) (isnad.Said, error) {
	var from *place
	if at != nil {
		from = &at.place
		f, err := r.find(at.ID)
		if err != nil {
			return r.said, err
		}
		if f != nil { // what the page before left of its last article
			if more, err := r.article(*f, at.I+1); more || err != nil {
				return r.said, err
			}
		}
	}
	for {
		w := &walk{conn: r.conn, old: old, at: from, limit: batch}
		var err error
		if s.all {
			err = w.stretch(s)
		} else {
			err = w.list(unranked(s.list, old))
		}
		if err != nil || len(w.page) == 0 {
			return r.said, err
		}
		for _, f := range w.page {
			if more, err := r.article(f, 0); more || err != nil {
				return r.said, err
			}
		}
		f := w.page[len(w.page)-1]
		from = &place{Day: f.n >> dayBits, Published: f.published, ID: f.id}
	}
}

func (r *reciter) find(id string) (f *found, err error) {
	_, err = r.one("SELECT n, published FROM articles WHERE id = ?", func(s *sqlite3.Stmt) {
		f = &found{ranked{0, s.ColumnInt64(0)}, id, s.ColumnText(1)}
	}, id)
	return f, err
}

// article adds an article's statements from one on; more says that the page is full.
func (r *reciter) article(f found, from int) (more bool, err error) {
	k, err := r.number("SELECT statements FROM articles WHERE n = ?", f.n)
	if err != nil || int64(from) >= k {
		return false, err
	}
	rec, err := r.at(f.n)
	if err != nil {
		return false, err
	}
	list, err := r.namedIn(f.n)
	if err != nil {
		return false, err
	}
	for i := from; i < len(rec.Statements); i++ {
		if !r.filter.statement(rec, i, list) {
			continue
		}
		if len(r.said.Rows) == r.limit {
			r.said.Next = writeCursor(r.last)
			return true, nil
		}
		row, err := r.row(rec, i, list)
		if err != nil {
			return false, err
		}
		r.said.Rows = append(r.said.Rows, row)
		r.last = saidAt{place{Day: f.n >> dayBits, Published: f.published, ID: f.id}, i}
	}
	return false, nil
}

// statement reports whether a statement is one that is asked for.
func (f *filter) statement(r *isnad.Record, i int, list []int64) bool {
	s, text := &r.Statements[i], r.Article.Text
	e := s.Speaker.Entity
	for _, t := range f.things {
		if e < 0 || e >= len(list) || list[e] != t {
			return false
		}
	}
	who := s.Speaker.Of(text)
	if e >= 0 && len(f.speaker) > 0 {
		who += "\n" + r.Entities[e].Name
	}
	via := ""
	if len(f.via) > 0 {
		for _, v := range s.Via {
			via += v.Of(text) + "\n"
		}
	}
	return f.allIn(f.speaker, who) && f.allIn(f.content, s.Content.Of(text)) && f.allIn(f.via, via)
}

func (r *reciter) row(rec *isnad.Record, i int, list []int64) (isnad.StatementRow, error) {
	s, a := &rec.Statements[i], &rec.Article
	name, id, err := r.party(rec, list, s.Speaker)
	if err != nil {
		return isnad.StatementRow{}, fmt.Errorf("statement %d of %q: %w", i, a.ID, err)
	}
	x := isnad.StatementRow{Article: a.ID, Outlet: a.Outlet, Published: a.Published, Title: a.Title, Index: i,
		Speaker: name, SpeakerKind: s.SpeakerKind, Entity: id, Direct: s.Direct, Cue: s.Cue.Of(a.Text), Content: s.Content.Of(a.Text), Trust: s.Trust}
	for _, v := range s.Via {
		x.Via = append(x.Via, v.Of(a.Text))
	}
	return x, nil
}
