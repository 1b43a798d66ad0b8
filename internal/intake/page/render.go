package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/isnad-project/isnad/internal/script"
	"github.com/isnad-project/isnad/internal/stamp"
)

// render gives the text of a node: blocks as paragraphs, a blank line between them; with
// what time elements say, which is no part of an article, where times are asked for.
func render(n *html.Node, times bool) string { return renderTo(n, times, 1<<30) }

// renderTo is render that stops once it has so many bytes.
func renderTo(n *html.Node, times bool, limit int) string {
	r := renderer{times: times, left: limit}
	r.node(n)
	r.end()
	return strings.Join(r.paragraphs, "\n\n")
}

type renderer struct {
	paragraphs []string
	open       strings.Builder
	times      bool
	left       int // bytes that may yet come
}

// end closes the paragraph under way.
func (r *renderer) end() {
	if s := strings.Join(strings.Fields(r.open.String()), " "); s != "" {
		r.paragraphs = append(r.paragraphs, s)
	}
	r.open.Reset()
}

func (r *renderer) node(n *html.Node) {
	tag := n.DataAtom
	switch n.Type {
	case html.TextNode:
		r.left -= len(n.Data)
		r.open.WriteString(n.Data)
		return
	case html.ElementNode:
		if tag == 0 { // readability renames elements without it
			tag = atom.Lookup([]byte(n.Data))
		}
		if skipped(tag) || tag == atom.Time && !r.times || hidden(n) {
			return
		}
	case html.CommentNode:
		return
	}
	block := blocks(tag)
	if block {
		r.end()
	}
	for c := n.FirstChild; c != nil && r.left > 0; c = c.NextSibling {
		r.node(c)
	}
	if block {
		r.end()
	}
}

// hidden reports elements that no reader of the page sees.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			return strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none")
		}
	}
	return false
}

// skipped reports elements that hold no words of the article.
func skipped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Figcaption, atom.Button, atom.Select, atom.Textarea,
		atom.Iframe, atom.Svg, atom.Video, atom.Audio, atom.Nav, atom.Form, atom.Head:
		return true
	}
	return false
}

// blocks reports elements that begin and end a paragraph.
func blocks(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Blockquote, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Pre,
		atom.Table, atom.Tr, atom.Td, atom.Th, atom.Dl, atom.Dt, atom.Dd, atom.Address, atom.Body:
		return true
	}
	return false
}

// marked gives the text that the page itself marks as its article: the longest element
// with itemprop articleBody, else the longest article element.
func marked(doc *html.Node) string {
	var m marks
	m.visit(doc, false)
	if m.body != "" {
		return m.body
	}
	return m.article
}

type marks struct{ body, article string }

// visit looks at what lies in the outermost marked elements only: what lies deeper is shorter.
func (m *marks) visit(n *html.Node, within bool) {
	switch {
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	case attribute(n, "itemprop") == "articleBody" && n.DataAtom != atom.Meta:
		m.body = longer(m.body, trim(render(n, false)))
		return
	case n.DataAtom == atom.Article && !within:
		m.article, within = longer(m.article, trim(render(n, false))), true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m.visit(c, within)
	}
}

// The furniture of a page: how many words its lines have at most, how many such lines
// in a row it takes to know it from a list of the article's own, and how many words a headline
// of another article has at most.
const (
	furniture = 5
	row       = 4
	teaser    = 25
)

// trim takes off the end of a main text what ends no sentence, labels and headlines of other
// articles, where there are many labels.
func trim(text string) string {
	ps := strings.Split(text, "\n\n")
	last, labels := len(ps), 0
	for last > 0 && !sentence(ps[last-1]) {
		n := len(strings.Fields(ps[last-1]))
		if n > teaser {
			break
		}
		if n <= furniture {
			labels++
		}
		last--
	}
	if labels >= row && last > 0 {
		ps = ps[:last]
	}
	return strings.Join(ps, "\n\n")
}

// sentence reports a line that ends as a sentence does.
func sentence(s string) bool {
	s = strings.TrimRight(s, "\"'”“»)] ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ":")
}

// behead takes the headline off the beginning of a main text, with the labels round it.
func behead(text, title string) string {
	ps := strings.Split(text, "\n\n")
	from := 0
	for i, s := range ps[:min(len(ps), headLines)] {
		if sameWords(s, title) {
			from = i + 1
		} else if long(s) {
			break
		}
	}
	if from == len(ps) {
		return text
	}
	return strings.Join(ps[from:], "\n\n")
}

// headLines is how many lines a page sets round its headline.
const headLines = 8

// sameWords reports two lines that differ in nothing but signs and spelling.
func sameWords(a, b string) bool {
	if len(a) > 2*len(b)+8 || len(b) > 2*len(a)+8 {
		return false
	}
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, script.Fold(s))
	}
	x := letters(a)
	return x != "" && x == letters(b)
}

// undate takes the lines of dates and credits off the beginning of a main text. They are
// kept as what they say: shown reads them.
func (p *page) undate(text string) string {
	for range row {
		line, after, more := strings.Cut(text, "\n\n")
		if !more || sentence(line) && !strings.HasSuffix(line, ":") || len(strings.Fields(line)) > dateline || !p.stamped(line) {
			break
		}
		text = after
	}
	return text
}

// dateline is how many words a line of dates or credits has at most.
const dateline = 14

// stamped reports a line of dates, or of nothing but credits.
func (p *page) stamped(line string) bool {
	if len(stamp.Find(line, p.lexicon)) > 0 {
		return true
	}
	c := stamp.Credits(line, p.lexicon)
	for _, name := range c.People {
		if len(strings.Fields(name)) > longName {
			return false
		}
	}
	return c.Labelled && len(c.People)+len(c.Agencies) > 0 || len(c.People) == 0 && len(c.Agencies) > 0
}
