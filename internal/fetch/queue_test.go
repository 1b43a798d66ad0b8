package fetch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestTurns runs in a time of its own: waits take none.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(time.Now, 1)
		begin := time.Now()
		var mu sync.Mutex
		var order []string
		var all sync.WaitGroup
		for i := range 4 {
			for _, host := range []string{"a", "b"} {
				all.Go(func() {
					leave, err := q.enter(context.Background(), host, time.Second)
					if err != nil {
						t.Error(err)
						return
					}
					defer leave()
					mu.Lock()
					order = append(order, fmt.Sprintf("%s%d@%v", host, i, time.Since(begin)))
					mu.Unlock()
				})
				synctest.Wait()
			}
		}
		all.Wait()
		want := "[a0@0s b0@0s a1@1s b1@1s a2@2s b2@2s a3@3s b3@3s]"
		swapped := 0
		for i := 0; i+1 < len(order); i += 2 {
			if order[i][0] == 'b' { // two hosts at one moment have no order
				order[i], order[i+1] = order[i+1], order[i]
				swapped++
			}
		}
		if got := fmt.Sprint(order); got != want {
			t.Errorf("%s\nwant %s (%d swapped)", got, want, swapped)
		}
	})
}

// TestTurnsAtOnce wants as many at once as allowed, and a slow answer to keep its place.
func TestTurnsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(time.Now, 2)
		begin := time.Now()
		var mu sync.Mutex
		starts := map[time.Duration]int{}
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				leave, err := q.enter(context.Background(), "a", time.Second)
				if err != nil {
					t.Error(err)
					return
				}
				defer leave()
				mu.Lock()
				starts[time.Since(begin)]++
				mu.Unlock()
				time.Sleep(10 * time.Second)
			})
		}
		all.Wait()
		if got := fmt.Sprint(starts); got != "map[0s:1 1s:1 10s:1 11s:1 20s:1 21s:1]" {
			t.Error(got)
		}
	})
}

// TestGivenUp wants the place of one who gave up to be the next one's.
func TestGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(time.Now, 1)
		leave, err := q.enter(context.Background(), "a", 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := q.enter(ctx, "a", 10*time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for the slot: %v", err)
		}
		leave()
		ctx, cancel = context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := q.enter(ctx, "a", 10*time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for the start: %v", err)
		}
		before := time.Now()
		leave, err = q.enter(context.Background(), "a", 10*time.Second)
		if err != nil || time.Since(before) != 8*time.Second {
			t.Errorf("%v after %v", err, time.Since(before))
		}
		leave()
		ctx, cancel = context.WithCancel(context.Background())
		cancel()
		if _, err := q.enter(ctx, "new", 0); !errors.Is(err, context.Canceled) {
			t.Errorf("a turn for one who is gone: %v", err)
		}
	})
}

// TestHush wants those who wait already told too.
func TestHush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(time.Now, 1)
		leave, err := q.enter(context.Background(), "a", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		until := time.Now().Add(time.Hour)
		var waiting sync.WaitGroup
		waiting.Go(func() {
			var quiet quietError
			if _, err := q.enter(context.Background(), "a", time.Minute); !errors.As(err, &quiet) || !quiet.until.Equal(until) {
				t.Errorf("%v", err)
			}
		})
		synctest.Wait()
		q.hush("a", until)
		q.hush("a", until.Add(-time.Minute)) // an earlier moment does not shorten it
		leave()
		waiting.Wait()
		time.Sleep(time.Hour)
		if leave, err = q.enter(context.Background(), "a", time.Minute); err != nil {
			t.Fatal(err)
		}
		leave()
	})
}

// TestForgotten wants hosts that nobody visits any more to take no memory.
func TestForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(time.Now, 1)
		for i := range 20 * manyHosts {
			leave, err := q.enter(context.Background(), fmt.Sprint(i), time.Second)
			if err != nil {
				t.Fatal(err)
			}
			leave()
			if i%100 == 0 {
				time.Sleep(time.Second)
			}
		}
		if n := len(q.hosts); n > 2*manyHosts {
			t.Errorf("%d hosts are remembered", n)
		}
		for i := range maxHosts + 10 {
			q.hush(fmt.Sprint("quiet", i), time.Now().Add(time.Hour))
		}
		if n := len(q.hosts); n > maxHosts {
			t.Errorf("%d hosts that asked for quiet are remembered", n)
		}
	})
}
