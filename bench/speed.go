//go:build unix

package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

// speed measures reading and writing out on one core, in processor time, so that a busy
// machine counts as little as can be.
func speed(what string, wanted float64, r *reader.Reader, articles []isnad.Article) (missed []string) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	n := words(articles)
	read := measure(n, func() {
		for _, a := range articles {
			r.Read(a)
		}
	})
	records := make([]isnad.Record, len(articles))
	for i, a := range articles {
		records[i] = r.Read(a)
	}
	var buf []byte
	written := measure(n, func() {
		for i := range records {
			buf, _ = records[i].AppendJSON(buf[:0])
		}
	})
	fmt.Printf("%s: %d articles, %d words\n", what, len(articles), n)
	fmt.Printf("reading           %s\n", read)
	fmt.Printf("writing as JSON   %s   (%.0f %% of both)\n\n", written, 100*read.words/(read.words+written.words))
	if read.words < wanted {
		missed = append(missed, fmt.Sprintf("%s: %.0f words/s, wanted %.0f", what, read.words, wanted))
	}
	return missed
}

// rate is what work costs.
type rate struct {
	words         float64 // a second of processor time
	allocs, bytes float64 // a word
}

func (r rate) String() string {
	return fmt.Sprintf("%9.0f words/s on one core   %5.1f allocations and %4.0f bytes a word", r.words, r.allocs, r.bytes)
}

// A measure takes turns of so much processor time each.
const (
	turns = 7
	turn  = time.Second / 2
)

// measure does work of n words again and again and gives the rate of the best turn: the rest is the machine's noise.
func measure(n int, work func()) (best rate) {
	work() // memory is grown once
	for range turns {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began, rounds := processor(), 0
		for processor()-began < turn {
			work()
			rounds++
		}
		took := processor() - began
		runtime.ReadMemStats(&after)
		all := float64(n * rounds)
		if words := all / took.Seconds(); words > best.words {
			best = rate{words, float64(after.Mallocs-before.Mallocs) / all, float64(after.TotalAlloc-before.TotalAlloc) / all}
		}
	}
	return best
}

// processor gives the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// scale reads the articles with one goroutine and with two, turn by turn, and compares
// the best times by the clock: on a busy machine it tells less than there is.
func scale(r *reader.Reader, articles []isnad.Article) (missed []string) {
	if runtime.NumCPU() < 2 {
		fmt.Print("one core: no second one to measure\n\n")
		return nil
	}
	best := [3]time.Duration{1: time.Hour, 2: time.Hour}
	for range 7 {
		for n := 1; n <= 2; n++ {
			best[n] = min(best[n], parallel(r, articles, n))
		}
	}
	gain := best[1].Seconds() / best[2].Seconds()
	fmt.Printf("two goroutines read %.2f times as much as one\n\n", gain)
	if gain < scaleWanted {
		missed = append(missed, fmt.Sprintf("two cores: %.2f times one, wanted %.1f", gain, scaleWanted))
	}
	return missed
}

// parallel reads all articles with n goroutines.
func parallel(r *reader.Reader, articles []isnad.Article, n int) time.Duration {
	began := time.Now()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(articles); i = next.Add(1) - 1 {
				r.Read(articles[i])
			}
		})
	}
	wg.Wait()
	return time.Since(began)
}

// rounds is how often the stages are timed.
const rounds = 3

// stages prints the share of each stage of a reading.
func stages(r *reader.Reader, articles []isnad.Article) {
	var order []string
	took := map[string]time.Duration{}
	var all, staged time.Duration
	for range rounds {
		for _, a := range articles {
			began := time.Now()
			_, steps := r.Explain(a)
			all += time.Since(began)
			for _, s := range steps {
				if _, seen := took[s.Stage]; !seen {
					order = append(order, s.Stage)
				}
				took[s.Stage] += s.Took
				staged += s.Took
			}
		}
	}
	took["the rest"] = all - staged // sentences, tokens, clitics
	for _, s := range append(order, "the rest") {
		fmt.Printf("  %-14s %5.1f %%\n", s, 100*took[s].Seconds()/all.Seconds())
	}
	fmt.Println()
}
