package stamp

import (
	"strconv"

	"github.com/isnad-project/isnad/internal/lex"
)

// parser reads the tokens of one line.
type parser struct {
	tokens  []token
	lexicon *lex.Lexicon
	weekday int // the last one told, ISO; 0 for none
}

// at gives token i, or an empty one past the end.
func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.tokens) {
		return token{value: -1}
	}
	return p.tokens[i]
}

// reach is how many tokens after a date its time may stand.
const reach = 6

// all gives the dates of the line, each with the time of day before or after it.
func (p *parser) all() []moment {
	var out []moment
	var before clock // a time told before its date
	role := Bare
	for i := 0; i < len(p.tokens); {
		if r, n := p.label(i); n > 0 {
			role, before, i = r, clock{}, i+n
			continue
		}
		if d := p.day(i); d > 0 {
			p.weekday = d
		}
		if m, next := p.dateAt(i); next > i {
			next = p.hour(&m, next)
			if !m.clock.told {
				m.clock = before
			}
			if m.clock.told = m.clock.told && m.clock.valid(); !m.day.IsZero() {
				m.role = role
				out = append(out, m)
			}
			role, before, p.weekday, i = Bare, clock{}, 0, next
			continue
		}
		if c, next := p.clockAt(i); c.told {
			before, i = c, next
			continue
		}
		i++
	}
	return out
}

// label reads the words that say what the date after them is of.
func (p *parser) label(i int) (role Role, n int) {
	if p.lexicon == nil || !p.at(i).letter {
		return Bare, 0
	}
	w := p.lexicon.Stamp(p.at(i).text)
	for k := 1; w != nil; k++ {
		if s, ok := w.Sense(lex.Stamp); ok {
			switch p.lexicon.Stamps[s.Row].Class {
			case "published":
				role, n = Published, k
			case "modified":
				role, n = Modified, k
			case "other":
				role, n = Other, k
			}
		}
		w = w.Next(p.at(i + k).text)
	}
	return role, n
}

// hour reads the time of day and zone that follow a date, and gives the token after them.
func (p *parser) hour(m *moment, i int) int {
	if m.clock.told { // it stands within the date
		return p.zone(m, i)
	}
	for k := i; k < i+reach && k < len(p.tokens); k++ {
		if _, n := p.label(k); n > 0 {
			break
		}
		c, next := p.clockAt(k)
		if c.told {
			m.clock = c
			return p.zone(m, next)
		}
		if p.at(k).number() {
			break
		}
	}
	return i
}

func (p *parser) zone(m *moment, i int) int {
	if m.zoned {
		return i
	}
	m.offset, m.zoned, i = p.zoneAt(i)
	return i
}

// day gives the ISO number of the weekday at token i, or 0.
func (p *parser) day(i int) int {
	t := p.at(i)
	if !t.letter {
		return 0
	}
	if d := latinDay(t.text); d > 0 || p.lexicon == nil {
		return d
	}
	if s, ok := p.lexicon.Word(t.text).Sense(lex.Weekday); ok {
		return p.lexicon.Weekdays[s.Row].Number
	}
	return 0
}

// dateAt reads a date that begins at token i, and gives the token after it; i where there
// is none. A date of no day that exists has a zero day.
func (p *parser) dateAt(i int) (m moment, next int) {
	t := p.at(i)
	switch {
	case t.letter:
		return p.monthFirst(i)
	case t.value < 0:
		return m, i
	case len(t.text) == 4 && t.value > 1300:
		return p.yearFirst(i)
	case len(t.text) == 8 || len(t.text) == 14:
		return p.packed(i)
	case t.within(1, 31, 2):
		return p.dayFirst(i)
	}
	return m, i
}

// yearFirst reads 2021-07-26, 2021/7/26, 1442/9/15 هـ.
func (p *parser) yearFirst(i int) (moment, int) {
	sep, month, day := p.at(i+1), p.at(i+2), p.at(i+4)
	if !sep.sign("-/.") || p.at(i+3).text != sep.text || !month.within(1, 12, 2) || !day.within(1, 31, 2) {
		return moment{}, i
	}
	return p.made(p.at(i).value, month.value, day.value, i+5)
}

// packed reads 20210726 and 20210726143000.
func (p *parser) packed(i int) (m moment, next int) {
	s := p.at(i).text
	y, _ := strconv.Atoi(s[:4])
	mo, _ := strconv.Atoi(s[4:6])
	d, _ := strconv.Atoi(s[6:8])
	if y < 1900 || y > 2100 {
		return m, i
	}
	return moment{day: civil(y, mo, d)}, i + 1
}

