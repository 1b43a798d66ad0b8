package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// recordOf reads an article's record, which others may have too.
func (l *Library) recordOf(c *conn, n int64) (r isnad.Record, err error) {
	found, err2 := c.one("SELECT record FROM records WHERE n = ?", func(s *sqlite3.Stmt) { r, err = l.recordAs(n, s.ColumnRawBlob(0)) }, n)
	if err2 != nil || !found {
		return r, errors.Join(err2, notFound(found))
	}
	return r, err
}

// dueAfter is a place in the order of commitments: by due date, those without one last.
type dueAfter struct {
	Due string
	N   int64
	I   int
}

// noDue sorts behind every date.
const noDue = "~"

// Commitments gives a page of commitments.
func (l *Library) Commitments(ctx context.Context, q isnad.Query) (u isnad.Undertaken, err error) {
	at := dueAfter{N: -1}
	if err := readCursor(q.Cursor, &at); err != nil {
		return u, err
	}
	err = l.pool.read(ctx, func(c *conn) error {
		u, err = answer(l, c, question("commitments", q), sizeOfUndertaken, func() (isnad.Undertaken, error) { return l.undertaken(c, q, at) })
		return err
	})
	return u, err
}

func (l *Library) undertaken(c *conn, q isnad.Query, at dueAfter) (u isnad.Undertaken, err error) {
	set, err := l.articles(c, q, asHolder)
	if err != nil {
		return u, err
	}
	dues, err := duesOf(q.Terms)
	if err != nil {
		return u, err
	}
	f, err := l.filter(c, q.Terms)
	if err != nil {
		return u, err
	}
	g := &gatherer{book: book{library: l, conn: c}, filter: f, limit: atMost(q.Limit)}
	return g.gather(set, dues, at)
}

// gather gathers a page: from the list of all commitments in order of due date, or, where
// few articles are asked for, from theirs.
func (g *gatherer) gather(set *selection, dues []stretch, at dueAfter) (isnad.Undertaken, error) {
	due, err := g.undertakings(set, at, dues)
	if err == nil && due != nil {
		for _, x := range due {
			if err = g.add(x); err != nil {
				break
			}
		}
	} else if err == nil {
		in := common(dues)
		if at.Due < in.lo {
			at = dueAfter{Due: in.lo, N: -1}
		}
		err = g.each("SELECT due, n, i, k FROM commitments WHERE (due, n, i) > (?, ?, ?) AND due <= ? ORDER BY due, n, i", func(s *sqlite3.Stmt) error {
			x := undertaking{dueAfter{s.ColumnText(0), s.ColumnInt64(1), s.ColumnInt(2)}, s.ColumnInt64(3)}
			if !set.has(x.N) {
				return nil
			}
			return g.add(x)
		}, at.Due, at.N, at.I, in.hi)
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	return g.page, err
}

// undertaking is a commitment in the order of due dates, with its settlement.
type undertaking struct {
	dueAfter
	k int64
}

// fewArticles are those whose commitments are gathered and put in order at once.
const fewArticles = 5000

// undertakings gives the commitments of a small selection behind a place, in order; nil when it
// is not small.
func (c *conn) undertakings(set *selection, at dueAfter, dues []stretch) ([]undertaking, error) {
	if set.all || len(set.list) > fewArticles {
		return nil, nil
	}
	list := []undertaking{}
	for _, n := range set.list {
		err := c.each("SELECT due, n, i, k FROM commitments WHERE n = ?", func(s *sqlite3.Stmt) error {
			x := undertaking{dueAfter{s.ColumnText(0), s.ColumnInt64(1), s.ColumnInt(2)}, s.ColumnInt64(3)}
			if allHold(dues, x.Due) && x.compare(at) > 0 {
				list = append(list, x)
			}
			return nil
		}, n)
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(list, func(a, b undertaking) int { return a.compare(b.dueAfter) })
	return list, nil
}

func (a dueAfter) compare(b dueAfter) int {
	return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.N, b.N), cmp.Compare(a.I, b.I))
}

