// Package hook tells other programs of what is new: a hook is a saved search whose
// articles, as they are kept, are posted to an address, signed, until each is taken. It
// knows searches, the order of keeping, and how to go on with an address that fails; what
// a page or an answer of the API looks like it must not know.
package hook

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/query"
)

// The kinds of the papers: what a hook is; how far it got, which only the program writes
// that has the turn; and that a hand lets it go on.
const (
	paper    = "hook"
	progress = "hookprogress"
	resumed  = "hookresumed"
)

// Most is how many hooks a library may have.
const Most = 200

// Hook is a saved search and who is told.
type Hook struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Query   string    `json:"query"`            // as it was typed; empty finds all
	Address string    `json:"address"`          // http or https
	Record  bool      `json:"record,omitempty"` // whole records are sent, not what a list shows
	Secret  string    `json:"secret,omitempty"` // for signatures: "whsec_" and base64
	By      string    `json:"by,omitempty"`     // who made it
	Made    time.Time `json:"made"`
}

// State is how far a hook got.
type State struct {
	Place   int64     `json:"place"`              // everything up to here is taken, waits in Waiting, or was given up
	Waiting []Waiting `json:"waiting,omitempty"`  // what was not taken yet, in order of keeping
	Failed  []Failure `json:"failed,omitempty"`   // the last failures, the latest first
	Row     int       `json:"row,omitempty"`      // failures since the last success
	Next    time.Time `json:"next,omitzero"`      // until then it rests after a failure
	Since   time.Time `json:"since,omitzero"`     // of the first failure of the row
	Taken   int       `json:"taken,omitempty"`    // how many were taken
	Last    time.Time `json:"last,omitzero"`      // when one was taken last
	GivenUp int       `json:"given_up,omitempty"` // how many were
	Stopped bool      `json:"stopped,omitempty"`  // nothing is sent until a hand resumes it; nothing is lost
	Trouble string    `json:"trouble,omitempty"`  // why it is stopped, or cannot be asked
}

// Waiting is an article that was sent and not taken.
type Waiting struct {
	Article string    `json:"article"`
	Place   int64     `json:"place"`
	Revised bool      `json:"revised,omitempty"`
	Tries   int       `json:"tries,omitempty"`
	First   time.Time `json:"first,omitzero"` // when it was sent first
	Next    time.Time `json:"next,omitzero"`  // when it is sent again
}

// Failure is a sending that failed.
type Failure struct {
	At      time.Time `json:"at"`
	Article string    `json:"article,omitempty"`
	Try     int       `json:"try"`
	Why     string    `json:"why"`
	GivenUp bool      `json:"given_up,omitempty"`
}

// Options shape a Desk; the zero value is the defaults.
type Options struct {
	Allow   []netip.Prefix       // addresses that may be told though they are not public
	Agent   string               // User-Agent
	Base    string               // the address before every path in links, as https://desk.example; empty: no links
	Now     func() time.Time     // the clock; time.Now
	Jitter  func() float64       // chance in [0,1); math/rand
	Timeout time.Duration        // of one sending; 15 s
	Every   time.Duration        // how often it is looked for what is new; 2 s
	Log     *slog.Logger         // nil: nothing is logged
	Count   func(outcome string) // is told of every sending: taken, failed, given up
}

// Desk makes hooks and serves them. It may be used from many goroutines at once.
type Desk struct {
	lib    isnad.Library
	opt    Options
	lang   *query.Language
	client *http.Client
	dialed func(address string) error
}

// What a hook is refused for.
var (
	ErrHook = errors.New("the hook is not as it should be")
	ErrFull = fmt.Errorf("there are %d hooks already", Most)
)

