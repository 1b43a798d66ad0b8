package postgres

import (
	"context"
	"iter"
	"math"
	"slices"

	"github.com/isnad-project/isnad"
)

// batch is how many articles are read at a time: no transaction is long.
const batch = 100

// Each gives every article that a query finds, in order of id.
func (l *Library) Each(ctx context.Context, q isnad.Query) iter.Seq2[isnad.Holding, error] {
	return func(yield func(isnad.Holding, error) bool) {
		w, err := l.wander(ctx, q)
		for err == nil {
			var list []isnad.Holding
			if list, err = w.next(ctx); err != nil || len(list) == 0 {
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

// wanderer goes through the articles of a query by their ids.
type wanderer struct {
	library *Library
	all     bool
	ids     []string // that are left, where it is not all
	last    string
	begun   bool
}

func (l *Library) wander(ctx context.Context, q isnad.Query) (*wanderer, error) {
	return read(ctx, l, func(t *tx) (*wanderer, error) {
		w := &wanderer{library: l}
		s, err := t.articles(q)
		if err != nil {
			return nil, err
		}
		if w.all = s.all && s.lo == 0 && s.hi == math.MaxInt64; w.all {
			return w, nil
		}
		sql, args := "SELECT id FROM articles WHERE n >= $1 AND n < $2", []any{s.lo, s.hi}
		if !s.all {
			sql, args = "SELECT a.id"+fromNumbers+" JOIN articles a ON a.n = u.n", []any{s.list}
		}
		err = t.each(sql, func(r row) error {
			var id string
			err := r.scan(&id)
			w.ids = append(w.ids, id)
			return err
		}, args...)
		slices.Sort(w.ids)
		return w, err
	})
}

// next gives the next articles; none at the end.
func (w *wanderer) next(ctx context.Context) ([]isnad.Holding, error) {
	for {
		list, err := read(ctx, w.library, func(t *tx) ([]isnad.Holding, error) {
			ns, err := w.numbers(t)
			if err != nil || len(ns) == 0 {
				return nil, err
			}
			return t.holdings(ns)
		})
		if err != nil {
			return nil, err
		}
		if !w.all {
			w.ids = w.ids[min(batch, len(w.ids)):]
		} else if len(list) > 0 {
			w.last, w.begun = list[len(list)-1].Record.Article.ID, true
		}
		if len(list) > 0 || w.all || len(w.ids) == 0 {
			return list, nil
		}
	}
}

// numbers gives the numbers of the next articles, in order of id.
func (w *wanderer) numbers(t *tx) ([]int64, error) {
	if !w.all {
		return t.numbers("SELECT n FROM ids WHERE id = ANY($1) ORDER BY id", w.ids[:min(batch, len(w.ids))])
	}
	return t.after(w.last, w.begun)
}

// after gives the numbers of the articles behind an id, in order of id.
func (t *tx) after(last string, begun bool) ([]int64, error) {
	if !begun {
		return t.numbers("SELECT n FROM ids ORDER BY id LIMIT $1", batch)
	}
	return t.numbers("SELECT n FROM ids WHERE id > $1 ORDER BY id LIMIT $2", last, batch)
}
