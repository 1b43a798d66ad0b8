package work

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/testsite"
)

// press opens an outlet with some pages.
func press(t testing.TB, robots string, pages int) (*testsite.Site, *testsite.Host) {
	t.Helper()
	o := testsite.Outlet{Key: "press", Name: "الصحيفة", Robots: robots}
	for i := range pages {
		o.Pages = append(o.Pages, testsite.Page{
			Slug: fmt.Sprint("p", i), Title: fmt.Sprintf("وزير التجارة يعلن وصول %d طنا من القمح", 100+i),
			Body:      fmt.Sprintf("أعلن وزير التجارة سامر العطار وصول %d طنا من القمح إلى ميناء المدينة.\n\nوقال العطار إن الوزارة ستوزع الشحنة على %d سوقا قبل نهاية الشهر.", 100+i, 3+i),
			Published: time.Date(2024, 3, 1+i, 8, 0, 0, 0, time.UTC),
		})
	}
	s, err := testsite.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, s.Hosts()[0]
}

// visiting is a desk that may visit this machine, by the gate of its queues.
func visiting(t testing.TB, q *Queues, dir string, delay time.Duration) *desk.Desk {
	t.Helper()
	return at(t, dir, desk.Options{Log: log(t), Fetch: fetch.Options{Allow: fetch.Loopback(), PerHostDelay: delay, Gate: q.Gate()}})
}

// apart wants every request to a host to begin so long after the one before. What comes
// after robots.txt need not: only then is it known what the site wants.
func apart(t testing.TB, h *testsite.Host, delay time.Duration) {
	t.Helper()
	const slack = 20 * time.Millisecond // between asking and being heard
	var last time.Time
	path := ""
	for _, v := range h.Visits() {
		if gap := v.At.Sub(last); gap < delay-slack && path != "/robots.txt" {
			t.Errorf("%s was asked for %v after the request before it; %v were to pass", v.Path, gap, delay)
		}
		last, path = v.At, v.Path
	}
}

// TestVisits follows a feed by two workers, who together keep every page once and never
// visit its host sooner than they may.
func TestVisits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		robots       string
		delay, apart time.Duration
	}{
		"ours":   {"", 300 * time.Millisecond, 300 * time.Millisecond},
		"theirs": {"User-agent: *\nCrawl-delay: 0.5", 10 * time.Millisecond, 500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			const pages = 8
			_, h := press(t, c.robots, pages)
			dir := t.TempDir()
			q := open(t, dir)
			one, two := visiting(t, q, dir, c.delay), visiting(t, q, dir, c.delay)
			if _, err := one.Follow(t.Context(), h.URL("/feed.xml"), ""); err != nil {
				t.Fatal(err)
			}
			a, b := NewWorker(q, one), NewWorker(q, two)
			a.Once, b.Once = true, true
			crew(t, a, b)
			kept := func() (n int) {
				for _, err := range one.Library.Each(t.Context(), isnad.Query{}) {
					if err != nil {
						t.Fatal(err)
					}
					n++
				}
				return n
			}
			for end := time.Now().Add(time.Minute); kept() < pages; time.Sleep(50 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("%d pages were kept", kept())
				}
			}
			for i := range pages {
				if n := h.VisitsOf(fmt.Sprint("/", "p", i)); n > 1 {
					t.Errorf("page %d was visited %d times", i, n)
				}
			}
			apart(t, h, c.apart)
		})
	}
}

