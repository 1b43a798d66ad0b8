package story_test

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

// Two outlets tell of one strike in invented words; each case adds a sentence to each.
func TestKindsOfDisagreement(t *testing.T) {
	const told = "\n\nوكانت الغارة قد استهدفت محطة الكهرباء في ميناء اللاذقية السوري قبل فجر الأربعاء، وأدت إلى انقطاع التيار عن أحياء المدينة الساحلية وإغلاق رصيف الحبوب ساعات."
	const retold = "\n\nوانقطع التيار ساعات عن أحياء اللاذقية بعد الغارة على محطة الكهرباء في ميناء المدينة السورية الساحلية قبل فجر الأربعاء، فيما أغلق رصيف الحبوب في الميناء."
	tell := func(outlet, text string) isnad.Article {
		return isnad.Article{ID: outlet, Outlet: outlet, Published: "2021-06-09T12:00:00Z", Title: "غارة على محطة الكهرباء في ميناء اللاذقية", Text: text}
	}
	for _, c := range []struct {
		name, a, b string
		kind       string   // "" for none
		values     []string // how the values begin
	}{
		{"accused and unknown", "اتهمت سوريا إسرائيل بالمسؤولية عن الغارة التي استهدفت محطة الكهرباء.",
			"ولا تزال الجهة التي استهدفت محطة الكهرباء في الغارة مجهولة.", "actor", []string{"اتهمت سوريا إسرائيل", "مجهولة"}},
		{"two accused", "اتهمت سوريا إسرائيل بالمسؤولية عن الغارة على محطة الكهرباء في الميناء.",
			"واتهمت روسيا تركيا بالمسؤولية عن الغارة على محطة الكهرباء في الميناء.", "actor", []string{"اتهمت سوريا إسرائيل", "اتهمت روسيا تركيا"}},
		{"one accuser of two", "اتهمت سوريا إسرائيل بالمسؤولية عن الغارة على محطة الكهرباء في الميناء.",
			"اتهمت سوريا تركيا بالمسؤولية عن الغارة على محطة الكهرباء في الميناء.", "", nil},
		{"other deeds", "اتهمت سوريا إسرائيل بالمسؤولية عن الغارة على محطة الكهرباء.",
			"واتهمت روسيا فرنسا بالمسؤولية عن تزوير وثائق التأمين.", "", nil},
		{"months", "بدأ تشغيل محطة الكهرباء في الميناء في 14 نيسان/أبريل من أجل أحياء المدينة.",
			"وبدأ تشغيل محطة الكهرباء في الميناء في 14 مارس من أجل أحياء المدينة.", "date", []string{"14 نيسان", "14 مارس"}},
		{"dates of two things", "بدأ تشغيل محطة الكهرباء في الميناء في 14 أبريل.",
			"وتقام بطولة كرة السلة المدرسية في تونس يوم 14 مارس.", "", nil},
		{"spans of years", "وأدار سمير الخطيب ميناء اللاذقية السوري منذ عام 2004 حتى 2012 ثم تقاعد.",
			"وكان الخطيب مديرا لميناء اللاذقية في سوريا (2005-2012) قبل تقاعده.", "date", []string{"عام 2004 حتى 2012", "2005-2012"}},
		{"years of money are no span of years", "وبلغت موازنة الميناء السوري للسنة المالية 2019-2020 نحو مليار ليرة.",
			"وبلغت موازنة الميناء السوري للسنة المالية 2018-2019 نحو مليار ليرة.", "", nil},
		{"a denial answered by one who blames", "نفت إسرائيل مسؤوليتها عن الغارة على محطة الكهرباء.",
			"وقال مهندسون إن إسرائيل مسؤولة عن الغارة على محطة الكهرباء في الميناء.", "denial", []string{"قال مهندسون إن إسرائيل مسؤولة", "نفت إسرائيل"}},
		{"a denial of blame is not answered by what was blamed", "نفت إسرائيل مسؤوليتها عن الغارة على محطة الكهرباء.",
			"وتابعت إسرائيل أنباء الغارة على محطة الكهرباء في الميناء.", "", nil},
		{"what is held for unlikely is not denied", "استبعدت إسرائيل تكرار الغارة على محطة الكهرباء في الميناء.",
			"وكررت إسرائيل الغارة على محطة الكهرباء في الميناء.", "", nil},
		{"the deed of another", "نفت إسرائيل شن غارات على محطة الكهرباء في سوريا.",
			"وشنت تركيا غارات على محطة الكهرباء في سوريا.", "", nil},
	} {
		stories, text := join(t, []isnad.Article{tell("أ", c.a+told), tell("ب", c.b+retold)})
		if len(stories) != 1 {
			t.Errorf("%s: %d stories", c.name, len(stories))
			continue
		}
		list := stories[0].Disagreements
		if c.kind == "" {
			if len(list) > 0 {
				t.Errorf("%s: %+v", c.name, list)
			}
			continue
		}
		if len(list) != 1 || list[0].Kind != c.kind || len(list[0].Values) != len(c.values) {
			t.Errorf("%s: %+v, want one %s of %q", c.name, list, c.kind, c.values)
			continue
		}
		for i, v := range list[0].Values {
			if !strings.HasPrefix(v.Value, c.values[i]) {
				t.Errorf("%s: value %d is %q, want %q", c.name, i, v.Value, c.values[i])
			}
			if n := len(strings.Fields(v.Value)); n > 15 {
				t.Errorf("%s: the value %q has %d words", c.name, v.Value, n)
			}
			for _, m := range v.Claims {
				if m.Of(text[m.Article]) != m.Words {
					t.Errorf("%s: %q does not stand at %v", c.name, m.Words, m.Span)
				}
			}
		}
		if n := len(strings.Fields(list[0].About)); n == 0 || n > 15 {
			t.Errorf("%s: it is about %q", c.name, list[0].About)
		}
	}
}
