package times

import (
	"fmt"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// weekdayAt reads a weekday at token i, with a «يوم» before it.
func (f *finder) weekdayAt(i int) (n, last int, ok bool) {
	if i >= len(f.d.Tokens) {
		return 0, 0, false
	}
	j, yawm := i, false
	if u, ok := f.unitAt(i); ok && u.code == "D" && u.form == 0 && !u.def && !u.pron {
		j, yawm = u.last, true
	}
	if j >= len(f.d.Tokens) || yawm && (f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0) {
		return 0, 0, false
	}
	t := &f.d.Tokens[j]
	s, ok := t.Sense(lex.Weekday)
	if !ok || t.Kind != ling.Word {
		return 0, 0, false
	}
	if !strings.HasPrefix(t.Base, script.Al) && !yawm {
		return 0, 0, false
	}
	return f.d.Lex.Weekdays[s.Row].Number, j + 1, true
}

// weekdayLed reads what begins with a weekday: «الاثنين», «الأحد الماضي», «الاثنين 5 مارس
// 2018», «السبت مساء».
func (f *finder) weekdayLed(i int, c context) (moment, bool) {
	w, last, ok := f.weekdayAt(i)
	if !ok || f.otherwise(i, last) {
		return moment{}, false
	}
	if m, ok := f.weekdayDate(i, w, last); ok {
		return f.withPart(m), true
	}
	if m, ok := f.weekdayOfWeek(i, w, last); ok {
		return m, true
	}
	return f.withPart(f.placeWeekday(i, w, last)), true
}

// otherwise reports whether the weekday's word is something else here: the numeral after
// a dual («فلسطينيين اثنين») has no article, but «الجمعة» may name a mosque's prayer.
func (f *finder) otherwise(i, last int) bool {
	if last >= len(f.d.Tokens) || !f.same(i, last) {
		return false
	}
	_, end, ok := f.d.PhraseOf(last-1, lex.TimeWord)
	return ok && end.Table == lex.TimeWord && f.is(last-1, "holiday")
}

// weekdayDate reads the date after a weekday, with a comma, «الموافق» or a bracket
// between: the date decides, the weekday finds its year.
func (f *finder) weekdayDate(i, w, last int) (moment, bool) {
	j := last
	switch {
	case f.fold(j, "،"), f.fold(j, ","), f.fold(j, "("):
		j++
	case f.is(j, "equal"):
		j++
	}
	if j >= len(f.d.Tokens) || !f.same(i, j) {
		return moment{}, false
	}
	m, ok := f.numeric(j)
	if !ok {
		m, ok = f.dayOfMonth(j)
	}
	if !ok {
		m, ok = f.weekdayNumber(j, w)
	}
	if !ok || m.grain != day || m.first != m.end {
		return moment{}, false
	}
	if isoWeekday(m.first) != w && strings.HasSuffix(m.trust.Rule, "nearest") {
		if t, ok := f.weekdayYear(m.first, w); ok {
			m.value, m.first, m.end = iso(t), t, t
		}
	}
	if f.fold(j-1, "(") && f.fold(m.last, ")") {
		m.last++
	}
	return m.at(i, m.last, "weekday/date", 0.97), true
}

// weekdayNumber reads «الجمعة 22»: the nearest day of that number and weekday.
func (f *finder) weekdayNumber(j, w int) (moment, bool) {
	if !f.known || f.d.Tokens[j].Kind == ling.Word && !f.is(j, "in") && !f.d.Tokens[j].Def {
		return moment{}, false
	}
	if f.is(j, "in") {
		j++
	}
	n, last, ok := f.dayNumber(j)
	if !ok || f.counting(last) || !f.sentenceYear(last) {
		return moment{}, false
	}
	for _, dm := range [...]int{0, -1, 1} {
		t := f.pub.AddDate(0, 0, 1-f.pub.Day()).AddDate(0, dm, 0)
		if valid(t.Year(), int(t.Month()), n) {
			if t = date(t.Year(), int(t.Month()), n); isoWeekday(t) == w {
				return ofDay(t).at(j, last, "weekday/number", 0.85), true
			}
		}
	}
	return moment{}, false
}

// weekdayOfWeek reads «الأحد من الأسبوع المقبل».
func (f *finder) weekdayOfWeek(i, w, last int) (moment, bool) {
	j := f.of(last)
	if j == last || !f.same(i, j) {
		return moment{}, false
	}
	m, ok := f.unitLed(j, context{from: j})
	if !ok || m.grain != week {
		return moment{}, false
	}
	return ofDay(m.first.AddDate(0, 0, w-1)).at(i, m.last, "weekday/week", 0.95), true
}

// placeWeekday puts a weekday on its day: the last one on or before publication, unless
// it is told as past or next, or its clause looks ahead.
func (f *finder) placeWeekday(i, w, last int) moment {
	if v, end, ok := f.word(last, "last"); ok && v != "earlier" && f.same(i, end-1) {
		return f.weekdayFrom(i, w, end, -1, "weekday/last", 0.96)
	}
	if v, end, ok := f.word(last, "next"); ok && v != "later" && f.same(i, end-1) {
		return f.weekdayFrom(i, w, end, 1, "weekday/next", 0.96)
	}
	if _, end, ok := f.word(last, "this"); ok && f.same(i, end-1) && end == last+1 && f.d.Tokens[last].Def {
		last = end
	}
	if m, ok := f.nextOf(i, w, last); ok {
		return m
	}
	if f.known && (isoWeekday(f.pub)-w+7)%7 >= 4 && f.undone(i) { // «يستضيف الفريق الأربعاء»
		return f.weekdayFrom(i, w, last, 2, "weekday/present", 0.8)
	}
	if f.tense(i) == future || f.before(i, "by") && f.tense(i) != past {
		return f.weekdayFrom(i, w, last, 2, "weekday/ahead", 0.85)
	}
	return f.weekdayFrom(i, w, last, 0, "weekday/nearest", 0.96)
}

// nextOf reads a weekday joined to one that lies ahead: «سيلتقيان الجمعة والأحد».
func (f *finder) nextOf(i, w, last int) (moment, bool) {
	if !f.known || !f.follows(i) || f.then.grain != day || !f.then.first.After(f.pub) || !strings.HasPrefix(f.then.trust.Rule, "weekday") {
		return moment{}, false
	}
	n := (w-isoWeekday(f.then.first)+6)%7 + 1
	return ofDay(f.then.first.AddDate(0, 0, n)).at(i, last, "weekday/list", 0.85), true
}

// weekdayFrom counts from publication: -1 strictly before, 0 on or before, 1 strictly
// after, 2 on or after.
func (f *finder) weekdayFrom(i, w, last, way int, rule string, conf float64) moment {
	if !f.known {
		return timex("date", fmt.Sprintf("XXXX-WXX-%d", w)).at(i, last, "weekday/unplaced", 0.9)
	}
	back := (isoWeekday(f.pub) - w + 7) % 7
	t := f.pub.AddDate(0, 0, -back)
	switch {
	case way == -1 && back == 0:
		t = t.AddDate(0, 0, -7)
	case way == 1, way == 2 && back > 0:
		t = t.AddDate(0, 0, 7)
	}
	return ofDay(t).at(i, last, rule, conf)
}

// dayWord reads «اليوم», «أمس», «غدا» with the weekday or date that may follow.
func (f *finder) dayWord(i, offset, last int) (moment, bool) {
	if offset == 0 && (f.notToday(i, last) || f.is(i-1, "same")) {
		return moment{}, false
	}
	m := timex("date", "PRESENT_REF").at(i, last, "day/unplaced", 0.9)
	if f.known {
		m = ofDay(f.pub.AddDate(0, 0, offset)).at(i, last, "day/word", 0.96)
	} else if offset != 0 {
		return f.unknownDay(i, last)
	}
	j := last
	bracket := f.fold(j, "(")
	if bracket || f.fold(j, "،") || f.fold(j, ",") {
		j++
	}
	w, end, ok := f.weekdayAt(j)
	if ok && bracket && f.fold(end, ")") {
		m.last = end + 1
		return m, true // «غدا (الثلاثاء)»
	}
	if !ok || !f.same(i, j) || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 {
		return f.withPart(m), true
	}
	if d, ok := f.weekdayDate(i, w, end); ok {
		return f.withPart(d), true
	}
	if j != last {
		return f.withPart(m), true
	}
	m.last = end
	if f.known && isoWeekday(m.first) != w {
		m = f.weekdayFrom(i, w, end, min(1, max(-1, offset))*2, "day/weekday", 0.8)
		if offset < 0 {
			m = f.weekdayFrom(i, w, end, 0, "day/weekday", 0.8)
		}
	}
	return f.withPart(m), true
}

// unknownDay is «أمس» or «غدا» without a day of publication: only a weekday toldYear with
// it has a value.
func (f *finder) unknownDay(i, last int) (moment, bool) {
	if w, end, ok := f.weekdayAt(last); ok {
		return f.weekdayFrom(i, w, end, 0, "weekday/unplaced", 0.9), true
	}
	return moment{}, false
}

// notToday reports whether «اليوم» is a day toldYear otherwise: «اليوم الأول», «اليوم العالمي»,
// «اليوم التالي».
func (f *finder) notToday(i, last int) bool {
	if last >= len(f.d.Tokens) || !f.same(i, last) {
		return false
	}
	t := &f.d.Tokens[last]
	if !t.Def || t.Conj != 0 || t.Prep != 0 {
		return false
	}
	if s, ok := t.Sense(lex.Number); ok && !t.Tables.Has(lex.Weekday) {
		return f.d.Lex.Numbers[s.Row].Kind == "ordinal"
	}
	return f.is(last, "next") || f.is(last, "same") || f.is(last, "last") || adjective(t)
}
