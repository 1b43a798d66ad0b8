package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// known gives the thing with an id, after merges.
func (c *conn) known(id string) (t int64, now string, err error) {
	if now, err = c.settled(id, ""); err != nil {
		return 0, "", err
	}
	found, err := c.one("SELECT t FROM things WHERE id = ?", func(s *sqlite3.Stmt) { t = s.ColumnInt64(0) }, now)
	if err == nil && !found {
		err = fmt.Errorf("thing %q: %w", id, isnad.ErrNotFound)
	}
	return t, now, err
}

// Thing gives what is known of one thing.
func (l *Library) Thing(ctx context.Context, id string) (x isnad.Thing, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		t, _, err := c.known(id)
		if err == nil {
			x, err = l.thing(c, t)
		}
		return err
	})
	return x, err
}

// thing gives what is known of a thing by its number.
func (l *Library) thing(c *conn, t int64) (isnad.Thing, error) {
	return answer(l, c, "thing "+strconv.FormatInt(t, 10), sizeOfThing, func() (isnad.Thing, error) { return c.thing(t) })
}

// listed bounds the names and roles of a thing that are given.
const listed = 100

func (c *conn) thing(t int64) (isnad.Thing, error) {
	var x isnad.Thing
	_, err := c.one("SELECT id, kind, country, hand, articles FROM things WHERE t = ?", func(s *sqlite3.Stmt) {
		x = isnad.Thing{ID: s.ColumnText(0), Kind: isnad.Kind(s.ColumnText(1)), Country: s.ColumnText(2), Name: s.ColumnText(3), Articles: s.ColumnInt(4)}
	}, t)
	if err != nil {
		return x, err
	}
	if x.Forms, err = c.counts("SELECT name, mentions FROM forms WHERE t = ? ORDER BY mentions DESC, length(name) DESC, name LIMIT ?", t, listed); err != nil {
		return x, err
	}
	if x.Roles, err = c.counts("SELECT role, count(DISTINCT n) AS k FROM mentions WHERE t = ? AND role <> '' GROUP BY role ORDER BY k DESC, role LIMIT ?", t, listed); err != nil {
		return x, err
	}
	if x.Name == "" {
		x.Name = fullest(x.Forms)
	}
	first, err := c.number("SELECT n FROM mentions WHERE t = ? AND n >= ? ORDER BY n LIMIT 1", t, int64(1)<<dayBits)
	if err != nil {
		return x, err
	}
	last, err := c.number("SELECT n FROM mentions WHERE t = ? ORDER BY n DESC LIMIT 1", t)
	x.First, x.Last = dayText(first>>dayBits), dayText(last>>dayBits)
	return x, err
}

// counts reads rows of a key and a number.
func (c *conn) counts(sql string, args ...any) (list []isnad.Count, err error) {
	err = c.each(sql, func(s *sqlite3.Stmt) error {
		k := s.ColumnText(0)
		list = append(list, isnad.Count{Key: k, Label: k, Articles: s.ColumnInt(1)})
		return nil
	}, args...)
	return list, err
}

// usualShare is the share of the mentions of the most frequent form that a fuller form has
// at least to be the name of a thing.
const usualShare = 4

// fullest gives the name by which a thing is told: of the usual forms that with most words.
func fullest(forms []isnad.Count) string {
	best, most := "", 0
	for _, f := range forms {
		if words := len(strings.Fields(f.Key)); usualShare*f.Articles >= forms[0].Articles && words > most {
			best, most = f.Key, words
		}
	}
	return best
}

// label gives a thing's name.
func (c *conn) label(id string) (name string, err error) {
	t := int64(0)
	if _, err = c.one("SELECT t, hand FROM things WHERE id = ?", func(s *sqlite3.Stmt) { t, name = s.ColumnInt64(0), s.ColumnText(1) }, id); err != nil || name != "" {
		return name, err
	}
	forms, err := c.counts("SELECT name, mentions FROM forms WHERE t = ? ORDER BY mentions DESC, length(name) DESC, name LIMIT ?", t, listed)
	return fullest(forms), err
}

