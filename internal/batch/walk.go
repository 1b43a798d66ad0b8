package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/batch/depot"
	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/story"
)

// stretch is what a walk tells: the stories that are born from one day to another, not
// included. It begins some days before, so that it knows which stories go on; what it
// finds there is a guess until check has proved it. Or the articles without a day of some
// partitions.
type stretch struct {
	from, to  int
	warm      int   // the day that the walk begins with
	undated   bool  //
	partition []int // for articles without a day
}

// stretches cuts the days into walks. Every process finds the same.
func (r *Run) stretches(ctx context.Context) ([]stretch, error) {
	days := map[int]int64{}
	var undated []stretch
	open := int64(math.MaxInt64)
	for p := range r.plan.Partitions {
		n, err := r.note(ctx, Task{"keep", p})
		if err != nil {
			return nil, err
		}
		for _, s := range n.Sections {
			day, err := step.Day([]byte(s.Key + "\t"))
			switch {
			case err != nil:
				return nil, err
			case day != story.NoDay:
				days[day] += s.Lines
				continue
			case open > int64(r.plan.Chunk):
				undated, open = append(undated, stretch{undated: true}), 0
			}
			u := &undated[len(undated)-1]
			u.partition, open = append(u.partition, p), open+s.Lines
		}
	}
	return append(r.cut(days), undated...), nil
}

// cut cuts days into stretches of about as many articles as a walk should have. Where no
// story can go on, nothing need be guessed; elsewhere a stretch is long against the days
// that are walked before it.
func (r *Run) cut(days map[int]int64) (list []stretch) {
	count, run := int64(0), 0
	last := math.MinInt
	for _, k := range slices.Sorted(maps.Keys(days)) {
		gap := last == math.MinInt || k > last+story.Window
		if gap {
			run = k
		}
		long := len(list) > 0 && k-list[len(list)-1].from >= 3*r.plan.Warm
		if len(list) == 0 || count >= int64(r.plan.Chunk) && (long || gap) {
			list, count = append(list, stretch{from: k, warm: max(run, k-r.plan.Warm)}), 0
		}
		count += days[k]
		list[len(list)-1].to = k + 1
		last = k
	}
	for i := range list[:max(len(list)-1, 0)] {
		list[i].to = list[i+1].from
	}
	return list
}

func (r *Run) walks(ctx context.Context) (int, error) {
	list, err := r.stretches(ctx)
	return len(list), err
}

// walk tells the stories of a stretch.
func (r *Run) walk(ctx context.Context, i int) (note, error) {
	list, err := r.stretches(ctx)
	if err != nil {
		return note{}, err
	}
	return r.tellAll(ctx, i, list[i], nil)
}

// tellAll walks through a stretch, by a start that is known or guessed, and writes its
// stories and how it began and ended.
func (r *Run) tellAll(ctx context.Context, i int, s stretch, start []step.Standing) (n note, err error) {
	out, err := r.output(fmt.Sprintf("stories/part-%05d.%s", i, r.records()))
	if err != nil {
		return n, err
	}
	defer out.close()
	emit := func(b []byte) error {
		n.Stories++
		return out.line(b)
	}
	if s.undated {
		if err := r.alone(ctx, s, emit); err != nil {
			return n, err
		}
		return n, out.put(ctx, r)
	}
	began, ended, err := r.through(ctx, s, start, emit)
	if err != nil {
		return n, err
	}
	if err := out.put(ctx, r); err != nil {
		return n, err
	}
	if err := r.putState(ctx, i, "end", ended); err != nil {
		return n, err
	}
	return n, r.putState(ctx, i, "start", began) // the last: it is what check compares
}

// alone tells the stories of articles without a day.
func (r *Run) alone(ctx context.Context, s stretch, emit func([]byte) error) error {
	w := r.steps.NewWalk(step.Stretch{Temp: r.o.Temp}, emit)
	defer w.Close()
	for _, p := range s.partition {
		if err := r.day(ctx, w, story.NoDay, []int{p}); err != nil {
			return err
		}
	}
	return nil
}

