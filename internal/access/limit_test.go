package access

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// TestTries holds that passwords are tried later and later, by name and by address, and
// that the right one is let in when it may be tried.
func TestTries(t *testing.T) {
	h := open(t, Options{})
	h.add(t, "amal", Admin)
	ctx := t.Context()
	try := func(from, name, p string) time.Duration {
		t.Helper()
		_, err := h.SignIn(ctx, from, name, p)
		slow := (*Slow)(nil)
		if errors.As(err, &slow) {
			return slow.Wait
		}
		if (err == nil) != (p == password) || err != nil && !errors.Is(err, ErrPassword) {
			t.Fatalf("%s from %s: %v", name, from, err)
		}
		return 0
	}
	from := func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }
	for i := range 5 {
		if w := try(from(i), "amal", another); w != 0 {
			t.Fatalf("try %d waits %v", i, w)
		}
	}
	for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		if w := try(from(100), "Amal", password); w != want*time.Second {
			t.Errorf("after %d failures the wait is %v, want %ds", 5+i, w, want)
		}
		h.clock.move(want * time.Second)
		if i < 7 {
			try(from(20+i), "amal", another)
		}
	}
	if w := try(from(100), "amal", password); w != 0 {
		t.Fatalf("the right one waits %v", w)
	}
	if w := try(from(100), "amal", another); w != 0 {
		t.Errorf("after the right one it waits %v", w)
	}
	// One address that tries many names.
	waited := time.Duration(0)
	for i := range 14 {
		w := try("2001:db8::1", fmt.Sprintf("nobody%d", i), another)
		waited = max(waited, w)
		h.clock.move(w)
	}
	if waited < 2*time.Second {
		t.Errorf("an address waits %v", waited)
	}
	if w := try("2001:db8::2", "amal", password); w == 0 {
		t.Error("its neighbour does not wait")
	}
	if w := try("2001:db8:0:1::1", "amal", password); w != 0 {
		t.Errorf("another house waits %v", w)
	}
	h.clock.move(2 * forgetTime)
	for range 9 {
		if w := try("2001:db8::1", "nobody", another); w != 0 && w != time.Second {
			t.Errorf("it is not forgotten: %v", w)
		}
		h.clock.move(time.Minute)
	}
}

// TestUnknown holds that a name that is not there costs as much as one that is.
func TestUnknown(t *testing.T) {
	h := open(t, Options{})
	h.add(t, "amal", Admin)
	took := map[string]time.Duration{}
	for range 3 {
		for _, name := range []string{"amal", "nobody", "<no name>"} {
			began := time.Now()
			if _, err := h.SignIn(t.Context(), "x", name, another); !errors.Is(err, ErrPassword) {
				t.Fatal(err)
			}
			took[name] += time.Since(began)
			h.clock.move(forgetTime * 2)
		}
	}
	for _, name := range []string{"nobody", "<no name>"} {
		if took[name] < took["amal"]/4 {
			t.Errorf("%s took %v, a user %v", name, took[name], took["amal"])
		}
	}
}

// TestRate holds that a user, and an address without one, may ask so often and no more.
func TestRate(t *testing.T) {
	h := open(t, Options{Rate: 2, Closed: true})
	h.add(t, "amal", Admin)
	s := h.signIn(t, "amal", password)
	burst := func(r int) (n int, wait time.Duration) {
		for range 500 {
			q := cookie(s)
			if r == 0 {
				q = request()
			}
			_, err := h.Visitor(q)
			slow := (*Slow)(nil)
			if errors.As(err, &slow) {
				return n, slow.Wait
			}
			n++
		}
		return n, 0
	}
	for r, want := range []int{20, 20} {
		if n, wait := burst(r); n != want || wait != 500*time.Millisecond {
			t.Errorf("%d requests at once, then %v; want %d", n, wait, want)
		}
	}
	h.clock.move(3 * time.Second)
	if n, _ := burst(1); n != 6 {
		t.Errorf("after three seconds %d requests, want 6", n)
	}
	h.clock.move(-time.Hour) // a clock that is set back
	if n, wait := burst(1); n != 0 || wait > time.Minute {
		t.Errorf("%d requests, then %v", n, wait)
	}
}

// TestTable holds that a table stays bounded and forgets the one not asked for longest.
func TestTable(t *testing.T) {
	x := newTable[int](3)
	for i, name := range []string{"a", "b", "c", "a", "d", "e"} {
		*x.get(name) += i + 1
	}
	if len(x.at) != 3 || x.order.Len() != 3 {
		t.Errorf("%d rows, %d in order", len(x.at), x.order.Len())
	}
	if *x.get("a") != 5 || *x.get("b") != 0 {
		t.Error("it forgot the wrong one")
	}
	x.drop("a")
	x.drop("a")
	if len(x.at) != 2 || *x.get("a") != 0 {
		t.Error("it was not dropped")
	}
	b := newBuckets(1)
	f := newFailures(1, time.Minute)
	for i := range remembered * 2 {
		b.take(fmt.Sprint(i), time.Unix(1e9, 0))
		f.try(fmt.Sprint(i), time.Unix(1e9, 0))
	}
	if len(b.names.at) != remembered || len(f.names.at) != remembered {
		t.Errorf("%d and %d rows", len(b.names.at), len(f.names.at))
	}
}
