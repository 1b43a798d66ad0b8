package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"
)

// How long the rules of a site are believed, how long it is left alone when they cannot
// be had, how long old rules are believed then, and the memory all sites' rules may take.
const (
	rulesLast   = 24 * time.Hour
	noRulesLast = 10 * time.Minute
	staleLast   = 7 * 24 * time.Hour
	rulesMemory = 32 << 20 // bytes
)

// rulebook keeps what the robots.txt of each origin said.
type rulebook struct {
	now func() time.Time

	mu    sync.Mutex
	pages map[string]*rulesPage
	size  int
}

// rulesPage is the rules of one origin. It is written before ready is closed, by the
// one who opened it, and only read after.
type rulesPage struct {
	ready chan struct{}
	rules robots
	err   *Error    // why there are none
	read  time.Time // when the rules were read
	until time.Time // when to ask again
	void  bool      // the one who asked gave up
}

// open gives the page of an origin; mine says that the caller must fill and close it,
// and old is what was known before.
func (b *rulebook) open(origin string) (p *rulesPage, old *rulesPage, mine bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p = b.pages[origin]
	if p == nil {
		return b.replace(origin, nil), nil, true
	}
	select {
	case <-p.ready:
	default:
		return p, nil, false
	}
	if b.now().Before(p.until) {
		return p, nil, false
	}
	return b.replace(origin, p), p, true
}

func (b *rulebook) replace(origin string, old *rulesPage) *rulesPage {
	if old != nil {
		b.size -= old.rules.size()
	}
	p := &rulesPage{ready: make(chan struct{})}
	b.pages[origin] = p
	return p
}

// closePage shows a filled page to those who wait, and makes room when there is need.
func (b *rulebook) closePage(origin string, p *rulesPage) {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(p.ready)
	if p.void {
		delete(b.pages, origin)
		return
	}
	b.size += p.rules.size()
	for name, other := range b.pages {
		if b.size <= rulesMemory {
			return
		}
		if done(other) && other != p {
			b.size -= other.rules.size()
			delete(b.pages, name)
		}
	}
}

func done(p *rulesPage) bool {
	select {
	case <-p.ready:
		return true
	default:
		return false
	}
}

// rules gives what the site of u says to us. Whoever comes first asks the site; the
// others wait for that answer.
func (f *Fetcher) rules(ctx context.Context, u *url.URL) (*robots, error) {
	origin := u.Scheme + "://" + u.Host
	for {
		p, old, mine := f.book.open(origin)
		if mine {
			f.fill(ctx, p, old, u)
			f.book.closePage(origin, p)
		}
		select {
		case <-p.ready:
		case <-ctx.Done():
			return nil, f.failure(ctx, u, ctx.Err())
		}
		if p.void {
			if ctx.Err() != nil {
				return nil, f.failure(ctx, u, ctx.Err())
			}
			continue
		}
		if p.err != nil {
			err := *p.err
			err.URL = u.String()
			return nil, &err
		}
		return &p.rules, nil
	}
}

// fill asks a site for its robots.txt and writes down what follows from the answer
// (RFC 9309, 2.3.1): a file gives rules, no file allows all, a site in trouble nothing.
func (f *Fetcher) fill(ctx context.Context, p, old *rulesPage, u *url.URL) {
	now := f.o.Now()
	p.read, p.until = now, now.Add(rulesLast)
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	limits := limits{wire: maxRobots, body: maxRobots, cut: true}
	res, err := f.follow(ctx, at, Request{Accept: "text/plain,*/*;q=0.1"}, limits, false)
	if err == nil {
		p.rules = parseRobots(res.Body, f.product)
		return
	}
	var why *Error
	if !errors.As(err, &why) {
		why = &Error{Kind: Network, Err: err}
	}
	switch why.Kind {
	case Stopped:
		p.void = true
		return
	case Gone, Refused, Redirects:
		return // no rules: all is allowed
	case Private:
		p.err, p.until = why, now // nothing was asked, nothing is learnt
		return
	}
	p.until = now.Add(noRulesLast)
	if why.Retry.After(p.until) {
		p.until = why.Retry
	}
	if old != nil && old.err == nil && now.Sub(old.read) < staleLast {
		p.rules, p.read = old.rules, old.read
		return
	}
	p.err = noRules(why, p.until)
}

// noRules says why a page cannot be fetched for want of rules. A site that is busy or
// cannot be reached is that; an answer that is no file of rules is NoRules.
func noRules(why *Error, until time.Time) *Error {
	e := &Error{Kind: NoRules, Retry: until, Err: fmt.Errorf("robots.txt: %s", why.what())}
	switch why.Kind {
	case Busy, Timeout, Network:
		e.Kind = why.Kind
	}
	if why.Err != nil {
		e.Err = fmt.Errorf("robots.txt: %w", why.Err)
	}
	return e
}

// Sitemaps gives the addresses of sitemaps that the robots.txt of a page's site lists.
func (f *Fetcher) Sitemaps(ctx context.Context, page string) ([]string, error) {
	u, err := parse(page)
	if err != nil {
		return nil, err
	}
	said, err := f.rules(ctx, u)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, s := range said.sitemaps {
		if at, err := resolve(u, s); err == nil {
			list = append(list, at.String())
		}
	}
	return list, nil
}
