package ling

import (
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/script"
)

// class is what a folded rune is to the scanner.
type class uint8

const (
	space class = iota
	newline
	letter // Arabic, and all scripts but Latin
	latin
	digit
	mark // quotation mark
	sign
)

func classify(r rune) class {
	switch {
	case r >= 0x620 && r <= 0x64A:
		return letter
	case r == '\n' || r == '\r':
		return newline
	case r <= ' ':
		return space
	case '0' <= r && r <= '9':
		return digit
	case 'a' <= r && r <= 'z':
		return latin
	case r < utf8.RuneSelf:
		if r == '"' || r == '\'' {
			return mark
		}
		return sign
	case script.IsArabic(r):
		return letter
	case isMark(r):
		return mark
	case r >= 0xC0 && r < 0x250 && r != 0xD7 && r != 0xF7:
		return latin
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsSpace(r):
		return space
	}
	return sign
}

// scan cuts the view into tokens and paragraphs. Every line of the text is a paragraph.
func (d *Doc) scan(v script.View) {
	text := v.Text
	opened := 0
	for i := 0; i < len(text); {
		r, n := first(text[i:])
		c := classify(r)
		switch c {
		case space:
			i += n
			continue
		case newline:
			opened = d.endParagraph(opened)
			i += n
			continue
		}
		end := i + n
		kind := Word
		switch c {
		case digit:
			kind, end = Number, scanNumber(text, end)
		case mark:
			kind = Mark
		case sign:
			kind, end = Punct, scanSign(text, i, end)
		default:
			end = scanWord(text, end, c)
		}
		d.add(v, i, end, kind)
		i = end
	}
	d.endParagraph(opened)
}

// first gives the first letter of a valid s, at once where it has two bytes.
func first(s string) (rune, int) {
	if len(s) > 1 && s[0]&0xE0 == 0xC0 {
		return rune(s[0]&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	return utf8.DecodeRuneInString(s)
}

func (d *Doc) endParagraph(first int) int {
	if len(d.Tokens) > first {
		d.Paras = append(d.Paras, Paragraph{First: first, Last: len(d.Tokens)})
	}
	return len(d.Tokens)
}

// scanWord finds the end of a word of class c whose first letter ends at i.
func scanWord(text string, i int, c class) int {
	for i < len(text) {
		if c == letter && script.Basic(text, i) {
			i += 2
			continue
		}
		r, n := first(text[i:])
		next := classify(r)
		switch {
		case next == c:
		case c == latin && next == digit:
		case c == latin && (r == '\'' || r == '’' || r == '&') && i+n < len(text) && isLatin(text[i+n:]):
		default:
			return i
		}
		i += n
	}
	return i
}

func isLatin(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return classify(r) == latin
}

// scanNumber finds the end of digits with inner points and commas.
func scanNumber(text string, i int) int {
	for i < len(text) {
		c := text[i]
		inner := (c == '.' || c == ',') && i+1 < len(text) && isDigit(text[i+1])
		if !isDigit(c) && !inner {
			return i
		}
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// scanSign takes a run of the same dot, dash or underscore as one sign.
func scanSign(text string, start, i int) int {
	one := text[start:i]
	if one != "." && one != "-" && one != "_" && one != "*" {
		return i
	}
	for i < len(text) && text[i] == one[0] {
		i++
	}
	return i
}

func (d *Doc) add(v script.View, i, end int, kind Kind) {
	t := Token{Start: int32(v.Start(i)), End: int32(v.End(end)), Kind: kind, Fold: v.Text[i:end], fold: int32(i), Analysis: &nothing}
	t.Body = t.Start
	if kind == Word {
		t.Maqsura, t.Tanwin, t.Hamza = seats(v.Source[t.Start:t.End])
	}
	d.Tokens = append(d.Tokens, t)
}

// nothing is the analysis of signs and numbers.
var nothing Analysis

// fathatan is the mark of the accusative's tanwin, written on or before its alef.
const fathatan = '\u064b'

// seats tells what folding unites in the source form of a word: a final ى, the mark of
// tanwin at the end, and the hamza on its first alef after و ف ب ل ك.
func seats(word string) (maqsura, tanwin bool, h Hamza) {
	for i := 0; i < len(word); {
		r, n := first(word[i:])
		switch r {
		case 'و', 'ف', 'ب', 'ل', 'ك':
			if i += n; i <= 6 {
				continue
			}
		case 'أ', 'آ':
			h = Above
		case 'إ':
			h = Below
		}
		break
	}
	final, n := last(word)
	for n < len(word) && script.IsMark(final) {
		tanwin = tanwin || final == fathatan
		word = word[:len(word)-n]
		final, n = last(word)
	}
	if final == 'ا' {
		before, _ := last(word[:len(word)-n])
		tanwin = tanwin || before == fathatan
	}
	return final == 'ى', tanwin, h
}

// last gives the last letter of a valid s, at once where it has two bytes.
func last(s string) (rune, int) {
	if n := len(s); n > 1 && s[n-2]&0xE0 == 0xC0 {
		return rune(s[n-2]&0x1F)<<6 | rune(s[n-1]&0x3F), 2
	}
	return utf8.DecodeLastRuneInString(s)
}
