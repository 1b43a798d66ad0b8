package shelf

import (
	"fmt"
	"time"

	"github.com/isnad-project/isnad"
)

// DayOf gives the day of a date or date-time, as it is written, in days since the year 1; or 0.
func DayOf(published string) int64 {
	if len(published) < len(time.DateOnly) {
		return 0
	}
	t, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)])
	if err != nil || t.Year() < 1 {
		return 0
	}
	return DayNumber(t)
}

// DayNumber gives a day in days since the year 1.
func DayNumber(t time.Time) int64 { return t.Unix()/86400 + daysBeforeUnix }

// daysBeforeUnix is the number of days from the first of January of the year 1 to that of 1970, plus one.
const daysBeforeUnix = 719163

// Date gives the date of a day at midnight of UTC.
func Date(day int64) time.Time { return time.Unix((day-daysBeforeUnix)*86400, 0).UTC() }

// DayText is the ISO date of a day, or empty for day 0.
func DayText(day int64) string {
	if day == 0 {
		return ""
	}
	return Date(day).Format(time.DateOnly)
}

// Days gives the first and last day of a stretch in ISO dates; empty dates stand for day 0.
// The error is isnad.ErrQuery.
func Days(from, to string) (first, last int64, err error) {
	first, last = DayOf(from), DayOf(to)
	if (from != "" || to != "") && (first == 0 || last == 0) {
		err = fmt.Errorf("%w: %q to %q are no days", isnad.ErrQuery, from, to)
	}
	return first, last, err
}

// Micros gives a time in microseconds since 1970; 0 stands for no time.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Moment is the way back from Micros.
func Moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
