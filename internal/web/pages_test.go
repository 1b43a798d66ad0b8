package web

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// weight is how heavy a page may be with its style and script.
const weight = 150 << 10

// TestPages wants of every page in both languages what holds for all: the language and
// its direction, one heading, a landmark, named links and fields, no two equal ids,
// nothing from elsewhere, nothing in line, and little weight.
func TestPages(t *testing.T) {
	r := open(t)
	fixed := 0
	for _, f := range []string{"style.css", "script.js", "icon.svg"} {
		b, err := files.ReadFile("static/" + f)
		if err != nil {
			t.Fatal(err)
		}
		fixed += len(b)
	}
	for name, path := range r.addresses(t) {
		for _, lang := range []string{"", "/en"} {
			t.Run(name+lang, func(t *testing.T) {
				w := get(t, r.pages, lang+path, 200)
				if n := w.Body.Len() + fixed; n > weight {
					t.Errorf("the page weighs %d bytes", n)
				}
				page := w.Body.String()
				sound(t, page)
				doc := parse(t, page)
				root := find(doc, "html", "")[0]
				want := "ar rtl"
				if lang != "" {
					want = "en ltr"
				}
				if got := attr(root, "lang") + " " + attr(root, "dir"); got != want {
					t.Errorf("the page is %s, want %s", got, want)
				}
				if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
					t.Errorf("Content-Security-Policy: %s", csp)
				}
			})
		}
	}
}

// sound checks what every page must be.
func sound(t *testing.T, page string) {
	t.Helper()
	for _, bad := range []string{"ZgotmplZ", "<no value>", "%!("} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	doc := parse(t, page)
	if n := len(find(doc, "h1", "")); n != 1 {
		t.Errorf("%d first headings", n)
	}
	ids := map[string]bool{}
	for x := range doc.Descendants() {
		if x.Type != html.ElementNode {
			continue
		}
		if id := attr(x, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements are called %s", id)
			}
			ids[id] = true
		}
		element(t, x)
	}
	for _, a := range find(doc, "a", "") {
		if to, local := strings.CutPrefix(attr(a, "href"), "#"); local && to != "" && !ids[to] {
			t.Errorf("nothing is called %s, and a link leads there", to)
		}
	}
	for _, l := range find(doc, "label", "") {
		if f := attr(l, "for"); f != "" && !ids[f] {
			t.Errorf("a label is for %s, which is not there", f)
		}
	}
}

func element(t *testing.T, x *html.Node) {
	t.Helper()
	for _, a := range x.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key != "value" && strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") {
			t.Errorf("<%s %s=%q>", x.Data, a.Key, a.Val)
		}
	}
	switch x.Data {
	case "script":
		if !strings.HasPrefix(attr(x, "src"), "/static/") || x.FirstChild != nil {
			t.Errorf("a script that is not ours: %q", attr(x, "src"))
		}
	case "style", "base", "object", "embed", "meta":
		if x.Data != "meta" || attr(x, "http-equiv") != "" {
			t.Errorf("there is a <%s>", x.Data)
		}
	case "img", "link", "iframe", "source", "video":
		if to := attr(x, "src") + attr(x, "href"); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
			t.Errorf("<%s> fetches %q", x.Data, to)
		}
	case "a":
		if strings.TrimSpace(text(x)) == "" && attr(x, "aria-label") == "" && attr(x, "tabindex") != "-1" {
			t.Errorf("a link to %s has no words", attr(x, "href"))
		}
		if strings.HasPrefix(attr(x, "href"), "http") && !strings.Contains(attr(x, "rel"), "noreferrer") {
			t.Errorf("a link to %s tells where it comes from", attr(x, "href"))
		}
	}
}

// TestMessages wants every message that a page asks for to be there.
func TestMessages(t *testing.T) {
	r := open(t)
	for name, path := range r.addresses(t) {
		for _, lang := range []string{"", "/en"} {
			doc := parse(t, get(t, r.pages, lang+path, 200).Body.String())
			for x := range doc.Descendants() {
				if x.Type != html.TextNode || x.Parent.Data == "bdi" {
					continue
				}
				for w := range strings.FieldsSeq(x.Data) {
					if key(w) {
						t.Errorf("%s%s shows the key %q", name, lang, w)
					}
				}
			}
		}
	}
}

// key reports whether a word looks like the key of a message.
func key(w string) bool {
	group, rest, ok := strings.Cut(w, ".")
	return ok && group != "" && group[0] > '9' && rest != "" && !strings.HasSuffix(w, ".") && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789._") == ""
}
