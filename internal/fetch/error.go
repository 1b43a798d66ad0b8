package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Kind names why a fetch gave no page; docs/fetch.md has the table of them.
type Kind string

// The kinds of failure. Temporary of an Error says which are worth another try.
const (
	BadURL     Kind = "bad url"    // no address, or one of another scheme than http and https
	Disallowed Kind = "disallowed" // the site's robots.txt forbids it
	NoRules    Kind = "no rules"   // robots.txt cannot be had, so nothing may be fetched yet
	Private    Kind = "private"    // the address is not public and not allowed
	Redirects  Kind = "redirects"  // a loop, or more hops than allowed
	Gone       Kind = "gone"       // 404 and 410
	Refused    Kind = "refused"    // any other status that is no page: 401, 403, 3xx without an address …
	Busy       Kind = "busy"       // 429 or 503, or the host asked for quiet before
	Server     Kind = "server"     // any other 5xx
	Timeout    Kind = "timeout"    // no answer, or a body that does not come to its end
	TooLarge   Kind = "too large"  // more bytes than MaxBytes or MaxBody
	Bomb       Kind = "bomb"       // a small body that unpacks to a huge one
	Truncated  Kind = "truncated"  // the body ended before its declared end
	Undecoded  Kind = "undecoded"  // a content encoding that is unknown or damaged
	Network    Kind = "network"    // no such host, refused, reset, a bad certificate
	Stopped    Kind = "stopped"    // the caller's context ended
)

// Error tells what happened, where, and what the caller can do next.
type Error struct {
	Kind   Kind
	URL    string    // the address at which it happened: a redirect's, if it was there
	Status int       // 0 when no status came
	Retry  time.Time // not before this moment; zero when the host named none
	Err    error     // the cause, may be nil
}

// Temporary reports whether the same request may succeed later. When it may, wait
// until Retry, or for Backoff when Retry is zero.
func (e *Error) Temporary() bool {
	switch e.Kind {
	case NoRules, Busy, Server, Timeout, Truncated, Network, Stopped:
		return true
	}
	return e.Status == http.StatusRequestTimeout || e.Status == http.StatusTooEarly
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Error says what, where, and what to do, in one line.
func (e *Error) Error() string {
	var b strings.Builder
	where := shorten(e.URL)
	if where == "" {
		where = `""`
	}
	fmt.Fprintf(&b, "fetch %s: %s", where, e.what())
	if e.Err != nil {
		fmt.Fprintf(&b, " (%s)", shorten(e.Err.Error()))
	}
	if !e.Retry.IsZero() {
		fmt.Fprintf(&b, "; not before %s", e.Retry.UTC().Format(time.RFC3339))
	} else if advice := e.advice(); advice != "" {
		b.WriteString("; " + advice)
	}
	return b.String()
}

func (e *Error) what() string {
	if e.Status != 0 && e.Kind != Undecoded {
		return strings.TrimSpace(fmt.Sprintf("%s: the site answered %d %s", e.Kind, e.Status, http.StatusText(e.Status)))
	}
	return string(e.Kind)
}

func (e *Error) advice() string {
	switch e.Kind {
	case BadURL:
		return "give an http or https address"
	case Disallowed:
		return "the site does not want it fetched: leave it"
	case Private:
		return "allow the address range if it is yours"
	case Redirects, Refused:
		return "look at the page in a browser and correct the address"
	case Gone:
		return "the page is deleted or moved: keep what was kept of it"
	case TooLarge, Bomb:
		return "no article is that large; raise the limit if this one is"
	case Undecoded:
		return "nothing can be read of it: tell the site's makers"
	case Stopped:
		return ""
	}
	return "try again later"
}

// shorten keeps a message readable whatever a site put into it.
func shorten(s string) string {
	const limit = 300
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

// KindOf gives the kind of err, or "" when err is not of this package.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
