package script

import "unicode/utf8"

// Composed reports whether s is valid UTF-8 in Unicode's composed form (NFC) beyond doubt: made of nothing but ASCII, the
// Arabic alphabet, its signs and digits, vowel marks one at a time, Latin-1 signs and the marks of U+2002 to U+202F,
// none of which joins with another, stands for another or wants another place. It is quick, and of other texts says no.
func Composed(s string) bool {
	marked := false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			marked = false
			i++
			continue
		}
		n, mark := composed(s, i)
		if n == 0 || mark && marked {
			return false
		}
		marked = mark
		i += n
	}
	return true
}

// composed gives the length of the rune at byte i, 0 where it is not one of those, and whether it is a vowel mark.
func composed(s string, i int) (n int, mark bool) {
	if i+1 == len(s) || s[i+1]&0xC0 != 0x80 {
		return 0, false
	}
	next := s[i+1]
	switch s[i] {
	case 0xD8: // letters, ، ؛ ؟
		if next >= 0xA0 || next == 0x8C || next == 0x9B || next == 0x9F {
			return 2, false
		}
	case 0xD9: // letters, marks, digits
		if next <= 0x92 || next >= 0xA0 && next <= 0xAD {
			return 2, next > 0x8A && next <= 0x92
		}
	case 0xC2:
		if next >= 0xA0 {
			return 2, false
		}
	case 0xE2:
		if next == 0x80 && i+2 < len(s) && s[i+2] >= 0x82 && s[i+2] <= 0xAF {
			return 3, false
		}
	}
	return 0, false
}

// Basic reports whether a letter of the Arabic alphabet (U+0620 to U+064A, tatweel among them), two bytes long, begins at byte
// i of a valid s: a quick IsArabic for what nearly all of a text is.
func Basic(s string, i int) bool {
	return i+1 < len(s) && (s[i] == 0xD8 && s[i+1] >= 0xA0 || s[i] == 0xD9 && s[i+1] <= 0x8A)
}
