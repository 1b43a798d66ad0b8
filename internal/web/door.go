package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad/internal/access"
)

// who says who asks. Without a door everybody may everything.
func (s *site) who(r *http.Request) (access.Visitor, error) {
	if s.opt.Door != nil {
		return s.opt.Door.Visitor(r)
	}
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	return access.Visitor{Role: access.Admin, From: from}, nil
}

// admit lets in who may look, and to the page of signing in everybody.
func (s *site) admit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		who, err := s.who(r)
		r = r.WithContext(access.With(r.Context(), who))
		if err == nil || errors.Is(err, access.ErrSignIn) && before(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		s.refuse(w, r, err)
	})
}

// before reports whether a path is there for who has not signed in yet.
func before(path string) bool {
	path = strings.TrimPrefix(path, "/en")
	return path == "/sign-in" || path == "/look"
}

// refuse leads people to the page of signing in, and tells programs to bring a key.
func (s *site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	t := s.tongues[0]
	if r.URL.Path == t.other.prefix || strings.HasPrefix(r.URL.Path, t.other.prefix+"/") {
		t = t.other
	}
	look := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case !errors.Is(err, access.ErrSignIn):
		s.fail(s.visit(t, w, r), err)
	case look && !strings.Contains(r.Header.Get("Accept"), "text/html"):
		w.Header().Set("WWW-Authenticate", `Basic realm="Isnad", charset="UTF-8"`)
		http.Error(w, "sign in first: a user's name, and a key of that user as the password", http.StatusUnauthorized)
	case look:
		http.Redirect(w, r, t.To("/sign-in?back=")+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
	default:
		http.Redirect(w, r, t.To("/sign-in?done=again"), http.StatusSeeOther)
	}
}

// formCookie holds what the form of signing in must carry as well, before there is a
// session: another site's page cannot know it.
const formCookie = "isnad-form"

// Token is a form's hidden field that only this desk's pages can fill in.
func (v *visit) Token() template.HTML {
	if v.token == "" {
		return ""
	}
	return template.HTML(`<input type="hidden" name="token" value="` + template.HTMLEscapeString(v.token) + `">`) //nolint:gosec // escaped
}

// fresh gives the token of a form for who has no session.
func (s *site) fresh(v *visit) string {
	if c, err := v.r.Cookie(formCookie); err == nil && len(c.Value) == 24 {
		return c.Value
	}
	b := make([]byte, 18)
	rand.Read(b) //nolint:errcheck // never fails
	made := base64.RawURLEncoding.EncodeToString(b)
	http.SetCookie(v.w, &http.Cookie{Name: formCookie, Value: made, Path: "/", MaxAge: 24 * 60 * 60, HttpOnly: true, Secure: s.opt.Door.Secure(v.r), SameSite: http.SameSiteStrictMode})
	return made
}

// signInPage asks who one is.
type signInPage struct {
	Name string // as typed before
	Back string
}

func (s *site) signIn(v *visit) error {
	if s.opt.Door == nil || v.Who.Role != access.Nobody {
		http.Redirect(v.w, v.r, safePath(v.Get("back"), v.Home()), http.StatusSeeOther)
		return nil
	}
	return s.showSignIn(v, http.StatusOK, signInPage{Back: v.Get("back")})
}

func (s *site) showSignIn(v *visit, status int, p signInPage) error {
	v.token = s.fresh(v)
	v.Title = v.T("sign.in")
	p.Back, p.Name = safePath(p.Back, v.Home()), cut(p.Name, 80)
	v.w.Header().Set("Cache-Control", "no-store")
	return s.show(v, status, "sign-in", &p)
}

// signedIn lets in who knows a password.
func (s *site) signedIn(v *visit) error {
	if s.opt.Door == nil {
		return errNotAllowed
	}
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	p := signInPage{Name: f.Get("name"), Back: f.Get("back")}
	c, err := v.r.Cookie(formCookie)
	if err != nil || subtle.ConstantTimeCompare([]byte(c.Value), []byte(f.Get("token"))) != 1 {
		v.Error = v.T("error.cookie")
		return s.showSignIn(v, http.StatusForbidden, p)
	}
	made, err := s.opt.Door.SignIn(v.r.Context(), v.Who.From, p.Name, f.Get("password"))
	var slow *access.Slow
	switch {
	case errors.As(err, &slow):
		v.later(slow)
		v.Error = v.Count("error.slow", slow.Seconds())
		return s.showSignIn(v, http.StatusTooManyRequests, p)
	case errors.Is(err, access.ErrPassword):
		v.Error = v.T("error.password")
		return s.showSignIn(v, http.StatusForbidden, p)
	case err != nil:
		return err
	}
	s.opt.Door.Remember(v.w, v.r, made)
	http.SetCookie(v.w, &http.Cookie{Name: formCookie, Path: "/", MaxAge: -1})
	http.Redirect(v.w, v.r, v.back(v.Home()), http.StatusSeeOther)
	return nil
}

// later tells a program when to come again.
func (v *visit) later(s *access.Slow) { v.w.Header().Set("Retry-After", strconv.Itoa(s.Seconds())) }

func (s *site) signOut(v *visit) error {
	if s.opt.Door == nil {
		return errNotAllowed
	}
	if err := s.opt.Door.SignOut(v.r.Context(), v.Who); err != nil {
		return err
	}
	s.opt.Door.Remember(v.w, v.r, "")
	http.Redirect(v.w, v.r, v.To("/sign-in"), http.StatusSeeOther)
	return nil
}
