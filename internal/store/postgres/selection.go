package postgres

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
func (t *tx) selectFor(p *plan) (*selection, error) {
	s := &selection{lo: p.lo, hi: p.hi}
	if p.all() {
		s.all = true
		return s, nil
	}
	var err error
	s.list, err = t.listed(p, p.lo, p.hi)
	return s, err
}

// listed gives the numbers of the articles of a plan in a stretch, in order.
func (t *tx) listed(p *plan, lo, hi int64) ([]int64, error) {
	sql, args := p.from(lo, hi)
	var list []int64
	if _, err := t.one("SELECT coalesce(array_agg(w.n), '{}')"+sql, []any{&list}, args...); err != nil {
		return nil, err
	}
	if p.loose != "" {
		more, err := t.listedLong(p, lo, hi)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.Sort(list)
	return list, nil
}

// listedLong finds the long articles of a plan with phrases, by their texts.
func (t *tx) listedLong(p *plan, lo, hi int64) (list []int64, err error) {
	own := *p
	own.match, own.loose, own.without = p.loose, "", ""
	sql, args := own.from(lo, hi)
	if own.match == "" {
		return nil, nil // what the plan bars is told by without
	}
	found, err := t.numbers("SELECT w.n"+sql+" AND w.long", args...)
	for _, n := range found {
		x, err := t.hearingOf(n)
		if err != nil {
			return nil, err
		}
		if x.holds(p) {
			list = append(list, n)
		}
	}
	return list, err
}

// holds reports whether the plan's phrases stand in an article and those that it bars do not.
func (h *hearing) holds(p *plan) bool {
	for _, x := range p.exact {
		if !h.stands(x) {
			return false
		}
	}
	for _, x := range p.barred {
		if h.stands(x) {
			return false
		}
	}
	return true
}

// total counts a selection.
func (t *tx) total(s *selection) (int, error) {
	if !s.all {
		return len(s.list), nil
	}
	if s.lo == 0 && s.hi == math.MaxInt64 {
		n, err := t.number("SELECT articles FROM counts")
		return int(n), err
	}
	n, err := t.number("SELECT count(*) FROM articles WHERE n >= $1 AND n < $2", s.lo, s.hi)
	return int(n), err
}

// articles finds the articles of a query.
func (t *tx) articles(q isnad.Query) (*selection, error) {
	p, err := t.planFor(q.Terms)
	if err != nil {
		return nil, err
	}
	return t.selected(p)
}

// selected is selectFor, remembered until something is kept: a page, its counts and the
// pages after it ask for the same.
func (t *tx) selected(p *plan) (*selection, error) {
	g, err := t.generation()
	if err != nil {
		return nil, err
	}
	if s := t.library.recent.get(g, p.key); s != nil {
		return s, nil
	}
	s, err := t.selectFor(p)
	if err == nil {
		t.library.recent.put(g, p.key, s)
	}
	return s, err
}

// generation names the state that the transaction sees: it is another after every commit.
func (t *tx) generation() (g string, err error) {
	_, err = t.one("SELECT pg_current_snapshot()::text", []any{&g})
	return g, err
}
