package hook

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/store"
)

// receiver is who is told: it keeps what it took, in order, and answers as it is asked to.
type receiver struct {
	*httptest.Server
	t      *testing.T
	secret string

	mu     sync.Mutex
	got    []message
	tries  map[string]int
	answer func(m message, try int) int // nil: 204
}

func receive(t *testing.T) *receiver {
	r := &receiver{t: t, tries: map[string]int{}}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		r.t.Error(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var sent int64
	fmt.Sscan(q.Header.Get("webhook-timestamp"), &sent)
	want, err := Sign(r.secret, m.ID, time.Unix(sent, 0), body)
	if err != nil || q.Header.Get("webhook-signature") != want || q.Header.Get("webhook-id") != m.ID || q.Header.Get("Content-Type") != "application/json" {
		r.t.Errorf("signature %q, want %q; %v", q.Header.Get("webhook-signature"), want, err)
	}
	r.tries[m.ID]++
	status := http.StatusNoContent
	if r.answer != nil {
		status = r.answer(m, r.tries[m.ID])
	}
	if status < 300 {
		r.got = append(r.got, m)
	}
	if status == http.StatusFound {
		w.Header().Set("Location", "http://127.0.0.1:1/")
	}
	w.WriteHeader(status)
}

// taken gives the articles that were taken, in order.
func (r *receiver) taken() (ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.got {
		if m.Article != nil {
			ids = append(ids, m.Article.ID)
		}
	}
	return ids
}

func (r *receiver) set(answer func(m message, try int) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// office is a library with hooks and a clock that is set by hand.
type office struct {
	t   *testing.T
	lib isnad.Library
	*Desk
	mu  sync.Mutex
	now time.Time
}

func open(t *testing.T, dir string) *office {
	t.Helper()
	lib, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	o := &office{t: t, lib: lib, now: time.Date(2024, 5, 6, 9, 0, 0, 0, time.UTC)}
	o.Desk = o.desk(Options{Allow: fetch.Loopback()})
	return o
}

func (o *office) desk(opt Options) *Desk {
	o.t.Helper()
	opt.Now, opt.Jitter = o.clock, func() float64 { return 0.5 }
	d, err := New(o.lib, opt)
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *office) wait(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

// keep keeps articles with these ids and words.
func (o *office) keep(words string, ids ...string) {
	o.t.Helper()
	var list []isnad.Entry
	for _, id := range ids {
		list = append(list, isnad.Entry{
			Record: isnad.Record{Reader: "isnad 0.2.0", Article: isnad.Article{ID: id, Outlet: "نبأ", Published: "2019-01-02", Title: words, Language: "ar", Text: words + " في الرباط.\n\nفقرة أخرى."}},
			Sketch: []byte(id), Capture: isnad.Capture{URL: "https://naba.example/" + id, Fetched: time.Unix(1, 0), Form: "text", File: "1", Length: 1, Digest: "sha256:" + strings.Repeat("0", 64)},
		})
	}
	if _, err := o.lib.Put(context.Background(), list); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) add(r *receiver, query string) Hook {
	o.t.Helper()
	h, err := o.Add(context.Background(), Hook{Name: "بحث", Query: query, Address: r.URL + "/in"})
	if err != nil {
		o.t.Fatal(err)
	}
	r.secret = h.Secret
	return h
}

// round lets every hook do what is due, and gives how far one got.
func (o *office) round(id string) State {
	o.t.Helper()
	if err := o.Round(context.Background()); err != nil {
		o.t.Fatal(err)
	}
	s, err := o.State(context.Background(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

func want[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestTells(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	o.keep("محادثات", "old")
	h := o.add(r, "محادثات")
	o.keep("محادثات", "b", "a")
	o.keep("أمطار", "x")
	o.keep("محادثات", "c")
	s := o.round(h.ID)
	want(t, "taken", r.taken(), []string{"b", "a", "c"})
	if s.Taken != 3 || len(s.Waiting) > 0 || s.Row != 0 || s.Last.IsZero() {
		t.Errorf("%+v", s)
	}
	m := r.got[0]
	if m.Type != added || m.Hook != (about{h.ID, "بحث", "محادثات"}) || m.Article.Title != "محادثات" || m.Article.Lead != "محادثات في الرباط." || m.Record != nil || m.At.IsZero() {
		t.Errorf("%+v", m)
	}
	o.round(h.ID)
	want(t, "taken after another round", r.taken(), []string{"b", "a", "c"})
	o.keep("محادثات جديدة", "a")
	o.round(h.ID)
	if last := r.got[len(r.got)-1]; last.Type != revised || last.Article.ID != "a" || last.ID == r.got[1].ID {
		t.Errorf("%+v", last)
	}
	full := o.add(r, "")
	hooks, err := o.List(t.Context())
	if err != nil || len(hooks) != 2 || full.ID == h.ID {
		t.Fatalf("%+v, %v", hooks, err)
	}
	if err := o.Remove(t.Context(), h.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Hook(t.Context(), h.ID); !errors.Is(err, isnad.ErrNotFound) {
		t.Errorf("removed: %v", err)
	}
}

func TestRecord(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	h, err := o.Add(t.Context(), Hook{Name: "n", Address: r.URL, Record: true, Secret: secretMark + base64.StdEncoding.EncodeToString(make([]byte, 24))})
	if err != nil {
		t.Fatal(err)
	}
	r.secret = h.Secret
	o.keep("محادثات", "a")
	o.round(h.ID)
	held, err := o.lib.Article(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := held.Record.AppendJSON(nil)
	if err != nil || len(r.got) != 1 || string(r.got[0].Record) != string(whole) {
		t.Errorf("%v %+v\nwant %s", err, r.got, whole)
	}
}

// TestFails holds that a receiver which fails is left alone longer and longer, and then
// told everything, once.
func TestFails(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	h := o.add(r, "")
	r.set(func(message, int) int { return http.StatusServiceUnavailable })
	var ids []string
	for i := range 70 {
		ids = append(ids, fmt.Sprintf("a%02d", i))
	}
	o.keep("محادثات", ids...)
	s := o.round(h.ID)
	if len(s.Waiting) != 1 || s.Row != 1 || !s.Next.After(o.now) || len(s.Failed) != 1 || !strings.Contains(s.Failed[0].Why, "503") {
		t.Fatalf("%+v", s)
	}
	if s = o.round(h.ID); s.Row != 1 {
		t.Fatalf("it was tried before its time: %+v", s)
	}
	rest := time.Duration(0)
	for range 60 {
		o.wait(s.Next.Sub(o.now))
		s = o.round(h.ID)
		if now := s.Next.Sub(o.now); now < rest {
			t.Fatalf("it rests for %v after %v", now, rest)
		} else {
			rest = now
		}
	}
	if len(s.Waiting) != waiting || rest != longest || s.Row != 61 || len(s.Failed) != shown {
		t.Fatalf("%d wait, it rests for %v, row %d, %d failures", len(s.Waiting), rest, s.Row, len(s.Failed))
	}
	r.set(nil)
	for range 9 {
		o.wait(longest)
		s = o.round(h.ID)
	}
	got := r.taken()
	slices.Sort(got)
	want(t, "taken in the end", got, ids)
	if len(s.Waiting) > 0 || s.GivenUp > 0 || s.Stopped {
		t.Errorf("%+v", s)
	}
}

// TestPoison holds that an article which is never taken holds up no other, and is given
// up after days.
func TestPoison(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	h := o.add(r, "")
	r.set(func(m message, _ int) int {
		if m.Article.ID == "bad" {
			return http.StatusUnprocessableEntity
		}
		return http.StatusOK
	})
	o.keep("محادثات", "a", "bad", "b", "c")
	var s State
	for i := range 60 {
		if s = o.round(h.ID); i < 2 {
			o.wait(firstRest)
		} else {
			o.wait(2 * time.Hour)
		}
		if i == 2 {
			want(t, "taken beside it", r.taken(), []string{"a", "b", "c"})
		}
		if i == 30 {
			o.keep("محادثات", "d")
		}
	}
	want(t, "taken", r.taken(), []string{"a", "b", "c", "d"})
	if s.GivenUp != 1 || len(s.Waiting) != 0 || !s.Failed[0].GivenUp || s.Stopped {
		t.Errorf("%+v", s)
	}
	if n := r.tries[h.ID+".2"]; n < 8 || n > 30 {
		t.Errorf("it was tried %d times", n)
	}
}

// TestStops holds that nothing is sent to one who is gone, until a hand resumes it, and
// nothing is lost then.
func TestStops(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	h := o.add(r, "")
	r.set(func(message, int) int { return http.StatusGone })
	o.keep("محادثات", "a", "b")
	if s := o.round(h.ID); !s.Stopped || s.Trouble == "" {
		t.Fatalf("%+v", s)
	}
	r.set(nil)
	o.wait(longest)
	o.round(h.ID)
	want(t, "taken while stopped", r.taken(), nil)
	if err := o.Resume(t.Context(), h.ID); err != nil {
		t.Fatal(err)
	}
	if s := o.round(h.ID); s.Stopped || s.Trouble != "" {
		t.Fatalf("%+v", s)
	}
	want(t, "taken after it", r.taken(), []string{"a", "b"})

	r.set(func(message, int) int { return http.StatusInternalServerError })
	o.keep("محادثات", "c")
	var s State
	for range 200 {
		if s = o.round(h.ID); s.Stopped {
			break
		}
		o.wait(2 * time.Hour)
	}
	if !s.Stopped || o.now.Sub(s.Since) < stopAfter || len(s.Waiting) != 1 {
		t.Errorf("%+v", s)
	}
}

// TestRestart holds that another program goes on where the last one was.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	o, r := open(t, dir), receive(t)
	h := o.add(r, "")
	r.set(func(m message, try int) int {
		if m.Article.ID == "b" && try < 2 {
			return http.StatusBadGateway
		}
		return http.StatusOK
	})
	o.keep("محادثات", "a", "b", "c")
	o.round(h.ID)
	o.keep("محادثات", "d")
	o.lib.Close()
	after := open(t, dir)
	after.wait(longest)
	after.round(h.ID)
	got := r.taken()
	slices.Sort(got)
	want(t, "taken", got, []string{"a", "b", "c", "d"})
	for id, n := range r.tries {
		if m := strings.HasSuffix(id, ".2"); n != 1 && !m || m && n != 2 {
			t.Errorf("%s was sent %d times", id, n)
		}
	}
}

// TestRun holds that one of two programs sends, and that it ends when it is told to.
func TestRun(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	h := o.add(r, "")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	for range 2 {
		d := o.desk(Options{Allow: fetch.Loopback(), Every: time.Millisecond})
		go func() { ended <- d.Run(ctx) }()
	}
	var ids []string
	for i := range 20 {
		ids = append(ids, fmt.Sprintf("a%02d", i))
		o.keep("محادثات", ids[i])
	}
	for deadline := time.Now().Add(time.Minute); len(r.taken()) < len(ids) && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	stop()
	for range 2 {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	want(t, "taken", r.taken(), ids)
	if s, err := o.State(t.Context(), h.ID); err != nil || s.Taken != len(ids) {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestFence holds that no address of this machine is told unless that is allowed, by
// whatever name, and that nobody is followed elsewhere.
func TestFence(t *testing.T) {
	o, r := open(t, t.TempDir()), receive(t)
	closed := o.desk(Options{})
	for _, address := range []string{r.URL, "http://localhost:1/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/", "ftp://naba.example/", "naba.example", "http://u:p@naba.example/", ""} {
		if _, err := closed.Add(t.Context(), Hook{Name: "n", Address: address}); !errors.Is(err, ErrHook) {
			t.Errorf("%q: %v", address, err)
		}
	}
	h := o.add(r, "")
	if err := o.Test(t.Context(), h.ID); err != nil {
		t.Error(err)
	}
	if err := closed.Test(t.Context(), h.ID); !errors.Is(err, ErrNotTaken) || !strings.Contains(err.Error(), "not a public address") {
		t.Errorf("beyond the fence: %v", err)
	}
	r.set(func(message, int) int { return http.StatusFound })
	if err := o.Test(t.Context(), h.ID); err == nil || !strings.Contains(err.Error(), "302") {
		t.Errorf("led elsewhere: %v", err)
	}
}

func TestRefused(t *testing.T) {
	o := open(t, t.TempDir())
	const to = "https://receiver.example/"
	for name, h := range map[string]Hook{
		"no name": {Address: to}, "long name": {Name: strings.Repeat("ن", 201), Address: to}, "long query": {Name: "n", Query: strings.Repeat("ن", 3000), Address: to},
		"weak secret": {Name: "n", Address: to, Secret: "whsec_abcd"}, "no secret": {Name: "n", Address: to, Secret: "secret"},
	} {
		if _, err := o.Add(t.Context(), h); !errors.Is(err, ErrHook) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.Add(t.Context(), Hook{Name: "n", Address: to, Query: "after:never"}); !errors.Is(err, isnad.ErrQuery) {
		t.Error(err)
	}
	for _, do := range []func(context.Context, string) error{o.Remove, o.Resume, o.Test} {
		if err := do(t.Context(), "none"); !errors.Is(err, isnad.ErrNotFound) {
			t.Error(err)
		}
	}
	for i := range Most {
		if _, err := o.Add(t.Context(), Hook{Name: fmt.Sprint(i), Address: to}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.Add(t.Context(), Hook{Name: "n", Address: to}); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
}

// TestSign holds the example of the Standard Webhooks specification's libraries.
func TestSign(t *testing.T) {
	got, err := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if err != nil || got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Error(got, err)
	}
}
