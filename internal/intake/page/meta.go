package page

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/isnad-project/isnad/internal/stamp"
)

// meta is what a page says of itself.
type meta struct {
	title, outlet, author, source, published, modified, description, body string

	canonical, url, linked string // its address by the link element, OpenGraph, JSON-LD
}

// or fills the empty fields of m from n.
func (m meta) or(n meta) meta {
	pairs := [...]struct{ to, from *string }{
		{&m.title, &n.title}, {&m.outlet, &n.outlet}, {&m.author, &n.author}, {&m.source, &n.source}, {&m.published, &n.published},
		{&m.modified, &n.modified}, {&m.description, &n.description}, {&m.body, &n.body},
		{&m.canonical, &n.canonical}, {&m.url, &n.url}, {&m.linked, &n.linked},
	}
	for _, p := range pairs {
		if *p.to == "" {
			*p.to = *p.from
		}
	}
	m.published, m.modified = finer(m.published, n.published), finer(m.modified, n.modified)
	return m
}

// finer gives b where it tells the hour of the day that a is.
func finer(a, b string) string {
	if len(a) == len(time.DateOnly) && strings.HasPrefix(b, a) {
		return b
	}
	return a
}

// statements is what a page says of itself by the place where it says so.
type statements struct {
	tags, items, shown meta // meta elements, microdata, the page's own elements
	linked             graph
	element            string // the title element
	headings           []string
	clocks             []*html.Node
	body               bool // a paragraph behind a heading was passed: what follows may be told in the text
}

// describe gathers what a page says of itself: JSON-LD first, then meta elements, microdata,
// the first heading and the title element.
func (p *page) describe() {
	var s statements
	for n := range p.doc.Descendants() {
		switch {
		case n.Type == html.ElementNode:
			p.look(&s, n)
		case n.Type == html.TextNode && len(n.Data) > paragraph && len(s.headings) > 0 && n.Parent.DataAtom != atom.Script && n.Parent.DataAtom != atom.Style:
			s.body = true
		}
	}
	m := s.tags.or(s.items)
	s.shown.title = s.heading()
	ld := s.linked.choose(m.or(s.shown))
	if s.element != "" && !kin(ld.title, m.title) && !kin(ld.title, s.element) && !kin(ld.title, s.shown.title) {
		ld.title = "" // the name of a thing, not of the page
	}
	p.said = ld.or(m).or(s.shown).or(meta{title: s.element})
	p.said.title = whole(p.said.title, m.title, s.shown.title)
	if p.said.published == "" || p.said.modified == "" {
		p.said = p.said.or(clock(s.clocks))
	}
	if p.element = s.element; p.said.outlet == "" {
		p.said.outlet = site(p.said.title, s.element)
	}
	p.said.title = headline(p.said.title, p.said.outlet)
}

// paragraph is how many bytes of text in one piece are no heading, label or date.
const paragraph = 200

// look reads one element of the page.
func (p *page) look(s *statements, n *html.Node) {
	switch n.DataAtom {
	case atom.Script:
		if strings.HasPrefix(strings.ToLower(attribute(n, "type")), "application/ld+json") && n.FirstChild != nil {
			s.linked.add(n.FirstChild.Data, p.day)
		}
		return
	case atom.Meta:
		s.tags = s.tags.or(p.tag(n))
	case atom.Link:
		if strings.EqualFold(attribute(n, "rel"), "canonical") {
			s.shown = s.shown.or(meta{canonical: attribute(n, "href")})
		}
		return
	case atom.H1:
		if h := oneLine(n); h != "" && len(s.headings) < 20 {
			s.headings = append(s.headings, h)
		}
	case atom.Title:
		if s.element == "" && !inside(n, atom.Svg) {
			s.element = oneLine(n)
		}
	case atom.Time:
		if !s.body || timeRole(n) != stamp.Bare {
			s.clocks = append(s.clocks, n)
		}
	case atom.A:
		if !s.body && attribute(n, "rel") == "author" {
			s.shown = s.shown.or(meta{author: short(oneLine(n))})
		}
	}
	s.items = s.items.or(p.item(n))
	if !s.body && len(s.headings) > 0 && s.shown.author == "" && credits(attribute(n, "class")) {
		s.shown.author = short(oneLine(n))
	}
}

// credits reports the classes by which systems mark the name of an author.
func credits(class string) bool {
	for class := range strings.FieldsFuncSeq(strings.ToLower(class), func(r rune) bool { return r == ' ' || r == '_' }) {
		switch class {
		case "author", "byline", "author-name", "authorname", "writer", "writer-name", "article-author", "post-author", "entry-author", "news-author", "story-author", "by-line", "journalist":
			return true
		}
	}
	return false
}

