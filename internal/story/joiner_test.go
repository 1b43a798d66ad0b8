package story

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// invented makes n sketches of happenings that last some days: articles of one happening
// share most of their terms, all share some.
func invented(seed uint64, n, days int) []*Sketch {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]*Sketch, n)
	for i := range out {
		happening := r.IntN(n/4 + 1)
		b := bag{}
		for range 25 {
			b.add(fmt.Sprint("common", r.IntN(500)), 1, 2)
		}
		for k := range 12 {
			if r.IntN(3) > 0 {
				b.add(fmt.Sprint("of", happening, " ", k), 2, 6)
			}
		}
		day := happening%days + r.IntN(3)
		s := &Sketch{ID: fmt.Sprintf("%05d", r.IntN(90000)*10+i%10), Minute: int64(day*24*60 + r.IntN(24*60)), Terms: b.terms()}
		if r.IntN(40) == 0 {
			s.Minute = Undated
		}
		out[i] = s
	}
	slices.SortFunc(out, func(a, b *Sketch) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return slices.CompactFunc(out, func(a, b *Sketch) bool { return a.ID == b.ID })
}

// ids gives the stories held, as ids.
func ids(j *Joiner) [][]string {
	var out [][]string
	for _, l := range j.Stories() {
		var s []string
		for _, k := range l {
			s = append(s, k.ID)
		}
		out = append(out, s)
	}
	return out
}

// TestOrder adds the same articles in many orders and batches: the stories are the same,
// and the moves lead there.
func TestOrder(t *testing.T) {
	list := invented(7, 300, 9)
	all := NewJoiner()
	for _, s := range list {
		all.Add(s)
	}
	all.Run()
	want := ids(all)
	joined := 0
	for _, s := range want {
		if len(s) > 1 {
			joined++
		}
	}
	if joined < 20 || len(want) < 60 {
		t.Fatalf("%d stories, %d of several articles: too few to tell", len(want), joined)
	}
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 2))
		some := slices.Clone(list)
		r.Shuffle(len(some), func(i, k int) { some[i], some[k] = some[k], some[i] })
		j, told := NewJoiner(), map[string]string{}
		for len(some) > 0 {
			n := min(len(some), 1+r.IntN(60))
			for _, s := range some[:n] {
				j.Add(s)
			}
			some = some[n:]
			for _, m := range j.Run() {
				if told[m.Article] != m.From {
					t.Fatalf("%s moves from %q, stood in %q", m.Article, m.From, told[m.Article])
				}
				told[m.Article] = m.To
			}
		}
		if got := ids(j); !reflect.DeepEqual(got, want) {
			t.Fatalf("order %d: %d stories, want %d", seed, len(got), len(want))
		}
		for _, s := range list {
			if told[s.ID] != j.Story(s.ID) || j.Story(s.ID) != all.Story(s.ID) {
				t.Fatalf("%s: told %q, stands in %q, want %q", s.ID, told[s.ID], j.Story(s.ID), all.Story(s.ID))
			}
		}
	}
}

// TestOneByOne is TestOrder with every article in a batch of its own.
func TestOneByOne(t *testing.T) {
	list := invented(3, 60, 5)
	all, j := NewJoiner(), NewJoiner()
	for _, s := range list {
		all.Add(s)
	}
	all.Run()
	for _, i := range rand.New(rand.NewPCG(5, 5)).Perm(len(list)) {
		j.Add(list[i])
		j.Run()
	}
	if got, want := ids(j), ids(all); !reflect.DeepEqual(got, want) {
		t.Errorf("%d stories, want %d", len(got), len(want))
	}
}

// TestRemove wants an article put in and taken out again to leave no trace.
func TestRemove(t *testing.T) {
	list := invented(11, 120, 6)
	want, j := NewJoiner(), NewJoiner()
	for i, s := range list {
		j.Add(s)
		if i%3 > 0 {
			want.Add(s)
		}
	}
	want.Run()
	j.Run()
	for i, s := range list {
		if i%3 == 0 {
			j.Remove(s.ID)
		}
	}
	j.Remove("nobody")
	j.Run()
	if !reflect.DeepEqual(ids(j), ids(want)) {
		t.Error("the stories differ")
	}
}

