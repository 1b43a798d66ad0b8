package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/newsroom"
)

// morning is the day after the sample newsroom's last article.
var morning = time.Date(2024, 5, 9, 6, 0, 0, 0, time.UTC)

// room is the sample newsroom in a library, with the API over it.
type room struct {
	lib isnad.Library
	api http.Handler
}

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
	return &room{d.Library, serve(t, d.Library, api.Options{Original: d.Bytes, Now: func() time.Time { return morning }})}
}

func serve(t testing.TB, lib isnad.Library, o api.Options) http.Handler {
	t.Helper()
	h, err := api.New(lib, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask makes a request and wants a status.
func ask(t testing.TB, h http.Handler, method, path, body string, header map[string]string, status int) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != status {
		t.Fatalf("%s %s: status %d, want %d\n%.600s", method, path, w.Code, status, w.Body.String())
	}
	if status >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%s %s: an error of type %q", method, path, w.Header().Get("Content-Type"))
	}
	return w
}

func get(t testing.TB, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, h, "GET", path, "", nil, http.StatusOK)
}

// page is a list as it is given.
type page struct {
	Items []map[string]any `json:"items"`
	Next  string           `json:"next"`
	Total int              `json:"total"`
}

func list(t *testing.T, h http.Handler, path string) page {
	t.Helper()
	var p page
	decode(t, get(t, h, path).Body.Bytes(), &p)
	if p.Items == nil {
		t.Fatalf("%s: items is null", path)
	}
	return p
}

func decode(t *testing.T, b []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%v\n%.300s", err, b)
	}
}

// quake is the story on which outlets disagree the most.
func (r *room) quake(t *testing.T) isnad.Story {
	t.Helper()
	told, err := r.lib.Stories(t.Context(), isnad.Query{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	var quake isnad.Story
	for _, s := range told.Stories {
		if len(s.Disagreements) > len(quake.Disagreements) {
			quake = s
		}
	}
	if quake.ID == "" {
		t.Fatal("no story has a disagreement")
	}
	return quake
}

func (r *room) article(t *testing.T, id string) isnad.Holding {
	t.Helper()
	h, err := r.lib.Article(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func seg(id string) string { return url.PathEscape(id) }
