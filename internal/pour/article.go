package pour

import (
	"errors"
	"mime"
	"strings"

	"github.com/isnad-project/isnad"
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
		var doubts []string
		a, doubts, err = page.Read(it.Body, it.source(), l)
		doubt = strings.Join(doubts, "; ")
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

// source is where a page came from, as far as that is known.
func (it *Item) source() page.Source {
	from := page.Source{Address: it.URL, Fetched: it.Fetched}
	if it.Charset != "" {
		from.ContentType = mime.FormatMediaType("text/html", map[string]string{"charset": it.Charset})
	}
	return from
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
