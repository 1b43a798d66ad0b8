package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// usersPage lists who may do what.
type usersPage struct {
	Users []access.User
	Roles []access.Role
	Open  bool // nobody needs to sign in
}

func (s *site) users(v *visit) error { return s.showUsers(v, http.StatusOK) }

func (s *site) showUsers(v *visit, status int) error {
	if s.opt.Door == nil || !v.Admin {
		return errNotAllowed
	}
	all, err := s.opt.Door.Users(v.r.Context())
	if err != nil {
		return err
	}
	v.Title, v.Nav = v.T("users"), "users"
	v.w.Header().Set("Cache-Control", "no-store")
	return s.show(v, status, "users", &usersPage{Users: all, Roles: access.Roles(), Open: v.Name == ""})
}

// manage makes a handler of a change to users. Where nobody needs to sign in users are
// made by the command only: whoever is on the machine could make himself the first.
func (s *site) manage(what string, change func(v *visit, d *access.Door, name string) error) func(*visit) error {
	return func(v *visit) error {
		if s.opt.Door == nil || v.Name == "" {
			return errNotAllowed
		}
		if err := change(v, s.opt.Door, v.r.PostForm.Get("name")); err != nil {
			return s.wrong(v, err, s.showUsers)
		}
		return v.done(v.To("/users"), what)
	}
}

func addUser(v *visit, d *access.Door, name string) error {
	role, err := access.ParseRole(v.r.PostForm.Get("role"))
	if err != nil {
		return err
	}
	return d.Add(v.r.Context(), v.Who, name, role, v.r.PostForm.Get("password"))
}

func setRole(v *visit, d *access.Door, name string) error {
	role, err := access.ParseRole(v.r.PostForm.Get("role"))
	if err != nil {
		return err
	}
	return d.SetRole(v.r.Context(), v.Who, name, role)
}

func setPassword(v *visit, d *access.Door, name string) error {
	return d.SetPassword(v.r.Context(), v.Who, name, v.r.PostForm.Get("password"))
}

func removeUser(v *visit, d *access.Door, name string) error {
	return d.Remove(v.r.Context(), v.Who, name)
}

// logPage is the log of what was done by hand.
type logPage struct {
	Acts []isnad.Act
	Next string
}

// actsShown is how many lines of the log a page has.
const actsShown = 100

func (s *site) log(v *visit) error {
	if !v.Admin {
		return errNotAllowed
	}
	p := &logPage{}
	var err error
	if p.Acts, p.Next, err = s.lib.Acts(v.r.Context(), actsShown, v.Get("cursor")); err != nil {
		return err
	}
	v.Title, v.Nav = v.T("log"), "log"
	v.w.Header().Set("Cache-Control", "no-store")
	return s.show(v, http.StatusOK, "log", p)
}

// Way leads to what was changed, where that has a page.
func (v *visit) Way(a isnad.Act) string {
	if len(a.To) > 2000 {
		return ""
	}
	switch a.Do {
	case "settle":
		if id, at, ok := strings.Cut(a.To, "#"); ok {
			return v.Of("article", id) + "#" + url.PathEscape(at)
		}
	case "merge", "split", "rename":
		return v.Of("entity", a.To)
	}
	return ""
}

// note adds to the log what was done.
func (s *site) note(v *visit, do, to, note string) error {
	return s.lib.Note(v.r.Context(), isnad.Act{At: v.Now, By: v.Name, From: v.Who.From, Do: do, To: cut(to, 500), Note: cut(note, 500)})
}
