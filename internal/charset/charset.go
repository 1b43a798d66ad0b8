// Package charset brings bytes of unknown encoding to UTF-8: by byte order mark, by being
// valid UTF-8, or by the shape of Arabic in UTF-16, windows-1256 and ISO 8859-6. It knows
// bytes and letters, not what a text says.
package charset

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/isnad-project/isnad/internal/script"
)

// What Decode cannot make text of.
var (
	ErrBinary  = errors.New("not text: it holds bytes that no text holds")
	ErrUnknown = errors.New("the encoding is neither UTF-8, UTF-16, windows-1256 nor ISO 8859-6: convert it to UTF-8")
)

// Decode gives b in UTF-8 without a byte order mark. Text that is UTF-8 but for a few
// broken bytes is given as it stands, invalid bytes included: whoever reads it sees and
// reports them.
func Decode(b []byte) (string, error) {
	if e, n := marked(b); n > 0 {
		return decode(b[n:], e)
	}
	if e := sixteen(b); e != nil {
		return decode(b, e)
	}
	if binary(b) {
		return "", ErrBinary
	}
	if mostly8(b) {
		return string(b), nil
	}
	return detect(b)
}

// DecodeAs is Decode for bytes that are declared to be in an encoding, by a header or in
// themselves (a label as the web has it; empty: none). What the bytes show stands before
// the label, which is often wrong; it decides where they show nothing, as in French.
func DecodeAs(b []byte, label string) (string, error) {
	s, err := Decode(b)
	if !errors.Is(err, ErrUnknown) {
		return s, err
	}
	e, unknown := htmlindex.Get(label)
	if unknown != nil {
		return "", err
	}
	if named, wrong := decode(b, e); wrong == nil && !strings.ContainsRune(named, utf8.RuneError) {
		return named, nil
	}
	return "", err
}

// NewReader is Decode for a stream, by byte order mark alone.
func NewReader(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	head, _ := in.Peek(3)
	e, n := marked(head)
	if n == 0 {
		return in
	}
	in.Discard(n) // cannot fail: the bytes were peeked
	if e == nil {
		return in
	}
	return transform.NewReader(in, e.NewDecoder())
}

// marked gives the encoding that a byte order mark names (nil for UTF-8) and the bytes
// of the mark.
func marked(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return nil, 3
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// sample is how many bytes are looked at where a part speaks for the whole.
const sample = 1 << 14

// sixteen knows UTF-16 without a mark: in Arabic news nearly every unit is of the
// Arabic block (high byte 06) or a space or sign (high byte 00); a page begins with <.
func sixteen(b []byte) encoding.Encoding {
	b = b[:min(len(b), sample)&^1]
	var block, high [2]int // by place of the byte in its unit
	for i, c := range b {
		if c == 0x06 {
			block[i&1]++
		}
		if c == 0x06 || c == 0 {
			high[i&1]++
		}
	}
	units := len(b) / 2
	for place, order := range [2]unicode.Endianness{unicode.BigEndian, unicode.LittleEndian} {
		markup := units > 0 && b[1-place] == '<' && b[place] == 0
		if units >= 8 && high[place] > units*9/10 && (block[place] > units/3 || markup && high[1-place] < units/10) {
			return unicode.UTF16(order, unicode.IgnoreBOM)
		}
	}
	return nil
}

// binary reports control bytes that no text holds.
func binary(b []byte) bool {
	b = b[:min(len(b), sample)]
	n := 0
	for _, c := range b {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			n++
		}
	}
	return n > len(b)/50
}

// mostly8 reports whether nine tenths of what is not ASCII in b are sound UTF-8.
func mostly8(b []byte) bool {
	if utf8.Valid(b) {
		return true
	}
	sound, broken := 0, 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			sound++
		}
		b = b[size:]
	}
	return broken*9 <= sound
}

func decode(b []byte, e encoding.Encoding) (string, error) {
	if e == nil {
		return string(b), nil
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return "", ErrUnknown
	}
	if binary(out) {
		return "", ErrBinary
	}
	return string(out), nil
}

// detect tries the one-byte encodings of Arabic, and keeps one only if it makes the
// bytes Arabic words.
func detect(b []byte) (string, error) {
	s, err := decode(b, single(b))
	if err != nil || !arabic(s) {
		return "", ErrUnknown
	}
	return s, nil
}

// single tells the two one-byte encodings of Arabic apart by the bytes that are letters of
// every Arabic text in the one and French vowels, rare marks or nothing in the other.
func single(b []byte) encoding.Encoding {
	windows, iso := 0, 0
	for _, c := range b {
		switch c {
		case 0xDD, 0xDE, 0xDF, 0xEC, 0xED: // ف ق ك ى ي
			windows++
		case 0xE7, 0xE8, 0xEA: // ه و ي
			iso++
		}
	}
	if iso > windows {
		return charmap.ISO8859_6
	}
	return charmap.Windows1256
}

// arabic reports whether most letters of s that are not ASCII are Arabic, and most of these
// follow one another as in words: the vowels of French stand alone.
func arabic(s string) bool {
	ours, joined, all := 0, 0, 0
	last := false
	for _, r := range s {
		here := script.IsArabic(r)
		if here {
			if ours++; last {
				joined++
			}
		}
		if last = here; r >= utf8.RuneSelf {
			if all++; all == sample {
				break
			}
		}
	}
	return ours > 0 && ours*10 >= all*7 && joined*2 >= ours
}
