// Package entry makes of captured bytes what a library keeps of them: the article with
// its id, its record, the keys of its things, and its sketch. Who pours in, visits, works
// from a queue or through archives calls the same functions, so all give the same. It
// knows nothing of where bytes come from or what becomes of the entry.
package entry

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"mime"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/authority"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/story"
	"github.com/isnad-project/isnad/reader"
)

// errNothing says that bytes hold no article.
var errNothing = errors.New("there is no text to read in it")

// Maker makes entries: the same now and at every new reading by the same version. It is
// safe for concurrent use.
type Maker struct {
	lexicon *lex.Lexicon
	reader  *reader.Reader
	editor  *story.Editor
	names   authority.File
}

// New loads what reading needs. It fails only when the lexicon or a model is damaged.
func New() (*Maker, error) {
	l, err := lex.Default()
	if err != nil {
		return nil, err
	}
	r, err := reader.New()
	if err != nil {
		return nil, err
	}
	s, err := story.New()
	if err != nil {
		return nil, err
	}
	return &Maker{l, r, s, authority.New(l)}, nil
}

// Editor is what makes the sketches, and stories of them.
func (m *Maker) Editor() *story.Editor { return m.editor }

// Entry makes the entry of a capture of bytes. The id is the given one; where none is
// given, it is the article's own, or follows from its address or its bytes. Doubt tells
// what was mended.
func (m *Maker) Entry(id string, c isnad.Capture, b []byte) (e isnad.Entry, doubt string, err error) {
	a, doubt, err := m.article(c, b)
	if err != nil {
		return isnad.Entry{}, doubt, err
	}
	a.ID = cmp.Or(id, a.ID, identity(a.URL, c.Digest))
	e = isnad.Entry{Record: m.reader.Read(a), Capture: c}
	e.Identities = m.Identities(&e.Record)
	sketch := m.editor.Sketch(&e.Record)
	e.Sketch, err = sketch.MarshalBinary()
	return e, doubt, err
}

// Identities gives the keys of the things that a record names, one for each of its
// entities.
func (m *Maker) Identities(r *isnad.Record) []string { return m.names.Keys(r.Entities) }

// article makes the article of a capture's bytes.
func (m *Maker) article(c isnad.Capture, b []byte) (a isnad.Article, doubt string, err error) {
	item := pour.Item{Kind: pour.Kind(c.Form), Body: b, Charset: charsetOf(c.MediaType)}
	if c.Status != 0 { // of the web: a file's path is no address, and its time not a server's
		item.URL, item.Fetched = c.URL, c.Fetched
	}
	a, doubt, err = item.Article(m.lexicon)
	if err == nil && strings.TrimSpace(a.Text) == "" {
		err = errNothing
	}
	if item.Kind == pour.HTML {
		a.URL = own(a.URL, c.URL)
	}
	a.Title, a.Published = cmp.Or(a.Title, c.Title), cmp.Or(a.Published, c.Published)
	if item.Kind == pour.Lines || !sameSite(c.Feed, c.URL) {
		a.Outlet = cmp.Or(a.Outlet, c.Outlet)
	} else {
		a.Outlet = cmp.Or(c.Outlet, a.Outlet) // whoever follows an outlet gives it one name for all its pages
	}
	return a, doubt, err
}

// charsetOf gives the charset that a media type declares, or nothing.
func charsetOf(mediaType string) string {
	_, parameters, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return ""
	}
	return parameters["charset"]
}

// own gives the address that a page claims for itself when that is on the host it was
// fetched from, else the address it was fetched from: no page speaks for another site.
func own(claimed, fetched string) string {
	c, err := url.Parse(claimed)
	f, bad := url.Parse(fetched)
	switch {
	case bad != nil || f.Host == "": // a file: the claim is all there is
		return claimed
	case err != nil || bare(c.Host) != bare(f.Host):
		return fetched
	case strings.Trim(c.Path, "/") == "" && strings.Trim(f.Path, "/") != "":
		return fetched // some sites claim their front page for every page
	}
	return claimed
}

// sameSite reports whether a page is of the site of the feed that led to it: a feed of
// several outlets gives its name to none of them. Without a feed there is no doubt.
func sameSite(feed, page string) bool {
	if feed == "" {
		return true
	}
	f, bad := url.Parse(feed)
	p, err := url.Parse(page)
	return bad == nil && err == nil && domain(f.Hostname()) == domain(p.Hostname())
}

// domain gives the part of a host's name that one owner has.
func domain(host string) string {
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil && net.ParseIP(host) == nil {
		return d
	}
	return host
}

// bare gives a host without the prefixes of its faces.
func bare(host string) string {
	for _, p := range [...]string{"www.", "m.", "amp.", "mobile."} {
		host = strings.TrimPrefix(host, p)
	}
	return host
}

// identity gives the id of an article that names none: of its address where it has one,
// else of its bytes. 80 bits, in letters that can be read aloud.
func identity(address, digest string) string {
	if canonical, err := fetch.Canonical(address); err == nil {
		digest = canonical
	}
	sum := sha256.Sum256([]byte(digest))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}
