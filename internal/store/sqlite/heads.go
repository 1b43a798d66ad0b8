package sqlite

import (
	"context"
	"strconv"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Heads gives what a list shows of articles.
func (l *Library) Heads(ctx context.Context, ids []string) (list []isnad.Head, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		for _, id := range ids {
			_, err := c.one(`SELECT a.id, o.name, a.title, a.published, a.url, coalesce(t.id, ''), a.kept, a.changed, a.gone FROM articles a
				JOIN outlets o USING(o) LEFT JOIN stories t USING(s) WHERE a.id = ?`, func(s *sqlite3.Stmt) {
				list = append(list, isnad.Head{ID: s.ColumnText(0), Outlet: s.ColumnText(1), Title: s.ColumnText(2), Published: s.ColumnText(3), URL: s.ColumnText(4),
					Story: s.ColumnText(5), Kept: moment(s.ColumnInt64(6)), Changed: moment(s.ColumnInt64(7)), Gone: moment(s.ColumnInt64(8))})
			}, id)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// State marks what the library tells: the number of changes so far.
func (l *Library) State(ctx context.Context) (state string, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		g, err := c.generation()
		state = strconv.FormatInt(g, 10)
		return err
	})
	return state, err
}

// changed counts one more change of what the library tells.
func (c *conn) changed() error {
	return c.run("UPDATE library SET value = value + 1 WHERE key = 'generation'")
}

// generation counts the changes of what the library tells.
func (c *conn) generation() (int64, error) {
	return c.number("SELECT value FROM library WHERE key = 'generation'")
}
