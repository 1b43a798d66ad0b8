package work

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/isnad-project/isnad/internal/fetch"
)

// gate keeps the visits of all workers to one host apart: a key for every host says when
// it may be visited next. Who visits puts that moment off for as long as a visit may
// take, and when it is over sets it right; of two who do so at once the store lets one.
// The clocks of the workers' machines must agree to within a part of a second.
type gate struct{ q *Queues }

// Gate gives the gate by which the fetchers of all workers keep apart.
func (q *Queues) Gate() fetch.Gate { return gate{q} }

// hostTurn is what the store keeps of a host.
type hostTurn struct {
	Free time.Time `json:"free"`           // when it may be visited next
	Held bool      `json:"held,omitempty"` // it is being visited: Free is when that is over at the latest
}

// How long a visit may take before the host is free again without a word of its visitor;
// how long a fetch waits for its turn; and how often it looks whether it has come early.
const (
	lease   = 100 * time.Second
	mostGap = 2 * time.Minute
	peering = 200 * time.Millisecond
)

// Enter waits for the turn at a host. While the cluster cannot be asked nothing is
// visited.
func (g gate) Enter(ctx context.Context, host string) (func(next time.Time), error) {
	key := digest(host)
	for {
		t, revision, err := g.q.turnOf(ctx, key)
		now := time.Now()
		if err == nil && t.Free.Sub(now) > mostGap {
			return nil, fetch.Quiet(t.Free)
		}
		if err == nil && !t.Free.After(now) {
			if revision, err = g.q.put(ctx, key, hostTurn{now.Add(lease), true}, revision); err == nil {
				return func(next time.Time) { g.leave(key, next, revision) }, nil
			}
		}
		if err != nil && !errors.Is(err, jetstream.ErrKeyExists) && ctx.Err() == nil {
			g.q.o.Log.Info("whose turn it is at a host cannot be asked; it is tried again", "host", host, "error", err)
			t.Free = now.Add(time.Second)
		}
		if err := pause(ctx, min(max(t.Free.Sub(now), peering/10), peering)); err != nil {
			return nil, err
		}
	}
}

// leave says when a host may be visited next. Where that does not arrive the lease stands.
func (g gate) leave(key string, next time.Time, revision uint64) {
	ctx, end := context.WithTimeout(context.Background(), answering)
	defer end()
	if _, err := g.q.put(ctx, key, hostTurn{Free: next}, revision); err != nil {
		g.q.o.Log.Info("a host is held longer than it was visited", "error", err)
	}
}

// turnOf gives whose turn it is at a host, and the revision to change that.
func (q *Queues) turnOf(ctx context.Context, key string) (t hostTurn, revision uint64, err error) {
	e, err := q.hosts.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return t, 0, nil
	}
	if err != nil {
		return t, 0, err
	}
	if json.Unmarshal(e.Value(), &t) != nil {
		t = hostTurn{} // of nobody's making: the next turn overwrites it
	}
	return t, e.Revision(), nil
}

// put changes whose turn it is, if nobody did since.
func (q *Queues) put(ctx context.Context, key string, t hostTurn, revision uint64) (uint64, error) {
	b, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	if revision == 0 {
		return q.hosts.Create(ctx, key, b)
	}
	return q.hosts.Update(ctx, key, b, revision)
}

// turnAt gives whose turn it is at a host, as far as can be asked.
func (q *Queues) turnAt(ctx context.Context, host string) hostTurn {
	t, _, _ := q.turnOf(ctx, digest(host)) // the gate asks again, and insists
	return t
}
