// Package ordered works on a stream with several goroutines and keeps its order. It knows
// nothing of what flows.
package ordered

import (
	"context"
	"sync"
)

// Line makes one thing of another on several cores. It holds no more than a few of them
// at a time, however many there are.
type Line[In, Out any] struct {
	Workers int
	Make    func(In) Out
	Idle    func() error // called when nothing is under way; nil does nothing
}

// window is how many things for each worker may be under way or waiting their turn.
const window = 8

type job[In, Out any] struct {
	in  In
	out chan Out
}

// Run takes things from each and gives what was made of them to write in the same order,
// until write fails or ctx ends. It returns when no worker is at work any more.
func (l Line[In, Out]) Run(ctx context.Context, each func(func(In) bool), write func(Out) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	jobs := make(chan job[In, Out], l.Workers)
	turns := make(chan job[In, Out], window*l.Workers)
	go func() {
		defer close(turns)
		defer close(jobs)
		each(func(in In) bool {
			j := job[In, Out]{in, make(chan Out, 1)}
			return send(ctx, turns, j) && send(ctx, jobs, j)
		})
	}()
	var working sync.WaitGroup
	defer working.Wait()
	for range l.Workers {
		working.Go(func() { l.work(ctx, jobs) })
	}
	for {
		if len(turns) == 0 && l.Idle != nil {
			if err := l.Idle(); err != nil {
				stop()
				return err
			}
		}
		j, more := receive(ctx, turns)
		if !more {
			return ctx.Err()
		}
		o, more := receive(ctx, j.out)
		if !more {
			return ctx.Err()
		}
		if err := write(o); err != nil {
			stop() // before the workers are waited for
			return err
		}
	}
}

// work makes things until the jobs or ctx end.
func (l Line[In, Out]) work(ctx context.Context, jobs <-chan job[In, Out]) {
	for {
		j, more := receive(ctx, jobs)
		if !more {
			return
		}
		j.out <- l.Make(j.in) // has room for one
	}
}

func receive[T any](ctx context.Context, from <-chan T) (v T, more bool) {
	select {
	case v, more = <-from:
		return v, more
	case <-ctx.Done():
		return v, false
	}
}

func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}
