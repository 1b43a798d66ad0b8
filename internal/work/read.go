package work

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
)

// drafted is a capture that was read, or the reason why it was not.
type drafted struct {
	*task
	draft   desk.Draft
	fault   error // of the capture: it comes again at every try
	trouble error // of the cluster
}

// soon is how long a capture that was read waits for others to be kept with it, and
// finishing how long keeping may take when the worker is to end.
const (
	soon      = 200 * time.Millisecond
	finishing = 30 * time.Second
)

// read reads captures until ctx ends: some read, one keeps what they read.
func (w *Worker) read(ctx context.Context) {
	tasks, drafts := make(chan *task, mostReading), make(chan drafted, mostReading)
	var reading, keeping sync.WaitGroup
	for range readers() {
		reading.Go(func() {
			for t := range tasks {
				if ctx.Err() != nil {
					w.give(w.reading, 0, t)
					continue
				}
				drafts <- w.draft(ctx, t)
			}
		})
	}
	keeping.Go(func() {
		for b := gather(drafts); len(b) > 0; b = gather(drafts) {
			w.bank(ctx, b)
		}
	})
	w.pull(ctx, "captures", w.q.captures, w.reading, func(t *task) { tasks <- t })
	close(tasks)
	reading.Wait()
	close(drafts)
	keeping.Wait()
}

// gather waits for a draft and gives it with those that come soon after; nothing at the
// end.
func gather(drafts <-chan drafted) []drafted {
	first, more := <-drafts
	if !more {
		return nil
	}
	b := []drafted{first}
	over := time.NewTimer(soon)
	defer over.Stop()
	for len(b) < together {
		select {
		case d, more := <-drafts:
			if !more {
				return b
			}
			b = append(b, d)
		case <-over.C:
			return b
		}
	}
	return b
}

// errGone says that a message was done with by another worker.
var errGone = errors.New("another worker was faster")

// draft reads one capture.
func (w *Worker) draft(ctx context.Context, t *task) drafted {
	d := drafted{task: t}
	p, err := w.q.unpack(ctx, t.msg.Headers(), t.msg.Data())
	switch {
	case errors.Is(err, errNoBytes):
		d.fault, d.trouble = w.missing(ctx, t, err)
		return d
	case errors.Is(err, errNoParcel):
		d.fault = err
		return d
	case err != nil:
		d.trouble = err
		return d
	}
	if t.given <= trusted {
		d.draft, d.fault = w.guarded(p)
		return d
	}
	name := tryName(t)
	n, err := w.q.try(ctx, name)
	switch {
	case err != nil:
		d.trouble = err
	case n > mostTries:
		d.fault = fmt.Errorf("reading it was begun %d times and its worker ended each time", mostTries)
	default:
		d.draft, d.fault = w.guarded(p)
		d.trouble = w.q.tried(ctx, name)
	}
	return d
}

// guarded reads a capture; a panic of the reader is the capture's fault and costs it only.
func (w *Worker) guarded(p parcel) (d desk.Draft, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading it breaks the reader, which is a fault of isnad: %v", r)
		}
	}()
	return w.desk.Draft(p.Capture, p.bytes)
}

// missing tells whether bytes that are not in the store are lost, or were read by another
// worker, which threw them away when it was done.
func (w *Worker) missing(ctx context.Context, t *task, err error) (fault, trouble error) {
	s, trouble := w.q.js.Stream(ctx, w.q.o.Name+"-captures")
	if trouble == nil {
		_, trouble = s.GetMsg(ctx, t.seq)
	}
	switch {
	case errors.Is(trouble, jetstream.ErrMsgNotFound):
		return errGone, nil
	case trouble != nil:
		return nil, trouble
	}
	return err, nil
}

// bank keeps drafts and acknowledges them. It also ends when ctx has: then it hurries.
func (w *Worker) bank(ctx context.Context, all []drafted) {
	ctx, end := hurried(ctx)
	defer end()
	var good []drafted
	var drafts []desk.Draft
	for _, d := range all {
		switch {
		case d.trouble != nil:
			w.give(w.reading, w.trouble(d.trouble), d.task)
		case errors.Is(d.fault, errGone):
			w.settle(ctx, d.task)
		case d.fault != nil:
			w.aside(ctx, w.reading, d.task, d.fault)
		default:
			good, drafts = append(good, d), append(drafts, d.draft)
		}
	}
	if len(good) == 0 {
		return
	}
	changes, err := w.desk.Keep(ctx, drafts)
	if err != nil && !errors.Is(err, isnad.ErrUnsound) { // which is of single articles, the others are kept
		rest := w.trouble(err)
		for _, d := range good {
			w.give(w.reading, rest, d.task)
		}
		return
	}
	w.rest.well()
	for i, c := range changes {
		if c == isnad.Refused {
			w.aside(ctx, w.reading, good[i].task, err)
			continue
		}
		w.done.read.Add(1)
		if c == isnad.Added || c == isnad.Revised {
			w.done.fresh.Add(1)
		}
		w.settle(ctx, good[i].task)
	}
}

// settle acknowledges a capture that is kept. An acknowledgement that is lost on its way
// costs a second reading, which changes nothing.
func (w *Worker) settle(ctx context.Context, t *task) {
	h := t.msg.Headers()
	if h.Get(headObject) == "" {
		_ = w.reading.drop(t, jetstream.Msg.Ack)
		return
	}
	if err := w.reading.drop(t, func(m jetstream.Msg) error { return m.DoubleAck(ctx) }); err == nil {
		w.q.forget(ctx, h) // not before: else its message would come again without its bytes
	}
}

// hurried gives a context that lives on for a while when ctx has ended.
func hurried(ctx context.Context) (context.Context, func()) {
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(finishing)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-inner.Done():
		}
	})
	return inner, func() { stop(); cancel() }
}

// A capture that was given out more often than trusted may be one that ends the process
// of whoever reads it. From then on every try is counted before it is begun; after
// mostTries the capture is put aside. Only tries count that were begun and not ended:
// neither a worker that was stopped with the capture waiting in its hand, nor a library
// that could not be written, nor a cluster without a leader is the capture's fault.
const (
	trusted   = 3
	mostTries = 3
)

// tryName names the count of a message's tries.
func tryName(t *task) string {
	if id := t.msg.Headers().Get(nats.MsgIdHdr); id != "" && plain(id) {
		return id
	}
	return strconv.FormatUint(t.seq, 10)
}

// try counts a try that is begun.
func (q *Queues) try(ctx context.Context, name string) (n int, err error) {
	e, err := q.tries.Get(ctx, name)
	switch {
	case err == nil:
		n, _ = strconv.Atoi(string(e.Value()))
	case !errors.Is(err, jetstream.ErrKeyNotFound):
		return 0, err
	}
	n++
	_, err = q.tries.Put(ctx, name, strconv.AppendInt(nil, int64(n), 10))
	return n, err
}

// tried says that a try came to its end.
func (q *Queues) tried(ctx context.Context, name string) error { return q.tries.Delete(ctx, name) }
