package access

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/isnad-project/isnad"
)

// The kinds of papers that a door keeps.
const (
	userKind    = "user"    // by name
	sessionKind = "session" // by the digest of its secret
	keyKind     = "key"     // by the digest of its secret
)

// User is who may come in with a password.
type User struct {
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Made    time.Time `json:"made"`
	Changed time.Time `json:"changed"` // the password

	Hash string `json:"hash"`
	// Self tells this user from another who had the name before, and Stamp these sessions
	// from those before the password was changed.
	Self  string `json:"self"`
	Stamp string `json:"stamp"`
}

// nameMost is how many letters a name may have.
const nameMost = 64

// Name gives a name as it is kept: in small letters, and the same however it was typed.
// It is of letters and digits, with . - _ and @ between.
func Name(typed string) (string, error) {
	if len(typed) > 16*nameMost || !utf8.ValidString(typed) {
		return "", fmt.Errorf("%w: the name is too long or damaged", ErrUser)
	}
	name := norm.NFKC.String(strings.ToLower(norm.NFKC.String(strings.TrimSpace(typed))))
	n := utf8.RuneCountInString(name)
	for i, r := range name {
		inside := i > 0 && (unicode.IsMark(r) || strings.ContainsRune(".-_@", r))
		if n > nameMost || !inside && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			n = 0
			break
		}
	}
	if n == 0 {
		return "", fmt.Errorf("%w: a name has 1 to %d letters and digits, and . - _ @ between them", ErrUser, nameMost)
	}
	return name, nil
}

// Users gives all users in order of name.
func (d *Door) Users(ctx context.Context) ([]User, error) {
	papers, err := d.store.Papers(ctx, userKind)
	if err != nil {
		return nil, err
	}
	all := make([]User, len(papers))
	for i, p := range papers {
		if err := json.Unmarshal(p.Text, &all[i]); err != nil {
			return nil, fmt.Errorf("user %q: %w", p.Name, err)
		}
	}
	return all, nil
}

// User gives one user.
func (d *Door) User(ctx context.Context, name string) (u User, err error) {
	if name, err = Name(name); err != nil {
		return u, err
	}
	err = d.paper(ctx, userKind, name, &u)
	if errors.Is(err, isnad.ErrNotFound) {
		err = fmt.Errorf("%w: nobody is called %s", ErrUser, name)
	}
	return u, err
}

// Manned reports whether somebody can sign in who makes users.
func (d *Door) Manned(ctx context.Context) (bool, error) {
	all, err := d.Users(ctx)
	return admins(all) > 0, err
}

func admins(all []User) (n int) {
	for _, u := range all {
		if u.Role == Admin {
			n++
		}
	}
	return n
}

// Add makes a user. The first must be an admin, for from then on all must sign in.
func (d *Door) Add(ctx context.Context, by Visitor, name string, role Role, password string) error {
	name, err := Name(name)
	if err != nil {
		return err
	}
	if err := sound(name, password); err != nil {
		return err
	}
	if !given(role) {
		return errRole
	}
	now := d.opt.Now().UTC()
	u := User{Name: name, Role: role, Made: now, Changed: now, Self: secret(9), Stamp: secret(9)}
	if err := d.hashing(ctx, func() { u.Hash = newHash(password).String() }); err != nil {
		return err
	}
	return d.changing(ctx, func(ctx context.Context) error {
		all, err := d.Users(ctx)
		switch {
		case err != nil:
			return err
		case slices.ContainsFunc(all, func(u User) bool { return u.Name == name }):
			return fmt.Errorf("%w: there is a user %s already", ErrUser, name)
		case role != Admin && admins(all) == 0:
			return fmt.Errorf("%w: the first user must be an admin, for from then on everybody must sign in", ErrUser)
		}
		return d.keep(ctx, u, by, "user-add", role.String())
	})
}

var errRole = fmt.Errorf("%w: give a role: reader, editor or admin", ErrUser)

func given(r Role) bool { return r >= Reader && r <= Admin }

