package step

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"runtime"
	"slices"

	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/story"
)

// Stretch says which stories a walk tells. The zero Stretch tells all.
type Stretch struct {
	// From and To are the days of which the stories that are born there are told, To not
	// included; both zero for all days.
	From, To int
	// Start says how the articles of the story.Window days before From stand; those days
	// are walked through with it. Nil: the walk finds that out itself, from the first day
	// that it is given.
	Start []Standing
	// Temp is a folder for what does not stay in memory; empty is the system's.
	Temp string
}

// Walk goes through days in their order, joins their articles into stories, and tells
// each story once nothing can come to it any more. In memory it holds the sketches of
// story.Window days and the places of the articles of stories that go on; their lines are
// in files. It is not safe for concurrent use.
type Walk struct {
	steps   *Steps
	stretch Stretch
	emit    func(story []byte) error
	joiner  *story.Joiner

	day     int // the day under way
	begun   bool
	today   map[string]member // its articles, by id
	page    *page             // of the day under way
	open    map[string]*saga  // by the story's id
	started map[string]Standing
	stood   map[int][]Standing // of the days that the next ones are joined to
}

// saga is a story that may go on.
type saga struct {
	born, last int
	own        bool // it is told by this walk
	members    []member
}

// member is an article of a story that goes on, and where its line lies.
type member struct {
	day    int
	page   *page
	offset int64
	length int
}

// NewWalk makes a walk that gives each story to emit in its published form.
func (s *Steps) NewWalk(st Stretch, emit func(story []byte) error) *Walk {
	if st.From == 0 && st.To == 0 {
		st.From, st.To = math.MinInt, math.MaxInt
	}
	w := &Walk{
		steps: s, stretch: st, emit: emit, joiner: story.NewJoiner(), today: map[string]member{},
		open: map[string]*saga{}, stood: map[int][]Standing{},
	}
	if st.Start != nil {
		w.started = make(map[string]Standing, len(st.Start))
		for _, k := range st.Start {
			w.started[k.Article] = k
		}
	}
	return w
}

// Stories tells the stories of the lines of Sketch, sorted by day.
func (s *Steps) Stories(lines Lines, st Stretch, emit func(story []byte) error) error {
	w := s.NewWalk(st, emit)
	defer w.Close()
	for line, err := range lines {
		if err != nil {
			return err
		}
		if err := w.Add(line); err != nil {
			return err
		}
	}
	return w.Reach(math.MaxInt)
}

// Add takes the line of an article. Days come in their order.
func (w *Walk) Add(line []byte) error {
	d, err := draw(line)
	if err != nil {
		return err
	}
	if d.day == story.NoDay {
		return w.alone(d)
	}
	if w.begun && d.day < w.day {
		o := order{last: []byte(dayKey(w.day))}
		_, err := o.next([]byte(dayKey(d.day)))
		return err
	}
	if err := w.Reach(d.day); err != nil {
		return err
	}
	w.day, w.begun = d.day, true
	m := member{day: d.day}
	if d.day >= w.stretch.From {
		if w.page == nil {
			if w.page, err = newPage(w.stretch.Temp); err != nil {
				return err
			}
		}
		if m, err = w.page.write(d.day, d.rest); err != nil {
			return err
		}
	}
	w.today[d.sketch.ID] = m
	w.joiner.Add(&d.sketch)
	return nil
}

// alone tells the story of an article without a day, which is joined with no other.
func (w *Walk) alone(d drawn) error {
	out, err := w.steps.told([]member{{day: d.day}}, func(member) ([]byte, error) { return d.rest, nil })
	if err != nil {
		return err
	}
	return w.emit(out)
}

// Reach ends all days before one: nothing of them comes any more.
func (w *Walk) Reach(day int) error {
	if !w.begun || day <= w.day {
		return nil
	}
	if err := w.place(); err != nil {
		return err
	}
	var over []string
	for id, s := range w.open {
		if s.last < day-story.Window {
			over = append(over, id)
		}
	}
	slices.Sort(over)
	if err := w.tell(over); err != nil {
		return err
	}
	if err := w.drop(over); err != nil {
		return err
	}
	maps.DeleteFunc(w.stood, func(k int, _ []Standing) bool { return k < day-story.Window })
	w.joiner.Forget(day - story.Window)
	w.day = day
	return nil
}

// place places the articles of the day under way.
func (w *Walk) place() error {
	if w.page != nil {
		if err := w.page.seal(); err != nil {
			return err
		}
	}
	if w.started != nil && w.day < w.stretch.From {
		w.recall()
	} else {
		for _, m := range w.joiner.Run() {
			w.stand(m.Article, m.To, w.day)
		}
	}
	clear(w.today)
	if p := w.page; p != nil {
		w.page = nil
		return p.drop(0)
	}
	return nil
}

// recall places the articles of a day as the start says.
func (w *Walk) recall() {
	for id := range w.today {
		if k, ok := w.started[id]; ok {
			w.joiner.Place(id, k.Story, k.Born)
			w.stand(id, k.Story, k.Born)
		}
	}
	w.joiner.Settle(w.day)
}

// stand notes that an article of the day under way stands in a story.
func (w *Walk) stand(id, of string, born int) {
	s := w.open[of]
	if s == nil {
		s = &saga{born: born, own: born >= w.stretch.From && born < w.stretch.To}
		w.open[of] = s
	}
	s.last = w.day
	if m := w.today[id]; s.own && m.page != nil {
		m.page.held++
		s.members = append(s.members, m)
	}
	w.stood[w.day] = append(w.stood[w.day], Standing{id, of, s.born})
}

// tell tells stories to which nothing comes any more.
func (w *Walk) tell(over []string) error {
	type telling struct {
		line []byte
		err  error
	}
	line := ordered.Line[*saga, telling]{Workers: runtime.GOMAXPROCS(0), Make: func(s *saga) telling {
		out, err := w.steps.told(s.members, member.read)
		return telling{out, err}
	}}
	return line.Run(context.Background(), func(yield func(*saga) bool) {
		for _, id := range over {
			if s := w.open[id]; s.own && !yield(s) {
				return
			}
		}
	}, func(t telling) error {
		if t.err != nil {
			return t.err
		}
		return w.emit(t.line)
	})
}

// drop throws away what told stories held.
func (w *Walk) drop(over []string) error {
	var errs []error
	for _, id := range over {
		for _, m := range w.open[id].members {
			errs = append(errs, m.page.drop(1))
		}
		delete(w.open, id)
	}
	return errors.Join(errs...)
}

// Open reports whether a story that the walk tells may go on.
func (w *Walk) Open() bool {
	for _, s := range w.open {
		if s.own {
			return true
		}
	}
	return false
}

// State says how the articles stand that those of the next day are joined to.
func (w *Walk) State() []Standing {
	var all []Standing
	for _, k := range slices.Sorted(maps.Keys(w.stood)) {
		all = append(all, w.stood[k]...)
	}
	slices.SortFunc(all, func(a, b Standing) int { return cmp.Compare(a.Article, b.Article) })
	return all
}

// Close throws away what the walk holds.
func (w *Walk) Close() error {
	pages := map[*page]bool{}
	if w.page != nil {
		pages[w.page] = true
	}
	for _, s := range w.open {
		for _, m := range s.members {
			pages[m.page] = true
		}
	}
	var errs []error
	for p := range pages {
		errs = append(errs, p.remove())
	}
	w.open, w.page = nil, nil
	return errors.Join(errs...)
}
