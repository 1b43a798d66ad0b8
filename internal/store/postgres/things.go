package postgres

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// known gives the thing with an id, after merges.
func (t *tx) known(id string) (n int64, now string, err error) {
	if now, err = t.settled(id); err != nil {
		return 0, "", err
	}
	found, err := t.one("SELECT t FROM things WHERE key = $1", []any{&n}, keyOf(now))
	if err == nil && !found {
		err = absent("thing", id)
	}
	return n, now, err
}

// Thing gives what is known of one thing.
func (l *Library) Thing(ctx context.Context, id string) (isnad.Thing, error) {
	return read(ctx, l, func(t *tx) (isnad.Thing, error) {
		n, _, err := t.known(id)
		if err != nil {
			return isnad.Thing{}, err
		}
		return t.told(n)
	})
}

const formsOfThing = "SELECT name, mentions FROM forms WHERE t = $1 ORDER BY mentions DESC, length(name) DESC, name LIMIT $2"

// told tells what is known of a thing.
func (t *tx) told(n int64) (x isnad.Thing, err error) {
	var kind string
	if _, err := t.one("SELECT id, kind, country, hand, articles FROM things WHERE t = $1", []any{&x.ID, &kind, &x.Country, &x.Name, &x.Articles}, n); err != nil {
		return x, err
	}
	x.Kind = isnad.Kind(kind)
	if x.Forms, err = t.counts(formsOfThing, n, shelf.Listed); err != nil {
		return x, err
	}
	if x.Roles, err = t.counts("SELECT role, count(DISTINCT n) AS k FROM mentions WHERE t = $1 AND role <> '' GROUP BY role ORDER BY k DESC, role LIMIT $2", n, shelf.Listed); err != nil {
		return x, err
	}
	if x.Name == "" {
		x.Name = shelf.Fullest(x.Forms)
	}
	var first, last int64
	_, err = t.one("SELECT coalesce(min(n) FILTER (WHERE n >= $2), 0), coalesce(max(n), 0) FROM mentions WHERE t = $1", []any{&first, &last}, n, int64(1)<<dayBits)
	x.First, x.Last = shelf.DayText(first>>dayBits), shelf.DayText(last>>dayBits)
	return x, err
}

// counts reads rows of a key and a number.
func (t *tx) counts(sql string, args ...any) (list []isnad.Count, err error) {
	err = t.each(sql, func(r row) error {
		var c isnad.Count
		err := r.scan(&c.Key, &c.Articles)
		c.Label = c.Key
		list = append(list, c)
		return err
	}, args...)
	return list, err
}

// label gives a thing's name.
func (t *tx) label(id string) (string, error) {
	var n int64
	var name string
	if _, err := t.one("SELECT t, hand FROM things WHERE key = $1", []any{&n, &name}, keyOf(id)); err != nil || name != "" {
		return name, err
	}
	forms, err := t.counts(formsOfThing, n, shelf.Listed)
	return shelf.Fullest(forms), err
}

// Find gives things by words of their names.
func (l *Library) Find(ctx context.Context, words []string, kind isnad.Kind, limit int) ([]isnad.Thing, error) {
	p := &plan{}
	sql := "SELECT t FROM things WHERE articles > 0"
	if kind != "" {
		sql += " AND kind = " + p.arg(kind)
	}
	for _, w := range words {
		sql += " AND t IN (SELECT t FROM namewords WHERE key = " + p.arg(keyOf(w)) + ")"
	}
	sql += " ORDER BY articles DESC, id LIMIT " + strconv.Itoa(shelf.AtMost(limit))
	return read(ctx, l, func(t *tx) (list []isnad.Thing, err error) {
		found, err := t.numbers(sql, p.args...)
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			x, err := t.told(n)
			if err != nil {
				return nil, err
			}
			list = append(list, x)
		}
		return list, nil
	})
}

// Beside gives the things named in the same articles.
func (l *Library) Beside(ctx context.Context, id string, limit int) ([]isnad.Count, error) {
	return read(ctx, l, func(t *tx) ([]isnad.Count, error) {
		n, _, err := t.known(id)
		if err != nil {
			return nil, err
		}
		c := census{of: map[int64]int{}}
		err = t.each("SELECT a.things FROM articles a WHERE a.n IN (SELECT n FROM mentions WHERE t = $1)", func(r row) error { return c.add(r) }, n)
		if err != nil {
			return nil, err
		}
		delete(c.of, n)
		return t.most(c, limit)
	})
}

// census counts in how many articles things are.
type census struct {
	of   map[int64]int
	list []int64
}

// add counts the things of one article, which are the row's first column, each once.
func (c *census) add(r row) error {
	var packed []byte
	if err := r.scan(&packed); err != nil {
		return err
	}
	c.list = shelf.Numbers(c.list[:0], packed)
	for i, t := range c.list {
		if !slices.Contains(c.list[:i], t) {
			c.of[t]++
		}
	}
	return nil
}

// most gives the things that were counted most; of equals the first by id.
func (t *tx) most(c census, limit int) ([]isnad.Count, error) {
	limit = shelf.AtMost(limit)
	all := make([]int64, 0, len(c.of))
	for n := range c.of {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b int64) int { return cmp.Compare(c.of[b], c.of[a]) })
	if len(all) > limit { // with those that are equal to the last
		last := c.of[all[limit-1]]
		all = all[:sort.Search(len(all), func(i int) bool { return c.of[all[i]] < last })]
	}
	ids, err := t.idsOf(all)
	if err != nil {
		return nil, err
	}
	list := make([]isnad.Count, len(all))
	for i, n := range all {
		list[i] = isnad.Count{Key: ids[n], Articles: c.of[n]}
	}
	slices.SortFunc(list, func(a, b isnad.Count) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Key, b.Key))
	})
	list = list[:min(len(list), limit)]
	for i := range list {
		if list[i].Label, err = t.label(list[i].Key); err != nil {
			return nil, err
		}
	}
	return list, nil
}
