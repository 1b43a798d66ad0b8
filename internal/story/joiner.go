package story

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Joiner holds the sketches of some days in memory and says which story each article
// belongs to. It is not safe for concurrent use.
//
// To join what was added to a library: Add the sketches of the days concerned and of the
// Window days before them, tell it with Place which stories the earlier ones are in, and
// Run. A long row of days is walked with Forget after each. What Run gives depends on
// the articles alone: added one by one, in any order or all at once, they end in the same
// stories.
type Joiner struct {
	nodes map[string]*node
	days  map[int]*day
	dirty map[int]bool
	born  map[string]int // the first day of a story
}

// single is an article by itself.
var single = party{size: 1, least: within}

// node is an article.
type node struct {
	sketch *Sketch
	day    int
	story  string // empty before it is placed
	links  []link // to articles of its day and of the Window days before and after
}

type link struct {
	to   *node
	near uint32 // one is whole
}

// day holds the articles of a day and where each word stands.
type day struct {
	nodes []*node
	words map[uint32][]posting
}

type posting struct {
	node   int32
	weight uint16
}

// Move tells that an article stands in another story than before.
type Move struct {
	Article  string
	From, To string // ids of stories; From is empty for an article new here
}

// NewJoiner makes an empty joiner.
func NewJoiner() *Joiner {
	return &Joiner{nodes: map[string]*node{}, days: map[int]*day{}, dirty: map[int]bool{}, born: map[string]int{}}
}

// Add adds an article, or puts a changed sketch in the place of the one with its id. s
// must not be changed afterwards.
func (j *Joiner) Add(s *Sketch) {
	before := ""
	if old := j.nodes[s.ID]; old != nil {
		before = old.story
		j.Remove(s.ID)
	}
	n := &node{sketch: s, day: s.Day(), story: before}
	j.nodes[s.ID] = n
	if s.alone() {
		n.day = undated
		j.dirty[undated] = true
		d := j.at(undated)
		d.nodes = append(d.nodes, n)
		return
	}
	for k := n.day - Window; k <= n.day+Window; k++ {
		j.days[k].link(n)
	}
	j.at(n.day).add(n)
	j.dirty[n.day] = true
}

// undated is the day of articles that stand alone.
const undated = -1 << 31

func (j *Joiner) at(k int) *day {
	if j.days[k] == nil {
		j.days[k] = &day{words: map[uint32][]posting{}}
	}
	return j.days[k]
}

func (d *day) add(n *node) {
	for _, t := range n.sketch.Terms {
		d.words[t.Hash] = append(d.words[t.Hash], posting{int32(len(d.nodes)), t.Weight})
	}
	d.nodes = append(d.nodes, n)
}

// link links n with the articles of d.
func (d *day) link(n *node) {
	if d == nil {
		return
	}
	sums := make([]uint64, len(d.nodes))
	for _, t := range n.sketch.Terms {
		for _, p := range d.words[t.Hash] {
			sums[p.node] += uint64(t.Weight) * uint64(p.weight)
		}
	}
	for i, sum := range sums {
		sim := float64(min(sum, one*one)) / (one * one)
		if sim < faint {
			continue
		}
		near := uint32(math.Sqrt(sim) * one)
		m := d.nodes[i]
		if Copy(n.sketch, m.sketch) {
			near = one
		}
		n.links = append(n.links, link{m, near})
		m.links = append(m.links, link{n, near})
	}
}

// Remove takes an article out.
func (j *Joiner) Remove(id string) {
	n := j.nodes[id]
	if n == nil {
		return
	}
	delete(j.nodes, id)
	for _, l := range n.links {
		l.to.links = slices.DeleteFunc(l.to.links, func(back link) bool { return back.to == n })
	}
	left := slices.DeleteFunc(j.days[n.day].nodes, func(m *node) bool { return m == n })
	d := &day{words: map[uint32][]posting{}}
	for _, m := range left {
		d.add(m)
	}
	j.days[n.day] = d
	j.dirty[n.day] = true
}

// Forget drops the articles of the days before one that will not be run again; with
// those of the Window days before any day that is.
func (j *Joiner) Forget(before int) {
	for k, d := range j.days {
		if k >= before {
			continue
		}
		for _, n := range d.nodes {
			delete(j.nodes, n.sketch.ID)
		}
		delete(j.days, k)
		delete(j.dirty, k)
	}
	held := make(map[string]int, len(j.born))
	for _, n := range j.nodes {
		n.links = slices.DeleteFunc(n.links, func(l link) bool { return l.to.day < before })
		held[n.story] = j.born[n.story]
	}
	j.born = held
}

