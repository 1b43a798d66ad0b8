package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/testsite"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func article(t testing.TB) testsite.Page {
	t.Helper()
	outlets, err := testsite.Samples()
	if err != nil {
		t.Fatal(err)
	}
	return outlets[0].Pages[0]
}

// run starts outlets that end with the test.
func run(t testing.TB, outlets ...testsite.Outlet) *testsite.Site {
	t.Helper()
	s, err := testsite.New(outlets...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// fetcher gives one for the machine itself, without delays, that ends with the test.
func fetcher(t testing.TB, o Options) *Fetcher {
	t.Helper()
	if o.Allow == nil {
		o.Allow = Loopback()
	}
	if o.PerHostDelay == 0 {
		o.PerHostDelay = -1
	}
	f := New(o)
	t.Cleanup(f.Close)
	return f
}

func minute(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestTrouble wants every trouble to end as docs/fetch.md says.
func TestTrouble(t *testing.T) {
	page := article(t)
	for _, c := range []struct {
		path      string
		kind      Kind // "" is a page
		temporary bool
		says      string
		options   Options
	}{
		{path: testsite.Fine},
		{path: testsite.Slow, kind: Timeout, temporary: true, says: "not complete in time", options: Options{Timeout: 1500 * time.Millisecond}},
		{path: testsite.Silent, kind: Timeout, temporary: true, options: Options{HeaderTimeout: 500 * time.Millisecond}},
		{path: testsite.Stalling, kind: Timeout, temporary: true, says: "stopped sending", options: Options{IdleTimeout: 500 * time.Millisecond}},
		{path: testsite.Endless, kind: TooLarge, says: "more than 1048576 bytes", options: Options{MaxBytes: 1 << 20}},
		{path: testsite.EndlessHead, kind: Network, temporary: true},
		{path: testsite.Failing, kind: Server, temporary: true, says: "500 Internal Server Error"},
		{path: testsite.BusySeconds, kind: Busy, temporary: true, says: "429 Too Many Requests; not before "},
		{path: testsite.BusyDate, kind: Busy, temporary: true, says: "503 Service Unavailable; not before "},
		{path: testsite.BusyMute, kind: Busy, temporary: true, says: "try again later"},
		{path: testsite.Forbidden, kind: Refused, says: "403 Forbidden"},
		{path: testsite.Deleted, kind: Gone, says: "410 Gone"},
		{path: testsite.Missing, kind: Gone, says: "404 Not Found"},
		{path: testsite.Loop, kind: Redirects, says: "a loop of 2"},
		{path: testsite.Hops, kind: Redirects, says: "more than 5"},
		{path: testsite.Moved},
		{path: testsite.ToPrivate, kind: Private, says: "fetch http://10.11.12.13/: private (10.11.12.13 is not a public address)"},
		{path: testsite.ToMetadata, kind: Private, says: "169.254.169.254"},
		{path: testsite.ToFile, kind: BadURL, says: `fetch file:///etc/hostname: bad url ("file" is not http or https)`},
		{path: testsite.Changed},
		{path: testsite.Gzip},
		{path: testsite.Deflate},
		{path: testsite.RawDeflate},
		{path: testsite.Brotli},
		{path: testsite.NotGzip},
		{path: testsite.BadGzip, kind: Undecoded},
		{path: testsite.Unknown, kind: Undecoded, says: "squeeze"},
		{path: testsite.BombGzip, kind: Bomb},
		{path: testsite.CutGzip, kind: Truncated, temporary: true, says: "the gzip stream is cut"},
		{path: testsite.Truncated, kind: Truncated, temporary: true},
		{path: testsite.Reset, kind: Network, temporary: true},
		{path: testsite.Hangup, kind: Network, temporary: true, says: "hung up"},
		{path: testsite.Secret, kind: Disallowed, says: "by http://127.0.0.1:"},
	} {
		t.Run(c.path[1:], func(t *testing.T) {
			t.Parallel()
			h := run(t, testsite.Trouble(page)).Host("trouble")
			res, err := fetcher(t, c.options).Get(minute(t), Request{URL: h.URL(c.path)})
			if c.kind == "" {
				if err != nil {
					t.Fatal(err)
				}
				whole(t, res, page)
				return
			}
			checkError(t, err, c.kind, c.temporary, c.says)
			if c.path == testsite.Secret && h.VisitsOf(c.path) != 0 {
				t.Error("asked for what robots.txt forbids")
			}
			if (res != nil) != (statusOf(err) != 0) {
				t.Errorf("response %v beside %v", res, err)
			}
		})
	}
}

// whole wants a response with the page and everything that is said of it.
func whole(t *testing.T, res *Response, page testsite.Page) {
	t.Helper()
	first, _, _ := strings.Cut(page.Body, "\n\n")
	if !strings.Contains(string(res.Body), first) || res.Status != 200 || res.Proto != "HTTP/1.1" {
		t.Errorf("%s %d with %d bytes lacks the article", res.Proto, res.Status, len(res.Body))
	}
	if !strings.HasPrefix(string(res.Head), "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(string(res.Head), "\r\n\r\n") {
		t.Errorf("head %q", res.Head)
	}
	if !strings.HasPrefix(string(res.RequestHead), "GET /") || !strings.HasSuffix(string(res.RequestHead), "\r\n\r\n") {
		t.Errorf("request head %q", res.RequestHead)
	}
	if !res.IP.IsLoopback() || time.Since(res.Fetched) > time.Hour {
		t.Errorf("from %v at %v", res.IP, res.Fetched)
	}
	read, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(res.Block())), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Body.Close() }()
	wire, err := io.ReadAll(read.Body)
	if err != nil || !bytes.Equal(wire, res.Wire) {
		t.Errorf("the block's body has %d bytes, %v; the wire had %d", len(wire), err, len(res.Wire))
	}
}

func checkError(t *testing.T, err error, kind Kind, temporary bool, says string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no Error; want %s", err, kind)
	}
	if e.Kind != kind || e.Temporary() != temporary || !strings.Contains(e.Error(), says) || !strings.HasPrefix(e.Error(), "fetch ") {
		t.Errorf("%q (%s, temporary: %v)\nwant %s, %v, with %q", e.Error(), e.Kind, e.Temporary(), kind, temporary, says)
	}
}

