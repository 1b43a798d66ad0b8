// Package work hands out what is to be done to any number of workers through NATS
// JetStream: captures to be read, visits to be made, days to be joined. It knows who has
// which piece of work, what becomes of one that fails, and when to rest; how a piece is
// done is the matter of a desk.
//
// Delivery is at least once, and a desk keeps the same thing once however often it comes:
// so nothing is lost and nothing is there twice. A piece is acknowledged when its outcome
// is durable in the evidence and the library, and never before.
package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options say where the queues are; the zero value of each field is the default.
type Options struct {
	Servers     string        // addresses of a NATS cluster, with commas between; empty: a server inside a worker's process
	Credentials string        // a file of NATS credentials
	Authority   string        // a file with the certificate of who vouches for the servers; empty: the system's
	Dir         string        // where the server inside keeps the queues; needed without Servers
	Name        string        // of the queues of one library among those on the cluster: letters, digits, - and _; "isnad"
	Room        int64         // bytes of captures that may wait, of the queues when they are made; 1 GiB
	Patience    time.Duration // how long one worker may be silent about a piece of work before another gets it; 30 s
	Log         *slog.Logger  // nil: nothing is logged
}

func (o Options) withDefaults() Options {
	o.Name = cmp.Or(o.Name, "isnad")
	o.Room = cmp.Or(o.Room, 1<<30)
	o.Patience = cmp.Or(o.Patience, 30*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Queues are the queues of one library.
type Queues struct {
	o        Options
	conn     *nats.Conn
	js       jetstream.JetStream
	inside   *inside // the server in this process, or nil
	copies   int     // of every queue, on so many servers
	captures jetstream.Consumer
	visits   jetstream.Consumer
	failed   jetstream.Stream
	hosts    jetstream.KeyValue // whose turn it is at a host
	tries    jetstream.KeyValue // how often reading a capture was begun that may have ended its readers
	marks    jetstream.KeyValue // how far pourings are
	workers  jetstream.KeyValue // who is at work
	large    jetstream.ObjectStore
}

// How many messages wait at most: captures, visits, failures.
const (
	mostCaptures = 1 << 20
	mostVisits   = 1 << 16
	mostFailed   = 1 << 16
)

// Open connects to the queues of a library and makes those that are missing. Where a
// cluster was just started or lost its leader it waits a while. Its errors say what is
// wrong at which address and what to do.
func Open(ctx context.Context, o Options) (*Queues, error) {
	o = o.withDefaults()
	if !plain(o.Name) {
		return nil, fmt.Errorf("%q cannot name queues: letters, digits, - and _ can", o.Name)
	}
	q := &Queues{o: o}
	if err := q.connect(); err != nil {
		return nil, err
	}
	if err := q.prepare(ctx); err != nil {
		q.Close()
		return nil, err
	}
	return q, nil
}

// plain reports whether a name may be one of queues.
func plain(name string) bool {
	for _, c := range []byte(name) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return len(name) > 0 && len(name) <= 64
}

// Close ends the connection and the server inside, if there is one. What is in the queues
// stays there.
func (q *Queues) Close() error {
	q.conn.Close()
	if q.inside != nil {
		return q.inside.close()
	}
	return nil
}

// settling is how long a cluster has to elect its leaders.
const settling = 20 * time.Second

// prepare finds or makes the queues, as soon as the cluster can.
func (q *Queues) prepare(ctx context.Context) error {
	end := time.Now().Add(settling)
	for {
		err := q.able()
		if err == nil {
			q.size()
			err = q.make(ctx)
		}
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !passing(err) || time.Now().After(end):
			return q.explain(err)
		}
		q.o.Log.Info("the queues cannot be had yet", "error", err)
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
}

// make finds or makes every queue.
func (q *Queues) make(ctx context.Context) error {
	captures, err := q.stream(ctx, "captures", jetstream.StreamConfig{
		Description: "what came in and is to be read", Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew,
		MaxMsgs: mostCaptures, MaxBytes: q.o.Room, Duplicates: 5 * time.Minute,
	})
	if err != nil {
		return err
	}
	visits, err := q.stream(ctx, "visits", jetstream.StreamConfig{
		Description: "visits that are due, each address once", Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew,
		DiscardNewPerSubject: true, MaxMsgsPerSubject: 1, MaxMsgs: mostVisits, MaxBytes: mostVisits << 10,
	})
	if err != nil {
		return err
	}
	q.failed, err = q.stream(ctx, "failed", jetstream.StreamConfig{
		Description: "work that was put aside, with the reason", Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew,
		MaxMsgs: mostFailed, MaxBytes: max(q.o.Room/4, 1<<20),
	})
	if err != nil {
		return err
	}
	if q.captures, err = q.consumer(ctx, captures, "read", 1<<14); err != nil {
		return err
	}
	if q.visits, err = q.consumer(ctx, visits, "visit", -1); err != nil { // whose host's turn has not come are handed out too
		return err
	}
	return q.buckets(ctx)
}

// stream finds or makes a stream. One that is there stays as it is: who runs the cluster
// may have changed its limits and copies.
func (q *Queues) stream(ctx context.Context, name string, c jetstream.StreamConfig) (jetstream.Stream, error) {
	c.Name = q.o.Name + "-" + name
	s, err := q.js.Stream(ctx, c.Name)
	if !errors.Is(err, jetstream.ErrStreamNotFound) {
		return s, naming(err, "the queue "+c.Name)
	}
	c.Subjects = []string{q.subject(name), q.subject(name) + ".>"}
	c.Storage, c.Replicas = jetstream.FileStorage, q.copies
	s, err = q.js.CreateStream(ctx, c)
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another made it just now, with other limits
		s, err = q.js.Stream(ctx, c.Name)
	}
	return s, naming(err, "make the queue "+c.Name)
}

// subject is what messages to a stream are addressed to.
func (q *Queues) subject(stream string) string { return q.o.Name + "." + stream }

// consumer finds or makes the consumer that all workers share. The number of deliveries
// has no limit there: a worker that was cut off from the library is not the fault of what
// it had in hand. How often a capture was really tried is counted in trial.go.
func (q *Queues) consumer(ctx context.Context, s jetstream.Stream, name string, pending int) (jetstream.Consumer, error) {
	c, err := s.Consumer(ctx, name)
	if !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return c, naming(err, "the consumer "+name)
	}
	c, err = s.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.o.Patience, MaxDeliver: -1, MaxAckPending: pending, MaxWaiting: 4096,
	})
	return c, naming(err, "make the consumer "+name)
}

