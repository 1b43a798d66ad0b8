package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/isnad-project/isnad/internal/desk"
)

// Job is a kind of work.
type Job string

// The kinds of work.
const (
	Fetch Job = "fetch" // visiting feeds and pages that are due
	Read  Job = "read"  // reading captures into records
	Join  Job = "join"  // joining what was read into stories
)

// Jobs are all kinds of work.
func Jobs() []Job { return []Job{Fetch, Read, Join} }

// Worker takes work from queues and does it at a desk.
type Worker struct {
	Jobs []Job      // none: all
	Once bool       // end when nothing is left to do
	Tell func(Done) // told now and then what was done; nil: nobody

	q    *Queues
	desk *desk.Desk
	rest rest
	done done

	reading  *hand
	visiting *hand
	hosts    hosts
}

// Done counts what a worker did.
type Done struct {
	Read   int64 `json:"read"`   // captures that were read and are kept
	Fresh  int64 `json:"fresh"`  // of those, articles that are new or changed
	Visits int64 `json:"visits"` // to feeds and pages
	Aside  int64 `json:"aside"`  // pieces that were put aside
	Joined int64 `json:"joined"` // how often what came was joined
}

// done is Done while several count.
type done struct{ read, fresh, visits, aside, joined atomic.Int64 }

func (d *done) now() Done {
	return Done{d.read.Load(), d.fresh.Load(), d.visits.Load(), d.aside.Load(), d.joined.Load()}
}

// Done tells what the worker did so far.
func (w *Worker) Done() Done { return w.done.now() }

// How many captures and visits a worker has in hand at most.
const (
	mostReading  = 2 * together
	mostVisiting = 64
)

// How often a worker tells the others of itself and its user what it did, looks for days
// to join, looks for visits that are due, and whether nothing is left.
const (
	announcing = 5 * time.Second
	telling    = 30 * time.Second
	joining    = 20 * time.Second
	scheduling = 2 * time.Second
	looking    = 500 * time.Millisecond
)

// NewWorker makes a worker. The desk, which must visit by Gate where it visits at all,
// stays the caller's to close, after Run has returned.
func NewWorker(q *Queues, d *desk.Desk) *Worker {
	return &Worker{q: q, desk: d, reading: newHand(mostReading), visiting: newHand(mostVisiting)}
}

