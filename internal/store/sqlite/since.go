package sqlite

import (
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// glance is how many articles Since looks at in one call.
const glance = 1000

// kept is an article in the order of keeping.
type kept struct {
	n, place int64
	id       string
	revised  bool
}

// Since gives what a query finds among what was kept after a place.
func (l *Library) Since(ctx context.Context, q isnad.Query, place int64) (news isnad.News, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		last, err := c.number("SELECT coalesce(max(place), 0) FROM articles WHERE place > 0")
		if err != nil {
			return err
		}
		news.Place = min(max(place, 0), last)
		list, more, err := c.keptAfter(news.Place, waits(q.Terms))
		if err != nil || len(list) == 0 {
			return err
		}
		found, err := c.among(list, q.Terms)
		if err != nil {
			return err
		}
		news = newsOf(list, found, news.Place, atMost(q.Limit), more)
		return nil
	})
	return news, err
}

// newsOf makes news of what was looked at after a place: what was found among it, up to a
// limit.
func newsOf(list []kept, found *selection, after int64, limit int, more bool) isnad.News {
	news := isnad.News{Place: after, More: more}
	for _, k := range list {
		if found.has(k.n) {
			if len(news.Items) == limit {
				news.More = true
				return news
			}
			news.Items = append(news.Items, isnad.New{Article: k.id, Place: k.place, Revised: k.revised})
		}
		news.Place = k.place
	}
	return news
}

// waits reports whether joining has a part in what the terms ask.
func waits(terms []isnad.Term) bool {
	return slices.ContainsFunc(terms, func(t isnad.Term) bool {
		return t.Field == isnad.OfEntity || t.Field == isnad.OfStory || t.Field == isnad.OfDisagreement
	})
}

// keptAfter gives the next articles in the order of keeping, only those that are joined if
// need be, and whether there are more.
func (c *conn) keptAfter(place int64, joined bool) (list []kept, more bool, err error) {
	stop := false
	err = c.each("SELECT n, place, id, changed <> 0, fresh IS NOT NULL FROM articles WHERE place > ? ORDER BY place LIMIT ?", func(s *sqlite3.Stmt) error {
		stop = stop || joined && s.ColumnBool(4)
		if more = len(list) == glance && !stop; !more && !stop {
			list = append(list, kept{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2), s.ColumnBool(3)})
		}
		return nil
	}, place, glance+1)
	return list, more, err
}

// among finds which of some articles terms find, looking only where they stand.
func (c *conn) among(list []kept, terms []isnad.Term) (*selection, error) {
	p, err := c.planFor(terms)
	if err != nil {
		return nil, err
	}
	first, last := list[0].n, list[0].n
	for _, k := range list {
		first, last = min(first, k.n), max(last, k.n)
	}
	p.lo, p.hi = max(p.lo, first), min(p.hi, last+1)
	return c.selectFor(p)
}
