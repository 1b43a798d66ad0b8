package work

import (
	"context"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// task is a message that a worker has in hand.
type task struct {
	msg   jetstream.Msg
	queue string // captures, visits
	seq   uint64 // of the message in its stream
	given uint64 // how often it was given out
	since time.Time
}

// hand holds what a worker has taken and not given back, and now and then tells the
// servers that it is at work on it, so that no other worker gets it.
type hand struct {
	room chan struct{} // a token for every message that may be taken

	mu   sync.Mutex
	held map[uint64]*task
}

func newHand(room int) *hand {
	h := &hand{room: make(chan struct{}, room), held: map[uint64]*task{}}
	for range room {
		h.room <- struct{}{}
	}
	return h
}

// reserve waits until there is room for a message and gives for how many there is, at
// most so many as wanted; 0 when ctx has ended.
func (h *hand) reserve(ctx context.Context, want int) int {
	select {
	case <-h.room:
	case <-ctx.Done():
		return 0
	}
	for n := 1; ; n++ {
		if n == want {
			return n
		}
		select {
		case <-h.room:
		default:
			return n
		}
	}
}

// release gives room back.
func (h *hand) release(n int) {
	for range n {
		h.room <- struct{}{}
	}
}

// take takes a message for which room was reserved. One that is in hand already, given
// out again because the servers heard nothing of it, is answered through the newer
// delivery; then there is no new task.
func (h *hand) take(queue string, m jetstream.Msg) (*task, error) {
	d, err := m.Metadata()
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.held[d.Sequence.Stream]; t != nil {
		t.msg = m
		return nil, nil
	}
	t := &task{msg: m, queue: queue, seq: d.Sequence.Stream, given: d.NumDelivered, since: d.Timestamp}
	h.held[t.seq] = t
	return t, nil
}

// drop ends a task, whose message is answered by say.
func (h *hand) drop(t *task, say func(jetstream.Msg) error) error {
	h.mu.Lock()
	delete(h.held, t.seq)
	m := t.msg
	h.mu.Unlock()
	h.release(1)
	return say(m)
}

// count says how many are in hand.
func (h *hand) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.held)
}

// beat tells of all in hand that they are worked on.
func (h *hand) beat() {
	h.mu.Lock()
	all := make([]jetstream.Msg, 0, len(h.held))
	for _, t := range h.held {
		all = append(all, t.msg)
	}
	h.mu.Unlock()
	for _, m := range all {
		_ = m.InProgress() // where it does not arrive, another worker gets the message: see package
	}
}

// rest lets a worker rest while the library, the evidence or the cluster cannot be had.
type rest struct {
	mu     sync.Mutex
	length time.Duration // of the trouble under way; 0: none
	until  time.Time
}

// How long a worker rests.
const (
	firstRest = time.Second
	lastRest  = time.Minute
)

// begin begins a rest, longer than the one before, unless one is under way, and gives how
// long it is still.
func (r *rest) begin() (left time.Duration, fresh bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if now.After(r.until) {
		r.length = min(max(2*r.length, firstRest), lastRest)
		r.until, fresh = now.Add(r.length), true
	}
	return r.until.Sub(now), fresh
}

// well says that something was kept: the trouble is over.
func (r *rest) well() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.length = 0
}

// wait waits for the end of the rest under way.
func (r *rest) wait(ctx context.Context) error {
	r.mu.Lock()
	left := time.Until(r.until)
	r.mu.Unlock()
	if left <= 0 {
		return ctx.Err()
	}
	return pause(ctx, left)
}
