// Package fetch brings pages in from other people's sites: the only package that opens
// a connection to one. It knows what a polite and careful visitor does: it says who it
// is, asks robots.txt first, keeps requests to one host apart, goes away when told to,
// asks only for what changed, follows few redirects and only to the public internet, and
// ends whatever does not end by itself. It does not know what a page says, when it should
// be visited, or where it is kept. Every situation and its outcome is in docs/fetch.md.
package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Options shape a Fetcher; the zero value is the defaults.
type Options struct {
	Agent              string           // User-Agent; its first word is the name robots.txt knows us by
	Allow              []netip.Prefix   // addresses that may be visited though they are not public
	PerHostDelay       time.Duration    // between the starts of two requests to a host; 1 s, negative: none
	PerHostConcurrency int              // requests to a host at once; 1
	Timeout            time.Duration    // from connecting to the last byte, for each redirect anew; 60 s
	HeaderTimeout      time.Duration    // until the answer begins; 30 s
	IdleTimeout        time.Duration    // between two pieces of a body; 20 s
	MaxBytes           int64            // of a body as transferred; 16 MiB
	MaxBody            int64            // of a body unpacked; 32 MiB
	MaxRedirects       int              // 5; negative: none
	Gate               Gate             // whose turn it is among several programs; nil: this one is alone
	Roots              *x509.CertPool   // whose certificates are believed; nil: the system's
	Now                func() time.Time // the clock; time.Now
	Jitter             func() float64   // chance in [0,1) for Backoff; math/rand
}

func (o Options) withDefaults() Options {
	or := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	or(&o.PerHostDelay, time.Second)
	or(&o.Timeout, time.Minute)
	or(&o.HeaderTimeout, 30*time.Second)
	or(&o.IdleTimeout, 20*time.Second)
	if o.Agent == "" {
		o.Agent = "isnad (+https://github.com/isnad-project/isnad)"
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 16 << 20
	}
	if o.MaxBody <= 0 {
		o.MaxBody = 32 << 20
	}
	if o.MaxRedirects == 0 {
		o.MaxRedirects = 5
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	o.PerHostDelay = max(o.PerHostDelay, 0)
	o.PerHostConcurrency = max(o.PerHostConcurrency, 1)
	return o
}

// Fetcher fetches pages. It may be used from many goroutines at once; one Fetcher for a
// program, or the sites see several visitors.
type Fetcher struct {
	o         Options
	product   string // the name robots.txt knows us by
	fence     fence
	queue     *queue
	book      *rulebook
	transport *http.Transport
	dialer    *net.Dialer
}

// New gives a Fetcher.
func New(o Options) *Fetcher {
	o = o.withDefaults()
	f := &Fetcher{
		o:       o,
		product: product(o.Agent),
		fence:   newFence(o.Allow),
		queue:   newQueue(o.Now, o.PerHostConcurrency),
		book:    &rulebook{now: o.Now, pages: map[string]*rulesPage{}},
	}
	f.dialer = &net.Dialer{Timeout: 15 * time.Second, ControlContext: f.fence.control}
	f.transport = &http.Transport{
		DialContext:            f.dial,
		DialTLSContext:         f.dialTLS,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // the wire is kept as it came
		ResponseHeaderTimeout:  o.HeaderTimeout,
		MaxResponseHeaderBytes: maxHead,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    o.PerHostConcurrency,
		IdleConnTimeout:        30 * time.Second,
	}
	return f
}

// Close ends the connections kept open for the next request.
func (f *Fetcher) Close() { f.transport.CloseIdleConnections() }

func (f *Fetcher) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := f.dialer.DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return &tapped{Conn: conn}, nil
}

// dialTLS shakes hands itself, so that what HTTP/1 says can be heard inside of TLS.
func (f *Fetcher) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	raw, err := f.dialer.DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(addr)
	conn := tls.Client(raw, &tls.Config{ServerName: host, RootCAs: f.o.Roots, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12})
	ctx, cancel := context.WithTimeout(ctx, f.dialer.Timeout)
	defer cancel()
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, err
	}
	if conn.ConnectionState().NegotiatedProtocol == "h2" {
		return conn, nil
	}
	return &tapped{Conn: conn}, nil
}

// Request says what to fetch. With what an earlier Response gave as ETag and
// LastModified, the site is asked for the page only if it changed.
type Request struct {
	URL          string
	ETag         string
	LastModified string
	Accept       string // media types; pages and feeds when empty
}

// Hop is a redirect that was followed.
type Hop struct {
	URL    string // that answered with the redirect
	Status int
}

// Response is what a site answered.
type Response struct {
	Asked        string // the address asked for
	URL          string // the address that answered, after redirects
	Redirects    []Hop
	Status       int
	Proto        string // "HTTP/1.1", "HTTP/2.0"
	Header       http.Header
	RequestHead  []byte // the last request as sent; over HTTP/2 written in the form of HTTP/1
	Head         []byte // status line and header as they came, with the blank line; as above
	Wire         []byte // the body as transferred: content encodings on, chunks joined
	Body         []byte // the body without content encodings
	Fetched      time.Time
	IP           netip.Addr
	NotModified  bool // the page is as it was at the ETag and LastModified asked with
	ETag         string
	LastModified string
}

// Get fetches a page. It waits for its turn at the host as long as ctx lasts.
//
// The error is an *Error. With an error of a status (Gone, Refused, Busy, Server) the
// response may be given too: it is evidence that the page was answered so.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := parse(r.URL)
	if err != nil {
		return nil, err
	}
	if r.Accept == "" {
		r.Accept = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
	}
	res, err := f.follow(ctx, u, r, limits{wire: f.o.MaxBytes, body: f.o.MaxBody}, true)
	if res != nil {
		res.Asked = r.URL
	}
	return res, err
}

// follow asks for an address and those it is sent on to. Without obey the rules of
// robots.txt are not asked for: they are what is being fetched. A cookie set on the way
// is given back to its site on the same way and then forgotten: some sites send every
// visitor once around to see it come back.
func (f *Fetcher) follow(ctx context.Context, u *url.URL, r Request, l limits, obey bool) (*Response, error) {
	var hops []Hop
	seen := map[string]bool{}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, err
	}
	for {
		seen[place(u, jar)] = true
		res, err := f.visit(ctx, u, r, l, jar, obey)
		if res == nil {
			return nil, err
		}
		res.Redirects = hops
		location := res.Header.Get("Location")
		if !redirects(res.Status) || location == "" {
			return res, err
		}
		next, err := resolve(u, location)
		if err != nil {
			return nil, err
		}
		hops = append(hops, Hop{URL: u.String(), Status: res.Status})
		if seen[place(next, jar)] {
			return nil, &Error{Kind: Redirects, URL: u.String(), Err: fmt.Errorf("a loop of %d back to %s", len(hops), next)}
		}
		if len(hops) > f.o.MaxRedirects {
			return nil, &Error{Kind: Redirects, URL: u.String(), Err: fmt.Errorf("more than %d", max(f.o.MaxRedirects, 0))}
		}
		u = next
	}
}

// place is where one stands on the way: at the same place again is a loop.
func place(u *url.URL, jar http.CookieJar) string {
	at := u.String()
	for _, c := range jar.Cookies(u) {
		at += "\n" + c.Name + "=" + c.Value
	}
	return at
}

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