// TestWalk joins day by day with only the days in memory that are needed, as a desk does
// that pours in years, and goes on from what was kept.
func TestWalk(t *testing.T) {
	list := slices.DeleteFunc(invented(13, 400, 20), func(s *Sketch) bool { return s.Minute == Undated })
	all := NewJoiner()
	byDay := map[int][]*Sketch{}
	for _, s := range list {
		all.Add(s)
		byDay[s.Day()] = append(byDay[s.Day()], s)
	}
	all.Run()
	stories := map[string]string{}
	born := map[string]int{}
	for _, s := range list {
		if all.Story(s.ID) == s.ID {
			born[s.ID] = s.Day()
		}
	}
	j := NewJoiner()
	for day := range 30 {
		if day == 12 { // begin anew from what was kept
			j = NewJoiner()
			for k := day - Window; k < day; k++ {
				for _, s := range byDay[k] {
					j.Add(s)
					j.Place(s.ID, stories[s.ID], born[stories[s.ID]])
				}
				j.Settle(k)
			}
		}
		for _, s := range byDay[day] {
			j.Add(s)
		}
		for _, m := range j.Run() {
			stories[m.Article] = m.To
		}
		j.Forget(day - Window)
		if held := len(j.days); held > Window+2 {
			t.Fatalf("%d days held", held)
		}
	}
	for _, s := range list {
		if stories[s.ID] != all.Story(s.ID) {
			t.Fatalf("%s: %q, want %q", s.ID, stories[s.ID], all.Story(s.ID))
		}
	}
}

func TestGroup(t *testing.T) {
	e := func(a, b int32, near float64) edge { return edge{a, b, int64(near * one)} }
	story := party{size: 4, least: across, story: true}
	for _, c := range []struct {
		name    string
		parties []party
		edges   []edge
		want    []int32
	}{
		{"nothing", nil, nil, []int32{}},
		{"two near", []party{single, single}, []edge{e(0, 1, 0.9)}, []int32{0, 0}},
		{"two far", []party{single, single}, []edge{e(0, 1, 0.2)}, []int32{0, 1}},
		{"a chain is no group", []party{single, single, single}, []edge{e(0, 1, 0.9), e(1, 2, 0.8)}, []int32{0, 0, 2}},
		{"three near", []party{single, single, single}, []edge{e(0, 1, 0.9), e(1, 2, 0.8), e(0, 2, 0.3)}, []int32{0, 0, 0}},
		{"the nearest first", []party{single, single, single}, []edge{e(0, 1, 0.5), e(1, 2, 0.9)}, []int32{0, 1, 1}},
		{"into a story", []party{story, single}, []edge{e(0, 1, 4*0.5)}, []int32{0, 0}},
		{"a story by its mean", []party{story, single}, []edge{e(0, 1, 0.9)}, []int32{0, 1}},
		{"two stories stay", []party{story, story, single}, []edge{e(0, 2, 4*0.9), e(1, 2, 4*0.8), e(0, 1, 16)}, []int32{0, 1, 0}},
		{"ties go to the first", []party{single, single, single, single}, []edge{e(2, 3, 0.6), e(1, 2, 0.6), e(0, 1, 0.6)}, []int32{0, 0, 2, 2}},
	} {
		if got := group(c.parties, c.edges); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		slices.Reverse(c.edges)
		if got := group(c.parties, c.edges); !slices.Equal(got, c.want) {
			t.Errorf("%s, edges reversed: %v, want %v", c.name, got, c.want)
		}
	}
}

// BenchmarkJoin joins articles of twice as many days: the time for an article stays.
func BenchmarkJoin(b *testing.B) {
	for _, days := range []int{100, 200} {
		list := invented(1, 130*days, days)
		b.Run(fmt.Sprint(len(list), " articles of ", days, " days"), func(b *testing.B) {
			for b.Loop() {
				j := NewJoiner()
				for _, s := range list {
					j.Add(s)
				}
				j.Run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/article")
		})
	}
}
