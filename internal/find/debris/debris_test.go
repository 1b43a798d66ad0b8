package debris

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

func cutter(t testing.TB) *Cutter {
	t.Helper()
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	return New(l)
}

// The paragraphs that stand round what is tested: our own sentences.
const (
	one   = "افتتح وزير النقل في مدينة السلط جسرا جديدا يربط الحي القديم بالمستشفى الجامعي بعد ثلاث سنوات من العمل."
	two   = "وقال الوزير للصحفيين إن كلفة المشروع بلغت مليوني دينار، وإن الحركة عليه تبدأ صباح الأحد المقبل."
	three = "ويأمل سكان الحي القديم أن يخفف الجسر ازدحاما عرفته شوارعهم في السنوات العشر الماضية كل صباح."
)

func lines(s ...string) string { return strings.Join(s, "\n\n") }

func TestCut(t *testing.T) {
	c := cutter(t)
	body := lines(one, two, three)
	for _, x := range []struct {
		name   string
		in     isnad.Article
		reason isnad.Reason
		cut    string
	}{
		{"agency after a city", isnad.Article{Text: lines("عمّان (رويترز) - "+one, two, three)}, isnad.Dateline, "عمّان (رويترز) - "},
		{"city, state and network", isnad.Article{Text: lines("عمّان، الأردن (CNN)-- "+one, two, three)}, isnad.Dateline, "عمّان، الأردن (CNN)-- "},
		{"place that the lexicon lacks", isnad.Article{Text: lines("وادي الزعرور (د ب أ) – "+one, two, three)}, isnad.Dateline, "وادي الزعرور (د ب أ) – "},
		{"dash and colon", isnad.Article{Text: lines("القاهرة – أ ف ب: "+one, two, three)}, isnad.Dateline, "القاهرة – أ ف ب: "},
		{"the outlet itself", isnad.Article{Outlet: "صحيفة الجسر", Text: lines("صحيفة الجسر – "+one, two, three)}, isnad.Dateline, "صحيفة الجسر – "},
		{"a city alone", isnad.Article{Text: lines("بيروت – "+one, two, three)}, isnad.Dateline, "بيروت – "},
		{"signature below", isnad.Article{Text: lines(one, two, three, "رويترز / أ ف ب")}, isnad.Dateline, "رويترز / أ ف ب"},
		{"strokes above", isnad.Article{Text: lines("عمّان/ سليم الحسن/ الأناضول", one, two, three)}, isnad.Dateline, "عمّان/ سليم الحسن/ الأناضول"},
		{"title repeated", isnad.Article{Title: "جسر جديد في مدينة السلط", Text: lines("جسر جديد في مدينة السَّلط", one, two, three)}, isnad.Repeat, "جسر جديد في مدينة السَّلط"},
		{"see also in the midst", isnad.Article{Text: lines(one, two, "اقرأ أيضا: سكان السلط يطالبون بحديقة", three)}, isnad.Related, "اقرأ أيضا: سكان السلط يطالبون بحديقة"},
		{"see also as a heading", isnad.Article{Text: lines(one, two, three, "شاهد أيضاً", "افتتاح معرض الزهور", "صحيفة الجسر – قال منظمو المعرض إن الزوار لا …")}, isnad.Related, "شاهد أيضاً\nافتتاح معرض الزهور\nصحيفة الجسر – قال منظمو المعرض إن الزوار لا …"},
		{"heading in the midst", isnad.Article{Text: lines(one, "اقرأ أيضا:", "سكان السلط يطالبون بحديقة", two, three)}, isnad.Related, "اقرأ أيضا:\nسكان السلط يطالبون بحديقة"},
		{"a headline alone", isnad.Article{Text: lines(one, two, "بلدية السلط تعلن خطة لترميم البيوت القديمة", three)}, isnad.Related, "بلدية السلط تعلن خطة لترميم البيوت القديمة"},
		{"caption", isnad.Article{Text: lines(one, "الجسر القديم قبل هدمه (أرشيفية)", two, three)}, isnad.Caption, "الجسر القديم قبل هدمه (أرشيفية)"},
		{"share at a line's end", isnad.Article{Text: lines(one, two, three+" تابعونا على:")}, isnad.Share, "تابعونا على:"},
		{"share block", isnad.Article{Text: lines(one, two, three, "شارك هذا الخبر", "فيسبوك", "تويتر")}, isnad.Share, "شارك هذا الخبر\nفيسبوك\nتويتر"},
		{"agency behind the last stop", isnad.Article{Text: lines(one, two, three+" (رويترز)")}, isnad.Dateline, "(رويترز)"},
		{"initials and agencies", isnad.Article{Text: lines(one, two, three, "س.ح/ل.ع (د ب أ، أ ف ب)")}, isnad.Dateline, "س.ح/ل.ع (د ب أ، أ ف ب)"},
		{"initials", isnad.Article{Text: lines(one, two, three, "سح/لع/م ر")}, isnad.AuthorBox, "سح/لع/م ر"},
		{"editors", isnad.Article{Text: lines(one, two, three, "(إعداد سليم الحسن للنشرة العربية - تحرير ليلى العمري)")}, isnad.AuthorBox, "(إعداد سليم الحسن للنشرة العربية - تحرير ليلى العمري)"},
		{"correspondent", isnad.Article{Text: lines("محمد الحسن-عمّان", one, two, three)}, isnad.AuthorBox, "محمد الحسن-عمّان"},
		{"date and agency", isnad.Article{Text: lines("عمّان 12 تشرين الأول (رويترز) - "+one, two, three)}, isnad.Dateline, "عمّان 12 تشرين الأول (رويترز) - "},
		{"numbered links", isnad.Article{Text: lines(one, two, "اقرأ أيضا", "list of 2 items", "list 1 of 2", "افتتاح معرض الزهور", "list 2 of 2", "سباق في المدينة", "end of list", three)}, isnad.Related, "اقرأ أيضا\nlist of 2 items\nlist 1 of 2\nافتتاح معرض الزهور\nlist 2 of 2\nسباق في المدينة\nend of list"},
		{"source line", isnad.Article{Text: lines(one, two, three, "المصدر: وكالات")}, isnad.OtherCut, "المصدر: وكالات"},
		{"author", isnad.Article{Text: lines("بقلم: سليم الحسن", one, two, three)}, isnad.AuthorBox, "بقلم: سليم الحسن"},
		{"line of dashes", isnad.Article{Text: lines(one, two, "--------", three)}, isnad.OtherCut, "--------"},
	} {
		got := c.Cut(x.in)
		if got.Text != body {
			t.Errorf("%s: body is\n%s", x.name, got.Text)
		}
		if len(got.Cut) != 1 || got.Cut[0] != (isnad.Cut{Text: x.cut, Reason: x.reason}) {
			t.Errorf("%s: cut %q", x.name, got.Cut)
		}
	}
}

