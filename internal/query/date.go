package query

import (
	"strconv"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/script"
)

const comma = '\u060C'

// Date reads a year, month or day as a person writes it and gives it in ISO form: 2018,
// 2018-04 or 2018-04-07. A date in figures has its year or its day first, never its month.
func (l *Language) Date(s string) (string, bool) {
	parts := strings.FieldsFunc(script.Fold(s), func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == '.' || r == ',' || r == comma })
	if len(parts) == 0 || len(parts) > 2*dateWords {
		return "", false
	}
	if figures(parts) {
		return inFigures(parts)
	}
	return l.withMonth(parts)
}

func figures(parts []string) bool {
	for _, p := range parts {
		if len(p) > 4 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

func inFigures(parts []string) (string, bool) {
	if len(parts) > 1 && len(parts[0]) < 3 {
		if len(parts) == 2 { // 4/2018
			parts = []string{parts[1], parts[0]}
		} else {
			parts = []string{parts[2], parts[1], parts[0]}
		}
	}
	if len(parts) > 3 {
		return "", false
	}
	var n [3]int
	for i, p := range parts {
		n[i], _ = strconv.Atoi(p)
	}
	return iso(parts[0], n[1], n[2], len(parts))
}

// iso writes a date of so many parts, if there is one.
func iso(year string, month, day, parts int) (string, bool) {
	if len(year) != 4 || year == "0000" {
		return "", false
	}
	s := year
	if parts > 1 {
		s += "-" + twoFigures(month)
	}
	if parts > 2 {
		s += "-" + twoFigures(day)
	}
	_, err := time.Parse(time.DateOnly, (s + "-01-01")[:len(time.DateOnly)])
	return s, err == nil
}

func twoFigures(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// withMonth reads a date whose month has its name: «7 نيسان 2018», «أبريل 2018». Two names of
// one month may stand together («نيسان أبريل»).
func (l *Language) withMonth(parts []string) (string, bool) {
	day, n := 0, 2
	if figures(parts[:1]) {
		day, _ = strconv.Atoi(parts[0])
		parts, n = parts[1:], 3
	}
	last := len(parts) - 1
	if last < 1 || !figures(parts[last:]) {
		return "", false
	}
	month := l.month(parts[:last])
	if month == 0 {
		return "", false
	}
	return iso(parts[last], month, day, n)
}

func (l *Language) month(words []string) int {
	if m, ok := l.words.months[strings.Join(words, " ")]; ok {
		return m
	}
	if len(words) == 1 {
		for m := time.January; m <= time.December; m++ {
			if name := strings.ToLower(m.String()); words[0] == name || words[0] == name[:3] {
				return int(m)
			}
		}
		return 0
	}
	for i := 1; i < len(words); i++ {
		if m := l.month(words[:i]); m != 0 && m == l.month(words[i:]) {
			return m
		}
	}
	return 0
}
