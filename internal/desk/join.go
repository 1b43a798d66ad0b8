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
	days, err := d.Library.Unjoined(ctx)
	if err != nil || len(days) == 0 {
		return err
	}
	pending, err := numbers(days)
	if err != nil {
		return err
	}
	if err := d.recognize(ctx, slices.Sorted(maps.Keys(pending))); err != nil {
		return err
	}
	w := walk{desk: d, joiner: story.NewJoiner(), days: map[int][]string{}, articles: map[string]*article{}}
	left := maps.Clone(pending)
	for len(pending) > 0 {
		k := slices.Min(slices.Collect(maps.Keys(pending)))
		delete(pending, k)
		changed, err := w.place(ctx, k, left[k])
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
	return nil
}

// walk goes through days in their order, with those of the window before each in memory.
type walk struct {
	desk     *Desk
	joiner   *story.Joiner
	days     map[int][]string // the articles of the days held
	articles map[string]*article
}

// article is an article of a day held.
type article struct {
	kept   isnad.Sketch
	sketch story.Sketch
	record *isnad.Record // nil until it is needed
}

// draw takes the sketch of an article as one of a day. The day is that of the outlet's
// own clock, by which the library keeps it; the sketch tells the minute by one clock for
// all, by which it may be of the day before or after.
func (a *article) draw(sketch []byte, day int) error {
	const minutes = 24 * 60
	if err := a.sketch.UnmarshalBinary(sketch); err != nil {
		return err
	}
	switch m := a.sketch.Minute; {
	case day == undated:
		a.sketch.Minute = story.Undated
	case m != story.Undated:
		a.sketch.Minute = min(max(m, int64(day)*minutes), int64(day+1)*minutes-1)
	}
	return nil
}

// published gives the day of a date or date-time as it is written.
func published(at string) int {
	if len(at) > len(time.DateOnly) {
		at = at[:len(time.DateOnly)]
	}
	t, err := time.Parse(time.DateOnly, at)
	if err != nil {
		return undated
	}
	return number(t)
}

// undated stands for the day of articles without one.
const undated = -1 << 31

// place places the articles of one day, and says whether any came, was changed or stands
// elsewhere than before. Left says that some may have left the day.
func (w *walk) place(ctx context.Context, k int, left bool) (changed bool, err error) {
	replaced := w.desk.replacements()
	if err := w.hold(ctx, k); err != nil {
		return false, err
	}
	moves := w.joiner.Run()
	j := isnad.Joining{}
	touched := map[string]bool{}
	for _, id := range w.days[k] {
		if a := w.articles[id]; !a.kept.Joined {
			j.Done = append(j.Done, id)
			touched[w.joiner.Story(id)] = true
			a.kept.Joined = true
		}
	}
	changed = len(j.Done) > 0 || len(moves) > 0
	if !changed && !left {
		return false, nil
	}
	if err := w.tell(ctx, &j, moves, touched); err != nil {
		return false, err
	}
	if left {
		j.Left = []string{date(k)}
		changed = changed || k != undated
	}
	return changed, w.desk.joined(ctx, j, replaced)
}

// replacements counts how often articles that are there were kept anew.
func (d *Desk) replacements() int {
	d.putting.Lock()
	defer d.putting.Unlock()
	return d.replaced
}

// joined keeps what joining found. A day that an article may have left since it was looked
// at waits on.
func (d *Desk) joined(ctx context.Context, j isnad.Joining, replaced int) error {
	d.putting.Lock()
	defer d.putting.Unlock()
	if d.replaced != replaced {
		j.Left = nil
	}
	return d.Library.Join(ctx, j)
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
			members[id] = s.Articles
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
				if err := a.draw(h.Sketch, published(h.Record.Article.Published)); err != nil {
					return isnad.Story{}, err
				}
			}
		}
		tellings = append(tellings, story.Telling{Record: a.record, Sketch: &a.sketch})
	}
	return w.desk.maker.editor.Story(tellings), nil
}

// number gives a day as days since 1970, date the reverse; undated is the empty date.
func number(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

func date(day int) string {
	if day == undated {
		return ""
	}
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
}

// numbers gives a set of days.
func numbers(days []string) (map[int]bool, error) {
	set := map[int]bool{}
	for _, d := range days {
		if d == "" {
			set[undated] = true
			continue
		}
		t, err := time.Parse(time.DateOnly, d)
		if err != nil {
			return nil, err
		}
		set[number(t)] = true
	}
	return set, nil
}