// changing changes users in a turn of its own, so that no two programs change one at once.
func (d *Door) changing(ctx context.Context, work func(context.Context) error) error {
	for n := 0; ; n++ {
		turn, back, err := d.store.Turn(ctx, "users")
		if err == nil {
			defer back()
			return work(turn)
		}
		if !errors.Is(err, isnad.ErrBusy) || n == 100 {
			return fmt.Errorf("change users: %w", err)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// alter changes one user and notes what.
func (d *Door) alter(ctx context.Context, by Visitor, name, do string, change func(ctx context.Context, u *User) (note string, err error)) error {
	return d.changing(ctx, func(ctx context.Context) error {
		u, err := d.User(ctx, name)
		if err != nil {
			return err
		}
		note, err := change(ctx, &u)
		if err != nil {
			return err
		}
		return d.keep(ctx, u, by, do, note)
	})
}

// keep files a user and notes why.
func (d *Door) keep(ctx context.Context, u User, by Visitor, do, note string) error {
	if err := d.file(ctx, userKind, u.Name, u); err != nil {
		return err
	}
	return d.Note(ctx, by, do, u.Name, note)
}

// SetRole gives a user another role. The last admin stays one.
func (d *Door) SetRole(ctx context.Context, by Visitor, name string, role Role) error {
	if !given(role) {
		return errRole
	}
	return d.alter(ctx, by, name, "user-role", func(ctx context.Context, u *User) (string, error) {
		note := u.Role.String() + " → " + role.String()
		err := d.last(ctx, *u, role)
		u.Role = role
		return note, err
	})
}

// last refuses to leave users without an admin, when one gets a role or none.
func (d *Door) last(ctx context.Context, u User, role Role) error {
	if u.Role != Admin || role == Admin {
		return nil
	}
	all, err := d.Users(ctx)
	if err == nil && admins(all) < 2 && (role != Nobody || len(all) > 1) {
		err = fmt.Errorf("%w: %s is the last admin", ErrUser, u.Name)
	}
	return err
}

// SetPassword gives a user another password. All sessions end; keys stay.
func (d *Door) SetPassword(ctx context.Context, by Visitor, name, password string) error {
	name, err := Name(name)
	if err != nil {
		return err
	}
	if err := sound(name, password); err != nil {
		return err
	}
	kept := ""
	if err := d.hashing(ctx, func() { kept = newHash(password).String() }); err != nil {
		return err
	}
	err = d.alter(ctx, by, name, "user-password", func(_ context.Context, u *User) (string, error) {
		u.Hash, u.Stamp, u.Changed = kept, secret(9), d.opt.Now().UTC()
		return "", nil
	})
	if err == nil {
		d.byName.forget(name)
	}
	return err
}

// Remove takes a user off, with sessions and keys. The last admin goes last.
func (d *Door) Remove(ctx context.Context, by Visitor, name string) error {
	return d.changing(ctx, func(ctx context.Context) error {
		u, err := d.User(ctx, name)
		if err != nil {
			return err
		}
		if err := d.last(ctx, u, Nobody); err != nil {
			return err
		}
		off, err := d.belongings(ctx, u.Name)
		if err != nil {
			return err
		}
		if err := d.store.File(ctx, append(off, isnad.Paper{Kind: userKind, Name: u.Name})...); err != nil {
			return err
		}
		return d.Note(ctx, by, "user-remove", u.Name, u.Role.String())
	})
}

// belongings gives the papers of a user's sessions and keys, to be thrown away.
func (d *Door) belongings(ctx context.Context, name string) (off []isnad.Paper, err error) {
	for _, kind := range [...]string{sessionKind, keyKind} {
		papers, err := d.store.Papers(ctx, kind)
		if err != nil {
			return nil, err
		}
		for _, p := range papers {
			var x struct {
				User string `json:"user"`
			}
			if json.Unmarshal(p.Text, &x) == nil && x.User == name {
				off = append(off, isnad.Paper{Kind: kind, Name: p.Name})
			}
		}
	}
	return off, nil
}

// paper reads a paper.
func (d *Door) paper(ctx context.Context, kind, name string, into any) error {
	b, err := d.store.Paper(ctx, kind, name)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	return err
}

// file keeps a paper.
func (d *Door) file(ctx context.Context, kind, name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return d.store.File(ctx, isnad.Paper{Kind: kind, Name: name, Text: b})
}

// byAge orders by when something was made.
func byAge(a, b time.Time, x, y string) int { return cmp.Or(a.Compare(b), cmp.Compare(x, y)) }
