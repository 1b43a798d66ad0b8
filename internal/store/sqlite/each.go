package sqlite

import (
	"context"
	"errors"
	"iter"
	"math"
	"sort"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// batch is how many articles are read at a time: no reader holds its state for long, so
// that the log of changes can be emptied meanwhile.
const batch = 100

// Each gives every article that a query finds, in order of id.
func (l *Library) Each(ctx context.Context, q isnad.Query) iter.Seq2[isnad.Holding, error] {
	return func(yield func(isnad.Holding, error) bool) {
		next, err := l.ids(ctx, q)
		for err == nil {
			var list []isnad.Holding
			if list, err = next(); err != nil || len(list) == 0 {
				break
			}
			for _, h := range list {
				if !yield(h, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(isnad.Holding{}, err)
		}
	}
}

// ids gives a function that gives the next articles of a query by their ids.
func (l *Library) ids(ctx context.Context, q isnad.Query) (func() ([]isnad.Holding, error), error) {
	var list []string
	all := false
	err := l.pool.read(ctx, func(c *conn) error {
		s, err := l.articles(c, q, asNamed)
		if err != nil {
			return err
		}
		if all = s.all && s.lo == 0 && s.hi == math.MaxInt64; all {
			return nil
		}
		own := &selection{all: s.all, lo: s.lo, hi: s.hi, list: s.list}
		if err := c.listed(own); err != nil {
			return err
		}
		for _, n := range own.list {
			if _, err := c.one("SELECT id FROM articles WHERE n = ?", func(s *sqlite3.Stmt) { list = append(list, s.ColumnText(0)) }, n); err != nil {
				return err
			}
		}
		sort.Strings(list)
		return nil
	})
	last, first := "", true
	return func() (out []isnad.Holding, err error) {
		err = l.pool.read(ctx, func(c *conn) error {
			ids := list[:min(len(list), batch)]
			list = list[len(ids):]
			if all {
				var err error
				if ids, err = c.after(last, first); err != nil {
					return err
				}
			}
			for _, id := range ids {
				first, last = false, id
				n, err := c.article(id)
				if errors.Is(err, isnad.ErrNotFound) {
					continue
				}
				if err != nil {
					return err
				}
				h, err := l.holding(c, n)
				if err != nil {
					return err
				}
				out = append(out, h)
			}
			return nil
		})
		return out, err
	}, err
}

// after gives the ids behind one.
func (c *conn) after(last string, first bool) (list []string, err error) {
	sql := "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?"
	if first {
		sql = "SELECT id FROM articles WHERE id >= ? ORDER BY id LIMIT ?"
	}
	err = c.each(sql, func(s *sqlite3.Stmt) error { list = append(list, s.ColumnText(0)); return nil }, last, batch)
	return list, err
}
