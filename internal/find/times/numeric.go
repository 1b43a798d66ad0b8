package times

import (
	"strconv"
	"strings"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// alef ends the accusative: «فجرا».
const alef = script.Alef

// numeric reads a date in digits: «13/10/2020», «2020-10-13», «13.10.2020», and after
// «يوم» or «في» «22/4». The day goes before the month unless only the other way round
// there is such a day. A date that no calendar has is no date.
func (f *finder) numeric(i int) (moment, bool) {
	if i >= len(f.d.Tokens) || f.d.Tokens[i].Kind != ling.Number {
		return moment{}, false
	}
	parts, last, ok := f.dateParts(i)
	if !ok {
		return moment{}, false
	}
	switch len(parts) {
	case 3:
		m, ok := threeParts(parts, i, last)
		if !ok {
			f.skip = last
		}
		return m, ok
	case 2:
		return f.twoParts(parts, i, last)
	}
	return moment{}, false
}

// dateParts reads two or three runs of digits that stand together.
func (f *finder) dateParts(i int) (parts []string, last int, ok bool) {
	first := f.d.Tokens[i].Fold
	if strings.Count(first, ".") == 2 {
		return strings.Split(first, "."), i + 1, true
	}
	if len(first) > 4 || i+2 >= len(f.d.Tokens) {
		return nil, 0, false
	}
	sign := f.d.Tokens[i+1].Fold
	if sign != "/" && sign != "-" && sign != "\\" {
		return nil, 0, false
	}
	parts, last = []string{first}, i+1
	for len(parts) < 4 && f.fold(last, sign) && f.touch(last-1) && f.touch(last) && f.d.Tokens[last+1].Kind == ling.Number {
		parts, last = append(parts, f.d.Tokens[last+1].Fold), last+2
	}
	return parts, last, len(parts) == 2 && sign == "/" || len(parts) == 3
}

// threeParts reads day, month and year, in either order.
func threeParts(parts []string, i, last int) (moment, bool) {
	var n [3]int
	for k, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 || len(p) == 3 {
			return moment{}, false
		}
		n[k] = v
	}
	y, m, d := n[2], n[1], n[0]
	switch {
	case len(parts[0]) == 4 && len(parts[2]) <= 2:
		y, d = n[0], n[2]
	case len(parts[2]) == 4 && len(parts[0]) <= 2 && len(parts[1]) <= 2:
	case len(parts[2]) == 2 && len(parts[0]) <= 2 && len(parts[1]) <= 2 && n[2] < 70 && n[0] <= 31:
		y += 2000
	default:
		return moment{}, false
	}
	if y >= firstHijri && y <= lastHijri {
		t, ok := numericHijri(y, m, d)
		return t.at(i, last, "numeric/hijri", 0.9), ok
	}
	if y < 1500 {
		return moment{}, false
	}
	if !valid(y, m, d) {
		m, d = d, m
	}
	if !valid(y, m, d) {
		return moment{}, false
	}
	return ofDay(date(y, m, d)).at(i, last, "numeric/date", 0.96), true
}

// twoParts reads «10/2020» as a month, and after «يوم» «22/4» as a day.
func (f *finder) twoParts(parts []string, i, last int) (moment, bool) {
	a, err := strconv.Atoi(parts[0])
	b, err2 := strconv.Atoi(parts[1])
	if err != nil || err2 != nil {
		return moment{}, false
	}
	switch {
	case len(parts[0]) == 4 && len(parts[1]) <= 2 && a > 1800 && a < 2200:
		a, b = b, a
		fallthrough
	case len(parts[1]) == 4 && len(parts[0]) <= 2 && b > 1800 && b < 2200:
		if a < 1 || a > 12 {
			return moment{}, false
		}
		return ofMonth(b, a).at(i, last, "numeric/month", 0.88), true
	}
	if !f.numericDay(i) && !(padded(parts) && f.sentenceYear(last) && !f.fold(last, ",")) || len(parts[0]) > 2 || len(parts[1]) > 2 || f.counting(last) {
		return moment{}, false
	}
	if !valid(2000, b, a) {
		a, b = b, a
	}
	return f.placeDay(i, a, a, named{number: b, last: last}, toldYear{})
}

// padded reports whether the month of «22/04» is written with its nought, as dates are.
func padded(parts []string) bool {
	return len(parts[0]) == 2 && len(parts[1]) == 2 && (parts[0][0] == '0') != (parts[1][0] == '0')
}

// numericDay reports whether «يوم», a weekday or «في» stands before digits.
func (f *finder) numericDay(i int) bool {
	if i == 0 || !f.same(i-1, i) {
		return false
	}
	u, ok := f.unitAt(i - 1)
	return ok && u.code == "D" && u.form == 0 || f.is(i-1, "in") || f.is(i-1, "since")
}
