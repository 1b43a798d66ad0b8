package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// paperLimit is how many bytes a paper may have.
const paperLimit = 1 << 20

// Paper gives a paper's text.
func (l *Library) Paper(ctx context.Context, kind, name string) (text []byte, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		found, err := c.one("SELECT text FROM papers WHERE kind = ? AND name = ?", func(s *sqlite3.Stmt) { text = s.ColumnBlob(0, nil) }, kind, name)
		if err == nil && !found {
			err = fmt.Errorf("%s %q: %w", kind, name, isnad.ErrNotFound)
		}
		return err
	})
	return text, err
}

// Papers gives the papers of a kind.
func (l *Library) Papers(ctx context.Context, kind string) (list []isnad.Paper, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each("SELECT name, text FROM papers WHERE kind = ? ORDER BY name", func(s *sqlite3.Stmt) error {
			list = append(list, isnad.Paper{Kind: kind, Name: s.ColumnText(0), Text: s.ColumnBlob(1, nil)})
			return nil
		}, kind)
	})
	return list, err
}

// File keeps papers.
func (l *Library) File(ctx context.Context, papers ...isnad.Paper) error {
	for _, p := range papers {
		if p.Kind == "" || p.Name == "" || len(p.Text) > paperLimit {
			return fmt.Errorf("%s %q of %d bytes: a paper has a kind, a name, and at most %d bytes", p.Kind, p.Name, len(p.Text), paperLimit)
		}
	}
	return l.pool.write(ctx, func(c *conn) error {
		for _, p := range papers {
			sql, values := "REPLACE INTO papers VALUES(?, ?, ?)", []any{p.Kind, p.Name, p.Text}
			if len(p.Text) == 0 {
				sql, values = "DELETE FROM papers WHERE kind = ? AND name = ?", values[:2]
			}
			if err := c.run(sql, values...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Note adds to the log of what was done by hand.
func (l *Library) Note(ctx context.Context, a isnad.Act) error {
	if a.Do == "" {
		return errors.New("an act says what was done")
	}
	return l.pool.write(ctx, func(c *conn) error {
		return c.run("INSERT INTO acts(at, hand, came, do, done, note) VALUES(?, ?, ?, ?, ?, ?)", a.At, a.By, a.From, a.Do, a.To, a.Note)
	})
}

// Acts gives a page of the log, the latest first.
func (l *Library) Acts(ctx context.Context, limit int, cursor string) (acts []isnad.Act, next string, err error) {
	before, last := int64(1<<62), int64(0)
	if cursor != "" {
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil {
			return nil, "", fmt.Errorf("%w: the cursor %q is of another list", isnad.ErrQuery, cursor)
		}
	}
	limit = atMost(limit)
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each("SELECT a, at, hand, came, do, done, note FROM acts WHERE a < ? ORDER BY a DESC LIMIT ?", func(s *sqlite3.Stmt) error {
			if len(acts) == limit {
				next = strconv.FormatInt(last, 10)
				return nil
			}
			last = s.ColumnInt64(0)
			acts = append(acts, isnad.Act{At: moment(s.ColumnInt64(1)), By: s.ColumnText(2), From: s.ColumnText(3), Do: s.ColumnText(4), To: s.ColumnText(5), Note: s.ColumnText(6)})
			return nil
		}, before, limit+1)
	})
	return acts, next, err
}
