package postgres

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

func moment(us int64) time.Time { return shelf.Moment(us) }

// Follow keeps a feed.
func (l *Library) Follow(ctx context.Context, f isnad.Feed) error {
	if f.URL == "" {
		return errors.New("a feed has an address")
	}
	return l.write(ctx, func(t *tx) error { return t.keepFeed(f) })
}

func (t *tx) keepFeed(f isnad.Feed) error {
	return t.run(`INSERT INTO feeds VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (url) DO UPDATE SET
			title = excluded.title, outlet = excluded.outlet, folder = excluded.folder, every = excluded.every, added = excluded.added, checked = excluded.checked, due = excluded.due,
			fresh = excluded.fresh, etag = excluded.etag, modified = excluded.modified, failures = excluded.failures, trouble = excluded.trouble, articles = excluded.articles`,
		f.URL, f.Title, f.Outlet, f.Folder, int64(f.Every), f.Added, f.Checked, f.Due, f.Fresh, f.ETag, f.LastModified, f.Failures, f.Trouble, f.Articles)
}

// Unfollow forgets a feed.
func (l *Library) Unfollow(ctx context.Context, url string) error {
	return l.write(ctx, func(t *tx) error {
		var gone string
		found, err := t.one("DELETE FROM feeds WHERE url = $1 RETURNING url", []any{&gone}, url)
		if err == nil && !found {
			err = absent("feed", url)
		}
		return err
	})
}

// Feeds gives all feeds.
func (l *Library) Feeds(ctx context.Context) ([]isnad.Feed, error) {
	return read(ctx, l, func(t *tx) (list []isnad.Feed, err error) {
		err = t.each(feedColumns+" ORDER BY url", func(r row) error {
			f, err := scanFeed(r)
			list = append(list, f)
			return err
		})
		return list, err
	})
}

const feedColumns = "SELECT url, title, outlet, folder, every, added, checked, due, fresh, etag, modified, failures, trouble, articles FROM feeds"

func scanFeed(r row) (f isnad.Feed, err error) {
	var every, added, checked, due, fresh int64
	err = r.scan(&f.URL, &f.Title, &f.Outlet, &f.Folder, &every, &added, &checked, &due, &fresh, &f.ETag, &f.LastModified, &f.Failures, &f.Trouble, &f.Articles)
	f.Every, f.Added, f.Checked, f.Due, f.Fresh = time.Duration(every), moment(added), moment(checked), moment(due), moment(fresh)
	return f, err
}

// Want puts pages on the list of those to fetch.
func (l *Library) Want(ctx context.Context, pages []isnad.Page) (int, error) {
	fresh := 0
	err := l.write(ctx, func(t *tx) error {
		fresh = 0
		for _, p := range inOrderOfKeys(pages) {
			if p.URL == "" {
				return errors.New("a page has an address")
			}
			tag, err := t.Exec(t.ctx, insertPage+" DO NOTHING", bound(pageRow(p))...)
			if err != nil {
				return err
			}
			fresh += int(tag.RowsAffected())
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return fresh, nil
}

const insertPage = "INSERT INTO pages VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (key)"

func pageRow(p isnad.Page) []any {
	return []any{keyOf(p.URL), p.URL, p.Feed, p.Title, p.Published, p.Article, p.ETag, p.LastModified, p.Visited, p.Due, p.Failures, p.Trouble}
}

const pageColumns = "SELECT url, feed, title, published, article, etag, modified, visited, due, failures, trouble FROM pages"

func scanPage(r row) (p isnad.Page, err error) {
	var visited, due int64
	err = r.scan(&p.URL, &p.Feed, &p.Title, &p.Published, &p.Article, &p.ETag, &p.LastModified, &visited, &due, &p.Failures, &p.Trouble)
	p.Visited, p.Due = moment(visited), moment(due)
	return p, err
}

// Wanted gives pages to be fetched.
func (l *Library) Wanted(ctx context.Context, now time.Time, limit int) ([]isnad.Page, error) {
	return read(ctx, l, func(t *tx) (list []isnad.Page, err error) {
		err = t.each(pageColumns+" WHERE due <> 0 AND due <= $1 ORDER BY due, url LIMIT $2", func(r row) error {
			p, err := scanPage(r)
			list = append(list, p)
			return err
		}, now, shelf.AtMost(limit))
		return list, err
	})
}

// Visited keeps how fetching a page ended.
func (l *Library) Visited(ctx context.Context, p isnad.Page) error {
	if p.URL == "" {
		return errors.New("a page has an address")
	}
	return l.write(ctx, func(t *tx) error { return t.keepPage(p) })
}

func (t *tx) keepPage(p isnad.Page) error {
	return t.run(insertPage+` DO UPDATE SET feed = excluded.feed, title = excluded.title, published = excluded.published, article = excluded.article,
		etag = excluded.etag, modified = excluded.modified, visited = excluded.visited, due = excluded.due, failures = excluded.failures, trouble = excluded.trouble`, pageRow(p)...)
}

// Page gives what is known of a page.
func (l *Library) Page(ctx context.Context, url string) (isnad.Page, error) {
	return read(ctx, l, func(t *tx) (p isnad.Page, err error) {
		found := false
		err = t.each(pageColumns+" WHERE key = $1", func(r row) error {
			found = true
			p, err = scanPage(r)
			return err
		}, keyOf(url))
		if err == nil && !found {
			err = absent("page", url)
		}
		return p, err
	})
}

// Bookmark gives how far a pouring got.
func (l *Library) Bookmark(ctx context.Context, name string) (string, error) {
	return read(ctx, l, func(t *tx) (position string, err error) {
		_, err = t.one("SELECT position FROM bookmarks WHERE key = $1", []any{&position}, keyOf(name))
		return position, err
	})
}

// Mark keeps how far a pouring got.
func (l *Library) Mark(ctx context.Context, name, position string) error {
	return l.write(ctx, func(t *tx) error { return t.mark(name, position) })
}

func (t *tx) mark(name, position string) error {
	return t.run("INSERT INTO bookmarks VALUES($1, $2, $3) ON CONFLICT (key) DO UPDATE SET position = excluded.position", keyOf(name), name, position)
}

// inOrderOfKeys puts pages in the order in which all writers keep them.
func inOrderOfKeys(pages []isnad.Page) []isnad.Page {
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(a, b isnad.Page) int { return bytes.Compare(keyOf(a.URL), keyOf(b.URL)) })
	return pages
}
