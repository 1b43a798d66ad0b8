package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
		found, err2 := c.one("SELECT s, story FROM stories WHERE id = ?", func(s *sqlite3.Stmt) { t, err = l.storyAs(s.ColumnInt64(0), s.ColumnRawBlob(1)) }, now)
		if err2 == nil && !found {
			err2 = fmt.Errorf("story %q: %w", id, isnad.ErrNotFound)
		}
		return errors.Join(err2, err)
	})
	return t, err
}

// storyAs gives a story as it is packed in the file.
func (l *Library) storyAs(s int64, packed []byte) (isnad.Story, error) {
	return remembered(l.lately.stories, s, packed, func(packed []byte) (isnad.Story, int, error) {
		t, err := l.unpackStory(packed)
		return t, sizeOfStory(t), err
	})
}

// unpackStory unpacks a story.
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
		told, err = answer(l, c, question("stories", q), sizeOfTold, func() (isnad.Told, error) { return l.told(c, q, at) })
		return err
	})
	return told, err
}

func (l *Library) told(c *conn, q isnad.Query, at *toldAt) (told isnad.Told, err error) {
	limit := atMost(q.Limit)
	rows, err := l.storyRows(c, q, at, limit+1)
	if err != nil {
		return told, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		told.Next = writeCursor(rows[limit-1].toldAt)
	}
	for _, r := range rows {
		var t isnad.Story
		_, err2 := c.one("SELECT story FROM stories WHERE s = ?", func(s *sqlite3.Stmt) { t, err = l.storyAs(r.s, s.ColumnRawBlob(0)) }, r.s)
		if err := errors.Join(err2, err); err != nil {
			return told, err
		}
		told.Stories = append(told.Stories, t)
	}
	return told, nil
}

// storyRows gives the stories of a query behind a place in their order, at least as many
// as the limit if there are.
func (l *Library) storyRows(c *conn, q isnad.Query, at *toldAt, limit int) ([]storyRow, error) {
	switch {
	case len(q.Terms) == 0:
		return c.storiesAfter("TRUE", q.Sort, at, limit)
	case len(q.Terms) == 1 && q.Terms[0].Field == isnad.OfDisagreement && !q.Terms[0].Not:
		return c.storiesAfter("differs > 0", q.Sort, at, limit)
	}
	sel, err := l.articles(c, q, asNamed)
	if err != nil {
		return nil, err
	}
	rows, err := c.storiesOf(sel)
	if err != nil {
		return nil, err
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
	return rows, nil
}

// storiesAfter gives the stories behind a place among those that hold a condition, by the
// index of their order.
func (c *conn) storiesAfter(holds string, by isnad.Sort, at *toldAt, limit int) (rows []storyRow, err error) {
	order, behind := "outlets DESC, last DESC, id", "outlets <= ?1 AND (outlets < ?1 OR last < ?2 OR last = ?2 AND id > ?3)"
	switch by {
	case isnad.ByNewest:
		order, behind = "last DESC, outlets DESC, id", "last <= ?2 AND (last < ?2 OR outlets < ?1 OR outlets = ?1 AND id > ?3)"
	case isnad.ByOldest:
		order, behind = "last, outlets DESC, id", "last >= ?2 AND (last > ?2 OR outlets < ?1 OR outlets = ?1 AND id > ?3)"
	}
	args := []any{}
	if at == nil {
		behind = "TRUE"
	} else {
		args = append(args, at.Outlets, at.Last, at.ID)
	}
	sql := "SELECT s, outlets, last, id FROM stories WHERE " + holds + " AND " + behind + " ORDER BY " + order + " LIMIT " + strconv.Itoa(limit)
	err = c.each(sql, func(s *sqlite3.Stmt) error {
		rows = append(rows, storyRow{toldAt{s.ColumnInt64(1), s.ColumnText(2), s.ColumnText(3)}, s.ColumnInt64(0)})
		return nil
	}, args...)
	return rows, err
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
