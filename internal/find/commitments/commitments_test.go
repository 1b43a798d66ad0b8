package commitments_test

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/find/commitments"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/reader"
)

// told writes the commitments of a record in words: basis holders: deed (due).
func told(r *isnad.Record) string {
	var lines []string
	for _, c := range r.Commitments {
		var by []string
		for _, b := range c.By {
			by = append(by, b.Of(r.Article.Text))
		}
		lines = append(lines, c.Basis+" "+strings.Join(by, "+")+": "+c.What.Of(r.Article.Text)+" ("+c.Due+")")
	}
	return strings.Join(lines, "; ")
}

func TestFind(t *testing.T) {
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ rule, text, want string }{
		{"promise with ب", "تعهدت النرويج بدفع التعويضات قبل نهاية 2021.", "promise النرويج: دفع التعويضات قبل نهاية 2021 (2021-12-31)"},
		{"promise with أن", "وعدت الحكومة بأن تفتح المعبر.", "promise الحكومة: تفتح المعبر ()"},
		{"decision with a verbal noun", "تعتزم كندا بناء سفينتين.", "decision كندا: بناء سفينتين ()"},
		{"decision as a noun with a term", "ومع قرار سحب آخر القوات من السودان بحلول نهاية أغسطس 2021، تضع كندا نهاية لمهمتها.", "decision كندا: سحب آخر القوات من السودان بحلول نهاية أغسطس 2021 (2021-08-31)"},
		{"decision as a noun without a term is none", "ومع قرار سحب القوات من السودان، تضع كندا نهاية لمهمتها.", ""},
		{"agreement with على", "اتفقت الهند واليابان على تبادل السجناء.", "agreement الهند+اليابان: تبادل السجناء ()"},
		{"term of days", "اتفقت الهند واليابان على وقف القتال في غضون 72 ساعة.", "agreement الهند+اليابان: وقف القتال في غضون 72 ساعة (2021-05-14)"},
		{"schedule", "ومن المقرر أن تبدأ المكسيك التدريبات في يونيو 2021.", "schedule المكسيك: تبدأ المكسيك التدريبات في يونيو 2021 (2021-06-30)"},
		{"threat without condition is none", "هددت إيران بإغلاق المضيق.", ""},
		{"threat with condition", "هددت إيران بإغلاق المضيق إذا فرضت العقوبات.", "ultimatum إيران: إغلاق المضيق إذا فرضت العقوبات ()"},
		{"future of the speaker himself", "وقالت كندا إنها ستسحب قواتها من مالي.", "promise كندا: ستسحب قواتها من مالي ()"},
		{"denied is none", "لا تعتزم كندا بناء سفينتين.", ""},
		{"forecast of another person is none", "وقال محلل إن الأسعار سترتفع.", ""},
		{"verb that only happens is a forecast", "وقالت كندا إنها ستستفيد من الاتفاق.", ""},
		{"what another state will do is a forecast", "وقال الرئيس الفرنسي إيمانويل ماكرون إن الصين ستغلق المصنع.", ""},
		{"his state is his side", "وقال الرئيس الفرنسي إيمانويل ماكرون إن فرنسا ستغلق المصنع.", "promise فرنسا: ستغلق المصنع ()"},
		{"his own state", "وأعلن الرئيس الفرنسي إيمانويل ماكرون أن بلاده ستغلق المصنع.", "promise إيمانويل ماكرون: ستغلق المصنع ()"},
		{"his career is not his side", "وقال الرئيس الفرنسي إيمانويل ماكرون إن مسيرته ستتوقف هنا.", ""},
		{"opinion", "وقال الرئيس الفرنسي إيمانويل ماكرون: \"أعتقد أننا سنغلق المصنع\".", ""},
		{"mark before the verb", "وقالت الوزارة إن بنك اليابان \"سيواصل شراء السندات\".", "promise بنك اليابان: سيواصل شراء السندات ()"},
		{"narrated day", "وسيلتقي الرئيس الفرنسي إيمانويل ماكرون العمال يوم 20 مايو.", "schedule الرئيس الفرنسي إيمانويل ماكرون: سيلتقي الرئيس الفرنسي إيمانويل ماكرون العمال يوم 20 مايو (2021-05-20)"},
		{"wished is none", "ويجب أن تلتزم كندا بدفع التعويضات.", ""},
		{"sentence of a court is none", "وقضت المحكمة بسجن المتهم خمس سنوات.", ""},
		{"all hold, not do", "واتفقت الهند واليابان على أن الحرب خطأ.", ""},
		{"subject and deed side by side", "تعتزم الشركة توسيع المصنع.", "decision الشركة: توسيع المصنع ()"},
		{"deed with the article", "أعلنت الحكومة أنها قررت البدء في إصلاح الطرق.", "decision الحكومة: البدء في إصلاح الطرق ()"},
		{"a text binds nobody", "وجاء في البيان أن الطرق ستغلق غدا.", ""},
		{"plan that is past", "كان من المقرر أن تبدأ كندا التدريبات.", ""},
		{"day of another clause", "تعهدت كندا بتمويل الدورة التي تستمر حتى نهاية يونيو 2021.", "promise كندا: تمويل الدورة التي تستمر حتى نهاية يونيو 2021 ()"},
		{"sides", "تعهد الطرفان بسحب القوات.", "promise الطرفان: سحب القوات ()"},
		{"a preposition goes on", "تعتزم كندا بناء سفينتين من خلال شركة جديدة.", "decision كندا: بناء سفينتين من خلال شركة جديدة ()"},
		{"the condition belongs to the deed", "وقالت كندا إنها ستغلق المصنع في حال رفضت الشركة العرض.", "ultimatum كندا: ستغلق المصنع في حال رفضت الشركة العرض ()"},
		{"the one addressed with ل", "أصدر وزير الداخلية تعليمات لمديري المدارس بدراسة الطلبات.", "order مديري المدارس: دراسة الطلبات ()"},
		{"a warning of what may come is no order", "ينذر هذا الخلاف بأزمة جديدة.", ""},
		{"serving a sentence is none", "يقضي سالم العلي عقوبة بالسجن المؤبد.", ""},
		{"each of", "ومن المقرر أن تقوم كل من الهند واليابان ببحث الملف.", "schedule الهند+اليابان: تقوم كل من الهند واليابان ببحث الملف ()"},
		{"a plan with a predicate is none", "وكانت نية الشركة واضحة منذ البداية.", ""},
		{"what is given up is none", "أعلن الوزير تراجعه عن الترشح للرئاسة.", ""},
		{"an agreement announced", "أعلنت الهند عن إبرام اتفاقيات جديدة مع اليابان لإنشاء محطتين.", "agreement الهند+اليابان: إنشاء محطتين ()"},
		{"term of a relative clause", "وسيبحث الرئيس الفرنسي إيمانويل ماكرون المعاهدة التي تنتهي في 2022.", "schedule الرئيس الفرنسي إيمانويل ماكرون: سيبحث الرئيس الفرنسي إيمانويل ماكرون المعاهدة التي تنتهي في 2022 ()"},
		{"present in a relative clause", "وقال سالم إن الموقع انهار في الوقت الذي يعرض فيه تذاكر مباراة 20 مايو.", ""},
		{"signed for", "وقعت الهند واليابان على مذكرة تفاهم لبناء محطة.", "agreement الهند+اليابان: بناء محطة ()"},
		{"relative", "وصل الجنود الذين تعهدوا بحماية المدينة.", "promise الجنود: حماية المدينة ()"},
		{"faced with a term", "وأمام الشركة مهلة لتسليم الحافلات حتى 20 مايو.", "ultimatum الشركة: تسليم الحافلات حتى 20 مايو (2021-05-20)"},
		{"day of the promise is no term", "تعهدت النرويج في وقت سابق بدفع التعويضات بعد انتهاء الحرب.", "promise النرويج: دفع التعويضات ()"},
		{"years ahead", "تعتزم الشركة استثمار مليار دولار على مدى السنوات الثلاث المقبلة.", "decision الشركة: استثمار مليار دولار على مدى السنوات الثلاث المقبلة (2024-05-11)"},
		{"promise with أن and لن", "تعهدت النرويج بأنها لن تغلق المعبر.", "promise النرويج: لن تغلق المعبر ()"},
		{"who stands before the verb", "وقال الوزير إن النرويج تعتزم الانسحاب من الاتفاقية.", "decision النرويج: الانسحاب من الاتفاقية ()"},
		{"partner of an agreement", "وقعت النرويج مذكرة تفاهم مع كندا لبناء محطة.", "agreement النرويج+كندا: بناء محطة ()"},
		{"what an agreement brings", "وقعت النرويج وكندا اتفاقا تشتري بموجبه النرويج سفينتين.", "agreement النرويج+كندا: تشتري بموجبه النرويج سفينتين ()"},
		{"agreed between", "تم التوصل إلى اتفاق لوقف القتال بين الهند واليابان.", "agreement الهند+اليابان: وقف القتال ()"},
		{"both go on", "اجتمعت الهند واليابان في باريس واتفقتا على تبادل السجناء.", "agreement الهند+اليابان: تبادل السجناء ()"},
		{"meeting on a day to come", "وتستعد العاصمة لقمة بين الهند واليابان في 20 مايو.", "schedule الهند+اليابان: قمة بين الهند واليابان (2021-05-20)"},
		{"called off is none", "وجرى إلغاء القمة بين الهند واليابان في 20 مايو.", ""},
		{"term from the day of the promise", "أعلنت النرويج، الأحد، أنها سوف تفتح المعبر خلال ثمانية أيام.", "promise النرويج: سوف تفتح المعبر خلال ثمانية أيام (2021-05-17)"},
		{"stays in a place", "وذكر البيت الأبيض أن ترامب سيبقى في كندا.", "promise ترامب: سيبقى في كندا ()"},
		{"clause on an indefinite noun", "وقالت كندا إنها ستنشئ هيئة تعمل تحت إشراف الوزارة.", "promise كندا: ستنشئ هيئة تعمل تحت إشراف الوزارة ()"},
		{"whether is none", "ومن غير المعروف ما إذا كانت كندا ستغلق المصنع يوم 20 مايو.", ""},
		{"title and name between commas", "ومن المقرر أن يزور الرئيس الفرنسي، إيمانويل ماكرون، المصنع يوم 20 مايو.", "schedule الرئيس الفرنسي: يزور الرئيس الفرنسي، إيمانويل ماكرون، المصنع يوم 20 مايو (2021-05-20)"},
		{"what it concerns", "وقالت كندا إنها ستستأنف فيما يتعلق بهذه الغرامة.", "promise كندا: ستستأنف فيما يتعلق بهذه الغرامة ()"},
		{"goes on by the one in charge", "وأعلنت النرويج أن العملية ستستمر حتى الشتاء.", "promise النرويج: العملية ستستمر حتى الشتاء ()"},
		{"held on a day by the one who says so", "وقالت النرويج في بيان إن اللقاءات ستعقد في 20 مايو.", "promise النرويج: اللقاءات ستعقد في 20 مايو (2021-05-20)"},
		{"an observer is not in charge", "وقال محلل إن العملية ستستمر حتى الشتاء.", ""},
		{"a paper is not in charge", "وذكرت صحيفة محلية أن العملية ستستمر حتى الشتاء.", ""},
		{"told without a day", "وستدرس وزارة النقل طلبات الشركات.", "schedule وزارة النقل: ستدرس وزارة النقل طلبات الشركات ()"},
		{"present with a day to come", "وتستضيف كندا الدورة في 20 مايو.", "schedule كندا: تستضيف كندا الدورة في 20 مايو (2021-05-20)"},
		{"present without a day is none", "وتستضيف كندا دورة كبيرة.", ""},
		{"announced deed", "أعلنت كندا مقاطعة الدورة.", "decision كندا: مقاطعة الدورة ()"},
		{"noun with its holder", "وأكد الوزير التزام النرويج بدفع التعويضات.", "promise النرويج: دفع التعويضات ()"},
		{"plans of somebody", "وكشفت كندا عن خطط الشركة لبناء مصنع.", "decision الشركة: بناء مصنع ()"},
		{"noun with a pronoun for its holder", "وأكدت قيادة التحالف، في تصريح صحفي، التزامها بدفع التعويضات.", "promise قيادة التحالف: دفع التعويضات ()"},
		{"orders issued by", "ووصل الوفد بعد أوامر صادرة عن النرويج بإرسال المساعدات.", "order النرويج: إرسال المساعدات ()"},
		{"order to nobody", "وأمرت النرويج بإرسال سفينتين.", "order النرويج: إرسال سفينتين ()"},
		{"order of prison is none", "وأمرت المحكمة بسجن المتهم.", ""},
		{"term behind what stands between commas", "وأمهلت النرويج، في بيان صدر أمس، كندا حتى 20 مايو لدفع التعويضات.", "ultimatum كندا: دفع التعويضات (2021-05-20)"},
		{"marks between pronoun and verb", "وقالت كندا إنها درست الطلب وإنها \"سترد على الرسالة\".", "promise كندا: سترد على الرسالة ()"},
		{"participle that opens the words", "وقالت النرويج: \"ملتزمون بدفع التعويضات\".", "promise النرويج: دفع التعويضات ()"},
		{"participle of the subject", "وقال الوزير إن النرويج ملتزمة بدفع التعويضات.", "promise النرويج: دفع التعويضات ()"},
		{"condition of several words", "هددت إيران بإغلاق المضيق في حال فرض العقوبات.", "ultimatum إيران: إغلاق المضيق في حال فرض العقوبات ()"},
		{"expected on a day", "ومن المنتظر أن تستضيف كندا الدورة في 20 مايو.", "schedule كندا: تستضيف كندا الدورة في 20 مايو (2021-05-20)"},
		{"expected without a day is none", "ومن المنتظر أن تستضيف كندا الدورة.", ""},
		{"scheduled of the one before", "وزار الوزير كندا التي من المقرر أن تستضيف الدورة في 20 مايو.", "schedule كندا: تستضيف الدورة في 20 مايو (2021-05-20)"},
		{"day before the deed", "وقالت النرويج: \"الأسبوع المقبل سنفتح المعبر\".", "promise النرويج: سنفتح المعبر (2021-05-23)"},
		{"an object is no holder", "وقال الوزير إن الرسوم ستحمي العمال النرويجيين.", ""},
		{"dual", "وقال الوزير إن الهند واليابان ستلتزمان بدفع التعويضات.", "promise الهند+اليابان: دفع التعويضات ()"},
		{"warned is another", "وحذرت النرويج كندا من أنها ستدفع الثمن.", ""},
		{"long past is none", "تعهدت النرويج بدفع التعويضات في مايو 2015.", ""},
	} {
		rec := r.Read(isnad.Article{Text: c.text, Published: "2021-05-11"})
		if got := told(&rec); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.rule, c.text, got, c.want)
		}
	}
}

