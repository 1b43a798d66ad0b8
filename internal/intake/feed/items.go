package feed

import (
	"cmp"
	"strings"

	"github.com/isnad-project/isnad/internal/stamp"
)

// head reads the feed's own title and link.
func (r *reading) head(w *walker, top *node) {
	feed := top.child("rss", "rdf:rdf", "rdf", "feed", "channel")
	if feed.name != "channel" && feed.name != "feed" {
		feed = feed.child("channel")
	}
	r.feed.Title = w.plain(feed.child("title"))
	r.feed.Link = r.absolute(cmp.Or(w.alternate(feed), string(feed.child("link").text)))
}

// rss reads an item of RSS.
func (r *reading) rss(w *walker, n *node) {
	i := Item{
		Title:     w.plain(n.child("title", "media:title", "dc:title")),
		ID:        squeeze(string(n.child("guid").text)),
		Summary:   w.plain(n.child("description", "media:description", "atom:summary", "dc:description")),
		Content:   w.markup(n.child("content:encoded", "atom:content", "encoded")),
		Author:    author(w.plain(n.child("dc:creator", "author", "atom:author", "creator", "itunes:author"))),
		Outlet:    w.plain(n.child("source", "dc:source")),
		Published: r.date(n.child("pubdate", "dc:date", "atom:published", "published", "dcterms:issued", "dcterms:created", "date")),
		Updated:   r.date(n.child("atom:updated", "dcterms:modified", "lastmod", "updated", "modified")),
	}
	link := cmp.Or(squeeze(string(n.child("feedburner:origlink").text)), squeeze(string(n.child("link").text)), w.alternate(n), n.child("link").attr("href"))
	if link == "" && !strings.EqualFold(n.child("guid").attr("isPermaLink"), "false") && address(i.ID) {
		link = i.ID
	}
	i.URL = r.absolute(cmp.Or(link, n.attr("about")))
	r.add(i)
}

// atom reads an entry of Atom.
func (r *reading) atom(w *walker, n *node) {
	i := Item{
		Title:     w.plain(n.child("title")),
		ID:        squeeze(string(n.child("id").text)),
		Summary:   w.plain(n.child("summary")),
		Content:   w.markup(n.child("content")),
		Author:    w.authors(n),
		Outlet:    w.plain(n.child("source").child("title")),
		Published: r.date(n.child("published", "issued", "created", "dc:date")),
		Updated:   r.date(n.child("updated", "modified")),
	}
	link := cmp.Or(squeeze(string(n.child("feedburner:origlink").text)), w.alternate(n), squeeze(string(n.child("link").text)))
	if link == "" && address(i.ID) {
		link = i.ID
	}
	i.URL = r.absoluteFrom(n.attr("base"), link)
	r.add(i)
}

// location reads an address of a sitemap, with what the news extension tells of it.
func (r *reading) location(w *walker, n *node) {
	news := n.child("news:news")
	i := Item{
		URL:       r.absolute(string(n.child("loc").text)),
		Title:     w.plain(news.child("news:title")),
		Outlet:    w.plain(news.child("news:publication").child("news:name")),
		Published: r.date(news.child("news:publication_date")),
		Updated:   r.date(n.child("lastmod")),
	}
	if i.URL != "" {
		r.add(i)
	}
}

// sitemap reads an address of an index of sitemaps.
func (r *reading) sitemap(_ *walker, n *node) { r.more(r.absolute(string(n.child("loc").text))) }

// list reads a sitemap that is plain text, one address a line.
func (r *reading) list(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	if !address(strings.TrimSpace(line)) {
		return false
	}
	r.feed.Kind = Sitemap
	skipped := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch u := r.absolute(line); {
		case line == "":
		case address(line) && u != "":
			r.add(Item{URL: u})
		default:
			skipped++
		}
	}
	if skipped > 0 {
		r.doubt("%d of its lines are no addresses", skipped)
	}
	return true
}

// alternate gives the address of the page that a feed or item stands for: the link without
// a relation, or with the relation alternate, a page before other forms.
func (w *walker) alternate(n *node) string {
	var other string
	for _, c := range n.children {
		if c.name != "link" && c.name != "atom:link" {
			continue
		}
		if rel := c.attr("rel"); rel != "" && rel != "alternate" {
			continue
		}
		href, form := c.attr("href"), c.attr("type")
		if href != "" && (form == "" || strings.Contains(form, "html")) {
			return href
		}
		other = cmp.Or(other, href)
	}
	return other
}

// authors gives the names of an entry's authors.
func (w *walker) authors(n *node) string {
	var names []string
	for _, c := range n.children {
		if c.name != "author" {
			continue
		}
		if name := w.plain(c.child("name")); name != "" {
			names = append(names, name)
		} else if name = w.plain(c); name != "" && len(c.children) == 0 {
			names = append(names, author(name))
		}
	}
	if len(names) == 0 {
		return w.plain(n.child("dc:creator"))
	}
	return strings.Join(names, "، ")
}

func (r *reading) date(n *node) string {
	return stamp.Parse(squeeze(string(n.text)), r.lexicon)
}