// through walks through the days of a stretch, and on until the last of its stories ends.
// It gives how articles stood at its first day and after its last.
func (r *Run) through(ctx context.Context, s stretch, start []step.Standing, emit func([]byte) error) (began, ended []step.Standing, err error) {
	days, err := r.days(ctx)
	if err != nil {
		return nil, nil, err
	}
	begin := s.warm
	if start != nil {
		begin = s.from - story.Window
	}
	w := r.steps.NewWalk(step.Stretch{From: s.from, To: s.to, Start: start, Temp: r.o.Temp}, emit)
	defer w.Close()
	pass := func(from, to int, enough func() bool) error {
		for _, k := range days {
			if k < from || k >= to {
				continue
			}
			if err := w.Reach(k); err != nil {
				return err
			}
			if enough() {
				return nil
			}
			if err := r.day(ctx, w, k, nil); err != nil {
				return err
			}
		}
		return w.Reach(to)
	}
	never := func() bool { return false }
	if err := pass(begin, s.from, never); err != nil {
		return nil, nil, err
	}
	began = w.State()
	if err := pass(s.from, s.to, never); err != nil {
		return nil, nil, err
	}
	ended = w.State()
	return began, ended, pass(s.to, math.MaxInt, func() bool { return !w.Open() })
}

// days gives the days that there are, in order.
func (r *Run) days(ctx context.Context) ([]int, error) {
	set := map[int]bool{}
	for p := range r.plan.Partitions {
		n, err := r.note(ctx, Task{"keep", p})
		if err != nil {
			return nil, err
		}
		for _, s := range n.Sections {
			if day, err := step.Day([]byte(s.Key + "\t")); err != nil {
				return nil, err
			} else if day != story.NoDay {
				set[day] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set)), nil
}

// day gives the articles of a day to a walk, of some partitions or of all.
func (r *Run) day(ctx context.Context, w *step.Walk, day int, partitions []int) error {
	key := "-"
	if day != story.NoDay {
		key = story.Date(day)
	}
	places, err := r.places(ctx, "keep", r.plan.Partitions, key)
	if err != nil {
		return err
	}
	if partitions != nil {
		places = slices.DeleteFunc(places, func(p place) bool {
			return !slices.ContainsFunc(partitions, func(i int) bool { return p.name == bundleName(Task{"keep", i}) })
		})
	}
	for line, err := range r.sections(ctx, places) {
		if err == nil {
			err = w.Add(line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func stateName(i int, what string) string { return fmt.Sprintf("walk/%05d.%s", i, what) }

func (r *Run) putState(ctx context.Context, i int, what string, all []step.Standing) error {
	b := []byte("how the articles of the days before stand\n")
	for _, s := range all {
		b = append(step.AppendStanding(b, s), '\n')
	}
	return r.depot.Put(ctx, stateName(i, what), bytes.NewReader(b), int64(len(b)))
}

func (r *Run) state(ctx context.Context, i int, what string) ([]byte, error) {
	b, err := r.depot.Get(ctx, stateName(i, what))
	if errors.Is(err, depot.ErrNone) {
		return nil, fmt.Errorf("%s is gone: begin anew with another --out", stateName(i, what))
	}
	return b, err
}

// check proves that every walk began as the one before ended. One that did not is done
// again from there, and what comes after it is compared with that.
func (r *Run) check(ctx context.Context, _ int) (n note, err error) {
	list, err := r.stretches(ctx)
	if err != nil {
		return n, err
	}
	for i := 1; i < len(list) && !list[i].undated; i++ {
		end, err := r.state(ctx, i-1, "end")
		if err != nil {
			return n, err
		}
		begin, err := r.state(ctx, i, "start")
		if err != nil {
			return n, err
		}
		if bytes.Equal(begin, end) {
			continue
		}
		start, err := standings(end)
		if err != nil {
			return n, err
		}
		n.Again++
		again, err := r.tellAll(ctx, i, list[i], start)
		if err != nil {
			return n, err
		}
		if err := r.renote(ctx, Task{"walk", i}, again); err != nil {
			return n, err
		}
	}
	return n, nil
}

// standings reads a state.
func standings(b []byte) ([]step.Standing, error) {
	list := []step.Standing{} // not nil: that nothing stands is known
	_, rest, _ := strings.Cut(string(b), "\n")
	for line := range strings.Lines(rest) {
		s, err := step.ParseStanding(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// renote notes that a task was done again.
func (r *Run) renote(ctx context.Context, t Task, n note) error {
	old, err := r.note(ctx, t)
	if err != nil {
		return err
	}
	old.Stories = n.Stories
	return r.putNote(ctx, t, old)
}
