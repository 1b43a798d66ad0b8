// Package stamp reads what outlets stamp on articles in pages and feeds. Dates: ISO 8601, RFC 822
// and their usual breakages, and Arabic ones in words or numbers, Gregorian or Hijri, with
// the words that say whether a date is of publication or of a change. Credits: the people
// and agencies of a byline. It knows lines, not pages or feeds, and it has no clock.
package stamp

import (
	"time"

	"github.com/isnad-project/isnad/internal/lex"
)

// Longest is the length in bytes past which a string is no date. RFC 822 dates with all
// that hangs on them have sixty, Arabic lines with both calendars and two dates three hundred.
const Longest = 512

// Role says what a date is of.
type Role uint8

// The roles, by the words before a date.
const (
	Bare      Role = iota // no word says
	Published             // «نشر في», «تاريخ النشر»
	Modified              // «آخر تحديث»
	Other                 // of something else: «تاريخ الطباعة»
)

// Date is a date found in a line.
type Date struct {
	Value string // ISO 8601: RFC 3339 where hour and zone are told, else the day alone
	Role  Role
}

// Parse gives the date that s holds in ISO 8601: RFC 3339 where s tells hour and zone, else the
// day alone. It gives nothing where there is no date, no such day, or where day and month
// cannot be told apart.
func Parse(s string, l *lex.Lexicon) string {
	if len(s) > Longest {
		return ""
	}
	p := parser{tokens: scan(s), lexicon: l}
	if t, ok := p.epoch(); ok {
		return t.Format(time.RFC3339)
	}
	var other string
	for _, m := range p.all() {
		if !m.hijri {
			return m.value()
		}
		if other == "" {
			other = m.value()
		}
	}
	return other
}

// Find gives the dates of a line in its order. Of one day in both calendars it gives the
// Gregorian.
func Find(line string, l *lex.Lexicon) []Date {
	if len(line) > Longest || !digit(line) {
		return nil
	}
	p := parser{tokens: scan(line), lexicon: l}
	var out []Date
	var last moment
	for i, m := range p.all() {
		switch {
		case i > 0 && m.role == Bare && m.hijri && !last.hijri:
			continue // the same day once more
		case i > 0 && m.role == Bare && last.hijri && !m.hijri:
			out[len(out)-1].Value = m.value()
		default:
			out = append(out, Date{m.value(), m.role})
		}
		last = m
	}
	return out
}

// digit reports whether s has a digit of any script that dates are written in.
func digit(s string) bool {
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' {
			return true
		}
	}
	return false
}

// moment is a day, perhaps with a time of day.
type moment struct {
	day    time.Time
	hijri  bool // told in the Hijri calendar
	clock  clock
	role   Role
	zoned  bool
	offset int // seconds east of Greenwich
}

func (m moment) value() string {
	if !m.clock.told || !m.zoned {
		return m.day.Format(time.DateOnly)
	}
	t := time.Date(m.day.Year(), m.day.Month(), m.day.Day(), m.clock.hour, m.clock.minute, m.clock.second, 0, time.FixedZone("", m.offset))
	return t.Format(time.RFC3339)
}
