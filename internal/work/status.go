package work

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Status is how the work stands.
type Status struct {
	Servers  []string `json:"servers"` // those of the cluster that are known, without passwords; none when the queues lie in a worker's process
	Captures Queue    `json:"captures"`
	Visits   Queue    `json:"visits"`
	Failed   uint64   `json:"failed"` // pieces that were put aside
	Workers  []Hand   `json:"workers"`
}

// Queue is how a queue stands. Waiting and InHand together are how far the workers lag.
type Queue struct {
	Waiting     uint64 `json:"waiting"`     // not given out yet
	InHand      int    `json:"in_hand"`     // given out and not done
	Redelivered int    `json:"redelivered"` // of those, given out more than once
	Done        uint64 `json:"done"`        // since the queue was made, and all before it
	Bytes       uint64 `json:"bytes"`
	Room        int64  `json:"room"`     // bytes that may wait; who hands over more has to wait
	Replicas    int    `json:"replicas"` // servers that keep it
	Missing     int    `json:"missing"`  // of those, how many are away or behind
	Leader      string `json:"leader,omitempty"`
}

// Lag is how many pieces of work are not done.
func (q Queue) Lag() uint64 { return q.Waiting + uint64(max(q.InHand, 0)) }

// Hand is a worker.
type Hand struct {
	ID     string    `json:"id"`
	Host   string    `json:"host"`
	PID    int       `json:"pid"`
	Jobs   []Job     `json:"jobs"`
	Since  time.Time `json:"since"`
	Seen   time.Time `json:"seen"` // when it last told of itself
	InHand int       `json:"in_hand"`
	Done
}

// Status tells how the work stands.
func (q *Queues) Status(ctx context.Context) (s Status, err error) {
	if q.o.Servers != "" {
		s.Servers = strings.Split(redacted(strings.Join(q.conn.Servers(), ",")), ",")
	}
	if s.Captures, err = q.queue(ctx, "captures", q.captures); err != nil {
		return s, q.asked(err)
	}
	if s.Visits, err = q.queue(ctx, "visits", q.visits); err != nil {
		return s, q.asked(err)
	}
	info, err := q.failed.Info(ctx)
	if err != nil {
		return s, q.asked(err)
	}
	s.Failed = info.State.Msgs
	s.Workers, err = q.atWork(ctx)
	return s, q.asked(err)
}

func (q *Queues) queue(ctx context.Context, name string, c jetstream.Consumer) (k Queue, err error) {
	st, err := q.js.Stream(ctx, q.o.Name+"-"+name)
	if err != nil {
		return k, err
	}
	info := st.CachedInfo()
	con, err := c.Info(ctx)
	if err != nil {
		return k, err
	}
	k = Queue{
		Waiting: con.NumPending, InHand: con.NumAckPending, Redelivered: con.NumRedelivered, Done: con.AckFloor.Stream, Bytes: info.State.Bytes,
		Room: info.Config.MaxBytes, Replicas: info.Config.Replicas,
	}
	if info.Cluster != nil {
		k.Leader = info.Cluster.Leader
		for _, p := range info.Cluster.Replicas {
			if p.Offline || !p.Current {
				k.Missing++
			}
		}
	}
	return k, nil
}

// atWork gives the workers that told of themselves a short while ago, longest at work
// first.
func (q *Queues) atWork(ctx context.Context) ([]Hand, error) {
	keys, err := q.workers.ListKeys(ctx)
	if err != nil {
		return nil, err
	}
	var all []Hand
	for k := range keys.Keys() {
		e, err := q.workers.Get(ctx, k)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			continue // it ended just now
		}
		if err != nil {
			return nil, err
		}
		var h Hand
		if json.Unmarshal(e.Value(), &h) == nil {
			h.ID, h.Seen = k, e.Created()
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b Hand) int {
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, nil
}

// announce tells the others of this worker as long as it works, and its user what it did.
func (w *Worker) announce(ctx context.Context) {
	host, _ := os.Hostname()
	h := Hand{Host: host, PID: os.Getpid(), Jobs: w.Jobs, Since: time.Now()}
	id, told, said := nuid.Next(), Done{}, time.Now()
	for {
		h.Done, h.InHand = w.done.now(), w.reading.count()+w.visiting.count()
		if b, err := json.Marshal(h); err == nil {
			_, _ = w.q.workers.Put(ctx, id, b) // the next time, if not now
		}
		if w.Tell != nil && h.Done != told && time.Since(said) > telling {
			told, said = h.Done, time.Now()
			w.Tell(h.Done)
		}
		if pause(ctx, announcing) != nil {
			break
		}
	}
	last, end := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer end()
	_ = w.q.workers.Delete(last, id)
}
