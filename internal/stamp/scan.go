package stamp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/script"
)

// token is a word, a number or a sign of a folded line.
type token struct {
	text   string
	value  int  // of a number of up to 14 digits, else -1
	glued  bool // no space before it
	letter bool // a word
}

func (t token) number() bool { return t.value >= 0 }

// within reports a number of at most so many digits from lo to hi.
func (t token) within(lo, hi, digits int) bool {
	return t.value >= lo && t.value <= hi && len(t.text) <= digits
}

// sign reports a token that is one of the signs.
func (t token) sign(signs string) bool {
	return !t.letter && t.value < 0 && strings.Contains(signs, t.text)
}

// scan cuts a line into tokens; a word ends where digits begin.
func scan(s string) []token {
	s = script.Fold(s)
	out := make([]token, 0, 16)
	for glued := false; s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		if unicode.IsSpace(r) {
			s, glued = s[n:], false
			continue
		}
		t := token{glued: glued, value: -1, letter: unicode.IsLetter(r)}
		n = stretch(s, r, n)
		t.text, s = s[:n], s[n:]
		if t.text[0] >= '0' && t.text[0] <= '9' {
			t.value = value(t.text)
		}
		out, glued = append(out, t), true
	}
	return out
}

// stretch gives the bytes of the token that begins with rune r of n bytes.
func stretch(s string, r rune, n int) int {
	var in func(rune) bool
	switch {
	case r >= '0' && r <= '9':
		in = func(r rune) bool { return r >= '0' && r <= '9' }
	case unicode.IsLetter(r):
		in = func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	default:
		return n
	}
	if end := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); end >= 0 {
		return end
	}
	return len(s)
}

// value gives the value of digits, -1 where they are too many for a date.
func value(digits string) int {
	if len(digits) > 14 {
		return -1
	}
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}
