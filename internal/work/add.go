package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/entry"
	"github.com/isnad-project/isnad/internal/pour"
)

// How much is handed over together.
const (
	together      = 256
	togetherBytes = 16 << 20
)

// Handed tells what became of one item of a pouring.
type Handed struct {
	Where string // for people: file, file:line, file@offset
	Known bool   // it was handed over a short time ago already
	Doubt string
	Err   error
}

// Pour hands over what a source holds, to be read by whoever is at work. Tell is called
// for every item in its order, once the queues have it. While they are full, or the
// cluster does not answer, it waits, and wait is told why. A pouring that was stopped goes
// on where it was when the same paths are poured again.
func (q *Queues) Pour(ctx context.Context, s desk.Source, tell func(Handed), wait func(why string)) error {
	mark := strings.ReplaceAll(s.Bookmark(), " ", ".")
	var err error
	if s.After, err = q.bookmark(ctx, mark); err != nil {
		return q.explain(err)
	}
	batches, over := make(chan []handing, 1), make(chan struct{})
	ctx, stop := context.WithCancel(ctx)
	defer func() { stop(); <-over }()
	go func() {
		defer close(over)
		defer close(batches)
		q.gather(ctx, s, batches)
	}()
	for b := range batches {
		if err := q.hand(ctx, b, wait); err != nil {
			return err
		}
		if err := q.mark(ctx, mark, b[len(b)-1].position); err != nil {
			return q.explain(err)
		}
		for _, h := range b {
			tell(h.Handed)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return q.mark(ctx, mark, "") // done: the next time begins anew
}

// handing is an item on its way into the queues.
type handing struct {
	Handed
	parcel   parcel
	position string
	done     bool
}

// gather walks through a source and gives its items, many together.
func (q *Queues) gather(ctx context.Context, s desk.Source, batches chan<- []handing) {
	var b []handing
	bytes := 0
	send := func() bool {
		select {
		case batches <- b:
			b, bytes = nil, 0
			return true
		case <-ctx.Done():
			return false
		}
	}
	for it := range pour.Walk(s.Options) {
		h := handing{Handed: Handed{Where: it.Position.Shown(), Doubt: it.Doubt, Err: it.Err}, position: it.Position.String(), done: it.Err != nil}
		if it.Err == nil {
			h.parcel = parcel{entry.Poured(&it, s.Outlet, s.Published, time.Now()), it.Body}
		}
		b, bytes = append(b, h), bytes+len(it.Body)
		if (len(b) == together || bytes >= togetherBytes) && !send() {
			return
		}
	}
	if len(b) > 0 {
		send()
	}
}

// How long to wait before handing over again what was not taken.
const (
	firstWait = 250 * time.Millisecond
	lastWait  = 5 * time.Second
)

// hand hands items over until the queues have all of them.
func (q *Queues) hand(ctx context.Context, b []handing, wait func(string)) error {
	for pausing := firstWait; ; pausing = min(2*pausing, lastWait) {
		why, err := q.publish(ctx, b)
		if err != nil || why == "" {
			return err
		}
		wait(why)
		if err := pause(ctx, pausing); err != nil {
			return err
		}
	}
}

// publish hands over the items that are not taken yet, and says why some are not; nothing
// when all are. An error is one that waiting does not help.
func (q *Queues) publish(ctx context.Context, b []handing) (why string, err error) {
	type sent struct {
		item   *handing
		msg    *nats.Msg
		answer jetstream.PubAckFuture
	}
	var all []sent
	for i := range b {
		h := &b[i]
		if h.done {
			continue
		}
		m, err := q.message(ctx, h.parcel)
		var f jetstream.PubAckFuture
		if err == nil {
			f, err = q.js.PublishMsgAsync(m)
		}
		if err != nil {
			if why, err = q.refused(err); err != nil {
				return "", err
			}
			break
		}
		all = append(all, sent{h, m, f})
	}
	for _, s := range all {
		select {
		case ack := <-s.answer.Ok():
			s.item.done, s.item.Known = true, ack.Duplicate
			if ack.Duplicate {
				q.forget(ctx, s.msg.Header)
			}
		case err := <-s.answer.Err():
			q.forget(ctx, s.msg.Header)
			reason, err := q.refused(err)
			if err != nil {
				return "", err
			}
			why = cmp.Or(why, reason)
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return why, nil
}

// refused says why an item was not taken, for people, or that it never will be.
func (q *Queues) refused(err error) (why string, never error) {
	var a *jetstream.APIError
	if errors.As(err, &a) {
		switch {
		case strings.Contains(a.Description, "maximum messages") || strings.Contains(a.Description, "maximum bytes"):
			return "the queue is full; the workers have to catch up", nil
		case a.ErrorCode == codeStorage || a.ErrorCode == codeResources || a.ErrorCode == codeMemory || a.ErrorCode == codeStored:
			return fmt.Sprintf("the storage of the NATS servers is full (%s); give them more room", a.Description), nil
		}
	}
	switch {
	case errors.Is(err, nats.ErrMaxPayload), errors.Is(err, nats.ErrConnectionClosed), errors.Is(err, nats.ErrPermissionViolation):
		return "", q.explain(err)
	case errors.Is(err, context.Canceled):
		return "", err
	}
	return "the queues do not answer; look whether the NATS servers run and reach each other, whether their disks are full, and at their logs (" + err.Error() + ")", nil
}

// bookmark gives how far a pouring got.
func (q *Queues) bookmark(ctx context.Context, name string) (position string, err error) {
	if name == "" {
		return "", nil
	}
	err = q.insist(ctx, func() error {
		e, err := q.marks.Get(ctx, name)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			return nil
		}
		if err == nil {
			position = string(e.Value())
		}
		return err
	})
	return position, err
}

// mark keeps how far a pouring got. It waits while the cluster elects a leader.
func (q *Queues) mark(ctx context.Context, name, position string) error {
	if name == "" {
		return nil
	}
	return q.insist(ctx, func() error {
		if position == "" {
			return q.marks.Delete(ctx, name)
		}
		_, err := q.marks.Put(ctx, name, []byte(position))
		return err
	})
}

// insist does something again until the cluster, which may be electing a leader, can.
func (q *Queues) insist(ctx context.Context, do func() error) error {
	for pausing := firstWait; ; pausing = min(2*pausing, lastWait) {
		err := do()
		if err == nil || !passing(err) || ctx.Err() != nil {
			return err
		}
		q.o.Log.Info("the queues do not answer; it is tried again", "error", err)
		if err := pause(ctx, pausing); err != nil {
			return err
		}
	}
}
