package testsite

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"golang.org/x/text/encoding/charmap"
)

// The paths of the outlet where everything goes wrong.
const (
	Slow          = "/slow"           // a byte a second, for ever
	Silent        = "/silent"         // takes the request and never answers
	Stalling      = "/stalling"       // half a page, then nothing
	Endless       = "/endless"        // a page without end, as fast as it is taken
	EndlessHead   = "/endless-head"   // a header without end
	Failing       = "/failing"        // 500
	BusySeconds   = "/busy"           // 429, Retry-After: 120
	BusyDate      = "/busy-date"      // 503, Retry-After: a date two minutes from now
	BusyMute      = "/busy-mute"      // 429 without a time
	Forbidden     = "/forbidden"      // 403
	Deleted       = "/deleted"        // 410
	Missing       = "/missing"        // 404
	Loop          = "/loop"           // a redirect to a redirect back
	Hops          = "/hops"           // a redirect to itself with another query, for ever
	Moved         = "/moved"          // 301 to the page at Fine, by an address with raw Arabic in it
	ToPrivate     = "/to-private"     // a redirect to a private address
	ToMetadata    = "/to-metadata"    // a redirect to the metadata service of a cloud
	ToFile        = "/to-file"        // a redirect to a file: address
	Fine          = "/fine"           // the page, as it should be
	Changed       = "/changed"        // another text at every visit
	CharsetLie    = "/charset-lie"    // UTF-8 declared as windows-1256 in the header
	CharsetHidden = "/charset-hidden" // windows-1256 declared nowhere
	BrokenFeed    = "/broken.xml"     // RSS with an open tag, a bare ampersand and an early end
	UndatedFeed   = "/undated.xml"    // RSS without dates
	Gzip          = "/gzip"           // the page in gzip
	Deflate       = "/deflate"        // in zlib, as "deflate" should be
	RawDeflate    = "/raw-deflate"    // in bare deflate, as it often is
	Brotli        = "/brotli"         // in brotli
	NotGzip       = "/not-gzip"       // said to be gzip, and plain
	BadGzip       = "/bad-gzip"       // begins like gzip, and is noise
	Unknown       = "/unknown-coding" // in an encoding nobody knows
	BombGzip      = "/bomb"           // 256 MiB of nothing in gzip
	CutGzip       = "/cut-gzip"       // gzip without its end, its length declared as it is
	Truncated     = "/truncated"      // fewer bytes than declared
	Reset         = "/reset"          // the connection is reset in the body
	Hangup        = "/hangup"         // the connection is closed before an answer
	Deep          = "/deep"           // HTML nested a hundred thousand times
	Secret        = "/secret/page"    // forbidden by robots.txt
)

// Trouble is an outlet with every trouble at the paths above, each shown with page.
func Trouble(page Page) Outlet {
	o := Outlet{Key: "trouble", Name: "trouble", Pages: []Page{page}, Robots: "User-agent: *\nDisallow: /secret/\nSitemap: /sitemap.xml\n"}
	text, err := o.HTML(page, "http://trouble.invalid"+Fine)
	if err != nil {
		text = []byte(err.Error())
	}
	o.Handlers = map[string]http.HandlerFunc{
		Slow:           func(w http.ResponseWriter, r *http.Request) { drip(w, r, text) },
		Silent:         func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		Stalling:       func(w http.ResponseWriter, r *http.Request) { stall(w, r, text) },
		Endless:        func(w http.ResponseWriter, r *http.Request) { endless(w, r, text) },
		EndlessHead:    endlessHead,
		Failing:        status(http.StatusInternalServerError),
		BusySeconds:    busy(http.StatusTooManyRequests, func() string { return "120" }),
		BusyDate:       busy(http.StatusServiceUnavailable, func() string { return time.Now().Add(2 * time.Minute).UTC().Format(http.TimeFormat) }),
		BusyMute:       status(http.StatusTooManyRequests),
		Forbidden:      status(http.StatusForbidden),
		Deleted:        status(http.StatusGone),
		Missing:        status(http.StatusNotFound),
		Loop:           to(Loop+"-back", http.StatusFound),
		Loop + "-back": to(Loop, http.StatusFound),
		Hops:           func(w http.ResponseWriter, r *http.Request) { to(Hops+"?"+r.URL.RawQuery+"x", http.StatusFound)(w, r) },
		Moved:          to(Fine+"?q="+page.Slug, http.StatusMovedPermanently),
		ToPrivate:      to("http://10.11.12.13/", http.StatusFound),
		ToMetadata:     to("http://169.254.169.254/latest/meta-data/", http.StatusFound),
		ToFile:         to("file:///etc/hostname", http.StatusFound),
		Fine:           html(text, "", "text/html; charset=utf-8"),
		Changed:        changing(&o, page),
		CharsetLie:     html(text, "", "text/html; charset=windows-1256"),
		CharsetHidden:  html(windows1256(text), "", "text/html"),
		BrokenFeed:     html(broken(&o), "", "application/rss+xml"),
		UndatedFeed:    html((&Outlet{Name: o.Name, Pages: o.Pages, Undated: true}).rss("http://trouble.invalid"), "", "application/rss+xml"),
		Gzip:           html(packed(text, gzipped), "gzip", "text/html; charset=utf-8"),
		Deflate:        html(packed(text, zlibbed), "deflate", "text/html; charset=utf-8"),
		RawDeflate:     html(packed(text, deflated), "deflate", "text/html; charset=utf-8"),
		Brotli:         html(packed(text, brotlied), "br", "text/html; charset=utf-8"),
		NotGzip:        html(text, "gzip", "text/html; charset=utf-8"),
		BadGzip:        html(append([]byte{0x1f, 0x8b, 8, 0}, bytes.Repeat([]byte{0xee}, 500)...), "gzip", "text/html"),
		Unknown:        html(text, "squeeze", "text/html"),
		BombGzip:       func(w http.ResponseWriter, r *http.Request) { html(bomb(), "gzip", "text/html")(w, r) },
		CutGzip:        html(half(packed(text, gzipped)), "gzip", "text/html"),
		Truncated:      truncated(text),
		Reset:          reset(text),
		Hangup:         hangup,
		Deep:           func(w http.ResponseWriter, r *http.Request) { html(deep(text), "", "text/html; charset=utf-8")(w, r) },
		Secret:         html(text, "", "text/html; charset=utf-8"),
	}
	return o
}

