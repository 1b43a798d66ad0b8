package postgres

import (
	"context"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// dueAfter is a place in the order of commitments: by due date, those without one last.
type dueAfter struct {
	Due string
	N   int64
	I   int
}

// Commitments gives a page of commitments.
func (l *Library) Commitments(ctx context.Context, q isnad.Query) (isnad.Undertaken, error) {
	at := dueAfter{N: -1}
	if err := shelf.ReadCursor(q.Cursor, &at); err != nil {
		return isnad.Undertaken{}, err
	}
	return read(ctx, l, func(t *tx) (isnad.Undertaken, error) {
		set, err := t.articles(q)
		if err != nil {
			return isnad.Undertaken{}, err
		}
		dues, err := shelf.DuesOf(q.Terms)
		if err != nil {
			return isnad.Undertaken{}, err
		}
		f, err := shelf.FilterFor(l.Lang, q.Terms, t.settled)
		if err != nil {
			return isnad.Undertaken{}, err
		}
		g := &gatherer{tx: t, filter: f, limit: shelf.AtMost(q.Limit)}
		err = g.gather(set, dues, at)
		return g.page, err
	})
}

// undertaking is a commitment in the order of due dates, with its settlement.
type undertaking struct {
	dueAfter
	k            int64
	end          string
	source, note string
}

// gatherer gathers a page of commitments.
type gatherer struct {
	*tx
	filter *shelf.Filter
	limit  int
	page   isnad.Undertaken
	last   dueAfter
}

// gather reads commitments in order of due date, some at a time, until the page is full.
func (g *gatherer) gather(set *selection, dues []shelf.Stretch, at dueAfter) error {
	span := shelf.Stretch{Lo: "", Hi: shelf.NoDue}
	for _, d := range dues {
		span = shelf.Stretch{Lo: max(span.Lo, d.Lo), Hi: min(span.Hi, d.Hi)}
	}
	for many := 2 * g.limit; ; many = min(2*many, 5000) {
		some, err := g.behind(set, span, at, many)
		if err != nil || len(some) == 0 {
			return err
		}
		if full, err := g.add(some); full || err != nil {
			return err
		}
		at = some[len(some)-1].dueAfter
	}
}

// behind gives the next commitments of a selection.
func (g *gatherer) behind(set *selection, span shelf.Stretch, at dueAfter, many int) (list []undertaking, err error) {
	sql := `SELECT c.due, c.n, c.i, coalesce(c.k, 0), coalesce(k.ending, ''), coalesce(k.source, ''), coalesce(k.note, '') FROM commitments c LEFT JOIN settlements k USING(k)
		WHERE (c.due, c.n, c.i) > ($1, $2, $3) AND c.due >= $4 AND c.due <= $5`
	args := []any{at.Due, at.N, at.I, span.Lo, span.Hi}
	if set.all {
		sql, args = sql+" AND c.n >= $6 AND c.n < $7 ORDER BY c.due, c.n, c.i LIMIT $8", append(args, set.lo, set.hi, many)
	} else {
		sql, args = sql+" AND c.n IN (SELECT unnest($6::bigint[])) ORDER BY c.due, c.n, c.i LIMIT $7", append(args, set.list, many)
	}
	err = g.each(sql, func(r row) error {
		var x undertaking
		err := r.scan(&x.Due, &x.N, &x.I, &x.k, &x.end, &x.source, &x.note)
		list = append(list, x)
		return err
	}, args...)
	return list, err
}

// add adds the commitments that are asked for; full says that there are more than the page holds.
func (g *gatherer) add(list []undertaking) (full bool, err error) {
	ns := make([]int64, len(list))
	for i, x := range list {
		ns[i] = x.N
	}
	for len(list) > 0 {
		part := list[:min(len(list), reads)]
		books, err := g.books(ns[:len(part)], "commitments > 0")
		if err != nil {
			return false, err
		}
		for _, x := range part {
			b := books[x.N]
			if b == nil || x.I >= len(b.record.Commitments) || !g.filter.Commitment(&b.record, x.I, b.things) {
				continue
			}
			if len(g.page.Rows) == g.limit {
				g.page.Next = shelf.WriteCursor(g.last)
				return true, nil
			}
			row := shelf.CommitmentRow(&b.record, x.I, b.things)
			row.End, row.Source, row.Note = isnad.Ending(x.end), x.source, x.note
			g.page.Rows = append(g.page.Rows, row)
			g.last = x.dueAfter
		}
		list, ns = list[len(part):], ns[len(part):]
	}
	return false, nil
}
