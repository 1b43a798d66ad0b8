package entities

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
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

// marked takes the marks «[name|kind letter]» out of a text and gives the names.
func marked(t testing.TB, s string) (string, []isnad.Name) {
	t.Helper()
	kinds := map[string]isnad.Kind{"P": isnad.Person, "O": isnad.Organization, "L": isnad.Place, "X": isnad.Other}
	var b strings.Builder
	var names []isnad.Name
	for {
		before, rest, ok := strings.Cut(s, "[")
		b.WriteString(before)
		if !ok {
			return b.String(), names
		}
		mark, after, _ := strings.Cut(rest, "]")
		name, letter, ok := strings.Cut(mark, "|")
		if !ok {
			t.Fatalf("bad mark in %q", s)
		}
		start := b.Len()
		b.WriteString(name)
		names = append(names, isnad.Name{Span: isnad.Span{Start: start, End: b.Len()}, Kind: kinds[letter], Entity: isnad.None})
		s = after
	}
}

func TestLink(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text string
		want []int // entity of each name
	}{
		{"قال [كريم صالح البدراني|P] ذلك، وأضاف [البدراني|P] أن [كريم البدراني|P] باق.", []int{0, 0, 0}},
		{"التقى [سامي نعيم|P] و[ماجد نعيم|P] ثم انصرف [ماجد نعيم|P].", []int{0, 1, 1}},
		{"بين [أميركا|L] و[الولايات المتحدة|L] و[أمريكا|L] و[واشنطن|L].", []int{0, 0, 0, 1}},
		{"قاتل تنظيم [الدولة الإسلامية|O] ثم انسحب [داعش|O].", []int{0, 0}},
		{"أعلنت [وزارة الصحة السودانية|O] ذلك ثم نفته [وزارة الصحة|O].", []int{0, 0}},
		{"بيان [الخارجية القطرية|O] نشرته [وزارة الخارجية القطرية|O].", []int{0, 0}},
		{"نددت [جمعية أهل النخيل|O] ([نخلنا|O]) بذلك ثم عادت [نخلنا|O].", []int{0, 0, 0}},
		{"زار [بنيامين نتنياهو|P] المكان وقال [نتانياهو|P] كلمة.", []int{0, 0}},
		{"قال الملك [سلمان|P] ذلك ثم عاد [سلمان بن عبد العزيز|P].", []int{0, 0}},
		{"زار [شيلبغوف|P] و[شيلبجوف|P] المكان.", []int{0, 0}},
		{"بين [كوريا الشمالية|L] و[كوريا الجنوبية|L].", []int{0, 1}},
	} {
		text, names := marked(t, c.text)
		Link(a.Analyze(text), names)
		var got []int
		for _, n := range names {
			got = append(got, n.Entity)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %v\nwant %v", text, got, c.want)
		}
	}
}

func TestEntity(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text string
		want isnad.Entity // the first
	}{
		{"دواء ل[لعراق|L].", isnad.Entity{Name: "العراق", Kind: isnad.Place, Country: "IRQ"}},
		{"قال الرئيس الأمريكي [جو بايدن|P] ذلك.", isnad.Entity{Name: "جو بايدن", Kind: isnad.Person, Role: "الرئيس الأمريكي", Country: "USA"}},
		{"عاد [البدراني|P] أمس. قال رئيس وزراء [العراق|L] [كريم البدراني|P] ذلك.", isnad.Entity{Name: "كريم البدراني", Kind: isnad.Person, Role: "رئيس وزراء العراق", Country: "IRQ"}},
		{"قال نائب وزير الصحة القطري الشيخ [كريم البدراني|P] ذلك.", isnad.Entity{Name: "كريم البدراني", Kind: isnad.Person, Role: "نائب وزير الصحة القطري", Country: "QAT"}},
		{"قال [كريم البدراني|P]، رئيس المعهد الوطني، ذلك.", isnad.Entity{Name: "كريم البدراني", Kind: isnad.Person, Role: "رئيس المعهد الوطني"}},
		{"قال القاضي ل[كريم البدراني|P] ذلك.", isnad.Entity{Name: "كريم البدراني", Kind: isnad.Person}},
		{"زار خصمه [كريم البدراني|P] المكان.", isnad.Entity{Name: "كريم البدراني", Kind: isnad.Person}},
		{"رفضت [الحكومة العراقية|O] ذلك.", isnad.Entity{Name: "الحكومة العراقية", Kind: isnad.Organization, Country: "IRQ"}},
		{"رحل #[كريم_البدراني|P] أمس.", isnad.Entity{Name: "كريم البدراني", Kind: isnad.Person}},
		{"قاتل [الحوثيين|O] أمس.", isnad.Entity{Name: "الحوثيون", Kind: isnad.Organization, Country: "YEM"}},
	} {
		text, names := marked(t, c.text)
		got := Link(a.Analyze(text), names)
		if len(got) == 0 || got[0] != c.want {
			t.Errorf("%s\n got %+v\nwant %+v", text, got, c.want)
		}
	}
}

// Linking stays linear when an article is all names.
func TestManyNames(t *testing.T) {
	a := analyzer(t)
	one := "قال المتحدث [كوستاروف بيلنتشكو|P] في [كركوك|L] إن [وزارة الصحة العراقية|O] و[بيلنتشكو|P] في [العراق|L].\n"
	took := func(n int) time.Duration {
		text, names := marked(t, strings.Repeat(one, n))
		d := a.Analyze(text)
		began := time.Now()
		Link(d, names)
		return time.Since(began)
	}
	took(200)
	few, many := took(500), took(5000)
	if many > 60*few+100*time.Millisecond {
		t.Errorf("500 sentences took %v, 5000 took %v", few, many)
	}
}

func FuzzLink(f *testing.F) {
	f.Add("قال [جو بايدن|P] في [العراق|L] و[بايدن|P]", 3)
	a := analyzer(f)
	f.Fuzz(func(t *testing.T, s string, every int) {
		s = strings.ToValidUTF8(s, "")
		d := a.Analyze(s)
		var names []isnad.Name
		kinds := [...]isnad.Kind{isnad.Person, isnad.Organization, isnad.Place, isnad.Other}
		for i := 0; i < len(d.Tokens); i += 1 + every&3 {
			tok := d.Tokens[i]
			names = append(names, isnad.Name{Span: isnad.Span{Start: int(tok.Start), End: int(tok.End)}, Kind: kinds[(i+every)&3]})
		}
		got := Link(d, names)
		seen := 0
		for _, n := range names {
			if n.Entity < 0 || n.Entity > seen || n.Entity >= len(got) || got[n.Entity].Kind != n.Kind {
				t.Fatalf("name %+v of %d entities in %q", n, len(got), s)
			}
			seen = max(seen, n.Entity+1)
		}
		for _, e := range got {
			if e.Name == "" {
				t.Fatalf("an entity without a name in %q", s)
			}
		}
	})
}
