package feed

import (
	"encoding/xml"
	"strings"
)

// container reports the elements that items stand in.
func container(name string) bool {
	switch name {
	case "rss", "rdf:rdf", "rdf", "channel", "feed", "urlset", "sitemapindex":
		return true
	}
	return false
}

// name gives an element's name in small letters, with the usual prefix of its namespace
// where that is not the document's own.
func (w *walker) name(n xml.Name) string {
	local := strings.ToLower(n.Local)
	if n.Space == "" {
		return local
	}
	prefix := strings.ToLower(n.Space)
	if s := w.spaces[n.Space]; s != "" {
		prefix = s
	}
	if prefix == w.native {
		return local
	}
	return prefix + ":" + local
}

// usual gives the prefix by which a namespace is usually called.
func usual(uri string) string {
	switch strings.TrimSuffix(strings.TrimSpace(uri), "/") {
	case "http://purl.org/rss/1.0/modules/content":
		return "content"
	case "http://purl.org/dc/elements/1.1":
		return "dc"
	case "http://purl.org/dc/terms":
		return "dcterms"
	case "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#":
		return "atom"
	case "http://search.yahoo.com/mrss":
		return "media"
	case "http://www.google.com/schemas/sitemap-news/0.9":
		return "news"
	case "http://rssnamespace.org/feedburner/ext/1.0":
		return "feedburner"
	case "http://www.w3.org/1999/02/22-rdf-syntax-ns#":
		return "rdf"
	case "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap/0.84":
		return "sitemap"
	case "http://purl.org/rss/1.0", "http://my.netscape.com/rdf/simple/0.9", "http://backend.userland.com/rss2":
		return "rss"
	}
	return ""
}
