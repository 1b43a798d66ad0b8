package work

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
)

// schedule puts visits that are due into their queue. One worker does it, for all.
func (w *Worker) schedule(ctx context.Context) {
	for w.rest.wait(ctx) == nil {
		mine, end, err := w.desk.Library.Turn(ctx, "schedule")
		if err == nil {
			w.scheduleAlone(mine)
			end()
		} else if !errors.Is(err, isnad.ErrBusy) && ctx.Err() == nil {
			w.trouble(fmt.Errorf("look for visits that are due: %w", err))
		}
		_ = pause(ctx, scheduling)
	}
}

// known is for how long an address that was put into the queue is not put there again
// without a look; the queue itself refuses one that is in it.
const known = 10 * time.Second

func (w *Worker) scheduleAlone(ctx context.Context) {
	put := map[string]time.Time{}
	for pause(ctx, looking) == nil {
		if w.rest.wait(ctx) != nil {
			return
		}
		n, err := w.scheduleOnce(ctx, put)
		if err != nil && ctx.Err() == nil {
			w.trouble(fmt.Errorf("put visits that are due into their queue: %w", err))
		}
		if n == 0 || err != nil {
			_ = pause(ctx, scheduling)
		}
	}
}

// handful is how many pages are looked for beyond those in the queue.
const handful = 1000

// scheduleOnce puts what is due now into the queue and says how much that is.
func (w *Worker) scheduleOnce(ctx context.Context, put map[string]time.Time) (n int, err error) {
	info, err := w.q.visits.Info(ctx)
	if err != nil {
		return 0, err
	}
	waiting := int(info.NumPending) + info.NumAckPending
	if waiting > mostVisits/2 {
		return 0, nil
	}
	due, err := w.desk.Errands(ctx, waiting+handful)
	if err != nil {
		return 0, err
	}
	now := time.Now()
	for u, at := range put {
		if now.Sub(at) > known {
			delete(put, u)
		}
	}
	for _, e := range due {
		if _, ok := put[e.URL]; ok {
			continue
		}
		fresh, err := w.q.putVisit(ctx, e)
		if err != nil {
			return n, err
		}
		put[e.URL] = now
		if fresh {
			n++
		}
	}
	return n, nil
}

// putVisit puts a visit into its queue, unless it is there.
func (q *Queues) putVisit(ctx context.Context, e desk.Errand) (fresh bool, err error) {
	b, err := json.Marshal(e)
	if err != nil {
		return false, err
	}
	m := nats.NewMsg(q.subject("visits") + "." + digest(e.URL))
	m.Data = b
	_, err = q.js.PublishMsg(ctx, m)
	var a *jetstream.APIError
	if errors.As(err, &a) && strings.Contains(a.Description, "per subject") {
		return false, nil
	}
	return err == nil, err
}

// digest names an address or a host in a subject or a key.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// visit makes visits until ctx ends.
func (w *Worker) visit(ctx context.Context) {
	var all sync.WaitGroup
	w.pull(ctx, "visits", w.q.visits, w.visiting, func(t *task) {
		all.Go(func() { w.visitOne(ctx, t) })
	})
	all.Wait()
}

// visitOne makes one visit, unless its host is not to be visited now: then it goes back
// into the queue until the turn that it would have.
func (w *Worker) visitOne(ctx context.Context, t *task) {
	var e desk.Errand
	err := json.Unmarshal(t.msg.Data(), &e)
	u, bad := url.Parse(e.URL)
	if err != nil || bad != nil || u.Host == "" {
		w.aside(ctx, w.visiting, t, fmt.Errorf("the message is no visit: %w", errors.Join(err, bad)))
		return
	}
	if wait := w.hosts.enter(u.Host, w.q.turnAt(ctx, u.Host), w.desk.Rest()); wait > 0 {
		w.give(w.visiting, wait, t)
		return
	}
	var v desk.Visits
	err = w.desk.Run(ctx, e, &v)
	w.hosts.leave(u.Host)
	if err != nil {
		rest := time.Duration(0)
		if ctx.Err() == nil {
			rest = w.trouble(err)
		}
		w.give(w.visiting, rest, t)
		return
	}
	w.rest.well()
	w.done.visits.Add(int64(v.Feeds + v.Pages))
	w.done.fresh.Add(int64(v.Kept))
	_ = w.visiting.drop(t, jetstream.Msg.Ack)
}

// hosts is what a worker knows of hosts: those that it is visiting, and until when visits
// that it put off take their turns.
type hosts struct {
	mu   sync.Mutex
	busy map[string]bool
	next map[string]time.Time
}

// closest is how close together visits to one host are put off at least.
const closest = 50 * time.Millisecond

// enter takes a host for one visit, or says how long to put it off: the later, the more
// visits of the host were put off before. A host that wants to be left alone for long is
// not waited for: its visit ends at once, and tells the library when it is due.
func (h *hosts) enter(host string, t hostTurn, rest time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.busy == nil {
		h.busy, h.next = map[string]bool{}, map[string]time.Time{}
	}
	now := time.Now()
	wait := t.Free.Sub(now)
	if !h.busy[host] && (wait <= 0 || wait > mostGap) {
		h.busy[host] = true
		return 0
	}
	rest = max(rest, closest)
	at := now.Add(rest)
	if !t.Held && t.Free.After(at) {
		at = t.Free
	}
	if h.next[host].After(at) {
		at = h.next[host]
	}
	if len(h.next) > manyHosts {
		clear(h.next)
	}
	h.next[host] = at.Add(rest)
	return at.Sub(now)
}

// manyHosts is how many hosts are remembered.
const manyHosts = 1 << 14

func (h *hosts) leave(host string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.busy, host)
}