func statusOf(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

// TestAddress wants addresses that lead nowhere refused before anything is asked.
func TestAddress(t *testing.T) {
	f := New(Options{})
	defer f.Close()
	for _, c := range []struct {
		url  string
		kind Kind
	}{
		{"", BadURL}, {"/news", BadURL}, {"ftp://example.com/", BadURL}, {"javascript:alert(1)", BadURL}, {"http://", BadURL},
		{"http://exa mple.com/", BadURL}, {"http://example.com:port/", BadURL}, {"http://" + strings.Repeat("a", 300) + "/", BadURL},
		{"http://example.com/" + strings.Repeat("خبر", 2000), BadURL},
		{"http://127.0.0.1/", Private}, {"http://localhost/", Private}, {"http://[::1]/", Private}, {"http://0.0.0.0/", Private},
		{"http://10.0.0.1/", Private}, {"http://[::ffff:127.0.0.1]/", Private}, {"http://[64:ff9b::7f00:1]/", Private},
		{"https://192.168.1.1/", Private}, {"http://169.254.169.254/latest/", Private},
	} {
		_, err := f.Get(minute(t), Request{URL: c.url})
		checkError(t, err, c.kind, false, "")
	}
}

// TestConditional asks again for a page that did not change, and for one that did.
func TestConditional(t *testing.T) {
	outlets, err := testsite.Samples()
	if err != nil {
		t.Fatal(err)
	}
	h := run(t, outlets[0]).Host("madar")
	f := fetcher(t, Options{})
	page := h.Pages()[0]
	first, err := f.Get(minute(t), Request{URL: h.Page(page.Slug)})
	if err != nil || first.ETag == "" || first.LastModified == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, r := range []Request{{ETag: first.ETag}, {LastModified: first.LastModified}, {ETag: first.ETag, LastModified: first.LastModified}} {
		r.URL = h.Page(page.Slug)
		again, err := f.Get(minute(t), r)
		if err != nil || !again.NotModified || len(again.Body) != 0 || again.Status != 304 {
			t.Errorf("%+v: %+v, %v", r, again, err)
		}
	}
	page.Body = "نص آخر."
	h.Put(page)
	changed, err := f.Get(minute(t), Request{URL: h.Page(page.Slug), ETag: first.ETag})
	if err != nil || changed.NotModified || changed.ETag == first.ETag || !strings.Contains(string(changed.Body), "نص آخر.") {
		t.Errorf("%+v, %v", changed, err)
	}
	h.Delete(page.Slug, http.StatusGone)
	res, err := f.Get(minute(t), Request{URL: h.Page(page.Slug), ETag: changed.ETag})
	checkError(t, err, Gone, false, "keep what was kept")
	if res == nil || res.Status != 410 {
		t.Error("no evidence of the deletion")
	}
}

// TestUnasked304 wants "not modified" believed only when it was asked.
func TestUnasked304(t *testing.T) {
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) },
	}}).Host("a")
	_, err := fetcher(t, Options{}).Get(minute(t), Request{URL: h.URL("/")})
	checkError(t, err, Refused, false, "304")
}