// New makes a desk of hooks over a library. It fails only when the build is damaged.
func New(lib isnad.Library, o Options) (*Desk, error) {
	lang, err := query.Default()
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	if o.Timeout <= 0 {
		o.Timeout = 15 * time.Second
	}
	if o.Every <= 0 {
		o.Every = 2 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Agent == "" {
		o.Agent = "isnad (+https://github.com/isnad-project/isnad)"
	}
	if o.Count == nil {
		o.Count = func(string) {}
	}
	fence := fetch.Fence(o.Allow)
	d := &Desk{lib: lib, opt: o, lang: lang, client: client(fence, o.Timeout)}
	d.dialed = func(address string) error { return fence(context.Background(), "tcp", address, nil) }
	return d, nil
}

// Add makes a hook: it tells of what is kept from now on. What it lacks, its id and its
// secret, is given to it. The error is ErrHook, ErrFull, or of the query.
func (d *Desk) Add(ctx context.Context, h Hook) (Hook, error) {
	h.Name, h.Address = strings.TrimSpace(h.Name), strings.TrimSpace(h.Address)
	if err := d.sound(h); err != nil {
		return Hook{}, err
	}
	q, err := d.lang.Parse(h.Query)
	if err != nil {
		return Hook{}, err
	}
	news, err := d.lib.Since(ctx, q, math.MaxInt64)
	if err != nil {
		return Hook{}, err
	}
	if _, err := d.lib.Search(ctx, isnad.Query{Terms: q.Terms, Limit: 1}); err != nil { // can it be asked?
		return Hook{}, err
	}
	all, err := d.lib.Papers(ctx, paper)
	if err != nil {
		return Hook{}, err
	}
	if len(all) >= Most {
		return Hook{}, fmt.Errorf("%w: %w", ErrHook, ErrFull)
	}
	h.ID, h.Made = identity(), d.opt.Now()
	if h.Secret == "" {
		h.Secret = secretMark + base64.StdEncoding.EncodeToString(chance(32))
	}
	return h, d.file(ctx, h, State{Place: news.Place})
}

// sound says what a hook lacks.
func (d *Desk) sound(h Hook) error {
	if h.Name == "" || utf8.RuneCountInString(h.Name) > 200 || !utf8.ValidString(h.Name) {
		return fmt.Errorf("%w: it needs a name of at most 200 letters", ErrHook)
	}
	if len(h.Query) > 4096 || !utf8.ValidString(h.Query) {
		return fmt.Errorf("%w: its search is longer than 4,096 bytes, or no text", ErrHook)
	}
	u, err := url.Parse(h.Address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || len(h.Address) > 2000 {
		return fmt.Errorf("%w: its address is none of the web, as https://receiver.example/news", ErrHook)
	}
	if u.User != nil {
		return fmt.Errorf("%w: its address holds a password; the signature tells who sends", ErrHook)
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil || u.Hostname() == "localhost" {
		if err != nil {
			ip = netip.AddrFrom4([4]byte{127, 0, 0, 1})
		}
		if err := d.dialed(netip.AddrPortFrom(ip, 80).String()); err != nil {
			return fmt.Errorf("%w: %w; private addresses are told only where that is allowed (--allow-private)", ErrHook, err)
		}
	}
	if _, err := key(h.Secret); h.Secret != "" && err != nil {
		return fmt.Errorf("%w: %w", ErrHook, err)
	}
	return nil
}

// List gives all hooks in order of name.
func (d *Desk) List(ctx context.Context) ([]Hook, error) {
	all, err := d.lib.Papers(ctx, paper)
	if err != nil {
		return nil, err
	}
	list := make([]Hook, 0, len(all))
	for _, p := range all {
		h, err := read[Hook](p)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	slices.SortStableFunc(list, func(a, b Hook) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}

// Hook gives one hook. The error is isnad.ErrNotFound when there is none.
func (d *Desk) Hook(ctx context.Context, id string) (Hook, error) {
	b, err := d.lib.Paper(ctx, paper, id)
	if err != nil {
		return Hook{}, err
	}
	return read[Hook](isnad.Paper{Kind: paper, Name: id, Text: b})
}

// State tells how far a hook got.
func (d *Desk) State(ctx context.Context, id string) (State, error) {
	b, err := d.lib.Paper(ctx, progress, id)
	if err != nil {
		return State{}, err
	}
	return read[State](isnad.Paper{Kind: progress, Name: id, Text: b})
}

// States tells how far all hooks of a library got.
func States(ctx context.Context, lib isnad.Library) ([]State, error) {
	all, err := lib.Papers(ctx, progress)
	if err != nil {
		return nil, err
	}
	var list []State
	for _, p := range all {
		s, err := read[State](p)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// Remove ends a hook.
func (d *Desk) Remove(ctx context.Context, id string) error {
	if _, err := d.lib.Paper(ctx, paper, id); err != nil {
		return err
	}
	return d.lib.File(ctx, isnad.Paper{Kind: paper, Name: id}, isnad.Paper{Kind: progress, Name: id}, isnad.Paper{Kind: resumed, Name: id})
}

// Resume lets a hook that is stopped or rests go on now, where it was.
func (d *Desk) Resume(ctx context.Context, id string) error {
	h, err := d.Hook(ctx, id)
	if err != nil {
		return err
	}
	return d.lib.File(ctx, isnad.Paper{Kind: resumed, Name: h.ID, Text: []byte("now")})
}
