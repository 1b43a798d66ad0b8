package postgres

import (
	"context"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// saidAt is a place in the order of statements: by article, then by their order in it.
type saidAt struct {
	place
	I int
}

// Statements gives a page of statements.
func (l *Library) Statements(ctx context.Context, q isnad.Query) (isnad.Said, error) {
	var at *saidAt
	if q.Cursor != "" {
		at = new(saidAt)
		if err := shelf.ReadCursor(q.Cursor, at); err != nil {
			return isnad.Said{}, err
		}
	}
	return read(ctx, l, func(t *tx) (isnad.Said, error) {
		s, err := t.articles(q)
		if err != nil {
			return isnad.Said{}, err
		}
		f, err := shelf.FilterFor(l.Lang, q.Terms, t.settled)
		if err != nil {
			return isnad.Said{}, err
		}
		r := &reciter{tx: t, filter: f, limit: shelf.AtMost(q.Limit)}
		err = r.page(s, at, q.Sort == isnad.ByOldest)
		return r.said, err
	})
}

// reciter gathers a page of statements.
type reciter struct {
	*tx
	filter *shelf.Filter
	limit  int
	said   isnad.Said
	last   saidAt
}

// reads is how many articles are read at a time.
const reads = 25

func (r *reciter) page(s *selection, at *saidAt, old bool) error {
	var from *place
	if at != nil {
		from = &at.place
		f, err := r.find(at.ID)
		if err != nil {
			return err
		}
		if f != nil { // what the page before left of its last article
			if more, err := r.articlesFrom([]found{*f}, at.I+1); more || err != nil {
				return err
			}
		}
	}
	for {
		w := &walk{tx: r.tx, old: old, at: from, limit: reads}
		var err error
		if s.all {
			err = w.stretch(s)
		} else {
			err = w.list(unranked(s.list, old))
		}
		if err != nil || len(w.page) == 0 {
			return err
		}
		if more, err := r.articlesFrom(w.page, 0); more || err != nil {
			return err
		}
		f := w.page[len(w.page)-1]
		from = &place{Day: f.n >> dayBits, Published: f.published, ID: f.id}
	}
}

func (r *reciter) find(id string) (*found, error) {
	f := &found{id: id}
	there, err := r.one("SELECT a.n, a.published FROM ids i JOIN articles a ON a.n = i.n WHERE i.id = $1", []any{&f.n, &f.published}, id)
	if !there {
		f = nil
	}
	return f, err
}

// articlesFrom adds the statements of articles, of the first from one on; more says that the
// page is full.
func (r *reciter) articlesFrom(list []found, from int) (more bool, err error) {
	ns := make([]int64, len(list))
	for i, f := range list {
		ns[i] = f.n
	}
	books, err := r.books(ns, "statements > 0")
	if err != nil {
		return false, err
	}
	for _, f := range list {
		b := books[f.n]
		if b == nil {
			from = 0
			continue
		}
		for i := from; i < len(b.record.Statements); i++ {
			if !r.filter.Statement(&b.record, i, b.things) {
				continue
			}
			if len(r.said.Rows) == r.limit {
				r.said.Next = shelf.WriteCursor(r.last)
				return true, nil
			}
			r.said.Rows = append(r.said.Rows, shelf.StatementRow(&b.record, i, b.things))
			r.last = saidAt{place{Day: f.n >> dayBits, Published: f.published, ID: f.id}, i}
		}
		from = 0
	}
	return false, nil
}

// book is a record that a list shows, with the ids of its things.
type book struct {
	record isnad.Record
	things []string
}

// books reads the records of articles for which a condition holds.
func (t *tx) books(ns []int64, condition string) (map[int64]*book, error) {
	out, things := map[int64]*book{}, map[int64][]int64{}
	var all []int64
	err := t.each("SELECT a.n, a.things, r.record"+fromNumbers+at("articles", "a")+at("records", "r")+" WHERE a."+condition, func(r row) error {
		var n int64
		var now, packed []byte
		if err := r.scan(&n, &now, &packed); err != nil {
			return err
		}
		record, err := t.library.Record(packed)
		out[n], things[n] = &book{record: record}, shelf.Numbers(nil, now)
		all = append(all, things[n]...)
		return err
	}, ns)
	if err != nil {
		return nil, err
	}
	ids, err := t.idsOf(all)
	for n, b := range out {
		b.things = ids.of(things[n])
	}
	return out, err
}
