package postgres

import (
	"context"
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// glance is how many articles Since looks at in one call.
const glance = 1000

// placed is an article in the order of keeping.
type placed struct {
	n, place int64
	id       string
	revised  bool
	waits    bool
}

// Since gives what a query finds among what was kept after a place. Places are given in the
// order in which transactions become visible.
func (l *Library) Since(ctx context.Context, q isnad.Query, place int64) (isnad.News, error) {
	return read(ctx, l, func(t *tx) (news isnad.News, err error) {
		last, err := t.number("SELECT coalesce(max(place), 0) FROM articles")
		if err != nil {
			return news, err
		}
		news.Place = min(max(place, 0), last)
		list, more, err := t.keptAfter(news.Place, waits(q.Terms))
		if err != nil || len(list) == 0 {
			return news, err
		}
		found, err := t.among(list, q.Terms)
		if err != nil {
			return news, err
		}
		return newsOf(list, found, news.Place, shelf.AtMost(q.Limit), more), nil
	})
}

// newsOf makes news of what was looked at after a place: what was found among it, up to a
// limit.
func newsOf(list []placed, found *selection, after int64, limit int, more bool) isnad.News {
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
func (t *tx) keptAfter(place int64, joined bool) (list []placed, more bool, err error) {
	err = t.each("SELECT n, place, id, changed <> 0, fresh IS NOT NULL FROM articles WHERE place > $1 ORDER BY place LIMIT $2", func(r row) error {
		var x placed
		err := r.scan(&x.n, &x.place, &x.id, &x.revised, &x.waits)
		list = append(list, x)
		return err
	}, place, glance+1)
	if joined {
		if i := slices.IndexFunc(list, func(x placed) bool { return x.waits }); i >= 0 {
			return list[:min(i, glance)], i > glance, err
		}
	}
	if len(list) > glance {
		list, more = list[:glance], true
	}
	return list, more, err
}

// among finds which of some articles terms find, looking only where they stand.
func (t *tx) among(list []placed, terms []isnad.Term) (*selection, error) {
	p, err := t.planFor(terms)
	if err != nil {
		return nil, err
	}
	first, last := list[0].n, list[0].n
	for _, k := range list {
		first, last = min(first, k.n), max(last, k.n)
	}
	p.lo, p.hi = max(p.lo, first), min(p.hi, last+1)
	return t.selectFor(p)
}
