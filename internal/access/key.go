package access

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// keyMark is what every key begins with, so that it is known for one where it should not
// be: in a log, in a program's text.
const keyMark = "isnad_"

// keysMost is how many keys a user may have.
const keysMost = 50

// Key lets a program in for a user. Its secret is told once, when it is made.
type Key struct {
	ID    string    `json:"id"` // to name it by; tells nothing of the secret
	User  string    `json:"user"`
	Self  string    `json:"self"` // User.Self
	Role  Role      `json:"role"` // it may never more than its user
	Label string    `json:"label"`
	Made  time.Time `json:"made"`
	Until time.Time `json:"until,omitzero"` // zero: for good

	paper string
}

// Over reports whether a key's time is over.
func (k Key) Over(now time.Time) bool { return !k.Until.IsZero() && !now.Before(k.Until) }

// Keys gives a user's keys, oldest first.
func (d *Door) Keys(ctx context.Context, name string) ([]Key, error) {
	papers, err := d.store.Papers(ctx, keyKind)
	if err != nil {
		return nil, err
	}
	var all []Key
	for _, p := range papers {
		k := Key{paper: p.Name}
		if err := json.Unmarshal(p.Text, &k); err != nil {
			return nil, fmt.Errorf("key %.12s: %w", p.Name, err)
		}
		if k.User == name {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b Key) int { return byAge(a.Made, b.Made, a.ID, b.ID) })
	return all, nil
}

// MakeKey makes a key for a user, for some time or, with a time of 0, for good, and gives
// its secret.
func (d *Door) MakeKey(ctx context.Context, by Visitor, name, label string, role Role, lasts time.Duration) (string, Key, error) {
	u, err := d.User(ctx, name)
	if err != nil {
		return "", Key{}, err
	}
	all, err := d.Keys(ctx, u.Name)
	if err != nil {
		return "", Key{}, err
	}
	label = strings.TrimSpace(label)
	switch {
	case len(all) >= keysMost:
		return "", Key{}, fmt.Errorf("%w: %s has %d keys already", ErrUser, u.Name, len(all))
	case role < Reader || role > u.Role:
		return "", Key{}, fmt.Errorf("%w: a key of %s may be reader to %s", ErrUser, u.Name, u.Role)
	case !utf8.ValidString(label) || utf8.RuneCountInString(label) > 100:
		return "", Key{}, fmt.Errorf("%w: what the key is for may have 100 letters", ErrUser)
	case lasts < 0:
		return "", Key{}, fmt.Errorf("%w: a key cannot end before it begins", ErrUser)
	}
	made := keyMark + secret(32)
	k := Key{User: u.Name, Self: u.Self, Role: role, Label: label, Made: d.opt.Now().UTC(), paper: digest(made)}
	k.ID = k.paper[:12]
	if lasts > 0 {
		k.Until = k.Made.Add(lasts)
	}
	if err := d.file(ctx, keyKind, k.paper, k); err != nil {
		return "", Key{}, err
	}
	return made, k, d.Note(ctx, by, "key-made", u.Name, strings.TrimSpace(k.ID+" "+role.String()+" "+label))
}

// RevokeKey takes a user's key back.
func (d *Door) RevokeKey(ctx context.Context, by Visitor, name, id string) error {
	all, err := d.Keys(ctx, name)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(k Key) bool { return k.ID == id })
	if i < 0 {
		return fmt.Errorf("%w: %s has no key %.40q", ErrUser, name, id)
	}
	if err := d.store.File(ctx, isnad.Paper{Kind: keyKind, Name: all[i].paper}); err != nil {
		return err
	}
	return d.Note(ctx, by, "key-revoked", name, strings.TrimSpace(id+" "+all[i].Label))
}

// byKey gives who a key's secret lets in.
func (d *Door) byKey(ctx context.Context, secret string) (Visitor, error) {
	random, ok := strings.CutPrefix(secret, keyMark)
	if !ok || !isSecret(random) {
		return Visitor{}, ErrSignIn
	}
	var k Key
	if err := d.paper(ctx, keyKind, digest(secret), &k); err != nil {
		return Visitor{}, unknown(err)
	}
	var u User
	if err := d.paper(ctx, userKind, k.User, &u); err != nil {
		return Visitor{}, unknown(err)
	}
	if u.Self != k.Self || k.Over(d.opt.Now()) {
		return Visitor{}, ErrSignIn
	}
	return Visitor{Name: u.Name, Role: min(k.Role, u.Role)}, nil
}
