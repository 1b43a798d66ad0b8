//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/isnad-project/isnad/internal/natstest"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/work"
)

// efficiency compares one worker process that has all cores with as many processes as
// there are cores, of one core each. NATS and PostgreSQL run beside them in both cases.
func efficiency(ctx context.Context, dir, file string, n int) (missed []string, err error) {
	binary := filepath.Join(dir, "isnad")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/isnad").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the command: %w\n%s", err, out)
	}
	cores := runtime.NumCPU()
	one, err := crew(ctx, dir, binary, file, n, 1, cores)
	if errors.Is(err, pgtest.ErrAbsent) {
		fmt.Println(err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	one.say(fmt.Sprintf("1 worker with %d cores, NATS and PostgreSQL", cores), n)
	many, err := crew(ctx, dir, binary, file, n, cores, 1)
	if err != nil {
		return nil, err
	}
	many.say(fmt.Sprintf("%d workers with 1 core each, the same", cores), n)
	got := one.clock.Seconds() / many.clock.Seconds()
	fmt.Printf("%.2f of what %d cores give to one process\n", got, cores)
	if got < efficiencyBound {
		missed = append(missed, fmt.Sprintf("%.2f of the speed with %d processes, bound %.2f", got, cores, efficiencyBound))
	}
	return missed, nil
}

// crew reads what was handed over before by some worker processes with some cores each,
// and gives what that took from the first article read to the last.
func crew(ctx context.Context, dir, binary, file string, n, workers, cores int) (s spent, err error) {
	database, err := pgtest.New()
	if err != nil {
		return s, err
	}
	defer database.Close()
	library, err := database.NewDatabase()
	if err != nil {
		return s, err
	}
	servers, err := natstest.New(1, natstest.Options{})
	if err != nil {
		return s, err
	}
	defer servers.Close()
	q, err := work.Open(ctx, work.Options{Servers: servers.URL()})
	if err != nil {
		return s, err
	}
	defer q.Close()
	if err := q.Pour(ctx, source(file), func(work.Handed) {}, func(string) {}); err != nil {
		return s, err
	}
	var all []*exec.Cmd
	for range workers {
		w := exec.Command(binary, "worker", "--nats", servers.URL(), "--library", library, "--evidence", filepath.Join(dir, "evidence"), "--jobs", "read")
		w.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cores))
		w.Stderr = os.Stderr
		if err := w.Start(); err != nil {
			return s, err
		}
		defer w.Process.Kill()
		all = append(all, w)
	}
	began, err := through(ctx, q, 1)
	if err != nil {
		return s, err
	}
	ended, err := through(ctx, q, n)
	if err != nil {
		return s, err
	}
	s.clock = ended.Sub(began)
	for _, w := range all {
		if err := w.Process.Signal(os.Interrupt); err != nil {
			return s, err
		}
		if err := w.Wait(); err != nil {
			return s, fmt.Errorf("a worker: %w", err)
		}
		s.cpu += w.ProcessState.UserTime() + w.ProcessState.SystemTime()
	}
	return s, os.RemoveAll(filepath.Join(dir, "evidence"))
}

// through waits until so many captures came through the queue.
func through(ctx context.Context, q *work.Queues, n int) (time.Time, error) {
	for {
		s, err := q.Status(ctx)
		if err != nil || s.Captures.Done >= uint64(n) {
			return time.Now(), err
		}
		time.Sleep(10 * time.Millisecond)
	}
}
