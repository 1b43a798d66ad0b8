//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/isnad-project/isnad"
)

// clock times what the server does: from the request's coming to the answer's last byte.
type clock struct {
	mu    sync.Mutex
	times []float64 // milliseconds
}

func (c *clock) over(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		next.ServeHTTP(w, r)
		took := time.Since(began).Seconds() * 1000
		c.mu.Lock()
		c.times = append(c.times, took)
		c.mu.Unlock()
	})
}

// take gives the times since it was called last, in order of size.
func (c *clock) take() []float64 {
	c.mu.Lock()
	times := c.times
	c.times = nil
	c.mu.Unlock()
	slices.Sort(times)
	return times
}

// ask answers for one request: its error, and how many bytes came.
type ask func(r *rand.Rand) (int64, error)

// outcome is what a load came to.
type outcome struct {
	times  []float64
	cpu    time.Duration // of the whole program: the clients' too
	took   time.Duration
	bytes  int64
	errors []string
}

// load has clients ask one after the other for a while.
func (x *served) load(clients int, during time.Duration, one ask) outcome {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var o outcome
	x.clock.take()
	began, before := time.Now(), processor()
	for i := range clients {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 7))
			var bytes int64
			var errs []string
			for time.Since(began) < during {
				n, err := one(r)
				if bytes += n; err != nil {
					errs = append(errs, err.Error())
				}
			}
			mu.Lock()
			defer mu.Unlock()
			o.bytes += bytes
			o.errors = append(o.errors, errs...)
		})
	}
	wg.Wait()
	o.cpu, o.took, o.times = processor()-before, time.Since(began), x.clock.take()
	return o
}

// get asks for a page.
func (x *served) get(path string) (int64, error) {
	answer, err := x.client.Get(x.base + path)
	return whole(path, answer, err)
}

// whole reads an answer to its end.
func whole(path string, answer *http.Response, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, answer.Status)
	}
	return n, err
}

// measure measures every kind of page, reading, and a mixed load.
func (x *served) measure(s settings) (missed []string, err error) {
	all := slices.DeleteFunc(kinds(), func(k kind) bool { return !strings.Contains(k.name, s.only) })
	fmt.Printf("%-28s %9s %9s %9s %12s %9s %14s\n", "", "p50 ms", "p99 ms", "pages/s", "CPU ms each", "KiB", "first, CPU ms")
	for _, k := range all {
		paths := x.sample.paths(k)
		first := x.first(paths)
		o := x.load(s.clients, s.each, func(r *rand.Rand) (int64, error) { return x.get(pick(r, paths)) })
		missed = append(missed, o.tell(k.name, fmt.Sprintf("%14.2f", first))...)
	}
	if s.only == "" || s.only == "reading" {
		missed = append(missed, x.reading(s)...)
	}
	if s.load > 0 {
		missed = append(missed, x.flat(s, all)...)
	}
	return missed, nil
}

// first asks for pages of which none was asked for yet, one after the other, and gives the
// processor time that each takes in milliseconds.
func (x *served) first(paths []string) float64 {
	before, n := processor(), min(len(paths), firsts)
	for _, p := range paths[:n] {
		if _, err := x.get(p); err != nil {
			continue // it will be told of again
		}
	}
	return (processor() - before).Seconds() * 1000 / float64(n)
}

// How many pages of a kind are looked at, and how many of them first one by one.
const (
	pagesLooked = 100
	firsts      = 30
)

// paths gives pages of a kind, each once.
func (s *sample) paths(k kind) (list []string) {
	r, seen := rand.New(rand.NewPCG(3, 4)), map[string]bool{}
	for range pagesLooked {
		if p := k.path(s, r); !seen[p] {
			seen[p] = true
			list = append(list, p)
		}
	}
	return list
}

