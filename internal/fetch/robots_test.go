package fetch

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/testsite"
)

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name, text string
		allowed    []string
		forbidden  []string
		delay      time.Duration
	}{
		{name: "empty", allowed: []string{"/", "/a"}},
		{name: "all", text: "User-agent: *\nDisallow: /", allowed: []string{"/robots.txt"}, forbidden: []string{"/", "/a?b"}},
		{name: "nothing", text: "User-agent: *\nDisallow:", allowed: []string{"/", "/a"}},
		{name: "a part", text: "User-agent: *\nDisallow: /a/ # no\n", allowed: []string{"/a", "/b/a/"}, forbidden: []string{"/a/", "/a/b"}},
		{name: "longest decides", text: "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", allowed: []string{"/a/b", "/a/bd"}, forbidden: []string{"/a", "/a/b/c"}},
		{name: "allow among equals", text: "User-agent: *\nDisallow: /a\nAllow: /a", allowed: []string{"/a"}},
		{name: "wildcards", text: "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/print/*/x", allowed: []string{"/a.pdf?x", "/print/a/x"}, forbidden: []string{"/a/b.pdf", "/a/print/b/c/xyz"}},
		{name: "wildcards begin at the begin", text: "User-agent: *\nDisallow: /private*x", allowed: []string{"/a/privatex"}, forbidden: []string{"/private/x"}},
		{name: "star first", text: "User-agent: *\nDisallow: *?session=", allowed: []string{"/a"}, forbidden: []string{"/a?session=1"}},
		{name: "end alone", text: "User-agent: *\nDisallow: /$", allowed: []string{"/a"}, forbidden: []string{"/"}},
		{name: "own group alone", text: "User-agent: *\nDisallow: /\n\nUser-agent: Isnad/2\nUser-agent: other\nDisallow: /a", allowed: []string{"/b"}, forbidden: []string{"/a"}},
		{name: "another's group", text: "User-agent: isnadbot\nDisallow: /", allowed: []string{"/"}},
		{name: "own groups join", text: "User-agent: isnad\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: isnad\nDisallow: /b", allowed: []string{"/c"}, forbidden: []string{"/a", "/b"}},
		{name: "old line ends, mark, capitals", text: "\ufeffUSER-AGENT : *\rDISALLOW : /a\r", allowed: []string{"/b"}, forbidden: []string{"/a"}},
		{name: "Arabic", text: "User-agent: *\nDisallow: /أرشيف/\nDisallow: /%d8%a8", allowed: []string{"/" + percent("خبر")}, forbidden: []string{percent("/أرشيف/خبر"), percent("/ب")}},
		{name: "no slash", text: "User-agent: *\nDisallow: a", forbidden: []string{"/a"}},
		{name: "rules before agents", text: "Disallow: /\nUser-agent: *\nDisallow: /a", allowed: []string{"/"}, forbidden: []string{"/a"}},
		{name: "a page instead", text: "<!DOCTYPE html><p>style: a</p>", allowed: []string{"/"}},
		{name: "delay", text: "User-agent: *\nCrawl-delay: 2.5", delay: 2500 * time.Millisecond},
		{name: "long delay", text: "User-agent: *\nCrawl-delay: 1e300", delay: maxCrawlDelay},
		{name: "no delay", text: "User-agent: *\nCrawl-delay: -1\nCrawl-delay: NaN\nCrawl-delay: x\nDisallow: /a", forbidden: []string{"/a"}},
	} {
		said := parseRobots([]byte(c.text), "isnad")
		for _, path := range c.allowed {
			if !said.allows(path) {
				t.Errorf("%s: %s is forbidden", c.name, path)
			}
		}
		for _, path := range c.forbidden {
			if said.allows(path) {
				t.Errorf("%s: %s is allowed", c.name, path)
			}
		}
		if said.delay != c.delay {
			t.Errorf("%s: delay %v, want %v", c.name, said.delay, c.delay)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nAllow: /\nCrawl-delay: 3\nSitemap: /s", "/axb")
	f.Add("user-agent:isnad\rdisallow:%\nallow:**$$", "/")
	f.Fuzz(func(t *testing.T, text, path string) {
		said := parseRobots([]byte(text), "isnad")
		said.allows(path)
		if said.delay < 0 || said.delay > maxCrawlDelay || !said.allows("/robots.txt") {
			t.Errorf("%q: %+v", text, said)
		}
	})
}

// BenchmarkRobots matches the worst file of rules against the worst path.
func BenchmarkRobots(b *testing.B) {
	text := "User-agent: *\n" + strings.Repeat("Disallow: /*a*a*a*a*b$\n", maxRobots/24)
	said := parseRobots([]byte(text), "isnad")
	path := "/" + strings.Repeat("a", longest-1)
	for b.Loop() {
		said.allows(path)
	}
}

// TestRulesOutcome wants each answer for robots.txt to have its consequence.
func TestRulesOutcome(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	large := "User-agent: *\nDisallow: /\n" + strings.Repeat("# a comment that is long\n", 40000) + "Allow: /page\n"
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		kind    Kind
	}{
		{"none", nil, ""},
		{"401", status(401), ""},
		{"403", status(403), ""},
		{"410", status(410), ""},
		{"429", status(429), Busy},
		{"500", status(500), NoRules},
		{"503", status(503), Busy},
		{"loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }, ""},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/rules", http.StatusFound) }, Disallowed},
		{"larger than is read", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, large) }, Disallowed},
		{"hangup", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Network},
		{"unknown coding", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "squeeze")
			_, _ = fmt.Fprint(w, "x")
		}, NoRules},
	} {
		o := testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{
			"/page":  func(http.ResponseWriter, *http.Request) {},
			"/rules": func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "User-agent: isnad\nDisallow: /p") },
		}}
		if c.handler != nil {
			o.Handlers["/robots.txt"] = c.handler
		}
		h := run(t, o).Host("a")
		f := fetcher(t, Options{})
		for range 2 {
			_, err := f.Get(minute(t), Request{URL: h.URL("/page")})
			if KindOf(err) != c.kind {
				t.Errorf("%s: %v, want %q", c.name, err, c.kind)
			}
			if e, ok := err.(*Error); ok && e.Kind != Disallowed && (e.Retry.IsZero() || !e.Temporary()) {
				t.Errorf("%s: %v does not say when to come back", c.name, err)
			}
		}
		if c.kind != "" && h.VisitsOf("/page") != 0 {
			t.Errorf("%s: the page was asked for", c.name)
		}
		if n := h.VisitsOf("/robots.txt"); n != 1 {
			t.Errorf("%s: robots.txt was asked for %d times", c.name, n)
		}
	}
}

