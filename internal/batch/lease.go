package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/isnad-project/isnad/internal/batch/depot"
)

// lease says that a process has a task, as long as it is renewed. Clocks may differ by
// less than it lasts: what is done twice for that costs time and nothing else.
type lease struct {
	run  *Run
	name string
	stop context.CancelFunc
	over chan struct{}
}

type leaseText struct {
	By    string
	Until time.Time
}

// take takes the lease unless another has it.
func (l *lease) take(ctx context.Context) (bool, error) {
	mine, err := l.run.depot.Claim(ctx, l.name, l.text())
	if err != nil {
		return false, err
	}
	if !mine {
		b, err := l.run.depot.Get(ctx, l.name)
		var text leaseText
		switch {
		case errors.Is(err, depot.ErrNone):
			return false, nil // given back just now: the next time round
		case err != nil:
			return false, err
		case json.Unmarshal(b, &text) == nil && time.Now().Before(text.Until):
			return false, nil
		}
		if err := l.renew(ctx); err != nil { // it ran out
			return false, err
		}
	}
	ctx, l.stop = context.WithCancel(ctx)
	l.over = make(chan struct{})
	go l.hold(ctx)
	return true, nil
}

func (l *lease) text() []byte {
	b, _ := json.Marshal(leaseText{l.run.who, time.Now().Add(l.run.o.Turn)}) // cannot fail: a name and a time
	return b
}

func (l *lease) renew(ctx context.Context) error {
	b := l.text()
	return l.run.depot.Put(ctx, l.name, bytes.NewReader(b), int64(len(b)))
}

// hold renews the lease until it ends. That it cannot be renewed is no error: the task is
// done twice at worst.
func (l *lease) hold(ctx context.Context) {
	defer close(l.over)
	t := time.NewTicker(l.run.o.Turn / 3)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			l.renew(ctx)
		}
	}
}

// end gives the task back.
func (l *lease) end(ctx context.Context) {
	l.stop()
	<-l.over
	l.run.depot.Remove(context.WithoutCancel(ctx), l.name)
}
