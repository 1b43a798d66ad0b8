package reader

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sound fails the test if a record is not sound, or its notes tell of a failed finder.
func sound(t testing.TB, rec isnad.Record) {
	t.Helper()
	if err := rec.Check(); err != nil {
		t.Errorf("%q: %v", head(rec.Article.Text), err)
	}
	for _, n := range rec.Notes {
		if strings.Contains(n, "failed") {
			t.Errorf("%q: %s", head(rec.Article.Text), n)
		}
	}
}

func head(s string) string { return s[:min(len(s), 80)] }

// TestBadInput reads what is no article and wants a sound record with a note on it.
func TestBadInput(t *testing.T) {
	r := newReader(t)
	const day = "2021-07-27"
	for _, c := range []struct {
		name, text, published, note string
	}{
		{"empty", "", day, "language: the text has no letters"},
		{"space", " \n\t\n ", day, "language: the text has no letters"},
		{"digits", strings.Repeat("7", 100), day, "language: the text has no letters"},
		{"not UTF-8", "وصل الوفد \xff\xfe إلى عمّان.", day, "text: bytes that are not UTF-8 were replaced"},
		{"UTF-16 given as UTF-8", "H\x006\x06D\x06 'D\x06H\x06A\x06/\x06", day, ""},
		{"not Arabic", "The delegation arrived in Amman on Monday.", day, "so the text is not Arabic"},
		{"HTML", "<div><p>وصل الوفد إلى عمّان.</p><p>غادر الوفد.</p></div>", day, "--from html"},
		{"no day", "وصل الوفد إلى عمّان يوم الاثنين.", "", "published: not given"},
		{"impossible day", "وصل الوفد إلى عمّان يوم الاثنين.", "2021-02-30", `published: "2021-02-30" is no date`},
		{"no date at all", "وصل الوفد إلى عمّان يوم الاثنين.", "أمس", "is no date"},
		{"open mark", "قال الوزير: «سنصل غدا إلى عمّان. وقال الرئيس: \"لن نغادر", day, ""},
		{"close mark", "قال الوزير» إننا سنصل غدا\" إلى عمّان“.", day, ""},
		{"marks crossed", "قال «الوزير \"إننا» سنصل\" غدا ”إلى “ عمّان„.", day, ""},
		{"marks alone", "«»\"\"''“”‹›", day, ""},
		{"bidi controls", "\u202b\u202e\u2067قال\u2069 الوزير\u200f إن\u200e الوفد\ufeff وصل\u202c.", day, ""},
		{"marks without letters", "\u064b\u064c\u0651\u0652 \u0640\u0640\u0640", day, ""},
		{"control signs", "وصل\x00الوفد\x01إلى\x7fعمّان\u0085اليوم", day, ""},
	} {
		rec := r.Read(isnad.Article{Text: c.text, Published: c.published})
		sound(t, rec)
		if c.note != "" && !strings.Contains(strings.Join(rec.Notes, "\n"), c.note) {
			t.Errorf("%s: notes %q lack %q", c.name, rec.Notes, c.note)
		}
	}
}

// TestPlacedByNothing wants weekdays without a day of publication to stay unplaced.
func TestPlacedByNothing(t *testing.T) {
	rec := newReader(t).Read(isnad.Article{Text: "وصل الوفد إلى عمّان، الاثنين، ويغادرها الأسبوع المقبل.", Published: "2021-02-30"})
	for _, x := range rec.Times {
		if x.First != "" || x.Last != "" {
			t.Errorf("%q is placed from %s to %s by no day", x.Of(rec.Article.Text), x.First, x.Last)
		}
	}
}

// FuzzRead reads anything: the record is sound, and reading twice gives the same bytes.
func FuzzRead(f *testing.F) {
	f.Add("قال الرئيس جو بايدن، الاثنين، إن «2500 جندي» سيغادرون العراق بحلول نهاية 2021.", "جندي", "2021-07-27")
	f.Add("ونقل البيان عن الكاظمي قوله إن ”الزيارة“ تتوج 18 عاما.\n\nشاهد أيضاً\nخبر آخر …", "", "")
	f.Add("دبي، الإمارات (CNN)-- «««\"\"''", "\xff", "2021-13-01")
	f.Add("5-7 آلاف% 1.2.3.4 ٣٫٥ مليون ونصف المليون وو ووو", "", "2024-02-29")
	f.Add("\u202bهـ\u0640ذا \u064bنص\u200f", "", "0000-00-00")
	r := newReader(f)
	f.Fuzz(func(t *testing.T, text, title, published string) {
		a := isnad.Article{Text: text, Title: title, Published: published}
		rec := r.Read(a)
		sound(t, rec)
		first, err := rec.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		again := r.Read(a)
		if second, _ := again.AppendJSON(nil); string(second) != string(first) {
			t.Errorf("read twice, the record differs:\n%s\n%s", first, second)
		}
	})
}
