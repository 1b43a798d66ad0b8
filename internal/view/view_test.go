package view

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

const text = "وقع الوزير سليم الحسن، الاثنين، اتفاقا مع CNN بقيمة 2500 دينار.\n\nوقال الحسن للصحفيين: «سنفتح الجسر بحلول نهاية العام»."

// at gives the span of words in text.
func at(words string) isnad.Span {
	i := strings.Index(text, words)
	return isnad.Span{Start: i, End: i + len(words)}
}

func record() *isnad.Record {
	sure := isnad.Trust{Rule: "test/rule", Confidence: 0.9}
	return &isnad.Record{
		Article:  isnad.Article{Title: "اتفاق على الجسر", Outlet: "الجسر", Published: "2021-07-27", Text: text},
		Entities: []isnad.Entity{{Name: "سليم الحسن", Kind: isnad.Person, Role: "الوزير", Country: "JOR"}, {Name: "CNN", Kind: isnad.Organization}},
		Names:    []isnad.Name{{Span: at("سليم الحسن"), Trust: sure}, {Span: at("CNN"), Entity: 1, Trust: sure}, {Span: at("الحسن للص"), Trust: sure}},
		Times: []isnad.Time{
			{Span: at("الاثنين"), Type: "date", Value: "2021-07-26", First: "2021-07-26", Last: "2021-07-26", Trust: sure},
			{Span: at("نهاية العام"), Type: "date", Value: "2021", Mod: "end", First: "2021-12-01", Last: "2021-12-31", Trust: sure},
		},
		Quantities:  []isnad.Quantity{{Span: at("2500 دينار"), Value: 2500, Unit: "JOD", Trust: sure}},
		Statements:  []isnad.Statement{{Speaker: isnad.Source{Entity: 0}, To: at("لصحفيين"), Direct: true, Cue: at("قال"), Content: at("سنفتح الجسر بحلول نهاية العام"), Trust: sure}},
		Events:      []isnad.Event{{Span: at("وقع"), Trigger: at("وقع"), Type: "AGREE", Actors: []string{"JOR"}, Recipients: []string{"CNN"}, Date: "2021-07-26", Status: "happened", Trust: sure}},
		Commitments: []isnad.Commitment{{By: []isnad.Source{{Entity: 0}}, What: at("سنفتح الجسر"), Due: "2021-12-31", Basis: "promise", Trust: sure}},
		Notes:       []string{"ملاحظة واحدة"},
	}
}

var jordan = map[string]string{"JOR": "الأردن"}

func TestAppend(t *testing.T) {
	got := string(Append(nil, record(), Style{Countries: jordan}))
	const want = `اتفاق على الجسر
الجسر · 27 يوليو 2021

من؟
  • سليم الحسن، الوزير (الأردن) مرتان
  • CNN

متى؟
  • 26 يوليو 2021 «الاثنين»
  • ديسمبر 2021 «نهاية العام»

كم؟
  • 2,500 JOD «2500 دينار»

من قال؟
  • سليم الحسن (قال) للصحفيين: «سنفتح الجسر بحلول نهاية العام»

ماذا حدث؟
  • اتفاق: الأردن ← CNN، 26 يوليو 2021 «وقع الوزير سليم الحسن، الاثنين، اتفاقا مع CNN بقيمة 2500 دينار.»

ماذا وُعد؟
  • سليم الحسن بوعد حتى 31 ديسمبر 2021: «سنفتح الجسر»

ملاحظات
  • ملاحظة واحدة

`
	if got != want {
		t.Errorf("view is\n%s\nwant\n%s", got, want)
	}
}

func TestWidth(t *testing.T) {
	for _, width := range []int{20, 40, 72, 100} {
		for line := range strings.Lines(string(Append(nil, record(), Style{Width: width, Countries: jordan}))) {
			if n := columns(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: %d columns: %s", width, n, line)
			}
		}
	}
}

// TestSameWords wants style to change nothing but style.
func TestSameWords(t *testing.T) {
	words := func(s Style) string {
		out := string(Append(nil, record(), s))
		for _, k := range []ink{strong, pale, head, sure, warn} {
			out = strings.ReplaceAll(out, "\x1b["+string(k)+"m", "")
		}
		out = strings.ReplaceAll(out, "\x1b[0m", "")
		out = strings.Map(func(r rune) rune {
			if script.IsInvisible(r) {
				return -1
			}
			return r
		}, out)
		return strings.Join(strings.Fields(out), " ")
	}
	plain := words(Style{})
	for _, s := range []Style{{Width: 30}, {Color: true}, {Marks: true}, {Width: 50, Color: true, Marks: true}} {
		if got := words(s); got != plain {
			t.Errorf("style %+v: %s\nplain: %s", s, got, plain)
		}
	}
}

func TestRules(t *testing.T) {
	if got := string(Append(nil, record(), Style{Rules: true})); strings.Count(got, "[test/rule 0.90]") != 8 {
		t.Errorf("rules of 8 findings wanted:\n%s", got)
	}
}

func TestNothing(t *testing.T) {
	if got := string(Append(nil, &isnad.Record{}, Style{})); !strings.Contains(got, nothing) || !strings.Contains(got, untitled) {
		t.Errorf("view is %q", got)
	}
}

func TestDays(t *testing.T) {
	for _, c := range [][3]string{
		{"2021-07-26", "2021-07-26", "26 يوليو 2021"},
		{"2021-07-01", "2021-07-31", "يوليو 2021"},
		{"2020-02-01", "2020-02-29", "فبراير 2020"},
		{"2021-01-01", "2021-12-31", "2021"},
		{"2021-07-26", "2021-07-31", "من 26 إلى 31 يوليو 2021"},
		{"2021-07-26", "2021-08-01", "من 26 يوليو 2021 إلى 1 أغسطس 2021"},
		{"2021-13-26", "", "2021-13-26"},
	} {
		if got := days(c[0], c[1]); got != c[2] {
			t.Errorf("days(%s, %s) = %s, want %s", c[0], c[1], got, c[2])
		}
	}
	if got := number(1234567.5) + " " + number(-1000) + " " + number(12); got != "1,234,567.5 -1,000 12" {
		t.Errorf("numbers are %s", got)
	}
}

// TestArticles holds the number of the noun that follows a number.
func TestArticles(t *testing.T) {
	for n, want := range map[int]string{0: "لا أخبار", 1: "خبر واحد", 2: "خبران", 3: "أخبار", 10: "أخبار", 11: "خبرا", 99: "خبرا", 100: "خبر", 102: "خبر", 103: "أخبار", 111: "خبرا", 1000: "خبر"} {
		if got := articles(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
