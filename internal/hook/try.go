package hook

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/isnad-project/isnad"
)

// try sends one article and keeps what became of it; false when that could not be kept, or
// the program ends. What is under way when it ends has a little time.
func (d *Desk) try(ctx context.Context, h *held, x *Waiting, i int) bool {
	body, err := d.told(ctx, h.Hook, x)
	switch {
	case errors.Is(err, isnad.ErrNotFound):
		h.done(x, i)
		return d.keep(ctx, h)
	case err != nil:
		if ctx.Err() == nil {
			d.unable(ctx, h, err)
		}
		return false
	}
	within, end := context.WithTimeout(context.WithoutCancel(ctx), d.opt.Timeout)
	defer end()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, end) })()
	err = d.post(within, h.Hook, h.ID+"."+strconv.FormatInt(x.Place, 10), x.Tries+1, body)
	if err != nil && ctx.Err() != nil {
		return false // the program ends; it is sent again by the next
	}
	if err == nil {
		h.taken(x, i, d.opt.Now())
		d.opt.Count("taken")
	} else {
		d.failed(h, x, i, err)
	}
	return d.keep(ctx, h)
}

// done takes an article from what is to be sent.
func (h *held) done(x *Waiting, i int) {
	if i >= 0 {
		h.Waiting = slices.Delete(h.Waiting, i, i+1)
		return
	}
	h.news = h.news[1:]
	h.Place = x.Place
}

// taken notes that an article was taken.
func (h *held) taken(x *Waiting, i int, now time.Time) {
	h.done(x, i)
	s := &h.State
	s.Taken, s.Last, s.Row, s.Next, s.Since, s.Trouble = s.Taken+1, now, 0, time.Time{}, time.Time{}, ""
}

// failed notes that an article was not taken, and when to go on.
func (d *Desk) failed(h *held, x *Waiting, i int, err error) {
	now := d.opt.Now()
	s := &h.State
	if s.Row++; s.Row == 1 {
		s.Since = now
	}
	x.Tries++
	if x.First.IsZero() {
		x.First = now
	}
	x.Next = now.Add(d.spread(growing(firstAgain, 4, x.Tries, lastAgain)))
	s.Next = now.Add(d.spread(growing(firstRest, 3, s.Row, longest)))
	var r refusal
	if errors.As(err, &r) && r.after > 0 {
		s.Next = now.Add(r.after)
	}
	f := Failure{At: now, Article: x.Article, Try: x.Tries, Why: short(err.Error())}
	h.done(x, i)
	if f.GivenUp = now.Sub(x.First) > patience && s.Last.After(x.First); f.GivenUp {
		s.GivenUp++
		d.opt.Count("given up")
	} else {
		at, _ := slices.BinarySearchFunc(s.Waiting, x.Place, func(w Waiting, place int64) int { return cmp.Compare(w.Place, place) })
		s.Waiting = slices.Insert(s.Waiting, at, *x)
	}
	s.Failed = append([]Failure{f}, s.Failed[:min(len(s.Failed), shown-1)]...)
	if r.gone || now.Sub(s.Since) > stopAfter {
		s.Stopped, s.Trouble = true, f.Why
	}
	d.opt.Count("failed")
	d.opt.Log.Warn("a hook's message was not taken", "hook", h.ID, "name", h.Name, "article", x.Article, "try", x.Tries, "row", s.Row, "next", s.Next.UTC().Format(time.RFC3339), "stopped", s.Stopped, "error", f.Why)
}

// growing gives a time that grows by a factor with every step, up to a most.
func growing(first time.Duration, factor int, steps int, most time.Duration) time.Duration {
	t := first
	for range steps - 1 {
		if t *= time.Duration(factor); t >= most {
			return most
		}
	}
	return t
}

// spread lets those who failed together not come again together.
func (d *Desk) spread(t time.Duration) time.Duration {
	return time.Duration(float64(t) * (0.75 + d.opt.Jitter()/2))
}

// short gives what is remembered of an error.
func short(why string) string {
	if r := []rune(why); len(r) > 300 {
		return string(r[:300]) + "…"
	}
	return why
}

// keep keeps how far a hook got. Where that fails the hook rests: what was taken since
// may be sent twice, which its id tells.
func (d *Desk) keep(ctx context.Context, h *held) bool {
	b, err := json.Marshal(h.State)
	if err == nil {
		err = d.lib.File(context.WithoutCancel(ctx), isnad.Paper{Kind: progress, Name: h.ID, Text: b})
	}
	if err != nil {
		d.opt.Log.Error("how far a hook got cannot be kept", "hook", h.ID, "error", err)
		h.State.Next = d.opt.Now().Add(longest / 60)
		return false
	}
	h.filed = h.Place
	return true
}
