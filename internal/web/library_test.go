package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/newsroom"
)

// morning is the day after the sample newsroom's last article.
var morning = time.Date(2024, 5, 9, 6, 0, 0, 0, time.UTC)

// room is the sample newsroom, poured into a library, with its pages.
type room struct {
	desk  *desk.Desk
	lib   isnad.Library
	pages http.Handler
}

// open fills a library from the sample newsroom.
func open(t *testing.T) *room {
	t.Helper()
	site, err := newsroom.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	d, err := desk.Open(t.Context(), t.TempDir(), desk.Options{Fetch: fetch.Options{Allow: fetch.Loopback(), PerHostDelay: -1, PerHostConcurrency: 4, IdleTimeout: time.Second, Timeout: 20 * time.Second}, Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for _, h := range site.Hosts() {
		if _, err := d.Follow(t.Context(), h.URL("/"), h.Name()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := &room{desk: d, lib: d.Library}
	r.pages = pages(t, d.Library, Options{Desk: d, Original: d.Bytes, Now: func() time.Time { return morning }})
	return r
}

func pages(t *testing.T, lib isnad.Library, o Options) http.Handler {
	t.Helper()
	o.Hosts = append(o.Hosts, "example.com") // what httptest calls itself
	h, err := New(lib, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks for a page and wants a status.
func get(t *testing.T, h http.Handler, path string, status int) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	if w.Code != status {
		t.Fatalf("GET %s: status %d, want %d\n%s", path, w.Code, status, words(w.Body.String()))
	}
	return w
}

// post sends a form.
func post(t *testing.T, h http.Handler, path string, form url.Values, status int) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != status {
		t.Fatalf("POST %s: status %d, want %d\n%s", path, w.Code, status, words(w.Body.String()))
	}
	return w
}

// parse reads a page.
func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// find gives the elements of a name that have a class; both may be empty.
func find(n *html.Node, name, class string) []*html.Node {
	var out []*html.Node
	for x := range n.Descendants() {
		if x.Type != html.ElementNode || name != "" && x.Data != name {
			continue
		}
		if class == "" || strings.Contains(" "+attr(x, "class")+" ", " "+class+" ") {
			out = append(out, x)
		}
	}
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text gives the words of an element.
func text(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

// words gives the words of a page, for messages of tests.
func words(page string) string {
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return page
	}
	s := strings.Join(strings.Fields(text(n)), " ")
	return s[:min(len(s), 600)]
}

// addresses gives one address of every kind of page, without the language.
func (r *room) addresses(t *testing.T) map[string]string {
	t.Helper()
	told, err := r.lib.Stories(t.Context(), isnad.Query{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	var quake isnad.Story
	for _, s := range told.Stories {
		if len(s.Disagreements) > 0 && len(s.Articles) > len(quake.Articles) {
			quake = s
		}
	}
	if quake.ID == "" {
		t.Fatal("no story has a disagreement")
	}
	things, err := r.lib.Find(t.Context(), nil, isnad.Person, 5)
	if err != nil || len(things) == 0 {
		t.Fatalf("%d things, %v", len(things), err)
	}
	r.saved(t)
	return map[string]string{
		"hooks": "/hooks?q=" + url.QueryEscape("زلزال"), "today": "/", "today-week": "/?days=7", "story": "/story/" + segment(quake.ID), "article": "/article/" + segment(quake.Articles[0]),
		"entity": "/entity/" + segment(things[0].ID), "entities": "/entities", "statements": "/statements", "commitments": "/commitments",
		"disagreements": "/disagreements", "search": "/search?q=" + url.QueryEscape("زلزال"), "search-empty": "/search", "sources": "/sources", "quality": "/quality",
		"original": "/original/" + segment(quake.Articles[0]), "original-page": "/original/" + segment(quake.Articles[0]) + "?as=page",
	}
}
