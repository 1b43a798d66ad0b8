package events_test

import (
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/find/events"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/reader"
)

// told writes the events of a record in words: TYPE trigger actors > recipients status.
func told(r *isnad.Record) string {
	var lines []string
	for _, e := range r.Events {
		lines = append(lines, e.Type+" "+e.Trigger.Of(r.Article.Text)+" "+strings.Join(e.Actors, "+")+">"+strings.Join(e.Recipients, "+")+" "+e.Status)
	}
	return strings.Join(lines, "; ")
}

func TestFind(t *testing.T) {
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ rule, text, want string }{
		{"verb, subject and object", "اتهمت تركيا اليونان بانتهاك مجالها الجوي.", "ACCUSE اتهمت TUR>GRC happened"},
		{"subject by adjective of nation", "قصفت القوات الفرنسية مواقع في مالي.", "ASSAULT قصفت FRA>MLI happened"},
		{"office of a state", "زار الرئيس المصري تونس أمس.", "CONSULT زار EGY>TUN happened"},
		{"plural verb after its subject", "وقال الوزير إن مسؤولين إسبانيين اتهموا البرتغال بالمماطلة.", "ACCUSE اتهموا ESP>PRT happened"},
		{"phrase with the subject between", "وقعت الهند واليابان الأحد اتفاقا للتجارة.", "AGREE وقعت IND+JPN> happened"},
		{"partner after with", "أجرت كندا محادثات مع المكسيك.", "CONSULT أجرت CAN+MEX> happened"},
		{"reciprocal noun with between", "انتهت المفاوضات بين إثيوبيا والسودان أمس.", "CONSULT المفاوضات ETH+SDN> happened"},
		{"noun with adjective of nation and preposition", "جاء ذلك بعد غارات فرنسية على مالي.", "ASSAULT غارات FRA>MLI happened"},
		{"future", "ستفرض البرازيل عقوبات على بوليفيا.", "SANCTION ستفرض BRA>BOL planned"},
		{"negated is none", "لم تقصف فرنسا مالي.", ""},
		{"condition is none", "إذا قصفت فرنسا مالي فسيغضب الناس.", ""},
		{"possibility is none", "قد تقصف فرنسا مالي.", ""},
		{"what a demand asks for is none", "طالبت النرويج السويد بالإفراج عن الصيادين.", "REQUEST طالبت NOR>SWE happened"},
		{"passive with its doer", "قتل عشرة جنود نيجيريين برصاص القوات الفرنسية.", "ASSAULT قتل FRA>NGA happened"},
		{"told once", "اتهمت تركيا اليونان بانتهاك مجالها الجوي. وكانت تركيا اتهمت اليونان بذلك.", "ACCUSE اتهمت TUR>GRC happened"},
		{"withdrawal from a treaty", "أعلنت كندا انسحابها من اتفاق المناخ.", "SANCTION انسحابها من اتفاق CAN> happened"},
		{"disaster is none", "قتل عشرون شخصا جراء الفيضانات.", ""},
		{"an action spoken of is none", "تحدث الكاتب عن استمرار الدعم الفرنسي لمالي.", ""},
		{"necessity is none", "أكد الوزير الفرنسي أهمية التعاون مع مالي.", ""},
		{"in cooperation with is none", "قال الوزير الفرنسي إنه سيعمل بالتعاون مع مالي.", ""},
		{"any attack is none", "حذر الوزير من أي هجوم فرنسي.", ""},
		{"who expels diplomats", "أعلنت وزارة الخارجية البولندية، الأحد، عن طرد 12 دبلوماسيا إيطاليا من وارسو.", "SANCTION طرد POL>ITA happened"},
		{"one of several measures", "أصدرت الحكومة البرتغالية قرارات من بينها طرد خمسة دبلوماسيا إسبانيا.", "SANCTION طرد PRT>ESP happened"},
		{"verbal noun before its phrase", "أعلنت أستراليا سحب موافقتها على افتتاح قنصلية كندية.", "SANCTION سحب موافقتها AUS>CAN happened"},
		{"tail behind a time", "وكان الرئيس الكيني قد سحب أوائل الشهر بلاده من الاتفاق.", "SANCTION سحب KEN> happened"},
		{"duties", "ضاعفت الهند أمس الرسوم على السيارات اليابانية.", "SANCTION ضاعفت IND>JPN happened"},
		{"assault in a clause that says which", "رأى الوزير المبنى الذي استهدفته فرنسا.", ""},
		{"doer of a noun behind a light verb", "وقع هجوم قامت به القوات الفرنسية على مدينة تمبكتو في مالي.", "ASSAULT هجوم FRA>MLI happened"},
		{"shares do no assault", "احتل سهم الشركة المركز الأول بنسبة 5%.", ""},
		{"object behind the adjective of the subject", "اعتقلت الشرطة الإسبانية المهاجم.", "COERCE اعتقلت ESP> happened"},
		{"words between commas part verb and object", "قصف الجيش التركي، بدعم من حلفائه، القوات اليونانية.", "ASSAULT قصف TUR>GRC happened"},
		{"where a threat is spoken is not whom it is for", "لوحت روسيا في طوكيو بالرد.", "THREATEN لوحت RUS> happened"},
		{"pretence is no protest", "تظاهر الرئيس الكيني بأنه مريض.", ""},
		{"pronoun on what was undergone", "قالت الشرطة الإسبانية إن الناشط خالد منصور في السجن منذ اعتقاله.", "COERCE اعتقاله >خالد منصور happened"},
		{"name that holds a particle", "قال البيان إن الرئيس الكوري الجنوبي مون جاي-إن طلب من فرنسا المساعدة.", "REQUEST طلب KOR>FRA happened"},
		{"a visit made", "قام الرئيس الكيني بزيارة سرية إلى كوريا الشمالية.", "CONSULT زيارة KEN>PRK happened"},
		{"a visit made in a relative clause", "جاء ذلك خلال زيارة قام بها ولي العهد المغربي إلى إسبانيا.", "CONSULT زيارة MAR>ESP happened"},
		{"place visited", "أعلنت كندا زيارة العاصمة الكولومبية.", "CONSULT زيارة CAN>COL happened"},
		{"each of those called upon", "دعا البرلمان الكيني كلا من القوات الفرنسية والإسبانية إلى الانسحاب.", "REQUEST دعا KEN>FRA+ESP happened; RETREAT الانسحاب FRA+ESP> called_for"},
		{"both who met, then what both did", "والتقى الرئيس الفرنسي نظيره الإسباني، وتعهدا بإنهاء الخلاف.", "CONSULT التقى FRA+ESP> happened; AGREE تعهدا FRA+ESP> happened"},
		{"comment asked by a medium is none", "لم ترد وزارة الدفاع الفرنسية على طلبات من رويترز للتعليق.", ""},
		{"counted defendants are no accusation", "وصل إلى المحكمة الإسبانية 45 متهما.", ""},
		{"fine behind its sum", "أعلنت المفوضية الأوروبية الأربعاء فرض غرامة قدرها 4 مليار يورو على مجموعة غوغل الأمريكية.", "SANCTION فرض غرامة المفوضية الأوروبية>غوغل happened"},
		{"who is accused by nobody told", "وفي الوقت نفسه تم توجيه اتهامات إلى خمسة فلسطينيين في القضية.", "ACCUSE توجيه اتهامات >PSE happened"},
		{"victims of a body", "كشف الجيش المالي عن مقتل 30 عنصرا من حركة طالبان في معركة بالصواريخ.", "ASSAULT مقتل >طالبان happened"},
		{"office told behind the name", "قال خوان غارسيا، وزير الخارجية الإسباني، إن الأمر انتهى. وندد غارسيا بموقف كندا.", "ACCUSE ندد ESP>CAN happened"},
		{"gunmen are of no state", "شن مسلحون هجوما على مدينة في كينيا. وتقع كينيا شرق القارة.", "ASSAULT شن >KEN happened"},
		{"spokeswoman of a ministry", "ودانت المتحدثة باسم وزارة الخارجية الكندية سالي مور ما فعله الجنود.", "ACCUSE دانت CAN> happened"},
		{"partners in apposition", "عقد اجتماع بين رئيس الوزراء الهندي والرئيس الكيني في نيروبي.", "CONSULT عقد اجتماع IND+KEN> happened"},
		{"at the request of", "عقد المجلس جلسة بطلب من البرازيل.", "REQUEST طلب BRA> happened"},
		{"support with money is aid", "أعلنت النرويج عن دعمها لأوغندا بعشرة ملايين دولار.", "AID دعمها NOR>UGA happened"},
		{"who meets with a deed suffers", "وتعرضت إسبانيا لانتقادات واسعة.", "ACCUSE انتقادات >ESP happened"},
		{"own country is the speaker's", "أعلن الوزير الفرنسي دعم بلاده لليونان.", "SUPPORT دعم FRA>GRC happened"},
		{"what known demonstrators do besides is none", "وردد المتظاهرون هتافات ضد الحكومة.", ""},
		{"crowd that gathers", "تجمع مئات السويديين أمام البرلمان في ستوكهولم.", "PROTEST تجمع مئات SWE> happened"},
		{"career is no march", "تحدث اللاعب عن مسيرة المنتخب الكيني.", ""},
		{"counterpart is of his own land", "التقى الزعيم الكوري الشمالي كيم جونغ أون نظيره الصيني شي جينبينغ في بكين.", "CONSULT التقى PRK+CHN> happened"},
		{"each of several", "وجهت كل من كندا واليابان ضربة صاروخية للنظام السوري.", "ASSAULT وجهت CAN+JPN>SYR happened"},
		{"bodies told one by one", "أعلنت السلطات النقدية في كل من النرويج والسويد أنها وقعت اتفاقا لمبادلة العملة.", "AGREE وقعت اتفاقا NOR+SWE> happened"},
		{"one name of two states", "اتفقت الكوريتان الجمعة على اللقاء.", "AGREE اتفقت PRK+KOR> happened"},
		{"authorities of the land spoken of", "وقال شهود في كينيا إن الأمر انتهى. واعتقلت السلطات عشرة أشخاص في كينيا.", "COERCE اعتقلت KEN> happened"},
		{"security forces of the land spoken of", "وقال شهود في كينيا إن الأمر انتهى. واعتقلت قوات الأمن عشرة أشخاص في كينيا.", "COERCE اعتقلت KEN> happened"},
		{"partner behind an adjective", "عقدت البرازيل محادثات سرية مع كندا تحضيرا لقمة.", "CONSULT عقدت BRA+CAN> happened"},
		{"host and guest", "استقبل الملك سلمان الرئيس المصري السيسي في نيوم.", "CONSULT استقبل SAU>EGY happened"},
		{"two states side by side", "اتهمت قطر السعودية بانتهاك القانون.", "ACCUSE اتهمت QAT>SAU happened"},
		{"what a report says is its issuer's", "نشرت الحكومة النرويجية تقريرا اتهم السويد بالفساد.", "ACCUSE اتهم NOR>SWE happened"},
		{"experts are of no state", "انتقد خبراء القرار الذي اتخذته كندا.", ""},
		{"backed by", "تفرض هولندا عقوبات على المهربين بدعم كامل من الحكومة الليبية.", "SANCTION تفرض NLD> happened; SUPPORT دعم LBY>NLD happened"},
		{"whom an assault struck by its verb", "جاء ذلك غداة اعتداء انتحاري استهدف قوات الأمن الأفغانية مساء الثلاثاء.", "ASSAULT اعتداء انتحاري >AFG happened"},
		{"whose the blow is behind its noun", "وقعت غارة للتحالف الدولي على مدينة الرقة في سوريا.", "ASSAULT غارة التحالف الدولي>SYR happened"},
		{"who was struck in whose blow", "أعلن عن مقتل ثلاثة جنود كينيين في غارة للتحالف الدولي.", "ASSAULT مقتل التحالف الدولي>KEN happened"},
		{"sanctions lifted behind a relative clause", "ألغت كندا عقوبات فرضتها قبل سنوات على بوليفيا.", "CONCEDE ألغت CAN>BOL happened"},
		{"partner told elsewhere", "انسحبت كندا من المعاهدة. وأبرمت المعاهدة مع اليابان.", "SANCTION انسحبت CAN>JPN happened"},
		{"withdrawal from a body", "انسحبت كندا من مجلس حقوق الإنسان.", "SANCTION انسحبت CAN>مجلس حقوق الإنسان happened"},
		{"contract to buy from", "وقع ولي العهد المغربي عقدا لشراء سفن من إسبانيا.", "AGREE وقع MAR+ESP> happened"},
		{"who speaks tells of himself", "أعلن الجيش الكيني أنه قصف مواقع في الصومال.", "ASSAULT قصف KEN>SOM happened"},
		{"necessity that another act", "أكد الوزير الفرنسي على ضرورة وقف إيران أنشطتها.", "REQUEST أكد FRA>IRN happened"},
		{"an office of a body", "طالبت كندا مجلس الأمن الدولي والأمين العام للأمم المتحدة بالتحقيق.", "REQUEST طالبت CAN>مجلس الأمن الدولي+الأمم المتحدة happened"},
		{"ambassador to another land", "دان نائب السفير البريطاني لدى الأمم المتحدة جون سميث كندا.", "ACCUSE دان GBR>CAN happened"},
		{"ambassador called in", "استدعت الخارجية التركية السفير الكندي في أنقرة.", "ACCUSE استدعت TUR>CAN happened"},
		{"accusations denied", "نفت كندا الاتهامات اليابانية بالتدخل.", "REJECT نفت CAN>JPN happened"},
		{"talk with a medium is none", "وقال الوزير الفرنسي في اتصال مع رويترز إن الأمر انتهى.", ""},
		{"refusal to speak is none", "رفضت وزارة الدفاع الفرنسية التعليق.", ""},
		{"private persons are no actors", "ورفضت ليلى حداد الدعوة إلى الحفل.", ""},
		{"who brings two together", "جاء ذلك بعد لقاء جمع الرئيس المصري بنظيره السوداني.", "CONSULT لقاء EGY+SDN> happened"},
		{"forces that enter", "دخلت قوات فرنسية مدينة غاو في مالي.", "MOBILIZE دخلت FRA>MLI happened"},
		{"who enters without arms is none", "دخل الوزير الفرنسي القاعة.", ""},
		{"attack claimed", "تبنى تنظيم الدولة الإسلامية الهجوم على الكنيسة في مصر.", "ASSAULT تبنى الدولة الإسلامية>EGY happened"},
		{"province is no boycott", "وصل السيل إلى مقاطعة أونتاريو.", ""},
		{"what is striven for is none", "تسعى كندا إلى إقناع إسبانيا بالتفاوض.", ""},
		{"what is feared is none", "غادر السكان المدينة خشية قصف فرنسي على مالي.", ""},
		{"what failed is none", "لم يتمكن الوزير الكيني من زيارة إسبانيا.", ""},
		{"what was achieved is told", "تمكنت القوات الفرنسية من قصف مواقع في مالي.", "ASSAULT قصف FRA>MLI happened"},
		{"what is not there is none", "أكد الرئيس الكيني أنه لا وجود لمفاوضات مع إسبانيا.", ""},
		{"what somebody did not tell of stands", "لم تعلن كندا عن زيارة رئيسها إلى إسبانيا.", "CONSULT زيارة CAN>ESP happened"},
		{"mood goes on", "سيزور الرئيس الكيني تونس ويلتقي الرئيس التونسي.", "CONSULT سيزور KEN>TUN planned"},
		{"wish goes on", "قال الرئيس الكيني: \"نريد أن نجلس ونتفاوض مع إسبانيا\".", ""},
		{"behind until is none", "وستبقى القوات هناك حتى تقصف فرنسا مالي.", ""},
		{"as long as is none", "قال الرئيس الكيني إنه لن يغادر طالما قصفت فرنسا مالي.", ""},
		{"habit is none", "قال الرئيس الكيني: \"نتعاون مع كل الدول\".", ""},
		{"danger is no threat", "يرى الكينيون في السد تهديدا كبيرا لبلادهم.", ""},
		{"what is in danger is threatened by nobody", "قال الرئيس الكيني إن الاتفاق مع إسبانيا يهدد الملاحة.", ""},
		{"who threatens to do it", "نددت الهند بتهديد كندا بأنها ستفرض عقوبات عليها.", "ACCUSE نددت IND>CAN happened; THREATEN تهديد CAN>IND happened; SANCTION ستفرض عقوبات CAN>IND planned"},
		{"meeting to come", "سيعقد اجتماع بين رئيس الوزراء الهندي والرئيس الكيني في نيروبي.", "CONSULT سيعقد IND+KEN> planned"},
		{"truce called for", "دعت كندا الهند وباكستان إلى وقف القتال.", "REQUEST دعت CAN>IND+PAK happened; RETREAT وقف القتال IND+PAK> called_for"},
		{"who judges an arrest did not make it", "وانتقدت كندا اعتقال الناشط خالد منصور.", "ACCUSE انتقدت CAN>خالد منصور happened; COERCE اعتقال >خالد منصور happened"},
		{"sport is none", "هاجم لاعبو المنتخب الفرنسي مرمى إسبانيا في الشوط الأول من المباراة، وهدد اللاعب الفرنسي حارس مرمى المنتخب الإسباني بتسديدة قوية في ملعب المدينة.", ""},
		{"gender tells whom a pronoun means", "زارت المستشارة الألمانية إسبانيا والتقت الملك الإسباني.", "CONSULT زارت DEU>ESP happened"},
		{"object of another gender than the verb", "وصل الرئيس الكيني إلى برلين والتقى المستشارة الألمانية.", "CONSULT وصل KEN>DEU happened"},
		{"topic with a relative clause", "وكندا التي تقود حلفا عسكريا في المنطقة، تتهم إيران بالمماطلة.", "ACCUSE تتهم CAN>IRN happened"},
		{"as for", "أما الصين ففرضت رسوما على الأخشاب الكندية.", "SANCTION فرضت رسوما CHN>CAN happened"},
		{"subject that opens the sentence", "عاملة في المصنع تتهم الوزير الكيني بالكذب.", ""},
		{"object between verb and tail", "حملت كندا إيران المسؤولية.", "ACCUSE حملت CAN>IRN happened"},
		{"object behind time and place", "أعلن الناشطون أن الشرطة الإسبانية اعتقلت في وقت متأخر الخميس خالد منصور.", "COERCE اعتقلت ESP>خالد منصور happened"},
		{"subject behind a preposition with a pronoun", "في الوقت الذي طالبت فيه كندا إسبانيا بالانسحاب.", "REQUEST طالبت CAN>ESP happened"},
		{"those who held by whose hand", "وجرى توقيف الناشط خالد منصور على أيدي القوات الفرنسية.", "COERCE توقيف FRA>خالد منصور happened"},
		{"who shot his own", "قتل فرنسيان برصاص الجيش الفرنسي.", "ASSAULT قتل FRA>FRA happened"},
		{"rockets that struck", "تصدت الدفاعات السورية لصاروخين فرنسيين استهدفا مالي.", "ASSAULT تصدت SYR>FRA happened; ASSAULT استهدفا FRA>MLI happened"},
		{"career is no march", "بدأت كندا مسيرتها نحو إسبانيا.", ""},
		{"student is no call", "قالت الشرطة الصينية إنه كان طالبا في المدرسة.", ""},
		{"appeal to a court is no stabbing", "طعنت هيئة الدفاع الكينية ضد الحكم الإسباني.", ""},
		{"drone is no march", "أرسلت إيران طائرة مسيرة إلى كندا.", ""},
		{"published is not deployed", "نددت كندا بإيران في تقرير نشرته القوات الكندية.", "ACCUSE نددت CAN>IRN happened"},
		{"sentence by a court", "قضت محكمة كينية السبت بمعاقبة مواطنة إسبانية.", "SANCTION معاقبة KEN>ESP happened"},
		{"refusal expressed", "أعرب الوزير الكيني عن رفضه لعقوبات كندية.", "REJECT أعرب KEN>CAN happened; SANCTION عقوبات CAN> happened"},
		{"people of the place", "تقع كندا شمال القارة، وعاصمة كندا أوتاوا. قتل خمسة أشخاص بالرصاص في هجوم مسلح بنيروبي.", "ASSAULT قتل >KEN happened"},
	} {
		rec := r.Read(isnad.Article{Text: c.text, Published: "2021-05-11"})
		if got := told(&rec); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.rule, c.text, got, c.want)
		}
	}
}

