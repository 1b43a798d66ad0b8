package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/isnad-project/isnad"
)

// Errand is a visit to be made, by whoever takes it.
type Errand struct {
	URL  string `json:"url"`
	Feed bool   `json:"feed,omitempty"` // of a feed; else of a page
}

// Rest is how long a host is left alone between two visits at least.
func (d *Desk) Rest() time.Duration { return d.rest }

// Errands gives the visits that are due now: all feeds, and pages up to a limit, the
// longest due first.
func (d *Desk) Errands(ctx context.Context, pages int) ([]Errand, error) {
	var all []Errand
	feeds, err := d.Library.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	now := d.now()
	for _, f := range feeds {
		if !f.Due.After(now) {
			all = append(all, Errand{f.URL, true})
		}
	}
	wanted, err := d.Library.Wanted(ctx, now, pages)
	for _, p := range wanted {
		all = append(all, Errand{URL: p.URL})
	}
	return all, err
}

// Run makes a visit, unless it is not due any more. Only an error of the library or the
// evidence is given back: then the visit is due still.
func (d *Desk) Run(ctx context.Context, e Errand, v *Visits) error {
	if e.Feed {
		return d.runFeed(ctx, e.URL, v)
	}
	p, err := d.Library.Page(ctx, e.URL)
	if errors.Is(err, isnad.ErrNotFound) {
		return nil
	}
	if err != nil || p.Due.IsZero() || p.Due.After(d.now()) {
		return err
	}
	outlet, err := d.outlets.of(ctx, d.Library, p.Feed)
	if err != nil {
		return err
	}
	return d.fetch(ctx, p, outlet, v)
}

func (d *Desk) runFeed(ctx context.Context, url string, v *Visits) error {
	feeds, err := d.Library.Feeds(ctx)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		if f.URL == url && !f.Due.After(d.now()) {
			_, err := d.look(ctx, f, v)
			return err
		}
	}
	return nil // followed no more, or visited meanwhile
}

// outlets remembers which outlet a feed is of, for a while.
type outlets struct {
	mu    sync.Mutex
	at    time.Time
	names map[string]string
}

func (o *outlets) of(ctx context.Context, l isnad.Library, feed string) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if time.Since(o.at) < listing {
		return o.names[feed], nil
	}
	feeds, err := l.Feeds(ctx)
	if err != nil {
		return "", err
	}
	o.at, o.names = time.Now(), make(map[string]string, len(feeds))
	for _, f := range feeds {
		o.names[f.URL] = f.Outlet
	}
	return o.names[feed], nil
}