// buckets finds or makes the small stores.
func (q *Queues) buckets(ctx context.Context) (err error) {
	for _, b := range []struct {
		at   *jetstream.KeyValue
		name string
		keep time.Duration
	}{{&q.hosts, "hosts", 7 * 24 * time.Hour}, {&q.tries, "tries", 7 * 24 * time.Hour}, {&q.marks, "marks", 0}, {&q.workers, "workers", 4 * announcing}} {
		if *b.at, err = q.bucket(ctx, b.name, b.keep); err != nil {
			return err
		}
	}
	name := q.o.Name + "-large"
	if q.large, err = q.js.ObjectStore(ctx, name); !errors.Is(err, jetstream.ErrBucketNotFound) {
		return naming(err, "the store "+name)
	}
	q.large, err = q.js.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{
		Bucket: name, Description: "captures larger than a message", Storage: jetstream.FileStorage, Replicas: q.copies, MaxBytes: q.o.Room,
	})
	return naming(err, "make the store "+name)
}

func (q *Queues) bucket(ctx context.Context, name string, keep time.Duration) (jetstream.KeyValue, error) {
	name = q.o.Name + "-" + name
	b, err := q.js.KeyValue(ctx, name)
	if !errors.Is(err, jetstream.ErrBucketNotFound) {
		return b, naming(err, "the store "+name)
	}
	b, err = q.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: name, TTL: keep, Storage: jetstream.FileStorage, Replicas: q.copies, MaxBytes: 64 << 20})
	return b, naming(err, "make the store "+name)
}

func naming(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
