// Package access knows who may do what: users and their passwords, sessions of browsers,
// keys of programs, and how often each may ask. It keeps all of it as papers of a library
// and no secret among them: of passwords, sessions and keys there are digests only. What
// is asked for, and how a refusal looks, it must not know.
package access

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"time"

	"github.com/isnad-project/isnad"
)

// What a door answers.
var (
	ErrSignIn   = errors.New("sign in first")
	ErrPassword = errors.New("the name or the password is wrong")
	ErrUser     = errors.New("that cannot be done with this user")
)

// Slow says that something was asked for too often.
type Slow struct {
	Wait time.Duration // after which it may be asked again
}

// Error says how long to wait.
func (e *Slow) Error() string { return fmt.Sprintf("too many requests; wait %d seconds", e.Seconds()) }

// Seconds is the wait in whole seconds, at least one.
func (e *Slow) Seconds() int { return max(1, int((e.Wait+time.Second-1)/time.Second)) }

// Store is what a door needs of a library.
type Store interface {
	Paper(ctx context.Context, kind, name string) ([]byte, error)
	Papers(ctx context.Context, kind string) ([]isnad.Paper, error)
	File(ctx context.Context, papers ...isnad.Paper) error
	Note(ctx context.Context, a isnad.Act) error
	Turn(ctx context.Context, task string) (context.Context, func(), error)
}

// Options shape a door; the zero value opens to everybody as long as there are no users,
// and lets them ask as often as they like.
type Options struct {
	// Closed asks for a sign-in even where there are no users: others can reach the door.
	Closed bool
	// Proxies are the addresses of servers before this one whose word on who asks is taken.
	Proxies []netip.Prefix
	// Rate is how many requests a second a user, or an address without one, may make for
	// long; ten times as many at once. 0: there is no limit, nor where nobody signs in.
	Rate float64
	Now  func() time.Time // nil: time.Now
}

// Door lets people and programs into a library. Its methods may be called at once.
type Door struct {
	store   Store
	opt     Options
	hashers chan struct{} // one for each password that is being hashed
	queue   chan struct{} // one for each that is hashed or waits

	houses  *buckets // of addresses, before it is known who asks
	users   *buckets
	others  *buckets // of addresses that nobody signed in from
	byName  *failures
	byHouse *failures
}

// The bounds of what is remembered and done at once.
const (
	remembered = 8192 // addresses, and names, of each table
	hashed     = 2    // passwords at once, each in hashMemory
	queued     = 16
)

// New makes a door to a library.
func New(s Store, o Options) *Door {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Door{
		store: s, opt: o,
		hashers: make(chan struct{}, min(hashed, runtime.GOMAXPROCS(0))), queue: make(chan struct{}, queued),
		// A newsroom behind one address is many users.
		houses: newBuckets(10 * o.Rate), users: newBuckets(o.Rate), others: newBuckets(o.Rate),
		byName: newFailures(5, time.Minute), byHouse: newFailures(10, 15*time.Minute),
	}
}

// Visitor is who asks.
type Visitor struct {
	Name string // empty where nobody signs in
	Role Role
	From string // the network address, without port
	// Session is the secret of a browser's session; empty for programs, and where nobody
	// signs in. The browser adds it to whatever a page asks for, so what changes something
	// must carry Token as well.
	Session string
	Token   string
}

// May reports whether a visitor has a role or a higher one.
func (v Visitor) May(r Role) bool { return v.Role >= r }

// visitorKey is the key of who asks in a request's context.
type visitorKey struct{}

// With keeps with a context who asks.
func With(ctx context.Context, v Visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, v)
}

// Of gives who asks; nobody, who may nothing, where that was not kept.
func Of(ctx context.Context) Visitor {
	v, _ := ctx.Value(visitorKey{}).(Visitor)
	return v
}

// Note adds to the log what a visitor did.
func (d *Door) Note(ctx context.Context, v Visitor, do, to, note string) error {
	return d.store.Note(ctx, isnad.Act{At: d.opt.Now(), By: v.Name, From: v.From, Do: do, To: clip(to), Note: clip(note)})
}

// clip bounds what others write into the log.
func clip(s string) string {
	const most = 500
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// secret gives so many random bytes in letters that fit into a header.
func secret(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) //nolint:errcheck // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
