package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render gives the text of a node: blocks as paragraphs, a blank line between them.
func render(n *html.Node) string {
	var r renderer
	r.node(n)
	r.end()
	return strings.Join(r.paragraphs, "\n\n")
}

type renderer struct {
	paragraphs []string
	open       strings.Builder
}

// end closes the paragraph under way.
func (r *renderer) end() {
	if s := strings.Join(strings.Fields(r.open.String()), " "); s != "" {
		r.paragraphs = append(r.paragraphs, s)
	}
	r.open.Reset()
}

func (r *renderer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.open.WriteString(n.Data)
		return
	case html.ElementNode:
		if skipped(n.DataAtom) {
			return
		}
	case html.CommentNode:
		return
	}
	block := blocks(n.DataAtom)
	if block {
		r.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if block {
		r.end()
	}
}

// skipped reports elements that hold no words of the article.
func skipped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Figcaption, atom.Button, atom.Select, atom.Textarea,
		atom.Iframe, atom.Svg, atom.Video, atom.Audio, atom.Nav, atom.Form, atom.Head, atom.Time:
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
	var body, article string
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case attribute(n, "itemprop") == "articleBody" && n.DataAtom != atom.Meta:
			body = longer(body, trim(render(n)))
		case n.DataAtom == atom.Article:
			article = longer(article, trim(render(n)))
		}
	}
	if body != "" {
		return body
	}
	return article
}

// The furniture of a page: how many words its lines have at most, and how many such lines
// in a row it takes to know it from a list of the article's own.
const (
	furniture = 5
	row       = 4
)

// trim takes the rows of labels off the beginning and end of a main text: lines of few
// words that end no sentence.
func trim(text string) string {
	ps := strings.Split(text, "\n\n")
	label := func(s string) bool {
		return len(strings.Fields(s)) <= furniture && !strings.ContainsAny(s[max(0, len(s)-3):], ".!؟")
	}
	last := len(ps)
	for last > 0 && (label(ps[last-1]) || last > 1 && label(ps[last-2])) {
		last--
	}
	if len(ps)-last >= row && last > 0 {
		ps = ps[:last]
	}
	return strings.Join(ps, "\n\n")
}
