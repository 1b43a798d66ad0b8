package page

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// How far from the headline, in lines, a page shows its date, and how long such a line is
// in bytes.
const (
	above    = 4
	below    = 10
	dateLine = 160
)

// shown finds the day that a page shows to its readers by its headline: the first line
// near the title that holds a whole date. A date elsewhere may be another article's.
func shown(doc *html.Node, title string, l *lex.Lexicon) string {
	lines := strings.Split(render(doc), "\n\n")
	folded := script.Fold(title)
	at := -1
	for i, s := range lines {
		if title != "" && len(s) < 2*len(title) && strings.Contains(script.Fold(s), folded) {
			at = i
			break
		}
	}
	if at < 0 {
		return ""
	}
	for _, s := range append(lines[at:min(at+below, len(lines))], lines[max(0, at-above):at]...) {
		if len(s) <= dateLine {
			if d := written(s, l); d != "" {
				return d
			}
		}
	}
	return ""
}

// written gives the whole date that a line holds, in words (24 نيسان / أبريل 2020) or numbers
// (2020-04-24, 24/4/2020).
func written(s string, l *lex.Lexicon) string {
	parts := strings.FieldsFunc(script.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range parts {
		if i+2 >= len(parts) {
			break
		}
		a, b, c := number(parts[i]), number(parts[i+1]), number(parts[i+2])
		switch {
		case a > 1900 && b > 0 && c > 0:
			if d := calendar(a, b, c); d != "" {
				return d
			}
		case a > 0 && b > 0 && c > 1900:
			if d := calendar(c, b, a); d != "" {
				return d
			}
		case a > 0 && a <= 31:
			if d := worded(a, parts[i+1:], l); d != "" {
				return d
			}
		}
	}
	return ""
}

// worded reads a month's name, or its two names, and a year after a day of the month.
func worded(day int, parts []string, l *lex.Lexicon) string {
	month := 0
	for i := 0; i < len(parts) && i <= 4; {
		if y := number(parts[i]); y > 1900 {
			return calendar(y, month, day)
		}
		m, n := monthAt(parts[i:], l)
		if n == 0 || month != 0 && m != month {
			return ""
		}
		month, i = m, i+n
	}
	return ""
}

// monthAt gives the Gregorian month named at the beginning of parts and the words of its
// name.
func monthAt(parts []string, l *lex.Lexicon) (month, words int) {
	w := l.Word(parts[0])
	for n := 1; w != nil; n++ {
		if s, ok := w.Sense(lex.Month); ok && l.Months[s.Row].Calendar == "gregorian" {
			month, words = l.Months[s.Row].Number, n
		}
		if n == len(parts) {
			break
		}
		w = w.Next(parts[n])
	}
	return month, words
}

// number gives the value of a word of digits, else 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 4 {
		return 0
	}
	return n
}

// calendar gives an ISO date, or nothing if there is no such day.
func calendar(y, m, d int) string {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != d || y > 2100 {
		return ""
	}
	return t.Format(time.DateOnly)
}
