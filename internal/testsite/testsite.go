// Package testsite plays news outlets on the machine itself: each outlet is a host of
// its own (a port of 127.0.0.1) with a front page, articles, feeds in three forms, a
// news sitemap and a robots.txt; Trouble is the outlet where everything goes wrong. It
// serves the tests of the project and the sample newsroom. It knows how sites behave,
// not what is made of them, and holds no words of its own: they come with the pages.
package testsite

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Page is an article as its outlet publishes it.
type Page struct {
	Slug      string // the last part of its path; may be Arabic
	Title     string
	Body      string // paragraphs parted by a blank line
	Summary   string
	Section   string
	Byline    string
	Agency    string
	Published time.Time // zero: the page does not say
	Modified  time.Time // zero: never
}

// Outlet is what a host publishes.
type Outlet struct {
	Key      string // how the test calls it
	Name     string // how it calls itself
	Pages    []Page // the newest first
	Robots   string // its robots.txt; there is none when empty
	Undated  bool   // its feeds carry no dates
	Handlers map[string]http.HandlerFunc
}

// Site is a number of outlets that are running.
type Site struct {
	hosts []*Host
}

// New starts the outlets; Close ends them.
func New(outlets ...Outlet) (*Site, error) {
	s := &Site{}
	for _, o := range outlets {
		h, err := start(o)
		if err != nil {
			s.Close()
			return nil, fmt.Errorf("outlet %s: %w", o.Key, err)
		}
		s.hosts = append(s.hosts, h)
	}
	return s, nil
}

// Close ends all outlets, even in the middle of an answer.
func (s *Site) Close() {
	for _, h := range s.hosts {
		h.close()
	}
}

// Hosts gives the running outlets in the order they were given.
func (s *Site) Hosts() []*Host { return slices.Clone(s.hosts) }

// Host gives the outlet with that key, or nil.
func (s *Site) Host(key string) *Host {
	for _, h := range s.hosts {
		if h.outlet.Key == key {
			return h
		}
	}
	return nil
}

// Visit is a request that an outlet got.
type Visit struct {
	At     time.Time
	Path   string // decoded, with the query
	Header http.Header
}

// Host is a running outlet. Its methods may be called while it is being visited.
type Host struct {
	server *httptest.Server
	quit   chan struct{}

	mu     sync.Mutex
	outlet Outlet
	gone   map[string]int // slug → status of what was deleted
	visits []Visit

	failing    int // the status of an outage
	failHeader http.Header
}

func start(o Outlet) (*Host, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	o.Pages = slices.Clone(o.Pages)
	h := &Host{outlet: o, gone: map[string]int{}, quit: make(chan struct{})}
	h.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: h}}
	h.server.Start()
	return h, nil
}

func (h *Host) close() {
	close(h.quit)
	h.server.CloseClientConnections()
	h.server.Close()
}

// Key gives the outlet's key, Name how it calls itself.
func (h *Host) Key() string { return h.outlet.Key }

// Name gives how the outlet calls itself.
func (h *Host) Name() string { return h.outlet.Name }

// URL gives the address of a path ("/feed.xml") at this outlet.
func (h *Host) URL(path string) string { return h.server.URL + path }

// Page gives the address of an article, percent-encoded.
func (h *Host) Page(slug string) string { return h.URL(articles + url.PathEscape(slug)) }

// Pages gives what is published now, the newest first.
func (h *Host) Pages() []Page {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.outlet.Pages)
}

// Put publishes a page: in place of the one with its slug, or as the newest.
func (h *Host) Put(p Page) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.gone, p.Slug)
	i := slices.IndexFunc(h.outlet.Pages, func(q Page) bool { return q.Slug == p.Slug })
	if i < 0 {
		h.outlet.Pages = slices.Insert(h.outlet.Pages, 0, p)
		return
	}
	h.outlet.Pages[i] = p
}

// Delete takes a page away; its address answers with status, 404 or 410, from now on.
func (h *Host) Delete(slug string, status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.outlet.Pages = slices.DeleteFunc(h.outlet.Pages, func(p Page) bool { return p.Slug == slug })
	h.gone[slug] = status
}

// Fail lets every request to the outlet end with a status and header from now on, as in
// an outage; status 0 ends it.
func (h *Host) Fail(status int, header http.Header) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failing, h.failHeader = status, header.Clone()
}

// Visits gives the requests so far.
func (h *Host) Visits() []Visit {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.visits)
}

// VisitsOf counts the requests so far for a path.
func (h *Host) VisitsOf(path string) int {
	n := 0
	for _, v := range h.Visits() {
		if v.Path == path {
			n++
		}
	}
	return n
}

// ServeHTTP answers as the outlet.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	h.mu.Lock()
	h.visits = append(h.visits, Visit{At: time.Now(), Path: path, Header: r.Header.Clone()})
	o := h.outlet
	o.Pages = slices.Clone(o.Pages)
	gone := h.gone[strings.TrimPrefix(r.URL.Path, articles)]
	failing, header := h.failing, h.failHeader
	h.mu.Unlock()

	if failing != 0 {
		for name, values := range header {
			w.Header()[name] = values
		}
		http.Error(w, http.StatusText(failing), failing)
		return
	}
	if own := o.Handlers[r.URL.Path]; own != nil {
		own(w, h.untilClosed(r))
		return
	}
	if gone != 0 {
		http.Error(w, http.StatusText(gone), gone)
		return
	}
	o.serve(w, r, h.server.URL)
}

// OPML lists the feeds of all outlets, as a reader of feeds exports them.
func (s *Site) OPML() string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"><head><title>testsite</title></head><body>\n")
	for _, h := range s.hosts {
		fmt.Fprintf(&b, "<outline type=\"rss\" text=\"%s\" title=\"%s\" xmlUrl=\"%s\" htmlUrl=\"%s\"/>\n", escapeXML(h.Name()), escapeXML(h.Name()), h.URL("/feed.xml"), h.URL("/"))
	}
	b.WriteString("</body></opml>\n")
	return b.String()
}