// TestQuiet wants a host that named a time left alone until then, and no other host.
func TestQuiet(t *testing.T) {
	page := article(t)
	s := run(t, testsite.Trouble(page), testsite.Outlet{Key: "other", Name: "other", Pages: []testsite.Page{page}})
	h := s.Host("trouble")
	now := time.Date(2024, 3, 11, 12, 0, 0, 0, time.UTC)
	f := fetcher(t, Options{Now: func() time.Time { return now }})
	var e *Error
	if _, err := f.Get(minute(t), Request{URL: h.URL(testsite.BusySeconds)}); !errors.As(err, &e) || !e.Retry.Equal(now.Add(2*time.Minute)) {
		t.Fatalf("%v", err)
	}
	if _, err := f.Get(minute(t), Request{URL: h.URL(testsite.Fine)}); !errors.As(err, &e) || e.Kind != Busy || !e.Retry.Equal(now.Add(2*time.Minute)) {
		t.Errorf("before its time: %v", err)
	}
	if n := h.VisitsOf(testsite.Fine); n != 0 {
		t.Errorf("visited %d times before its time", n)
	}
	if _, err := f.Get(minute(t), Request{URL: s.Host("other").URL("/")}); err != nil {
		t.Errorf("another host: %v", err)
	}
	now = now.Add(2*time.Minute + time.Second)
	if _, err := f.Get(minute(t), Request{URL: h.URL(testsite.Fine)}); err != nil {
		t.Errorf("after its time: %v", err)
	}
}

// TestMoved wants the way to a page told: who sent on, and where it ended.
func TestMoved(t *testing.T) {
	page := article(t)
	h := run(t, testsite.Trouble(page)).Host("trouble")
	res, err := fetcher(t, Options{}).Get(minute(t), Request{URL: h.URL(testsite.Moved)})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Redirects) != 1 || res.Redirects[0] != (Hop{h.URL(testsite.Moved), 301}) || res.Asked != h.URL(testsite.Moved) {
		t.Errorf("%+v", res.Redirects)
	}
	if want := h.URL(testsite.Fine + "?q=%D8%A7%D9%86"); !strings.HasPrefix(res.URL, want) {
		t.Errorf("ended at %s, want %s…", res.URL, want)
	}
	_, err = fetcher(t, Options{MaxRedirects: -1}).Get(minute(t), Request{URL: h.URL(testsite.Moved)})
	checkError(t, err, Redirects, false, "more than 0")
}

// TestStopped wants a caller's end to be told from a site's.
func TestStopped(t *testing.T) {
	h := run(t, testsite.Trouble(article(t))).Host("trouble")
	f := fetcher(t, Options{})
	for _, path := range []string{testsite.Slow, testsite.Silent, testsite.Stalling} {
		ctx, cancel := context.WithCancel(context.Background())
		stop := time.AfterFunc(200*time.Millisecond, cancel)
		_, err := f.Get(ctx, Request{URL: h.URL(path)})
		checkError(t, err, Stopped, true, "context canceled")
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v is not context.Canceled", path, err)
		}
		stop.Stop()
		cancel()
	}
}
