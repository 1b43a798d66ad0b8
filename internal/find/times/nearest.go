package times

import (
	"fmt"
	"time"

	"github.com/isnad-project/isnad/internal/ling"
)

// dayOfThis reads a day of the month of publication or one next to it, told by its
// distance alone: «26 الجاري», «5 المقبل».
func (f *finder) dayOfThis(i, d1, d2, j int) (moment, bool) {
	if f.d.Tokens[i].Kind != ling.Number || !f.known || !f.is(i-1, "in") && !f.is(i-1, "to") && !f.is(i-1, "since") && !f.numericDay(i) {
		return moment{}, false
	}
	n, last, ok := f.offset(j)
	if !ok || n < -1 || n > 1 {
		return moment{}, false
	}
	m := f.shift("M", n)
	return f.days(i, m.first.Year(), int(m.first.Month()), d1, d2, last, "day/relative month")
}

// daysOf places days in a month told by its distance: «الشهر المقبل», «هذا الشهر».
func (f *finder) daysOf(i, j, d1, d2 int) (moment, bool) {
	m, ok := f.unitLed(j, context{from: j})
	if !ok || m.grain != month || m.first.IsZero() {
		return moment{}, false
	}
	return f.days(i, m.first.Year(), int(m.first.Month()), d1, d2, m.last, "day/relative month")
}

// placeDay puts days of a Gregorian month in their year.
func (f *finder) placeDay(i, d1, d2 int, n named, y toldYear) (moment, bool) {
	last := n.last
	if y.how != untold {
		last = y.last
	}
	if year, ok := f.yearOf(i, y, n.number, d1); ok {
		return f.days(i, year, n.number, d1, d2, last, "day/"+y.how.String())
	}
	if f.known || !valid(2000, n.number, d2) {
		f.skip = last
		return moment{}, false
	}
	m := timex("date", fmt.Sprintf("XXXX-%02d-%02d", n.number, d1))
	return m.at(i, n.last, "day/unplaced", 0.8), d1 == d2
}

// days gives one day, or a stretch of them, that the calendar has.
func (f *finder) days(i, y, m, d1, d2, last int, rule string) (moment, bool) {
	if !valid(y, m, d1) || !valid(y, m, d2) {
		f.skip = last
		return moment{}, false
	}
	if d1 == d2 {
		return ofDay(date(y, m, d1)).at(i, last, rule, 0.97), true
	}
	return ofSpan(date(y, m, d1), date(y, m, d2)).at(i, last, rule, 0.95), true
}

// yearOf gives the year of a month, or of a day of it when d is not 0.
func (f *finder) yearOf(i int, y toldYear, m, d int) (int, bool) {
	switch y.how {
	case given, bracketed:
		return y.year, true
	}
	if !f.known {
		return 0, false
	}
	here := f.pub.Year()*12 + int(f.pub.Month()) - 1
	this := f.pub.Year()*12 + m - 1
	late := this > here || this == here && d > f.pub.Day() // after publication
	switch y.how {
	case current:
		return f.pub.Year(), true
	case lastOne:
		if late || this == here && d == 0 {
			return f.pub.Year() - 1, true
		}
		return f.pub.Year(), true
	case nextOne:
		if !late && (this < here || d == 0) {
			return f.pub.Year() + 1, true
		}
		return f.pub.Year(), true
	}
	return f.nearest(i, this-here, late), true
}

// nearest places a month told without a year by the tense round it, and without one by
// its distance in months.
func (f *finder) nearest(i, distance int, late bool) int {
	y := f.pub.Year()
	way := f.tense(i)
	switch {
	case distance == 0:
		return y
	case late && (way == past && distance > 1 || way == unclear && distance > 6):
		return y - 1
	case distance < 0 && way == future && distance < -1:
		return y + 1
	case distance < -8 && way == unclear:
		return y + 1
	}
	return y
}

// weekdayYear corrects the year of a day toldYear without one by its weekday.
func (f *finder) weekdayYear(t time.Time, weekday int) (time.Time, bool) {
	for _, dy := range [...]int{0, -1, 1} {
		u := date(t.Year()+dy, int(t.Month()), t.Day())
		if u.Day() == t.Day() && isoWeekday(u) == weekday && u.Sub(f.pub).Abs() < 200*24*time.Hour {
			return u, true
		}
	}
	return t, false
}
