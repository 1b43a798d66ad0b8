package fetch

import (
	"context"
	"sync"
	"time"
)

// How many hosts are remembered before those without a wish left are forgotten, and
// before those that asked for quiet are forgotten too.
const (
	manyHosts = 1 << 10
	maxHosts  = 1 << 16
)

// queue keeps requests to one host apart: no more than slots at once, each starting at
// least a delay after the one before it, first come first served.
type queue struct {
	now   func() time.Time
	slots int

	mu    sync.Mutex
	hosts map[string]*host
	sweep int // the number of hosts at which to forget the idle
}

// host is what the queue knows of one host. The fields but slots are under queue.mu.
type host struct {
	slots chan struct{} // a channel serves those who wait in their order
	users int
	next  time.Time // the earliest start of the next request
	quiet time.Time // the host asked to be left alone until then
}

// quietError says that a host asked to be left alone.
type quietError struct{ until time.Time }

func (e quietError) Error() string { return "the host asked earlier to be left alone" }

func newQueue(now func() time.Time, slots int) *queue {
	return &queue{now: now, slots: slots, hosts: map[string]*host{}, sweep: manyHosts}
}

// enter waits for a turn at a host and gives what ends it. A host that asked for quiet
// gives no turn: quietError tells until when.
func (q *queue) enter(ctx context.Context, name string, delay time.Duration) (leave func(), err error) {
	h := q.join(name)
	defer func() {
		if err != nil {
			q.part(h)
		}
	}()
	if err := q.awake(h); err != nil {
		return nil, err
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := q.start(ctx, h, delay); err != nil {
		<-h.slots
		return nil, err
	}
	return func() { <-h.slots; q.part(h) }, nil
}

// start waits until the host's next start, and puts the one after it a delay later.
func (q *queue) start(ctx context.Context, h *host, delay time.Duration) error {
	q.mu.Lock()
	now := q.now()
	at := h.next
	if at.Before(now) {
		at = now
	}
	h.next = at.Add(delay)
	q.mu.Unlock()

	if wait := at.Sub(now); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			q.giveBack(h, at, delay)
			return ctx.Err()
		}
	}
	if err := ctx.Err(); err != nil {
		q.giveBack(h, at, delay)
		return err
	}
	return q.awake(h)
}

// giveBack frees the start of a request that was given up, if none was set after it.
func (q *queue) giveBack(h *host, at time.Time, delay time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if h.next.Equal(at.Add(delay)) {
		h.next = at
	}
}

// hush gives a host quiet until a moment.
func (q *queue) hush(name string, until time.Time) {
	h := q.join(name)
	q.mu.Lock()
	if until.After(h.quiet) {
		h.quiet = until
	}
	q.mu.Unlock()
	q.part(h)
}

// quietUntil gives until when a host asked to be left alone; zero when it did not.
func (q *queue) quietUntil(name string) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	if h := q.hosts[name]; h != nil {
		return h.quiet
	}
	return time.Time{}
}

func (q *queue) awake(h *host) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if h.quiet.After(q.now()) {
		return quietError{h.quiet}
	}
	return nil
}

func (q *queue) join(name string) *host {
	q.mu.Lock()
	defer q.mu.Unlock()
	h := q.hosts[name]
	if h == nil {
		if len(q.hosts) >= q.sweep {
			q.forget()
		}
		h = &host{slots: make(chan struct{}, q.slots)}
		q.hosts[name] = h
	}
	h.users++
	return h
}

func (q *queue) part(h *host) {
	q.mu.Lock()
	defer q.mu.Unlock()
	h.users--
}

// forget drops the hosts nobody waits for and nothing must be kept of.
func (q *queue) forget() {
	now := q.now()
	full := len(q.hosts) >= maxHosts
	for name, h := range q.hosts {
		if h.users == 0 && (full || !h.next.After(now) && !h.quiet.After(now)) {
			delete(q.hosts, name)
		}
	}
	q.sweep = min(max(manyHosts, 2*len(q.hosts)), maxHosts)
}
