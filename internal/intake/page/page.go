// Package page makes an article of a web page: its main text, and what the page says of
// itself (title, date, outlet, author). It knows HTML; of Arabic, the months' names.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/charset"
	"github.com/isnad-project/isnad/internal/lex"
)

// ErrNoText says that no main text was found.
var ErrNoText = errors.New("no article text was found in the page")

// Parse makes an article of the bytes of a page. The main text is what readability finds
// by the shape of the page, or what the page marks as its article; doubt says when the
// two disagreed. Title, date, outlet, address and author are what the page states in JSON-LD,
// then in its meta elements, then in its text; l knows the months'
// names.
func Parse(b []byte, l *lex.Lexicon) (a isnad.Article, doubt string, err error) {
	s, err := decode(b)
	if err != nil {
		return a, "", err
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return a, "", fmt.Errorf("parse the page: %w", err)
	}
	m := describe(doc)
	if m.published == "" {
		m.published = shown(doc, m.title, l)
	}
	a = isnad.Article{
		URL: m.url, Outlet: m.outlet, Title: m.title, Byline: m.author, Published: m.published,
	}
	a.Text, doubt = mainText(doc, m)
	if a.Text == "" {
		return a, "", ErrNoText
	}
	return a, doubt, nil
}

// decode brings a page to UTF-8: by what it declares where it is not UTF-8 already.
func decode(b []byte) (string, error) {
	if !utf8.Valid(b) {
		head := b[:min(len(b), 1<<12)]
		if e, name, sure := htmlcharset.DetermineEncoding(head, ""); sure || name != "windows-1252" && name != "utf-8" {
			if out, _, err := transform.Bytes(e.NewDecoder(), b); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
				return string(out), nil
			}
		}
	}
	return charset.Decode(b)
}

// mainText asks readability for the main text of a page. Where that lacks the words of
// the page's own description, or is much longer than the part that the page marks as its
// article, it takes that part. It changes doc.
func mainText(doc *html.Node, m meta) (text, doubt string) {
	own := longer(marked(doc), m.body)
	if r, err := readability.FromDocument(doc, nil); err == nil && r.Node != nil {
		text = trim(render(r.Node))
	}
	switch {
	case own == "" || text == own:
		return text, ""
	case covers(own, m.description) && within(own, text):
		return own, ""
	case text == "":
		return own, "main text: what the page marks as its article, for none was found by its shape"
	case covers(own, m.description) && !covers(text, m.description):
		return own, "main text: what the page marks as its article, for what was found by its shape lacks the words of the page's description"
	}
	return text, ""
}

// within reports whether text begins and ends its share of a page round own: the same
// article with what hangs on it.
func within(own, text string) bool {
	ps := strings.Split(own, "\n\n")
	return 5*len(own) >= 2*len(text) && strings.Contains(text, ps[0]) && strings.Contains(text, ps[len(ps)-1])
}

func longer(a, b string) string {
	if len(a) >= len(b) {
		return a
	}
	return b
}

// covers reports whether most of the words of a page's description stand in text. A
// description of a few words proves nothing.
func covers(text, description string) bool {
	words := strings.FieldsFunc(description, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if len(words) < 6 {
		return text != ""
	}
	words = words[:min(len(words), 40)]
	n := 0
	for _, w := range words {
		if strings.Contains(text, w) {
			n++
		}
	}
	return 10*n >= 6*len(words)
}