// Place says which story an article stands in as far as is known, and the day (since
// 1970) of that story's first article.
func (j *Joiner) Place(article, story string, born int) {
	if n := j.nodes[article]; n != nil {
		n.story = story
		j.born[story] = born
	}
}

// Settle says that the articles of a day stand where Place put them, so that Run need
// not place them but where days before change.
func (j *Joiner) Settle(day int) { delete(j.dirty, day) }

// Run places the articles of every day that has changed, and of the days after as far as
// they change with it. It gives the moves by time of publication.
func (j *Joiner) Run() []Move {
	var moves []Move
	for len(j.dirty) > 0 {
		k := slices.Min(slices.Collect(maps.Keys(j.dirty)))
		delete(j.dirty, k)
		changed := j.run(k)
		moves = append(moves, changed...)
		for i := k + 1; len(changed) > 0 && k != undated && i <= k+Window; i++ {
			if d := j.days[i]; d != nil && len(d.nodes) > 0 {
				j.dirty[i] = true
			}
		}
	}
	return moves
}

// run places the articles of one day.
func (j *Joiner) run(k int) (moves []Move) {
	d := j.days[k]
	if d == nil {
		return nil
	}
	list := slices.Clone(d.nodes)
	slices.SortFunc(list, earlier)
	if len(list) == 0 {
		return nil
	}
	to := make([]string, len(list))
	if k == undated {
		for i, n := range list {
			to[i] = n.sketch.ID
		}
	} else {
		to = j.place(list)
	}
	for i, n := range list {
		if n.story != to[i] {
			moves = append(moves, Move{n.sketch.ID, n.story, to[i]})
			n.story = to[i]
		}
	}
	return moves
}

func earlier(a, b *node) int {
	return cmp.Or(cmp.Compare(a.sketch.Minute, b.sketch.Minute), cmp.Compare(a.sketch.ID, b.sketch.ID))
}

// place gives the stories of the articles of one day, which are in order. The parties
// are the stories of the Window days before, by their ids, and then the articles.
func (j *Joiner) place(list []*node) []string {
	parties, stories := j.before(list[0].day)
	at := make(map[*node]int32, len(list))
	party := make(map[string]int32, len(stories))
	for i, s := range stories {
		party[s] = int32(i)
	}
	for i, n := range list {
		at[n] = int32(len(stories) + i)
		parties = append(parties, single)
	}
	var edges []edge
	for _, n := range list {
		for _, l := range n.links {
			if k, same := at[l.to]; same && at[n] < k {
				edges = append(edges, edge{at[n], k, int64(l.near)})
			} else if l.to.day < n.day && l.to.story != "" {
				edges = append(edges, edge{at[n], party[l.to.story], int64(l.near)})
			}
		}
	}
	of := group(parties, edges)
	out := make([]string, len(list))
	for i, n := range list {
		if k := of[at[n]]; int(k) < len(stories) {
			out[i] = stories[k]
		} else {
			out[i] = list[int(k)-len(stories)].sketch.ID
			j.born[out[i]] = n.day
		}
	}
	return out
}

// before gives the stories of the Window days before a day, in the order of their ids.
func (j *Joiner) before(k int) (parties []party, stories []string) {
	size := map[string]int64{}
	for i := k - Window; i < k; i++ {
		if d := j.days[i]; d != nil {
			for _, n := range d.nodes {
				if n.story != "" {
					size[n.story]++
				}
			}
		}
	}
	stories = slices.Sorted(maps.Keys(size))
	for _, s := range stories {
		age := float64(k - j.born[s])
		parties = append(parties, party{size[s], across * (1 + age/tires), true})
	}
	return parties, stories
}

// Story gives the story that an article stands in, or an empty string.
func (j *Joiner) Story(article string) string {
	if n := j.nodes[article]; n != nil {
		return n.story
	}
	return ""
}

// Stories gives the articles of every story held, each by time of publication, the
// stories by their first article.
func (j *Joiner) Stories() [][]*Sketch {
	by := map[string][]*node{}
	for _, n := range j.nodes {
		by[n.story] = append(by[n.story], n)
	}
	lists := slices.Collect(maps.Values(by))
	for _, l := range lists {
		slices.SortFunc(l, earlier)
	}
	slices.SortFunc(lists, func(a, b []*node) int { return earlier(a[0], b[0]) })
	out := make([][]*Sketch, len(lists))
	for i, l := range lists {
		for _, n := range l {
			out[i] = append(out[i], n.sketch)
		}
	}
	return out
}