// TestQuiet leaves a host alone that asked for it, whichever worker heard it.
func TestQuiet(t *testing.T) {
	_, h := press(t, "", 1)
	h.Fail(http.StatusTooManyRequests, http.Header{"Retry-After": {"3600"}})
	q := open(t, t.TempDir())
	options := fetch.Options{Allow: fetch.Loopback(), PerHostDelay: -1, Gate: q.Gate()}
	one, two := fetch.New(options), fetch.New(options)
	_, err := one.Get(t.Context(), fetch.Request{URL: h.Page("p0")})
	if fetch.KindOf(err) == "" {
		t.Fatal(err)
	}
	heard := len(h.Visits())
	_, err = two.Get(t.Context(), fetch.Request{URL: h.Page("p0")})
	var e *fetch.Error
	if !errors.As(err, &e) || time.Until(e.Retry) < 50*time.Minute {
		t.Errorf("%v", err)
	}
	if len(h.Visits()) != heard {
		t.Error("another worker visited a host that asked to be left alone")
	}
}

// TestGate gives the turn at a host to one at a time, and to the next when it is over, or
// when whoever had it ended without a word.
func TestGate(t *testing.T) {
	q := open(t, t.TempDir())
	g := q.Gate()
	leave, err := g.Enter(t.Context(), "example.org")
	if err != nil {
		t.Fatal(err)
	}
	if other, err := g.Enter(t.Context(), "example.net"); err != nil {
		t.Error(err)
	} else {
		other(time.Now())
	}
	entered := make(chan time.Time)
	for range 2 {
		go func() {
			leave, err := g.Enter(t.Context(), "example.org")
			if err != nil {
				t.Error(err)
				return
			}
			at := time.Now()
			leave(at.Add(300 * time.Millisecond))
			entered <- at
		}()
	}
	select {
	case <-entered:
		t.Fatal("two have the turn at one host")
	case <-time.After(300 * time.Millisecond):
	}
	leave(time.Now())
	first, second := <-entered, <-entered
	if second.Sub(first).Abs() < 300*time.Millisecond {
		t.Errorf("the second came %v after the first", second.Sub(first))
	}
	if turn := q.turnAt(t.Context(), "example.org"); turn.Held || time.Until(turn.Free) > time.Second {
		t.Errorf("%+v", turn)
	}
	_, err = q.hosts.PutString(t.Context(), digest("example.com"), "not of our making")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Enter(t.Context(), "example.com"); err != nil {
		t.Error(err)
	}
}

// TestPutOff spreads the visits that wait for one host.
func TestPutOff(t *testing.T) {
	var h hosts
	const rest = 10 * time.Second
	if wait := h.enter("a", hostTurn{}, rest); wait != 0 {
		t.Error(wait)
	}
	for i := range 4 {
		if wait := h.enter("a", hostTurn{}, rest); (wait - time.Duration(i+1)*rest).Abs() > time.Second {
			t.Errorf("visit %d is put off for %v", i, wait)
		}
	}
	h.leave("a")
	for name, c := range map[string]struct {
		turn hostTurn
		want time.Duration
	}{
		"free":  {hostTurn{}, 0},
		"soon":  {hostTurn{Free: time.Now().Add(time.Minute)}, time.Minute},
		"held":  {hostTurn{Free: time.Now().Add(lease), Held: true}, rest},
		"quiet": {hostTurn{Free: time.Now().Add(time.Hour)}, 0},
	} {
		if wait := h.enter(name, c.turn, rest); (wait - c.want).Abs() > time.Second {
			t.Errorf("%s: put off for %v, want %v", name, wait, c.want)
		}
	}
}

// TestOneDoor lets a second process come to the queues of the first by its door; here it
// is the same process.
func TestOneDoor(t *testing.T) {
	dir := t.TempDir()
	first, second := open(t, dir), open(t, dir)
	if first.inside == nil || second.inside != nil {
		t.Fatal("both have a server inside")
	}
	file := made(t, 0, 20)
	handOver(t, second, file)
	if s, err := first.Status(t.Context()); err != nil || s.Captures.Waiting != 20 {
		t.Errorf("%+v, %v", s, err)
	}
	if n := once(t, second, at(t, dir, desk.Options{}), Read, Join); n.Read != 20 {
		t.Errorf("%+v", n)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if again.inside == nil {
		t.Error("nobody took the queues over")
	}
}
