//go:build unix

// Command work measures what it costs to hand work out through NATS JetStream: the same
// articles read and kept by plain goroutines and through the queues inside one process,
// and by one and by two worker processes on a NATS server and PostgreSQL. It works on real
// news where that is at hand, else on the samples with changed names. It ends with status
// 1 when a measure misses its bound.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/isnad-project/isnad/bench/press"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/work"
)

// The bounds that the measures must keep, on two cores.
const (
	overheadBound   = 1.25 // the time through the queues, in times of that of plain goroutines
	efficiencyBound = 0.9  // the speed of two workers with a core each, in times of that of one worker with both
)

func main() {
	n := flag.Int("n", 50_000, "how many articles are read")
	flag.Parse()
	if err := run(context.Background(), *n); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n int) error {
	c, err := press.Load(n)
	if err != nil {
		return err
	}
	fmt.Printf("%s %s/%s, %d cores; %s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), c.What)
	dir, err := os.MkdirTemp("", "isnad-bench-work-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "news.jsonl")
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := c.Feed(f, n); err != nil {
		return err
	}
	missed, err := overhead(ctx, dir, file, n)
	if err != nil {
		return err
	}
	more, err := efficiency(ctx, dir, file, n)
	if err != nil {
		return err
	}
	if missed = append(missed, more...); len(missed) > 0 {
		return fmt.Errorf("out of bounds: %s", strings.Join(missed, "; "))
	}
	return nil
}

// spent is what a measure took.
type spent struct{ clock, cpu time.Duration }

func (s spent) say(what string, n int) {
	fmt.Printf("%-48s %8s, %6.0f articles/s; %8s of processor time\n", what, s.clock.Round(10*time.Millisecond), float64(n)/s.clock.Seconds(), s.cpu.Round(10*time.Millisecond))
}

// timed measures what this process spends on something.
func timed(do func() error) (spent, error) {
	began, cpu := time.Now(), processor()
	err := do()
	return spent{time.Since(began), processor() - cpu}, err
}

// processor is the processor time that this process had so far.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// overhead compares plain goroutines with the queues inside the same process. Neither
// joins what it read: that is the same for both.
func overhead(ctx context.Context, dir, file string, n int) (missed []string, err error) {
	plain, err := timed(func() error { return goroutines(ctx, filepath.Join(dir, "plain"), file, n) })
	if err != nil {
		return nil, err
	}
	plain.say("plain goroutines, a library in a file", n)
	queued, err := timed(func() error { return queues(ctx, filepath.Join(dir, "queued"), file, n) })
	if err != nil {
		return nil, err
	}
	queued.say("through JetStream in the process, the same", n)
	clock, cpu := queued.clock.Seconds()/plain.clock.Seconds(), queued.cpu.Seconds()/plain.cpu.Seconds()
	fmt.Printf("%.2f times the time, %.2f times the processor time\n\n", clock, cpu)
	if clock > overheadBound {
		missed = append(missed, fmt.Sprintf("%.2f times the time through JetStream, bound %.2f", clock, overheadBound))
	}
	return missed, nil
}

func source(file string) desk.Source {
	return desk.Source{Options: pour.Options{Paths: []string{file}}}
}

// goroutines pours in without queues, up to the moment when all is kept.
func goroutines(ctx context.Context, library, file string, n int) error {
	d, err := desk.Open(ctx, library, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	kept := 0
	err = d.Pour(ctx, source(file), func(p desk.Poured) {
		if kept++; kept == n {
			stop() // before it joins
		}
	})
	if errors.Is(err, context.Canceled) && kept == n {
		return nil
	}
	return err
}

// queues hands the same over to a worker of this process.
func queues(ctx context.Context, library, file string, n int) error {
	d, err := desk.Open(ctx, library, desk.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	q, err := work.Open(ctx, work.Options{Dir: filepath.Join(library, "work")})
	if err != nil {
		return err
	}
	defer q.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	w := work.NewWorker(q, d)
	w.Jobs = []work.Job{work.Read}
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	if err := q.Pour(ctx, source(file), func(work.Handed) {}, func(why string) { fmt.Println("waiting:", why) }); err != nil {
		return err
	}
	for w.Done().Read < int64(n) {
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	return <-ended
}