// Run works until ctx ends, or until nothing is left when the worker is to work once.
// What is in hand at the end is finished or given back.
func (w *Worker) Run(ctx context.Context) error {
	if len(w.Jobs) == 0 {
		w.Jobs = Jobs()
	}
	for _, j := range w.Jobs {
		if !slices.Contains(Jobs(), j) {
			return fmt.Errorf("%q is no job: there are %v", j, Jobs())
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	all.Go(func() { w.beat(ctx) })
	all.Go(func() { w.announce(ctx) })
	for _, j := range w.Jobs {
		all.Go(func() { w.work(ctx, j) })
	}
	var err error
	if w.Once {
		err = w.untilEmpty(ctx)
		stop()
	}
	all.Wait()
	if w.Tell != nil {
		w.Tell(w.done.now())
	}
	return err
}

func (w *Worker) work(ctx context.Context, j Job) {
	switch j {
	case Read:
		w.read(ctx)
	case Fetch:
		var both sync.WaitGroup
		both.Go(func() { w.visit(ctx) })
		both.Go(func() { w.schedule(ctx) })
		both.Wait()
	case Join:
		w.join(ctx)
	}
}

// pull takes messages of a consumer as long as ctx lives and there is room for them.
func (w *Worker) pull(ctx context.Context, queue string, c jetstream.Consumer, h *hand, give func(*task)) {
	for {
		if w.rest.wait(ctx) != nil {
			return
		}
		room := h.reserve(ctx, together)
		if room == 0 {
			return
		}
		n, err := w.draw(ctx, queue, c, h, room, give)
		h.release(room - n)
		if err != nil && ctx.Err() == nil {
			w.q.o.Log.Info("the queue does not answer; it is asked again", "queue", queue, "error", err)
			_ = pause(ctx, time.Second)
		}
	}
}

// draw asks a consumer once and gives what comes.
func (w *Worker) draw(ctx context.Context, queue string, c jetstream.Consumer, h *hand, room int, give func(*task)) (n int, err error) {
	const waiting = 5 * time.Second
	within, end := context.WithTimeout(ctx, waiting)
	defer end()
	batch, err := c.Fetch(room, jetstream.FetchContext(within))
	if err != nil {
		return 0, err
	}
	for m := range batch.Messages() {
		t, err := h.take(queue, m)
		if err != nil {
			return n, err
		}
		if t != nil {
			n++
			give(t)
		}
	}
	if err := batch.Error(); !errors.Is(err, context.DeadlineExceeded) {
		return n, err
	}
	return n, nil
}

// trouble takes an error that is not the fault of the work: of the library, the evidence
// or the cluster. It lets the worker rest and gives how long.
func (w *Worker) trouble(err error) time.Duration {
	left, fresh := w.rest.begin()
	if fresh {
		w.q.o.Log.Error("the work cannot go on; it stays in its queue, and this worker rests", "for", left.Round(time.Millisecond), "error", err)
	}
	return left
}

// give gives tasks back to their queue, to be given out again after a while.
func (w *Worker) give(h *hand, after time.Duration, tasks ...*task) {
	for _, t := range tasks {
		_ = h.drop(t, func(m jetstream.Msg) error { return m.NakWithDelay(after) })
	}
}

// aside puts a task aside; where that cannot be done it goes back to its queue.
func (w *Worker) aside(ctx context.Context, h *hand, t *task, reason error) {
	if err := w.q.aside(ctx, h, t, reason); err != nil {
		w.give(h, w.trouble(err), t)
		return
	}
	w.done.aside.Add(1)
	w.q.o.Log.Warn("a piece of work was put aside (see: isnad work failed)", "queue", t.queue, "error", reason)
}

// beat tells the servers that what is in hand is worked on.
func (w *Worker) beat(ctx context.Context) {
	for pause(ctx, w.q.o.Patience/3) == nil {
		w.reading.beat()
		w.visiting.beat()
	}
}

// join joins what was read, now and then: the longer it took, the later, and soon when
// nothing more comes.
func (w *Worker) join(ctx context.Context) {
	var next time.Time
	var seen uint64
	for wait := looking; pause(ctx, wait) == nil; wait = joining {
		if w.rest.wait(ctx) != nil {
			return
		}
		came, err := w.came(ctx)
		if err == nil && came != seen && time.Now().Before(next) {
			seen = came
			continue
		}
		seen = came
		began := time.Now()
		if err = w.joinOnce(ctx); err != nil && ctx.Err() == nil {
			w.trouble(fmt.Errorf("join articles into stories: %w", err))
		}
		next = time.Now().Add(10 * time.Since(began))
	}
}

// came gives a number that grows when work is done, by whichever worker.
func (w *Worker) came(ctx context.Context) (n uint64, err error) {
	for _, c := range []jetstream.Consumer{w.q.captures, w.q.visits} {
		info, err := c.Info(ctx)
		if err != nil {
			return 0, err
		}
		n += info.Delivered.Consumer
	}
	return n, nil
}

// joinOnce joins what waits to be joined, unless another worker is joining.
func (w *Worker) joinOnce(ctx context.Context) error {
	waiting, err := w.desk.Waiting(ctx)
	if err != nil || !waiting {
		return err
	}
	joined, err := w.desk.TryJoin(ctx)
	if joined && err == nil {
		w.done.joined.Add(1)
	}
	return err
}

// untilEmpty waits until nothing is left to do in the queues and for this worker's jobs,
// and joins what came.
func (w *Worker) untilEmpty(ctx context.Context) error {
	for {
		if err := pause(ctx, looking); err != nil {
			return nil
		}
		if w.rest.wait(ctx) != nil {
			return nil
		}
		empty, err := w.empty(ctx)
		if err == nil && empty && slices.Contains(w.Jobs, Join) {
			empty, err = w.joined(ctx)
		}
		switch {
		case err != nil && ctx.Err() != nil:
			return nil
		case err != nil && !passing(err):
			return err
		case err == nil && empty:
			return nil
		}
	}
}

// joined joins what waits to be joined, and reports whether nothing waits any more.
func (w *Worker) joined(ctx context.Context) (bool, error) {
	if err := w.joinOnce(ctx); err != nil {
		return false, err
	}
	waiting, err := w.desk.Waiting(ctx)
	return !waiting, err
}

// empty reports whether no work waits, is in somebody's hand, or is due.
func (w *Worker) empty(ctx context.Context) (bool, error) {
	for _, c := range []struct {
		job Job
		of  jetstream.Consumer
	}{{Read, w.q.captures}, {Fetch, w.q.visits}} {
		if !slices.Contains(w.Jobs, c.job) {
			continue
		}
		info, err := c.of.Info(ctx)
		if err != nil || info.NumPending > 0 || info.NumAckPending > 0 {
			return false, err
		}
	}
	if !slices.Contains(w.Jobs, Fetch) {
		return true, nil
	}
	due, err := w.desk.Errands(ctx, 1)
	return len(due) == 0, err
}

// readers is how many captures are read at once.
func readers() int { return cmp.Or(runtime.GOMAXPROCS(0), 1) }