// gatherer gathers a page of commitments.
type gatherer struct {
	book
	filter *filter
	limit  int
	page   isnad.Undertaken
	last   dueAfter
}

// add adds a commitment if it is one that is asked for; errEnough says that the page is full.
func (g *gatherer) add(x undertaking) error {
	fits, err := g.fits(x)
	if err != nil || !fits {
		return err
	}
	if len(g.page.Rows) == g.limit {
		g.page.Next = writeCursor(g.last)
		return errEnough
	}
	row, err := g.commitment(x.N, x.I, x.k)
	g.page.Rows = append(g.page.Rows, row)
	g.last = x.dueAfter
	return err
}

// fits reports whether the holders of a commitment are those that are asked for.
func (g *gatherer) fits(x undertaking) (bool, error) {
	for _, t := range g.filter.things {
		holds, err := g.number("SELECT count(*) FROM holders WHERE t = ? AND n = ? AND i = ?", t, x.N, x.I)
		if err != nil || holds == 0 {
			return false, err
		}
	}
	if len(g.filter.holder) == 0 {
		return true, nil
	}
	r, err := g.at(x.N)
	if err != nil || x.I >= len(r.Commitments) {
		return err == nil, err
	}
	names := ""
	for _, b := range r.Commitments[x.I].By {
		names += b.Of(r.Article.Text) + "\n"
		if b.Entity >= 0 && b.Entity < len(r.Entities) {
			names += r.Entities[b.Entity].Name + "\n"
		}
	}
	return g.filter.allIn(g.filter.holder, names), nil
}

// errEnough ends the rows of a page.
var errEnough = errors.New("enough")

// book reads the records that a list shows, each once in a row.
type book struct {
	library *Library
	*conn
	n      int64
	record isnad.Record
	open   bool
}

func (b *book) at(n int64) (*isnad.Record, error) {
	if b.open && b.n == n {
		return &b.record, nil
	}
	r, err := b.library.recordOf(b.conn, n)
	b.n, b.record, b.open = n, r, err == nil
	return &b.record, err
}

func (b *book) commitment(n int64, i int, k int64) (isnad.CommitmentRow, error) {
	var x isnad.CommitmentRow
	r, err := b.at(n)
	if err != nil {
		return x, err
	}
	if i >= len(r.Commitments) {
		return x, fmt.Errorf("article %q has no commitment %d: run isnad check", r.Article.ID, i)
	}
	c, text := &r.Commitments[i], r.Article.Text
	x = isnad.CommitmentRow{Article: r.Article.ID, Outlet: r.Article.Outlet, Published: r.Article.Published, Title: r.Article.Title, Index: i,
		What: c.What.Of(text), Words: c.Of(text), Due: c.Due, Basis: c.Basis, Trust: c.Trust}
	list, err := b.namedIn(n)
	if err != nil {
		return x, err
	}
	for _, h := range c.By {
		name, id, err := b.party(r, list, h)
		if err != nil {
			return x, err
		}
		x.By = append(x.By, name)
		if id != "" {
			x.Entities = append(x.Entities, id)
		}
	}
	if k == 0 {
		return x, nil
	}
	_, err = b.one("SELECT ending, source, note FROM settlements WHERE k = ?", func(s *sqlite3.Stmt) {
		x.End, x.Source, x.Note = isnad.Ending(s.ColumnText(0)), s.ColumnText(1), s.ColumnText(2)
	}, k)
	return x, err
}

// party gives a party's words, or its entity's name where the text has none, and its id.
func (b *book) party(r *isnad.Record, list []int64, p isnad.Source) (name, id string, err error) {
	name = p.Of(r.Article.Text)
	if p.Entity < 0 || p.Entity >= len(list) || p.Entity >= len(r.Entities) {
		return name, "", nil
	}
	if name == "" {
		name = r.Entities[p.Entity].Name
	}
	ids, err := b.idsOf(list[p.Entity : p.Entity+1])
	if err == nil {
		id = ids[0]
	}
	return name, id, err
}
