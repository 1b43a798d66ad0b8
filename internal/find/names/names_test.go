package names

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
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

// marked takes the marks «[name|kind letter]» out of a text and gives the names they
// mark as «name|kind».
func marked(t testing.TB, s string) (text string, want []string) {
	t.Helper()
	kinds := map[string]isnad.Kind{"P": isnad.Person, "O": isnad.Organization, "L": isnad.Place, "X": isnad.Other}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "[")
		b.WriteString(before)
		if !ok {
			return b.String(), want
		}
		mark, after, ok := strings.Cut(rest, "]")
		name, letter, found := strings.Cut(mark, "|")
		if !ok || !found || kinds[letter] == "" {
			t.Fatalf("bad mark in %q", s)
		}
		b.WriteString(name)
		want = append(want, name+"|"+string(kinds[letter]))
		s = after
	}
}

func found(text string, names []isnad.Name) []string {
	var got []string
	for _, n := range names {
		got = append(got, n.Of(text)+"|"+string(n.Kind))
	}
	return got
}

func check(t *testing.T, sentences ...string) {
	t.Helper()
	a := analyzer(t)
	for _, s := range sentences {
		text, want := marked(t, s)
		if got := found(text, Find(a.Analyze(text), nil)); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestStates(t *testing.T) {
	check(t,
		"سافر الوفد من [العراق|L] إلى [الأردن|L].",
		"أرسلت السفينة دواء ل[لعراق|L] و[سوريا|L].",
		"رحبت [واشنطن|L] بالخطوة ورفضتها [طهران|L].",
		"قال مسؤول أمريكي إن القوات الأمريكية باقية.",
		"اتهم بفساد مالي كبير.",
		"يعيش الكاتب في [مالي|L].",
		"زارت #[الولايات_المتحدة|L] اليوم.",
		"عاد من [بيونغ يانغ|L] أمس.",
		"حلقت طائرات حربية سورية فوق المدينة.",
		"أغلقت التوسعة السعودية الثالثة.",
		"أغلقت القنصلية في [تل أبيب|L] تمهيدا لنقلها.",
	)
}

func TestPlaces(t *testing.T) {
	check(t,
		"وصل إلى مدينة [كركوك|L] مساء.",
		"هبطت الطائرة في [مطار بيروت الدولي|L].",
		"قصفت الطائرات [محافظة الحديدة|L] ودخلت القوات [الحديدة|L].",
		"عاش في محافظة [الأنبار|L] سنوات.",
		"فر السكان من [قطاع غزة|L].",
		"يعالج عن طريق إعطاء المريض السوائل، كما قال قطاع الصيدلة.",
		"تقدمت القوات في [وادي العطيفين|L] أمس.",
		"عبرت السفن مضيق [هرمز|L].",
		"وقع الزلزال قرب قرية [شلومبار|L].",
		"أغلقت الشرطة محطتي قطار [مانشستر|L] و[ليدز|L].",
	)
}

func TestPersons(t *testing.T) {
	check(t,
		"قال الرئيس الأمريكي [جو بايدن|P] إن العمل مستمر.",
		"التقى وزير خارجية [السودان|L] [حمدان عبد الرحيم|P] الوفد.",
		"أوضح العقيد [حسن صادق|P] الأمر.",
		"صرح المتحدث باسم الشركة، [كوستاروف بيلنتشكو|P]، بذلك.",
		"خطب [محمد بن عبدالرحمن|P] في القاعة.",
		"ذكر [جورج دبليو. بوش|P] ذلك في خطابه.",
		"اجتمع [فلاديمير #بوتين|P] بالوفد.",
		"غردت #[مرام_البلوشي|P] اليوم.",
		"التقى وزير الطاقة [هاني الشربيني|P] الوفد وعاد [الشربيني|P] مساء.",
		"أبدى حسن نية في المفاوضات.",
		"عاد مع ابنته [سعاد|P] أمس.",
		"قال الطبيب [نصر الله خوجياني|P] ذلك.",
		"استقبل الملك [سلمان بن عبد العزيز|P] الوفد.",
		"اتصل بالعاهل الأردني وأمير [الكويت|L].",
		"وقع رئيسا المصرفين المركزيين لكل من [قطر|L] و[تركيا|L].",
		"قال الكاتب إن الحل قريب.",
	)
}

func TestOrganizations(t *testing.T) {
	check(t,
		"رفضت [الحكومة العراقية|O] العرض وأيده [الجيش اللبناني|O].",
		"قالت السلطات إن الجيش انسحب.",
		"أعلنت [وزارة الخارجية الأميركية|O] ذلك.",
		"التقى وزير الدفاع التركي الوفد.",
		"باعت الشركة الأوراق المالية الأميركية.",
		"ذكرت وكالة [سبأ|O] أن الطريق مغلق.",
		"نشرت صحيفة \"[لوكوريون|O]\" الخبر.",
		"باعت شركة \"[أفق|O]\" مصنعها.",
		"تبنى تنظيم [داعش|O] الهجوم.",
		"ذكرت صحيفة [النافذة|O] ذلك.",
		"ذكرت الصحيفة أن مجلة أسبوعية نشرت الخبر.",
		"وفق ما ذكرت صحيفة ألمانية.",
		"أعلنت [كتائب الفجر|O] ذلك.",
		"نقضت [محكمة تونس الابتدائية|O] الحكم.",
		"أعلنت [المفوضية العليا المستقلة للانتخابات|O] النتائج.",
		"قال رئيس [المنظمة التونسية للأطباء|O] ذلك.",
		"حذرت [شرطة كييف|O] السكان.",
		"بثت [القناة الـ12|O] الحوار.",
		"اجتمع [مجلس الأمن الدولي|O] أمس.",
		"نددت [وزارة الصحة|O] ([كبرام|O]) بذلك.",
		"اجتمع أعضاء المجلس في المبنى.",
		"قالت [وكالة الأنباء السورية|O] ذلك ونقلته [وكالة الأنباء السعودية|O].",
		"رأى في ذلك بداية سباق تسلح.",
	)
}

// A ministry can have two fields; what follows its nation is no field of it.
func TestFields(t *testing.T) {
	check(t,
		"أعلنت [وزارة الاقتصاد والمالية|O] الأرقام.",
		"نسقت [وزارة الدفاع الأمريكية|O] والحلفاء الإقليميون الخطوة.",
		"أصدرت [الهيئة العامة للمواصفات والمقاييس|O] دليلا.",
		"انتقد تأييد [المحكمة العليا|O] لقرار الرئيس.",
		"لجأت إلى [محكمة الجنايات الدولية|O] لمقاضاة الشركة.",
	)
}

// The adjective of a nation, and one after it.
func TestAdjectives(t *testing.T) {
	check(t,
		"أعلنت [السفارة الروسية|O] ذلك.",
		"بث [التلفزيون المصري الرسمي|O] الخطاب.",
		"قالت [وكالة الأنباء السعودية الرسمية|O] ذلك.",
		"وقعت شركة [إيني|O] الإيطالية العقد.",
		"دعم [الحزب الليبرالي الكندي|O] المعارض الاقتراح.",
		"انتقد السياسيون الديمقراطيون القرار.",
		"اندلعت الحرب الأمريكية على المخدرات.",
	)
}

// Heads before persons, numbers and rare words.
func TestHeads(t *testing.T) {
	check(t,
		"درس في [جامعة سليمان ديميرل|O] ثم عمل في [كلية الهندسة|O].",
		"انسحب [اللواء 35|O] من المدينة.",
		"منح الناخبون الحزب 7 مقاعد.",
		"سيطرت القوات على مناطق \"[الشنبلوقين|L]\" أمس.",
		"وافق [مجلس الوزراء|O] على الخطة.",
	)
}

// A name begins and ends on a word, also where the model's does not.
func TestEdges(t *testing.T) {
	text := "قاتلت فصائل «الفجر شنبلوك»… ثم سكتت مي-"
	d := analyzer(t).Analyze(text)
	for first := range d.Tokens {
		for last := first + 1; last <= len(d.Tokens); last++ {
			for kind := tag.Person; kind <= tag.Other; kind++ {
				for _, n := range Find(d, []tag.Span{{First: first, Last: last, Kind: kind, Confidence: 0.99}}) {
					if s := n.Of(text); strings.Trim(s, "«»…-،. ") != s {
						t.Errorf("%q from tokens %d to %d", s, first, last)
					}
				}
			}
		}
	}
}

func TestThings(t *testing.T) {
	check(t,
		"شارك الآلاف في \"[مسيرة العودة|X]\" أمس.",
		"رست حاملة الطائرات [إبراهام لينكولن|X] في الميناء.",
		"انسحبت من [الاتفاق النووي|X].",
		"قرأ آيات من [القرآن|X].",
		"أعلن [تحالف دعم الشرعية|O] في #[اليمن|L] ذلك.",
		"فازت بها في [كأس العالم 1998|X] مرة.",
		"أطلقت خطة \"[آفاق 2035|X]\" أمس.",
		"قال إن الصواريخ \"قادمة\".",
	)
}

func TestAgain(t *testing.T) {
	check(t,
		"وصل الرئيس [لويس إيناسيو لولا دا سيلفا|P] أمس. وقال [لولا|P] كلمة.",
		"قال المتحدث [كوستاروف بيلنتشكو|P] ذلك. وأضاف [بيلنتشكو|P] أن ل[بيلنتشكو|P] رأيا آخر.",
		"نشرت صحيفة \"[لوكوريون|O]\" الخبر ثم سحبته [لوكوريون|O].",
	)
}

// The model decides where lexicon and rules know nothing, and only when it is sure.
func TestModel(t *testing.T) {
	text := "عاد شنبلوك إلى بيته."
	for _, c := range []struct {
		confidence float32
		want       []string
	}{
		{0.95, []string{"شنبلوك|person"}},
		{0.4, nil},
	} {
		d := analyzer(t).Analyze(text)
		got := found(text, Find(d, []tag.Span{{First: 1, Last: 2, Kind: tag.Person, Confidence: c.confidence}}))
		if !slices.Equal(got, c.want) {
			t.Errorf("at %v found %q, want %q", c.confidence, got, c.want)
		}
	}
}

func TestTrustOfEveryRule(t *testing.T) {
	for r := lexCountry; r <= listed; r++ {
		if tr := r.trust(); tr.Rule == "" || tr.Confidence <= 0 || tr.Confidence > 1 {
			t.Errorf("rule %d: %+v", r, tr)
		}
	}
}

// Reading stays linear when everything is a name.
func TestManyNames(t *testing.T) {
	a := analyzer(t)
	one := "قال المتحدث كوستاروف بيلنتشكو في مدينة كركوك إن حركة حماس و\"مسيرة العودة\" في العراق.\n"
	took := func(n int) time.Duration {
		d := a.Analyze(strings.Repeat(one, n))
		began := time.Now()
		Find(d, nil)
		return time.Since(began)
	}
	took(200)
	few, many := took(500), took(5000)
	if many > 60*few+100*time.Millisecond {
		t.Errorf("500 sentences took %v, 5000 took %v", few, many)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("قال الرئيس (جو بايدن) في «مطار \"أورورا\" الدولي» #الولايات_المتحدة")
	f.Add("شركة ( ) \"\" مدينة، وزارة و. بن بن أبو")
	f.Add("القناة الـ 12 القناة الـ12 د. ج. ك.")
	a := analyzer(f)
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		d := a.Analyze(s)
		var tagged []tag.Span
		for i := 0; i+2 < len(d.Tokens); i += 5 {
			tagged = append(tagged, tag.Span{First: i, Last: i + 2, Kind: tag.Kind(1 + i%4), Confidence: 0.9})
		}
		for _, spans := range [][]tag.Span{nil, tagged} {
			end := 0
			for _, n := range Find(d, spans) {
				if n.Start < end || n.End <= n.Start || n.End > len(s) || n.Rule == "" || n.Entity != isnad.None {
					t.Fatalf("bad name %+v after %d in %q", n, end, s)
				}
				end = n.End
			}
		}
	})
}
