package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/access"
)

// sheets are the templates of the pages by language and name: ar/today.
type sheets map[string]*template.Template

// on joins what a part of a page shows with the visit.
type on struct {
	V *visit
	X any
}

func (s *site) loadSheets() (sheets, error) {
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	all := sheets{}
	for _, t := range s.tongues {
		base := template.New("").Funcs(template.FuncMap{
			"on": func(v *visit, x any) on { return on{v, x} },
		})
		for _, file := range [...]string{"templates/layout.html", "templates/parts.html"} {
			if err := t.parse(base, file); err != nil {
				return nil, err
			}
		}
		for _, file := range names {
			name := strings.TrimSuffix(path.Base(file), ".html")
			if name == "layout" || name == "parts" {
				continue
			}
			own, err := base.Clone()
			if err != nil {
				return nil, err
			}
			if err := t.parse(own, file); err != nil {
				return nil, err
			}
			all[t.Code+"/"+name] = own
		}
	}
	return all, nil
}

// parse reads a template in a language: whatever is the same on all its pages, the
// messages by a fixed key, is set into it, which halves the time that a page takes.
func (t *tongue) parse(into *template.Template, file string) error {
	message := regexp.MustCompile(messageByKey)
	b, err := fs.ReadFile(files, file)
	if err == nil {
		text := message.ReplaceAllStringFunc(string(b), func(m string) string {
			return template.HTMLEscapeString(t.T(message.FindStringSubmatch(m)[1]))
		})
		_, err = into.Parse(text)
	}
	if err != nil {
		return fmt.Errorf("read template %s: %w", file, err)
	}
	return nil
}

// messageByKey is a message by a fixed key in a template.
const messageByKey = `\{\{\$?(?:\.V)?\.T "([^"]+)"\}\}`

// asset is a static file.
type asset struct {
	bytes  []byte
	digest string
}

func loadStatic() (map[string]asset, error) {
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		return nil, err
	}
	all := map[string]asset{}
	for _, e := range entries {
		b, err := fs.ReadFile(files, "static/"+e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		all[e.Name()] = asset{b, hex.EncodeToString(sum[:6])}
	}
	return all, nil
}

// address gives where a static file is; it changes with its bytes.
func (s *site) address(file string) string { return "/static/" + file + "?" + s.static[file].digest }

func (s *site) serveStatic(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	a, ok := s.static[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.URL.RawQuery == a.digest {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("ETag", `"`+a.digest+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(a.bytes))
}

// Other is this page in the other language.
func (v *visit) Other() string {
	q := v.query()
	if len(q) == 0 {
		return v.other.prefix + v.Here
	}
	return v.other.prefix + v.Here + "?" + q.Encode()
}

// Self is this page, to come back to.
func (v *visit) Self() string {
	q := v.query()
	if len(q) == 0 {
		return v.prefix + v.Here
	}
	return v.prefix + v.Here + "?" + q.Encode()
}

func (v *visit) query() url.Values {
	q := url.Values{}
	if v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		return q
	}
	for k, all := range v.Query {
		if k != "done" {
			q[k] = all
		}
	}
	return q
}

// With is this page with another value of one parameter, from its beginning; without it
// when the value is empty.
func (v *visit) With(key, value string) string {
	q := v.query()
	q.Del("cursor")
	q.Set(key, value)
	if value == "" {
		q.Del(key)
	}
	if len(q) == 0 {
		return v.prefix + v.Here
	}
	return v.prefix + v.Here + "?" + q.Encode()
}

// In reports whether who asks may see anything.
func (v *visit) In() bool { return v.Who.May(access.Reader) }

// Get gives a parameter of the page.
func (v *visit) Get(key string) string { return v.Query.Get(key) }
