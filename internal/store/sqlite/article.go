package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Withdraw marks an article's page as deleted; the first time stays.
func (l *Library) Withdraw(ctx context.Context, id string, at time.Time) error {
	return l.pool.change(ctx, func(c *conn) error {
		n, err := c.article(id)
		if err != nil {
			return err
		}
		return c.run("UPDATE articles SET gone = ? WHERE n = ? AND gone = 0", at, n)
	})
}

// article gives the number of an article.
func (c *conn) article(id string) (int64, error) {
	n, found := int64(0), false
	found, err := c.one("SELECT n FROM articles WHERE id = ?", func(s *sqlite3.Stmt) { n = s.ColumnInt64(0) }, id)
	if err == nil && !found {
		err = fmt.Errorf("article %q: %w", id, isnad.ErrNotFound)
	}
	return n, err
}

// Article gives one article.
func (l *Library) Article(ctx context.Context, id string) (h isnad.Holding, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		n, err := c.article(id)
		if err == nil {
			h, err = l.holding(c, n)
		}
		return err
	})
	return h, err
}

func (l *Library) holding(c *conn, n int64) (isnad.Holding, error) {
	var h isnad.Holding
	var bad error
	var things, given []int64
	found, err := c.one(`SELECT a.kept, a.changed, a.gone, coalesce(t.id, ''), r.record, k.sketch, m.things, m.given FROM articles a
		JOIN records r USING(n) JOIN sketches k USING(n) JOIN named m USING(n) LEFT JOIN stories t USING(s) WHERE n = ?`, func(s *sqlite3.Stmt) {
		h.Kept, h.Changed, h.Gone = moment(s.ColumnInt64(0)), moment(s.ColumnInt64(1)), moment(s.ColumnInt64(2))
		h.Story = s.ColumnText(3)
		h.Record, bad = l.recordAs(n, s.ColumnRawBlob(4))
		h.Sketch = s.ColumnBlob(5, nil)
		things, given = unpack(nil, s.ColumnRawBlob(6)), unpack(nil, s.ColumnRawBlob(7))
	}, n)
	if err != nil || !found {
		return h, errors.Join(err, notFound(found))
	}
	if bad != nil {
		return h, bad
	}
	if h.Things, err = c.idsOf(things); err != nil {
		return h, err
	}
	if h.Identities, err = c.idsOf(given); err != nil {
		return h, err
	}
	captures, err := c.captures(n)
	if err != nil {
		return h, err
	}
	if len(captures) > 0 {
		h.Capture = captures[len(captures)-1]
	}
	err = c.each("SELECT reader, at, digest FROM readings WHERE n = ? ORDER BY i", func(s *sqlite3.Stmt) error {
		h.Readings = append(h.Readings, isnad.Reading{Reader: s.ColumnText(0), At: moment(s.ColumnInt64(1)), Digest: s.ColumnText(2)})
		return nil
	}, n)
	h.Capture = readFrom(captures, h.Readings, h.Capture)
	return h, err
}

// readFrom gives the capture that the last reading was made from.
func readFrom(captures []isnad.Capture, readings []isnad.Reading, last isnad.Capture) isnad.Capture {
	if len(readings) == 0 {
		return last
	}
	for _, c := range slices.Backward(captures) {
		if c.Digest == readings[len(readings)-1].Digest {
			return c
		}
	}
	return last
}

// idsOf gives the ids of things.
func (c *conn) idsOf(list []int64) ([]string, error) {
	out := make([]string, len(list))
	for i, t := range list {
		id, known := c.ids[t]
		if !known {
			found, err := c.one("SELECT id FROM things WHERE t = ?", func(s *sqlite3.Stmt) { id = s.ColumnText(0) }, t)
			if err != nil {
				return nil, err
			}
			if found && c.ids != nil {
				if len(c.ids) >= idsLimit {
					clear(c.ids)
				}
				c.ids[t] = id
			}
		}
		out[i] = id
	}
	return out, nil
}

func notFound(found bool) error {
	if found {
		return nil
	}
	return isnad.ErrNotFound
}

// recordAs gives the record of an article as it is packed in the file.
func (l *Library) recordAs(n int64, packed []byte) (isnad.Record, error) {
	return remembered(l.lately.records, n, packed, l.record)
}

// record unpacks a record, and says how many bytes it takes.
func (l *Library) record(packed []byte) (r isnad.Record, size int, err error) {
	b, err := l.dec.DecodeAll(packed, nil)
	if err != nil {
		return r, 0, fmt.Errorf("unpack a record: %w", err)
	}
	if err := r.UnmarshalJSON(b); err != nil {
		return r, 0, fmt.Errorf("read a record: %w", err)
	}
	return r, sizeOfRecord(&r, len(b)), nil
}

// Captures gives all comings of an article.
func (l *Library) Captures(ctx context.Context, id string) (list []isnad.Capture, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		n, err := c.article(id)
		if err == nil {
			list, err = c.captures(n)
		}
		return err
	})
	return list, err
}

const captureColumns = "SELECT url, feed, at, status, form, media, file, start, size, digest, outlet, title, published FROM captures"

func captureOf(s *sqlite3.Stmt) isnad.Capture {
	return isnad.Capture{URL: s.ColumnText(0), Feed: s.ColumnText(1), Fetched: moment(s.ColumnInt64(2)), Status: s.ColumnInt(3), Form: s.ColumnText(4),
		MediaType: s.ColumnText(5), File: s.ColumnText(6), Offset: s.ColumnInt64(7), Length: s.ColumnInt64(8), Digest: s.ColumnText(9), Outlet: s.ColumnText(10), Title: s.ColumnText(11), Published: s.ColumnText(12)}
}

func (c *conn) captures(n int64) (list []isnad.Capture, err error) {
	err = c.each(captureColumns+" WHERE n = ? ORDER BY at, i", func(s *sqlite3.Stmt) error {
		list = append(list, captureOf(s))
		return nil
	}, n)
	return list, err
}