// Find gives things by words of their names.
func (l *Library) Find(ctx context.Context, words []string, kind isnad.Kind, limit int) (list []isnad.Thing, err error) {
	sql, args := "SELECT t FROM things WHERE articles > 0", []any{}
	if kind != "" {
		sql, args = sql+" AND kind = ?", append(args, string(kind))
	}
	for _, w := range words {
		sql, args = sql+" AND t IN (SELECT t FROM namewords WHERE word = ?)", append(args, w)
	}
	sql, args = sql+" ORDER BY articles DESC, id LIMIT ?", append(args, atMost(limit))
	err = l.pool.read(ctx, func(c *conn) error {
		found, err := c.column(sql, args...)
		if err != nil {
			return err
		}
		for _, t := range found {
			x, err := l.thing(c, t)
			if err != nil {
				return err
			}
			list = append(list, x)
		}
		return nil
	})
	return list, err
}

// column reads a column of numbers.
func (c *conn) column(sql string, args ...any) (list []int64, err error) {
	err = c.each(sql, func(s *sqlite3.Stmt) error { list = append(list, s.ColumnInt64(0)); return nil }, args...)
	return list, err
}

// usual is how many are given when no limit is named.
const usual = 20

func atMost(limit int) int {
	if limit <= 0 {
		return usual
	}
	return limit
}

// Beside gives the things named in the same articles.
func (l *Library) Beside(ctx context.Context, id string, limit int) (list []isnad.Count, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		t, _, err := c.known(id)
		if err != nil {
			return err
		}
		list, err = answer(l, c, fmt.Sprint("beside ", t, " ", limit), sizeOfCounts, func() ([]isnad.Count, error) { return l.beside(c, t, limit) })
		return err
	})
	return list, err
}

func (l *Library) beside(c *conn, t int64, limit int) ([]isnad.Count, error) {
	list, err := c.column("SELECT DISTINCT n FROM mentions WHERE t = ? ORDER BY n", t)
	if err != nil {
		return nil, err
	}
	n := census{}
	if err := l.count(c, &selection{list: list}, func(b *block, i int) { n.add(b.things.of(i)) }); err != nil {
		return nil, err
	}
	if t < int64(len(n.of)) {
		n.of[t] = 0
	}
	return c.most(&n, limit)
}

// census counts in how many articles things are. Things have small numbers, given in
// order: they are counted in a list.
type census struct {
	of   []int32
	last []int32 // the article, by order of counting, in which a thing was met last
	met  int32
}

// add counts the things of one article, each once.
func (n *census) add(things []int32) {
	n.met++
	for _, t := range things {
		if more := int(t) + 1 - len(n.of); more > 0 {
			n.of, n.last = append(n.of, make([]int32, more)...), append(n.last, make([]int32, more)...)
		}
		if n.last[t] != n.met {
			n.last[t] = n.met
			n.of[t]++
		}
	}
}

// thingLimit keeps a damaged number from taking all memory.
const thingLimit = 1 << 28

// most gives the things that were counted most; of equals the first by id.
func (c *conn) most(n *census, limit int) ([]isnad.Count, error) {
	limit = atMost(limit)
	var all []int64
	for t, k := range n.of {
		if k > 0 {
			all = append(all, int64(t))
		}
	}
	slices.SortFunc(all, func(a, b int64) int { return cmp.Compare(n.of[b], n.of[a]) })
	if len(all) > limit { // with those that are equal to the last
		last := n.of[all[limit-1]]
		all = all[:sort.Search(len(all), func(i int) bool { return n.of[all[i]] < last })]
	}
	list := make([]isnad.Count, len(all))
	for i, t := range all {
		ids, err := c.idsOf([]int64{t})
		if err != nil {
			return nil, err
		}
		list[i] = isnad.Count{Key: ids[0], Articles: int(n.of[t])}
	}
	slices.SortFunc(list, func(a, b isnad.Count) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Key, b.Key))
	})
	list = list[:min(len(list), limit)]
	for i := range list {
		var err error
		if list[i].Label, err = c.label(list[i].Key); err != nil {
			return nil, err
		}
	}
	return list, nil
}
