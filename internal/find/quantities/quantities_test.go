package quantities

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/find/times"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// analyzer has the embedded lexicon and vocabulary.
var analyzer = sync.OnceValues(func() (*ling.Analyzer, error) {
	l, err := lex.Default()
	if err != nil {
		return nil, err
	}
	v, err := vocab.Load()
	return ling.New(l, v), err
})

func analyze(t testing.TB, text string) *ling.Doc {
	t.Helper()
	a, err := analyzer()
	if err != nil {
		t.Fatal(err)
	}
	return a.Analyze(text)
}

// find reads text whose names belong to one entity of a country.
func find(t testing.TB, text, country string, names ...string) []isnad.Quantity {
	t.Helper()
	d := analyze(t, text)
	var list []isnad.Name
	for _, n := range names {
		if i := strings.Index(text, n); i >= 0 {
			list = append(list, isnad.Name{Span: isnad.Span{Start: i, End: i + len(n)}, Kind: isnad.Place})
		}
	}
	return Find(d, list, []isnad.Entity{{Name: "x", Kind: isnad.Place, Country: country}}, times.Find(d, "2018-03-14"))
}

// told writes quantities in words: value, upper end, unit, modifier and span.
func told(text string, list []isnad.Quantity) string {
	var out []string
	for _, q := range list {
		s := fmt.Sprint(q.Value)
		if q.Max != 0 {
			s += fmt.Sprintf("-%v", q.Max)
		}
		s += " " + q.Unit
		if q.Mod != "" {
			s += " " + q.Mod
		}
		out = append(out, s+" «"+q.Of(text)+"»")
	}
	return strings.Join(out, ", ")
}

