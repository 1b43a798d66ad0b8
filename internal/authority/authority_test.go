package authority

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

func file(t *testing.T) File {
	t.Helper()
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	return New(l)
}

func entity(kind isnad.Kind, name, country string) isnad.Entity {
	return isnad.Entity{Kind: kind, Name: name, Country: country}
}

// TestOneKey holds that the ways to write one name have one key.
func TestOneKey(t *testing.T) {
	f := file(t)
	const p, o, l = isnad.Person, isnad.Organization, isnad.Place
	for _, same := range [][]isnad.Entity{
		{entity(p, "جو بايدن", "USA"), entity(p, "جوزيف بايدن", "USA"), entity(p, "بايدن", "")},
		{entity(p, "دونالد ترامب", "USA"), entity(p, "دونالد ترمب", "")},
		{entity(p, "يوهان غرانسفيلد", ""), entity(p, "يوهان جرانسفيلد", "")},
		{entity(p, "محمد بن سلمان", "SAU"), entity(p, "محمد بن سلمان بن عبد العزيز", "")},
		{entity(p, "أحمد الشرقي", ""), entity(p, "احمد الشرقى", "")},
		{entity(p, "هاني عبد المعطي الدرملي", ""), entity(p, "هاني الدرملي", "")},
		{entity(o, "الأمم المتحدة", ""), entity(o, "منظمة الأمم المتحدة", "")},
		{entity(l, "الولايات المتحدة", "USA"), entity(l, "أمريكا", "USA"), entity(l, "أميركا", "USA")},
		{entity(isnad.Other, "عملية درع الفجر", ""), entity(isnad.Other, "عمليه درع الفجر", "")},
	} {
		for _, e := range same[1:] {
			if a, b := f.Key(same[0]), f.Key(e); a != b {
				t.Errorf("%s and %s: %q, %q", same[0].Name, e.Name, a, b)
			}
		}
	}
}

// TestTwoKeys holds names apart that only look alike.
func TestTwoKeys(t *testing.T) {
	f := file(t)
	const p, l = isnad.Person, isnad.Place
	for _, two := range [][2]isnad.Entity{
		{entity(p, "سلمان الحربي", ""), entity(p, "سليمان الحربي", "")},
		{entity(p, "جمال الحربي", ""), entity(p, "كمال الحربي", "")},
		{entity(p, "عمر الحربي", ""), entity(p, "عامر الحربي", "")},
		{entity(p, "محمد بن سلمان", ""), entity(p, "محمد بن زايد", "")},
		{entity(l, "طرابلس", "LBY"), entity(l, "طرابلس", "LBN")},
		{entity(p, "", ""), entity(l, "", "")},
	} {
		if a, b := f.Key(two[0]), f.Key(two[1]); a == b {
			t.Errorf("%s and %s are both %q", two[0].Name, two[1].Name, a)
		}
	}
}

func TestFamily(t *testing.T) {
	f := file(t)
	if a, b := Family(f.Key(entity(isnad.Person, "يوهان غرانسفيلد", ""))), Family(f.Key(entity(isnad.Person, "غرانسفيلد", ""))); a != b || a == "" {
		t.Errorf("family names %q and %q", a, b)
	}
}

func TestResolve(t *testing.T) {
	f := file(t)
	key := func(name string) string { return f.Key(entity(isnad.Person, name, "")) }
	johan, eva, family := key("يوهان غرانسفيلد"), key("إيفا غرانسفيلد"), key("غرانسفيلد")
	for name, c := range map[string]struct{ in, want []Mention }{
		"a family name is its only bearer": {
			[]Mention{{Key: johan}, {Key: family}}, []Mention{{Key: johan}, {Key: johan}}},
		"two bearers leave it open": {
			[]Mention{{Key: johan}, {Key: eva}, {Key: family}}, []Mention{{Key: johan}, {Key: eva}, {Key: family}}},
		"unless the days tell of one": {
			[]Mention{{Key: johan}, {Key: johan}, {Key: eva}, {Key: family}}, []Mention{{Key: johan}, {Key: johan}, {Key: eva}, {Key: johan}}},
		"or the state does": {
			[]Mention{{Key: johan, Country: "SWE"}, {Key: eva, Country: "NOR"}, {Key: family, Country: "NOR"}}, []Mention{{Key: johan}, {Key: eva}, {Key: eva}}},
		"another state and office is another person": {
			[]Mention{{johan, "وزير الطاقة", "SWE"}, {johan, "وزير الطاقة", "SWE"}, {johan, "لاعب", "NOR"}}, []Mention{{Key: johan}, {Key: johan}, {Key: johan + "/NOR"}}},
		"another state alone is not": {
			[]Mention{{johan, "وزير الطاقة", "SWE"}, {johan, "", "NOR"}, {johan, "وزير الطاقة", "NOR"}}, []Mention{{Key: johan}, {Key: johan}, {Key: johan}}},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(5) {
				order := rand.New(rand.NewPCG(seed, 0)).Perm(len(c.in))
				var in []Mention
				var want []string
				for _, i := range order {
					in, want = append(in, c.in[i]), append(want, c.want[i].Key)
				}
				if got := Resolve(in); !slices.Equal(got, want) {
					t.Errorf("order %v: %v, want %v", order, got, want)
				}
			}
		})
	}
}
