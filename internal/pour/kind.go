package pour

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
)

// Kind is the form of what is read.
type Kind string

// The kinds. An empty kind is found out by name and content.
const (
	Text    Kind = "text"  // an article as plain text
	HTML    Kind = "html"  // a page
	Lines   Kind = "jsonl" // JSON Lines, an article a line
	Archive Kind = "warc"  // a web archive; its items are pages, of kind HTML
	Feed    Kind = "feed"  // RSS, Atom, JSON Feed, a sitemap or OPML
)

// packings are the endings that compressed files have; what is before them names the kind.
var packings = [...]string{".gz", ".xz", ".zst", ".bz2"}

// named is the kind that a file's name says, or "".
func named(path string) Kind {
	name := strings.ToLower(filepath.Base(path))
	for _, p := range packings {
		name = strings.TrimSuffix(name, p)
	}
	switch filepath.Ext(name) {
	case ".jsonl", ".ndjson":
		return Lines
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".warc":
		return Archive
	case ".rss", ".atom", ".opml":
		return Feed
	}
	return ""
}

// The beginnings of pages and, in XML, of feeds.
var (
	pageTags = [...]string{"<!doctype html", "<html", "<head", "<body", "<meta", "<article", "<div", "<p>", "<p "}
	feedTags = [...]string{"<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex", "<opml"}
)

// Named gives the kind that the name of a file says, for who has its bytes from elsewhere;
// "" where it says none.
func Named(path string) Kind { return named(path) }

// sniff is the kind that the first bytes of a file say; what says nothing is text.
func sniff(head []byte) Kind {
	if bytes.HasPrefix(head, []byte("WARC/")) {
		return Archive
	}
	head = bytes.ToLower(bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n"))
	if bytes.HasPrefix(head, []byte(`{"`)) || bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(feedMark)) {
		if bytes.Contains(head, []byte(feedMark)) {
			return Feed
		}
		return Lines
	}
	comment := bytes.HasPrefix(head, []byte("<!--"))
	body := prolog(head)
	switch {
	case begins(body, feedTags[:]):
		return Feed
	case begins(body, pageTags[:]), comment:
		return HTML
	}
	return Text
}

// feedMark stands in the version of every JSON Feed.
const feedMark = "https://jsonfeed.org/version/"

// prolog gives what follows the declarations and comments of XML.
func prolog(b []byte) []byte {
	for {
		end := ""
		switch {
		case bytes.HasPrefix(b, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(b, []byte("<!--")):
			end = "-->"
		default:
			return b
		}
		at := bytes.Index(b, []byte(end))
		if at < 0 {
			return nil
		}
		b = bytes.TrimLeft(b[at+len(end):], " \t\r\n")
	}
}

func begins(b []byte, with []string) bool {
	for _, s := range with {
		if bytes.HasPrefix(b, []byte(s)) {
			return true
		}
	}
	return false
}

// foreign names what a file in a folder is where it is plainly no text: "image/png". The
// rules are those of browsers (WHATWG MIME Sniffing).
func foreign(head []byte) string {
	t, _, _ := strings.Cut(http.DetectContentType(head), ";")
	class, _, _ := strings.Cut(t, "/")
	switch {
	case class == "image", class == "audio", class == "video", class == "font":
		return t
	case class == "application" && t != "application/octet-stream":
		return t
	}
	return ""
}

// besides are the endings of files that belong to saved pages and are no articles.
var besides = map[string]bool{".css": true, ".js": true, ".mjs": true, ".map": true, ".svg": true, ".woff": true, ".woff2": true, ".ttf": true, ".ico": true}
