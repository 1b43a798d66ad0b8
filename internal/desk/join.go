package desk

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/story"
)

// Join places all articles that were kept or changed since the last time into stories,
// and says anew which person a family name alone is on those days. It goes day by day:
// ended early, it goes on there the next time.
func (d *Desk) Join(ctx context.Context) error {
	d.joining.Lock()
	defer d.joining.Unlock()
	ctx, end, err := d.turn(ctx, "join")
	if err != nil {
		return err
	}
	defer end()
	return d.join(ctx)
}

// TryJoin is Join where nobody else joins; else it does nothing and gives false.
func (d *Desk) TryJoin(ctx context.Context) (bool, error) {
	if !d.joining.TryLock() {
		return false, nil
	}
	defer d.joining.Unlock()
	ctx, end, err := d.Library.Turn(ctx, "join")
	if errors.Is(err, isnad.ErrBusy) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer end()
	return true, d.join(ctx)
}

func (d *Desk) join(ctx context.Context) error {
	days, err := d.Library.Unjoined(ctx)
	if err != nil {
		return err
	}
	left, err := numbers(days)
	if err != nil {
		return err
	}
	carried, err := d.carried(ctx)
	if err != nil {
		return err
	}
	pending := maps.Clone(carried)
	for k := range left {
		pending[k] = true
	}
	if len(pending) == 0 {
		return nil
	}
	fresh, err := d.fresh(ctx, left)
	if err != nil {
		return err
	}
	if err := d.recognize(ctx, slices.Sorted(maps.Keys(pending))); err != nil {
		return err
	}
	w := walk{desk: d, joiner: story.NewJoiner(), days: map[int][]string{}, articles: map[string]*article{}, carried: carried, fresh: fresh}
	for len(pending) > 0 {
		k := slices.Min(slices.Collect(maps.Keys(pending)))
		if err := w.carry(ctx, k, pending, left); err != nil {
			return err
		}
		delete(pending, k)
		day, listed := left[k]
		changed, err := w.place(ctx, k, day, listed)
		if err != nil {
			return err
		}
		switch {
		case k != undated:
			for next := k + 1; changed && next <= k+story.Window; next++ {
				pending[next] = true // as far as one day's stories change the next's
			}
		case changed:
			pending[undated] = true // they come some at a time
		}
	}
	return w.arrive(ctx)
}

// walk goes through days in their order, with those of the window before each in memory.
type walk struct {
	desk     *Desk
	joiner   *story.Joiner
	days     map[int][]string // the articles of the days held
	articles map[string]*article
	carried  map[int]bool     // the days noted by carry
	fresh    map[string]int64 // the articles that are to be joined, with their marks
}

// article is an article of a day held.
type article struct {
	kept   isnad.Sketch
	sketch story.Sketch
	record *isnad.Record // nil until it is needed
}

// draw takes the sketch of an article as one of a day.
func (a *article) draw(sketch []byte, day int) error {
	err := a.sketch.UnmarshalBinary(sketch)
	a.sketch.KeptOn(day)
	return err
}

// undated stands for the day of articles without one.
const undated = story.NoDay

// place places the articles of one day, and says whether any came, was changed or stands
// elsewhere than before. Left says that some may have left the day since it was listed.
func (w *walk) place(ctx context.Context, k int, day isnad.Day, left bool) (changed bool, err error) {
	if err := w.hold(ctx, k); err != nil {
		return false, err
	}
	moves := w.joiner.Run()
	j := isnad.Joining{}
	touched := map[string]bool{}
	for _, id := range w.days[k] {
		a := w.articles[id]
		if a.kept.Joined {
			continue
		}
		touched[w.joiner.Story(id)] = true
		a.kept.Joined = true
		if mark, known := w.fresh[id]; k == undated || known && mark == a.kept.Mark { // what came since waits for the next time
			j.Done = append(j.Done, isnad.Done{Article: id, Mark: a.kept.Mark})
		}
	}
	changed = len(touched) > 0 || len(moves) > 0
	if !changed && !left {
		return false, nil
	}
	if err := w.tell(ctx, &j, moves, touched); err != nil {
		return false, err
	}
	if left {
		j.Left = []isnad.Day{day}
		changed = changed || k != undated
	}
	return changed, w.desk.Library.Join(ctx, j)
}

// hold brings a day and the window before it into memory, and drops what lies before.
func (w *walk) hold(ctx context.Context, k int) error {
	first := k
	if k != undated {
		first = k - story.Window
	}
	w.joiner.Forget(first)
	for day, ids := range w.days {
		if day < first {
			for _, id := range ids {
				delete(w.articles, id)
			}
			delete(w.days, day)
		}
	}
	for day := first; day <= k; day++ {
		if _, held := w.days[day]; held && day < k {
			continue
		}
		if err := w.load(ctx, day, day == k); err != nil {
			return err
		}
	}
	return nil
}

