package desk

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/testsite"
)

// two are the pages of an outlet whose feed is in trouble.
func two() []testsite.Page {
	return []testsite.Page{
		news("a", "أعلن وزير النقل فارس الدباس، الخميس، موعد افتتاح الجسر."),
		news("b", "بدأت وزارة النقل، الخميس، رصف الطريق الساحلي."),
	}
}

// feedOf gives the one feed that a desk follows.
func feedOf(t *testing.T, d *Desk) isnad.Feed {
	t.Helper()
	all, err := d.Library.Feeds(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d feeds, %v", len(all), err)
	}
	return all[0]
}

// body gives what a page of this machine says.
func body(t *testing.T, address string) []byte {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestBrokenFeed wants the pages that a feed names before it breaks off.
func TestBrokenFeed(t *testing.T) {
	var feed string
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Pages: two(), Handlers: map[string]http.HandlerFunc{
		"/torn.xml": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/rss+xml")
			torn := strings.Replace(feed, "<item>", "<b>خبر & آخر<item>", 1)
			fmt.Fprint(w, strings.TrimSuffix(strings.TrimSpace(torn), "</channel></rss>"))
		},
	}})
	h := s.Hosts()[0]
	feed = string(body(t, h.URL("/feed.xml")))
	d := open(t, t.TempDir(), morning())
	if _, err := d.Follow(t.Context(), h.URL("/torn.xml"), ""); err != nil {
		t.Fatal(err)
	}
	if v := round(t, d); v.Kept != 2 || v.Failed != 0 {
		t.Errorf("%+v, want both articles", v)
	}
	if f := feedOf(t, d); f.Trouble != "" {
		t.Errorf("%+v", f)
	}
}

// TestUndatedFeed wants the articles of a feed without dates, each with the day that its
// page tells or with none, and never the day on which it was fetched.
func TestUndatedFeed(t *testing.T) {
	bare := two()
	bare[1].Published, bare[1].Body = time.Time{}, "بدأت وزارة النقل رصف الطريق الساحلي.\n\nويجري العمل ليلا ونهارا بمشاركة عشرات العمال في المدينة."
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Pages: bare, Undated: true})
	h := s.Hosts()[0]
	d := open(t, t.TempDir(), morning())
	if _, err := d.Follow(t.Context(), h.URL("/feed.xml"), ""); err != nil {
		t.Fatal(err)
	}
	if v := round(t, d); v.Kept != 2 {
		t.Errorf("%+v, want both articles", v)
	}
	for _, p := range bare {
		got := kept(t, d, h.Page(p.Slug)).Record.Article.Published
		if want := p.Published; got != "" && (want.IsZero() || got[:10] != want.Format(time.DateOnly)) {
			t.Errorf("%s: published %q, want %v or nothing", p.Slug, got, want)
		}
	}
	if n := len(stories(t, d.Library)); n != 2 {
		t.Errorf("%d stories: articles without a day stand alone", n)
	}
	whole(t, d)
}

// TestGoneFeed wants a feed that is gone tried later and later, its trouble told, its
// articles kept, and all well once it is back.
func TestGoneFeed(t *testing.T) {
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Pages: two()})
	h := s.Hosts()[0]
	c := morning()
	d := open(t, t.TempDir(), c)
	if _, err := d.Follow(t.Context(), h.URL("/feed.xml"), ""); err != nil {
		t.Fatal(err)
	}
	round(t, d)
	c.forward(7 * 24 * time.Hour) // when its pages are not visited any more
	round(t, d)
	h.Fail(http.StatusGone, nil)
	for i := 1; i <= 3; i++ {
		c.forward(7 * time.Hour)
		round(t, d)
		if f := feedOf(t, d); f.Failures != i || f.Trouble == "" || !f.Due.After(c.now()) {
			t.Errorf("at failure %d: %+v", i, f)
		}
	}
	if h := kept(t, d, h.Page("a")); !h.Gone.IsZero() {
		t.Error("the article is marked as gone with its feed")
	}
	h.Fail(0, nil)
	c.forward(7 * time.Hour)
	round(t, d)
	if f := feedOf(t, d); f.Failures != 0 || f.Trouble != "" {
		t.Errorf("once it is back: %+v", f)
	}
	whole(t, d)
}

// TestNewsroomOrder wants the stories of the sample newsroom to be the same in whatever
// order and batches its pages come.
func TestNewsroomOrder(t *testing.T) {
	s, err := newsroom.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	type page struct {
		capture isnad.Capture
		body    []byte
	}
	var pages []page
	for _, h := range s.Hosts() {
		for _, p := range h.Pages() {
			b := body(t, h.Page(p.Slug))
			pages = append(pages, page{isnad.Capture{
				URL: h.Page(p.Slug), Fetched: morning().now(), Status: http.StatusOK, Form: string(pour.HTML), MediaType: "text/html; charset=utf-8", Digest: evidence.Digest(b), Outlet: h.Name(),
			}, b})
		}
	}
	tell := func(size int) string {
		d := open(t, t.TempDir(), morning())
		for batch := range slices.Chunk(pages, size) {
			var all []caught
			for _, p := range batch {
				c := caught{capture: p.capture, bytes: p.body}
				if c.entry, _, err = d.maker.Entry("", p.capture, p.body); err != nil {
					t.Fatal(err)
				}
				all = append(all, c)
			}
			if _, err := d.keep(t.Context(), all); err != nil {
				t.Fatal(err)
			}
			join(t, d)
		}
		return told(t, d)
	}
	want := tell(len(pages))
	r := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{1, 5} {
		r.Shuffle(len(pages), func(i, k int) { pages[i], pages[k] = pages[k], pages[i] })
		same(t, fmt.Sprint("batches of ", size), tell(size), want)
	}
}
