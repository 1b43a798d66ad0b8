package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Tally counts what a query finds.
func (l *Library) Tally(ctx context.Context, q isnad.Query, by isnad.Facet, limit int) (list []isnad.Count, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		key := fmt.Sprint("tally ", by, " ", limit, termsKey(q.Terms))
		list, err = answer(l, c, key, sizeOfCounts, func() ([]isnad.Count, error) { return l.tally(c, q, by, limit) })
		return err
	})
	return list, err
}

func (l *Library) tally(c *conn, q isnad.Query, by isnad.Facet, limit int) ([]isnad.Count, error) {
	s, err := l.articles(c, q, asNamed)
	if err != nil {
		return nil, err
	}
	switch by {
	case isnad.PerDay:
		return c.perDay(s, limit)
	case isnad.PerOutlet:
		return l.perOutlet(c, s, limit)
	case isnad.PerEvent:
		return c.perEvent(s, limit)
	case isnad.PerEntity:
		return l.perThing(c, s, func(b *block, i int) []int32 { return b.things.of(i) }, limit)
	case isnad.PerSpeaker:
		return l.perThing(c, s, func(b *block, i int) []int32 { return b.speakers.of(i) }, limit)
	}
	return nil, fmt.Errorf("%w: nothing is counted by %q", isnad.ErrQuery, by)
}

// dense is the share of a stretch from which on reading all of it is quicker than
// looking for each article.
const dense = 8

// rows reads the rows of a table for the articles of a selection.
func (c *conn) rows(s *selection, sql string, row func(*sqlite3.Stmt) error) error {
	if s.all {
		return c.each(sql+" WHERE n >= ? AND n < ?", row, s.lo, s.hi)
	}
	if len(s.list) == 0 {
		return nil
	}
	all, err := c.number("SELECT count(*) FROM articles")
	if err != nil {
		return err
	}
	if int64(len(s.list))*dense < all {
		for _, n := range s.list {
			if err := c.each(sql+" WHERE n = ?", row, n); err != nil {
				return err
			}
		}
		return nil
	}
	list := s.list
	return c.each(sql+" WHERE n >= ? AND n <= ? ORDER BY n", func(st *sqlite3.Stmt) error {
		n := st.ColumnInt64(0)
		for len(list) > 0 && list[0] < n {
			list = list[1:]
		}
		if len(list) > 0 && list[0] == n {
			return row(st)
		}
		return nil
	}, s.list[0], s.list[len(s.list)-1])
}

// perDay counts days, in their order; the last ones when there are more than a limit.
func (c *conn) perDay(s *selection, limit int) (list []isnad.Count, err error) {
	add := func(n int64) {
		day := dayText(n >> dayBits)
		if k := len(list); k > 0 && list[k-1].Key == day {
			list[k-1].Articles++
			return
		}
		list = append(list, isnad.Count{Key: day, Label: day, Articles: 1})
	}
	if s.all {
		err = c.each("SELECT n FROM articles WHERE n >= ? AND n < ? ORDER BY n", func(st *sqlite3.Stmt) error { add(st.ColumnInt64(0)); return nil }, s.lo, s.hi)
	}
	for _, n := range s.list {
		add(n)
	}
	if limit > 0 && len(list) > limit {
		list = list[len(list)-limit:]
	}
	return list, err
}

func (l *Library) perOutlet(c *conn, s *selection, limit int) ([]isnad.Count, error) {
	of, names := map[int64]int{}, map[string]int{}
	err := l.count(c, s, func(b *block, i int) { of[b.outlets[i]]++ })
	for o, n := range of {
		_, e := c.one("SELECT name FROM outlets WHERE o = ?", func(st *sqlite3.Stmt) { names[st.ColumnText(0)] = n }, o)
		err = errors.Join(err, e)
	}
	return mostOf(names, limit), err
}

func (c *conn) perEvent(s *selection, limit int) ([]isnad.Count, error) {
	of := map[string]int{}
	err := c.rows(s, "SELECT n, type FROM events", func(st *sqlite3.Stmt) error { of[st.ColumnText(1)]++; return nil })
	return mostOf(of, limit), err
}

// mostOf gives the keys that were counted most.
func mostOf(of map[string]int, limit int) (list []isnad.Count) {
	keys := slices.SortedFunc(maps.Keys(of), func(a, b string) int { return cmp.Or(of[b]-of[a], cmp.Compare(a, b)) })
	for _, k := range keys[:min(len(keys), atMost(limit))] {
		list = append(list, isnad.Count{Key: k, Label: k, Articles: of[k]})
	}
	return list
}

// perThing counts the things that of gives for each article.
func (l *Library) perThing(c *conn, s *selection, of func(b *block, i int) []int32, limit int) ([]isnad.Count, error) {
	var n census
	err := l.count(c, s, func(b *block, i int) { n.add(of(b, i)) })
	if err != nil {
		return nil, err
	}
	return c.most(&n, limit)
}
