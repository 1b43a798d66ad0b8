package access

import (
	"errors"
	"testing"
)

// BenchmarkVisitor is what every request behind a door costs more: by a session and by a
// key.
func BenchmarkVisitor(b *testing.B) {
	h := openBench(b)
	s, err := h.SignIn(b.Context(), "192.0.2.7", "amal", password)
	if err != nil {
		b.Fatal(err)
	}
	key, _, err := h.MakeKey(b.Context(), boss, "amal", "", Reader, 0)
	if err != nil {
		b.Fatal(err)
	}
	for name, r := range map[string][]string{"session": {"Cookie", plainCookie + "=" + s}, "key": {"Authorization", "Bearer " + key}} {
		b.Run(name, func(b *testing.B) {
			q := request(r...)
			for b.Loop() {
				if v, err := h.Visitor(q); err != nil || v.Name != "amal" {
					b.Fatal(v, err)
				}
			}
		})
	}
}

// BenchmarkSignIn is what one password costs.
func BenchmarkSignIn(b *testing.B) {
	h := openBench(b)
	for b.Loop() {
		if _, fits, err := h.check(b.Context(), "amal", another); err != nil || fits {
			b.Fatal(errors.Join(err, ErrPassword))
		}
	}
}
