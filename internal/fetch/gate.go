package fetch

import (
	"context"
	"time"
)

// Gate keeps the requests of several programs to one host apart, as the queue of one
// program does for its own.
type Gate interface {
	// Enter waits for the turn at a host. Leave ends it: next is the earliest moment for
	// the next request, by whomever. An error is Quiet when that moment is far away.
	Enter(ctx context.Context, host string) (leave func(next time.Time), err error)
}

// Quiet is the error of a Gate that gives no turn before a moment.
func Quiet(until time.Time) error { return quietError{until} }

// turn waits for a turn at a host, among the requests of this program and then among all
// programs, and gives what ends it.
func (f *Fetcher) turn(ctx context.Context, host string, delay time.Duration) (func(), error) {
	leave, err := f.queue.enter(ctx, host, delay)
	if err != nil || f.o.Gate == nil {
		return leave, err
	}
	pass, err := f.o.Gate.Enter(ctx, host)
	if err != nil {
		leave()
		return nil, err
	}
	next := f.o.Now().Add(delay)
	return func() {
		if quiet := f.queue.quietUntil(host); quiet.After(next) {
			next = quiet
		}
		pass(next)
		leave()
	}, nil
}
