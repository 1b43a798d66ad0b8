package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/intake/feed"
	"github.com/isnad-project/isnad/internal/intake/opml"
)

// How often a feed is looked at when nobody says: as soon as often after something new
// came, ever more seldom while nothing does.
const (
	often  = 10 * time.Minute
	seldom = 2 * time.Hour
)

// sitemaps is how many of the sitemaps that an index lists are read at a visit: the
// first, which are the latest by custom.
const sitemaps = 5

// ErrNoFeed says that an address leads to nothing that can be followed.
var ErrNoFeed = errors.New("neither a feed nor a page that links one")

// Follow begins to follow an address: a feed, a sitemap, or a page that links feeds. It
// gives the feeds followed. Outlet may be empty: the feed's title stands for it.
func (d *Desk) Follow(ctx context.Context, address, outlet string) ([]isnad.Feed, error) {
	address, err := fetch.Canonical(address)
	if err != nil {
		return nil, err
	}
	parsed, _, err := d.read(ctx, isnad.Feed{URL: address})
	if err != nil {
		return nil, err
	}
	addresses := []string{address}
	if parsed.Kind == feed.Page {
		if addresses = parsed.More; len(addresses) == 0 {
			return nil, fmt.Errorf("%s: %w", address, ErrNoFeed)
		}
	}
	var followed []isnad.Feed
	for _, u := range addresses {
		f, err := d.known(ctx, u)
		if err != nil {
			return followed, err
		}
		f.Outlet, f.Title, f.Due = cmp.Or(outlet, f.Outlet, parsed.Title), cmp.Or(f.Title, parsed.Title), d.now()
		if err := d.Library.Follow(ctx, f); err != nil {
			return followed, err
		}
		followed = append(followed, f)
	}
	return followed, nil
}

// known gives what is known of a feed, or a new one.
func (d *Desk) known(ctx context.Context, address string) (isnad.Feed, error) {
	all, err := d.Library.Feeds(ctx)
	for _, f := range all {
		if f.URL == address {
			return f, err
		}
	}
	return isnad.Feed{URL: address, Added: d.now()}, err
}

// look visits a feed, puts the pages that it lists on the list, and gives the feed as it is then. Only an error of the
// library is given back.
func (d *Desk) look(ctx context.Context, f isnad.Feed, v *Visits) (isnad.Feed, error) {
	parsed, r, err := d.read(ctx, f)
	if ctx.Err() != nil {
		return f, ctx.Err()
	}
	d.count(func() { v.Feeds++ })
	f.Checked = d.now()
	if err != nil {
		d.count(func() { v.Failed++ })
		f.Failures++
		f.Trouble, f.Due = err.Error(), d.later(err, f.Failures)
		d.log.Warn("feed", "url", f.URL, "failures", f.Failures, "error", err)
		return f, d.Library.Follow(ctx, f)
	}
	f.Failures, f.Trouble = 0, ""
	fresh := 0
	if !r.NotModified {
		f.ETag, f.LastModified, f.Title = r.ETag, r.LastModified, cmp.Or(f.Title, parsed.Title)
		if fresh, err = d.list(ctx, f, parsed); err != nil {
			return f, err
		}
	}
	if fresh > 0 {
		f.Fresh = d.now()
	}
	d.count(func() { v.Fresh += fresh })
	f.Due = d.now().Add(rhythm(f, d.now()))
	return f, d.Library.Follow(ctx, f)
}

// rhythm says after what time a feed is looked at again: a quarter of the time for which
// nothing new came, within bounds, where nobody says.
func rhythm(f isnad.Feed, now time.Time) time.Duration {
	if f.Every > 0 {
		return f.Every
	}
	since := f.Fresh
	if since.IsZero() {
		since = f.Added
	}
	return min(max(now.Sub(since)/4, often), seldom)
}

// read fetches and parses a feed, and of an index its first sitemaps.
func (d *Desk) read(ctx context.Context, f isnad.Feed) (feed.Feed, *fetch.Response, error) {
	r, err := d.fetcher.Get(ctx, fetch.Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified})
	if err != nil || r.NotModified {
		return feed.Feed{}, r, err
	}
	parsed, err := feed.Parse(r.Body, r.Header.Get("Content-Type"), r.URL)
	if err != nil {
		return parsed, r, fmt.Errorf("%s: %w", f.URL, err)
	}
	if parsed.Kind != feed.Index {
		return parsed, r, nil
	}
	for _, u := range parsed.More[:min(len(parsed.More), sitemaps)] {
		part, err := d.fetcher.Get(ctx, fetch.Request{URL: u})
		if err != nil {
			return parsed, r, err
		}
		more, err := feed.Parse(part.Body, part.Header.Get("Content-Type"), part.URL)
		if err != nil {
			return parsed, r, fmt.Errorf("%s: %w", u, err)
		}
		parsed.Items = append(parsed.Items, more.Items...)
	}
	return parsed, r, nil
}

// latest is how many of a feed's articles are taken at a visit: an archive of fifty
// thousand addresses is no news.
const latest = 1000

// list puts the pages of a feed on the list of those to fetch.
func (d *Desk) list(ctx context.Context, f isnad.Feed, parsed feed.Feed) (int, error) {
	if len(parsed.Items) > latest {
		slices.SortStableFunc(parsed.Items, func(a, b feed.Item) int {
			return strings.Compare(cmp.Or(b.Published, b.Updated), cmp.Or(a.Published, a.Updated))
		})
		parsed.Items = parsed.Items[:latest]
	}
	var pages []isnad.Page
	for _, item := range parsed.Items {
		u, err := fetch.Canonical(item.URL)
		if err != nil {
			continue // no address, no page
		}
		p := isnad.Page{URL: u, Feed: f.URL, Title: item.Title, Published: item.Published, Due: d.now()}
		if parsed.Kind != feed.Sitemap && parsed.Kind != feed.Index { // where it is only when the page was last touched
			p.Published = cmp.Or(p.Published, item.Updated)
		}
		pages = append(pages, p)
	}
	return d.Library.Want(ctx, pages)
}

// later says when to try again after a failure: ever later, and never before the time
// that the host named.
func (d *Desk) later(err error, failures int) time.Time {
	at := d.now().Add(d.fetcher.Backoff(failures))
	var e *fetch.Error
	if errors.As(err, &e) && e.Retry.After(at) {
		return e.Retry
	}
	return at
}

// FollowAll begins to follow the feeds of a list without visiting them first, and says
// how many are new.
func (d *Desk) FollowAll(ctx context.Context, list opml.List) (int, error) {
	all, err := d.Library.Feeds(ctx)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, f := range all {
		known[f.URL] = true
	}
	n := 0
	for _, f := range list.Feeds {
		address, err := fetch.Canonical(f.URL)
		if err != nil || known[address] {
			continue
		}
		known[address] = true
		if err := d.Library.Follow(ctx, isnad.Feed{URL: address, Title: f.Title, Outlet: f.Title, Folder: strings.Join(f.Folder, "/"), Added: d.now(), Due: d.now()}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
