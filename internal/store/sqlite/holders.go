package sqlite

import (
	"fmt"

	"github.com/isnad-project/isnad"
)

// holder is a thing that holds a commitment, as an entity of the article.
type holder struct {
	t    int64
	i, e int
}

// holdersOf gives the holders of a record's commitments, of which things they are is known.
func holdersOf(r *isnad.Record, things []int64) (list []holder) {
	for i, c := range r.Commitments {
		for _, b := range c.By {
			if b.Entity >= 0 && b.Entity < len(things) {
				list = append(list, holder{things[b.Entity], i, b.Entity})
			}
		}
	}
	return list
}

// holders writes who holds the commitments of an article.
func (c *conn) holders(n int64, r *isnad.Record, things []int64) error {
	for _, h := range holdersOf(r, things) {
		if err := c.run("INSERT INTO holders VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING", h.t, n, h.i, h.e); err != nil {
			return err
		}
	}
	return nil
}

// allHolders writes them of all articles: a format before kept them in the records only.
func (l *Library) allHolders(c *conn) error {
	list, err := c.column("SELECT n FROM articles WHERE commitments > 0")
	if err != nil {
		return err
	}
	for _, n := range list {
		r, err := l.recordOf(c, n)
		if err != nil {
			return fmt.Errorf("article number %d: %w", n, err)
		}
		things, err := c.namedIn(n)
		if err != nil {
			return err
		}
		if err := c.holders(n, &r, things); err != nil {
			return err
		}
	}
	return nil
}
