package postgres

import (
	"context"
	"fmt"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Tally counts what a query finds.
func (l *Library) Tally(ctx context.Context, q isnad.Query, by isnad.Facet, limit int) ([]isnad.Count, error) {
	return read(ctx, l, func(t *tx) ([]isnad.Count, error) {
		s, err := t.articles(q)
		if err != nil {
			return nil, err
		}
		switch by {
		case isnad.PerDay:
			return t.perDay(s, limit)
		case isnad.PerOutlet:
			from, args := s.from()
			of, err := t.tallied("SELECT o.name, x.k FROM (SELECT a.o, count(*) AS k"+from+" GROUP BY a.o) x JOIN outlets o USING(o)", args)
			return shelf.MostOf(of, limit), err
		case isnad.PerEvent:
			from, args := s.from()
			of, err := t.tallied("SELECT kind, count(*) FROM (SELECT unnest(a.kinds) AS kind"+from+") x GROUP BY kind", args)
			return shelf.MostOf(of, limit), err
		case isnad.PerEntity:
			return t.perThing(s, "a.things", limit)
		case isnad.PerSpeaker:
			return t.perThing(s, "a.speakers", limit)
		}
		return nil, fmt.Errorf("%w: nothing is counted by %q", isnad.ErrQuery, by)
	})
}

// from gives the rows of articles «a» of a selection.
func (s *selection) from() (string, []any) {
	if s.all {
		return " FROM articles a WHERE a.n >= $1 AND a.n < $2", []any{s.lo, s.hi}
	}
	lo, hi := int64(0), int64(0)
	if len(s.list) > 0 {
		lo, hi = s.list[0], s.list[len(s.list)-1]
	}
	return " FROM articles a JOIN unnest($1::bigint[]) AS u(n) ON u.n = a.n WHERE a.n >= $2 AND a.n <= $3", []any{s.list, lo, hi}
}

func (t *tx) tallied(sql string, args []any) (map[string]int, error) {
	of := map[string]int{}
	err := t.each(sql, func(r row) error {
		var key string
		var n int
		err := r.scan(&key, &n)
		of[key] += n
		return err
	}, args...)
	return of, err
}

// perDay counts days, in their order; the last ones when there are more than a limit.
func (t *tx) perDay(s *selection, limit int) (list []isnad.Count, err error) {
	add := func(day int64, n int) {
		text := shelf.DayText(day)
		if k := len(list); k > 0 && list[k-1].Key == text {
			list[k-1].Articles += n
			return
		}
		list = append(list, isnad.Count{Key: text, Label: text, Articles: n})
	}
	if s.all {
		err = t.each("SELECT n >> $3::int AS day, count(*) FROM articles WHERE n >= $1 AND n < $2 GROUP BY 1 ORDER BY 1", func(r row) error {
			var day int64
			var n int
			err := r.scan(&day, &n)
			add(day, n)
			return err
		}, s.lo, s.hi, dayBits)
	}
	for _, n := range s.list {
		add(n>>dayBits, 1)
	}
	if limit > 0 && len(list) > limit {
		list = list[len(list)-limit:]
	}
	return list, err
}

func (t *tx) perThing(s *selection, column string, limit int) ([]isnad.Count, error) {
	c := census{of: map[int64]int{}}
	from, args := s.from()
	if err := t.each("SELECT "+column+from, func(r row) error { return c.add(r) }, args...); err != nil {
		return nil, err
	}
	return t.most(c, limit)
}
