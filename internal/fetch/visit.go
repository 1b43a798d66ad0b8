package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"time"
)

// visit asks for one address, at its host's turn and if its site allows it.
func (f *Fetcher) visit(ctx context.Context, u *url.URL, r Request, l limits, jar http.CookieJar, obey bool) (*Response, error) {
	delay := f.o.PerHostDelay
	if obey {
		said, err := f.rules(ctx, u)
		if err != nil {
			return nil, err
		}
		if !said.allows(pathOf(u)) {
			return nil, &Error{Kind: Disallowed, URL: u.String(), Err: fmt.Errorf("by %s://%s/robots.txt for %s", u.Scheme, u.Host, f.product)}
		}
		delay = max(delay, said.delay)
	}
	leave, err := f.turn(ctx, u.Host, delay)
	if err != nil {
		return nil, f.failure(ctx, u, err)
	}
	defer leave()
	return f.exchange(ctx, u, r, l, jar)
}

// pathOf gives what robots.txt speaks of: path and query.
func pathOf(u *url.URL) string {
	if u.RawQuery == "" {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + u.RawQuery
}

// exchange is one request and its answer. A redirect's body is not read.
func (f *Fetcher) exchange(ctx context.Context, u *url.URL, r Request, l limits, jar http.CookieJar) (*Response, error) {
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	whole := time.AfterFunc(f.o.Timeout, func() { cancel(errSlow) })
	defer whole.Stop()
	heard := &capture{}

	req := f.request(httptrace.WithClientTrace(inner, heard.trace()), u, r)
	for _, c := range jar.Cookies(u) {
		req.AddCookie(c)
	}
	res, err := f.transport.RoundTrip(req)
	if err != nil {
		return nil, f.failure(ctx, u, because(inner, err))
	}
	jar.SetCookies(u, res.Cookies())
	defer func() { _ = res.Body.Close() }()
	out := f.response(u, res, heard)
	if redirects(res.StatusCode) && res.Header.Get("Location") != "" {
		_, _ = io.CopyN(io.Discard, res.Body, 4<<10) // a short one leaves the connection usable
		return out, nil
	}
	idle := time.AfterFunc(f.o.IdleTimeout, func() { cancel(errIdle) })
	defer idle.Stop()
	if out.Wire, err = readWire(res, l, idle, f.o.IdleTimeout); err == nil {
		out.Body, err = unpack(out.Wire, res.Header, l)
	}
	wrong := f.judge(u, r, out)
	switch {
	case wrong != nil && err != nil:
		return nil, wrong // the status says more than a fault of its body
	case err != nil:
		return nil, f.failure(ctx, u, because(inner, err))
	}
	return out, wrong
}

func (f *Fetcher) request(ctx context.Context, u *url.URL, r Request) *http.Request {
	h := http.Header{}
	h.Set("User-Agent", f.o.Agent)
	h.Set("Accept", r.Accept)
	h.Set("Accept-Encoding", "gzip, deflate, br")
	h.Set("Accept-Language", "ar,*;q=0.5")
	if r.ETag != "" {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		h.Set("If-Modified-Since", r.LastModified)
	}
	return (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: h, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}).WithContext(ctx)
}

func (f *Fetcher) response(u *url.URL, res *http.Response, heard *capture) *Response {
	out := &Response{
		Asked: u.String(), URL: u.String(), Status: res.StatusCode, Proto: res.Proto, Header: res.Header,
		Fetched: f.o.Now(), NotModified: res.StatusCode == http.StatusNotModified,
		ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified"),
	}
	out.RequestHead, out.Head = heard.heads(res)
	heard.mu.Lock()
	defer heard.mu.Unlock()
	if at, err := netip.ParseAddrPort(fmt.Sprint(heard.peer)); err == nil {
		out.IP = at.Addr().Unmap()
	}
	return out
}

// judge gives the error a status means, or nil for a page and for what was asked for
// with a condition and did not change. A host that names a time is left alone until then.
func (f *Fetcher) judge(u *url.URL, r Request, res *Response) error {
	if res.Status/100 == 2 && res.Status != http.StatusPartialContent || res.NotModified && (r.ETag != "" || r.LastModified != "") {
		return nil
	}
	e := &Error{Kind: Refused, URL: u.String(), Status: res.Status}
	switch {
	case res.Status == http.StatusNotFound || res.Status == http.StatusGone:
		e.Kind = Gone
	case res.Status == http.StatusTooManyRequests || res.Status == http.StatusServiceUnavailable:
		e.Kind = Busy
		if at, ok := RetryAfter(res.Header.Get("Retry-After"), f.o.Now()); ok {
			e.Retry = at
			f.queue.hush(u.Host, at)
		}
	case res.Status >= 500:
		e.Kind = Server
	}
	return e
}

// because gives the reason why an exchange was ended, where there is one: what the
// transport says of it is that its context was canceled.
func because(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// failure says what an error of the connection or the body means.
func (f *Fetcher) failure(ctx context.Context, u *url.URL, err error) error {
	e := &Error{Kind: Network, URL: u.String(), Err: err}
	var private privateError
	var quiet quietError
	var timeout net.Error
	switch {
	case ctx.Err() != nil:
		e.Kind, e.Err = Stopped, context.Cause(ctx)
	case errors.As(err, &private):
		e.Kind, e.Err = Private, private
	case errors.As(err, &quiet):
		e.Kind, e.Err, e.Retry = Busy, quiet, quiet.until
	case errors.Is(err, errSlow), errors.Is(err, errIdle):
		e.Kind = Timeout
	case errors.Is(err, errLarge):
		e.Kind = TooLarge
	case errors.Is(err, errBomb):
		e.Kind = Bomb
	case errors.Is(err, errTruncated):
		e.Kind = Truncated
	case errors.Is(err, errEncoding):
		e.Kind = Undecoded
	case errors.As(err, &timeout) && timeout.Timeout():
		e.Kind = Timeout
	case errors.Is(err, io.EOF):
		e.Err = errors.New("the site hung up without an answer")
	}
	return e
}
