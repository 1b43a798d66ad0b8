package access

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/sqlite"
)

// clock is a clock that stands until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// hall is a door with its library and clock.
type hall struct {
	*Door
	lib   *sqlite.Library
	clock *clock
}

func openBench(b *testing.B) hall {
	h := open(b, Options{})
	h.add(b, "amal", Admin)
	return h
}

func open(t testing.TB, o Options) hall {
	t.Helper()
	lib, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	c := &clock{at: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	o.Now = c.now
	return hall{New(lib, o), lib, c}
}

const (
	password = "جملة قصيرة للدخول"
	another  = "a sentence of other words"
)

// boss is who makes users in the tests.
var boss = Visitor{Name: "boss", Role: Admin, From: "192.0.2.1"} //nolint:gochecknoglobals // a constant

func (h hall) add(t testing.TB, name string, r Role) {
	t.Helper()
	if err := h.Add(t.Context(), boss, name, r, password); err != nil {
		t.Fatal(err)
	}
}

func (h hall) signIn(t *testing.T, name, password string) string {
	t.Helper()
	s, err := h.SignIn(t.Context(), "192.0.2.7", name, password)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func request(head ...string) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	for i := 0; i < len(head); i += 2 {
		r.Header.Add(head[i], head[i+1])
	}
	return r
}

func cookie(s string) *http.Request { return request("Cookie", plainCookie+"="+s) }

// acts gives what the log says was done, oldest first.
func (h hall) acts(t *testing.T) string {
	t.Helper()
	acts, _, err := h.lib.Acts(t.Context(), 200, "")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := len(acts) - 1; i >= 0; i-- {
		b.WriteString(acts[i].Do + " ")
	}
	return strings.TrimSpace(b.String())
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestOpen holds that a door without users is open on its own machine only.
func TestOpen(t *testing.T) {
	h := open(t, Options{Rate: 0.001})
	for range 50 { // and nobody counts
		if v, err := h.Visitor(request()); err != nil || v.Role != Admin || v.Name != "" || v.From != "192.0.2.1" {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	for _, head := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if v, err := h.Visitor(request(head, "x")); err == nil || v.Role != Nobody {
			t.Errorf("with %s: %+v, %v", head, v, err)
		}
	}
	closed := open(t, Options{Closed: true})
	if v, err := closed.Visitor(request()); !errors.Is(err, ErrSignIn) || v.Role != Nobody || v.From == "" {
		t.Errorf("%+v, %v", v, err)
	}
	if manned, err := closed.Manned(t.Context()); manned || err != nil {
		t.Errorf("manned %v, %v", manned, err)
	}
	closed.add(t, "amal", Admin)
	if manned, err := closed.Manned(t.Context()); !manned || err != nil {
		t.Errorf("manned %v, %v", manned, err)
	}
	h.add(t, "amal", Admin)
	if _, err := h.Visitor(request()); !errors.Is(err, ErrSignIn) {
		if slow := (*Slow)(nil); !errors.As(err, &slow) {
			t.Errorf("with a user there is no sign-in: %v", err)
		}
	}
}

// TestSession signs in and out, and ends sessions by time, password and removal.
func TestSession(t *testing.T) {
	h := open(t, Options{})
	ctx := t.Context()
	h.add(t, "Amal", Admin)
	h.add(t, "سلمى", Editor)
	s := h.signIn(t, " سلمى ", password)
	v, err := h.Visitor(cookie(s))
	if err != nil || v.Name != "سلمى" || v.Role != Editor || v.Session != s || v.Token == "" || strings.Contains(s, v.Token) {
		t.Fatalf("%+v, %v", v, err)
	}
	if !v.Matches(v.Token) || v.Matches("") || v.Matches(v.Token+"x") {
		t.Error("a token is not told from another")
	}
	for _, bad := range []string{"", "x", s[1:], s + "A", strings.Repeat("A", 43), strings.ToUpper(s), digest(s)} {
		if v, err := h.Visitor(cookie(bad)); !errors.Is(err, ErrSignIn) || v.Role != Nobody {
			t.Errorf("%q lets in %+v, %v", bad, v, err)
		}
	}
	second := h.signIn(t, "سلمى", password)
	if err := h.SignOut(ctx, v); err != nil {
		t.Fatal(err)
	}
	h.lets(t, cookie(s), "", "signed out")
	h.lets(t, cookie(second), "سلمى", "signed in elsewhere")
	third, err := h.ChangePassword(ctx, Visitor{Name: "سلمى", From: "192.0.2.7"}, password, another)
	if err != nil {
		t.Fatal(err)
	}
	h.lets(t, cookie(second), "", "the password was changed")
	h.lets(t, cookie(third), "سلمى", "where it was changed")
	if _, err := h.SignIn(ctx, "192.0.2.7", "سلمى", password); !errors.Is(err, ErrPassword) {
		t.Errorf("the old password: %v", err)
	}
	h.clock.move(SessionTime)
	h.lets(t, cookie(third), "", "its time is over")
	fourth := h.signIn(t, "سلمى", another)
	if err := h.SignOutAll(ctx, v, "سلمى"); err != nil {
		t.Fatal(err)
	}
	h.lets(t, cookie(fourth), "", "signed out everywhere")
	fifth := h.signIn(t, "سلمى", another)
	if err := h.Remove(ctx, boss, "سلمى"); err != nil {
		t.Fatal(err)
	}
	h.lets(t, cookie(fifth), "", "removed")
	h.add(t, "سلمى", Admin)
	h.lets(t, cookie(fifth), "", "another of the name")
	want := "user-add user-add sign-in sign-in sign-out user-password sign-in-failed sign-in sign-out-all sign-in user-remove user-add"
	if got := h.acts(t); got != want {
		t.Errorf("the log says\n%s\nwant\n%s", got, want)
	}
}

// lets wants a request to come from a user, or from nobody.
func (h hall) lets(t *testing.T, r *http.Request, name, why string) {
	t.Helper()
	v, err := h.Visitor(r)
	if v.Name != name || (err == nil) != (name != "") || err != nil && !errors.Is(err, ErrSignIn) {
		t.Errorf("%s: %+v, %v, want %q", why, v, err, name)
	}
}

// TestSecrets holds that no secret is kept: not in any paper, not in the log.
func TestSecrets(t *testing.T) {
	h := open(t, Options{})
	h.add(t, "amal", Admin)
	s := h.signIn(t, "amal", password)
	key, _, err := h.MakeKey(t.Context(), boss, "amal", "for a calendar", Reader, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kept strings.Builder
	for _, kind := range []string{userKind, sessionKind, keyKind} {
		papers, err := h.lib.Papers(t.Context(), kind)
		if err != nil || len(papers) != 1 {
			t.Fatalf("%d papers of kind %s, %v", len(papers), kind, err)
		}
		kept.WriteString(papers[0].Name + string(papers[0].Text))
	}
	acts, _, err := h.lib.Acts(t.Context(), 100, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range acts {
		kept.WriteString(a.To + a.Note)
	}
	for _, x := range []string{password, s, key, strings.TrimPrefix(key, keyMark), token(s)} {
		if strings.Contains(kept.String(), x) {
			t.Errorf("a secret is kept: %s", x)
		}
	}
}

// TestKeys lets programs in by a bearer's key, and by a name with a key for looking.
func TestKeys(t *testing.T) {
	h := open(t, Options{})
	ctx := t.Context()
	h.add(t, "amal", Admin)
	h.add(t, "omar", Editor)
	key, k, err := h.MakeKey(ctx, boss, "omar", "نشرة الصباح", Editor, 24*time.Hour)
	if err != nil || !strings.HasPrefix(key, keyMark) {
		t.Fatalf("%q, %v", key, err)
	}
	v, err := h.Visitor(request("Authorization", "bearer "+key))
	if err != nil || v.Name != "omar" || v.Role != Editor || v.Session != "" || !v.Matches("") {
		t.Fatalf("%+v, %v", v, err)
	}
	basic := request()
	basic.SetBasicAuth("Omar", key)
	if v, err := h.Visitor(basic); err != nil || v.Role != Reader {
		t.Errorf("a browser adds a password by itself, and it may change: %+v, %v", v, err)
	}
	for _, bad := range []string{"", "Bearer", "Bearer ", "Bearer " + key[1:], "Bearer " + key + "A", "Basic x", "Token " + key, "Bearer " + strings.TrimPrefix(key, keyMark), key} {
		if bad != "" {
			h.lets(t, request("Authorization", bad), "", bad)
		}
	}
	wrong := request()
	wrong.SetBasicAuth("amal", key)
	h.lets(t, wrong, "", "another's name")
	own := request()
	own.SetBasicAuth("omar", password)
	h.lets(t, own, "", "a password is no key")

	if err := h.SetRole(ctx, boss, "omar", Reader); err != nil {
		t.Fatal(err)
	}
	if v, err := h.Visitor(request("Authorization", "Bearer "+key)); err != nil || v.Role != Reader {
		t.Errorf("a key may more than its user: %+v, %v", v, err)
	}
	if _, _, err := h.MakeKey(ctx, boss, "omar", "", Editor, 0); !errors.Is(err, ErrUser) {
		t.Errorf("a reader's key may edit: %v", err)
	}
	h.clock.move(24 * time.Hour)
	h.lets(t, request("Authorization", "Bearer "+key), "", "its time is over")
	good, g, err := h.MakeKey(ctx, boss, "omar", "", Reader, 0)
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.Keys(ctx, "omar")
	if err != nil || len(all) != 2 || all[0].ID != k.ID || all[1].ID != g.ID {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := h.RevokeKey(ctx, boss, "amal", g.ID); !errors.Is(err, ErrUser) {
		t.Errorf("another's key was taken back: %v", err)
	}
	if err := h.SetPassword(ctx, boss, "omar", another); err != nil {
		t.Fatal(err)
	}
	h.lets(t, request("Authorization", "Bearer "+good), "omar", "a new password leaves keys")
	if err := h.RevokeKey(ctx, boss, "omar", g.ID); err != nil {
		t.Fatal(err)
	}
	h.lets(t, request("Authorization", "Bearer "+good), "", "taken back")
	for range keysMost - 1 {
		if good, _, err = h.MakeKey(ctx, boss, "omar", "", Reader, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := h.MakeKey(ctx, boss, "omar", "", Reader, 0); !errors.Is(err, ErrUser) {
		t.Errorf("one more key: %v", err)
	}
	if err := h.Remove(ctx, boss, "omar"); err != nil {
		t.Fatal(err)
	}
	h.add(t, "omar", Reader)
	h.lets(t, request("Authorization", "Bearer "+good), "", "a key of one who was removed")
	if papers, err := h.lib.Papers(ctx, keyKind); err != nil || len(papers) != 0 {
		t.Errorf("%d keys of nobody, %v", len(papers), err)
	}
}

// TestAdmins holds that users always have an admin, whoever changes them at once.
func TestAdmins(t *testing.T) {
	h := open(t, Options{})
	ctx := t.Context()
	if err := h.Add(ctx, boss, "omar", Editor, password); !errors.Is(err, ErrUser) {
		t.Errorf("the first is no admin: %v", err)
	}
	h.add(t, "a", Admin)
	h.add(t, "b", Admin)
	if err := h.Add(ctx, boss, "A", Reader, password); !errors.Is(err, ErrUser) {
		t.Errorf("a name is taken twice: %v", err)
	}
	other := New(h.lib, Options{}) // another program
	var wait sync.WaitGroup
	var failed [2]error
	wait.Go(func() { failed[0] = h.SetRole(ctx, boss, "a", Reader) })
	wait.Go(func() { failed[1] = other.Remove(ctx, boss, "b") })
	wait.Wait()
	if (failed[0] == nil) == (failed[1] == nil) {
		t.Errorf("both went: %v, %v", failed[0], failed[1])
	}
	if manned, err := h.Manned(ctx); !manned || err != nil {
		t.Errorf("nobody is admin, %v", err)
	}
	for _, u := range []string{"a", "b", "a"} {
		h.Remove(ctx, boss, u) //nolint:errcheck // the last goes last
	}
	if all, err := h.Users(ctx); err != nil || len(all) != 0 {
		t.Errorf("%d users are left, %v", len(all), err)
	}
	if err := h.SetRole(ctx, boss, "a", Reader); !errors.Is(err, ErrUser) {
		t.Errorf("nobody got a role: %v", err)
	}
}

// TestSessionsMost holds that sessions of a user stay bounded, and old ones go.
func TestSessionsMost(t *testing.T) {
	h := open(t, Options{})
	h.add(t, "amal", Admin)
	u, err := h.User(t.Context(), "amal")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for range sessionsMost + 3 {
		h.clock.move(time.Second)
		s, err := h.admit(t.Context(), u, "192.0.2.7")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	papers, err := h.lib.Papers(t.Context(), sessionKind)
	if err != nil || len(papers) != sessionsMost {
		t.Errorf("%d sessions are kept, %v", len(papers), err)
	}
	h.lets(t, cookie(all[2]), "", "the oldest")
	h.lets(t, cookie(all[3]), "amal", "the oldest that is left")
	h.clock.move(SessionTime)
	if _, err := h.admit(t.Context(), u, "192.0.2.7"); err != nil {
		t.Fatal(err)
	}
	if papers, err = h.lib.Papers(t.Context(), sessionKind); err != nil || len(papers) != 1 {
		t.Errorf("%d sessions are kept when all others are over, %v", len(papers), err)
	}
}

// TestFrom wants the address of who asks, and TLS, to be taken from known proxies only.
func TestFrom(t *testing.T) {
	h := open(t, Options{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}})
	for _, c := range []struct {
		remote, told, proto, want string
		secure                    bool
	}{
		{"198.51.100.4:5000", "", "", "198.51.100.4", false},
		{"198.51.100.4:5000", "203.0.113.9", "https", "198.51.100.4", false}, // a stranger's word
		{"10.0.0.1:5000", "203.0.113.9", "https", "203.0.113.9", true},
		{"10.0.0.1:5000", "1.1.1.1, 203.0.113.9", "http", "203.0.113.9", false}, // the first is invented
		{"10.0.0.1:5000", "203.0.113.9, 10.2.0.1", "https", "203.0.113.9", true},
		{"127.0.0.1:5000", "<script>, 203.0.113.9", "https", "203.0.113.9", true},
		{"127.0.0.1:5000", "203.0.113.9, <script>", "https", "127.0.0.1", true},
		{"10.0.0.1:5000", "", "HTTPS", "10.0.0.1", true},
		{"[::ffff:10.0.0.1]:5000", "2001:db8::1", "https", "2001:db8::1", true},
		{"@", "203.0.113.9", "https", "@", false},
	} {
		r := request("X-Forwarded-For", c.told, "X-Forwarded-Proto", c.proto)
		r.RemoteAddr = c.remote
		if got, secure := h.from(r), h.Secure(r); got != c.want || secure != c.secure {
			t.Errorf("%+v: from %q, secure %v", c, got, secure)
		}
	}
	for from, want := range map[string]string{"203.0.113.9": "203.0.113.9", "::ffff:203.0.113.9": "203.0.113.9", "2001:db8:1:2:3::1": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "x": "x"} {
		if got := house(from); got != want {
			t.Errorf("%s is of %s, want %s", from, got, want)
		}
	}
}

// TestCookie wants a session's cookie to be for this host and for no script, and for TLS
// where there is TLS.
func TestCookie(t *testing.T) {
	h := open(t, Options{Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	plain, safe := request(), request("X-Forwarded-Proto", "https")
	for r, want := range map[*http.Request]string{
		plain: "isnad=x; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax",
		safe:  "__Host-isnad=x; Path=/; Max-Age=1209600; HttpOnly; Secure; SameSite=Lax",
	} {
		w := httptest.NewRecorder()
		h.Remember(w, r, "x")
		if got := w.Header().Get("Set-Cookie"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		w = httptest.NewRecorder()
		h.Remember(w, r, "")
		if got := w.Header().Get("Set-Cookie"); !strings.Contains(got, "Max-Age=0") {
			t.Errorf("%s does not forget", got)
		}
	}
	h.add(t, "amal", Admin)
	s := h.signIn(t, "amal", password)
	h.lets(t, request("X-Forwarded-Proto", "https", "Cookie", "isnad="+s), "", "a cookie that anybody on the way could set")
	h.lets(t, request("X-Forwarded-Proto", "https", "Cookie", "__Host-isnad="+s), "amal", "over TLS")
}

// broken is a library that cannot be read.
type broken struct{ Store }

var errBroken = errors.New("the disk is gone") //nolint:gochecknoglobals // a constant

func (broken) Paper(context.Context, string, string) ([]byte, error) { return nil, errBroken }
func (broken) Papers(context.Context, string) ([]isnad.Paper, error) { return nil, errBroken }
func (broken) Note(context.Context, isnad.Act) error                 { return errBroken }

// TestBroken holds that a door that cannot look into its library stays shut.
func TestBroken(t *testing.T) {
	d := New(broken{}, Options{})
	if v, err := d.Visitor(request()); !errors.Is(err, errBroken) || v.Role != Nobody || v.From == "" {
		t.Errorf("%+v, %v", v, err)
	}
	if v, err := d.Visitor(cookie(secret(32))); !errors.Is(err, errBroken) || v.Role != Nobody {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := d.SignIn(t.Context(), "x", "amal", password); !errors.Is(err, errBroken) {
		t.Errorf("%v", err)
	}
}