// dayFirst reads 26/7/2021, 26 يوليو 2021, 26 تموز / يوليو 2021, 26 Jul 21.
func (p *parser) dayFirst(i int) (moment, int) {
	sep, second, year := p.at(i+1), p.at(i+2), p.at(i+4)
	if sep.sign("-/.") && p.at(i+3).text == sep.text && second.within(1, 31, 2) && year.within(1300, 2100, 4) {
		return p.numeric(i, p.at(i).value, second.value, year.value)
	}
	k := i + 1
	if p.ordinal(k) {
		k++
	}
	k = p.signs(k)
	month, calendar, k := p.months(k)
	if month == 0 {
		return moment{}, i
	}
	k = p.signs(k)
	y := p.at(k)
	switch {
	case y.within(1300, 2100, 4) && len(y.text) == 4:
		return p.madeIn(calendar, y.value, month, p.at(i).value, k+1)
	case calendar == latin && len(y.text) == 2 && y.number() && !p.at(k+1).sign(":"):
		year := 2000 + y.value
		if y.value > 69 {
			year = 1900 + y.value
		}
		return moment{day: civil(year, month, p.at(i).value)}, k + 1
	}
	return moment{}, i
}

// ordinal reports st, nd, rd, th, of, or من after a day's number.
func (p *parser) ordinal(i int) bool {
	switch t := p.at(i); t.text {
	case "st", "nd", "rd", "th":
		return t.glued
	default:
		_, n := p.phrase(i, "of")
		return n == 1
	}
}

// numeric settles which of the two numbers before a year is the month: the second, as Arabic
// outlets write, unless it can be none, or the weekday told says otherwise. With AM or PM in
// Latin letters the order may be the American one, and nothing is sure.
func (p *parser) numeric(i, a, b, year int) (moment, int) {
	next := i + 5
	if year < 1600 {
		return p.made(year, b, a, next)
	}
	if year < 1900 {
		return moment{}, i
	}
	first, second := civil(year, b, a), civil(year, a, b)
	switch {
	case first.IsZero():
		return moment{day: second}, next
	case second.IsZero() || a == b:
		return moment{day: first}, next
	case p.weekday > 0 && weekday(first) != p.weekday && weekday(second) == p.weekday:
		return moment{day: second}, next
	case p.weekday > 0 && weekday(first) == p.weekday:
		return moment{day: first}, next
	}
	probe := moment{}
	p.hour(&probe, next)
	if probe.clock.latin {
		return moment{}, next
	}
	return moment{day: first}, next
}

// monthFirst reads July 26, 2021, «يوليو 26, 2021» and Jul 26 10:00:00 EST 2021.
func (p *parser) monthFirst(i int) (moment, int) {
	month, calendar, k := p.months(i)
	k = p.signs(k)
	day := p.at(k)
	if month == 0 || !day.within(1, 31, 2) {
		return moment{}, i
	}
	k++
	if p.ordinal(k) {
		k++
	}
	k = p.signs(k)
	var m moment
	if c, next := p.clockAt(k); c.told {
		m.clock = c
		k = p.zone(&m, next)
		if p.at(k).letter && latinMonth(p.at(k).text) == 0 { // a zone of no known name
			k++
		}
	}
	y := p.at(k)
	if !y.within(1300, 2100, 4) || len(y.text) != 4 {
		return moment{}, i
	}
	made, next := p.madeIn(calendar, y.value, month, day.value, k+1)
	made.clock, made.zoned, made.offset = m.clock, m.zoned, m.offset
	return made, next
}

// madeIn makes a date of a month with a name.
func (p *parser) madeIn(c calendar, y, m, d, next int) (moment, int) {
	if c == islamic {
		if y > lastHijri {
			return moment{}, next
		}
		return moment{day: umm(y, m, d), hijri: true}, p.era(next)
	}
	if y < 1900 {
		return moment{}, next
	}
	return moment{day: civil(y, m, d)}, p.era(next)
}

// made makes a date of numbers: a year of the Hijri calendar needs its mark.
func (p *parser) made(y, m, d, next int) (moment, int) {
	if y >= 1900 {
		return moment{day: civil(y, m, d)}, next
	}
	if row, n := p.phrase(next, "era"); n > 0 && row.Value == "hijri" {
		return moment{day: umm(y, m, d), hijri: true}, next + n
	}
	return moment{}, next
}

// era passes over the word for an era after a year.
func (p *parser) era(i int) int {
	if _, n := p.phrase(i, "era"); n > 0 {
		return i + n
	}
	return i
}
