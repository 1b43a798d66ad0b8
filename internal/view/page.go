package view

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/script"
)

// ink is a way to set words.
type ink string

// The inks, as SGR parameters.
const (
	normal ink = ""
	strong ink = "1"
	pale   ink = "2"
	head   ink = "1;36"
	sure   ink = "32"
	warn   ink = "33"
)

// run is a stretch of words in one ink.
type stretch struct {
	ink  ink
	text string
}

// page is a view under way. Lines carry no columns: what belongs together stands on one
// line in reading order, so that it reads the same from either side.
type page struct {
	Style
	out []byte
}

// line sets stretches on a line of its own, wrapped, with indent before it and two
// columns more before what is wrapped.
func (p *page) line(indent int, stretches ...stretch) {
	p.begin(indent, stretches)
	room, fresh, behind := p.Width-indent, true, false // behind: the stretch before ends in a space
	for _, s := range stretches {
		p.open(s.ink)
		for i, w := range strings.Fields(s.text) {
			n := columns(w)
			space := 0
			if !fresh && (i > 0 || behind || spaced(s.text)) {
				space = 1
			}
			if p.Width > 0 && !fresh && space+n > room && space > 0 {
				p.close(s.ink)
				p.end()
				p.indent(indent + 2)
				p.open(s.ink)
				room, space = p.Width-indent-2, 0
			}
			if space > 0 {
				p.out = append(p.out, ' ')
			}
			p.out = append(p.out, w...)
			room -= space + n
			fresh = false
		}
		behind = s.text != strings.TrimRight(s.text, " \n")
		p.close(s.ink)
	}
	p.end()
}

// rightToLeft is the invisible mark that gives the signs beside it the direction of Arabic.
const rightToLeft = "\u200f"

// end ends a line. The mark keeps a closing sign with its words where the terminal
// sets lines from left to right.
func (p *page) end() {
	if p.Marks {
		p.out = append(p.out, rightToLeft...)
	}
	p.out = append(p.out, '\n')
}

// begin indents a line and marks its direction where its letters would mislead.
func (p *page) begin(indent int, stretches []stretch) {
	p.indent(indent)
	if !p.Marks {
		return
	}
	for _, s := range stretches {
		for _, r := range s.text {
			if script.IsArabic(r) {
				return
			}
			if unicode.IsLetter(r) {
				p.out = append(p.out, rightToLeft...)
				return
			}
		}
	}
}

func (p *page) indent(n int) {
	for range n {
		p.out = append(p.out, ' ')
	}
}

func (p *page) blank() { p.out = append(p.out, '\n') }

func (p *page) open(k ink) {
	if p.Color && k != normal {
		p.out = append(p.out, "\x1b["+string(k)+"m"...)
	}
}

func (p *page) close(k ink) {
	if p.Color && k != normal {
		p.out = append(p.out, "\x1b[0m"...)
	}
}

// spaced reports whether a stretch begins with a space of its own.
func spaced(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// columns gives the columns of a terminal that a word takes.
func columns(w string) int {
	n := 0
	for _, r := range w {
		if !script.IsInvisible(r) && (!script.IsMark(r) || r == 0x640) {
			n++
		}
	}
	return n
}
