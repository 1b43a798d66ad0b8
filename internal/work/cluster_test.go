package work

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/natstest"
)

// to opens queues on a cluster.
func to(t testing.TB, servers string) *Queues {
	t.Helper()
	q, err := Open(t.Context(), Options{Servers: servers, Log: log(t), Patience: 3 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q
}

// for how long a cable is cut: ISNAD_CUT, or a few seconds.
func cutFor(t *testing.T) time.Duration {
	s := os.Getenv("ISNAD_CUT")
	if s == "" {
		return 3 * time.Second
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal("ISNAD_CUT:", err)
	}
	return d
}

// TestCut cuts the cable between workers and the cluster while they work: the work goes
// on afterwards, nothing is lost, nothing is there twice, and nothing was put aside.
func TestCut(t *testing.T) {
	t.Parallel()
	cut := cutFor(t)
	files := []string{made(t, 0, 150), made(t, 150, 100), made(t, 250, 50)}
	want := alone(t, files...)
	c := natstest.Start(t, 3, natstest.Options{Shy: true})
	var proxies []*natstest.Proxy
	var addresses []string
	for _, a := range c.Addresses() {
		p := natstest.Through(t, a)
		proxies, addresses = append(proxies, p), append(addresses, p.Address())
	}
	dir := t.TempDir()
	giver, taker := to(t, c.URL()), to(t, natstest.URLs(addresses))
	if giver.copies != 3 {
		t.Errorf("the queues lie on %d servers", giver.copies)
	}
	one, two := NewWorker(taker, at(t, dir, desk.Options{})), NewWorker(taker, at(t, dir, desk.Options{}))
	stop := crew(t, one, two)
	handOver(t, giver, files[0])
	for one.done.read.Load()+two.done.read.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	for _, p := range proxies {
		p.Cut()
	}
	handOver(t, giver, files[1])
	time.Sleep(cut)
	if s, err := giver.Status(t.Context()); err != nil || s.Captures.Lag() == 0 {
		t.Errorf("nothing was left to do while the cable was cut: %+v, %v", s, err)
	}
	for _, p := range proxies {
		p.Mend()
	}
	handOver(t, giver, files[2])
	if s := idle(t, giver); s.Failed != 0 || s.Captures.Replicas != 3 {
		t.Errorf("%+v", s)
	}
	stop()
	d := at(t, dir, desk.Options{})
	if err := d.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, content(t, d.Library), want)
	if err := d.Check(t.Context(), func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
}

// TestLeaders kills the leader of the queues, again and again, while work is handed over
// and done.
func TestLeaders(t *testing.T) {
	t.Parallel()
	files := []string{made(t, 0, 100), made(t, 100, 100), made(t, 200, 100)}
	want := alone(t, files...)
	c := natstest.Start(t, 3, natstest.Options{})
	dir := t.TempDir()
	q := to(t, c.URL())
	stop := crew(t, NewWorker(q, at(t, dir, desk.Options{})), NewWorker(to(t, c.URL()), at(t, dir, desk.Options{})))
	for _, f := range files {
		s, err := q.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		leader := c.Named(s.Captures.Leader)
		if leader < 0 {
			t.Fatalf("nobody leads: %+v", s)
		}
		handed := make(chan struct{})
		go func() {
			defer close(handed)
			handOver(t, q, f)
		}()
		if err := c.Kill(leader); err != nil {
			t.Fatal(err)
		}
		<-handed
		if err := c.Restart(leader); err != nil {
			t.Fatal(err)
		}
		if s := idle(t, q); s.Failed != 0 {
			t.Errorf("%+v", s)
		}
	}
	stop()
	d := at(t, dir, desk.Options{})
	if err := d.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, content(t, d.Library), want)
}

// refused wants opening queues to fail with words.
func refused(t *testing.T, o Options, words ...string) {
	t.Helper()
	q, err := Open(t.Context(), o)
	if err == nil {
		q.Close()
		t.Fatalf("%+v was opened; want %q", o, words)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%v does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "wo/rd") || strings.Contains(err.Error(), "wo%2Frd") {
		t.Errorf("a password is told: %v", err)
	}
}

// TestErrors wants every trouble with a cluster named, with what to do.
func TestErrors(t *testing.T) {
	t.Parallel()
	t.Run("address", func(t *testing.T) {
		refused(t, Options{Servers: natstest.URL("127.0.0.1:1")}, "no NATS server answers", "127.0.0.1:1")
		refused(t, Options{Servers: "nats://host.invalid:4222"}, "no NATS server answers")
		refused(t, Options{Servers: "nats://127.0.0.1:1", Name: "two words"}, "cannot name queues")
		refused(t, Options{}, "name one")
	})
	t.Run("password", func(t *testing.T) {
		c := natstest.Start(t, 1, natstest.Options{})
		refused(t, Options{Servers: "nats://" + c.Addresses()[0]}, "refuses the user or the password")
		refused(t, Options{Servers: "nats://isnad:wrong@" + c.Addresses()[0]}, "refuses the user or the password", "--nats-credentials")
	})
	t.Run("no streams", func(t *testing.T) {
		c := natstest.Start(t, 1, natstest.Options{NoStreams: true})
		refused(t, Options{Servers: c.URL()}, "has no JetStream", "-js")
	})
	t.Run("no room", func(t *testing.T) {
		t.Parallel()
		c := natstest.Start(t, 1, natstest.Options{Store: 64 << 20})
		refused(t, Options{Servers: c.URL()}, "no room for the queues", "--room")
	})
	t.Run("quorum", func(t *testing.T) {
		t.Parallel()
		c := natstest.Start(t, 3, natstest.Options{})
		for _, i := range []int{0, 2} {
			if err := c.Kill(i); err != nil {
				t.Fatal(err)
			}
		}
		refused(t, Options{Servers: c.URL()}, "more than half of its servers")
	})
	t.Run("old", func(t *testing.T) {
		for version, want := range map[string]bool{"2.9.25": true, "1.4.0": true, "2.10.0": false, "2.15.2": false, "3.0": false, "2.10.0-beta.1": false, "x": false} {
			if got := old(version); got != want {
				t.Errorf("old(%q) = %v", version, got)
			}
		}
		q := &Queues{o: Options{Servers: "nats://127.0.0.1"}}
		if err := q.explain(errOld); !strings.Contains(err.Error(), "2.10 or newer") {
			t.Error(err)
		}
	})
	t.Run("ended", func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		end()
		if _, err := Open(ctx, Options{Dir: t.TempDir()}); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
