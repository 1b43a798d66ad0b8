package main

import (
	"context"
	"sync"
)

// output is what became of one input: bytes for standard output, words for standard
// error, or an error.
type output struct {
	body []byte
	said string
	err  error
}

// pipeline makes outputs of inputs on several cores and keeps their order. It holds no
// more than a few inputs at a time, however many there are.
type pipeline struct {
	workers int
	make    func(input) output
	idle    func() error // called when no input is under way; nil does nothing
}

// window is how many inputs for each worker may be under way or waiting their turn.
const window = 8

type job struct {
	in  input
	out chan output
}

// run takes inputs from each and gives the outputs to write in the same order, until
// write fails or ctx ends.
func (p pipeline) run(ctx context.Context, each func(func(input) bool), write func(output) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	jobs := make(chan job, p.workers)
	turns := make(chan job, window*p.workers)
	go func() {
		defer close(turns)
		defer close(jobs)
		each(func(in input) bool {
			j := job{in, make(chan output, 1)}
			return send(ctx, turns, j) && send(ctx, jobs, j)
		})
	}()
	var working sync.WaitGroup
	defer working.Wait()
	for range p.workers {
		working.Go(func() { p.work(ctx, jobs) })
	}
	for {
		if len(turns) == 0 && p.idle != nil {
			if err := p.idle(); err != nil {
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

// work makes outputs until the jobs or ctx end.
func (p pipeline) work(ctx context.Context, jobs <-chan job) {
	for {
		j, more := receive(ctx, jobs)
		if !more {
			return
		}
		j.out <- p.make(j.in) // has room for one
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

func send(ctx context.Context, to chan<- job, j job) bool {
	select {
	case to <- j:
		return true
	case <-ctx.Done():
		return false
	}
}
