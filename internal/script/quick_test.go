package script

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mixed makes texts of runes that the quick ways know and that they do not, broken bytes among them.
func mixed(n int, check func(string)) {
	rng := rand.New(rand.NewPCG(3, 4))
	ranges := [][2]rune{{0x20, 0x7F}, {0x600, 0x6FF}, {0x627, 0x64A}, {0x64B, 0x656}, {0xA0, 0x180}, {0x300, 0x345}, {0x2000, 0x2030}, {0xFE70, 0xFEFF}, {0xFB50, 0xFDFF}}
	for range n {
		var b []byte
		two := ranges[:2+rng.IntN(len(ranges)-1)]
		for range rng.IntN(12) << (2 * (rng.IntN(12) / 11)) {
			r := two[rng.IntN(len(two))]
			b = utf8.AppendRune(b, r[0]+rng.Int32N(r[1]-r[0]))
			if rng.IntN(40) == 0 {
				b = append(b, byte(rng.IntN(256)))
			}
		}
		check(string(b))
	}
}

// TestComposed: what the quick way calls composed is valid and stays as it is when it is normalized.
func TestComposed(t *testing.T) {
	yes := 0
	mixed(200_000, func(s string) {
		if !Composed(s) {
			return
		}
		yes++
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
			t.Fatalf("%q is not in composed form", s)
		}
	})
	for r := rune(0x80); r < 0x3000; r++ {
		for _, s := range []string{string(r), "a" + string(r), "ا" + string(r), string(r) + "\u0654", "و" + string(r) + "ء"} {
			if Composed(s) && !norm.NFC.IsNormalString(s) {
				t.Errorf("%q is not in composed form", s)
			}
		}
	}
	if yes < 1000 {
		t.Errorf("only %d texts were composed", yes)
	}
	if !Composed("قال: «أيضاً» – نعم، 12٪؟\n") {
		t.Error("an everyday text is not taken for composed")
	}
}

// TestViewIsPlain folds the quick way and rune by rune.
func TestViewIsPlain(t *testing.T) {
	mixed(50_000, func(s string) {
		var plain Folder
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			if n == 1 && r != utf8.RuneError {
				plain.put(lower(s[i]), i)
			} else {
				plain.rune(r, n, i)
			}
			i += n
		}
		var f Folder
		v := f.View(s)
		if v.Text != string(plain.buf) {
			t.Fatalf("%q folds to %q, rune by rune to %q", s, v.Text, plain.buf)
		}
		if got := Fold(s); got != v.Text {
			t.Fatalf("%q folds to %q alone, to %q in a text", s, got, v.Text)
		}
		for i := range v.back {
			if v.back[i] != plain.back[i] {
				t.Fatalf("%q: byte %d of %q comes from %d, rune by rune from %d", s, i, v.Text, v.back[i], plain.back[i])
			}
		}
	})
}