// TestPromisedTo checks that the one to whom it is promised is given.
func TestPromisedTo(t *testing.T) {
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	rec := r.Read(isnad.Article{Text: "تعهدت فرنسا للبنان بتقديم مساعدات.", Published: "2021-05-11"})
	if len(rec.Commitments) != 1 {
		t.Fatalf("got %q", told(&rec))
	}
	if got := rec.Commitments[0].To.Of(rec.Article.Text); got != "لبنان" {
		t.Errorf("promised to %q, want لبنان", got)
	}
}

// FuzzFind checks that whatever is named and told, the record is sound.
func FuzzFind(f *testing.F) {
	l, err := lex.Default()
	if err != nil {
		f.Fatal(err)
	}
	v, err := vocab.Load()
	if err != nil {
		f.Fatal(err)
	}
	a := ling.New(l, v)
	f.Add("تعهدت النرويج بـ \"دفع\" التعويضات قبل نهاية العام، من أجل إذا", uint8(3))
	f.Add("ومن المقرر أن", uint8(1))
	f.Add("وقال إنها ستسحب لن سوف", uint8(2))
	f.Fuzz(func(t *testing.T, text string, step uint8) {
		d := a.Analyze(strings.ToValidUTF8(text, " "))
		rec := isnad.Record{Article: isnad.Article{Text: d.Text}, Entities: []isnad.Entity{{Name: "فرنسا", Kind: isnad.Place, Country: "FRA"}, {Name: "سالم", Kind: isnad.Person}}}
		for i := 0; i < len(d.Tokens); i += int(step) + 1 {
			k := &d.Tokens[i]
			if k.Kind != ling.Word {
				continue
			}
			e, span := i%2, isnad.Span{Start: int(k.Body), End: int(k.End)}
			rec.Names = append(rec.Names, isnad.Name{Span: span, Kind: rec.Entities[e].Kind, Entity: e, Trust: isnad.Trust{Rule: "test"}})
		}
		if n := len(rec.Names); n > 0 {
			whole := isnad.Span{Start: rec.Names[0].Start, End: rec.Names[n-1].End}
			rec.Statements = []isnad.Statement{{Span: whole, Content: whole, Speaker: isnad.Source{Entity: 0}, SpeakerKind: isnad.Named, Trust: isnad.Trust{Rule: "test"}}}
		}
		rec.Commitments, _ = commitments.Find(d, "2021-05-11", rec.Names, rec.Entities, nil, rec.Statements)
		if err := rec.Check(); err != nil {
			t.Error(err)
		}
	})
}
