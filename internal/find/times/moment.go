package times

import (
	"fmt"
	"time"

	"github.com/isnad-project/isnad"
)

// grain is how long a dated expression is.
type grain uint8

const (
	undated grain = iota
	century
	decade
	year
	season
	month
	week
	weekend
	day
	part // of a day
)

// moment is an expression read: tokens [start, last) and their value.
type moment struct {
	start, last int
	typ         string
	value, mod  string
	first, end  time.Time // the days covered; zero when unknown
	grain       grain
	trust       isnad.Trust
}

// at sets the tokens and the rule of m.
func (m moment) at(start, last int, rule string, confidence float64) moment {
	m.start, m.last, m.trust = start, last, isnad.Trust{Rule: rule, Confidence: confidence}
	return m
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// valid reports whether a Gregorian day exists.
func valid(y, m, d int) bool {
	return y >= 1 && y <= 2999 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}

func daysIn(y, m int) int { return date(y, m+1, 0).Day() }

func parseDay(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil && t.Year() >= 1
}

// iso writes a day, or nothing when it is unknown or out of the range of ISO dates.
func iso(t time.Time) string {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return t.Format(time.DateOnly)
}

func dated(value string, g grain, first, end time.Time) moment {
	return moment{typ: "date", value: value, grain: g, first: first, end: end}
}

func ofDay(t time.Time) moment { return dated(iso(t), day, t, t) }

func ofYear(y int) moment {
	return dated(fmt.Sprintf("%04d", y), year, date(y, 1, 1), date(y, 12, 31))
}

func ofMonth(y, m int) moment {
	return dated(fmt.Sprintf("%04d-%02d", y, m), month, date(y, m, 1), date(y, m+1, 0))
}

// ofWeek gives the ISO week of t.
func ofWeek(t time.Time) moment {
	y, w := t.ISOWeek()
	monday := t.AddDate(0, 0, 1-isoWeekday(t))
	return dated(fmt.Sprintf("%04d-W%02d", y, w), week, monday, monday.AddDate(0, 0, 6))
}

func ofWeekend(t time.Time) moment {
	m := ofWeek(t)
	return dated(m.value+"-WE", weekend, m.end.AddDate(0, 0, -1), m.end)
}

// ofDecade gives the ten years that begin with y.
func ofDecade(y int) moment {
	y -= y % 10
	return dated(fmt.Sprintf("%03d", y/10), decade, date(y, 1, 1), date(y+9, 12, 31))
}

// ofCentury gives the n-th century, which TIMEX3 names by its first two digits.
func ofCentury(n int) moment {
	return dated(fmt.Sprintf("%02d", n-1), century, date((n-1)*100+1, 1, 1), date(n*100, 12, 31))
}

// ofSeason gives a season of y. Whether a winter is the one that begins or ends the year
// is not told, so its days stay open.
func ofSeason(y int, s string) moment {
	v := fmt.Sprintf("%04d-%s", y, s)
	if from := seasonMonth(s); from < 12 {
		return dated(v, season, date(y, from, 1), date(y, from+3, 0))
	}
	return dated(v, season, time.Time{}, time.Time{})
}

// seasonMonth gives the month a season begins with, by the meteorological seasons.
func seasonMonth(s string) int {
	switch s {
	case "SP":
		return 3
	case "SU":
		return 6
	case "FA":
		return 9
	}
	return 12
}

func ofPart(t time.Time, p string) moment {
	m := ofDay(t)
	m.typ, m.value, m.grain = "time", m.value+p, part
	return m
}

// ofSpan gives the days from a to b, b not before a.
func ofSpan(a, b time.Time) moment { return dated(iso(a)+"/"+iso(b), day, a, b) }

func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// timex gives an expression of no certain day: a reference or a value with X.
func timex(typ, value string) moment { return moment{typ: typ, value: value} }

// modify narrows the days of m to the part of it that a modifier means: the first,
// middle or last month of a year, third of a month, and so on.
func (m moment) modify(mod string) moment {
	m.mod = mod
	if m.first.IsZero() {
		return m
	}
	switch m.grain {
	case century:
		return m.narrow(mod, 0, 0, 33, 33)
	case decade:
		return m.narrow(mod, 0, 0, 3, 3)
	case year:
		return m.narrow(mod, 0, 1, 0, 5)
	case season:
		return m.narrow(mod, 0, 1, 0, 1)
	case month:
		return m.narrow(mod, 10, 0, 0, 10)
	case week:
		return m.narrow(mod, 2, 0, 0, 2)
	}
	return m
}

// narrow keeps the given days, months or years at the start or end of m; skip is how
// many of them lie before the middle.
func (m moment) narrow(mod string, days, months, years, skip int) moment {
	switch mod {
	case "start":
		m.end = m.first.AddDate(years, months, days-1)
	case "end":
		m.first = m.end.AddDate(0, 0, 1).AddDate(-years, -months, -days)
	case "mid":
		from := m.first
		switch {
		case days > 0:
			from = from.AddDate(0, 0, skip)
		case months > 0:
			from = from.AddDate(0, skip, 0)
			months = max(months, skip/2)
		default:
			from = from.AddDate(skip, 0, 0)
		}
		m.first, m.end = from, from.AddDate(years, months, days-1)
	}
	return m
}
