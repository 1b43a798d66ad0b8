package gauge

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Around counts, times and logs the requests to next, and gives each a number of its own
// that its answer carries. What stands behind the question mark is not logged: it is
// nobody's matter what people search for, and a secret may stand there.
func (f *Figures) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, page, begun := number16(), Page(r.URL.Path), time.Now()
		w.Header().Set("X-Request-Id", id)
		a := &answer{ResponseWriter: w}
		f.under.Inc()
		whole := false
		defer func() {
			f.under.Dec()
			took := time.Since(begun)
			if !whole && a.status == 0 {
				a.status = http.StatusInternalServerError
			}
			status := a.code()
			f.requests.WithLabelValues(page, strconv.Itoa(status)).Inc()
			f.took.WithLabelValues(page).Observe(took.Seconds())
			level := slog.LevelInfo
			switch {
			case status >= 500:
				level = slog.LevelError
			case quiet(page):
				level = slog.LevelDebug
			}
			f.opt.Log.Log(r.Context(), level, "request", "id", id, "from", from(r), "method", method(r), "path", r.URL.Path, "status", status,
				"bytes", a.bytes, "ms", float64(took.Microseconds())/1000, "whole", whole)
		}()
		next.ServeHTTP(a, r)
		whole = true
	})
}

// number16 makes a request's number.
func number16() string {
	var b [8]byte
	rand.Read(b[:]) //nolint:errcheck // it never fails
	return hex.EncodeToString(b[:])
}

func from(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// method gives the method of a request: it may be any word.
func method(r *http.Request) string { return r.Method[:min(len(r.Method), 16)] }

// answer notes the status and the size of an answer.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write notes the size.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// Unwrap gives the writer beneath, for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// code gives the status; who wrote nothing answered 200.
func (a *answer) code() int {
	if a.status == 0 {
		return http.StatusOK
	}
	return a.status
}

// pages are the first segments of the paths that are served, and of the API the second.
func pages() []string {
	return []string{"today", "story", "article", "entity", "entities", "statements", "commitments", "disagreements", "search", "sources", "hooks", "quality",
		"original", "bytes", "static", "commitments.ics", "look", "sign-in", "sign-out", "account", "users", "log", "feeds", "api", "metrics", "healthz"}
}

func operations() []string {
	return []string{"articles", "stories", "statements", "commitments", "disagreements", "entities", "tally", "sources", "stats", "read", "hooks", "me", "log", "work",
		"export.jsonl", "export.csv", "openapi.json", "openapi.yaml", "openapi-3.0.json", "openapi-3.0.yaml"}
}

// Page gives under what name a path is counted: there are no more of them than are listed.
func Page(path string) string {
	if rest, ok := strings.CutPrefix(path, "/en"); ok && (rest == "" || rest[0] == '/') {
		path = rest
	}
	first, rest, _ := strings.Cut(strings.Trim(path, "/"), "/")
	if first == "" {
		first = "today"
	}
	if !slices.Contains(pages(), first) {
		return "other"
	}
	if first != "api" {
		return first
	}
	_, rest, _ = strings.Cut(rest, "/")
	op, _, _ := strings.Cut(rest, "/")
	if slices.Contains(operations(), op) {
		return "api " + op
	}
	return "api"
}

// quiet reports whether requests for a page are not worth a line each.
func quiet(page string) bool { return page == "static" || page == "healthz" || page == "metrics" }
