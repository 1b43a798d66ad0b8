package desk

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/testsite"
)

// TestRota wants hosts in turn, one visit at a time each, rested, and no address twice.
func TestRota(t *testing.T) {
	now := time.Unix(0, 0)
	r := newRota(time.Second)
	for i := range 3 {
		r.add(visit{address: fmt.Sprint("http://a.example/", i)})
	}
	r.add(visit{address: "http://b.example/0"})
	r.add(visit{address: "http://b.example/0"})
	var got []string
	for v, ok := r.next(now); ok; v, ok = r.next(now) {
		got = append(got, v.address)
	}
	if want := "http://a.example/0 http://b.example/0"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.done(visit{address: got[0]}, now, false)
	if v, ok := r.next(now); ok {
		t.Errorf("%s before its host rested", v.address)
	}
	if v, ok := r.next(now.Add(time.Second)); !ok || v.address != "http://a.example/1" || r.wait != 1 {
		t.Errorf("%s, %v; %d wait", v.address, ok, r.wait)
	}
}

// TestEmptyPage wants a page without an article visited once and left alone.
func TestEmptyPage(t *testing.T) {
	visits := 0
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Handlers: map[string]http.HandlerFunc{
		"/nothing": func(w http.ResponseWriter, _ *http.Request) { visits++; fmt.Fprint(w, "<html><body></body></html>") },
	}})
	c := morning()
	d := open(t, t.TempDir(), c)
	u, err := fetch.Canonical(s.Hosts()[0].URL("/nothing"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Library.Want(t.Context(), []isnad.Page{{URL: u, Due: c.now()}}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		round(t, d)
		c.forward(time.Hour)
	}
	if p, err := d.Library.Page(t.Context(), u); err != nil || visits != 1 || p.Trouble == "" || !p.Due.IsZero() {
		t.Errorf("%d visits; %+v, %v", visits, p, err)
	}
}

// TestWatchEnds wants the live loop to keep the pages of a quick host while another is
// silent, and to end soon after it is told to.
func TestWatchEnds(t *testing.T) {
	quiet := make(chan struct{})
	defer close(quiet)
	s := site(t,
		testsite.Outlet{Key: "slow", Name: "البطيئة", Handlers: map[string]http.HandlerFunc{
			"/slow": func(_ http.ResponseWriter, r *http.Request) {
				select {
				case <-quiet:
				case <-r.Context().Done():
				}
			},
		}},
		testsite.Outlet{Key: "quick", Name: "السريعة", Pages: []testsite.Page{news("a", "أعلن وزير النقل فارس الدباس، الخميس، موعد افتتاح الجسر."), news("b", "بدأت وزارة النقل، الخميس، رصف الطريق الساحلي.")}})
	c := morning()
	d := open(t, t.TempDir(), c)
	var pages []isnad.Page
	for _, a := range []string{s.Hosts()[0].URL("/slow"), s.Hosts()[1].Page("a"), s.Hosts()[1].Page("b")} {
		u, err := fetch.Canonical(a)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, isnad.Page{URL: u, Due: c.now()})
	}
	if _, err := d.Library.Want(t.Context(), pages); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Watch(ctx, func(Visits) {}) }()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		p, err := d.Library.Page(t.Context(), pages[2].URL)
		if err != nil {
			t.Fatal(err)
		}
		if p.Article != "" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the quick host's pages did not come")
		}
	}
	stop()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("it ended without a reason")
		}
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
	}
	whole(t, d)
}
