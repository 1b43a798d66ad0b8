package postgres

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// story gives the id of a story now, wherever it went.
func (t *tx) story(id string) (string, error) {
	for range hops {
		next := ""
		found, err := t.one("SELECT new FROM moved WHERE old = $1", []any{&next}, id)
		if err != nil || !found {
			return id, err
		}
		id = next
	}
	return id, nil
}

// Story gives one story.
func (l *Library) Story(ctx context.Context, id string) (isnad.Story, error) {
	return read(ctx, l, func(t *tx) (isnad.Story, error) {
		now, err := t.story(id)
		if err != nil {
			return isnad.Story{}, err
		}
		var packed []byte
		found, err := t.one("SELECT story FROM stories WHERE id = $1", []any{&packed}, now)
		if err == nil && !found {
			err = absent("story", id)
		}
		if err != nil {
			return isnad.Story{}, err
		}
		return l.Packer.Story(packed)
	})
}

// toldAt is a place in the order of stories.
type toldAt struct {
	Outlets int64
	Last    string
	ID      string
}

// storyRow is a story in an order.
type storyRow struct {
	toldAt
	s int64
}

// Stories gives a page of stories.
func (l *Library) Stories(ctx context.Context, q isnad.Query) (isnad.Told, error) {
	var at *toldAt
	if q.Cursor != "" {
		at = new(toldAt)
		if err := shelf.ReadCursor(q.Cursor, at); err != nil {
			return isnad.Told{}, err
		}
	}
	return read(ctx, l, func(t *tx) (told isnad.Told, err error) {
		sel, err := t.articles(q)
		if err != nil {
			return told, err
		}
		rows, err := t.storiesOf(sel, q.Sort, at, shelf.AtMost(q.Limit))
		if err != nil {
			return told, err
		}
		if limit := shelf.AtMost(q.Limit); len(rows) > limit {
			rows = rows[:limit]
			told.Next = shelf.WriteCursor(rows[limit-1].toldAt)
		}
		told.Stories, err = t.unpacked(rows)
		return told, err
	})
}

// unpacked reads stories in order.
func (t *tx) unpacked(rows []storyRow) ([]isnad.Story, error) {
	ask, at := make([]int64, len(rows)), map[int64]int{}
	for i, r := range rows {
		ask[i], at[r.s] = r.s, i
	}
	if len(ask) == 0 {
		return nil, nil
	}
	out := make([]isnad.Story, len(rows))
	err := t.each("SELECT s, story FROM stories WHERE s = ANY($1)", func(r row) error {
		var s int64
		var packed []byte
		err := r.scan(&s, &packed)
		if err == nil {
			out[at[s]], err = t.library.Packer.Story(packed)
		}
		return err
	}, ask)
	return out, err
}

func storyOrder(by isnad.Sort) func(a, b storyRow) int {
	return func(a, b storyRow) int {
		weight, late := cmp.Compare(b.Outlets, a.Outlets), strings.Compare(b.Last, a.Last)
		switch by {
		case isnad.ByNewest:
			return cmp.Or(late, weight, strings.Compare(a.ID, b.ID))
		case isnad.ByOldest:
			return cmp.Or(-late, weight, strings.Compare(a.ID, b.ID))
		}
		return cmp.Or(weight, late, strings.Compare(a.ID, b.ID))
	}
}

// storiesOf gives the stories that have an article of a selection, behind a place, one more
// than a page has.
func (t *tx) storiesOf(sel *selection, by isnad.Sort, at *toldAt, limit int) (rows []storyRow, err error) {
	sql, args := "SELECT s, outlets, last, id FROM stories", []any{}
	if !sel.all || sel.lo > 0 || sel.hi < math.MaxInt64 {
		from, some := sel.from()
		sql, args = sql+" WHERE s IN (SELECT a.s"+from+" AND a.s IS NOT NULL)", some
	}
	err = t.each(sql, func(r row) error {
		var x storyRow
		err := r.scan(&x.s, &x.Outlets, &x.Last, &x.ID)
		rows = append(rows, x)
		return err
	}, args...)
	compare := storyOrder(by)
	slices.SortFunc(rows, compare)
	if at != nil {
		i, _ := slices.BinarySearchFunc(rows, storyRow{toldAt: *at}, compare)
		for i < len(rows) && rows[i].toldAt == *at {
			i++
		}
		rows = rows[i:]
	}
	return rows[:min(len(rows), limit+1)], err
}
