package sqlite

import (
	"math"
	"slices"

	"github.com/isnad-project/isnad"
)

// selection is the articles that a query finds, in order of n.
type selection struct {
	all  bool // of the stretch
	lo   int64
	hi   int64
	list []int64
}

func (s *selection) has(n int64) bool {
	if s.all {
		return s.lo <= n && n < s.hi
	}
	_, found := slices.BinarySearch(s.list, n)
	return found
}

// selectFor finds the articles of a plan.
func (c *conn) selectFor(p *plan) (*selection, error) {
	s := &selection{all: true, lo: p.lo, hi: p.hi}
	if p.match != "" {
		list, err := c.column("SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid", p.match, p.lo, p.hi)
		if err != nil {
			return nil, err
		}
		s.all, s.list = false, list
	}
	sets := slices.Clone(p.sets)
	slices.SortStableFunc(sets, func(a, b set) int { return order(a.not) - order(b.not) })
	if p.without != "" {
		sets = append(sets, set{"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", []any{p.without}, true})
	}
	for _, x := range sets {
		list, err := c.column(x.sql, x.args...)
		if err != nil {
			return nil, err
		}
		if err := c.narrow(s, list, x.not); err != nil {
			return nil, err
		}
	}
	if len(p.holes) > 0 {
		if err := c.listed(s); err != nil {
			return nil, err
		}
	}
	for _, h := range p.holes {
		s.list = slices.DeleteFunc(s.list, func(n int64) bool { return h.lo <= n && n < h.hi })
	}
	return s, nil
}

func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

// listed makes a list of a selection that is a stretch.
func (c *conn) listed(s *selection) (err error) {
	if s.all {
		s.all = false
		s.list, err = c.column("SELECT n FROM articles WHERE n >= ? AND n < ? ORDER BY n", s.lo, s.hi)
	}
	return err
}

// narrow keeps what is in a list too, or what is not in it.
func (c *conn) narrow(s *selection, list []int64, not bool) error {
	if s.all && !not {
		lo, _ := slices.BinarySearch(list, s.lo)
		hi, _ := slices.BinarySearch(list, s.hi)
		s.all, s.list = false, list[lo:hi]
		return nil
	}
	if err := c.listed(s); err != nil {
		return err
	}
	s.list = merged(s.list, list, not)
	return nil
}

// merged keeps in place what of a is in b, or with not what is not; both are sorted.
func merged(a, b []int64, not bool) []int64 {
	out := a[:0]
	for _, n := range a {
		for len(b) > 0 && b[0] < n {
			b = b[1:]
		}
		if (len(b) > 0 && b[0] == n) != not {
			out = append(out, n)
		}
	}
	return out
}

// total counts a selection.
func (c *conn) total(s *selection) (int, error) {
	if !s.all {
		return len(s.list), nil
	}
	if s.lo == 0 && s.hi == math.MaxInt64 {
		n, err := c.number("SELECT count(*) FROM articles")
		return int(n), err
	}
	n, err := c.number("SELECT count(*) FROM articles WHERE n >= ? AND n < ?", s.lo, s.hi)
	return int(n), err
}

// articles finds the articles of a query, in which the things that it asks for have a part.
func (l *Library) articles(c *conn, q isnad.Query, as part) (*selection, error) {
	p, err := c.planAs(q.Terms, as)
	if err != nil {
		return nil, err
	}
	return l.selected(c, p)
}

// selected is selectFor, remembered until something is kept: a page, its counts and the
// pages after it ask for the same.
func (l *Library) selected(c *conn, p *plan) (*selection, error) {
	return answer(l, c, "articles"+p.key, func(s *selection) int { return 8*len(s.list) + rowSize }, func() (*selection, error) { return c.selectFor(p) })
}
