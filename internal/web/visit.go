package web

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// visit is one request for a page, and what every page shows of it.
type visit struct {
	*tongue
	w http.ResponseWriter
	r *http.Request

	Here   string // the path without the language
	Query  url.Values
	Theme  string // light, dark or auto
	Who    access.Visitor
	Name   string // who asks; empty where nobody signs in
	May    bool   // he may change things
	Admin  bool   // he may make users and see the log
	Now    time.Time
	Since  time.Time // when he was here before, where that is asked; zero when never
	Title  string
	Nav    string // which entry of the menu this is
	Notice string // key of a message: what was done
	Error  string // what could not be done, in words
	Sought string // what stands in the search box
	Style  string // addresses of the static files
	Script string
	Icon   string
	Body   any
	token  string // what a form must carry
}

// The most bytes of a form, and of a list of feeds.
const (
	formLimit = 64 << 10
	listLimit = 4 << 20
)

// policy lets a page use its own style, script and frames, and nothing of anybody else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard sets the headers that hold everywhere, refuses names that are not this desk's
// (a stranger's name that points here would make a stranger's page one of ours), and
// refuses changes that another site's page asks for. Then it looks who asks.
func (s *site) guard(next http.Handler) http.Handler {
	safe := http.NewCrossOriginProtection().Handler(s.admit(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-DNS-Prefetch-Control", "off")
		if !s.ours(r.Host) {
			http.Error(w, "this desk is not called by that name; its names are set where it is served", http.StatusMisdirectedRequest)
			return
		}
		safe.ServeHTTP(w, r)
	})
}

// ours reports whether a host of a request is a name of this desk.
func (s *site) ours(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	return name == "localhost" || net.ParseIP(name) != nil || slices.Contains(s.opt.Hosts, name) || slices.Contains(s.opt.Hosts, host)
}

// page makes a handler of a page's function.
func (s *site) page(t *tongue, show func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(t, w, r)
		if err := show(v); err != nil {
			s.fail(v, err)
		}
	}
}

// act makes a handler of a function that changes something, for who has a role.
func (s *site) act(t *tongue, need access.Role, change func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(t, w, r)
		err := errNotAllowed
		if v.Who.May(need) {
			err = v.form()
		}
		if err == nil && !v.Who.Matches(r.PostForm.Get("token")) {
			err = errNotAllowed
		}
		if err == nil {
			err = change(v)
		}
		if err != nil {
			s.fail(v, err)
		}
	}
}

// form reads the form of a request.
func (v *visit) form() error {
	list := strings.HasPrefix(v.r.Header.Get("Content-Type"), "multipart/")
	limit := int64(formLimit)
	if list {
		limit = listLimit
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit)
	err := v.r.ParseForm()
	if list && err == nil {
		err = v.r.ParseMultipartForm(listLimit)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errForm, err)
	}
	return nil
}

func (s *site) visit(t *tongue, w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{tongue: t, w: w, r: r, Here: strings.TrimPrefix(r.URL.EscapedPath(), t.prefix), Query: r.URL.Query(), Now: s.opt.Now(), Theme: "auto",
		Style: s.address("style.css"), Script: s.address("script.js"), Icon: s.address("icon.svg")}
	v.Who = access.Of(r.Context())
	v.Name, v.May, v.Admin, v.token = v.Who.Name, v.Who.May(access.Editor), v.Who.May(access.Admin), v.Who.Token
	if v.Here == "" {
		v.Here = "/"
	}
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "dark" || c.Value == "light") {
		v.Theme = c.Value
	}
	if done := "done." + v.Query.Get("done"); v.words[done] != "" {
		v.Notice = done
	}
	return v
}

// What the pages themselves cannot do.
var (
	errNotAllowed = errors.New("you may look here, not change")
	errForm       = errors.New("the form is not filled in as it should be")
)

// fail shows what went wrong.
func (s *site) fail(v *visit, err error) {
	status, key := http.StatusInternalServerError, "error.inside"
	var large *http.MaxBytesError
	var slow *access.Slow
	switch {
	case errors.As(err, &slow):
		v.later(slow)
		status, key, v.Error = http.StatusTooManyRequests, "error.often", v.Count("error.slow", slow.Seconds())
	case errors.Is(err, isnad.ErrNotFound):
		status, key = http.StatusNotFound, "error.nowhere"
	case errors.Is(err, isnad.ErrQuery):
		status, key, v.Error = http.StatusBadRequest, "error.query", err.Error()
	case errors.Is(err, errNotAllowed):
		status, key = http.StatusForbidden, "error.forbidden"
	case errors.As(err, &large):
		status, key = http.StatusRequestEntityTooLarge, "error.large"
	case errors.Is(err, errForm):
		status, key, v.Error = http.StatusUnprocessableEntity, "error.form", err.Error()
	case errors.Is(err, isnad.ErrBusy):
		status, key = http.StatusServiceUnavailable, "error.busy"
	}
	if status == http.StatusInternalServerError {
		s.opt.Log.Error("page", "path", v.r.URL.Path, "error", err)
	}
	v.Title, v.Nav = v.T(key), ""
	if err := s.show(v, status, "error", nil); err != nil {
		s.opt.Log.Error("page", "path", v.r.URL.Path, "error", err)
		http.Error(v.w, http.StatusText(status), status)
	}
}

func (s *site) nowhere(*visit) error { return isnad.ErrNotFound }

// show writes a page whole or, when it cannot be made, nothing.
func (s *site) show(v *visit, status int, name string, body any) error {
	v.Body = body
	var b bytes.Buffer
	if err := s.sheets[v.Code+"/"+name].ExecuteTemplate(&b, "layout", v); err != nil {
		return fmt.Errorf("show page %s: %w", name, err)
	}
	return v.write(status, b.Bytes())
}

// write writes a page, at once.
func (v *visit) write(status int, page []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.Code)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Set("Vary", "Cookie")
	h.Set("Content-Length", strconv.Itoa(len(page)))
	v.w.WriteHeader(status)
	v.w.Write(page) //nolint:errcheck // who asked went away
	return nil
}

// done leads back to a page after a change.
func (v *visit) done(path, what string) error {
	to, err := url.Parse(path)
	if err != nil {
		return err
	}
	q := to.Query()
	q.Set("done", what)
	to.RawQuery = q.Encode()
	http.Redirect(v.w, v.r, to.String(), http.StatusSeeOther)
	return nil
}

// back gives the path of a form's field "back" when it is one of this desk, else another.
func (v *visit) back(other string) string { return safePath(v.r.PostFormValue("back"), other) }

// safePath gives a path when it is one of this desk, else another.
func safePath(b, other string) string {
	u, err := url.Parse(b)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(b, "//") || strings.ContainsAny(b, "\\\r\n\t") || len(b) > 4000 {
		return other
	}
	q := u.Query()
	q.Del("done")
	u.RawQuery = q.Encode()
	return u.String()
}

// look sets how the pages look: dark, light, or as the machine does.
func (s *site) look(v *visit) error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, formLimit)
	theme := v.r.PostFormValue("theme")
	if theme != "dark" && theme != "light" {
		theme = "auto"
	}
	http.SetCookie(v.w, &http.Cookie{Name: "theme", Value: theme, Path: "/", MaxAge: 365 * 24 * 60 * 60, SameSite: http.SameSiteLaxMode})
	http.Redirect(v.w, v.r, v.back(v.Home()), http.StatusSeeOther)
	return nil
}
