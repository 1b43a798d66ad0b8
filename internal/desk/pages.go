package desk

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/pour"
)

// tries is how often a page is tried that fails, before it is left alone.
const tries = 6

// again says how long after a visit a page is visited again, to see whether the article
// was changed or taken away: news is corrected on its first day or not at all.
func again(published, now time.Time) time.Duration {
	switch age := now.Sub(published); {
	case age < 2*time.Hour:
		return time.Hour
	case age < 8*time.Hour:
		return 6 * time.Hour
	case age < 36*time.Hour:
		return 24 * time.Hour
	}
	return 0
}

// fetch visits a page of an outlet and keeps the article that it holds. Only an error of the library
// or the evidence is given back.
func (d *Desk) fetch(ctx context.Context, p isnad.Page, outlet string, v *Visits) error {
	r, err := d.fetcher.Get(ctx, fetch.Request{URL: p.URL, ETag: p.ETag, LastModified: p.LastModified})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.count(func() { v.Pages++ })
	first := p.Visited.IsZero()
	p.Visited = d.now()
	switch {
	case err != nil:
		return d.failed(ctx, p, err, v)
	case r.NotModified:
		p.Failures, p.Trouble = 0, ""
		p.Due = d.next(p)
		return d.Library.Visited(ctx, p)
	}
	p.Failures, p.Trouble, p.ETag, p.LastModified = 0, "", r.ETag, r.LastModified
	c := caught{
		capture: isnad.Capture{
			URL: r.URL, Feed: p.Feed, Fetched: r.Fetched, Status: r.Status, Form: string(pour.HTML), MediaType: r.Header.Get("Content-Type"),
			Digest: evidence.Digest(r.Wire), Outlet: outlet, Title: p.Title, Published: p.Published,
		},
		bytes: r.Wire, head: r.Head, request: r.RequestHead,
	}
	var doubt string
	if c.entry, doubt, err = d.maker.Entry(p.Article, c.capture, r.Body); err != nil {
		p.Trouble, p.Due = err.Error(), time.Time{}
		d.count(func() { v.Failed++ })
		return d.Library.Visited(ctx, p) // no article today; nothing to try again
	}
	changes, err := d.keep(ctx, []caught{c})
	if err != nil {
		return err
	}
	if changes[0] == isnad.Added || changes[0] == isnad.Revised {
		d.count(func() { v.Kept++ })
	}
	a := &c.entry.Record.Article
	p.Article, p.Published = a.ID, cmp.Or(p.Published, a.Published)
	p.Due = d.next(p)
	d.log.Info("page", "url", p.URL, "article", p.Article, "first", first, "change", changes[0], "doubt", doubt)
	return d.Library.Visited(ctx, p)
}

// failed notes a visit that gave no page: one that is gone is not visited again, and its
// article marked; what may pass is tried again a few times.
func (d *Desk) failed(ctx context.Context, p isnad.Page, err error, v *Visits) error {
	d.count(func() { v.Failed++ })
	p.Failures++
	p.Trouble, p.Due = err.Error(), time.Time{}
	var e *fetch.Error
	switch {
	case errors.As(err, &e) && e.Kind == fetch.Busy && e.Status == 0: // the host's wish after another page: nothing was asked
		p.Failures--
		p.Due = e.Retry
	case fetch.KindOf(err) == fetch.Gone && p.Article != "":
		if err := d.Library.Withdraw(ctx, p.Article, d.now()); err != nil && !errors.Is(err, isnad.ErrNotFound) {
			return err
		}
		d.count(func() { v.Gone++ })
	case errors.As(err, &e) && e.Temporary() && p.Failures < tries:
		p.Due = d.later(err, p.Failures)
	}
	d.log.Warn("page", "url", p.URL, "failures", p.Failures, "error", err)
	return d.Library.Visited(ctx, p)
}

// next says when a page is due again; never when it is old.
func (d *Desk) next(p isnad.Page) time.Time {
	published, err := time.Parse(time.RFC3339, p.Published)
	if err != nil {
		if published, err = time.Parse(time.DateOnly, p.Published); err != nil {
			return time.Time{}
		}
	}
	if wait := again(published, d.now()); wait > 0 {
		return d.now().Add(wait)
	}
	return time.Time{}
}

// Visit fetches pages now, keeps the articles that they hold, and joins them.
func (d *Desk) Visit(ctx context.Context, addresses []string, outlet string, tell func(Poured)) error {
	for _, a := range addresses {
		u, err := fetch.Canonical(a)
		if err != nil {
			tell(Poured{Where: a, Err: err})
			continue
		}
		p, err := d.Library.Page(ctx, u)
		switch {
		case errors.Is(err, isnad.ErrNotFound):
			p = isnad.Page{URL: u}
			if _, err := d.Library.Want(ctx, []isnad.Page{p}); err != nil {
				return err
			}
		case err != nil:
			return err
		}
		if err := d.fetch(ctx, p, outlet, &Visits{}); err != nil {
			return err
		}
		if p, err = d.Library.Page(ctx, u); err != nil {
			return err
		}
		told := Poured{Where: a, ID: p.Article}
		if p.Trouble != "" {
			told.Err = errors.New(p.Trouble)
		}
		tell(told)
	}
	return d.Join(ctx)
}
