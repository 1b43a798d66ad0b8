package page

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mainText asks readability for the main text of the page. Where that lacks the words of the
// page's own description, or is much longer than the part that the page marks as its article,
// it takes that part. A lead paragraph that neither has is put back. It changes doc.
func (p *page) mainText() string {
	prune(p.doc)
	own, extractor := marked(p.doc), ByMark
	if len(p.said.body) > len(own) {
		own, extractor = p.said.body, ByLinked
	}
	text := p.byShape()
	p.extractor = ByShape
	about := cmp.Or(p.said.description, opening(p.said.body))
	switch {
	case own == "" || text == own:
	case covers(own, about) && within(own, text):
		text, p.extractor = own, extractor
	case text == "":
		text, p.extractor = own, extractor
		p.doubt("main text: what the page marks as its article, for none was found by its shape")
	case covers(own, about) && !covers(text, about):
		text, p.extractor = own, extractor
		p.doubt("main text: what the page marks as its article, for what was found by its shape lacks the words of the page's description")
	}
	return p.lead(p.undate(behead(text, p.said.title)))
}

// brief is how many letters make a text: briefs are shorter than readability's five hundred,
// below which it takes in more and more of the page.
const brief = 250

// byShape gives the main text that readability finds.
func (p *page) byShape() string {
	for _, least := range [...]int{brief, 1} {
		parser := readability.NewParser()
		parser.CharThresholds = least
		r, err := parser.ParseAndMutate(p.doc, nil)
		if err != nil || r.Node == nil {
			continue
		}
		if text := trim(render(r.Node, false)); text != "" {
			return text
		}
	}
	return ""
}

// weight is how much text an element holds, and how much of it in links.
type weight struct {
	text, linked, links int
	headed              bool // a heading in it is a link
}

// The lists of other articles: how many links an element of nothing but links has at least,
// how many cards stand side by side, and how many bytes of text a card and a box have at most.
const (
	menu  = 4
	cards = 4
	card  = 500
	box   = 400
)

func (w weight) menu() bool { return w.links >= menu && 10*w.linked >= 9*w.text }

// prune takes out what holds no words of an article and costs time to weigh: scripts, menus,
// lists of links, rows of cards. It gives the weight of what is left.
func prune(n *html.Node) (w weight) {
	var like map[string][]*html.Node // cards by their tag and class
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.TextNode:
			if c.Data = squeezed(c.Data); c.Data != " " {
				w.text += len(c.Data)
			}
		case c.Type == html.CommentNode || useless(c):
			n.RemoveChild(c)
		default:
			in := prune(c)
			if (in.menu() || in.text <= box && boxed(c)) && c.DataAtom != atom.Body && c.DataAtom != atom.Html {
				n.RemoveChild(c)
				break
			}
			if in.headed && in.text <= card {
				if like == nil {
					like = map[string][]*html.Node{}
				}
				key := c.Data + attribute(c, "class")
				like[key] = append(like[key], c)
			}
			w.add(c, in)
		}
		c = next
	}
	for _, same := range like {
		for _, c := range same[:len(same)*min(1, len(same)/cards)] {
			n.RemoveChild(c)
		}
	}
	return w
}

// boxed reports an element whose class says that it is no part of the article's text.
func boxed(n *html.Node) bool {
	class := strings.ToLower(attribute(n, "class"))
	if class == "" {
		return false
	}
	for _, sign := range [...]string{"caption", "newsletter", "subscrib", "share", "sharing", "social", "related", "read-also", "readalso", "also-read", "readmore", "read-more",
		"breadcrumb", "cookie", "author-box", "author-bio", "authorbox", "advert", "comments"} {
		if strings.Contains(class, sign) {
			return true
		}
	}
	return class == "bio" || strings.Contains(class, "-bio")
}

// add takes the weight of a child into that of its parent.
func (w *weight) add(c *html.Node, in weight) {
	switch c.DataAtom {
	case atom.A:
		in.linked, in.links = in.text, 1
		in.headed = in.headed || heading(c.Parent)
	default:
		in.headed = in.headed || heading(c) && (in.links > 0 || inside(c, atom.A))
	}
	w.text, w.linked, w.links, w.headed = w.text+in.text, w.linked+in.linked, w.links+in.links, w.headed || in.headed
}

func heading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// squeezed makes one space of text that is only space.
func squeezed(s string) string {
	if len(s) > 1 && strings.TrimSpace(s) == "" {
		return " "
	}
	return s
}

func useless(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Link, atom.Template, atom.Svg, atom.Iframe, atom.Noscript, atom.Nav, atom.Select, atom.Button, atom.Input, atom.Textarea:
		return true
	}
	return false
}

// lead puts the paragraph before the text that the page's description or its text for machines
// begins with, where the page shows it between the headline and the text and the text lacks it.
func (p *page) lead(text string) string {
	if text == "" {
		return ""
	}
	for _, about := range [...]string{opening(p.said.body), p.said.description} {
		if about == "" || covers(text, about) {
			continue
		}
		title := p.title()
		first, _ := p.place(text, title)
		for _, s := range p.lines[max(title, 0):first] {
			if covers(s, about) && covers(about, s) && !strings.Contains(text, s) {
				p.doubt("main text: the lead paragraph was missing and was put back")
				return s + "\n\n" + text
			}
		}
		if p.shows(about) {
			p.doubt("main text: it lacks the words of the page's description, which the page shows elsewhere")
		}
	}
	return text
}

// shows reports whether a line of the page has the words of its description.
func (p *page) shows(about string) bool {
	return slices.ContainsFunc(p.lines, func(s string) bool { return covers(s, about) && covers(about, s) })
}

func opening(text string) string {
	s, _, _ := strings.Cut(text, "\n\n")
	return s
}

// within reports whether text begins and ends its share of a page round own: the same
// article with what hangs on it.
func within(own, text string) bool {
	ps := strings.Split(own, "\n\n")
	return 5*len(own) >= 2*len(text) && 20*len(own) <= 21*len(text) && strings.Contains(text, ps[0]) && strings.Contains(text, ps[len(ps)-1])
}

func longer(a, b string) string {
	if len(a) >= len(b) {
		return a
	}
	return b
}

// covers reports whether most of the words of a page's description stand in text. A
// description of a few words proves nothing.
func covers(text, description string) bool {
	words := strings.FieldsFunc(description, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if len(words) < 6 {
		return text != ""
	}
	words = words[:min(len(words), 40)]
	n := 0
	for _, w := range words {
		if strings.Contains(text, w) {
			n++
		}
	}
	return 10*n >= 6*len(words)
}