// tell prints an outcome and says what of it misses a bound.
func (o outcome) tell(name, more string) (missed []string) {
	n := float64(len(o.times))
	if n == 0 {
		return []string{name + ": no answer in time"}
	}
	median, slow := o.times[len(o.times)/2], o.times[len(o.times)*99/100]
	fmt.Printf("%-28s %9.1f %9.1f %9.0f %12.2f %9.0f %s\n", name, median, slow, n/o.took.Seconds(), o.cpu.Seconds()*1000/n, float64(o.bytes)/n/1024, more)
	if median > medianBound {
		missed = append(missed, fmt.Sprintf("%s: p50 %.1f ms, bound %.0f", name, median, medianBound))
	}
	if slow > slowestBound {
		missed = append(missed, fmt.Sprintf("%s: p99 %.1f ms, bound %.0f", name, slow, slowestBound))
	}
	if len(o.errors) > 0 {
		missed = append(missed, fmt.Sprintf("%s: %d errors, the first: %s", name, len(o.errors), o.errors[0]))
	}
	return missed
}

// reading has texts read for programs.
func (x *served) reading(s settings) []string {
	o := x.load(s.clients, 2*s.each, func(r *rand.Rand) (int64, error) {
		const path = "/api/v1/read?published=2018-04-07"
		answer, err := x.client.Post(x.base+path, "text/plain; charset=utf-8", strings.NewReader(pick(r, x.sample.texts)))
		return whole(path, answer, err)
	})
	rate := float64(len(o.times)) / o.took.Seconds()
	fmt.Printf("\nreading: %.0f texts a second, %.2f ms of processor time each\n", rate, o.cpu.Seconds()*1000/float64(max(1, len(o.times))))
	var missed []string
	if rate < readsWanted {
		missed = append(missed, fmt.Sprintf("%.0f texts read a second, bound %.0f", rate, readsWanted))
	}
	if len(o.errors) > 0 {
		missed = append(missed, fmt.Sprintf("reading: %d errors, the first: %s", len(o.errors), o.errors[0]))
	}
	return missed
}

// flat loads everything at once for a while and looks at the memory: what is live may not
// grow from quarter to quarter, once everything was asked for.
func (x *served) flat(s settings, all []kind) (missed []string) {
	fmt.Printf("\nall kinds mixed for %s, while something in the library is changed every %s:\n", s.load, changing)
	paths := make([][]string, len(all))
	for i, k := range all {
		paths[i] = x.sample.paths(k)
	}
	stop := x.change(changing)
	defer stop()
	var live [4]float64
	for i := range live {
		o := x.load(s.clients, s.load/time.Duration(len(live)), func(r *rand.Rand) (int64, error) {
			return x.get(pick(r, paths[r.IntN(len(paths))]))
		})
		missed = append(missed, o.tell(fmt.Sprintf("quarter %d", i+1), "")...)
		var now, clean runtime.MemStats
		runtime.ReadMemStats(&now)
		runtime.GC()
		runtime.ReadMemStats(&clean)
		live[i] = mib(clean.HeapAlloc)
		fmt.Printf("  heap %.0f MiB, of it live %.0f, from the system %.0f; resident %.0f\n", mib(now.HeapAlloc), live[i], mib(now.Sys), resident())
	}
	if live[3] > live[0]*growthBound+8 {
		missed = append(missed, fmt.Sprintf("live memory grew from %.0f to %.0f MiB under load", live[0], live[3]))
	}
	return missed
}

// changing is how often the library changes under the mixed load: as often as a desk that
// follows some hundred outlets keeps what came.
const changing = 15 * time.Second

// change changes something in the library again and again, so that nothing that was made
// before holds, until it is stopped.
func (x *served) change(every time.Duration) (stop func()) {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		for ctx.Err() == nil {
			h, err := x.desk.Library.Article(ctx, x.sample.articles[0])
			if err == nil {
				_, err = x.desk.Library.Put(ctx, []isnad.Entry{h.Entry}) // as it is there, which is a change for all that
			}
			if err != nil {
				return
			}
			select {
			case <-ctx.Done():
			case <-time.After(every):
			}
		}
	}()
	return stop
}

func mib(bytes uint64) float64 { return float64(bytes) / (1 << 20) }

// processor gives the processor time that the program has taken.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
