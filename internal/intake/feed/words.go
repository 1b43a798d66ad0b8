package feed

import (
	"html"
	"net/url"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// plain gives the words of an element: markup taken out, entities resolved, once more where
// a publisher wrote them twice.
func (w *walker) plain(n *node) string {
	if len(n.children) > 0 {
		return words(w.raw(n))
	}
	return words(string(n.text))
}

// markup gives the HTML of an element that holds an article in full.
func (w *walker) markup(n *node) string {
	switch {
	case n.attr("src") != "": // it stands elsewhere
		return ""
	case len(n.children) > 0:
		return strings.TrimSpace(norm.NFC.String(w.raw(n)))
	}
	s := strings.TrimSpace(norm.NFC.String(string(n.text)))
	if t := n.attr("type"); t == "text" || t == "text/plain" || t == "" && n.name == "content" {
		if !strings.Contains(s, "</") {
			return html.EscapeString(s)
		}
	}
	return s
}

// raw gives what stands in an element as it is written.
func (w *walker) raw(n *node) string {
	if n.from >= n.to {
		return ""
	}
	return strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(w.text[n.from:n.to])
}

// words gives the text of what may be HTML, on one line.
func words(s string) string {
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') {
		s = strip(s)
	}
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	return norm.NFC.String(squeeze(s))
}

// squeeze sets words one space apart.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// strip takes the tags out of HTML, and what stands in scripts and styles.
func strip(s string) string {
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(len(s) + 1)
	hidden := false
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return b.String()
		case nethtml.TextToken:
			if !hidden {
				b.Write(z.Text())
			}
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Script, atom.Style:
				hidden = t.Type == nethtml.StartTagToken
			case atom.B, atom.I, atom.Em, atom.Strong, atom.A, atom.Span, atom.Font, atom.U, atom.Sub, atom.Sup:
			default:
				b.WriteByte(' ')
			}
		}
	}
}

// author takes the address off an RSS author: «name@example.org (Name)».
func author(s string) string {
	if mail, rest, found := strings.Cut(s, "("); found && strings.ContainsRune(mail, '@') {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), ")"))
	}
	if strings.ContainsRune(s, '@') && !strings.ContainsRune(s, ' ') {
		return ""
	}
	return s
}

// address reports whether s is an address of the web.
func address(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && !strings.ContainsAny(s, " \t\n<>\"")
}

// longest is the length in bytes past which an address is none.
const longest = 1 << 13

func (r *reading) absolute(s string) string { return r.absoluteFrom("", s) }

// absoluteFrom resolves an address against that of its element, and that against the document's.
// It gives nothing for what is no address of the web.
func (r *reading) absoluteFrom(element, s string) string {
	s = strings.Trim(s, " \t\r\n\"'")
	if s == "" || len(s) > longest {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		if u, err = url.Parse(escape(s)); err != nil {
			return ""
		}
	}
	base := r.base
	if element != "" {
		if e, err := url.Parse(element); err == nil && base != nil {
			base = base.ResolveReference(e)
		} else if err == nil {
			base = e
		}
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// escape mends what url.Parse refuses: a percent sign that escapes nothing, spaces and
// control characters.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '%' && (i+2 >= len(s) || !hex(s[i+1]) || !hex(s[i+2])):
			b.WriteString("%25")
		case c == ' ':
			b.WriteString("%20")
		case c < ' ' || c == 0x7f:
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func hex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }
