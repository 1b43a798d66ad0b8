package access

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/isnad-project/isnad"
)

// SessionTime is how long a browser stays signed in.
const SessionTime = 14 * 24 * time.Hour

// sessionsMost is how many browsers of a user are signed in; the oldest goes first.
const sessionsMost = 20

// session is a browser that is signed in.
type session struct {
	User  string    `json:"user"`
	Stamp string    `json:"stamp"` // User.Stamp, when it was signed in
	Made  time.Time `json:"made"`
	Until time.Time `json:"until"`
	From  string    `json:"from"`
}

// secretLetters is the length of the secret of a session or a key: 32 bytes.
const secretLetters = 43

// isSecret reports whether something looks like what secret gives.
func isSecret(s string) bool {
	if len(s) != secretLetters {
		return false
	}
	_, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil
}

// digest is under what name a secret's paper is kept. The secret is random, so a plain
// digest tells nothing of it.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// token follows from a session's secret and does not lead back to it.
func token(secret string) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte("isnad form")) //nolint:errcheck // never fails
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:18])
}

// Matches reports whether what came with a form or a header is a visitor's token. Who
// has no session needs none.
func (v Visitor) Matches(given string) bool {
	return v.Session == "" || subtle.ConstantTimeCompare([]byte(given), []byte(v.Token)) == 1
}

// SignIn opens a session for who knows a user's password and gives its secret. The error
// is ErrPassword, the same for names that are not there, or Slow.
func (d *Door) SignIn(ctx context.Context, from, name, password string) (string, error) {
	who := Visitor{From: from}
	kept, err := Name(name)
	if err != nil || len(password) > passwordMost {
		kept = "" // nobody
	}
	if wait := d.try(from, kept); wait > 0 {
		return "", &Slow{Wait: wait}
	}
	u, fits, err := d.check(ctx, kept, password)
	if err != nil {
		d.byHouse.undo(house(from))
		d.byName.undo(kept)
		return "", err
	}
	if !fits {
		return "", errors.Join(ErrPassword, d.Note(ctx, who, "sign-in-failed", name, ""))
	}
	d.byName.forget(kept)
	d.byHouse.undo(house(from))
	who.Name = u.Name
	made, err := d.admit(ctx, u, from)
	if err != nil {
		return "", err
	}
	return made, d.Note(ctx, who, "sign-in", u.Name, "")
}

// try counts that a password is tried, or gives how long to wait before.
func (d *Door) try(from, name string) time.Duration {
	now := d.opt.Now()
	if wait := d.byHouse.try(house(from), now); wait > 0 {
		return wait
	}
	return d.byName.try(name, now)
}

// check looks whether a password is a user's. It takes as long for who is not there.
func (d *Door) check(ctx context.Context, name, password string) (u User, fits bool, err error) {
	known := false
	if name != "" {
		err = d.paper(ctx, userKind, name, &u)
		known = err == nil
		if err != nil && !errors.Is(err, isnad.ErrNotFound) {
			return u, false, err
		}
	}
	h := present()
	h.salt, h.sum = make([]byte, 16), make([]byte, 32)
	if known {
		if h, err = parseHash(u.Hash); err != nil {
			return u, false, fmt.Errorf("user %s: %w; give a new one with: isnad user password", u.Name, err)
		}
	}
	err = d.hashing(ctx, func() { fits = h.fits(password) && known })
	return u, fits, err
}

// admit keeps a new session, and throws away those that are over or too many.
func (d *Door) admit(ctx context.Context, u User, from string) (string, error) {
	now := d.opt.Now().UTC()
	s, made := session{User: u.Name, Stamp: u.Stamp, Made: now, Until: now.Add(SessionTime), From: from}, secret(32)
	text, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	off, err := d.over(ctx, u.Name, now)
	if err != nil {
		return "", err
	}
	return made, d.store.File(ctx, append(off, isnad.Paper{Kind: sessionKind, Name: digest(made), Text: text})...)
}

// over gives the papers of sessions to be thrown away when a user gets one more.
func (d *Door) over(ctx context.Context, name string, now time.Time) ([]isnad.Paper, error) {
	papers, err := d.store.Papers(ctx, sessionKind)
	if err != nil {
		return nil, err
	}
	type own struct {
		paper string
		made  time.Time
	}
	var off []isnad.Paper
	var his []own
	for _, p := range papers {
		var s session
		switch {
		case json.Unmarshal(p.Text, &s) != nil || !now.Before(s.Until):
			off = append(off, isnad.Paper{Kind: sessionKind, Name: p.Name})
		case s.User == name:
			his = append(his, own{p.Name, s.Made})
		}
	}
	slices.SortFunc(his, func(a, b own) int { return byAge(a.made, b.made, a.paper, b.paper) })
	for len(his) >= sessionsMost {
		off = append(off, isnad.Paper{Kind: sessionKind, Name: his[0].paper})
		his = his[1:]
	}
	return off, nil
}

// bySession gives who a session's secret belongs to.
func (d *Door) bySession(ctx context.Context, secret string) (Visitor, error) {
	if !isSecret(secret) {
		return Visitor{}, ErrSignIn
	}
	var s session
	if err := d.paper(ctx, sessionKind, digest(secret), &s); err != nil {
		return Visitor{}, unknown(err)
	}
	var u User
	if err := d.paper(ctx, userKind, s.User, &u); err != nil {
		return Visitor{}, unknown(err)
	}
	if u.Stamp != s.Stamp || !d.opt.Now().Before(s.Until) {
		return Visitor{}, ErrSignIn
	}
	return Visitor{Name: u.Name, Role: u.Role, Session: secret, Token: token(secret)}, nil
}

// unknown tells that something is not there from that it cannot be read.
func unknown(err error) error {
	if errors.Is(err, isnad.ErrNotFound) {
		return ErrSignIn
	}
	return err
}

// SignOut ends a visitor's session.
func (d *Door) SignOut(ctx context.Context, v Visitor) error {
	if v.Session == "" {
		return nil
	}
	if err := d.store.File(ctx, isnad.Paper{Kind: sessionKind, Name: digest(v.Session)}); err != nil {
		return err
	}
	return d.Note(ctx, v, "sign-out", v.Name, "")
}

// SignOutAll ends all sessions of a user.
func (d *Door) SignOutAll(ctx context.Context, by Visitor, name string) error {
	return d.alter(ctx, by, name, "sign-out-all", func(_ context.Context, u *User) (string, error) {
		u.Stamp = secret(9)
		return "", nil
	})
}

// ChangePassword gives a visitor another password when he knows the one he has. All his
// sessions end; the secret of a new one is given.
func (d *Door) ChangePassword(ctx context.Context, v Visitor, old, new string) (string, error) {
	if wait := d.try(v.From, v.Name); wait > 0 {
		return "", &Slow{Wait: wait}
	}
	_, fits, err := d.check(ctx, v.Name, old)
	if err != nil {
		return "", err
	}
	if !fits {
		return "", errors.Join(ErrPassword, d.Note(ctx, v, "sign-in-failed", v.Name, ""))
	}
	d.byHouse.undo(house(v.From))
	if err := d.SetPassword(ctx, v, v.Name, new); err != nil {
		return "", err
	}
	u, err := d.User(ctx, v.Name)
	if err != nil {
		return "", err
	}
	return d.admit(ctx, u, v.From)
}
