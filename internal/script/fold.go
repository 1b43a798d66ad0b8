// Package script knows the Arabic letters: which of them are one letter in two coats,
// which signs add nothing, and how to get from a folded text back to the source. It
// knows no words.
//
// Folding unites the seats of alef (أ إ آ ٱ → ا), hamza on waw and ya (ؤ ئ → ء), alef
// maqsura with ya (ى → ي), ta marbuta with ha (ة → ه), Persian and Urdu letters with their
// Arabic sisters (ک → ك, ی → ي), presentation forms with their letters, Arabic-Indic and
// Persian digits with 0–9, capital with small Latin letters; and drops vowel marks, tatweel and
// bidi controls. It is the normalization of Larkey et al. (2002) and Lucene's
// ArabicNormalizer, with hamza seats added.
package script

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// View is a folded text with the way back to its source.
type View struct {
	Source string
	Text   string
	back   []int32 // for each byte of Text, where its source rune starts
}

// Folder makes views, reusing its memory. A view is valid until the next call of View.
// The zero Folder is ready.
type Folder struct {
	buf  []byte
	back []int32
}

// View folds source. Its Text is a fresh string; only the way back is reused memory.
// Source must be shorter than 2 GiB.
func (f *Folder) View(source string) View {
	f.fold(source)
	return View{Source: source, Text: string(f.buf), back: f.back}
}

func (f *Folder) fold(source string) {
	f.buf, f.back = f.buf[:0], f.back[:0]
	for i := 0; i < len(source); {
		if i = f.plain(source, i); i < len(source) {
			r, n := utf8.DecodeRuneInString(source[i:])
			f.rune(r, n, i)
			i += n
		}
	}
}

// plain folds source from i as far as it is ASCII or of the Arabic block, which nearly all of a text is, and gives where
// it stopped. None of these letters grows when it is folded.
func (f *Folder) plain(source string, i int) int {
	f.buf, f.back = slices.Grow(f.buf, len(source)-i), slices.Grow(f.back, len(source)-i)
	n := len(f.buf)
	buf, back := f.buf[:n+len(source)-i], f.back[:n+len(source)-i]
	for i < len(source) {
		c := source[i]
		if c < utf8.RuneSelf {
			buf[n], back[n] = lower(c), int32(i)
			i++
			n++
			continue
		}
		if c&^3 != 0xD8 || i+1 == len(source) || source[i+1]&0xC0 != 0x80 {
			break
		}
		switch to := arabic[c&3<<6|source[i+1]&0x3F]; {
		case to >= utf8.RuneSelf:
			buf[n], back[n] = 0xC0|byte(to>>6), int32(i)
			buf[n+1], back[n+1] = 0x80|byte(to&0x3F), int32(i)
			n += 2
		case to >= 0:
			buf[n], back[n] = byte(to), int32(i)
			n++
		}
		i += 2
	}
	f.buf, f.back = buf[:n], back[:n]
	return i
}

// Fold gives the folded form of s alone.
func Fold(s string) string {
	var room [short]byte
	out := room[:0]
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf && len(out) < short-1 {
			out = append(out, lower(c))
			continue
		}
		if c&^3 != 0xD8 || i+1 == len(s) || s[i+1]&0xC0 != 0x80 || len(out) >= short-1 {
			var f Folder
			return f.View(s).Text
		}
		i++
		if to := arabic[c&3<<6|s[i]&0x3F]; to != drop {
			out = utf8.AppendRune(out, to)
		}
	}
	return string(out)
}

// short is the length in bytes that nearly all names and forms are shorter than.
const short = 64

func (f *Folder) put(c byte, at int) {
	f.buf = append(f.buf, c)
	f.back = append(f.back, int32(at))
}

func (f *Folder) letter(r rune, at int) {
	n := len(f.buf)
	f.buf = utf8.AppendRune(f.buf, r)
	for range len(f.buf) - n {
		f.back = append(f.back, int32(at))
	}
}

// rune folds one rune of n bytes that starts at source byte at.
func (f *Folder) rune(r rune, n, at int) {
	if r >= 0x600 && r < 0x700 {
		if to := arabic[r-0x600]; to != drop {
			f.letter(to, at)
		}
		return
	}
	switch {
	case r == utf8.RuneError && n == 1:
		f.letter(utf8.RuneError, at)
	case IsInvisible(r) || IsMark(r):
	case r >= 0xFB50 && r <= 0xFDFF && r != 0xFD3E && r != 0xFD3F || r >= 0xFE70 && r <= 0xFEFC:
		f.compatible(r, at)
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		f.put(lower(byte(r-0xFEE0)), at)
	case r == 0xA0 || r == 0x202F || r >= 0x2000 && r <= 0x200A || r == 0x3000:
		f.put(' ', at)
	case r == 0x2028 || r == 0x2029 || r == 0x85:
		f.put('\n', at)
	case r == 0x2010 || r == 0x2011:
		f.put('-', at)
	default:
		f.letter(unicode.ToLower(r), at)
	}
}

// compatible folds a presentation form or ligature by way of its letters.
func (f *Folder) compatible(r rune, at int) {
	var b [4]byte
	for _, l := range norm.NFKC.String(string(utf8.AppendRune(b[:0], r))) {
		if l >= 0x600 && l < 0x700 {
			if to := arabic[l-0x600]; to != drop {
				f.letter(to, at)
			}
		} else if l != ' ' {
			f.letter(l, at)
		}
	}
}

func lower(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case c == '\t' || c == '\v' || c == '\f':
		return ' '
	}
	return c
}

// Start gives the source byte at which folded byte i's rune starts.
func (v View) Start(i int) int {
	if i >= len(v.back) {
		return len(v.Source)
	}
	return int(v.back[i])
}

// End gives the source byte after the rune of the last byte of a folded stretch ending
// before i, with the marks that stand on it.
func (v View) End(i int) int {
	if i == 0 {
		return 0
	}
	at := int(v.back[i-1])
	if Basic(v.Source, at) {
		at += 2
	} else {
		_, n := utf8.DecodeRuneInString(v.Source[at:])
		at += n
	}
	for at < len(v.Source) {
		c := v.Source[at]
		if c < utf8.RuneSelf {
			return at
		}
		r, n := utf8.DecodeRuneInString(v.Source[at:])
		if !IsMark(r) || r == 0x640 {
			return at
		}
		at += n
	}
	return at
}

// drop marks a rune of the Arabic block that folding leaves out.
const drop = -1