// TestPast leaves out what lies more than a year before publication.
func TestPast(t *testing.T) {
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	for published, want := range map[string]int{"2021-05-11": 0, "2015-06-01": 1, "": 1} {
		rec := r.Read(isnad.Article{Text: "قصفت فرنسا مالي في مايو 2015.", Published: published})
		if len(rec.Events) != want {
			t.Errorf("published %q: %d events, want %d", published, len(rec.Events), want)
		}
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
	f.Add("وقعت الهند واليابان اتفاقا، ثم قصفت القوات الفرنسية «مواقع» في مالي", uint8(3))
	f.Add("قتل نحو خمسين شخصا برصاص على يد من قبل", uint8(1))
	f.Add("بينه وبين الذي سيطرتها", uint8(2))
	f.Fuzz(func(t *testing.T, text string, step uint8) {
		d := a.Analyze(strings.ToValidUTF8(text, " "))
		rec := isnad.Record{Article: isnad.Article{Text: d.Text}, Entities: []isnad.Entity{{Name: "فرنسا", Kind: isnad.Place, Country: "FRA"}, {Name: "سالم", Kind: isnad.Person}}}
		for i := 0; i < len(d.Tokens); i += int(step) + 1 {
			if k := &d.Tokens[i]; k.Kind == ling.Word {
				e := i % 2
				rec.Names = append(rec.Names, isnad.Name{Span: isnad.Span{Start: int(k.Body), End: int(k.End)}, Kind: rec.Entities[e].Kind, Entity: e, Trust: isnad.Trust{Rule: "test"}})
			}
		}
		rec.Events = events.Find(d, "2021-05-11", rec.Names, rec.Entities, nil, nil)
		if err := rec.Check(); err != nil {
			t.Error(err)
		}
	})
}
