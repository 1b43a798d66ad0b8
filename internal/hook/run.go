package hook

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/isnad-project/isnad"
)

// task is the turn that a program takes to send what is new.
const task = "hooks"

// How much is done at once, and how much may wait at a hook for another try before it
// goes no further.
const (
	atOnce  = 16
	waiting = 50
	shown   = 20  // failures that are remembered
	handful = 50  // articles asked for at a time
	ahead   = 500 // places a hook may be ahead of what is kept of it, with nothing found in them
)

// When it is tried again, and when no more.
const (
	firstRest  = 2 * time.Second // of a hook, three times longer with every failure in a row
	longest    = time.Hour
	firstAgain = 10 * time.Second // of an article, four times longer with every try
	lastAgain  = 6 * time.Hour
	patience   = 3 * 24 * time.Hour // an article that is not taken, while others are
	stopAfter  = 7 * 24 * time.Hour // a hook of which nothing is taken
	grace      = 3 * time.Second    // for what is under way when the program ends
)

// Run sends what is new until ctx ends. One program does so at a time; others that run
// take its place when it ends.
func (d *Desk) Run(ctx context.Context) error {
	defer d.client.CloseIdleConnections()
	for ctx.Err() == nil {
		mine, end, err := d.lib.Turn(ctx, task)
		if err == nil {
			err = d.work(mine)
			end()
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, isnad.ErrBusy) && !errors.Is(err, context.Canceled) {
			d.opt.Log.Error("hooks rest for a while", "error", err)
		}
		pause(ctx, 2*d.opt.Every)
	}
	return ctx.Err()
}

func pause(ctx context.Context, t time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(t):
	}
}

// Round sends what is new and due now, once, and returns when that is done.
func (d *Desk) Round(ctx context.Context) error {
	mine, end, err := d.lib.Turn(ctx, task)
	if err != nil {
		return err
	}
	defer end()
	w := &worker{desk: d, held: map[string]*held{}}
	err = w.look(mine)
	w.running.Wait()
	return err
}

// work looks for what is new again and again while the turn is ours.
func (d *Desk) work(ctx context.Context) error {
	w := &worker{desk: d, held: map[string]*held{}}
	defer w.running.Wait()
	if err := d.sweep(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if err := w.look(ctx); err != nil {
			return err
		}
		pause(ctx, d.opt.Every)
	}
	return ctx.Err()
}

// worker is a time in which the turn is ours: what is known of the hooks is held in memory.
type worker struct {
	desk    *Desk
	running sync.WaitGroup
	places  chan struct{}

	mu   sync.Mutex
	held map[string]*held
}

// held is a hook with how far it got.
type held struct {
	Hook
	State
	filed int64 // the place that is kept
	busy  bool  // a goroutine has it
	news  []isnad.New
	gone  bool // it was removed
}

// look lets every hook go on that has something to do.
func (w *worker) look(ctx context.Context) error {
	if w.places == nil {
		w.places = make(chan struct{}, atOnce)
	}
	if err := w.list(ctx); err != nil {
		return err
	}
	last, err := w.desk.lib.Since(ctx, isnad.Query{Limit: 1}, math.MaxInt64)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, h := range w.held {
		if h.busy || h.gone || !h.due(w.desk.opt.Now(), last.Place) {
			continue
		}
		h.busy = true
		w.running.Go(func() {
			w.places <- struct{}{}
			defer func() { <-w.places }()
			w.serve(ctx, h)
			w.mu.Lock()
			defer w.mu.Unlock()
			h.busy = false
		})
	}
	return nil
}

// due reports whether a hook has something to do.
func (h *held) due(now time.Time, last int64) bool {
	if h.Stopped || h.State.Next.After(now) {
		return false
	}
	if h.Place < last && len(h.Waiting) < waiting || len(h.news) > 0 {
		return true
	}
	for _, x := range h.Waiting {
		if !x.Next.After(now) {
			return true
		}
	}
	return false
}

// serve sends what a hook has to tell, until it is done, fails, or ctx ends.
func (w *worker) serve(ctx context.Context, h *held) {
	d := w.desk
	for ctx.Err() == nil && !h.Stopped && !h.State.Next.After(d.opt.Now()) && !w.removed(h) {
		x, i, err := d.next(ctx, h)
		if err != nil {
			if ctx.Err() == nil {
				d.unable(ctx, h, err)
			}
			return
		}
		if x == nil {
			if h.Place-h.filed > ahead {
				d.keep(ctx, h)
			}
			return
		}
		if !d.try(ctx, h, x, i) {
			return
		}
	}
}

// next gives what is to be sent next, with its number among those that wait, or -1. After
// a failure something new goes first, so that an article which is never taken holds up no
// other; else what waited.
func (d *Desk) next(ctx context.Context, h *held) (*Waiting, int, error) {
	again := -1
	for i, x := range h.Waiting {
		if !x.Next.After(d.opt.Now()) && (again < 0 || x.Next.Before(h.Waiting[again].Next)) {
			again = i
		}
	}
	if again >= 0 && (h.Row == 0 || len(h.Waiting) >= waiting) {
		x := h.Waiting[again]
		return &x, again, nil
	}
	if len(h.Waiting) < waiting {
		if err := d.ask(ctx, h); err != nil {
			return nil, 0, err
		}
		if len(h.news) > 0 {
			n := h.news[0]
			return &Waiting{Article: n.Article, Place: n.Place, Revised: n.Revised}, -1, nil
		}
	}
	if again >= 0 {
		x := h.Waiting[again]
		return &x, again, nil
	}
	return nil, 0, nil
}

// ask asks for what is new, until something is found or everything was looked at.
func (d *Desk) ask(ctx context.Context, h *held) error {
	for len(h.news) == 0 {
		q, err := d.lang.Parse(h.Query)
		if err != nil {
			return err
		}
		q.Limit = handful
		n, err := d.lib.Since(ctx, q, h.Place)
		if err != nil {
			return err
		}
		if h.news = n.Items; !h.Stopped {
			h.Trouble = ""
		}
		if len(n.Items) == 0 {
			h.Place = max(h.Place, n.Place)
			if !n.More {
				return nil
			}
		}
	}
	return nil
}

// unable notes that a search cannot be answered now: the hook rests.
func (d *Desk) unable(ctx context.Context, h *held, err error) {
	d.opt.Log.Warn("a hook's search cannot be answered", "hook", h.ID, "name", h.Name, "error", err)
	h.Trouble, h.State.Next = err.Error(), d.opt.Now().Add(longest/6)
	d.keep(ctx, h)
}
