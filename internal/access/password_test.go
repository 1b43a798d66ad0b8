package access

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// TestHash hashes a password, writes the hash and reads it back.
func TestHash(t *testing.T) {
	h := newHash(password)
	s := h.String()
	if !strings.HasPrefix(s, "$argon2id$v=19$m=32768,t=3,p=1$") {
		t.Errorf("it is written %s", s)
	}
	back, err := parseHash(s)
	if err != nil || back.String() != s {
		t.Fatalf("%s, %v", back, err)
	}
	if !back.fits(password) || back.fits(password+" ") || back.fits("") {
		t.Error("a password is not told from another")
	}
	if !newHash("café au lait").fits(norm.NFD.String("café au lait")) {
		t.Error("it depends on the keyboard")
	}
	if newHash(password).String() == s {
		t.Error("two hashes of one password are the same")
	}
	// One made by other costs is read as well.
	salt := []byte("0123456789abcdef")
	sum := base64.RawStdEncoding.EncodeToString(argon2.IDKey([]byte("long ago I was"), salt, 2, 19456, 2, 24))
	old, err := parseHash("$argon2id$v=19$m=19456,t=2,p=2$" + base64.RawStdEncoding.EncodeToString(salt) + "$" + sum)
	if err != nil || !old.fits("long ago I was") {
		t.Errorf("a hash of other costs: %v", err)
	}
}

func FuzzHash(f *testing.F) {
	f.Add(newHash("x").String())
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2i$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=08,t=+1,p=1$$")
	f.Add("$$$$$")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parseHash(s)
		if err != nil {
			return
		}
		if h.String() != s {
			t.Errorf("%q is written back as %q", s, h.String())
		}
		if h.memory > 256<<10 || h.time > 20 || h.threads < 1 || h.threads > 16 || len(h.sum) < 16 {
			t.Errorf("%q costs too much or too little", s)
		}
	})
}

func FuzzName(f *testing.F) {
	for _, s := range []string{"Amal", "سلمى", " a.b-c_d@e ", "<script>", "\u202Ex", "ﷺ", "١٢", "", strings.Repeat("x", 100), "\xff", "é", "ﬀ", "ǅ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Name(s)
		if err != nil {
			if !errors.Is(err, ErrUser) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if again, err := Name(n); err != nil || again != n {
			t.Errorf("%q is %q and then %q, %v", s, n, again, err)
		}
		if strings.ContainsAny(n, "<>\"'&\\/ \x00\u202e\u2066") || len([]rune(n)) > nameMost {
			t.Errorf("%q gives %q", s, n)
		}
	})
}

func FuzzSecret(f *testing.F) {
	f.Add(secret(32))
	f.Add("Bearer " + keyMark + secret(32))
	f.Add("Basic Og==")
	f.Add("Bearer ")
	f.Add(strings.Repeat("=", 43))
	d := New(broken{}, Options{Closed: true})
	f.Fuzz(func(t *testing.T, s string) {
		if isSecret(s) && (len(s) != secretLetters || strings.ContainsAny(s, "+/=\n ")) {
			t.Errorf("%q passes for a secret", s)
		}
		for _, head := range []string{"Authorization", "Cookie", "X-Forwarded-For"} {
			r := request()
			r.Header.Set(head, s)
			r.Header.Add("Cookie", plainCookie+"="+s)
			if v, err := d.Visitor(r); err == nil || v.Name != "" || v.Role != Nobody {
				t.Errorf("%s: %q lets in %+v, %v", head, s, v, err)
			}
		}
	})
}

// TestPasswords wants passwords that are easy to guess refused.
func TestPasswords(t *testing.T) {
	for p, good := range map[string]bool{
		"": false, "short": false, "123456789": false, "aaaaaaaaaaaa": false, "اااااااااااا": false, "amal@example.org": false, "ten letter": true, password: true,
		strings.Repeat("ab", 257): false, "line\nfeed is typed": false, "\xffdamaged bytes": false,
	} {
		if err := sound("amal@example.org", p); (err == nil) != good || err != nil && !errors.Is(err, ErrUser) {
			t.Errorf("%q: %v", p, err)
		}
	}
}

// TestHashing holds that few passwords are hashed at once, and few wait.
func TestHashing(t *testing.T) {
	d := New(broken{}, Options{})
	hold, in := make(chan struct{}), make(chan struct{}, queued)
	ended := make(chan error, queued)
	for range queued {
		go func() { ended <- d.hashing(context.Background(), func() { in <- struct{}{}; <-hold }) }()
	}
	for len(d.queue) < queued || len(in) < cap(d.hashers) {
		time.Sleep(time.Millisecond)
	}
	if len(in) != cap(d.hashers) {
		t.Errorf("%d are hashed at once, want %d", len(in), cap(d.hashers))
	}
	slow := (*Slow)(nil)
	if err := d.hashing(t.Context(), func() { t.Error("one too many was hashed") }); !errors.As(err, &slow) || slow.Seconds() < 1 {
		t.Errorf("%v", err)
	}
	close(hold)
	for range queued {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
