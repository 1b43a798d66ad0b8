package view

// Name is the project's name as people read it.
const Name = "إسناد"

// The words of the view.
const (
	who       = "من؟"
	where     = "أين؟"
	besides   = "ماذا ذُكر؟"
	when      = "متى؟"
	howMany   = "كم؟"
	whoSaid   = "من قال؟"
	whatDone  = "ماذا حدث؟"
	promised  = "ماذا وُعد؟"
	doubts    = "ملاحظات"
	nothing   = "لم يوجد في النص ما يُجاب به عن أسئلة الخبر."
	untitled  = "بلا عنوان"
	through   = "عبر"
	toWhom    = "إلى"
	unnamed   = "لم يُسمَّ"
	until     = "حتى"
	from      = "من"
	unplaced  = "بلا تاريخ معروف"
	comma     = "، "
	openMark  = "«"
	closeMark = "»"
	towards   = " ← "
)

// mentions counts mentions in words; from eleven on the noun is singular.
func mentions(n int) string {
	switch {
	case n == 2:
		return "مرتان"
	case n <= 10:
		return "مرات"
	}
	return "مرة"
}

// months are named as in Egypt and the Gulf.
func month(m int) string {
	return [...]string{"", "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}[m]
}

// word gives the Arabic of a record's fixed word, or the word itself.
func word(fixed string) string {
	switch fixed {
	case "AGREE":
		return "اتفاق"
	case "CONSULT":
		return "تشاور"
	case "SUPPORT":
		return "تأييد"
	case "CONCEDE":
		return "تنازل"
	case "COOPERATE":
		return "تعاون"
	case "AID":
		return "مساعدة"
	case "RETREAT":
		return "انسحاب"
	case "REQUEST":
		return "طلب"
	case "ACCUSE":
		return "اتهام"
	case "REJECT":
		return "رفض"
	case "THREATEN":
		return "تهديد"
	case "PROTEST":
		return "احتجاج"
	case "SANCTION":
		return "عقوبة"
	case "MOBILIZE":
		return "حشد"
	case "COERCE":
		return "إكراه"
	case "ASSAULT":
		return "اعتداء"
	case "planned":
		return "مزمع"
	case "called_for":
		return "مطلوب"
	case "denied":
		return "منفي"
	case "agreement":
		return "باتفاق"
	case "promise":
		return "بوعد"
	case "decision":
		return "بقرار"
	case "schedule":
		return "بموعد"
	case "order":
		return "بأمر"
	case "ultimatum":
		return "بإنذار"
	case "start":
		return "أول"
	case "mid":
		return "وسط"
	case "end":
		return "آخر"
	case "before":
		return "قبل"
	case "after":
		return "بعد"
	case "approx":
		return "نحو"
	case "more_than":
		return "أكثر من"
	case "less_than":
		return "أقل من"
	case "equal_or_more":
		return "على الأقل"
	case "equal_or_less":
		return "على الأكثر"
	case "duration":
		return "مدة"
	case "set":
		return "متكرر"
	case "PRESENT_REF":
		return "الآن"
	case "PAST_REF":
		return "في الماضي"
	case "FUTURE_REF":
		return "في المستقبل"
	}
	return fixed
}

// The words of the lists of a library.
const (
	nobody      = "لم يُسمَّ أحد"
	noDue       = "بلا موعد"
	overdue     = "فات موعده"
	differs     = "خلاف"
	copiesOf    = "نسخ من نص واحد"
	origin      = "الأصل"
	outOf       = "من أصل"
	found       = "نتيجة"
	notFound    = "لا نتائج."
	noStories   = "لا قصص في المكتبة."
	noPromises  = "لا تعهدات."
	noFeeds     = "لا مصادر متابعة؛ أضف واحدا: isnad source add URL"
	neverLooked = "لم يُزر بعد"
	alsoCalled  = "يرد أيضا"
	alongside   = "يرد معه"
	knownAs     = "بصفة"
	between     = "بين"
)

// articles counts articles in words: above a hundred the last two figures decide.
func articles(n int) string {
	switch h := n % 100; {
	case n == 0:
		return "لا أخبار"
	case n == 1:
		return "خبر واحد"
	case n == 2:
		return "خبران"
	case h >= 3 && h <= 10:
		return "أخبار"
	case h >= 11:
		return "خبرا"
	}
	return "خبر"
}

// ending gives the Arabic of how a commitment ended.
func ending(fixed string) string {
	switch fixed {
	case "kept":
		return "وُفي به"
	case "broken":
		return "أُخلف"
	case "dropped":
		return "سقط"
	}
	return fixed
}
