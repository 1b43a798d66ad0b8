package testsite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

//go:embed page.html front.html
var templates embed.FS

// articles is where the articles of every outlet are.
const articles = "/article/"

func (o *Outlet) serve(w http.ResponseWriter, r *http.Request, base string) {
	var body []byte
	var kind string
	var err error
	switch path := r.URL.Path; {
	case path == "/robots.txt" && o.Robots != "":
		kind, body = "text/plain; charset=utf-8", []byte(o.Robots)
	case path == "/":
		kind = "text/html; charset=utf-8"
		body, err = o.front(base)
	case path == "/feed.xml":
		kind, body = "application/rss+xml; charset=utf-8", o.rss(base)
	case path == "/atom.xml":
		kind, body = "application/atom+xml; charset=utf-8", o.atom(base)
	case path == "/feed.json":
		kind = "application/feed+json"
		body, err = o.jsonFeed(base)
	case path == "/sitemap.xml":
		kind, body = "application/xml; charset=utf-8", o.sitemap(base)
	case strings.HasPrefix(path, articles):
		o.article(w, r, base)
		return
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, r, kind, body, time.Time{})
}

func (o *Outlet) article(w http.ResponseWriter, r *http.Request, base string) {
	for i := range o.Pages {
		p := &o.Pages[i]
		if articles+p.Slug != r.URL.Path {
			continue
		}
		body, err := o.HTML(*p, address(base, p))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		send(w, r, "text/html; charset=utf-8", body, p.changed())
		return
	}
	http.NotFound(w, r)
}

// send answers with a tag of the bytes and their date, and with 304 to one who has them.
func send(w http.ResponseWriter, r *http.Request, kind string, body []byte, changed time.Time) {
	sum := sha256.Sum256(body)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", fmt.Sprintf("\"%x\"", sum[:8]))
	http.ServeContent(w, r, "", changed, bytes.NewReader(body))
}

func address(base string, p *Page) string { return base + articles + url.PathEscape(p.Slug) }

func (p *Page) changed() time.Time {
	if p.Modified.After(p.Published) {
		return p.Modified
	}
	return p.Published
}

// stamp writes a time in a layout, or nothing when there is none.
func stamp(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(layout)
}

// HTML gives an article as the outlet shows it at an address.
func (o *Outlet) HTML(p Page, address string) ([]byte, error) {
	data := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": p.Title, "url": address,
		"publisher": map[string]string{"@type": "NewsMediaOrganization", "name": o.Name},
	}
	by := p.Byline
	if by == "" {
		by = p.Agency
	}
	for key, value := range map[string]string{"articleSection": p.Section, "datePublished": stamp(p.Published, time.RFC3339), "dateModified": stamp(p.Modified, time.RFC3339)} {
		if value != "" {
			data[key] = value
		}
	}
	if by != "" {
		data["author"] = map[string]string{"@type": "Person", "name": by}
	}
	return render("page.html", map[string]any{
		"Page": p, "Outlet": o.Name, "URL": address, "By": by, "Data": data, "Paragraphs": strings.Split(p.Body, "\n\n"),
		"Published": stamp(p.Published, time.RFC3339), "Modified": stamp(p.Modified, time.RFC3339),
	})
}

type link struct{ URL, Title string }

func (o *Outlet) front(base string) ([]byte, error) {
	var links []link
	for i := range o.Pages {
		links = append(links, link{address(base, &o.Pages[i]), o.Pages[i].Title})
	}
	return render("front.html", map[string]any{"Outlet": o.Name, "Links": links})
}

func render(name string, data any) ([]byte, error) {
	t, err := template.ParseFS(templates, name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}

func (o *Outlet) rss(base string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>%s</title><link>%s/</link><language>ar</language>\n", xml.Header, escapeXML(o.Name), base)
	for i := range o.Pages {
		p := &o.Pages[i]
		at := address(base, p)
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><guid isPermaLink=\"true\">%s</guid>", escapeXML(p.Title), at, at)
		element(&b, "description", p.Summary)
		element(&b, "category", p.Section)
		element(&b, "dc:creator", p.Byline)
		if !o.Undated {
			element(&b, "pubDate", stamp(p.Published, time.RFC1123Z))
		}
		b.WriteString("</item>\n")
	}
	b.WriteString("</channel></rss>\n")
	return []byte(b.String())
}

func (o *Outlet) atom(base string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"ar\"><id>%s/</id>", xml.Header, base)
	element(&b, "title", o.Name)
	if len(o.Pages) > 0 && !o.Undated {
		element(&b, "updated", stamp(o.Pages[0].changed(), time.RFC3339))
	}
	for i := range o.Pages {
		p := &o.Pages[i]
		fmt.Fprintf(&b, "<entry><id>%s</id><link href=\"%s\"/>", address(base, p), address(base, p))
		element(&b, "title", p.Title)
		element(&b, "summary", p.Summary)
		if !o.Undated {
			element(&b, "published", stamp(p.Published, time.RFC3339))
			element(&b, "updated", stamp(p.changed(), time.RFC3339))
		}
		b.WriteString("</entry>\n")
	}
	b.WriteString("</feed>\n")
	return []byte(b.String())
}

func (o *Outlet) jsonFeed(base string) ([]byte, error) {
	items := []map[string]string{}
	for i := range o.Pages {
		p := &o.Pages[i]
		item := map[string]string{"id": address(base, p), "url": address(base, p), "title": p.Title, "summary": p.Summary, "content_text": p.Body}
		if at := stamp(p.Published, time.RFC3339); at != "" && !o.Undated {
			item["date_published"] = at
		}
		items = append(items, item)
	}
	return json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": o.Name, "language": "ar", "home_page_url": base + "/", "feed_url": base + "/feed.json", "items": items})
}

func (o *Outlet) sitemap(base string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n", xml.Header)
	for i := range o.Pages {
		p := &o.Pages[i]
		fmt.Fprintf(&b, "<url><loc>%s</loc>", address(base, p))
		element(&b, "lastmod", stamp(p.Modified, time.RFC3339))
		fmt.Fprintf(&b, "<news:news><news:publication><news:name>%s</news:name><news:language>ar</news:language></news:publication>", escapeXML(o.Name))
		element(&b, "news:publication_date", stamp(p.Published, time.RFC3339))
		element(&b, "news:title", p.Title)
		b.WriteString("</news:news></url>\n")
	}
	b.WriteString("</urlset>\n")
	return []byte(b.String())
}

func element(b *strings.Builder, name, text string) {
	if text != "" {
		fmt.Fprintf(b, "<%s>%s</%s>", name, escapeXML(text), name)
	}
}

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}

// untilClosed gives the request a context that ends with the outlet too, so that a slow
// answer does not outlive it.
func (h *Host) untilClosed(r *http.Request) *http.Request {
	ctx, cancel := context.WithCancel(r.Context())
	go func() {
		defer cancel()
		select {
		case <-h.quit:
		case <-r.Context().Done():
		}
	}()
	return r.WithContext(ctx)
}