// TestFind gives sentences and what is found in them, in words.
func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// counted nouns in their dictionary form
		{"حضر 2500 جندي إلى الميدان.", "2500 جندي «2500 جندي»"},
		{"وصل خمسة وعشرون ألف زائر.", "25000 زائر «خمسة وعشرون ألف زائر»"},
		{"شارك 3 آلاف شخص.", "3000 شخص «3 آلاف شخص»"},
		{"زار أربع دول.", "4 دولة «أربع دول»"},
		{"أصيب 31 فلسطينيا.", "31 فلسطيني «31 فلسطينيا»"},
		{"وبلغ عدد القتلى 45.", "45 قتيل «45»"},
		{"وكانت القيمة 500 مليار دولار قبل أن تخسر نحو 120 مليارا الأسبوع الماضي.", "5e+11 USD «500 مليار دولار», 1.2e+11 USD approx «120 مليارا»"},
		{"ما رفع إلى 245 عدد القتلى.", "245 قتيل «245»"},
		{"أشارت إلى مقتل 37 شخصا وفقدان نحو 70.", "37 شخص «37 شخصا», 70 شخص approx «70»"},
		{"وقتل 12 في الهجوم.", "12 شخص «12»"},
		{"وقصفت الطائرات مركبتين في البلدة.", "2 مركبة «مركبتين»"},
		{"غرق ثلاثة سوريين.", "3 سوري «ثلاثة سوريين»"},
		// abbreviations and sub-units of money
		{"قطع 40كم على حصانه.", "40 كيلومتر «40كم»"},
		{"زرعوا 6 كم² من الأرض و100م2 قرب البيت.", "6 كيلومتر مربع «6 كم²», 100 متر مربع «100م2»"},
		{"سارت العربة بسرعة 60 كلم/ساعة.", "60 كيلومتر في الساعة «60 كلم/ساعة»"},
		{"قال 9 كما قلنا.", ""},
		{"هبط السعر 39 سنتا.", "39 سنت «39 سنتا»"},
		{"بيع البرميل بـ74.25 دولارا. وبلغ الصنف الآخر 67.89 للبرميل.", "74.25 USD «74.25 دولارا», 67.89 USD «67.89»"},
		// words spelled like others
		{"اشترت البلدية 16 آلية.", "16 آلية «16 آلية»"},
		{"حرث 30 دونما.", "30 دونم «30 دونما»"},
		{"أزالوا 3 ألغام.", "3 لغم «3 ألغام»"},
		{"أضافت الشركة 5 حفارات.", "5 حفارة «5 حفارات»"},
		{"حلقت طائرات «إف 15» إسرائيلية.", ""},
		// parts of a whole, with a pronoun or without
		{"سحبت المنظمة 71 من موظفيها الأجانب.", "71 موظف «71 من موظفيها»"},
		{"سأل 4 من موظفي الشركة.", "4 موظف «4 من موظفي»"},
		{"نال 180 صوتا من أصل 350.", "180 صوت «180 صوتا», 350 صوت «350»"},
		{"وصلت 50 رسالة، 5 منها من الطلاب.", "50 رسالة «50 رسالة», 5 رسالة «5»"},
		{"أما الطلاب الذين بلغ عددهم 14 فقد وصلوا.", "14 طالب «14»"},
		// those told by number alone are people
		{"قال الجار إن ثلاثة آخرين أصيبوا.", "3 شخص «ثلاثة آخرين»"},
		{"وصل ثلاثة من قوات الحراسة وأصيب 17 آخرين.", "3 قوة «ثلاثة من قوات», 17 شخص «17 آخرين»"},
		{"خرج أربعة موظفين. وسلم المدير على الأربعة.", "4 موظف «أربعة موظفين», 4 موظف «الأربعة»"},
		{"أنفق بين 50 ألفا و100 ألف جنيه.", "50000-100000 جنيه «50 ألفا و100 ألف جنيه»"},
		{"اشترى 300 قميص.", "300 قميص «300 قميص»"},
		{"قطع مسافة 40 كيلومترا في الساعة.", "40 كيلومتر في الساعة «40 كيلومترا في الساعة»"},
		{"في المتحف أربعمئة وخمسون تمثالا.", "450 تمثال «أربعمئة وخمسون تمثالا»"},
		{"حصل الحزب على 54 مقعدا من المقاعد وعددها 329 مقعدا.", "54 مقعد «54 مقعدا», 329 مقعد «329 مقعدا»"},
		{"نقلت القتلى الـ199 إلى المشرحة.", "199 قتيل «القتلى الـ199»"},
		{"وقعت الدول السبع البيان.", "7 دولة «الدول السبع»"},
		{"قتل 50 من الجنود في المعركة.", "50 جندي «50 من الجنود»"},
		{"اعتقل اثنان من أعضائه.", "2 عضو «اثنان من أعضائه»"},
		{"قتل شخص واحد في الحريق.", "1 شخص «شخص واحد»"},
		{"لم يتغير حرف واحد.", ""},
		// shares and money
		{"ارتفعت الأسعار 3.75 بالمئة.", "3.75 % «3.75 بالمئة»"},
		{"بلغت النسبة 44,5% من الأصوات.", "44.5 % «44,5%»"},
		{"يملك نحو 95 في المائة من السكان هواتف.", "95 % approx «95 في المائة»"},
		{"حصل نصف الأطباء على الوثائق.", "50 % «نصف الأطباء»"},
		{"خسر الفريق في نصف النهائي.", ""},
		{"بلغت القيمة 1.25 مليار دولار.", "1.25e+09 USD «1.25 مليار دولار»"},
		{"دفع 27000 دولار أمريكي و19335 جنيها إسترلينيا.", "27000 USD «27000 دولار أمريكي», 19335 GBP «19335 جنيها إسترلينيا»"},
		{"بيع بمبلغ أربعة ملايين و100 ألف يورو.", "4.1e+06 EUR «أربعة ملايين و100 ألف يورو»"},
		{"كلف المشروع 5 ملايين ريال.", "5e+06 ريال «5 ملايين ريال»"},
		// ranges and modifiers
		{"حضر ما بين 400 و500 شخص.", "400-500 شخص «400 و500 شخص»"},
		{"حضر 400 أو 500 شخص.", "400-500 شخص «400 أو 500 شخص»"},
		{"يحتاج المشروع 5-7 مهندسين.", "5-7 مهندس «5-7 مهندسين»"},
		{"تتراوح الأسعار من 5 إلى 7 دولارات.", "5-7 USD «5 إلى 7 دولارات»"},
		{"قتل 72 شخصا على الأقل.", "72 شخص equal_or_more «72 شخصا»"},
		{"جرح ما لا يقل عن تسعة أشخاص.", "9 شخص equal_or_more «تسعة أشخاص»"},
		{"شارك أكثر من 1500 طالب.", "1500 طالب more_than «1500 طالب»"},
		{"حضر نحو ستين عاملا.", "60 عامل approx «ستين عاملا»"},
		{"لم يزد عدد الحضور عن 20 طالبا.", "20 طالب «20 طالبا»"},
		// ages
		{"كرم الشاعر البالغ من العمر 83 عاما.", "83 عام «83 عاما»"},
		{"فازت سلمى (25 سنة) بالجائزة.", "25 سنة «25 سنة»"},
		{"وهو في السادسة والعشرين من عمره.", "26 عام «السادسة والعشرين»"},
		// duals, where a deed is done to them
		{"أوقع القصف قتيلين.", "2 قتيل «قتيلين»"},
		{"أدى الهجوم إلى مقتل شرطيين اثنين.", "2 شرطي «شرطيين اثنين»"},
		{"اعتقلت الشرطة شخصين في المطار.", "2 شخص «شخصين»"},
		{"التقى وزيرين في المساء.", ""},
		// a number without its noun takes the one before
		{"قتل 12 جنديا وأصيب 4 آخرون.", "12 جندي «12 جنديا», 4 جندي «4 آخرون»"},
		{"أصيب 15 عاملا، اثنان في الشمال و13 في الجنوب.", "15 عامل «15 عاملا», 2 عامل «اثنان», 13 عامل «13»"},
		{"تضرر 1.7 مليون من أصل 16 مليون شخص.", "1.7e+06 شخص «1.7 مليون», 1.6e+07 شخص «16 مليون شخص»"},
		// no quantities
		{"فاز الفريق 2-1 على ضيفه.", ""},
		{"بثت القناة الـ12 تقريرا.", ""},
		{"كان الملك رقم 23 في السلالة.", ""},
		{"قتل عشرات الأشخاص ونزح آلاف السكان.", ""},
		{"سقطت طائرة من طراز إف-16 في البحر.", ""},
		{"انتشر كوفيد-19 في المدينة.", ""},
		{"اتصلوا على 962-6-5551234 للحجز.", ""},
		{"افتتح في الدورة السبعين.", ""},
		{"زار المدينة في 5 مارس 2018 لمدة 3 أيام.", ""},
	} {
		if got := told(c.text, find(t, c.text, "")); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestMoney takes the state that the article speaks of for a currency of many.
func TestMoney(t *testing.T) {
	text := "كلف المشروع في قطر 5 ملايين ريال."
	if got := told(text, find(t, text, "QAT", "قطر")); got != "5e+06 QAR «5 ملايين ريال»" {
		t.Error(got)
	}
}

// TestNames leaves numbers in names alone.
func TestNames(t *testing.T) {
	text := "أعلنت مجموعة 5 بلدان البيان."
	if got := find(t, text, "", "مجموعة 5 بلدان"); len(got) != 0 {
		t.Error(told(text, got))
	}
}

const sample = "قتل 12 جنديا وأصيب ما لا يقل عن أربعة أشخاص، ودفع 1.25 مليار دولار أي 44,5% من القيمة. وحضر نحو ألفين وخمسمئة طالب بين 400 و500 معلم."

// TestSame checks that marks, digit systems and hamzas change no value.
func TestSame(t *testing.T) {
	want := meant(find(t, sample, ""))
	if strings.Count(want, ",") < 4 {
		t.Fatalf("the sample has too few quantities: %s", want)
	}
	for name, write := range map[string]func(string) string{
		"vowel marks":         func(s string) string { return strings.ReplaceAll(s, "ل", "ل\u064e") },
		"tatweel":             func(s string) string { return strings.ReplaceAll(s, "ين", "يـن") },
		"Arabic-Indic digits": arabicDigits,
		"no hamza":            strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا").Replace,
		"bidi marks":          func(s string) string { return strings.ReplaceAll(s, " ", " \u200f") },
	} {
		if got := meant(find(t, write(sample), "")); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

func meant(list []isnad.Quantity) string {
	var out []string
	for _, q := range list {
		out = append(out, fmt.Sprint(q.Value, q.Max, q.Unit, q.Mod))
	}
	return strings.Join(out, ", ")
}

func arabicDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '٠'
		}
		return r
	}, s)
}

// FuzzFind checks that whatever is found is sound.
func FuzzFind(f *testing.F) {
	f.Add(sample)
	f.Add("القتلى الـ199 و5-7% من أصل 16 مليون $5 %50 «\"400 أو 500\" شخص»")
	f.Add("999999999999999999 مليون مليار تريليون ونصف 1.2.3,4 0,0")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 1<<16 {
			t.Skip()
		}
		rec := isnad.Record{Article: isnad.Article{Text: text}, Quantities: find(t, text, "EGY")}
		if err := rec.Check(); err != nil {
			t.Fatal(err)
		}
		for _, q := range rec.Quantities {
			if q.Value < 0 || q.Value != q.Value || q.Value > 1e60 || strings.TrimSpace(q.Unit) != q.Unit {
				t.Fatalf("%v %q", q.Value, q.Unit)
			}
		}
	})
}

// TestLinear reads long texts made to be slow.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	for _, word := range []string{"7", "7 ", "5 ريال ", "خمسة و", "من أصل ", "قتيلين ", "الدول ", "5-"} {
		d := analyze(t, strings.Repeat(word, 100_000))
		began := time.Now()
		Find(d, nil, nil, nil)
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%q: %d tokens took %v", word, len(d.Tokens), took)
		}
	}
}
