package statements

import (
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

var analyzer = func() func(testing.TB) *ling.Analyzer {
	var made *ling.Analyzer
	return func(t testing.TB) *ling.Analyzer {
		t.Helper()
		if made == nil {
			l, err := lex.Default()
			if err != nil {
				t.Fatal(err)
			}
			v, err := vocab.Load()
			if err != nil {
				t.Fatal(err)
			}
			made = ling.New(l, v)
		}
		return made
	}
}()

// kinds are the brackets that mark names in the tests.
var kinds = map[rune]isnad.Kind{'{': isnad.Person, '[': isnad.Organization, '<': isnad.Place}

// marked takes the brackets out of a text and gives the names they stood round, the same
// words being the same entity.
func marked(s string) (text string, names []isnad.Name, entities []isnad.Entity) {
	var b strings.Builder
	known := map[string]int{}
	var open rune
	start := 0
	for _, r := range s {
		switch r {
		case '{', '[', '<':
			open, start = r, b.Len()
		case '}', ']', '>':
			if kinds[open] == "" {
				continue
			}
			word := b.String()[start:]
			e, ok := known[word]
			if !ok {
				e = len(entities)
				known[word] = e
				entities = append(entities, isnad.Entity{Name: word, Kind: kinds[open]})
			}
			names = append(names, isnad.Name{Span: isnad.Span{Start: start, End: b.Len()}, Kind: kinds[open], Entity: e})
			open = 0
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), names, entities
}

// line tells a statement in words: mode, kind, speaker (= entity), those it passed through,
// and what was said.
func line(text string, s isnad.Statement, entities []isnad.Entity) string {
	mode := "i"
	if s.Direct {
		mode = "d"
	}
	out := mode + " " + string(s.SpeakerKind) + " "
	if !s.Speaker.Empty() {
		out += s.Speaker.Of(text)
	}
	if e := s.Speaker.Entity; e != isnad.None && (s.Speaker.Empty() || entities[e].Name != s.Speaker.Of(text)) {
		out += " = " + entities[e].Name
	}
	for _, v := range s.Via {
		out += " / " + v.Of(text)
	}
	return out + ": " + s.Content.Of(text)
}

func check(t *testing.T, sentence string, want ...string) {
	t.Helper()
	text, names, entities := marked(sentence)
	a := analyzer(t)
	d := a.Analyze(text)
	var got []string
	for _, s := range Find(d, names, entities, nil) {
		got = append(got, line(text, s, entities))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\n got:\n  %s\nwant:\n  %s", text, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestVerbs(t *testing.T) {
	check(t, "قال {سامر حداد} إن الجسر آمن.", "i named سامر حداد: الجسر آمن")
	check(t, "قالت وزيرة الثقافة {ليلى عون} في مؤتمر صحفي إن المتحف سيفتح غدا.", "i named ليلى عون: المتحف سيفتح غدا")
	check(t, "وأعلن الثلاثاء رئيس البلدية، {نبيل قاسم}، أن الطريق مغلق.", "i named نبيل قاسم: الطريق مغلق")
	check(t, "وقال مدير المستشفى: \"لدينا ما يكفي من الدم\".", "d role مدير المستشفى: لدينا ما يكفي من الدم")
	check(t, "وكانت الشرطة قد قالت إن السائق نائم.", "i body الشرطة: السائق نائم")
	check(t, "لكن مكتب المحافظ قال إن الخبر كاذب.", "i body مكتب المحافظ: الخبر كاذب")
	check(t, "وقال {سامر حداد} إن \"الجسر آمن تماما ولا خطر على أحد من المارة اليوم\".",
		"d named سامر حداد: الجسر آمن تماما ولا خطر على أحد من المارة اليوم")
	check(t, "وقال {سامر حداد} إن الجسر \"آمن تماما\".", "i named سامر حداد: الجسر \"آمن تماما")
}

func TestGovernedAndObject(t *testing.T) {
	check(t, "ودعا {سامر حداد} إلى وقف العمل في المنجم.", "i named سامر حداد: وقف العمل في المنجم")
	check(t, "وطالبت النقابة الحكومة بزيادة الأجور.", "i body النقابة: زيادة الأجور")
	check(t, "واتهمت <سلوفينيا> <كرواتيا> بإغلاق المعبر.", "i body سلوفينيا: إغلاق المعبر")
	check(t, "ونفت الشركة، في بيان، إغلاق المصنع.", "i body الشركة: إغلاق المصنع")
	check(t, "وأعرب السفير عن قلقه من تأخر المساعدات.", "i role السفير: قلقه من تأخر المساعدات")
	check(t, "ووصف المدرب المباراة بأنها صعبة.", "i role المدرب: المباراة بأنها صعبة")
	check(t, "وحذر الأطباء من انتشار المرض.", "i anonymous الأطباء: انتشار المرض")
}

func TestImplied(t *testing.T) {
	check(t, "قال {سامر حداد} إن الجسر آمن. وأضاف أن الطريق مفتوح.",
		"i named سامر حداد: الجسر آمن", "i implied سامر حداد: الطريق مفتوح")
	check(t, "قال {سامر حداد} إن الجسر آمن، مؤكدا أن الطريق مفتوح.",
		"i named سامر حداد: الجسر آمن", "i implied سامر حداد: الطريق مفتوح")
	check(t, "قالت {ليلى عون} إن الجسر آمن، لكنها أكدت أن الطريق مغلق.",
		"i named ليلى عون: الجسر آمن", "i implied ليلى عون: الطريق مغلق")
	check(t, "قالت {ليلى عون} إن البئر جفت. وقال {سامر حداد} إن الجسر آمن. وأضافت أن الزرع مات.",
		"i named ليلى عون: البئر جفت", "i named سامر حداد: الجسر آمن", "i implied ليلى عون: الزرع مات")
}

func TestChains(t *testing.T) {
	check(t, "ونقلت صحيفة \"[الميناء]\" عن {سامر حداد} قوله إن الجسر آمن.",
		"i named سامر حداد / صحيفة \"الميناء: الجسر آمن")
	check(t, "وقال القاضي: \"الحكم نهائي ولا رجعة فيه أبدا\"، وفق ما ذكر موقع \"[الميناء]\".",
		"d role القاضي / موقع \"الميناء: الحكم نهائي ولا رجعة فيه أبدا")
	check(t, "وجاء في بيان مشترك نشرته [وزارة الصحة] أن اللقاح متوفر.",
		"i body بيان مشترك / وزارة الصحة: اللقاح متوفر")
}

func TestAccording(t *testing.T) {
	check(t, "انهار السد فجر الأحد، بحسب [وزارة الري].", "i body وزارة الري: انهار السد فجر الأحد")
	check(t, "ووفقا ل[وزارة الري]، انهار السد فجر الأحد.", "i body وزارة الري: انهار السد فجر الأحد")
	check(t, "انهار السد فجر الأحد، حسبما أفادت الشرطة.", "i body الشرطة: انهار السد فجر الأحد")
}

func TestNouns(t *testing.T) {
	check(t, "واستمر العمل رغم تأكيد {سامر حداد} أن الجسر مغلق.", "i named سامر حداد: الجسر مغلق")
	check(t, "وتظاهر العمال في المدينة للمطالبة بزيادة الأجور.", "i anonymous العمال: زيادة الأجور")
}

func TestQuotes(t *testing.T) {
	check(t, "\"لن نغادر بيوتنا أبدا\"، قال {سامر حداد}.", "d named سامر حداد: لن نغادر بيوتنا أبدا")
	check(t, "ورفع المحتجون لافتات كتب عليها \"الماء حق\" و\"الأرض لنا\".",
		"d implied المحتجون: الماء حق", "d implied المحتجون: الأرض لنا")
}

func TestTurns(t *testing.T) {
	check(t, "قال {سامر حداد} إن الجسر آمن. وتابع قائلا: \"الطريق مفتوح أيضا\".",
		"i named سامر حداد: الجسر آمن", "d implied سامر حداد: الطريق مفتوح أيضا")
	check(t, "وقالت الشرطة إن السائق نائم، فيما أكد شهود عيان أن الطريق مظلم.",
		"i body الشرطة: السائق نائم", "i anonymous شهود عيان: الطريق مظلم")
	check(t, "وقال {سامر حداد} إن الجسر آمن كما عبر عن أمله في عودة السكان.",
		"i named سامر حداد: الجسر آمن", "i implied سامر حداد: أمله في عودة السكان")
	check(t, "وأعلنت الوزارة، في بيان، دعمها للمزارعين، وذلك بعد اجتماع طويل.", "i body الوزارة: دعمها للمزارعين")
	check(t, "وجدد {سامر حداد} التأكيد على أن الجسر آمن.", "i named سامر حداد: الجسر آمن")
	check(t, "ونفت <سلوفينيا> علمها بالأمر، في حين تتهمها <كرواتيا> بإغلاق المعبر.",
		"i body سلوفينيا: علمها بالأمر", "i body كرواتيا: إغلاق المعبر")
}

func TestRoles(t *testing.T) {
	check(t, "قال وزير الري {سامر حداد} إن السد آمن. وفي المساء أكد الوزير أن الماء كاف.",
		"i named سامر حداد: السد آمن", "i role الوزير = سامر حداد: الماء كاف")
	check(t, "قالت [وكالة الميناء] إن السفينة وصلت. وذكرت الوكالة أن الحمولة سليمة.",
		"i body وكالة الميناء: السفينة وصلت", "i body الوكالة = وكالة الميناء: الحمولة سليمة")
	check(t, "وقال مكتب {سامر حداد} إن الخبر كاذب.", "i body مكتب سامر حداد: الخبر كاذب")
}

func TestSubjects(t *testing.T) {
	check(t, "وقال رئيس النقابة رئيس الاتحاد، {سامر حداد}، إن السوق مغلق.", "i named سامر حداد: السوق مغلق")
	check(t, "وأوضحت الصحيفة نفسها أن المباراة تأجلت.", "i anonymous الصحيفة نفسها: المباراة تأجلت")
	check(t, "أما وزير الري، {سامر حداد}، فقال في اللقاء نفسه، إن السد آمن.", "i named سامر حداد: السد آمن")
	check(t, "لكن المستوصف الريفي قال فيما بعد إن الدواء متوفر.", "i body المستوصف الريفي: الدواء متوفر")
	check(t, "لكن الناشط {سامر حداد} وعد بإعادة المال.", "i named سامر حداد: إعادة المال")
	check(t, "وكان المدرب {سامر حداد} قد دعا السكان أمس إلى الهدوء.", "i named سامر حداد: الهدوء")
	check(t, "وكانت [النقابة] قد أعلنت الأسبوع الماضي عن إضراب مفتوح.", "i body النقابة: إضراب مفتوح")
	check(t, "وقال دبلوماسي شرقي إن المحادثات فشلت.", "i anonymous دبلوماسي شرقي: المحادثات فشلت")
	check(t, "وأفادت مصادر ملاحية يونانية، الاثنين، بغرق مركب صيد.", "i anonymous مصادر ملاحية يونانية: غرق مركب صيد")
	check(t, "وأظهرت أبحاث أجراها المختبر أن العسل نافع.", "i anonymous أبحاث: العسل نافع")
	check(t, "وتوقفت المراكب التي تتهمها [النقابة] بإغلاق الميناء.", "i body النقابة: إغلاق الميناء")
	check(t, "وهطل المطر قبيل المباراة التي هدد اللاعبون بعرقلتها.", "i anonymous اللاعبون: عرقلتها")
	check(t, "فيما صرخ بعضهم \"عاش الميناء\".", "d anonymous بعضهم: عاش الميناء")
}

func TestAsides(t *testing.T) {
	check(t, "وقال مسؤول كبير في الميناء، طلب عدم الكشف عن اسمه، إن الصفقة تمت.", "i anonymous مسؤول كبير: الصفقة تمت")
	check(t, "وقال مصدر ملاحي، فضل عدم كشف هويته، إن المركب غرق.", "i anonymous مصدر ملاحي: المركب غرق")
	check(t, "وقالت [النقابة] إن المدير يطلب من العمال أن يصبروا.", "i body النقابة: المدير يطلب من العمال أن يصبروا")
	check(t, "وقال {سامر حداد} بعد مفاوضات أجراها مع نظيره {نبيل قاسم} \"توصلنا إلى حل يرضي الجميع في الميناء\".",
		"d named سامر حداد: توصلنا إلى حل يرضي الجميع في الميناء")
	check(t, "وزير الري {سامر حداد}: \"سنفتح السد غدا قبل أن ينزل المطر\".", "d named سامر حداد: سنفتح السد غدا قبل أن ينزل المطر")
}

func TestObjects(t *testing.T) {
	check(t, "أعلن المدرب {سامر حداد}، الخميس، استقالته من تدريب الفريق.", "i named سامر حداد: استقالته من تدريب الفريق")
	check(t, "وأعلنت الشركة عن تحقيق تقدم كبير في حفر النفق.", "i body الشركة: تحقيق تقدم كبير في حفر النفق")
	check(t, "كما أدانت النقابة تهديدات المقاول للعمال، محملا إياهم الخسائر.", "i body النقابة: تهديدات المقاول للعمال")
	check(t, "قال {سامر حداد} إن السوق مغلق. وأكد قطع الطريق المؤدية إلى الميناء.",
		"i named سامر حداد: السوق مغلق", "i implied سامر حداد: قطع الطريق المؤدية إلى الميناء")
	check(t, "وقع ذلك في حادث وصفه رئيس البلدية {سامر حداد} بالعمل الجبان.", "i named سامر حداد: العمل الجبان")
	check(t, "عقدت [النقابة] اجتماعا طارئا عقب ما اعتبرته اعتداء على العمال.", "i implied النقابة: اعتداء على العمال")
	check(t, "وقالت [النقابة] إنها جاهزة، مضيفة أن \"الفريق يستعد للسفر إلى الميناء خلال أيام\"، وأن المدير موافق.",
		"i body النقابة: جاهزة", "i implied النقابة: الفريق يستعد للسفر إلى الميناء خلال أيام\"، وأن المدير موافق")
	check(t, "وتوقف العمل بعد إعلان [النقابة] عن إضراب مفتوح.", "i body النقابة: إضراب مفتوح")
}

func TestPassedOn(t *testing.T) {
	check(t, "وبحسب بيان النقابة، طالب {سامر حداد} العمال بالعودة إلى الميناء.", "i named سامر حداد / بيان النقابة: العودة إلى الميناء")
	check(t, "وأعلنت [النقابة] إغلاق الميناء، وفقا لبيان صدر أمس.", "i body النقابة: إغلاق الميناء")
	check(t, "وفشل اللقاء بحسب ما أعلن كبير مفاوضي النقابة في هذا الملف {سامر حداد}.", "i named سامر حداد: فشل اللقاء")
	check(t, "وأغلق الجسر على ما ذكرت البلدية.", "i body البلدية: أغلق الجسر")
	check(t, "حسبما صرح {سامر حداد}، وصل المركب سالما.", "i named سامر حداد: وصل المركب سالما")
}

func TestNone(t *testing.T) {
	for _, s := range []string{
		"الألعاب المنسية يجب أن تعود.",
		"واتهم الموظفون بالتعاون مع العدو.",
		"زيادة الإنتاج تهدد بانهيار الأسعار.",
		"يذكر أن الجسر بني قبل قرن.",
		"ويؤكد التقدم اليومي اقتراب القوات من المدينة.",
		"أعلنت حالة الطوارئ في المدينة.",
		"وتظهر تسجيلات جديدة \"غروب الشمس فوق الميناء القديم\".",
		"وصل الوفد إلى فندق \"النخيل\" مساء الأحد.",
		"ولم يعلن المدير عن موعد الافتتاح.",
		"زار الوزير ما يسمى \"المنطقة الحمراء\" أمس.",
		"",
		"\"\"\"«»",
	} {
		check(t, s)
	}
}

// TestLinear reads texts that invite a finder to look too far.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	for name, s := range map[string]string{
		"marks":        strings.Repeat("\" ", 200_000),
		"quotations":   strings.Repeat("\"ا\" ", 100_000),
		"verbs":        strings.Repeat("قال ", 100_000),
		"one sentence": strings.Repeat("قال الوزير إن الجسر آمن، مؤكدا أن ", 20_000),
		"nested":       strings.Repeat("تأكيد الوزير أن ", 30_000),
		"likewise":     strings.Repeat("كما قال ", 50_000),
		"phrases":      strings.Repeat("أعرب عن أمله ", 30_000),
		"markers":      strings.Repeat("وفقا للوزير، ", 30_000),
		"sentences":    strings.Repeat("وأضاف أن الجسر آمن. ", 30_000),
	} {
		d := analyzer(t).Analyze(s)
		began := time.Now()
		Find(d, nil, nil, nil)
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%s: %d tokens took %v", name, len(d.Tokens), took)
		} else {
			t.Logf("%s: %d tokens took %v", name, len(d.Tokens), took)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"قال {سامر حداد} إن \"الجسر آمن\"، مؤكدا أن الطريق مفتوح، وفقا ل[وزارة الري].",
		"{سامر حداد}: \"سنفتح السد غدا\".", "أما الوزير، فقال", "ووفق مرسوم صدر", "حادث وصفه", "على ما", "فيما بعد",
		"ووصف \"ب", "\"« قال: \" إن", "وأضاف “", "نقلا عن", "على حد", "كما قال", "قوله إن", "- قال -", "(قال", "للمطالبة ب", "في إشارة",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		text, names, entities := marked(s)
		clean := names[:0]
		for _, n := range names {
			if w := n.Of(text); strings.TrimSpace(w) == w && w != "" && (len(clean) == 0 || clean[len(clean)-1].End <= n.Start) {
				clean = append(clean, n)
			}
		}
		for i := range entities {
			if entities[i].Name == "" {
				entities[i].Name = "?"
			}
		}
		d := analyzer(t).Analyze(text)
		r := isnad.Record{Article: isnad.Article{Text: text}, Entities: entities}
		r.Statements = Find(d, clean, entities, nil)
		if err := r.Check(); err != nil {
			t.Error(err)
		}
	})
}
