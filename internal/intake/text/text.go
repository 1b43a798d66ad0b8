// Package text makes an article of plain text: which line is the headline, what a
// paragraph is. It knows lines, not words.
package text

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/charset"
)

// Parse makes an article of the bytes of a text file. The first line is its title when
// it looks like a headline and a blank line follows it. It fails, with an error of
// package charset, on bytes that are no text.
func Parse(b []byte) (isnad.Article, error) {
	s, err := charset.Decode(b)
	if err != nil {
		return isnad.Article{}, err
	}
	s = unwrap(strings.Trim(lines.Replace(s), "\n\t "))
	title, rest, found := strings.Cut(s, "\n")
	title = strings.TrimSpace(title)
	next, _, _ := strings.Cut(rest, "\n")
	if found && strings.TrimSpace(next) == "" && headline(title) {
		return isnad.Article{Title: title, Text: strings.TrimLeft(rest, "\n\t ")}, nil
	}
	return isnad.Article{Text: s}, nil
}

// lines brings every kind of line end to \n.
var lines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n")

// longest is the length in code points past which a line is no headline.
const longest = 160

// headline reports whether a line has the shape of a headline: short, and without the
// full stop, comma or colon that a sentence or a lead-in ends with.
func headline(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”“»' "))
	return s != "" && utf8.RuneCountInString(s) <= longest && !strings.ContainsRune(".,،؛:…", last)
}

// The lines of a paragraph wrapped by hand or by a mail program: so many letters each.
const (
	narrow = 45
	wide   = 100
)

// unwrap joins the lines of wrapped paragraphs: where every line but a paragraph's last is
// of about one length and few end a sentence. Other text it gives as it is.
func unwrap(s string) string {
	paragraphs := strings.Split(s, "\n\n")
	inner, stops := 0, 0
	for _, p := range paragraphs {
		ls := strings.Split(strings.Trim(p, "\n"), "\n")
		for _, l := range ls[:len(ls)-1] {
			n := utf8.RuneCountInString(l)
			if n < narrow || n > wide {
				return s
			}
			inner++
			if strings.ContainsAny(l[len(l)-1:], ".!:") {
				stops++
			}
		}
	}
	if inner < 3 || 4*stops > inner {
		return s
	}
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(strings.Trim(p, "\n"), "\n", " ")
	}
	return strings.Join(paragraphs, "\n\n")
}
