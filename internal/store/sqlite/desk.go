package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/turn"
)

// Follow keeps a feed.
func (l *Library) Follow(ctx context.Context, f isnad.Feed) error {
	if f.URL == "" {
		return errors.New("a feed has an address")
	}
	return l.pool.write(ctx, func(c *conn) error { return c.keepFeed(f) })
}

func (c *conn) keepFeed(f isnad.Feed) error {
	return c.run("REPLACE INTO feeds VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", f.URL, f.Title, f.Outlet, f.Folder, int64(f.Every), f.Added, f.Checked,
		f.Due, f.Fresh, f.ETag, f.LastModified, f.Failures, f.Trouble, f.Articles)
}

const feedColumns = "SELECT url, title, outlet, folder, every, added, checked, due, fresh, etag, modified, failures, trouble, articles FROM feeds"

func feedOf(s *sqlite3.Stmt) isnad.Feed {
	return isnad.Feed{URL: s.ColumnText(0), Title: s.ColumnText(1), Outlet: s.ColumnText(2), Folder: s.ColumnText(3),
		Every: time.Duration(s.ColumnInt64(4)), Added: moment(s.ColumnInt64(5)), Checked: moment(s.ColumnInt64(6)), Due: moment(s.ColumnInt64(7)),
		Fresh: moment(s.ColumnInt64(8)), ETag: s.ColumnText(9), LastModified: s.ColumnText(10), Failures: s.ColumnInt(11), Trouble: s.ColumnText(12), Articles: s.ColumnInt(13)}
}

// Unfollow forgets a feed.
func (l *Library) Unfollow(ctx context.Context, url string) error {
	return l.pool.write(ctx, func(c *conn) error {
		if err := c.run("DELETE FROM feeds WHERE url = ?", url); err != nil {
			return err
		}
		if c.Changes() == 0 {
			return fmt.Errorf("feed %q: %w", url, isnad.ErrNotFound)
		}
		return nil
	})
}

// Feeds gives all feeds.
func (l *Library) Feeds(ctx context.Context) (list []isnad.Feed, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each(feedColumns+" ORDER BY url", func(s *sqlite3.Stmt) error {
			list = append(list, feedOf(s))
			return nil
		})
	})
	return list, err
}

// Want puts pages on the list of those to fetch.
func (l *Library) Want(ctx context.Context, pages []isnad.Page) (fresh int, err error) {
	err = l.pool.write(ctx, func(c *conn) error {
		for _, p := range pages {
			if p.URL == "" {
				return errors.New("a page has an address")
			}
			if err := c.keepPage("INSERT INTO pages VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", p); err != nil {
				return err
			}
			fresh += int(c.Changes())
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return fresh, nil
}

func (c *conn) keepPage(sql string, p isnad.Page) error {
	return c.run(sql, p.URL, p.Feed, p.Title, p.Published, p.Article, p.ETag, p.LastModified, p.Visited, p.Due, p.Failures, p.Trouble)
}

const pageColumns = "SELECT url, feed, title, published, article, etag, modified, visited, due, failures, trouble FROM pages"

func pageOf(s *sqlite3.Stmt) isnad.Page {
	return isnad.Page{URL: s.ColumnText(0), Feed: s.ColumnText(1), Title: s.ColumnText(2), Published: s.ColumnText(3), Article: s.ColumnText(4),
		ETag: s.ColumnText(5), LastModified: s.ColumnText(6), Visited: moment(s.ColumnInt64(7)), Due: moment(s.ColumnInt64(8)), Failures: s.ColumnInt(9), Trouble: s.ColumnText(10)}
}

// Wanted gives pages to be fetched.
func (l *Library) Wanted(ctx context.Context, now time.Time, limit int) (list []isnad.Page, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		return c.each(pageColumns+" WHERE due <> 0 AND due <= ? ORDER BY due, url LIMIT ?", func(s *sqlite3.Stmt) error {
			list = append(list, pageOf(s))
			return nil
		}, now, atMost(limit))
	})
	return list, err
}

// Visited keeps how fetching a page ended.
func (l *Library) Visited(ctx context.Context, p isnad.Page) error {
	if p.URL == "" {
		return errors.New("a page has an address")
	}
	return l.pool.write(ctx, func(c *conn) error {
		return c.keepPage("REPLACE INTO pages VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", p)
	})
}

// Page gives what is known of a page.
func (l *Library) Page(ctx context.Context, url string) (p isnad.Page, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		found, err := c.one(pageColumns+" WHERE url = ?", func(s *sqlite3.Stmt) { p = pageOf(s) }, url)
		if err == nil && !found {
			err = fmt.Errorf("page %q: %w", url, isnad.ErrNotFound)
		}
		return err
	})
	return p, err
}

// Bookmark gives how far a pouring got.
func (l *Library) Bookmark(ctx context.Context, name string) (position string, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		_, err := c.one("SELECT position FROM bookmarks WHERE name = ?", func(s *sqlite3.Stmt) { position = s.ColumnText(0) }, name)
		return err
	})
	return position, err
}

// Mark keeps how far a pouring got.
func (l *Library) Mark(ctx context.Context, name, position string) error {
	return l.pool.write(ctx, func(c *conn) error {
		return c.run("REPLACE INTO bookmarks VALUES(?, ?)", name, position)
	})
}

// Turn takes a task by a lock file beside the library's.
func (l *Library) Turn(ctx context.Context, task string) (context.Context, func(), error) {
	if l.opt.ReadOnly {
		return nil, nil, errors.New("the library was opened for reading only")
	}
	f, err := turn.Take(filepath.Join(l.dir, task+".turn"))
	if err != nil {
		return nil, nil, fmt.Errorf("take the turn to %s: %w", task, err)
	}
	mine, end := context.WithCancel(ctx)
	return mine, sync.OnceFunc(func() { end(); f.Close() }), nil
}
