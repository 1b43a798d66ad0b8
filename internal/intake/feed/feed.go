// Package feed reads what outlets publish for machines: RSS, Atom, JSON Feed and sitemaps, and
// finds the feeds that a page links. It knows these forms, whole or broken, and the charsets
// they come in; it knows nothing of fetching them or of what the articles say.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"strings"

	"github.com/isnad-project/isnad/internal/charset"
	"github.com/isnad-project/isnad/internal/lex"
)

// Kind is the form of what was parsed.
type Kind string

// The kinds.
const (
	RSS     Kind = "rss"     // RSS 0.9x, 1.0 and 2.0
	Atom    Kind = "atom"    // Atom 0.3 and 1.0
	JSON    Kind = "json"    // JSON Feed 1.0 and 1.1
	Sitemap Kind = "sitemap" // with or without the news extension, XML or a list of addresses
	Index   Kind = "index"   // a sitemap of sitemaps: they are in More
	Page    Kind = "page"    // an HTML page: the feeds that it links are in More
)

// Feed is what one document gave, in its order.
type Feed struct {
	Kind   Kind
	Title  string // plain text
	Link   string // address of the site, absolute
	Items  []Item
	More   []string // addresses of sitemaps or feeds to read next, absolute
	Doubts []string // what was broken, mended or left out, one sentence each
}

// Item is one article as a feed tells of it. Empty is what the feed does not say.
type Item struct {
	URL       string // absolute, http or https; empty where the feed gives no such address
	ID        string // guid or id as given
	Title     string // plain text
	Summary   string // plain text
	Content   string // HTML, where the feed gives the article in full
	Author    string
	Outlet    string // the publication or source that the item itself names
	Published string // ISO 8601: RFC 3339 where hour and zone are told, else a day
	Updated   string // likewise
}

// What Parse cannot read.
var (
	ErrUnknown = errors.New("neither a feed, nor a sitemap, nor a page")
	ErrEmpty   = errors.New("nothing in it")
)

// The limits: what is beyond them is left out, with a doubt.
const (
	Limit    = 64 << 20 // bytes, after decompression; a sitemap has at most 50 MiB
	MaxItems = 100_000  // a sitemap has at most 50,000
)

// Parse reads body, gzipped or not. Its form is known by its bytes; contentType is only asked
// for a charset and may be empty. Relative addresses are resolved against base, the address
// that body came from. A broken document gives what can be read of it, and doubts. Parse fails
// on what is none of the kinds, or no text.
func Parse(body []byte, contentType, base string) (Feed, error) {
	l, err := lex.Default()
	if err != nil {
		return Feed{}, err
	}
	r := reading{lexicon: l}
	r.base, _ = url.Parse(base) // of a bad one nothing can be resolved
	if body, err = r.unpack(body); err != nil {
		return Feed{}, err
	}
	text, err := charset.DecodeAs(body, label(contentType, body))
	if err != nil {
		return Feed{}, fmt.Errorf("decode the feed: %w", err)
	}
	text = sound(text)
	if strings.TrimSpace(text) == "" {
		return Feed{}, ErrEmpty
	}
	if err := r.read(text); err != nil {
		return Feed{}, err
	}
	return r.feed, nil
}

// reading is one document under way.
type reading struct {
	feed    Feed
	lexicon *lex.Lexicon
	base    *url.URL
	full    bool // MaxItems are there
}

func (r *reading) doubt(format string, args ...any) {
	r.feed.Doubts = append(r.feed.Doubts, fmt.Sprintf(format, args...))
}

// add keeps an item that says anything at all.
func (r *reading) add(i Item) {
	switch {
	case i.URL == "" && i.ID == "" && i.Title == "" && i.Content == "":
	case len(r.feed.Items) < MaxItems:
		r.feed.Items = append(r.feed.Items, i)
	case !r.full:
		r.full = true
		r.doubt("it has more than %d items: the others were left out", MaxItems)
	}
}

// more keeps an address to read next.
func (r *reading) more(address string) {
	if address == "" {
		return
	}
	if len(r.feed.More) == MaxItems {
		if !r.full {
			r.full = true
			r.doubt("it links more than %d documents: the others were left out", MaxItems)
		}
		return
	}
	r.feed.More = append(r.feed.More, address)
}

// read chooses the reader by the document's first element or sign.
func (r *reading) read(text string) error {
	trimmed := strings.TrimSpace(text)
	if strings.HasPrefix(trimmed, "{") {
		return r.json(trimmed)
	}
	at, prefix, name := root(text)
	switch name {
	case "rss", "rdf":
		r.feed.Kind = RSS
		r.xml(text, at, prefix, "item", r.rss)
	case "channel": // RSS without its outermost element
		r.feed.Kind = RSS
		r.doubt("it has no rss element")
		r.xml(text, at, prefix, "item", r.rss)
	case "feed":
		r.feed.Kind = Atom
		r.xml(text, at, prefix, "entry", r.atom)
	case "urlset":
		r.feed.Kind = Sitemap
		r.xml(text, at, prefix, "url", r.location)
	case "sitemapindex":
		r.feed.Kind = Index
		r.xml(text, at, prefix, "sitemap", r.sitemap)
	case "html":
		r.feed.Kind = Page
		r.page(text)
	case "opml":
		return fmt.Errorf("%w: it is an OPML list of feeds, to be imported", ErrUnknown)
	default:
		if !r.list(trimmed) {
			return ErrUnknown
		}
	}
	return nil
}

// label gives the charset that the transport or the document declares.
func label(contentType string, body []byte) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	head := body[:min(len(body), 256)]
	_, after, found := bytes.Cut(head, []byte("encoding="))
	if !found || len(after) == 0 || !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		return ""
	}
	name, _, _ := bytes.Cut(after[1:], after[:1])
	return string(name)
}
