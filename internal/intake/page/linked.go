package page

import (
	"cmp"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"github.com/isnad-project/isnad/internal/script"
)

// graph is the JSON-LD of a page: its articles, the page they stand on, and the names of
// what other objects point to by @id.
type graph struct {
	articles []map[string]any
	pages    []map[string]any
	names    map[string]string
	day      func(string) string
	salvaged meta // from scripts that are no JSON
}

// The limits of what is searched.
const (
	levels   = 8
	articles = 50
)

// add reads one script.
func (g *graph) add(s string, day func(string) string) {
	g.day = day
	d := json.NewDecoder(strings.NewReader(mended(s)))
	for n := 0; n < articles; n++ { // some write several objects one after the other
		var v any
		if err := d.Decode(&v); err != nil {
			if n == 0 {
				g.salvaged = g.salvaged.or(g.salvage(s))
			}
			return
		}
		g.gather(v, 0)
	}
}

// mended undoes what keeps JSON-LD from being JSON: wrappings for old browsers, line ends
// within strings, commas before a bracket.
func mended(s string) string {
	s = strings.TrimSpace(s)
	for _, wrap := range [...]string{"/*<![CDATA[*/", "//<![CDATA[", "<![CDATA[", "<!--"} {
		s = strings.TrimPrefix(s, wrap)
	}
	for _, wrap := range [...]string{"/*]]>*/", "//]]>", "]]>", "-->", ";"} {
		s = strings.TrimSuffix(strings.TrimSpace(s), wrap)
	}
	if json.Valid([]byte(s)) {
		return s
	}
	b := make([]byte, 0, len(s))
	quoted, escaped := false, false
	for i := range len(s) {
		c := s[i]
		switch {
		case quoted && escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted && c == '\n':
			b = append(b, '\\')
			c = 'n'
		case c < ' ':
			c = ' '
		case !quoted && (c == '}' || c == ']'):
			b = uncomma(b)
		}
		b = append(b, c)
	}
	return string(b)
}

// uncomma takes off the comma that stands last.
func uncomma(b []byte) []byte {
	n := len(b)
	for n > 0 && b[n-1] == ' ' {
		n--
	}
	if n > 0 && b[n-1] == ',' {
		return b[:n-1]
	}
	return b
}

// salvage reads the dates of a script that is no JSON, where it tells one of each kind.
func (g *graph) salvage(s string) meta {
	only := func(key string) string {
		_, after, found := strings.Cut(s, `"`+key+`"`)
		if !found || strings.Contains(after, `"`+key+`"`) {
			return ""
		}
		_, after, _ = strings.Cut(after[:min(len(after), 80)], `"`)
		v, _, _ := strings.Cut(after, `"`)
		return g.day(v)
	}
	return meta{published: only("datePublished"), modified: only("dateModified")}
}

// gather sorts the objects of a value a few levels down.
func (g *graph) gather(v any, depth int) {
	if depth > levels || len(g.articles) >= articles {
		return
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			g.gather(e, depth+1)
		}
	case map[string]any:
		id, _ := x["@id"].(string)
		if name, _ := x["name"].(string); id != "" && name != "" {
			if g.names == nil {
				g.names = map[string]string{}
			}
			g.names[id] = name
		}
		switch t := types(x["@type"]); {
		case strings.Contains(t, "Article") || strings.Contains(t, "BlogPosting") || t == "Report " || t == "SocialMediaPosting ":
			g.articles = append(g.articles, x)
		case strings.Contains(t, "WebPage"):
			g.pages = append(g.pages, x)
		}
		for _, key := range [...]string{"@graph", "mainEntity", "mainEntityOfPage", "about"} {
			if inner, ok := x[key].(map[string]any); ok || key == "@graph" {
				if ok {
					g.gather(inner, depth+1)
				} else {
					g.gather(x[key], depth+1)
				}
			}
		}
	}
}

// types gives the types of an object, a space after each.
func types(v any) string {
	switch x := v.(type) {
	case string:
		return x + " "
	case []any:
		var b strings.Builder
		for _, e := range x {
			b.WriteString(types(e))
		}
		return b.String()
	}
	return ""
}

// choose gives the article that the page is of: the one of its title or address, else the
// first. The dates of the page stand in for those of the article.
func (g *graph) choose(m meta) meta {
	var out meta
	best := -1
	for _, a := range g.articles {
		score := 0
		if t := script.Fold(g.text(a["headline"])); t != "" && m.title != "" && (strings.Contains(script.Fold(m.title), t) || strings.Contains(t, script.Fold(m.title))) {
			score += 2
		}
		if u := g.text(a["url"]); u != "" && (u == m.canonical || u == m.url) {
			score++
		}
		if score > best {
			best, out = score, g.article(a)
		}
	}
	for _, page := range g.pages {
		out = out.or(meta{published: g.day(g.text(page["datePublished"])), modified: g.day(g.text(page["dateModified"]))})
	}
	return out.or(g.salvaged)
}

func (g *graph) article(x map[string]any) meta {
	m := meta{
		title: cmp.Or(g.text(x["headline"]), g.text(x["name"])), outlet: g.text(x["publisher"]), author: g.list(x["author"]),
		source:    cmp.Or(g.text(x["sourceOrganization"]), g.text(x["creditText"])),
		published: g.day(cmp.Or(g.text(x["datePublished"]), g.text(x["dateCreated"]))), modified: g.day(g.text(x["dateModified"])),
		description: g.text(x["description"]), body: paragraphs(x["articleBody"]),
		linked: cmp.Or(g.text(x["url"]), g.address(x["mainEntityOfPage"])),
	}
	if updates, ok := x["liveBlogUpdate"].([]any); ok && m.body == "" {
		var parts []string
		for _, u := range updates {
			if o, ok := u.(map[string]any); ok {
				parts = append(parts, paragraphs(o["articleBody"]))
			}
		}
		m.body = strings.Trim(strings.Join(parts, "\n\n"), "\n")
	}
	if strings.Contains(m.author, "://") {
		m.author = ""
	}
	return m
}

// address gives the address that mainEntityOfPage names.
func (g *graph) address(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case map[string]any:
		return cmp.Or(g.text(x["@id"]), g.text(x["url"]))
	}
	return ""
}

// text gives a JSON-LD value in words: a string, the name of an object or of what it points to,
// or the first of a list.
func (g *graph) text(v any) string {
	switch x := v.(type) {
	case string:
		return clean(x)
	case map[string]any:
		if name, ok := x["name"].(string); ok {
			return clean(name)
		}
		id, _ := x["@id"].(string)
		return clean(g.names[id])
	case []any:
		if len(x) > 0 {
			return g.text(x[0])
		}
	}
	return ""
}

// authors is how many names of a list are kept.
const authors = 10

// list gives the names of a list, a comma between them.
func (g *graph) list(v any) string {
	all, ok := v.([]any)
	if !ok {
		return g.text(v)
	}
	var names []string
	for _, e := range all[:min(len(all), authors)] {
		if s := g.text(e); s != "" {
			names = append(names, s)
		}
	}
	return strings.Join(names, comma)
}

// paragraphs gives an articleBody with its lines apart and without its markup.
func paragraphs(v any) string {
	s, _ := v.(string)
	s = html.UnescapeString(s)
	if strings.Contains(s, "</") || strings.Contains(s, "<br") {
		if doc, err := html.Parse(strings.NewReader(s)); err == nil {
			return render(doc, false)
		}
	}
	var out []string
	for l := range strings.Lines(s) {
		if l = clean(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n\n")
}
