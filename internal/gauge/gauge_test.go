package gauge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store"
)

func open(t *testing.T, o Options) *Figures {
	t.Helper()
	lib, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	return New(lib, o)
}

func get(h http.Handler, path string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://localhost"+path, nil)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestMetrics holds that what happens is counted, in Prometheus's form, for who may see it.
func TestMetrics(t *testing.T) {
	f := open(t, Options{Version: "1.2.3"})
	lib := f.Library()
	entry := isnad.Entry{Record: isnad.Record{Reader: "isnad 0.2.0", Article: isnad.Article{ID: "a", Published: "2024-05-06", Language: "ar", Text: "نص"}}, Sketch: []byte("a"),
		Capture: isnad.Capture{URL: "u", Fetched: time.Unix(1, 0), File: "1", Length: 1, Digest: "sha256:0"}}
	if _, err := lib.Put(t.Context(), []isnad.Entry{entry}); err != nil {
		t.Fatal(err)
	}
	all, err := lib.Sketches(t.Context(), "2024-05-06", "2024-05-06")
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if err := lib.Join(t.Context(), isnad.Joining{Done: []isnad.Done{{Article: "a", Mark: all[0].Mark}}, Stories: []isnad.Story{{ID: "a", First: "2024-05-06", Last: "2024-05-06", Articles: []string{"a"}}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Want(t.Context(), []isnad.Page{{URL: "https://naba.example/1", Due: time.Now().Add(-time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	f.Visited("page", 3)
	f.Sent("given up")
	around := f.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/story/none" {
			w.WriteHeader(http.StatusNotFound)
		}
		io.WriteString(w, "نص")
	}))
	for _, path := range []string{"/", "/en/story/1?q=secret", "/story/none", "/wp-login.php", "/api/v1/articles/7"} {
		if get(around, path).Header().Get("X-Request-Id") == "" {
			t.Errorf("%s: no number", path)
		}
	}
	for _, token := range []string{"", "Bearer wrong", "token"} {
		if w := get(f.Metrics("token"), "/metrics", "Authorization", token); w.Code != http.StatusUnauthorized {
			t.Errorf("%q: %d", token, w.Code)
		}
	}
	w := get(f.Metrics("token"), "/metrics", "Authorization", "Bearer token")
	text := w.Body.String()
	for _, line := range []string{
		`isnad_articles_kept_total{change="added"} 1`, "isnad_articles 1\n", "isnad_articles_joined_total 1", "isnad_stories 1", "isnad_library_up 1", "isnad_articles_unjoined 0",
		`isnad_visits_total{of="page"} 3`, `isnad_hook_messages_total{outcome="given_up"} 1`, `isnad_requests_total{page="story",status="200"} 1`, `isnad_requests_total{page="story",status="404"} 1`,
		`isnad_requests_total{page="other",status="200"} 1`, `isnad_requests_total{page="api articles",status="200"} 1`, `isnad_request_seconds_count{page="today"} 1`,
		`isnad_library_write_seconds_count{do="put"} 1`, `isnad_build_info{version="1.2.3"} 1`, "go_goroutines", "isnad_pages_lag_seconds 36", `isnad_hooks{state="well"} 0`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q", line)
		}
	}
	if strings.Contains(text, "secret") || strings.Contains(text, "wp-login") || strings.Contains(text, "naba") {
		t.Error("a figure carries words from outside")
	}
	problems, err := testutil.GatherAndLint(f.registry)
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
}

// TestWork holds that the queues of several programs are told of, where there are any.
func TestWork(t *testing.T) {
	fault := error(nil)
	f := open(t, Options{Work: func(context.Context) (Work, error) {
		return Work{Queues: []Queue{{Name: "captures", Waiting: 7, InHand: 2, Bytes: 100, Room: 1000}, {Name: "visits", Missing: 1}}, Aside: 3, Workers: 4}, fault
	}})
	text := get(f.Metrics(""), "/metrics").Body.String()
	for _, line := range []string{`isnad_queue_waiting{queue="captures"} 7`, `isnad_queue_in_hand{queue="captures"} 2`, `isnad_queue_servers_missing{queue="visits"} 1`, "isnad_work_aside 3", "isnad_workers 4", "isnad_queues_up 1"} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q", line)
		}
	}
	problems, err := testutil.GatherAndLint(f.registry)
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	fault = errors.New("gone")
	if text := get(f.Metrics(""), "/metrics").Body.String(); !strings.Contains(text, "isnad_queues_up 0") || strings.Contains(text, "isnad_workers 4") {
		t.Error(text)
	}
}

// broken is a library that does not answer.
type broken struct{ isnad.Library }

func (broken) Stats(context.Context) (isnad.Stats, error) {
	return isnad.Stats{}, errors.New("gone")
}

func (broken) Search(context.Context, isnad.Query) (isnad.Results, error) {
	return isnad.Results{}, errors.New("gone")
}

// TestTrouble holds that trouble is told: by status, and by figures that are left out.
func TestTrouble(t *testing.T) {
	whole := open(t, Options{Writable: func() error { return nil }})
	if w := get(whole.Health(), "/healthz"); w.Code != http.StatusOK || w.Body.String() != `{"status":"ok","library":"ok","evidence":"ok"}`+"\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	full := open(t, Options{Writable: func() error { return errors.New("no space") }})
	if w := get(full.Health(), "/healthz"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"evidence":"trouble"`) || strings.Contains(w.Body.String(), "space") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	gone := New(broken{whole.lib}, Options{})
	if w := get(gone.Health(), "/healthz"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"library":"trouble"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(gone.Health(), "/healthz/live"); w.Code != http.StatusOK {
		t.Errorf("%d", w.Code)
	}
	text := get(gone.Metrics(""), "/metrics").Body.String()
	if !strings.Contains(text, "isnad_library_up 0") || strings.Contains(text, "isnad_stories") {
		t.Errorf("%s", text)
	}
}

// TestLog holds that a request is a line with its number, and that a handler's panic is
// counted and goes on.
func TestLog(t *testing.T) {
	var b bytes.Buffer
	f := open(t, Options{Log: slog.New(slog.NewJSONHandler(&b, nil))})
	w := get(f.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		io.WriteString(w, "abc")
	})), "/search?q=secret")
	var line struct {
		Msg, ID, Method, Path, From string
		Status, Bytes               int
		MS                          float64
		Whole                       bool
	}
	if err := json.Unmarshal(b.Bytes(), &line); err != nil || line.Msg != "request" || line.ID != w.Header().Get("X-Request-Id") || line.Path != "/search" || line.Status != 200 || line.Bytes != 3 || !line.Whole || line.From == "" {
		t.Errorf("%v %s", err, b.String())
	}
	if strings.Contains(b.String(), "secret") {
		t.Error("the log tells what is searched for")
	}
	b.Reset()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic ended here")
			}
		}()
		get(f.Around(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("made") })), "/")
	}()
	if !strings.Contains(b.String(), `"status":500`) || !strings.Contains(b.String(), `"whole":false`) {
		t.Error(b.String())
	}
}
