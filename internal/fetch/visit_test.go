package fetch

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/testsite"
)

// TestHTTP2 wants the newer protocol spoken, and its heads written in the old form; and
// TLS without it heard as it was sent.
func TestHTTP2(t *testing.T) {
	for _, two := range []bool{true, false} {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header()["x-LOWER"] = []string{"كما هو"}
			_, _ = io.WriteString(w, "<p>خبر</p>")
		}))
		s.EnableHTTP2 = two
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.StartTLS()
		roots := x509.NewCertPool()
		roots.AddCert(s.Certificate())
		f := fetcher(t, Options{Roots: roots})
		res, err := f.Get(minute(t), Request{URL: s.URL + "/الأخبار/خبر"})
		if err != nil {
			t.Fatal(err)
		}
		proto, name := "HTTP/1.1", "x-LOWER: "
		if two {
			proto, name = "HTTP/2.0", "X-Lower: "
		}
		if res.Proto != proto || !strings.HasPrefix(string(res.Head), proto+" 200 OK\r\n") || !strings.Contains(string(res.Head), name) {
			t.Errorf("%s: head %q", res.Proto, res.Head)
		}
		if want := "GET /%D8%A7%D9%84%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AE%D8%A8%D8%B1 " + proto + "\r\nHost: 127.0.0.1:"; !strings.HasPrefix(string(res.RequestHead), want) {
			t.Errorf("request head %q", res.RequestHead)
		}
		if string(res.Body) != "<p>خبر</p>" || !res.IP.IsLoopback() {
			t.Errorf("%q from %v", res.Body, res.IP)
		}
		f.Close()
		_, err = fetcher(t, Options{}).Get(minute(t), Request{URL: s.URL})
		checkError(t, err, Network, true, "certificate")
		s.Close()
	}
}

// TestWhatIsSent wants the visitor to say who it is and nothing of other visits.
func TestWhatIsSent(t *testing.T) {
	set := func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
	}
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{"/": set}}).Host("a")
	f := fetcher(t, Options{Agent: "isnad/1.0 (+https://example.org)"})
	for range 2 {
		if _, err := f.Get(minute(t), Request{URL: h.URL("/")}); err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range h.Visits() {
		if v.Header.Get("User-Agent") != "isnad/1.0 (+https://example.org)" || v.Header.Get("Cookie") != "" || v.Header.Get("Referer") != "" {
			t.Errorf("%s: %v", v.Path, v.Header)
		}
	}
	if n := h.VisitsOf("/robots.txt"); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}
}

// TestCookies wants a site that sends a visitor around with a cookie to see it back, on
// the way of that visit alone.
func TestCookies(t *testing.T) {
	s := run(t,
		testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("seen"); err == nil {
				_, _ = io.WriteString(w, "خبر")
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, "/", http.StatusFound)
		}}})
	h := s.Host("a")
	f := fetcher(t, Options{})
	for range 2 {
		res, err := f.Get(minute(t), Request{URL: h.URL("/")})
		if err != nil || string(res.Body) != "خبر" || len(res.Redirects) != 1 {
			t.Errorf("%+v, %v", res, err)
		}
	}
	if n := h.VisitsOf("/"); n != 4 {
		t.Errorf("%d visits: the cookie outlived its visit, or did not live", n)
	}
}

// TestOtherHost wants the rules and the quiet of the host one is sent on to kept.
func TestOtherHost(t *testing.T) {
	trouble := run(t, testsite.Trouble(article(t))).Host("trouble")
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{
		"/secret": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, trouble.URL(testsite.Secret), http.StatusFound)
		},
		"/busy": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, trouble.URL(testsite.BusySeconds), http.StatusFound)
		},
		"/": func(http.ResponseWriter, *http.Request) {},
	}}).Host("a")
	f := fetcher(t, Options{})
	_, err := f.Get(minute(t), Request{URL: h.URL("/secret")})
	checkError(t, err, Disallowed, false, "fetch "+trouble.URL(testsite.Secret))
	_, err = f.Get(minute(t), Request{URL: h.URL("/busy")})
	checkError(t, err, Busy, true, "fetch "+trouble.URL(testsite.BusySeconds))
	_, err = f.Get(minute(t), Request{URL: trouble.URL(testsite.Fine)})
	checkError(t, err, Busy, true, "asked earlier")
	if _, err := f.Get(minute(t), Request{URL: h.URL("/")}); err != nil {
		t.Error(err)
	}
}

// TestChunked wants chunks joined, the head as it came, and a block that can be read.
func TestChunked(t *testing.T) {
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "خبر ")
		_ = http.NewResponseController(w).Flush()
		_, _ = io.WriteString(w, "عاجل")
	}}}).Host("a")
	res, err := fetcher(t, Options{}).Get(minute(t), Request{URL: h.URL("/")})
	if err != nil {
		t.Fatal(err)
	}
	if string(res.Wire) != "خبر عاجل" || !strings.Contains(string(res.Head), "\r\nTransfer-Encoding: chunked\r\n") {
		t.Errorf("%q %q", res.Head, res.Wire)
	}
	read, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(res.Block())), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Body.Close() }()
	if body, err := io.ReadAll(read.Body); err != nil || string(body) != "خبر عاجل" {
		t.Errorf("%q, %v", body, err)
	}
}

// TestOddAnswers wants statuses nobody asked for, and bodies too large by their own
// word, refused.
func TestOddAnswers(t *testing.T) {
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{
		"/206": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPartialContent) },
		"/302": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) },
		"/408": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusRequestTimeout) },
		"/523": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(523) },
		"/204": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"/large": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999999999")
		},
	}}).Host("a")
	f := fetcher(t, Options{})
	for _, c := range []struct {
		path      string
		kind      Kind
		temporary bool
		says      string
	}{
		{"/206", Refused, false, "206 Partial Content"},
		{"/302", Refused, false, "302 Found"},
		{"/408", Refused, true, "408"},
		{"/523", Server, true, "the site answered 523; try again later"},
		{"/large", TooLarge, false, "99999999999 bytes are declared"},
	} {
		_, err := f.Get(minute(t), Request{URL: h.URL(c.path)})
		checkError(t, err, c.kind, c.temporary, c.says)
	}
	if res, err := f.Get(minute(t), Request{URL: h.URL("/204")}); err != nil || len(res.Body) != 0 {
		t.Errorf("%+v, %v", res, err)
	}
}

// TestMany fetches from many goroutines: no host sees two at once, and all are served.
func TestMany(t *testing.T) {
	var mu sync.Mutex
	inside, most := 0, 0
	handler := func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		inside++
		most = max(most, inside)
		mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		mu.Lock()
		inside--
		mu.Unlock()
	}
	h := run(t, testsite.Outlet{Key: "a", Handlers: map[string]http.HandlerFunc{"/": handler}}).Host("a")
	f := fetcher(t, Options{})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := f.Get(minute(t), Request{URL: h.URL("/")}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most != 1 || h.VisitsOf("/") != 20 || h.VisitsOf("/robots.txt") != 1 {
		t.Errorf("%d at once, %d visits, %d for the rules", most, h.VisitsOf("/"), h.VisitsOf("/robots.txt"))
	}
}
