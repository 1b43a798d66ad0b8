// Package opml reads and writes lists of feeds as feed readers exchange them: OPML 1 and 2,
// whole or broken. It knows the form, not the feeds.
package opml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/isnad-project/isnad/internal/charset"
)

// List is a list of feeds.
type List struct {
	Title  string
	Feeds  []Feed   // in the list's order, every address once
	Doubts []string // what was broken or left out, one sentence each
}

// Feed is one feed of a list.
type Feed struct {
	Title  string
	URL    string   // address of the feed, http or https
	Site   string   // address of the site, or empty
	Folder []string // names of the folders it lies in, outermost first
}

// ErrUnknown says that bytes are no OPML.
var ErrUnknown = errors.New("no OPML: there is no outline in it")

// The limits: what is beyond them is left out, with a doubt.
const (
	MaxFeeds = 100_000
	deep     = 32   // folders in folders
	restarts = 1000 // errors gone over
	rereads  = 4    // times the list's length that is read again after errors
)

// Parse reads a list. A broken one gives what can be read of it, and doubts. It fails on
// bytes that are no text or have no outline.
func Parse(b []byte) (List, error) {
	text, err := charset.DecodeAs(b, "")
	if err != nil {
		return List{}, fmt.Errorf("decode the list of feeds: %w", err)
	}
	p := parser{text: strings.ToValidUTF8(text, "\ufffd"), seen: map[string]bool{}}
	at := next(p.text, 0)
	if at < 0 {
		return List{}, ErrUnknown
	}
	p.list.Title = title(p.text[:at])
	p.all(at)
	return p.list, nil
}

// parser reads outlines one after another.
type parser struct {
	text    string
	list    List
	seen    map[string]bool
	folders []folder // the outlines that are open
	beyond  int      // open deeper than the limit
	full    bool
}

// folder is an outline that is open; of a feed's the name is empty, as it is no folder.
type folder struct{ name string }

func (p *parser) doubt(format string, args ...any) {
	p.list.Doubts = append(p.list.Doubts, fmt.Sprintf(format, args...))
}

// all reads from a byte on, and after an error from the next outline on.
func (p *parser) all(at int) {
	again := rereads*len(p.text) + 1<<20
	for n := 0; at >= 0; n++ {
		last, end, err := p.run(at)
		if err == nil {
			return
		}
		if n == 0 {
			p.doubt("its XML is broken at byte %d (%v)", last, err)
		}
		if again -= end - last; n == restarts || again < 0 {
			p.doubt("its XML is broken in too many places: the rest was left out")
			return
		}
		at = next(p.text, max(last, at)+1)
	}
}

// run reads tokens from a byte on to the end or an error, and gives where the last began
// and ended.
func (p *parser) run(at int) (last, end int, err error) {
	d := xml.NewDecoder(strings.NewReader(p.text[at:]))
	d.Strict, d.Entity = false, xml.HTMLEntity
	for last = at; ; last = end {
		t, err := d.RawToken()
		end = at + int(d.InputOffset())
		switch {
		case errors.Is(err, io.EOF):
			return last, end, nil
		case err != nil:
			return last, end, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if strings.EqualFold(t.Name.Local, "outline") {
				p.outline(t.Attr)
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") {
				p.close()
			}
		}
	}
}

func (p *parser) close() {
	switch n := len(p.folders); {
	case p.beyond > 0:
		p.beyond--
	case n > 0:
		p.folders = p.folders[:n-1]
	}
}

// outline opens a feed or a folder.
func (p *parser) outline(attrs []xml.Attr) {
	var f Feed
	var text, kind string
	for _, a := range attrs {
		v := clean(a.Value)
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl", "feedurl":
			f.URL = strings.TrimPrefix(v, "feed:")
		case "htmlurl":
			f.Site = v
		case "title":
			f.Title = v
		case "text":
			text = v
		case "type":
			kind = strings.ToLower(v)
		}
	}
	if f.Title == "" {
		f.Title = text
	}
	open := folder{f.Title}
	if f.URL != "" || kind == "rss" || kind == "atom" {
		open.name = ""
		p.feed(f)
	}
	if len(p.folders) == deep {
		p.beyond++
		return
	}
	p.folders = append(p.folders, open)
}

// feed keeps a feed in the folders that are open.
func (p *parser) feed(f Feed) {
	if strings.HasPrefix(f.URL, "//") {
		f.URL = "https:" + f.URL
	}
	switch {
	case !web(f.URL):
		p.doubt("%q has no address of the web (%q): it was left out", f.Title, f.URL)
		return
	case p.seen[f.URL]:
		return
	case len(p.list.Feeds) == MaxFeeds:
		if !p.full {
			p.doubt("it has more than %d feeds: the others were left out", MaxFeeds)
		}
		p.full = true
		return
	}
	if !web(f.Site) {
		f.Site = ""
	}
	for _, o := range p.folders {
		if o.name != "" {
			f.Folder = append(f.Folder, o.name)
		}
	}
	p.seen[f.URL] = true
	p.list.Feeds = append(p.list.Feeds, f)
}

func web(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// next gives the byte from which on the next outline's tag begins, -1 for none.
func next(text string, from int) int {
	for from < len(text) {
		i := strings.IndexByte(text[from:], '<')
		if i < 0 {
			return -1
		}
		from += i
		if rest := text[from+1:]; len(rest) >= len("outline") && strings.EqualFold(rest[:len("outline")], "outline") {
			return from
		}
		from++
	}
	return -1
}

// title reads the title from what stands before the first outline.
func title(head string) string {
	_, after, found := strings.Cut(head, "<title>")
	if !found {
		return ""
	}
	s, _, _ := strings.Cut(after, "</title>")
	return clean(html.UnescapeString(strings.TrimSuffix(strings.TrimPrefix(s, "<![CDATA["), "]]>")))
}

// outline is an element as it is written.
type outline struct {
	XMLName  xml.Name  `xml:"outline"`
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	URL      string    `xml:"xmlUrl,attr,omitempty"`
	Site     string    `xml:"htmlUrl,attr,omitempty"`
	Outlines []outline `xml:",omitempty"`
}

// Write writes the list as OPML 2.0. Feeds of one folder stand together, where the first of
// them stood.
func (l List) Write(w io.Writer) error {
	doc := struct {
		XMLName xml.Name  `xml:"opml"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"head>title"`
		Body    []outline `xml:"body>outline"`
	}{Version: "2.0", Title: l.Title, Body: nest(l.Feeds, 0)}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the list of feeds: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("write the list of feeds: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write the list of feeds: %w", err)
	}
	return nil
}

// nest makes outlines of feeds that share so many folders.
func nest(feeds []Feed, level int) []outline {
	var out []outline
	var names []string
	inside := map[string][]Feed{}
	at := map[string]int{}
	for _, f := range feeds {
		if len(f.Folder) <= level {
			out = append(out, outline{Text: f.Title, Title: f.Title, Type: "rss", URL: f.URL, Site: f.Site})
			continue
		}
		name := f.Folder[level]
		if _, there := at[name]; !there {
			names, at[name] = append(names, name), len(out)
			out = append(out, outline{Text: name})
		}
		inside[name] = append(inside[name], f)
	}
	for _, name := range names {
		out[at[name]].Outlines = nest(inside[name], level+1)
	}
	return out
}
