package ordered

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// counted yields inputs named 0, 1, 2 … and counts them.
func counted(n int, taken *atomic.Int64) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := range n {
			taken.Add(1)
			if !yield(fmt.Sprint(i)) {
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
	p := Line[string, string]{Workers: workers, Make: func(in string) string {
		time.Sleep(time.Duration(rand.IntN(100)) * time.Microsecond)
		return in
	}}
	written := 0
	err := p.Run(t.Context(), counted(n, &taken), func(o string) error {
		if o != fmt.Sprint(written) {
			t.Fatalf("output %d is %s", written, o)
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
	p := Line[string, string]{Workers: 2, Make: strings.ToUpper}
	err := p.Run(t.Context(), counted(1<<30, &taken), func(string) error { return full })
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
	p := Line[string, string]{Workers: 2, Make: strings.ToUpper}
	err := p.Run(ctx, func(yield func(string) bool) { yield(""); <-forever }, func(string) error { return nil })
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
	p := Line[string, string]{Workers: 2, Make: strings.ToUpper, Idle: func() error {
		if done == 3 {
			flushed <- struct{}{}
		}
		return nil
	}}
	err := p.Run(ctx, func(yield func(string) bool) {
		for range 3 {
			yield("")
		}
		select {
		case <-flushed:
		case <-ctx.Done():
		}
	}, func(string) error { done++; return nil })
	if err != nil || done != 3 {
		t.Errorf("%d done, %v", done, err)
	}
}
