package stamp

import (
	"time"

	hijri "github.com/hablullah/go-hijri"

	"github.com/isnad-project/isnad/internal/lex"
)

// signs passes over up to two signs that may stand between the parts of a date.
func (p *parser) signs(i int) int {
	for range 2 {
		if p.at(i).sign("-/.,،()") {
			i++
		}
	}
	return i
}

// The calendars of months' names.
type calendar uint8

const (
	gregorian calendar = iota
	latin
	islamic
)

// months reads a month's name, or its names in two traditions, at token i.
func (p *parser) months(i int) (month int, c calendar, next int) {
	if m := latinMonth(p.at(i).text); m > 0 {
		return m, latin, i + 1
	}
	month, c, next = p.month(i)
	if month == 0 || c == islamic {
		return month, c, next
	}
	k := p.signs(next)
	if also, calendar, after := p.month(k); also > 0 && calendar == gregorian {
		if also != month {
			return 0, c, i
		}
		if p.at(after).sign(")") {
			after++
		}
		return month, c, after
	}
	return month, c, next
}

// month reads one name of a month at token i.
func (p *parser) month(i int) (month int, c calendar, next int) {
	if p.lexicon == nil {
		return 0, c, i
	}
	next = i
	w := p.lexicon.Word(p.at(i).text)
	for k := 1; w != nil; k++ {
		if s, ok := w.Sense(lex.Month); ok {
			row := p.lexicon.Months[s.Row]
			month, c, next = row.Number, gregorian, i+k
			if row.Calendar == "hijri" {
				c = islamic
			}
		}
		w = w.Next(p.at(i + k).text)
	}
	return month, c, next
}

// epochs is the first second of the web, before which none is a date.
const epochs = 631152000

// epoch reads seconds or milliseconds since 1970, where they are all the line holds.
func (p *parser) epoch() (time.Time, bool) {
	var digits string
	for _, t := range p.tokens {
		switch {
		case t.value > 0 && digits == "":
			digits = t.text
		case t.value >= 0 || t.letter && t.text != "date": // /Date(…)/ is what .NET writes
			return time.Time{}, false
		}
	}
	switch n := value(digits); {
	case n < epochs || digits[0] == '0':
	case len(digits) == 10:
		return time.Unix(int64(n), 0).UTC(), true
	case len(digits) == 13:
		return time.UnixMilli(int64(n)).UTC(), true
	}
	return time.Time{}, false
}

// civil gives a Gregorian day, zero if there is none. The first day of 1970 is what
// programs write that know no date.
func civil(y, m, d int) time.Time {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != d || y == 1970 && m == 1 && d == 1 {
		return time.Time{}
	}
	return t
}

// The years that the Umm al-Qura tables cover.
const (
	firstHijri = 1356
	lastHijri  = 1499
)

// umm gives the Gregorian day of an Umm al-Qura date, zero if there is none.
func umm(y, m, d int) time.Time {
	if y < firstHijri || y > lastHijri || m < 1 || m > 12 || d < 1 || d > 30 {
		return time.Time{}
	}
	t := ummDay(y, m, d)
	if d == 30 { // a month of 29 days has none
		ny, nm := y, m+1
		if nm > 12 {
			ny, nm = y+1, 1
		}
		if !t.Before(ummDay(ny, nm, 1)) {
			return time.Time{}
		}
	}
	return t
}

func ummDay(y, m, d int) time.Time {
	t := hijri.UmmAlQuraDate{Day: int64(d), Month: int64(m), Year: int64(y)}.ToGregorian()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// weekday gives the ISO number of a day's weekday.
func weekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }
