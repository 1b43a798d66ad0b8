package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
)

func language(t testing.TB) *Language {
	t.Helper()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestForms holds the search forms themselves.
func TestForms(t *testing.T) {
	l := language(t)
	for _, c := range []struct{ form, words string }{
		{"وزاره", "وزارة الوزارة الوزارات وزارات وزارته وزارتها والوزارة للوزارة بوزارة وِزارة وزارتين"},
		{"مفاوض", "والمفاوضات مفاوضات مفاوضة المفاوضات"},
		{"لبنان", "لبنان ولبنان بلبنان للبنان لبنــان"},
		{"لبناني", "لبناني لبنانية اللبنانيون لبنانيين"},
		{"قرار", "قرار قرارات القرارات قراره قراراتها قرارين قراراً"},
		{"قال", "قال قالت قالوا وقال فقال"},
		{"سياسه", "سياسة سياسات السياسة سياسته"},
		{"سياسي", "سياسي سياسية سياسيا سياسيين السياسيون"},
		{"مسءول", "مسؤول مسئول مسؤولين مسؤولون المسؤولة"},
		{"رءيس", "رئيس الرئيس للرئيس رئيسا رئيسة ورئيسها"},
		{"ايران", "إيران ايران بإيران"},
		{"بيان", "بيان البيان بيانات"},
		{"حكومه", "حكومة الحكومة حكومات حكومتين حكومتهم"},
		{"سلطه", "سلطة سلطات السلطات"},
		{"الله", "الله"},
		{"بغداد", "بغداد ببغداد وبغداد"},
		{"تعلن", "تعلن ستعلن"},
		{"وزير", "وزير وزراء الوزراء والوزراء وزراؤها للوزراء"},
		{"صاروخ", "صاروخ صواريخ الصواريخ بصواريخ صاروخين"},
		{"cafe", "Café CAFE cafe"},
		{"2500", "2500 2,500 ٢٥٠٠ ٢٬٥٠٠"},
		{"3.5", "3.5 ٣٫٥"},
	} {
		for w := range strings.FieldsSeq(c.words) {
			if got := l.Forms(w); len(got) != 1 || got[0] != c.form {
				t.Errorf("%s → %q, want %q", w, got, c.form)
			}
		}
	}
	for _, pair := range [][2]string{{"لبن", "لبنان"}, {"روسي", "روسيا"}, {"قان", "قانون"}, {"سوري", "سوريا"}, {"بار", "باريس"}, {"عمل", "عملة"}, {"سلام", "سلامة"}, {"كتاب", "كاتب"}} {
		if a, b := l.Forms(pair[0]), l.Forms(pair[1]); reflect.DeepEqual(a, b) {
			t.Errorf("%s and %s are both %q", pair[0], pair[1], a)
		}
	}
}

func TestTerms(t *testing.T) {
	l := language(t)
	text := "قالَ «الوزير»: F-16 بغداد\u200f، 2,500 (كوفيد19)."
	var got []string
	for _, k := range l.Terms(text) {
		got = append(got, text[k.Start:k.End]+"="+k.Form)
	}
	want := []string{"قالَ=قال", "الوزير=وزير", "F=f", "16=16", "بغداد=بغداد", "2,500=2500", "كوفيد=كوفيد", "19=19"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestParse(t *testing.T) {
	l := language(t)
	type terms = []isnad.Term
	for _, c := range []struct {
		query string
		want  terms
	}{
		{"", nil},
		{"  \u200f ،. ", nil},
		{"الوزارات بغداد", terms{{Words: []string{"وزاره"}}, {Words: []string{"بغداد"}}}},
		{`"مجلس الأمن" -قمة`, terms{{Words: []string{"مجلس", "امن"}, Phrase: true}, {Words: []string{"قمه"}, Not: true}}},
		{"«مجلس الأمن»", terms{{Words: []string{"مجلس", "امن"}, Phrase: true}}},
		{"“مجلس الأمن”", terms{{Words: []string{"مجلس", "امن"}, Phrase: true}}},
		{"كوفيد-19", terms{{Words: []string{"كوفيد", "19"}, Phrase: true}}},
		{"name:بايدن اسم:بايدن الاسم: بايدن", terms{{Field: isnad.InName, Words: []string{"بايدن"}}, {Field: isnad.InName, Words: []string{"بايدن"}}, {Field: isnad.InName, Words: []string{"بايدن"}}}},
		{"مكان:بغداد متحدث:«وزير الدفاع» قال:الهدنة", terms{{Field: isnad.InPlace, Words: []string{"بغداد"}}, {Field: isnad.InSpeaker, Words: []string{"وزير", "دفاع"}, Phrase: true}, {Field: isnad.InSaid, Words: []string{"هدنه"}}}},
		{`وسيلة:"نبأ اليوم" outlet:BBC`, terms{{Field: isnad.InOutlet, Words: []string{"نبأ اليوم"}}, {Field: isnad.InOutlet, Words: []string{"BBC"}}}},
		{"حدث:احتجاج event:assault -حدث:الهجوم", terms{{Field: isnad.InEvent, Words: []string{"PROTEST"}}, {Field: isnad.InEvent, Words: []string{"ASSAULT"}}, {Field: isnad.InEvent, Words: []string{"ASSAULT"}, Not: true}}},
		{"بعد:٢٠١٨-٠٤ قبل:7/4/2018", terms{{Field: isnad.After, Words: []string{"2018-04"}}, {Field: isnad.Before, Words: []string{"2018-04-07"}}}},
		{"after:نيسان 2018 بغداد", terms{{Field: isnad.After, Words: []string{"2018-04"}}, {Words: []string{"بغداد"}}}},
		{"after:7 كانون الثاني 2018 بغداد", terms{{Field: isnad.After, Words: []string{"2018-01-07"}}, {Words: []string{"بغداد"}}}},
		{"before:2018 5", terms{{Field: isnad.Before, Words: []string{"2018-05"}}}},
		{"استحقاق:>2018 due:<2018-5-1", terms{{Field: isnad.Due, Words: []string{">2018"}}, {Field: isnad.Due, Words: []string{"<2018-05-01"}}}},
		{"من:الحكومة entity:p/suad", terms{{Field: isnad.InBy, Words: []string{"حكومه"}}, {Field: isnad.OfEntity, Words: []string{"p/suad"}}}},
		{"10:30", terms{{Words: []string{"10", "30"}, Phrase: true}}},
	} {
		q, err := l.Parse(c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
		} else if !reflect.DeepEqual(q.Terms, c.want) {
			t.Errorf("%s\n got %+v\nwant %+v", c.query, q.Terms, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	l := language(t)
	for _, c := range []struct {
		query, part string
		at          int
	}{
		{`بغداد "مجلس`, `"مجلس`, 6},
		{"حدث:طقس", "حدث:طقس", 0},
		{"قمة after:أمس", "after:أمس", 4},
		{"after:2018-13", "after:2018-13", 0},
		{"after:2018-02-30", "after:2018-02-30", 0},
		{"after:نيسان", "after:نيسان", 0},
		{"متحدث:", "متحدث:", 0},
		{"متحدث:...", "متحدث:...", 0},
		{`"..."`, `"..."`, 0},
	} {
		_, err := l.Parse(c.query)
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, isnad.ErrQuery) {
			t.Errorf("%s: %v", c.query, err)
		} else if e.At != c.at || e.Part != c.part || e.Why == "" {
			t.Errorf("%s: at %d, part %q, %s", c.query, e.At, e.Part, e.Why)
		}
	}
	if _, err := l.Parse(strings.Repeat("كلمة ", 100)); err == nil {
		t.Error("a hundred conditions are taken")
	}
	if _, err := l.Parse(strings.Repeat("ك", 5000)); err == nil {
		t.Error("a query of any length is taken")
	}
}

func TestSnippet(t *testing.T) {
	l := language(t)
	text := strings.Repeat("كلام آخر لا شأن له بما نبحث عنه هنا. ", 20) + "وصلت الوزيرة إلى الميناء صباحا. " + strings.Repeat("ثم عاد الجميع إلى بيوتهم. ", 20) + "الوزير"
	q, err := l.Parse("وزيرة ميناء")
	if err != nil {
		t.Fatal(err)
	}
	at, marks := Wanted(q.Terms).Snippet(l, text)
	shown := at.Of(text)
	if !strings.HasPrefix(shown, "وصلت الوزيرة إلى الميناء") || len(marks) != 2 || marks[0].Of(shown) != "الوزيرة" || marks[1].Of(shown) != "الميناء" {
		t.Errorf("%q, marks %v", shown, marks)
	}
	at, marks = Wanted(nil).Snippet(l, text)
	if at.Start != 0 || len(marks) != 0 {
		t.Errorf("without words: %v %v", at, marks)
	}
}

func FuzzTerms(f *testing.F) {
	f.Add("قالَ الوزير F-16 \xff 2,500 ﻻ 中文 والمفاوضات")
	f.Fuzz(func(t *testing.T, s string) {
		l := language(t)
		last := 0
		for _, k := range l.Terms(s) {
			if k.Start < last || k.End <= k.Start || k.End > len(s) || k.Form == "" || len(k.Form) > formLimit || strings.ContainsAny(k.Form, " \"|") || !utf8.ValidString(k.Form) {
				t.Fatalf("%+v after %d of %q", k, last, s)
			}
			last = k.Start
		}
		q, _ := l.Parse(s)
		Wanted(q.Terms).Marks(l, s)
		at, marks := Wanted(q.Terms).Snippet(l, s)
		for _, m := range marks {
			if m.Start < 0 || m.End > len(at.Of(s)) {
				t.Fatalf("mark %v of %v in %q", m, at, s)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`"مجلس الأمن" -قمة name:بايدن`, "after:7 نيسان 2018", "due:<2018", "حدث:احتجاج", "-", ":", "«", "-\"", "by:«»"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := language(t).Parse(s)
		if err != nil && !errors.Is(err, isnad.ErrQuery) {
			t.Fatal(err)
		}
		for _, x := range q.Terms {
			if len(x.Words) == 0 {
				t.Fatalf("%q: a term without words", s)
			}
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	l := language(b)
	text := strings.Repeat("أعلنت وزارة الخارجية في بيان لها أن المفاوضات مع الوفد ستستمر في العاصمة خلال الأيام المقبلة، وقالت إن 2,500 شخص عادوا. ", 40)
	b.SetBytes(int64(len(text)))
	var buf []Token
	for b.Loop() {
		buf = l.AppendTerms(buf[:0], text)
	}
}