// load brings a day into memory; open says that its articles are to be placed.
func (w *walk) load(ctx context.Context, day int, open bool) error {
	kept, err := w.desk.Library.Sketches(ctx, date(day), date(day))
	if err != nil {
		return err
	}
	w.days[day] = nil
	for _, s := range kept {
		a := &article{kept: s}
		if err := a.draw(s.Sketch, day); err != nil {
			return err
		}
		w.joiner.Add(&a.sketch)
		if s.Story != "" {
			born := day
			if t, err := time.Parse(time.DateOnly, s.Born); err == nil {
				born = number(t)
			}
			w.joiner.Place(s.ID, s.Story, born)
		}
		w.articles[s.ID] = a
		w.days[day] = append(w.days[day], s.ID)
	}
	if !open {
		w.joiner.Settle(day)
	}
	return nil
}

// tell makes anew every story that articles came to, left or changed in.
func (w *walk) tell(ctx context.Context, j *isnad.Joining, moves []story.Move, touched map[string]bool) error {
	for _, m := range moves {
		touched[m.To] = true
		if m.From != "" {
			touched[m.From] = true
		}
	}
	members := map[string][]string{}
	for id := range touched {
		s, err := w.desk.Library.Story(ctx, id)
		switch {
		case errors.Is(err, isnad.ErrNotFound):
		case err != nil:
			return err
		case s.ID == id: // not the one that it went into
			members[id] = slices.Clone(s.Articles)
		}
	}
	heirs := map[string]string{}
	for _, m := range moves {
		members[m.From] = slices.DeleteFunc(members[m.From], func(id string) bool { return id == m.Article })
		if !slices.Contains(members[m.To], m.Article) {
			members[m.To] = append(members[m.To], m.Article)
		}
		if heirs[m.From] == "" {
			heirs[m.From] = m.To
		}
	}
	var alive []string
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		if len(members[id]) == 0 {
			j.Moved = append(j.Moved, isnad.Moved{From: id, To: heirs[id]})
		} else {
			alive = append(alive, id)
		}
	}
	line := ordered.Line[string, retold]{Workers: runtime.GOMAXPROCS(0), Make: func(id string) retold {
		s, err := w.story(ctx, members[id]) // no two stories share an article
		s.ID = id                           // by which its articles know it, also while days after are not placed yet
		return retold{s, err}
	}}
	return line.Run(ctx, func(yield func(string) bool) {
		for _, id := range alive {
			if !yield(id) {
				return
			}
		}
	}, func(r retold) error {
		j.Stories = append(j.Stories, r.story)
		return r.err
	})
}

// retold is a story made anew, or why it could not be.
type retold struct {
	story isnad.Story
	err   error
}

// story makes the story of some articles.
func (w *walk) story(ctx context.Context, ids []string) (isnad.Story, error) {
	var tellings []story.Telling
	for _, id := range ids {
		a := w.articles[id]
		if a == nil {
			a = &article{} // of a day that is not held any more
		}
		if a.record == nil {
			h, err := w.desk.Library.Article(ctx, id)
			if err != nil {
				return isnad.Story{}, err
			}
			a.record = &h.Record
			if w.articles[id] == nil {
				if err := a.draw(h.Sketch, story.DayOf(h.Record.Article.Published)); err != nil {
					return isnad.Story{}, err
				}
			}
		}
		tellings = append(tellings, story.Telling{Record: a.record, Sketch: &a.sketch})
	}
	return w.desk.maker.Editor().Story(tellings), nil
}

// number gives a day as days since 1970, date the reverse; undated is the empty date.
func number(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

func date(day int) string { return story.Date(day) }

// numbers gives days by their numbers.
func numbers(days []isnad.Day) (map[int]isnad.Day, error) {
	set := map[int]isnad.Day{}
	for _, d := range days {
		if d.Date == "" {
			set[undated] = d
			continue
		}
		t, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			return nil, err
		}
		set[number(t)] = d
	}
	return set, nil
}

// turning is how long to wait before asking again for a turn that another program has.
const turning = 200 * time.Millisecond

// turn waits for the turn to a task.
func (d *Desk) turn(ctx context.Context, task string) (context.Context, func(), error) {
	for {
		mine, end, err := d.Library.Turn(ctx, task)
		if !errors.Is(err, isnad.ErrBusy) {
			return mine, end, err
		}
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(turning):
		}
	}
}
