package story

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/isnad-project/isnad"
)

// counts gives the tolls on which the articles differ.
func (e *Editor) counts(list []Telling, text []int, figures []figure) []isnad.Disagreement {
	by := map[string][]figure{}
	for _, f := range firsts(figures) {
		by[f.toll] = append(by[f.toll], f)
	}
	var out []isnad.Disagreement
	for _, toll := range slices.Sorted(maps.Keys(by)) { // the dead come before the hurt
		for n, group := range ofOne(list, text, by[toll]) {
			if toll == dead {
				besideDead(by[hurt], group, n+1)
			}
			if d, ok := differ(list, text, group); ok {
				d.About = e.tolls.about[toll]
				out = append(out, d)
			}
		}
	}
	return out
}

// besideDead marks the hurt that articles tell of with the dead of a group: of the same day,
// and first of all hurt, as these dead of all dead.
func besideDead(hurt, group []figure, mark int) {
	for i := range hurt {
		h := &hurt[i]
		if h.first && !h.long && h.from != "" && slices.ContainsFunc(group, func(f figure) bool {
			return f.article == h.article && f.first && !f.long && f.from == h.from && f.to == h.to
		}) {
			h.dead = mark
		}
	}
}

// firsts gives the first figure of each article for each day, toll and side: what an
// article says first is its count; what follows are parts and earlier happenings.
func firsts(figures []figure) []figure {
	type of struct {
		article         int
		toll, day, side string
		long            bool
	}
	told := map[of]bool{}
	begun := map[of]bool{}
	var out []figure
	for _, f := range figures {
		if k := (of{f.article, f.toll, f.from, f.side, f.long}); !told[k] {
			told[k] = true
			k = of{article: f.article, toll: f.toll}
			f.first = !begun[k]
			begun[k] = true
			out = append(out, f)
		}
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// differ makes a disagreement of figures if outlets differ on them.
func differ(list []Telling, text []int, figures []figure) (isnad.Disagreement, bool) {
	d := isnad.Disagreement{Kind: "count"}
	values := [][]figure{}
	for _, f := range exactFirst(figures) {
		at := slices.IndexFunc(values, func(v []figure) bool { return agree(v[0].Quantity, f.Quantity) })
		if at < 0 {
			values = append(values, nil)
			at = len(values) - 1
		}
		values[at] = append(values[at], f)
	}
	slices.SortStableFunc(values, func(a, b []figure) int { return cmp.Compare(a[0].Value, b[0].Value) })
	if len(values) < 2 || !contested(list, text, values) {
		return d, false
	}
	for _, v := range values {
		out := isnad.Value{Value: digits(v[0].Quantity)}
		told := map[int]bool{} // texts; copies of one speak once
		for _, f := range v {
			if !told[text[f.article]] {
				told[text[f.article]] = true
				out.Claims = append(out.Claims, claim(list[f.article], f.words))
			}
		}
		d.Values = append(d.Values, out)
	}
	return d, true
}

// exactFirst puts the figures that are no bounds or roundings first, so that those find
// the exact ones that they leave room for.
func exactFirst(figures []figure) []figure {
	out := slices.Clone(figures)
	slices.SortStableFunc(out, func(a, b figure) int { return cmp.Compare(btoi(a.Mod != ""), btoi(b.Mod != "")) })
	return out
}

// contested reports whether two outlets differ on what is likely the same: what an outlet
// tells last counts, so that one that corrects itself does not disagree.
func contested(list []Telling, text []int, values [][]figure) bool {
	type last struct {
		figure
		value int
	}
	by := map[string]last{}
	for k, v := range values {
		for _, f := range v {
			o := list[f.article].Record.Article.Outlet
			if l, ok := by[o]; !ok || f.article >= l.article {
				by[o] = last{f, k}
			}
		}
	}
	for _, a := range by {
		for _, b := range by {
			if a.value != b.value && a.bond(list, text, b.figure) > 0 {
				return true
			}
		}
	}
	return false
}

// Two figures agree if one may be a rounding of the other.
const (
	roundly = 0.1 // «about 100» is 90 to 110
	above   = 0.1 // «more than 40» is 40 to 44
)

func agree(a, b isnad.Quantity) bool {
	if a.Value == b.Value || bound(a.Mod) == bound(b.Mod) && bound(a.Mod) != 0 {
		return a.Value == b.Value
	}
	if a.Max > 0 && b.Value >= a.Value && b.Value <= a.Max || b.Max > 0 && a.Value >= b.Value && a.Value <= b.Max {
		return true
	}
	if a.Mod == "approx" || b.Mod == "approx" {
		return math.Abs(a.Value-b.Value) <= roundly*max(a.Value, b.Value)
	}
	return room(a, b) || room(b, a)
}

// room reports whether bound a leaves room for the count b.
func room(a, b isnad.Quantity) bool {
	switch bound(a.Mod) {
	case 1:
		return b.Value >= a.Value && b.Value <= a.Value*(1+above)
	case -1:
		return b.Value <= a.Value && b.Value >= a.Value*(1-above)
	}
	return false
}

// bound tells whether a number is a lower (1) or upper (-1) bound, or none.
func bound(mod string) int {
	switch mod {
	case "more_than", "equal_or_more":
		return 1
	case "less_than", "equal_or_less":
		return -1
	}
	return 0
}

// digits writes a quantity's number: digits, with ≈, >, ≥, <, ≤ where the text has such words.
func digits(q isnad.Quantity) string {
	sign := map[string]string{"approx": "≈", "more_than": ">", "equal_or_more": "≥", "less_than": "<", "equal_or_less": "≤"}[q.Mod]
	s := sign + strconv.FormatFloat(q.Value, 'f', -1, 64)
	if q.Max > 0 {
		s += "–" + strconv.FormatFloat(q.Max, 'f', -1, 64)
	}
	return s
}
