package times

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

// sample holds most kinds of times, in our own words.
const sample = "وصل الوزير صباح الاثنين 5 مارس 2018، وأعلن أن العمل بدأ في الأول من أيار/مايو 1990 وأنه ينتهي بحلول نهاية العام. " +
	"وزار المدينة قبل شهرين، أي في يناير الماضي، بعد ثلاثة أيام من الأمطار. وستعقد القمة الأسبوع المقبل الساعة 14:30 بتوقيت غرينتش، " +
	"واستمرت الحرب 1950-1953. وقال إن السكان انتظروا أكثر من 18 عاما منذ الثمانينيات."

// TestSame checks that marks, digit systems and hamzas change no value.
func TestSame(t *testing.T) {
	want := meant(find(t, sample, wednesday))
	if strings.Count(want, ",") < 8 {
		t.Fatalf("the sample has too few times: %s", want)
	}
	for name, write := range map[string]func(string) string{
		"vowel marks":         func(s string) string { return after(s, "\u064e") },
		"tatweel":             func(s string) string { return strings.ReplaceAll(s, "ين", "يـن") },
		"Arabic-Indic digits": arabicDigits,
		"no hamza":            strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace,
		"bidi marks":          func(s string) string { return strings.ReplaceAll(s, " ", " \u200f") },
	} {
		if got := meant(find(t, write(sample), wednesday)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

// after writes a mark after every fourth letter.
func after(s, mark string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		b.WriteRune(r)
		if i%4 == 1 && r >= 'ا' && r <= 'ي' {
			b.WriteString(mark)
		}
	}
	return b.String()
}

func arabicDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '٠'
		}
		return r
	}, s)
}

// FuzzFind checks that whatever is found is sound: in order, inside the text, with days
// that are days.
func FuzzFind(f *testing.F) {
	f.Add(sample, wednesday)
	f.Add("31 فبراير 45/13/2020 30 شعبان 1500 هـ «الـ24 ساعة الماضية»", "")
	f.Add("وقت سابق من الأسبوع الأول من الربع الثاني من العام التالي 0/0/0", "0001-01-01")
	f.Add("بعد 99999999999 سنة و3000 قرن قبل 2999 سنة من الآن", "9999-12-31")
	f.Fuzz(func(t *testing.T, text, published string) {
		if !utf8.ValidString(text) || len(text) > 1<<16 {
			t.Skip()
		}
		rec := isnad.Record{Article: isnad.Article{Text: text}, Times: find(t, text, published)}
		if err := rec.Check(); err != nil {
			t.Fatal(err)
		}
		for _, x := range rec.Times {
			if (x.First == "") != (x.Last == "") || x.First > x.Last {
				t.Fatalf("%q: from %q to %q", x.Value, x.First, x.Last)
			}
		}
	})
}

// TestLinear reads long texts made to be slow.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	for _, word := range []string{"7", "7 ", "مارس ", "وقت سابق ", "الأسبوع الأول من ", "أسبوع 5 من ", "نهاية ", "خمسة و", "ألف مليون ", "الاثنين ", "صباح "} {
		n := 100_000
		if word == "7" || word == "مارس " {
			n = 1_000_000
		}
		text := strings.Repeat(word, n)
		d := analyze(t, text)
		began := time.Now()
		Find(d, wednesday)
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%q: %d tokens took %v", word, len(d.Tokens), took)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	d := analyze(b, strings.Repeat(sample+"\n\n", 50))
	b.ReportAllocs()
	for b.Loop() {
		Find(d, wednesday)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.Tokens)), "ns/token")
}
