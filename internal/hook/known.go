package hook

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/isnad-project/isnad"
)

// list brings what is known of the hooks up to date: those that are new, removed, resumed.
func (w *worker) list(ctx context.Context) error {
	all, err := w.desk.List(ctx)
	if err != nil {
		return err
	}
	hands, err := w.desk.lib.Papers(ctx, resumed)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.meet(ctx, all); err != nil {
		return err
	}
	if err := w.part(ctx, all); err != nil {
		return err
	}
	for _, p := range hands {
		if err := w.wake(ctx, p.Name); err != nil {
			return err
		}
	}
	return nil
}

// meet takes in the hooks that are new.
func (w *worker) meet(ctx context.Context, all []Hook) error {
	for _, h := range all {
		if w.held[h.ID] != nil {
			continue
		}
		s, err := w.desk.State(ctx, h.ID)
		if errors.Is(err, isnad.ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return err
		}
		w.held[h.ID] = &held{Hook: h, State: s, filed: s.Place}
	}
	return nil
}

// part lets go of the hooks that were removed.
func (w *worker) part(ctx context.Context, all []Hook) error {
	there := map[string]bool{}
	for _, h := range all {
		there[h.ID] = true
	}
	for id, h := range w.held {
		if h.gone = !there[id]; !h.gone || h.busy {
			continue
		}
		delete(w.held, id)
		if err := w.desk.lib.File(ctx, isnad.Paper{Kind: progress, Name: id}); err != nil {
			return err
		}
	}
	return nil
}

// wake lets a hook go on that a hand resumed, once it is at rest.
func (w *worker) wake(ctx context.Context, id string) error {
	papers := []isnad.Paper{{Kind: resumed, Name: id}}
	if h := w.held[id]; h != nil {
		if h.busy {
			return nil // the next time
		}
		h.resume()
		b, err := json.Marshal(h.State)
		if err != nil {
			return err
		}
		papers = append(papers, isnad.Paper{Kind: progress, Name: id, Text: b})
	}
	return w.desk.lib.File(ctx, papers...)
}

// resume lets a hook go on now.
func (h *held) resume() {
	s := &h.State
	s.Stopped, s.Trouble, s.Row, s.Next, s.Since = false, "", 0, time.Time{}, time.Time{}
	for i := range s.Waiting {
		s.Waiting[i].Next = time.Time{}
	}
}

// removed reports whether a hook was removed.
func (w *worker) removed(h *held) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return h.gone
}

// sweep throws away what is left of hooks that were removed while they sent.
func (d *Desk) sweep(ctx context.Context) error {
	left, err := d.lib.Papers(ctx, progress)
	if err != nil {
		return err
	}
	for _, p := range left {
		_, err := d.lib.Paper(ctx, paper, p.Name)
		if errors.Is(err, isnad.ErrNotFound) {
			err = d.lib.File(ctx, isnad.Paper{Kind: progress, Name: p.Name}, isnad.Paper{Kind: resumed, Name: p.Name})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
