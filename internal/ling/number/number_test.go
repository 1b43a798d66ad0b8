package number

import (
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

func analyzer(t testing.TB) *ling.Analyzer {
	t.Helper()
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return ling.New(l, v)
}

// TestRead reads the phrase at the start of each text; rest is what it leaves.
func TestRead(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text  string
		value float64
		rest  string
	}{
		{"5", 5, ""},
		{"2,500 جندي", 2500, "جندي"},
		{"2,5 متر", 2.5, "متر"},
		{"2.500 جندي", 2500, "جندي"},
		{"2.500 دولار", 2.5, "دولار"},
		{"1,234,567", 1234567, ""},
		{"1.234.567,5", 1234567.5, ""},
		{"٢٥٠٠ جندي", 2500, "جندي"},
		{"1.25 مليار دولار", 1.25e9, "دولار"},
		{"3 آلاف شخص", 3000, "شخص"},
		{"10 ملايين و500 ألف", 10.5e6, ""},
		{"خمسة وعشرون ألفا", 25000, ""},
		{"50 ألفا و100 ألف", 50000, "و"},
		{"ثلاثة عشر طالبا", 13, "طالبا"},
		{"مئة وخمسون", 150, ""},
		{"ثلاثمئة وخمسة وستون يوما", 365, "يوما"},
		{"مليون ونصف", 1.5e6, ""},
		{"مليون ونصف المليون", 1.5e6, ""},
		{"ثلاثة ونصف مليون", 3.5e6, ""},
		{"نصف مليون", 5e5, ""},
		{"مليونان وثلاثمئة ألف وخمسة", 2300005, ""},
		{"ألف وتسعمئة وتسعة وثمانون", 1989, ""},
		{"ألفا جندي", 2000, "جندي"},
		{"خمسين ألفا", 50000, ""},
		{"ألف مليون", 1e9, ""},
		{"خمسة وستة", 5, "و"},
		{"مئتي ألف", 200000, ""},
		{"ثلثي", 0.666667, ""},
	} {
		d := a.Analyze(c.text)
		n, ok := Read(d, 0)
		rest := ""
		if ok && n.Last < len(d.Tokens) {
			rest = d.Tokens[n.Last].Fold
		}
		if !ok || n.Value != c.value || !strings.HasPrefix(rest, c.rest) || (rest == "") != (c.rest == "") {
			t.Errorf("%s: got %v, %v, rest %q, want %v and %q", c.text, n.Value, ok, rest, c.value, c.rest)
		}
	}
}

// TestVague reads amounts without a value, and what is no number.
func TestVague(t *testing.T) {
	a := analyzer(t)
	for _, text := range []string{"عشرات القتلى", "آلاف النازحين", "ملايين الدولارات", "عدة أيام", "بضعة أشهر"} {
		if n, ok := Read(a.Analyze(text), 0); !ok || !n.Vague {
			t.Errorf("%s: got %v %v, want vague", text, n, ok)
		}
	}
	for _, text := range []string{"13.10.2020", "192.168.1.1", "الثالث", "كتاب", "123456789012345678901234567890"} {
		if n, ok := Read(a.Analyze(text), 0); ok {
			t.Errorf("%s: got %v, want nothing", text, n.Value)
		}
	}
}

// TestOrdinal reads ordinals.
func TestOrdinal(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]int{
		"الأول": 1, "الثانية": 2, "الثاني عشر": 12, "الحادي والعشرين": 21, "السابعة والثلاثين": 37, "العشرين": 20, "العاشر من": 10,
	} {
		if n, _, ok := Ordinal(a.Analyze(text), 0); !ok || n != want {
			t.Errorf("%s: got %d %v, want %d", text, n, ok, want)
		}
	}
}

// TestLinear reads a million digits and long chains of number words.
func TestLinear(t *testing.T) {
	a := analyzer(t)
	for _, word := range []string{"7", "مليون و", "ألف مليون ", "7,"} {
		d := a.Analyze(strings.Repeat(word, 1_000_000/len(word)))
		began := time.Now()
		for i := range d.Tokens {
			Read(d, i)
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%q: %d tokens took %v", word, len(d.Tokens), took)
		}
	}
}