// TestRulesLeft wants the rules got by the next one when the first one to ask gives up.
func TestRulesLeft(t *testing.T) {
	var asked atomic.Int32
	first := make(chan struct{})
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{
		"/robots.txt": func(_ http.ResponseWriter, r *http.Request) {
			if asked.Add(1) == 1 {
				close(first)
				<-r.Context().Done()
			}
		},
		"/": func(http.ResponseWriter, *http.Request) {},
	}}).Host("a")
	f := fetcher(t, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	results := make(chan error, 2)
	go func() {
		_, err := f.Get(ctx, Request{URL: h.URL("/")})
		results <- err
	}()
	<-first
	go func() {
		_, err := f.Get(minute(t), Request{URL: h.URL("/")})
		results <- err
	}()
	cancel()
	one, two := <-results, <-results
	if one != nil && two != nil || KindOf(one) != Stopped && KindOf(two) != Stopped || asked.Load() != 2 {
		t.Errorf("%v, %v, asked %d times", one, two, asked.Load())
	}
}

// TestRulesAge wants rules asked for again after a day, and old ones believed while the
// site is in trouble.
func TestRulesAge(t *testing.T) {
	var failing atomic.Bool
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			if failing.Load() {
				w.WriteHeader(500)
				return
			}
			_, _ = fmt.Fprint(w, "User-agent: *\nDisallow: /a")
		},
		"/a": func(http.ResponseWriter, *http.Request) {}, "/b": func(http.ResponseWriter, *http.Request) {},
	}}).Host("a")
	now := time.Date(2024, 3, 11, 12, 0, 0, 0, time.UTC)
	f := fetcher(t, Options{Now: func() time.Time { return now }})
	for _, step := range []struct {
		after   time.Duration
		failing bool
		asked   int
		b       Kind
	}{
		{0, false, 1, ""},
		{23 * time.Hour, false, 1, ""},
		{2 * time.Hour, true, 2, ""},
		{5 * time.Minute, true, 2, ""},
		{6 * time.Minute, true, 3, ""},
		{8 * 24 * time.Hour, true, 4, NoRules},
		{5 * time.Minute, false, 4, NoRules},
		{6 * time.Minute, false, 5, ""},
	} {
		now = now.Add(step.after)
		failing.Store(step.failing)
		if _, err := f.Get(minute(t), Request{URL: h.URL("/b")}); KindOf(err) != step.b {
			t.Errorf("%+v: %v", step, err)
		}
		if _, err := f.Get(minute(t), Request{URL: h.URL("/a")}); err == nil {
			t.Errorf("%+v: the forbidden page was given", step)
		}
		if n := h.VisitsOf("/robots.txt"); n != step.asked {
			t.Errorf("%+v: asked %d times", step, n)
		}
	}
}

// TestRulesMemory wants the rules of many sites kept within bounds.
func TestRulesMemory(t *testing.T) {
	b := &rulebook{now: time.Now, pages: map[string]*rulesPage{}}
	big := robots{sitemaps: []string{strings.Repeat("x", 1<<20)}}
	for i := range 100 {
		origin := fmt.Sprint(i)
		p, _, mine := b.open(origin)
		if !mine {
			t.Fatal("a page before it was written")
		}
		p.rules, p.until = big, time.Now().Add(time.Hour)
		b.closePage(origin, p)
	}
	if b.size > rulesMemory || len(b.pages) > 32 || len(b.pages) < 20 {
		t.Errorf("%d bytes in %d pages", b.size, len(b.pages))
	}
}

func TestSitemaps(t *testing.T) {
	h := run(t, testsite.Trouble(article(t))).Host("trouble")
	list, err := fetcher(t, Options{}).Sitemaps(minute(t), h.URL(testsite.Fine))
	if err != nil || len(list) != 1 || list[0] != h.URL("/sitemap.xml") {
		t.Errorf("%q, %v", list, err)
	}
	if _, err := fetcher(t, Options{}).Sitemaps(minute(t), "no address"); KindOf(err) != BadURL {
		t.Errorf("%v", err)
	}
}
