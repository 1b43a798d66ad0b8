package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// unpack gunzips what is gzipped and cuts what is too long.
func (r *reading) unpack(body []byte) ([]byte, error) {
	if bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, fmt.Errorf("unpack the feed: %w", err)
		}
		body, err = io.ReadAll(io.LimitReader(z, Limit+1))
		switch {
		case err != nil && len(body) == 0:
			return nil, fmt.Errorf("unpack the feed: %w", err)
		case errors.Is(err, io.ErrUnexpectedEOF):
			r.doubt("its gzip data are cut off: what comes after byte %d is missing", len(body))
		case err != nil:
			r.doubt("its gzip data are broken after byte %d: %v", len(body), err)
		}
	}
	if len(body) > Limit {
		r.doubt("it is larger than %d MiB: the rest was left out", Limit>>20)
		body = body[:Limit]
	}
	return body, nil
}

// sound takes out what XML must not hold and what no reader needs: control characters and
// bytes that are not UTF-8.
func sound(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, unsound) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unsound(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func unsound(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// preamble is how many bytes may stand before the first element: declarations, comments, what a
// broken server writes.
const preamble = 1 << 16

// root finds the document's first element that is of a known kind: where its tag begins,
// its prefix with the colon, and its name in small letters.
func root(text string) (at int, prefix, name string) {
	for at < min(len(text), preamble) {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		at += i
		if end, ok := aside(text[at:]); ok {
			at += end
			continue
		}
		tag := text[at+1 : at+1+tagName(text[at+1:])]
		local := tag
		if p, l, found := strings.Cut(tag, ":"); found {
			prefix, local = p+":", l
		} else {
			prefix = ""
		}
		switch name = strings.ToLower(local); name {
		case "rss", "rdf", "channel", "feed", "urlset", "sitemapindex", "html", "opml":
			return at, prefix, name
		case "head", "body", "meta", "title", "script":
			return at, "", "html"
		}
		at++
	}
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "<!doctype html") {
		return 0, "", "html"
	}
	return 0, "", ""
}

// aside gives the length of the comment, declaration or instruction that s begins with.
func aside(s string) (int, bool) {
	end := ""
	switch {
	case strings.HasPrefix(s, "<!--"):
		end = "-->"
	case strings.HasPrefix(s, "<?"):
		end = "?>"
	default:
		return 0, false
	}
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end), true
	}
	return len(s), true
}

// tagName gives the length of the element name that s begins with.
func tagName(s string) int {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == '>' || c == '/' || c == '<' {
			return i
		}
	}
	return len(s)
}
