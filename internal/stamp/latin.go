package stamp

import "time"

// latinMonth gives the month of an English name or abbreviation, folded.
func latinMonth(s string) int {
	if len(s) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); prefixFold(name, s) {
			return int(m)
		}
	}
	if s == "sept" {
		return 9
	}
	return 0
}

// latinDay gives the ISO weekday of an English name or abbreviation, folded.
func latinDay(s string) int {
	if len(s) < 3 {
		return 0
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if prefixFold(d.String(), s) {
			return (int(d)+6)%7 + 1
		}
	}
	return 0
}

// prefixFold reports whether a name is s or, of three letters, begins with it.
func prefixFold(name, s string) bool {
	if len(s) != 3 && len(s) != len(name) {
		return false
	}
	for i := range len(s) {
		if name[i]|0x20 != s[i] {
			return false
		}
	}
	return true
}

// latinZone gives the offset in minutes of the zone names that RFC 822 dates have. AST
// (Arabia or the Atlantic) and IST (India, Israel or Ireland) say nothing.
func latinZone(s string) (minutes int, ok bool) {
	switch s {
	case "z", "gmt", "utc", "ut", "wet":
		return 0, true
	case "bst", "cet", "west":
		return 60, true
	case "eet", "cest":
		return 120, true
	case "eest", "msk", "trt":
		return 180, true
	case "gst":
		return 240, true
	case "edt":
		return -240, true
	case "est", "cdt":
		return -300, true
	case "cst", "mdt":
		return -360, true
	case "mst", "pdt":
		return -420, true
	case "pst":
		return -480, true
	}
	return 0, false
}
