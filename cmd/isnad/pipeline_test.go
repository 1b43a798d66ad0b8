package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"
)

// counted yields inputs named 0, 1, 2 … and counts them.
func counted(n int, taken *atomic.Int64) func(func(input) bool) {
	return func(yield func(input) bool) {
		for i := range n {
			taken.Add(1)
			if !yield(input{where: fmt.Sprint(i)}) {
				return
			}
		}
	}
}

// TestOrder wants outputs in the order of inputs, and no more inputs taken ahead of them
// than the window.
func TestOrder(t *testing.T) {
	const n, workers = 2000, 4
	var taken atomic.Int64
	p := pipeline{workers: workers, make: func(in input) output {
		time.Sleep(time.Duration(rand.IntN(100)) * time.Microsecond)
		return output{body: []byte(in.where)}
	}}
	written := 0
	err := p.run(t.Context(), counted(n, &taken), func(o output) error {
		if string(o.body) != fmt.Sprint(written) {
			t.Fatalf("output %d is %s", written, o.body)
		}
		written++
		if ahead := int(taken.Load()) - written; ahead > (window+2)*workers+2 {
			t.Fatalf("%d inputs are under way", ahead)
		}
		return nil
	})
	if err != nil || written != n {
		t.Errorf("%d written, %v", written, err)
	}
}

// TestWriteFails wants the whole line to stop at the first output that cannot be written.
func TestWriteFails(t *testing.T) {
	full := errors.New("disk full")
	var taken atomic.Int64
	p := pipeline{workers: 2, make: func(input) output { return output{} }}
	err := p.run(t.Context(), counted(1<<30, &taken), func(output) error { return full })
	if !errors.Is(err, full) || taken.Load() > 100 {
		t.Errorf("%v after %d inputs", err, taken.Load())
	}
}

// TestInterrupted wants the line to stop though its source waits for ever.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	forever := make(chan struct{})
	defer close(forever)
	p := pipeline{workers: 2, make: func(input) output { return output{} }}
	err := p.run(ctx, func(yield func(input) bool) { yield(input{}); <-forever }, func(output) error { return nil })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

// TestIdle wants what is written to go out while the source waits.
func TestIdle(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	flushed := make(chan struct{}, 100)
	done := 0
	p := pipeline{workers: 2, make: func(input) output { return output{} }, idle: func() error {
		if done == 3 {
			flushed <- struct{}{}
		}
		return nil
	}}
	err := p.run(ctx, func(yield func(input) bool) {
		for range 3 {
			yield(input{})
		}
		select {
		case <-flushed:
		case <-ctx.Done():
		}
	}, func(output) error { done++; return nil })
	if err != nil || done != 3 {
		t.Errorf("%d done, %v", done, err)
	}
}