func TestKeep(t *testing.T) {
	c := cutter(t)
	for _, x := range []string{
		"تعطل الحركة في وسط المدينة",                               // a crosshead of few words
		"وقال أحد التجار إن البيع تراجع منذ أن بدأ العمل في الجسر", // its full stop was lost
		"مشاركة السكان في النقاش كانت واسعة كما قال رئيس البلدية.",
		"المصدر الوحيد للماء في الحي بئر قديمة حفرت قبل مئة عام.",
		"ونقلت وكالة رويترز عن مهندس قوله إن الجسر آمن، وذلك وفقا لوكالة رويترز",
		"شارك في الافتتاح نحو مئتي شخص من سكان المدينة وتجارها.",
	} {
		if got := c.Cut(isnad.Article{Text: lines(one, x, two, three)}); len(got.Cut) != 0 {
			t.Errorf("cut %q", got.Cut)
		}
	}
	for _, x := range []string{"بيروت: مدينة لا تنام، كما كتب أحد زوارها قبل قرن من الزمان في رسالة.", "إيران - العراق: حدود طويلة بين بلدين عرفا الحرب والسلم في عقود قليلة."} {
		if got := c.Cut(isnad.Article{Text: lines(x, two)}); len(got.Cut) != 0 {
			t.Errorf("cut %q", got.Cut)
		}
	}
}

func TestCredit(t *testing.T) {
	c := cutter(t)
	got := c.Cut(isnad.Article{Text: lines("بقلم: سليم الحسن", "عمّان (أ ف ب) - "+one, two)})
	if got.Byline != "سليم الحسن" || got.Agency != "أ ف ب" {
		t.Errorf("byline %q, agency %q", got.Byline, got.Agency)
	}
}