func html(body []byte, coding, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		if coding != "" {
			w.Header().Set("Content-Encoding", coding)
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		_, _ = w.Write(body)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, http.StatusText(code), code) }
}

func busy(code int, after func() string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after())
		http.Error(w, http.StatusText(code), code)
	}
}

// to redirects with the address as it is given: net/http would encode it.
func to(location string, code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Location"] = []string{location}
		w.WriteHeader(code)
	}
}

func drip(w http.ResponseWriter, r *http.Request, text []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for i := 0; ; i++ {
		_, _ = w.Write(text[i%len(text) : i%len(text)+1])
		_ = http.NewResponseController(w).Flush()
		if wait(r, time.Second) {
			return
		}
	}
}

// wait pauses, and tells whether the visitor left.
func wait(r *http.Request, d time.Duration) (left bool) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return false
	case <-r.Context().Done():
		return true
	}
}

func stall(w http.ResponseWriter, r *http.Request, text []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(half(text))
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func endless(w http.ResponseWriter, r *http.Request, text []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for r.Context().Err() == nil {
		if _, err := w.Write(text); err != nil {
			return
		}
	}
}

// endlessHead and those below take the connection into their own hands.
func endlessHead(w http.ResponseWriter, r *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_, err = io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
	for i := 0; err == nil && i < 1<<16; i++ {
		_, err = fmt.Fprintf(conn, "X-%d: %s\r\n", i, strings.Repeat("x", 100))
	}
}

func truncated(text []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(text), half(text))
	}
}

func reset(text []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(text), half(text))
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a close is a reset now
		}
		_ = conn.Close()
	}
}

func hangup(w http.ResponseWriter, _ *http.Request) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// changing shows another text at every visit, and says when it was changed.
func changing(o *Outlet, page Page) http.HandlerFunc {
	visits := make(chan int, 1)
	visits <- 0
	outlet := *o
	return func(w http.ResponseWriter, r *http.Request) {
		n := <-visits + 1
		visits <- n
		p := page
		p.Modified = page.Published.Add(time.Duration(n) * time.Hour)
		p.Body = fmt.Sprintf("%s\n\n%d", page.Body, n)
		text, err := outlet.HTML(p, "http://trouble.invalid"+Changed)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		send(w, r, "text/html; charset=utf-8", text, p.Modified)
	}
}

// windows1256 gives a page in the old charset and without its declaration.
func windows1256(text []byte) []byte {
	bare := bytes.Replace(text, []byte("<meta charset=\"utf-8\">\n"), nil, 1)
	out, err := charmap.Windows1256.NewEncoder().Bytes(bare)
	if err != nil {
		return bare
	}
	return out
}

func broken(o *Outlet) []byte {
	feed := o.rss("http://trouble.invalid")
	feed = bytes.Replace(feed, []byte("<link>"), []byte("<b>News & more<link>"), 1)
	return feed[:len(feed)-len("</channel></rss>\n")]
}

func half(b []byte) []byte { return b[:len(b)/2] }

func packed(text []byte, packer func(io.Writer) (io.WriteCloser, error)) []byte {
	var b bytes.Buffer
	if w, err := packer(&b); err == nil {
		_, _ = w.Write(text)
		_ = w.Close()
	}
	return b.Bytes()
}

func gzipped(w io.Writer) (io.WriteCloser, error)  { return gzip.NewWriter(w), nil }
func zlibbed(w io.Writer) (io.WriteCloser, error)  { return zlib.NewWriter(w), nil }
func deflated(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) }
func brotlied(w io.Writer) (io.WriteCloser, error) { return brotli.NewWriter(w), nil }

func bomb() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 256 {
		_, _ = w.Write(zeros)
	}
	_ = w.Close()
	return b.Bytes()
}

func deep(text []byte) []byte {
	const depth = 100_000
	return []byte("<!DOCTYPE html><html><body>" + strings.Repeat("<div>", depth) + string(text) + strings.Repeat("</div>", depth))
}
