// Package page makes an article of a web page: its main text, and what the page says of
// itself (title, dates, outlet, byline, agency, address). It knows HTML; of Arabic, what package
// stamp reads.
package page

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/unicode/norm"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/charset"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/stamp"
)

// ErrNoText says that no main text was found.
var ErrNoText = errors.New("no article text was found in the page")

// Limit is the size in bytes past which a page is refused; the largest seen have two million.
const Limit = 16 << 20

// ErrLarge says that a page is larger than Limit.
var ErrLarge = fmt.Errorf("larger than %d MiB: no article is", Limit>>20)

// The extractors: what found the text of a page, kept in Article.Extractor.
const (
	ByShape  = "readability" // by the shape of the page
	ByMark   = "marked"      // the element that the page marks as its article
	ByLinked = "json-ld"     // the text that the page gives for machines
)

// Source says where a page came from; every field may be empty.
type Source struct {
	Address     string    // that it was fetched from: relative ones are resolved against it
	ContentType string    // as the server declared it
	Fetched     time.Time // a publication date of that very minute is the server's clock
}

// Read makes an article of the bytes of a page. The main text is what readability finds by the
// shape of the page, or what the page marks as its article; Article.Extractor says which.
// Title, dates, outlet, address and byline are what the page states in JSON-LD, then in its
// meta elements, then shows by its headline. The doubts say what was uncertain, missing or put
// back. Read fails on bytes that are no text and on pages without a main text.
func Read(b []byte, from Source, l *lex.Lexicon) (isnad.Article, []string, error) {
	if len(b) > Limit {
		return isnad.Article{}, nil, ErrLarge
	}
	s, err := decode(b, from.ContentType)
	if err != nil {
		return isnad.Article{}, nil, err
	}
	p := page{lexicon: l, from: from}
	if p.doc, err = html.Parse(strings.NewReader(s)); err != nil {
		p.doubt("the page has elements in elements beyond all measure: it was read without them")
		if p.doc, err = html.Parse(strings.NewReader(flat(s))); err != nil {
			return isnad.Article{}, nil, fmt.Errorf("parse the page: %w", err)
		}
	}
	p.describe()
	p.lines = strings.Split(render(p.doc, true), "\n\n")
	p.entitle()
	text := p.mainText()
	if text == "" {
		return isnad.Article{}, nil, ErrNoText
	}
	p.shown(text)
	return p.article(text), p.doubts, nil
}

// flat gives a page with its paragraphs, headings and head alone: one that nests its elements
// deeper than the parser goes, mostly for never closing them.
func flat(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.P, atom.Br, atom.H1, atom.Title, atom.Meta, atom.Link, atom.Head, atom.Body, atom.Script, atom.Style:
				b.Write(raw)
			case atom.Div, atom.Td, atom.Tr, atom.Li, atom.Article, atom.Section:
				b.WriteString("<p>")
			}
		default:
			b.Write(z.Raw())
		}
	}
}

// page is one page under way.
type page struct {
	lexicon *lex.Lexicon
	from    Source
	doc     *html.Node
	lines   []string    // what it shows, block by block
	said    meta        // what it states, the surest first
	element string      // its title element
	seen    shownHeader // what it shows by its headline

	extractor string
	doubts    []string
}

func (p *page) doubt(s string) { p.doubts = append(p.doubts, s) }

// decode brings a page to UTF-8.
func decode(b []byte, contentType string) (string, error) {
	_, name, _ := htmlcharset.DetermineEncoding(b[:min(len(b), 1<<12)], contentType)
	s, err := charset.DecodeAs(b, name)
	if err != nil {
		return "", fmt.Errorf("decode the page: %w", err)
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return s, nil
}

// article puts together what was found.
func (p *page) article(text string) isnad.Article {
	m := p.said
	a := isnad.Article{
		URL: p.address(), Outlet: norm.NFC.String(m.outlet), Title: norm.NFC.String(m.title), Text: norm.NFC.String(text), Extractor: p.extractor,
		Published: p.published(), Modified: cmp.Or(m.modified, p.seen.modified),
	}
	if !later(a.Modified, a.Published) {
		a.Modified = ""
	}
	if a.Published == "" && a.Modified != "" {
		p.doubt("the page tells the day of its last change, and not that of its publication")
	}
	c := stamp.Credits(m.author, p.lexicon)
	if len(c.People)+len(c.Agencies) == 0 {
		c = p.seen.credit
	}
	switch {
	case len(c.People) == 1 && partOf(c.People[0], a.Outlet): // the outlet itself
	case len(c.People) > 1 && len(c.Agencies) == 0 && !c.Labelled && m.author != "":
		a.Byline = norm.NFC.String(m.author) // as the page writes it
	default:
		a.Byline = norm.NFC.String(strings.Join(c.People, comma))
	}
	agencies := union(union(c.Agencies, p.seen.credit.Agencies), stamp.Credits(m.source, p.lexicon).Agencies)
	a.Agency = norm.NFC.String(strings.Join(agencies, comma))
	return a
}

// later reports whether a change was made after publication: some systems state the time of
// a change before it, or the very time of it.
func later(modified, published string) bool {
	m, err := time.Parse(time.RFC3339, modified)
	p, also := time.Parse(time.RFC3339, published)
	if err == nil && also == nil {
		return m.After(p)
	}
	n := min(len(modified), len(published), len(time.DateOnly))
	return modified != "" && (n == 0 || modified[:n] > published[:n])
}

// comma stands between the names of a byline.
const comma = "، "

// union adds to a list the words of another that it lacks.
func union(a, b []string) []string {
next:
	for _, s := range b {
		for _, have := range a {
			if sameName(have, s) {
				continue next
			}
		}
		a = append(a, s)
	}
	return a
}

// published chooses among the dates that a page gives: what it states, then the day in its
// address, then what it shows. A date of the minute of the fetch is what the server's clock
// said, where another source names an earlier day.
func (p *page) published() string {
	said, other := p.said.published, cmp.Or(dated(p.address()), p.seen.published)
	if said == "" || other == "" || !p.now(said) || said[:len(other[:10])] <= other[:10] {
		return cmp.Or(said, other)
	}
	p.doubt("the page states the time of its fetching as that of its publication: the day it shows was taken")
	return other
}

// now reports a date within a minute of the fetch, or after it.
func (p *page) now(date string) bool {
	t, err := time.Parse(time.RFC3339, date)
	return err == nil && !p.from.Fetched.IsZero() && t.After(p.from.Fetched.Add(-time.Minute))
}

// address gives the page's own address: the canonical one where that is an article's, else that
// it came from.
func (p *page) address() string {
	base, err := url.Parse(p.from.Address)
	if err != nil {
		base = &url.URL{}
	}
	for _, s := range [...]string{p.said.canonical, p.said.url, p.said.linked} {
		u, err := base.Parse(s)
		if err != nil || s == "" || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			continue
		}
		if front(u) && !front(base) && base.Host != "" { // every page of some sites names the front page
			continue
		}
		u.Fragment = ""
		return u.String()
	}
	return p.from.Address
}

func front(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }
