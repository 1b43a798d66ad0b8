package times

import (
	"time"

	hijri "github.com/hablullah/go-hijri"
)

// The years that the Umm al-Qura tables cover, from March 1937 to November 2077.
const (
	firstHijri = 1356
	lastHijri  = 1500
)

// gregorian gives the Gregorian day of an Umm al-Qura date that exists.
func gregorian(y, m, d int) (time.Time, bool) {
	if d < 1 || d > hijriDays(y, m) {
		return time.Time{}, false
	}
	return umm(y, m, d), true
}

// umm converts a day of a year in the tables.
func umm(y, m, d int) time.Time {
	t := hijri.UmmAlQuraDate{Day: int64(d), Month: int64(m), Year: int64(y)}.ToGregorian()
	return date(t.Year(), int(t.Month()), t.Day())
}

// hijriDays gives the length of a month, or 0 when the tables do not have it.
func hijriDays(y, m int) int {
	if y < firstHijri || y > lastHijri || m < 1 || m > 12 || y == lastHijri && m == 12 {
		return 0
	}
	ny, nm := y, m+1
	if nm == 13 {
		ny, nm = y+1, 1
	}
	return int(umm(ny, nm, 1).Sub(umm(y, m, 1)).Hours()+1) / 24
}

// hijriYear gives the days of a Hijri year.
func hijriYear(i, y, last int) (moment, bool) {
	a, ok := gregorian(y, 1, 1)
	n := hijriDays(y, 12)
	if !ok || n == 0 {
		return moment{}, false
	}
	return ofSpan(a, umm(y, 12, n)).at(i, last, "hijri/year", 0.85), true
}

// hijriMonth gives the days of a Hijri month with its year, or of the one nearest to
// publication when it is told as the last, this or next.
func (f *finder) hijriMonth(i int, n named, y toldYear) (moment, bool) {
	year, ok := f.hijriYearOf(y, n.number)
	days := hijriDays(year, n.number)
	if !ok || days == 0 {
		return moment{}, false
	}
	return ofSpan(umm(year, n.number, 1), umm(year, n.number, days)).at(i, y.last, "hijri/month", 0.85), true
}

// hijriYearOf gives the Hijri year told, or reckoned from publication.
func (f *finder) hijriYearOf(y toldYear, m int) (int, bool) {
	switch y.how {
	case given, bracketed:
		return y.year, y.year < 1600
	case untold:
		return 0, false
	}
	if !f.known {
		return 0, false
	}
	here, err := hijri.CreateUmmAlQuraDate(f.pub)
	if err != nil {
		return 0, false
	}
	year := int(here.Year)
	switch {
	case y.how == lastOne && m >= int(here.Month):
		year--
	case y.how == nextOne && m <= int(here.Month):
		year++
	}
	return year, true
}

// hijriDay gives the Gregorian day of a day of a Hijri month. Without a year nothing of
// the Gregorian date is known.
func (f *finder) hijriDay(i, d1, d2 int, n named, y toldYear) (moment, bool) {
	if y.how == untold {
		m := timex("date", "XXXX-XX-XX")
		return m.at(i, n.last, "hijri/no year", 0.9), d2 <= 30
	}
	year, ok := f.hijriYearOf(y, n.number)
	if !ok {
		return moment{}, false
	}
	a, ok := gregorian(year, n.number, d1)
	b, ok2 := gregorian(year, n.number, d2)
	if !ok || !ok2 {
		f.skip = y.last
		return moment{}, false
	}
	last := y.last
	if d1 == d2 {
		return ofDay(a).at(i, last, "hijri/day", 0.95), true
	}
	return ofSpan(a, b).at(i, last, "hijri/days", 0.9), true
}

// numericHijri gives the day of «15/9/1445» when its year is a Hijri one.
func numericHijri(y, m, d int) (moment, bool) {
	t, ok := gregorian(y, m, d)
	if !ok {
		return moment{}, false
	}
	return ofDay(t), true
}
