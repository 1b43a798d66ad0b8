package story

import (
	"cmp"
	"slices"
	"time"
)

const (
	// likely is what must speak for two figures being of one thing. For it speak: how near
	// the words of their sentences are, times wording; one day told; one place named; being
	// what their articles begin with, or count first, where these are likely of one
	// happening; being nearly the same number. Against it: being far apart.
	likely   = 0.6
	wording  = 1.5
	oneDay   = 0.3
	onePlace = 0.2
	oneParty = 0.1
	leading  = 0.3
	withDead = 0.6 // the hurt of a day whose dead are of one thing
	counting = 0.15
	closely  = 0.15 // of several, and once more of many
	far      = 0.3
	// mean is the share of the pairs of figures of one thing that must be likely.
	mean = 0.5
	// apartFrom is the ratio from which figures are of different things rather than
	// different tellings of one, farFrom that from which it is doubtful, and closeTo that
	// up to which numbers are nearly the same, which says little of fewer than several.
	apartFrom = 5
	farFrom   = 2.5
	closeTo   = 1.35
	several   = 10
	many      = 100
	// stale is how many minutes may lie between two articles that tell no day.
	stale = 36 * 60
	// ancient is how many minutes after a day what is told of it may be what came of it since.
	ancient = 7 * 24 * 60
	// most is how many figures of one kind are compared.
	most = 200
)

// bond is how likely two figures are of one thing.
type bond struct {
	a, b int
	near float64
}

// bonds holds how likely each two of n figures are of one thing: 0 where nothing says so,
// excluded where they cannot be.
type bonds struct {
	n    int
	near []float64
}

const excluded = -1

func (b bonds) of(i, k int) float64 { return b.near[i*b.n+k] }

// bind compares figures, each two once.
func bind(list []Telling, text []int, figures []figure) (b bonds, likeliest []bond) {
	b = bonds{len(figures), make([]float64, len(figures)*len(figures))}
	for i, f := range figures {
		for k, g := range figures[:i] {
			near := float64(excluded)
			if !f.excludes(list, text, g) {
				near = f.bond(list, text, g)
			}
			b.near[i*b.n+k], b.near[k*b.n+i] = near, near
			if near > 0 {
				likeliest = append(likeliest, bond{k, i, near})
			}
		}
	}
	slices.SortFunc(likeliest, func(x, y bond) int {
		return cmp.Or(cmp.Compare(y.near, x.near), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return b, likeliest
}

// ofOne puts figures together that count the same: those that are most likely the same
// first, as long as no two of them cannot be.
func ofOne(list []Telling, text []int, figures []figure) [][]figure {
	figures = figures[:min(len(figures), most)]
	all, likeliest := bind(list, text, figures)
	group := make([]int, len(figures))
	members := make([][]int, len(figures))
	for i := range figures {
		group[i], members[i] = i, []int{i}
	}
	for _, b := range likeliest {
		x, y := group[b.a], group[b.b]
		if x == y || !all.joins(members[x], members[y]) {
			continue
		}
		for _, i := range members[y] {
			group[i] = x
		}
		members[x], members[y] = append(members[x], members[y]...), nil
	}
	var out [][]figure
	for _, m := range members {
		if len(m) < 2 {
			continue
		}
		slices.Sort(m)
		one := make([]figure, len(m))
		for i, k := range m {
			one[i] = figures[k]
		}
		sortFigures(one)
		out = append(out, one)
	}
	return out
}

// joins reports whether two groups may be of one thing: no two figures cannot be, and half
// of the pairs are likely to be.
func (b bonds) joins(x, y []int) bool {
	n := 0
	for _, i := range x {
		for _, k := range y {
			switch near := b.of(i, k); {
			case near == excluded:
				return false
			case near > 0:
				n++
			}
		}
	}
	return float64(n) >= mean*float64(len(x)*len(y))
}

// bond tells how likely two figures are of one thing, 0 where they are not.
func (f figure) bond(list []Telling, text []int, g figure) float64 {
	if text[f.article] == text[g.article] || f.excludes(list, text, g) {
		return 0
	}
	sum := wording * f.near(g.setting)
	alike := Similarity(list[f.article].Sketch, list[g.article].Sketch) >= Same
	ratio := max(f.Value, g.Value) / min(f.Value, g.Value)
	for _, x := range [...]struct {
		holds bool
		worth float64
	}{
		{!f.long && f.from != "" && g.from != "", oneDay},
		{len(f.places) > 0 && f.places.shares(g.places), onePlace},
		{len(f.party) > 0 && f.party.shares(g.party), oneParty},
		{alike && f.lead && g.lead, leading},
		{alike && f.dead > 0 && f.dead == g.dead, withDead},
		{alike && f.first && g.first, counting},
		{ratio <= closeTo && min(f.Value, g.Value) >= several, closely},
		{ratio <= closeTo && min(f.Value, g.Value) >= many, closely},
		{ratio >= farFrom, -far},
		{!f.first || !g.first, -counting},
	} {
		if x.holds {
			sum += x.worth
		}
	}
	if sum < likely {
		return 0
	}
	return sum
}

// excludes reports whether two figures cannot be of one thing.
func (f figure) excludes(list []Telling, text []int, g figure) bool {
	if f.apart(g.setting) || f.side != "" && g.side != "" && f.side != g.side ||
		len(f.party) > 0 && len(g.party) > 0 && !f.party.shares(g.party) ||
		max(f.Value, g.Value) >= apartFrom*min(f.Value, g.Value) {
		return true
	}
	if !agree(f.Quantity, g.Quantity) && (slices.Contains(f.beside, g.Value) || slices.Contains(g.beside, f.Value)) {
		return true
	}
	if text[f.article] == text[g.article] {
		return !agree(f.Quantity, g.Quantity)
	}
	a, b := list[f.article].Sketch.Minute, list[g.article].Sketch.Minute
	switch {
	case f.long || f.from == "" && g.from == "" || old(a, f.to) && old(b, g.to):
		return max(a-b, b-a) > stale
	case f.from == "":
		return !near(a, g.from, g.to)
	case g.from == "":
		return !near(b, f.from, f.to)
	}
	return false
}

// near reports whether an article of a minute may tell of one of some days without saying so.
func near(minute int64, from, to string) bool {
	const day = 24 * 60
	x, errX := time.Parse(time.DateOnly, from)
	y, errY := time.Parse(time.DateOnly, to)
	return errX == nil && errY == nil && minute >= x.Unix()/60-day/2 && minute < y.Unix()/60+2*day
}

// sortFigures puts figures into order of value.
func sortFigures(list []figure) {
	slices.SortStableFunc(list, func(a, b figure) int {
		return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.article, b.article))
	})
}

// old reports whether a day was long ago when an article told of it: what is counted since then grows.
func old(minute int64, day string) bool {
	x, err := time.Parse(time.DateOnly, day)
	return err == nil && minute > x.Unix()/60+ancient
}
