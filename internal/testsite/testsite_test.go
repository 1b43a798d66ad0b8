package testsite

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// samples starts the sample outlets.
func samples(t *testing.T) *Site {
	t.Helper()
	outlets, err := Samples()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(outlets...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { http.DefaultClient.CloseIdleConnections(); s.Close() })
	return s
}

func get(t *testing.T, url string, header ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body), res.Header
}

// TestOutlet visits every door of an outlet.
func TestOutlet(t *testing.T) {
	h := samples(t).Host("madar")
	for path, wants := range map[string][]string{
		"/":            {"المدار", "انهيار جسر", "/feed.xml"},
		"/feed.xml":    {"<rss", "مخزون القمح", "Mon, 11 Mar 2024 09:20:00 +0300"},
		"/atom.xml":    {"<feed", "2024-03-11T12:05:00+03:00"},
		"/feed.json":   {"jsonfeed", "2024-03-10T17:00:00"},
		"/sitemap.xml": {"news:news", "<lastmod>2024-03-11T12:05:00+03:00"},
		"/robots.txt":  {"Disallow: /أرشيف/"},
	} {
		status, body, _ := get(t, h.URL(path))
		for _, want := range wants {
			if status != 200 || !strings.Contains(body, want) {
				t.Errorf("%s: %d, lacks %q:\n%.600s", path, status, want, body)
			}
		}
		switch {
		case strings.HasSuffix(path, ".xml"):
			if err := wellFormed(body); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		case strings.HasSuffix(path, ".json") && !json.Valid([]byte(body)):
			t.Errorf("%s is no JSON", path)
		}
	}
	if status, _, _ := get(t, h.URL("/nowhere")); status != 404 {
		t.Errorf("a path nobody made: %d", status)
	}
}

func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestLife publishes a page, shows it, changes it and takes it away.
func TestLife(t *testing.T) {
	h := samples(t).Host("madar")
	page := h.Pages()[0]
	status, body, header := get(t, h.Page(page.Slug))
	if status != 200 || !strings.Contains(body, "سلمى الحداد") || !strings.Contains(body, `"datePublished":"2024-03-11T09:20:00+03:00"`) {
		t.Fatalf("%d %s", status, body)
	}
	tag := header.Get("ETag")
	if status, _, _ := get(t, h.Page(page.Slug), "If-None-Match", tag); status != 304 {
		t.Errorf("with its tag: %d", status)
	}
	if status, _, _ := get(t, h.Page(page.Slug), "If-Modified-Since", header.Get("Last-Modified")); status != 304 {
		t.Errorf("with its date: %d", status)
	}
	page.Body = "نص آخر."
	h.Put(page)
	if status, body, _ := get(t, h.Page(page.Slug), "If-None-Match", tag); status != 200 || !strings.Contains(body, "نص آخر.") {
		t.Errorf("changed: %d %s", status, body)
	}
	h.Put(Page{Slug: "جديد", Title: "خبر جديد"})
	if _, body, _ := get(t, h.URL("/feed.xml")); !strings.Contains(body, "خبر جديد") {
		t.Error("the feed lacks what was published")
	}
	h.Fail(http.StatusServiceUnavailable, http.Header{"Retry-After": {"5"}})
	if status, _, header := get(t, h.URL("/")); status != 503 || header.Get("Retry-After") != "5" {
		t.Errorf("in an outage: %d %v", status, header)
	}
	h.Fail(0, nil)
	if status, _, _ := get(t, h.URL("/")); status != 200 {
		t.Errorf("after it: %d", status)
	}
	h.Delete(page.Slug, http.StatusGone)
	if status, _, _ := get(t, h.Page(page.Slug)); status != 410 {
		t.Errorf("deleted: %d", status)
	}
	if n := h.VisitsOf(articles + page.Slug); n != 5 {
		t.Errorf("%d visits counted", n)
	}
}

// TestUndated wants a feed without dates, and pages that have them.
func TestUndated(t *testing.T) {
	s := samples(t)
	if _, body, _ := get(t, s.Host("sahil").URL("/feed.xml")); strings.Contains(body, "pubDate") {
		t.Error("a date in the feed without dates")
	}
	if !strings.Contains(s.OPML(), s.Host("naba").URL("/feed.xml")) || wellFormed(s.OPML()) != nil {
		t.Errorf("OPML: %s", s.OPML())
	}
	if s.Host("nobody") != nil || len(s.Hosts()) != 3 {
		t.Error("the hosts are not the three samples")
	}
}

// TestLoadRefuses wants bad files named.
func TestLoadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"titel: خطأ\n\nنص":     "a/b.txt: unknown line",
		"published: أمس\n\nنص": "a/b.txt: parsing time",
	} {
		_, err := Load(fstest.MapFS{"a/b.txt": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
