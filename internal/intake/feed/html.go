package feed

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page finds the feeds that an HTML page links: by link elements, or, where it has none, by
// anchors whose addresses look like a feed's.
func (r *reading) page(text string) {
	var guessed []string
	z := html.NewTokenizer(strings.NewReader(text))
	title := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(r.feed.More) == 0 && len(guessed) > 0 {
				r.feed.More = guessed
				r.doubt("it declares no feeds: those given are links that look like one")
			}
			return
		case html.TextToken:
			if title && r.feed.Title == "" {
				r.feed.Title = words(string(z.Text()))
			}
			title = false
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			title = t.DataAtom == atom.Title
			guessed = r.link(t, guessed)
		}
	}
}

// link reads one element of a page.
func (r *reading) link(t html.Token, guessed []string) []string {
	href := attribute(t, "href")
	switch t.DataAtom {
	case atom.Base:
		if u, err := url.Parse(href); err == nil && href != "" {
			if r.base != nil {
				u = r.base.ResolveReference(u)
			}
			r.base = u
		}
	case atom.Link:
		rel := strings.Fields(strings.ToLower(attribute(t, "rel")))
		u := r.absolute(href)
		switch {
		case slices.Contains(rel, "canonical") && r.feed.Link == "":
			r.feed.Link = u
		case slices.Contains(rel, "alternate") && machine(attribute(t, "type")) && !comments(u) && !slices.Contains(r.feed.More, u):
			r.more(u)
		}
	case atom.A:
		if u := r.absolute(href); u != "" && looks(u) && !comments(u) && len(guessed) < guesses && !slices.Contains(guessed, u) {
			return append(guessed, u)
		}
	}
	return guessed
}

// guesses is how many links that look like a feed are given.
const guesses = 200

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// machine reports the media types of feeds.
func machine(media string) bool {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	switch strings.TrimSpace(media) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/rss+xml", "application/rss", "text/rss":
		return true
	}
	return false
}

// comments reports the feed of readers' comments that WordPress declares beside its own.
func comments(address string) bool { return strings.Contains(address, "/comments/feed") }

// looks reports whether an address looks like a feed's.
func looks(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.ToLower(strings.TrimSuffix(u.Path, "/"))
	for _, end := range [...]string{"/rss", "/feed", "/atom", ".rss", ".atom", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss.aspx", "/rss.php", "/rssfeed"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}
