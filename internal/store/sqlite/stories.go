package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// story gives the id of a story now, wherever it went.
func (c *conn) story(id string) (string, error) {
	for range hops {
		next := ""
		found, err := c.one("SELECT new FROM moved WHERE old = ?", func(s *sqlite3.Stmt) { next = s.ColumnText(0) }, id)
		if err != nil || !found {
			return id, err
		}
		id = next
	}
	return id, nil
}

// Story gives one story.
func (l *Library) Story(ctx context.Context, id string) (t isnad.Story, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		now, err := c.story(id)
		if err != nil {
			return err
		}
		var packed []byte
		found, err := c.one("SELECT story FROM stories WHERE id = ?", func(s *sqlite3.Stmt) { packed = s.ColumnBlob(0, nil) }, now)
		if err == nil && !found {
			err = fmt.Errorf("story %q: %w", id, isnad.ErrNotFound)
		}
		if err == nil {
			t, err = l.unpackStory(packed)
		}
		return err
	})
	return t, err
}

func (l *Library) unpackStory(packed []byte) (t isnad.Story, err error) {
	b, err := l.dec.DecodeAll(packed, nil)
	if err == nil {
		err = json.Unmarshal(b, (*storyAsKept)(&t))
	}
	if err != nil {
		err = fmt.Errorf("unpack a story: %w", err)
	}
	return t, err
}

// toldAt is a place in the order of stories.
type toldAt struct {
	Outlets int64
	Last    string
	ID      string
}

// row is a story in an order.
type storyRow struct {
	toldAt
	s int64
}

// Stories gives a page of stories.
func (l *Library) Stories(ctx context.Context, q isnad.Query) (told isnad.Told, err error) {
	var at *toldAt
	if q.Cursor != "" {
		at = new(toldAt)
		if err := readCursor(q.Cursor, at); err != nil {
			return told, err
		}
	}
	err = l.pool.read(ctx, func(c *conn) error {
		sel, err := l.articles(c, q)
		if err != nil {
			return err
		}
		rows, err := c.storiesOf(sel)
		if err != nil {
			return err
		}
		compare := storyOrder(q.Sort)
		slices.SortFunc(rows, compare)
		if at != nil {
			i, _ := slices.BinarySearchFunc(rows, storyRow{toldAt: *at}, compare)
			for i < len(rows) && rows[i].toldAt == *at {
				i++
			}
			rows = rows[i:]
		}
		if limit := atMost(q.Limit); len(rows) > limit {
			rows = rows[:limit]
			told.Next = writeCursor(rows[limit-1].toldAt)
		}
		for _, r := range rows {
			var packed []byte
			if _, err := c.one("SELECT story FROM stories WHERE s = ?", func(s *sqlite3.Stmt) { packed = s.ColumnBlob(0, nil) }, r.s); err != nil {
				return err
			}
			t, err := l.unpackStory(packed)
			if err != nil {
				return err
			}
			told.Stories = append(told.Stories, t)
		}
		return nil
	})
	return told, err
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

// storiesOf gives the stories that have an article of a selection.
func (c *conn) storiesOf(sel *selection) (rows []storyRow, err error) {
	add := func(s *sqlite3.Stmt) error {
		rows = append(rows, storyRow{toldAt{s.ColumnInt64(1), s.ColumnText(2), s.ColumnText(3)}, s.ColumnInt64(0)})
		return nil
	}
	if sel.all && sel.lo == 0 {
		return rows, c.each("SELECT s, outlets, last, id FROM stories", add)
	}
	seen := map[int64]bool{}
	err = c.rows(sel, "SELECT n, s FROM articles INDEXED BY articles_narrow", func(s *sqlite3.Stmt) error {
		if s.ColumnType(1) != sqlite3.NULL {
			seen[s.ColumnInt64(1)] = true
		}
		return nil
	})
	for s := range seen {
		err = errors.Join(err, c.each("SELECT s, outlets, last, id FROM stories WHERE s = ?", add, s))
	}
	return rows, err
}
