package feed

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// node is an element with what stands in it.
type node struct {
	name     string // in small letters; with its prefix where that is not the document's own
	attrs    []xml.Attr
	text     []byte // its own text
	children []*node
	from, to int // its content in the document
}

// child gives the first child of one of the names, in the order of the names.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		for _, c := range n.children {
			if c.name == name {
				return c
			}
		}
	}
	return &node{}
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if strings.EqualFold(a.Name.Local, name) && a.Name.Space != "xmlns" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// walker goes through XML that may be broken. Unlike a parser it takes wrong nesting as it
// comes, and after an error goes on with the next item.
type walker struct {
	text   string
	native string            // the usual prefix of the document's own elements
	spaces map[string]string // prefix → the usual prefix of the namespace it stands for
	item   string            // name of the elements that are items
	tag    string            // how their tags begin
	each   func(*node)

	stack  []*node
	open   int // depth in stack of the item that is open, 0 for none
	beyond int // elements that are open deeper than the limit

	broken  int // items that could not be read to their end
	first   error
	firstAt int
	stopped bool // more errors than are gone over
}

// The limits of what is walked through.
const (
	deep     = 100  // elements open at once
	restarts = 1000 // errors gone over
	rereads  = 4    // times the document's length that is read again after errors
)

// xml walks through a document whose root stands at a byte, calls each for every item, and
// reads the feed's own title and link.
func (r *reading) xml(text string, at int, prefix, item string, each func(*walker, *node)) {
	w := &walker{text: text, item: item, tag: "<" + prefix + item, spaces: map[string]string{}}
	switch r.feed.Kind {
	case RSS: // the root's prefix may be rdf, the items have none
		w.native, w.tag = "rss", "<"+item
	case Atom:
		w.native = "atom"
	default:
		w.native = "sitemap"
	}
	if prefix != "" && r.feed.Kind != RSS {
		w.spaces[strings.TrimSuffix(prefix, ":")] = w.native
	}
	w.each = func(n *node) {
		if !r.full {
			each(w, n)
		}
	}
	r.head(w, w.walk(at))
	w.report(r)
}

// report says what was wrong with the document.
func (w *walker) report(r *reading) {
	if w.first == nil {
		return
	}
	why := w.first.Error()
	var syntax *xml.SyntaxError
	if errors.As(w.first, &syntax) {
		why = syntax.Msg
	}
	r.doubt("its XML is broken at byte %d (%s): %d items were read, %d of them in part", w.firstAt, why, len(r.feed.Items)+len(r.feed.More), w.broken)
	if w.stopped {
		r.doubt("its XML is broken in too many places: the rest was left out")
	}
}

// walk reads the document from a byte on, and gives what stands outside of its items.
func (w *walker) walk(at int) *node {
	top := &node{}
	w.stack = append(w.stack, top)
	again := rereads*len(w.text) + 1<<20
	for n := 0; at >= 0; n++ {
		if w.stopped = n == restarts || again < 0; w.stopped {
			break
		}
		last, end, err := w.run(at)
		if err == nil {
			break
		}
		w.fault(err, end)
		w.abandon()
		again -= end - last
		at = w.next(max(last, at) + 1)
	}
	for len(w.stack) > 1 {
		w.pop(len(w.text))
	}
	return top
}

func (w *walker) fault(err error, at int) {
	if w.first == nil {
		w.first, w.firstAt = err, at
	}
}

// next gives the byte from which on the next item begins, -1 for none.
func (w *walker) next(from int) int {
	for from < len(w.text) {
		i := strings.Index(w.text[from:], w.tag)
		if i < 0 {
			return -1
		}
		from += i
		if rest := w.text[from+len(w.tag):]; rest != "" && strings.IndexByte("> \t\r\n/", rest[0]) >= 0 {
			return from
		}
		from++
	}
	return -1
}

// What is wrong with a document that no token shows.
var (
	errCut    = errors.New("it ends too early")
	errUnshut = errors.New("an item has no end")
)

// run reads tokens from a byte on to the end or an error. It gives the bytes at which the
// last token began and ended.
func (w *walker) run(at int) (last, end int, err error) {
	d := xml.NewDecoder(strings.NewReader(w.text[at:]))
	d.Strict, d.Entity = false, xml.HTMLEntity
	last = at
	for {
		t, err := d.RawToken()
		end = at + int(d.InputOffset())
		switch {
		case errors.Is(err, io.EOF) && len(w.stack) > 1:
			return last, end, errCut
		case errors.Is(err, io.EOF):
			return last, end, nil
		case err != nil:
			return last, end, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			w.push(t, last, end)
		case xml.EndElement:
			w.close(w.name(t.Name), last)
		case xml.CharData:
			if w.beyond == 0 {
				n := w.stack[len(w.stack)-1]
				n.text = append(n.text, t...)
			}
		}
		last = end
	}
}

// push opens an element.
func (w *walker) push(t xml.StartElement, last, end int) {
	if w.beyond > 0 || len(w.stack) > deep {
		w.beyond++
		return
	}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" {
			w.spaces[a.Name.Local] = usual(a.Value)
		}
	}
	n := &node{name: w.name(t.Name), attrs: t.Attr, from: end}
	for _, a := range t.Attr {
		if short := usual(a.Value); a.Name.Space == "" && a.Name.Local == "xmlns" && short != "" && short != w.native {
			n.name = short + ":" + strings.ToLower(t.Name.Local)
		}
	}
	if n.name == w.item {
		if w.open > 0 { // the one before was not closed
			w.fault(errUnshut, last)
			w.abandon()
		}
		w.open = len(w.stack)
	}
	w.stack = append(w.stack, n)
}

// close ends the innermost open element of a name, and with it what is open inside.
func (w *walker) close(name string, at int) {
	if w.beyond > 0 {
		w.beyond--
		return
	}
	for i := len(w.stack) - 1; i > 0; i-- {
		if w.stack[i].name != name {
			continue
		}
		for len(w.stack) > i {
			w.pop(at)
		}
		return
	}
}

// pop takes the innermost open element off and gives it to whom it belongs.
func (w *walker) pop(at int) {
	i := len(w.stack) - 1
	n := w.stack[i]
	n.to = at
	w.stack = w.stack[:i]
	if i == w.open {
		w.open = 0
		w.each(n)
		return
	}
	w.stack[i-1].children = append(w.stack[i-1].children, n)
}

// abandon ends the open item with those of its parts that are whole, or what is open
// before the items.
func (w *walker) abandon() {
	w.beyond = 0
	if w.open > 0 {
		w.broken++
		w.stack = w.stack[:w.open+1]
		w.pop(w.stack[w.open].from)
		return
	}
	for i := len(w.stack) - 1; i > 0 && !container(w.stack[i].name); i-- {
		w.stack = w.stack[:i]
	}
}
