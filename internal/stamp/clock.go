package stamp

import (
	"github.com/isnad-project/isnad/internal/lex"
)

// clock is a time of day.
type clock struct {
	told                 bool
	hour, minute, second int
	latin                bool // AM or PM in Latin letters stands with it
}

// clockAt reads a time of day at token i: 12:09, 12:09:30.000, 12:09 PM. It gives the token after it.
func (p *parser) clockAt(i int) (c clock, next int) {
	h, m := p.at(i), p.at(i+2)
	if !h.within(0, 24, 2) || !p.at(i+1).sign(":") || !m.within(0, 59, 2) || len(m.text) != 2 {
		return c, i
	}
	c.told, c.hour, c.minute, next = true, h.value, m.value, i+3
	if s := p.at(next + 1); p.at(next).sign(":") && s.within(0, 60, 2) {
		c.second, next = min(s.value, 59), next+2
		if f := p.at(next + 1); p.at(next).sign(".,") && f.glued && f.number() {
			next += 2
		}
	}
	return p.half(c, next)
}

// half reads the word that says which half of the day is meant.
func (p *parser) half(c clock, i int) (clock, int) {
	t := p.at(i)
	switch t.text {
	case "am", "a":
		c.latin = true
		return c.morning(), i + p.meridiem(i)
	case "pm", "p":
		c.latin = true
		return c.evening(), i + p.meridiem(i)
	}
	row, n := p.phrase(i, "daypart")
	if n == 0 {
		return c, i
	}
	switch row.Value {
	case "TMO":
		return c.morning(), i + n
	case "TMI": // 11:50 is before noon, 1:30 after it
		if c.hour < 10 {
			c = c.evening()
		}
	case "TAF", "TEV":
		c = c.evening()
	case "TNI": // 11 at night is before midnight, 1 after it
		if c.hour >= 6 && c.hour < 12 {
			c = c.evening()
		} else if c.hour == 12 {
			c.hour = 0
		}
	}
	return c, i + n
}

// meridiem counts the tokens of AM, A.M. or A.M
func (p *parser) meridiem(i int) int {
	n := 1
	for p.at(i+n).glued && (p.at(i+n).sign(".") || p.at(i+n).text == "m") {
		n++
	}
	return n
}

func (c clock) morning() clock {
	if c.hour == 12 {
		c.hour = 0
	}
	return c
}

func (c clock) evening() clock {
	if c.hour < 12 {
		c.hour += 12
	}
	return c
}

// valid reports a time that a day has; 24:00 is none that can be written down.
func (c clock) valid() bool { return c.hour < 24 }

// zoneAt reads a zone at token i: Z, +0300, +03:00, GMT+3, EST, بتوقيت غرينتش.
func (p *parser) zoneAt(i int) (seconds int, ok bool, next int) {
	if p.at(i).sign("(،,") {
		i++
	}
	if minutes, ok := latinZone(p.at(i).text); ok {
		if off, told, next := p.offsetAt(i + 1); told && p.at(i+1).glued {
			return 60 * off, true, next
		}
		return 60 * minutes, true, i + 1
	}
	if off, told, next := p.offsetAt(i); told {
		return 60 * off, true, next
	}
	if row, n := p.phrase(i, "zone"); n > 0 {
		q := parser{tokens: scan(row.Value)}
		if off, told, _ := q.offsetAt(0); told {
			return 60 * off, true, i + n
		}
		return 0, row.Value == "Z", i + n
	}
	return 0, false, i
}

// offsetAt reads +0300, +03:00, +03, -3 at token i, in minutes.
func (p *parser) offsetAt(i int) (minutes int, ok bool, next int) {
	sign := p.at(i)
	if !sign.sign("+-−") || !p.at(i+1).glued || !p.at(i+1).number() {
		return 0, false, i
	}
	n := p.at(i + 1)
	next = i + 2
	switch len(n.text) {
	case 1, 2:
		minutes = 60 * n.value
		if m := p.at(next + 1); p.at(next).sign(":") && m.within(0, 59, 2) && m.glued {
			minutes, next = minutes+m.value, next+2
		}
	case 4:
		minutes = 60*(n.value/100) + n.value%100
	default:
		return 0, false, i
	}
	if minutes > 14*60 {
		return 0, false, i
	}
	if !sign.sign("+") {
		minutes = -minutes
	}
	return minutes, true, next
}

// phrase gives the longest row of the time words of a class at token i, and its tokens.
func (p *parser) phrase(i int, class string) (row lex.TimeWordRow, n int) {
	if p.lexicon == nil || !p.at(i).letter {
		return row, 0
	}
	w := p.lexicon.Word(p.at(i).text)
	for k := 1; w != nil; k++ {
		if r, ok := p.sense(w, class); ok {
			row, n = r, k
		}
		w = w.Next(p.at(i + k).text)
	}
	return row, n
}

// sense gives the row of a class that a word has among the time words.
func (p *parser) sense(w *lex.Word, class string) (lex.TimeWordRow, bool) {
	for _, s := range w.Senses {
		if s.Table == lex.TimeWord && p.lexicon.TimeWords[s.Row].Class == class {
			return p.lexicon.TimeWords[s.Row], true
		}
	}
	return lex.TimeWordRow{}, false
}
