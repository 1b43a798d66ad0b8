package times

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
)

// clockLed reads what follows «الساعة»: «14:00», «الثامنة مساء», «10 صباحا».
func (f *finder) clockLed(i, j int) (moment, bool) {
	if j >= len(f.d.Tokens) || !f.same(i, j) || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 {
		return moment{}, false
	}
	if m, ok := f.clock(i, j); ok {
		return m, true
	}
	return f.hourWord(i, j)
}

// clock reads digits at token j that tell an hour: «14:00», «17,00 ت غ», after «الساعة»
// also «8 مساء» and «14».
func (f *finder) clock(i, j int) (moment, bool) {
	t := &f.d.Tokens[j]
	if t.Kind != ling.Number {
		return moment{}, false
	}
	led := i != j
	h, m, last, ok := f.hourMinute(j)
	if !ok {
		h, err := strconv.Atoi(t.Fold)
		if led && err == nil && len(t.Fold) == 4 && h < 2400 && h%100 < 60 {
			return f.hour(i, h/100, h%100, j+1, led) // «الساعة 0356»
		}
		if err != nil || len(t.Fold) > 2 || h > 24 {
			return moment{}, false
		}
		if !led && i > 0 && (f.dash(i-1) || f.fold(i-1, "/")) {
			return moment{}, false // a score
		}
		m, last := f.minutes(j + 1)
		return f.hour(i, h, m, last, led)
	}
	return f.hour(i, h, m, last, led || f.fold(j+1, ":"))
}

// hourMinute reads hours and minutes: «14:00», «14.30», «17,00».
func (f *finder) hourMinute(j int) (h, m, last int, ok bool) {
	t := &f.d.Tokens[j]
	hs, ms, ok := strings.Cut(strings.Replace(t.Fold, ",", ".", 1), ".")
	last = j + 1
	if !ok {
		if !f.fold(j+1, ":") || !f.touch(j) || j+2 >= len(f.d.Tokens) || f.d.Tokens[j+2].Kind != ling.Number {
			return 0, 0, 0, false
		}
		hs, ms, last = t.Fold, f.d.Tokens[j+2].Fold, j+3
		if f.fold(last, ":") && f.touch(last) && last+1 < len(f.d.Tokens) && len(f.d.Tokens[last+1].Fold) == 2 {
			last += 2 // seconds
		}
	}
	h, err := strconv.Atoi(hs)
	m, err2 := strconv.Atoi(ms)
	if err != nil || err2 != nil || len(hs) > 2 || len(ms) != 2 || h > 24 || m > 59 {
		return 0, 0, 0, false
	}
	return h, m, last, true
}

// hourWord reads an hour told by an ordinal: «الثامنة مساء», «العاشرة والنصف صباحا».
func (f *finder) hourWord(i, j int) (moment, bool) {
	t := &f.d.Tokens[j]
	if !t.Def || t.Kind != ling.Word {
		return moment{}, false
	}
	h, last, ok := number.Ordinal(f.d, j)
	if !ok {
		r, isOne := t.Sense(lex.Number) // «الواحدة»
		if !isOne || f.d.Lex.Numbers[r.Row].Value != 1 {
			return moment{}, false
		}
		h, last = 1, j+1
	}
	if h < 1 || h > 12 {
		return moment{}, false
	}
	m, last := f.minutes(last)
	return f.hour(i, h, m, last, i != j)
}

// minutes reads what is added to an hour: «والنصف», «والربع», «و20 دقيقة».
func (f *finder) minutes(i int) (m, last int) {
	j, ok := f.and(i)
	if !ok || !f.same(i-1, j) {
		return 0, i
	}
	n, ok := number.Read(f.d, j)
	switch {
	case !ok || n.Vague:
	case n.Share && n.Value <= 0.5:
		return int(n.Value*60 + 0.5), n.Last
	case n.Whole() && n.Value < 60:
		if u, ok := f.unitAt(n.Last); ok && u.code == "TM" {
			return int(n.Value), u.last
		}
	}
	return 0, i
}

// hour finishes a time of the clock: the part of the day, the zone, the day after it.
// An hour that is not led by «الساعة» needs one of the first two.
func (f *finder) hour(i, h, m, last int, led bool) (moment, bool) {
	p, end, ok := f.partAfter(last)
	if ok && !led && len(f.d.Tokens[end-1].Base) <= 2 {
		return moment{}, false // «5 م» is as well five metres
	}
	if ok {
		h, last, led = twelve(h, p), end, true
	}
	zone := ""
	if v, end, ok := f.word(last, "zone"); ok && f.same(i, last) {
		led = true
		if v != "local" {
			zone, last = v, end
		}
	}
	if !led || h > 24 || h == 24 && m > 0 {
		return moment{}, false
	}
	clock := fmt.Sprintf("T%02d:%02d%s", h, m, zone)
	if d, ok := f.dayAfter(i, last); ok {
		return ofPart(d.first, clock).at(i, d.last, "clock/day", 0.93), true
	}
	if d, ok := f.dayNear(i, last); ok {
		return ofPart(d, clock).at(i, last, "clock", 0.88), true
	}
	return timex("time", clock).at(i, last, "clock/unplaced", 0.85), true
}

// partAfter reads the part of the day after an hour.
func (f *finder) partAfter(i int) (p string, last int, ok bool) {
	j := f.of(i)
	if j >= len(f.d.Tokens) || !f.same(i-1, j) || f.d.Tokens[j].Conj != 0 {
		return "", 0, false
	}
	return f.word(j, "daypart")
}

// twelve turns an hour of twelve into one of twenty-four.
func twelve(h int, p string) int {
	if h > 12 {
		return h
	}
	switch p {
	case "TMO":
		return h % 12
	case "TMI", "TAF", "TEV":
		if h < 12 && (p != "TMI" || h < 5) {
			return h + 12
		}
	case "TNI":
		if h == 12 {
			return 0
		}
		if h >= 6 {
			return h + 12
		}
	}
	return h
}
