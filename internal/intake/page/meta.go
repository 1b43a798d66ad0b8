package page

import (
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// meta is what a page says of itself.
type meta struct {
	title, outlet, author, published, url, description, body string
}

// or fills the empty fields of m from n.
func (m meta) or(n meta) meta {
	pairs := [...]struct{ to, from *string }{
		{&m.title, &n.title}, {&m.outlet, &n.outlet}, {&m.author, &n.author}, {&m.published, &n.published},
		{&m.url, &n.url}, {&m.description, &n.description}, {&m.body, &n.body},
	}
	for _, p := range pairs {
		if *p.to == "" {
			*p.to = *p.from
		}
	}
	return m
}

// describe gathers what a page says of itself: JSON-LD first, then meta elements, then
// the first heading and the title element.
func describe(doc *html.Node) meta {
	var ld, tags, shown meta
	var title string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Script:
			if attribute(n, "type") == "application/ld+json" && n.FirstChild != nil {
				ld = ld.or(linked(n.FirstChild.Data))
			}
		case atom.Meta:
			tags = tags.or(tag(n))
		case atom.Link:
			if attribute(n, "rel") == "canonical" && strings.HasPrefix(attribute(n, "href"), "http") {
				shown.url = attribute(n, "href")
			}
		case atom.H1:
			shown = shown.or(meta{title: render(n)})
		case atom.Title:
			title = render(n)
		case atom.Time:
			shown = shown.or(meta{published: day(attribute(n, "datetime"))})
		}
	}
	m := ld.or(tags).or(shown).or(meta{title: title})
	if m.published == "" {
		m.published = dated(m.url)
	}
	if m.outlet == "" {
		m.outlet = site(m.title, title)
	}
	m.title = headline(m.title, m.outlet)
	return m
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// tag reads one meta element.
func tag(n *html.Node) (m meta) {
	name := attribute(n, "property")
	if name == "" {
		name = attribute(n, "name")
	}
	if name == "" {
		name = attribute(n, "itemprop")
	}
	v := clean(attribute(n, "content"))
	switch strings.ToLower(name) {
	case "og:title":
		m.title = v
	case "og:site_name":
		m.outlet = v
	case "og:url":
		m.url = v
	case "og:description", "description":
		m.description = v
	case "author", "article:author":
		if !strings.Contains(v, "://") {
			m.author = v
		}
	case "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate", "parsely-pub-date", "publish_date":
		m.published = day(v)
	}
	return m
}

// linked reads a JSON-LD script: the first object in it that is an article.
func linked(script string) meta {
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		return meta{}
	}
	return articleIn(v, 0)
}

// articleIn searches for an article no more than a few levels down.
func articleIn(v any, depth int) meta {
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			if m := articleIn(e, depth+1); m != (meta{}) {
				return m
			}
		}
	case map[string]any:
		if strings.Contains(text(x["@type"]), "Article") || strings.Contains(text(x["@type"]), "BlogPosting") {
			return meta{
				title: text(x["headline"]), outlet: text(x["publisher"]), author: text(x["author"]), published: day(text(x["datePublished"])),
				url: text(x["url"]), description: text(x["description"]), body: paragraphs(x["articleBody"]),
			}
		}
		if g, ok := x["@graph"]; ok && depth < 4 {
			return articleIn(g, depth+1)
		}
	}
	return meta{}
}

// text gives a JSON-LD value in words: a string, the name of an object, or the first of
// a list.
func text(v any) string {
	switch x := v.(type) {
	case string:
		return clean(x)
	case map[string]any:
		return text(x["name"])
	case []any:
		if len(x) > 0 {
			return text(x[0])
		}
	}
	return ""
}

// paragraphs gives an articleBody with its lines apart.
func paragraphs(v any) string {
	s, _ := v.(string)
	var out []string
	for l := range strings.Lines(html.UnescapeString(s)) {
		if l = clean(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n\n")
}

// clean undoes what publishers do to short strings: entities twice over, stray space.
func clean(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// separators stand between a headline and the name of its site.
var separators = [...]string{" | ", " - ", " – ", " — ", " :: "}

// site finds the outlet that is nowhere named but in titles: what the title element has
// beyond the headline, or what stands before the headline in one title and behind it in
// the other.
func site(headline, title string) string {
	for _, sep := range separators {
		if name, ok := strings.CutPrefix(title, headline+sep); ok && len(strings.Fields(name)) <= 4 {
			return name
		}
		if name, rest, ok := strings.Cut(headline, sep); ok && strings.TrimSpace(title) == rest+sep+name {
			return name
		}
	}
	return ""
}

// headline takes the outlet's name off a page's title.
func headline(title, outlet string) string {
	if outlet == "" {
		return title
	}
	for _, sep := range separators {
		title = strings.TrimSuffix(title, sep+outlet)
		title = strings.TrimPrefix(title, outlet+sep)
	}
	return strings.TrimSpace(title)
}

// day gives a date as the record wants it: RFC 3339 where the page tells hour and zone,
// the day alone where it does not, nothing where it is no date.
func day(s string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04-0700", "2006-01-02T15:04Z07:00", time.RFC1123Z, time.RFC1123} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, "2006/01/02", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
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
