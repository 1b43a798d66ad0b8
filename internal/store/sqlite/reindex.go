package sqlite

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"
)

// reindex makes the index of words anew when it holds the search forms of another edition
// of the language: what is asked for and what is searched must come to the same forms. It
// takes about a second for each thousand articles, and happens wholly or not at all.
func (l *Library) reindex(ctx context.Context) error {
	v, err := l.pool.writer.number("SELECT value FROM library WHERE key = 'forms'")
	if err != nil {
		return trouble(err)
	}
	if v == l.lang.Edition() {
		return nil
	}
	err = l.pool.transact(ctx, func(c *conn) error {
		if err := c.indexNames(); err != nil {
			return err
		}
		if err := c.run("UPDATE library SET value = ? WHERE key = 'forms'", l.lang.Edition()); err != nil {
			return err
		}
		if err := c.changed(); err != nil {
			return err
		}
		return l.indexWords(c)
	})
	if err != nil {
		return fmt.Errorf("make the index of words anew: %w", trouble(err))
	}
	return nil
}

func (c *conn) indexNames() error {
	if err := c.run("DELETE FROM namewords"); err != nil {
		return err
	}
	return c.each("SELECT t, name FROM forms UNION ALL SELECT t, hand FROM things WHERE hand <> ''", func(s *sqlite3.Stmt) error {
		return c.nameWords(s.ColumnInt64(0), s.ColumnText(1))
	})
}

func (l *Library) indexWords(c *conn) error {
	if err := c.run("INSERT INTO words(words) VALUES('delete-all')"); err != nil {
		return err
	}
	list, err := c.column("SELECT n FROM articles ORDER BY n")
	if err != nil {
		return err
	}
	for _, n := range list {
		m := new(made)
		if m.Record, err = l.recordOf(c, n); err != nil {
			return fmt.Errorf("article number %d: %w", n, err)
		}
		m.index(l.lang)
		if err := c.insertWords(n, m); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) insertWords(n int64, m *made) error {
	return c.run("INSERT INTO words(rowid, title, text, fields) VALUES(?, ?, ?, ?)", n, m.title, m.text, m.fields)
}
