package number

import (
	"strconv"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// maxDigits bounds a number in digits; longer ones are codes, not counts.
const maxDigits = 18

// Digits gives the worth of the number token i. A comma before groups of three is a
// thousands separator, otherwise decimal; a point is decimal, unless there are several
// or three digits follow it before a counted noun («2.500 جندي»).
func Digits(d *ling.Doc, i int) (float64, bool) {
	s := d.Tokens[i].Fold
	if len(s) > maxDigits+6 {
		return 0, false
	}
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case points == 0 && commas == 0:
	case points > 0 && commas > 0:
		s, _ = mixed(s, points, commas)
	case commas > 0:
		s = separated(s, ",", commas)
	case points > 1 || grouped(s, ".") && !strings.HasPrefix(s, "0") && countable(d, i+1):
		s = separated(s, ".", points)
	}
	if s == "" || len(s) > maxDigits {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// mixed reads a number with both signs: the last one is the decimal.
func mixed(s string, points, commas int) (string, bool) {
	group, point := ",", "."
	if strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.') {
		group, point = ".", ","
		points = commas
	}
	if points != 1 {
		return "", false
	}
	whole, decimals, _ := strings.Cut(s, point)
	if !grouped(whole, group) {
		return "", false
	}
	return strings.ReplaceAll(whole, group, "") + "." + decimals, true
}

// separated takes sep out of s where it stands before groups of three, or reads a
// single one as the decimal sign.
func separated(s, sep string, n int) string {
	switch {
	case grouped(s, sep) && !strings.HasPrefix(s, "0"):
		return strings.ReplaceAll(s, sep, "")
	case n == 1:
		return strings.Replace(s, sep, ".", 1)
	}
	return ""
}

// grouped reports whether sep cuts s into groups of three after a first of one to three.
func grouped(s, sep string) bool {
	for n := 0; ; n++ {
		part, rest, more := strings.Cut(s, sep)
		if len(part) > 3 || n > 0 && len(part) != 3 || part == "" {
			return false
		}
		if !more {
			return n > 0
		}
		s = rest
	}
}

// countable reports whether token i is a noun that is counted in whole ones.
func countable(d *ling.Doc, i int) bool {
	if i >= len(d.Tokens) {
		return false
	}
	s, ok := d.Tokens[i].Sense(lex.Unit)
	if !ok {
		return false
	}
	switch d.Lex.Units[s.Row].Class {
	case "measure", "time":
		return false
	}
	return true
}
