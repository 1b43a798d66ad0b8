package isnad

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scan fills w from the published form as AppendJSON writes it, several times as fast as
// encoding/json, which does not know what comes. At anything else, a space, an unknown
// name, a number in another form, it gives up, and encoding/json decides. Strings share
// the memory of one copy of b.
func (w *wireRecord) scan(b []byte) bool {
	if !utf8.Valid(b) || control(b) {
		return false
	}
	s := &scanner{in: string(b)}
	s.object(func(name string) bool {
		switch name {
		case "format":
			s.text(&w.Format)
		case "reader":
			s.text(&w.Reader)
		case "article":
			s.article(&w.Article)
		case "entities":
			list(s, &w.Entities, s.entity)
		case "names":
			list(s, &w.Names, s.name)
		case "times":
			list(s, &w.Times, s.time)
		case "quantities":
			list(s, &w.Quantities, s.quantity)
		case "statements":
			list(s, &w.Statements, s.statement)
		case "events":
			list(s, &w.Events, s.event)
		case "commitments":
			list(s, &w.Commitments, s.commitment)
		case "notes":
			list(s, &w.Notes, s.text)
		default:
			return false
		}
		return true
	})
	return !s.lost && s.at == len(s.in)
}

// control reports whether there is a control sign among some bytes: eight are looked at at
// once, each is less than a space when taking a space from it borrows.
func control(b []byte) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for len(b) >= 8 {
		if x := binary.LittleEndian.Uint64(b); (x-' '*ones)&^x&tops != 0 {
			return true
		}
		b = b[8:]
	}
	return bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' })
}

// scanner reads JSON from front to back. Lost, it reads nothing more.
type scanner struct {
	in   string
	at   int
	lost bool
	ints []int // of which pointers are given
}

// next takes a sign if it comes next.
func (s *scanner) next(sign byte) bool {
	if s.at < len(s.in) && s.in[s.at] == sign {
		s.at++
		return true
	}
	return false
}

// want takes a sign that must come next.
func (s *scanner) want(sign byte) {
	if !s.next(sign) {
		s.lost = true
	}
}

// word takes a word if it comes next.
func (s *scanner) word(w string) bool {
	if strings.HasPrefix(s.in[s.at:], w) {
		s.at += len(w)
		return true
	}
	return false
}

// object calls field at the value of each name; false says that it does not know it. A
// name that comes twice is for encoding/json.
func (s *scanner) object(field func(name string) bool) {
	var names [16]string
	n := 0
	for s.want('{'); !s.lost && !s.next('}'); n++ {
		if n > 0 {
			s.want(',')
		}
		if n == len(names) {
			s.lost = true
			return
		}
		s.text(&names[n])
		for _, before := range names[:n] {
			s.lost = s.lost || before == names[n]
		}
		s.want(':')
		if s.lost || !field(names[n]) {
			s.lost = true
		}
	}
}

// list reads a list of values.
func list[T any](s *scanner, to *[]T, one func(*T)) {
	*to = []T{}
	s.want('[')
	for n := 0; !s.lost && !s.next(']'); n++ {
		if n > 0 {
			s.want(',')
		}
		var x T
		*to = append(*to, x)
		one(&(*to)[n])
	}
}

// text reads a string.
func (s *scanner) text(to *string) {
	s.want('"')
	rest := s.in[s.at:]
	end := strings.IndexByte(rest, '"')
	if s.lost || end < 0 {
		s.lost = true
		return
	}
	if at := strings.IndexByte(rest[:end], '\\'); at >= 0 {
		s.escaped(to, at)
		return
	}
	*to = rest[:end]
	s.at += end + 1
}

// escaped reads a string with escapes, the first of them so many bytes on.
func (s *scanner) escaped(to *string, first int) {
	var b strings.Builder
	b.Grow(2*first + 64)
	from := s.at
	for s.at += first; !s.lost && s.at < len(s.in); {
		switch s.in[s.at] {
		case '"':
			b.WriteString(s.in[from:s.at])
			*to = b.String()
			s.at++
			return
		case '\\':
			b.WriteString(s.in[from:s.at])
			b.WriteRune(s.escape())
			from = s.at
		default:
			s.at++
		}
	}
	s.lost = true
}

// escape reads one escape. Halves of letters beyond the first plane are for encoding/json.
func (s *scanner) escape() rune {
	if s.at+2 > len(s.in) {
		s.lost = true
		return 0
	}
	c := s.in[s.at+1]
	s.at += 2
	switch c {
	case '"', '\\', '/':
		return rune(c)
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'u':
		if s.at+4 <= len(s.in) {
			r, err := strconv.ParseUint(s.in[s.at:s.at+4], 16, 16)
			s.at += 4
			s.lost = s.lost || err != nil || r >= 0xD800 && r < 0xE000
			return rune(r)
		}
	}
	s.lost = true
	return 0
}

// whole reads a whole number without an exponent.
func (s *scanner) whole(to *int) {
	from := s.at
	s.next('-')
	first := s.at
	for s.at < len(s.in) && s.in[s.at]-'0' <= 9 {
		*to = *to*10 + int(s.in[s.at]-'0')
		s.at++
	}
	digits := s.at - first
	if digits == 0 || digits > 9 || digits > 1 && s.in[first] == '0' || s.at < len(s.in) && strings.IndexByte(".eE", s.in[s.at]) >= 0 {
		s.lost = true
	}
	if first > from {
		*to = -*to
	}
}

// number reads a number.
func (s *scanner) number(to *float64) {
	from := s.at
	s.next('-')
	first := s.at
	digits := func() {
		begin := s.at
		for s.at < len(s.in) && s.in[s.at]-'0' <= 9 {
			s.at++
		}
		s.lost = s.lost || s.at == begin
	}
	digits()
	s.lost = s.lost || s.at-first > 1 && s.in[first] == '0'
	if s.next('.') {
		digits()
	}
	if s.next('e') || s.next('E') {
		if !s.next('-') {
			s.next('+')
		}
		digits()
	}
	if s.lost {
		return
	}
	f, err := strconv.ParseFloat(s.in[from:s.at], 64)
	*to, s.lost = f, err != nil
}

// index reads an index, or null.
func (s *scanner) index(to **int) {
	if s.word("null") {
		return
	}
	if len(s.ints) == cap(s.ints) {
		s.ints = make([]int, 0, 64)
	}
	s.ints = append(s.ints, 0)
	*to = &s.ints[len(s.ints)-1]
	s.whole(*to)
}

// maybe reads a value, or null.
func maybe[T any](s *scanner, to **T, one func(*T)) {
	if !s.word("null") {
		*to = new(T)
		one(*to)
	}
}
