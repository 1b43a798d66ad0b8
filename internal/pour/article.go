package pour

import (
	"errors"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/charset"
	"github.com/isnad-project/isnad/internal/intake/jsonl"
	"github.com/isnad-project/isnad/internal/intake/page"
	"github.com/isnad-project/isnad/internal/intake/text"
	"github.com/isnad-project/isnad/internal/lex"
)

// ErrFeed says of an item that it leads to articles and is none.
var ErrFeed = errors.New("a feed, which leads to articles and is none: give it to `isnad source add`")

// Article makes an article of an item; doubt tells what was mended. Items may be made
// articles at once, in any order.
func (it *Item) Article(l *lex.Lexicon) (a isnad.Article, doubt string, err error) {
	switch {
	case it.Err != nil:
		return a, "", it.Err
	case it.Kind == Lines:
		line := jsonl.Parse(it.Position.Line, it.Body)
		return line.Article, line.Doubt, line.Err
	case it.Kind == Feed:
		return a, "", ErrFeed
	case it.Kind == HTML:
		a, doubt, err = page.Parse(it.decoded(), l)
	default:
		a, err = text.Parse(it.Body)
	}
	if err == nil && strings.TrimSpace(a.Text) == "" {
		err = errors.New("there is no text to read in it")
	}
	if a.URL == "" {
		a.URL = it.URL
	}
	return a, join(it.Doubt, doubt), err
}

// decoded is a page in UTF-8 where its site said in what it came; else as it came, for
// the page itself may say it.
func (it *Item) decoded() []byte {
	if it.Charset == "" {
		return it.Body
	}
	if s, err := charset.DecodeAs(it.Body, it.Charset); err == nil {
		return []byte(s)
	}
	return it.Body
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
