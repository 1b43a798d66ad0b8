package batch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/isnad-project/isnad/internal/batch/depot"
)

// Task is a piece of work that one process does alone.
type Task struct {
	Stage string
	Index int
}

func (t Task) String() string { return fmt.Sprintf("%s-%06d", t.Stage, t.Index) }

// stage is a kind of task. All tasks of a stage are done before the next begins.
type stage struct {
	name    string
	tasks   func(*Run, context.Context) (int, error)
	weight  func(r *Run, i int) int64 // of a task, for the share that is done; nil: all weigh the same
	workers func() int                // tasks at once in one process
	do      func(r *Run, ctx context.Context, i int) (note, error)
}

var stages = [...]stage{
	{"read", func(r *Run, _ context.Context) (int, error) { return len(r.plan.Units), nil }, (*Run).unitBytes, one, (*Run).read},
	{"keep", func(r *Run, _ context.Context) (int, error) { return r.plan.Partitions, nil }, nil, one, (*Run).keep},
	{"walk", (*Run).walks, nil, cores, (*Run).walk},
	{"check", single, nil, one, (*Run).check},
	{"finish", single, nil, one, (*Run).finish},
}

func one() int                                  { return 1 }
func cores() int                                { return runtime.GOMAXPROCS(0) }
func single(*Run, context.Context) (int, error) { return 1, nil }
func (r *Run) unitBytes(i int) int64            { return r.plan.Units[i].Bytes + 1 }

// note is what a task leaves when it is done.
type note struct {
	Articles, Records, Stories, Unread int64 `json:",omitempty"`
	Bytes                              int64 `json:",omitempty"` // of what it shuffled
	Again                              int   `json:",omitempty"`
	Seconds                            float64
	Sections                           []section `json:",omitempty"`
	Troubles                           []Trouble `json:",omitempty"`
}

// Pending gives tasks that can be done now and are not done, and how many there are of
// their stage; none at the end of the run. Who hands out tasks by a queue of his own asks
// for them here and has them done by Do.
func (r *Run) Pending(ctx context.Context) ([]Task, int, error) {
	for _, s := range stages {
		n, err := s.tasks(r, ctx)
		if err != nil {
			return nil, 0, err
		}
		done, err := r.done(ctx, s.name)
		if err != nil {
			return nil, 0, err
		}
		var list []Task
		for i := range n {
			if !done[i] {
				list = append(list, Task{s.name, i})
			}
		}
		if len(list) > 0 {
			return list, n, nil
		}
	}
	return nil, 0, nil
}

// Do does one task and leaves the note that it is done. It may be done by several at
// once or again: the same comes of it.
func (r *Run) Do(ctx context.Context, t Task) error {
	for _, s := range stages {
		if s.name != t.Stage {
			continue
		}
		began := time.Now()
		n, err := s.do(r, ctx, t.Index)
		if err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		n.Seconds = time.Since(began).Seconds()
		return r.putNote(ctx, t, n)
	}
	return fmt.Errorf("no stage is called %q", t.Stage)
}

func noteName(t Task) string { return "done/" + t.String() }

// done gives the tasks of a stage that are done.
func (r *Run) done(ctx context.Context, stage string) (map[int]bool, error) {
	names, err := r.depot.List(ctx, "done/"+stage+"-")
	set := make(map[int]bool, len(names))
	for _, n := range names {
		if i, err := strconv.Atoi(strings.TrimPrefix(n, "done/"+stage+"-")); err == nil {
			set[i] = true
		}
	}
	return set, err
}

// stage works on a stage until all its tasks are done, by whomever.
func (r *Run) stage(ctx context.Context, s stage) error {
	n, err := s.tasks(r, ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	errs := make([]error, s.workers())
	for i := range errs {
		all.Go(func() {
			if errs[i] = r.work(ctx, s, n); errs[i] != nil {
				stop()
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
	return errors.Join(errs...)
}

// patience is how long to wait when others have all that is left.
const patience = 500 * time.Millisecond

// work takes tasks that nobody has, one after the other.
func (r *Run) work(ctx context.Context, s stage, n int) error {
	for {
		done, err := r.done(ctx, s.name)
		if err != nil {
			return err
		}
		r.told(s, n, done, false)
		if len(done) >= n {
			return nil
		}
		busy := false
		first := rand.IntN(n) // so that many processes seldom ask for the same
		for k := range n {
			i := (first + k) % n
			if done[i] {
				continue
			}
			did, err := r.take(ctx, Task{s.name, i})
			if err != nil {
				return err
			}
			if did {
				done[i], busy = true, true
				r.told(s, n, done, false)
			}
		}
		if busy {
			continue
		}
		r.told(s, n, done, true)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(patience):
		}
	}
}

// told tells how far a stage is.
func (r *Run) told(s stage, n int, done map[int]bool, waiting bool) {
	if r.o.Tell == nil {
		return
	}
	sum, all := int64(0), int64(0)
	for i := range n {
		w := int64(1)
		if s.weight != nil {
			w = s.weight(r, i)
		}
		if all += w; done[i] {
			sum += w
		}
	}
	r.tell.Lock()
	defer r.tell.Unlock()
	r.o.Tell(State{s.name, n, len(done), float64(sum) / float64(max(all, 1)), r.articles.Load(), waiting})
}

// take does a task unless another process has it, and says whether it did.
func (r *Run) take(ctx context.Context, t Task) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	l := lease{run: r, name: "lease/" + t.String()}
	if mine, err := l.take(ctx); err != nil || !mine {
		return false, err
	}
	defer l.end(ctx)
	if _, err := r.depot.Get(ctx, noteName(t)); err == nil {
		return true, nil // it was done since we looked
	} else if !errors.Is(err, depot.ErrNone) {
		return false, err
	}
	return true, r.Do(ctx, t)
}

// who names a process.
func who() string {
	host, err := os.Hostname()
	if err != nil {
		host = "somewhere"
	}
	return fmt.Sprintf("%s %d %08x", host, os.Getpid(), rand.Uint32())
}
