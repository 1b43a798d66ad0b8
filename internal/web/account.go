package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/isnad-project/isnad/internal/access"
)

// accountPage is what a user has: a password, keys.
type accountPage struct {
	Keys  []access.Key
	Made  string // the secret of a key made just now
	Roles []access.Role
	Now   time.Time
}

// session gives the name of who signed in with a browser; nobody else has an account.
func (s *site) session(v *visit) (string, error) {
	if s.opt.Door == nil || v.Who.Session == "" {
		return "", errNotAllowed
	}
	return v.Who.Name, nil
}

func (s *site) account(v *visit) error { return s.showAccount(v, http.StatusOK, "") }

func (s *site) showAccount(v *visit, status int, made string) error {
	name, err := s.session(v)
	if err != nil {
		return err
	}
	p := &accountPage{Made: made, Now: v.Now}
	for _, r := range access.Roles() {
		if v.Who.May(r) {
			p.Roles = append(p.Roles, r)
		}
	}
	if p.Keys, err = s.opt.Door.Keys(v.r.Context(), name); err != nil {
		return err
	}
	v.Title, v.Nav = v.T("account"), "account"
	v.w.Header().Set("Cache-Control", "no-store")
	return s.show(v, status, "account", p)
}

// wrong shows a page again with what was wrong in its form, or gives the error on.
func (s *site) wrong(v *visit, err error, show func(*visit, int) error) error {
	var slow *access.Slow
	switch {
	case errors.As(err, &slow):
		v.later(slow)
		v.Error = v.Count("error.slow", slow.Seconds())
		return show(v, http.StatusTooManyRequests)
	case errors.Is(err, access.ErrPassword):
		v.Error = v.T("error.password")
		return show(v, http.StatusForbidden)
	case errors.Is(err, access.ErrUser):
		v.Error = cut(err.Error(), titleLimit)
		return show(v, http.StatusUnprocessableEntity)
	}
	return err
}

func (s *site) accountAgain(v *visit, status int) error { return s.showAccount(v, status, "") }

// changePassword changes one's own password.
func (s *site) changePassword(v *visit) error {
	if _, err := s.session(v); err != nil {
		return err
	}
	f := v.r.PostForm
	if f.Get("new") != f.Get("again") {
		v.Error = v.T("error.again")
		return s.showAccount(v, http.StatusUnprocessableEntity, "")
	}
	made, err := s.opt.Door.ChangePassword(v.r.Context(), v.Who, f.Get("old"), f.Get("new"))
	if err != nil {
		return s.wrong(v, err, s.accountAgain)
	}
	s.opt.Door.Remember(v.w, v.r, made)
	return v.done(v.To("/account"), "password")
}

// leave ends all one's sessions.
func (s *site) leave(v *visit) error {
	name, err := s.session(v)
	if err != nil {
		return err
	}
	if err := s.opt.Door.SignOutAll(v.r.Context(), v.Who, name); err != nil {
		return err
	}
	s.opt.Door.Remember(v.w, v.r, "")
	http.Redirect(v.w, v.r, v.To("/sign-in"), http.StatusSeeOther)
	return nil
}

// makeKey makes a key and shows it, once.
func (s *site) makeKey(v *visit) error {
	name, err := s.session(v)
	if err != nil {
		return err
	}
	f := v.r.PostForm
	days, err := strconv.Atoi(f.Get("days"))
	if err != nil || days < 0 || days > 3650 {
		return errForm
	}
	role, err := access.ParseRole(f.Get("role"))
	if err == nil {
		var made string
		made, _, err = s.opt.Door.MakeKey(v.r.Context(), v.Who, name, f.Get("label"), role, time.Duration(days)*24*time.Hour)
		if err == nil {
			return s.showAccount(v, http.StatusOK, made)
		}
	}
	return s.wrong(v, err, s.accountAgain)
}

func (s *site) revokeKey(v *visit) error {
	name, err := s.session(v)
	if err != nil {
		return err
	}
	if err := s.opt.Door.RevokeKey(v.r.Context(), v.Who, name, v.r.PostForm.Get("key")); err != nil {
		return s.wrong(v, err, s.accountAgain)
	}
	return v.done(v.To("/account"), "revoked")
}
