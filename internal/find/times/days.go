package times

import (
	"fmt"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
)

// dayNumbered reads «يوم 27»: a day of a month that is not told, so only its number is known.
func (f *finder) dayNumbered(i, j int) (moment, bool) {
	if j >= len(f.d.Tokens) || !f.same(i, j) || f.d.Tokens[j].Kind != ling.Number {
		return moment{}, false
	}
	n, last, ok := f.dayNumber(j)
	if !ok || !f.sentenceEnd(last) || f.fold(last, "/") || f.dash(last) {
		return moment{}, false
	}
	if _, ok := f.bracketedMonth(last); ok {
		return moment{}, false // read with its month
	}
	return timex("date", fmt.Sprintf("XXXX-XX-%02d", n)).at(i, last, "day/number", 0.8), true
}

// loneDay reads the ordinal of a day after a preposition: «في الحادي والعشرين». Ages and
// centuries have their nouns.
func (f *finder) loneDay(i int) (moment, bool) {
	t := &f.d.Tokens[i]
	if !t.Def || t.Prep != 'l' && !f.is(i-1, "to") {
		return moment{}, false
	}
	n, last, ok := number.Ordinal(f.d, i)
	if !ok || n < 11 || n > 31 || last < len(f.d.Tokens) && f.same(i, last) && !f.fold(last, ".") {
		return moment{}, false
	}
	return timex("date", fmt.Sprintf("XXXX-XX-%02d", n)).at(i, last, "day/number", 0.7), true
}

// nthWeekday reads «أول يوم جمعة في هذا الشهر», «ثاني اثنين من مارس».
func (f *finder) nthWeekday(i int) (moment, bool) {
	n, j, ok := number.Ordinal(f.d, i)
	if !ok || n > 5 || f.d.Tokens[i].Def || j >= len(f.d.Tokens) {
		return moment{}, false
	}
	w, last, ok := f.weekdayAt(j)
	if !ok || last >= len(f.d.Tokens) || !f.same(i, last) || !f.is(last, "of") && !f.is(last, "in") {
		return moment{}, false
	}
	m, ok := f.plain(last+1, context{from: last + 1, mod: "start"})
	if !ok || m.grain != month || m.first.IsZero() {
		return moment{}, false
	}
	t := m.first.AddDate(0, 0, (w-isoWeekday(m.first)+7)%7+7*(n-1))
	if t.After(m.end) {
		f.skip = m.last
		return moment{}, false
	}
	return ofDay(t).at(i, m.last, "weekday/nth", 0.9), true
}
