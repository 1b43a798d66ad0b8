package web

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

func span(start, end int) isnad.Span { return isnad.Span{Start: start, End: end} }

// TestSet wants overlapping findings set so that the text stays word for word, every
// finding is led to once or more, and no two pieces lie in each other.
func TestSet(t *testing.T) {
	text := "one two three four five\n\nsix seven"
	marks := []mark{
		{Span: span(0, 13), ID: "s0", Kind: "statement", Class: "statement", Long: true},
		{Span: span(4, 23), ID: "c0", Kind: "commitment", Class: "commitment", Long: true},
		{Span: span(4, 7), ID: "n0", Kind: "name", Class: "name person"},
		{Span: span(4, 13), ID: "q0", Kind: "quantity", Class: "quantity"},
		{Span: span(4, 7), ID: "t0", Kind: "time", Class: "time"}, // the same words as n0
		{Span: span(19, 28), ID: "e0", Kind: "event", Class: "event"},
	}
	var got strings.Builder
	led := map[string]bool{}
	for _, p := range set(text, span(0, len(text)), marks) {
		for _, x := range p {
			got.WriteString(x.Text)
			led[x.Link] = true
			for _, r := range x.Refs {
				led[r.Card] = true
			}
		}
		got.WriteString("\n\n")
	}
	if strings.TrimSpace(got.String()) != text {
		t.Errorf("the text became %q", got.String())
	}
	for _, m := range marks {
		if !led[m.ID] {
			t.Errorf("nothing leads to %s", m.ID)
		}
	}
}

// TestParts wants the parts of a text to be the text, however it is made.
func TestParts(t *testing.T) {
	for _, text := range []string{"", "قصير", strings.Repeat("كلمة ", 20000), strings.Repeat("ا", 50000), strings.Repeat("سطر طويل من الكلام\n\n", 5000)} {
		at := 0
		for _, p := range parts(text) {
			if p.Start != at || p.End-p.Start > 2*partLimit || strings.ToValidUTF8(p.Of(text), "") != p.Of(text) {
				t.Fatalf("part %v after %d", p, at)
			}
			at = p.End
		}
		if at != len(text) {
			t.Errorf("the parts end at %d of %d", at, len(text))
		}
	}
}

func TestTongue(t *testing.T) {
	all, err := loadTongues()
	if err != nil {
		t.Fatal(err)
	}
	ar, en := all[0], all[1]
	for _, c := range []struct{ got, want string }{
		{ar.Day("2024-05-06T11:30:00+01:00"), "6 مايو 2024"}, {en.Day("2024-05-06"), "6 May 2024"}, {ar.Day("2024-05"), "مايو 2024"}, {ar.Day("XXXX-WXX-1"), "XXXX-WXX-1"},
		{ar.Count("articles", 0), "لا أخبار"}, {ar.Count("articles", 1), "خبر واحد"}, {ar.Count("articles", 2), "خبران"}, {ar.Count("articles", 3), "3 أخبار"}, {ar.Count("articles", 11), "11 خبرا"},
		{ar.Count("articles", 100), "100 خبر"}, {ar.Count("articles", 103), "103 أخبار"}, {ar.Count("articles", 27000), "27,000 خبر"},
		{en.Count("articles", 0), "no articles"}, {en.Count("articles", 1), "one article"}, {en.Count("articles", 2), "2 articles"},
		{en.Number(1234567), "1,234,567"}, {en.Share(0.946), "95%"}, {en.Of("story", ".."), "/en/story/%2E%2E"}, {ar.Of("entity", "person/أ ب"), "/entity/person%2F%D8%A3%20%D8%A8"},
		{ar.Web("javascript:alert(1)"), ""}, {ar.Web("//x.example"), ""}, {ar.Web("https://x.example/ا"), "https://x.example/%D8%A7"},
		{cut("ab\u202ecd\x00ef", 5), "abcde…"}, {cut("a\nb", 5), "a b"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for key := range ar.words {
		if n := strings.Count(ar.words[key], "|"); n != 0 && (n != 5 || strings.Count(en.words[key], "|") != 2) {
			t.Errorf("%s has not the forms of a count", key)
		}
	}
}

// TestDraw wants a chart to keep every article and few bars, whatever the days.
func TestDraw(t *testing.T) {
	all, err := loadTongues()
	if err != nil {
		t.Fatal(err)
	}
	for unit, days := range map[string][]string{"day": {"2024-05-06", "2024-05-08"}, "week": {"2023-06-01", "2024-05-08"}, "month": {"2018-01-01", "2024-05-08"}, "year": {"1900-01-01", "2024-05-08"}} {
		var counts []isnad.Count
		for _, d := range days {
			counts = append(counts, isnad.Count{Key: d, Articles: 3})
		}
		c := all[0].draw(append(counts, isnad.Count{Key: "", Articles: 9}))
		if c == nil || c.Unit != unit || c.Total != 6 || len(c.Bars) > 4*mostBars {
			t.Errorf("%s: %+v", unit, c)
		}
	}
	if all[0].draw([]isnad.Count{{Key: "2024-05-06", Articles: 3}}) != nil {
		t.Error("one day is no chart")
	}
}

// TestMeasures wants the figures of docs/quality.md in rows of equal length.
func TestMeasures(t *testing.T) {
	text := "# x\n\n<!-- begin corpus: written -->\n\n16 articles.\n\n| kind of finding | F1 |\n|:--|--:|\n| names | 0.9 |\n\n| a | b |\n|:--|--:|\n| `c` | d |\n\n<!-- end corpus -->\n\n| not | this |\n"
	got := measures(text)
	if len(got) != 1 || got[0].Name != "corpus" || got[0].Articles != "16" || len(got[0].Tables) != 2 || got[0].Tables[1][1][0] != "c" {
		t.Errorf("%+v", got)
	}
}