func (p *page) day(s string) string { return stamp.Parse(s, p.lexicon) }

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// line is the length in bytes past which a heading or a byline is none.
const line = 1024

// oneLine gives the text of a heading, nothing where it is too long for one.
func oneLine(n *html.Node) string {
	s := clean(renderTo(n, true, line))
	if len(s) > line {
		return ""
	}
	return s
}

func inside(n *html.Node, a atom.Atom) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.DataAtom == a {
			return true
		}
	}
	return false
}

// tag reads one meta element.
func (p *page) tag(n *html.Node) (m meta) {
	name := attribute(n, "property")
	if name == "" {
		name = attribute(n, "name")
	}
	v := attribute(n, "content")
	if name == "" || v == "" {
		return m
	}
	switch strings.ToLower(name) {
	case "og:title":
		m.title = clean(v)
	case "og:site_name":
		m.outlet = clean(v)
	case "og:url":
		m.url = v
	case "og:description", "description", "dc.description", "dcterms.description":
		m.description = clean(v)
	case "author", "article:author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "cxenseparse:author":
		if !strings.Contains(v, "://") {
			m.author = clean(v)
		}
	case "news_source", "article:source", "original-source", "syndication-source":
		m.source = clean(v)
	case "article:published_time", "og:article:published_time", "article:published", "datepublished", "date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.issued",
		"dcterms.created", "dcterms.date", "pubdate", "publishdate", "parsely-pub-date", "publish_date", "publish-date", "published_time", "publication_date", "publication-date",
		"article_date_original", "article.published", "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate", "published-date", "bt:pubdate", "datecreated":
		m.published = p.day(v)
	case "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "lastmod", "last-modified", "last_modified", "dc.date.modified",
		"dcterms.modified", "article.updated", "modified_time", "updated_time", "date_modified", "bt:moddate":
		m.modified = p.day(v)
	}
	return m
}

// item reads the microdata of one element: what a page says of itself in its own words.
func (p *page) item(n *html.Node) (m meta) {
	value := func() string {
		for _, name := range [...]string{"content", "datetime"} {
			if v := attribute(n, name); v != "" {
				return clean(v)
			}
		}
		return oneLine(n)
	}
	switch attribute(n, "itemprop") {
	case "headline":
		m.title = value()
	case "datePublished", "dateCreated":
		m.published = p.day(value())
	case "dateModified":
		m.modified = p.day(value())
	case "author":
		m.author = short(value())
	}
	return m
}

// name is the length in words past which a byline is none.
const name = 8

func short(s string) string {
	if len(strings.Fields(s)) > name || strings.Contains(s, "://") {
		return ""
	}
	return s
}

// clock reads the time elements of a page: those that their class or attribute marks, else the
// first inside of an article element, else the only day that they all tell. Others may be
// another article's.
func clock(times []*html.Node) (m meta) {
	var inner meta
	days := map[string]bool{}
	first := ""
	for _, n := range times {
		v := machine(attribute(n, "datetime"))
		if v == "" {
			continue
		}
		if days[v[:10]] = true; first == "" {
			first = v
		}
		switch role := timeRole(n); {
		case role == stamp.Modified:
			m = m.or(meta{modified: v})
		case role == stamp.Published:
			m = m.or(meta{published: v})
		case inside(n, atom.Article) || inside(n, atom.Main):
			inner = inner.or(meta{published: v})
		}
	}
	m = m.or(inner)
	if m.published == "" && m.modified == "" && len(days) == 1 {
		m.published = first
	}
	return m
}

// timeRole says what the attributes of a time element tell it to be.
func timeRole(n *html.Node) stamp.Role {
	class := strings.ToLower(attribute(n, "class"))
	pubdate := slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "pubdate" })
	switch {
	case strings.Contains(class, "published") || strings.Contains(class, "entry-date") || pubdate:
		return stamp.Published
	case strings.Contains(class, "updated") || strings.Contains(class, "modified"):
		return stamp.Modified
	}
	return stamp.Bare
}

// machine reads the date of a datetime attribute.
func machine(s string) string { return stamp.Parse(s, nil) }

// clean undoes what publishers do to short strings: entities twice over, stray space.
func clean(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// dated gives the day that an address holds, as in /2020/8/24/ or /2020-08-24-title.
func dated(address string) string {
	parts := strings.Split(address, "/")
	for i, p := range parts {
		if i+2 < len(parts) && len(p) == 4 {
			if t, err := time.Parse("2006/1/2", strings.Join(parts[i:i+3], "/")); err == nil {
				return t.Format(time.DateOnly)
			}
		}
		if len(p) >= 10 {
			if t, err := time.Parse(time.DateOnly, p[:10]); err == nil {
				return t.Format(time.DateOnly)
			}
		}
	}
	return ""
}
