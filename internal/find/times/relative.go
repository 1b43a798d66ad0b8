package times

import (
	"strconv"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// unitLed reads what begins with a unit of time: «عام 2015», «العام الماضي», «هذا الشهر»,
// «الأيام الثلاثة الماضية», «اليوم الثالث على التوالي», «القرن العشرين», «شهرين».
func (f *finder) unitLed(i int, c context) (moment, bool) {
	if f.depth > nesting {
		return moment{}, false
	}
	f.depth++
	defer func() { f.depth-- }()
	if v, j, ok := f.word(i, "this"); ok && v == "near" {
		return f.thisUnit(i, j)
	}
	if v, j, ok := f.word(i, "same"); ok && v == "before" && f.same(i, j) { // «نفس العام»
		if u, ok := f.unitAt(j); ok && u.def && u.form == 0 {
			return f.sameUnit(i, u, u.last)
		}
		return moment{}, false
	}
	u, ok := f.unitAt(i)
	if !ok {
		return moment{}, false
	}
	if u.code == "W" && u.form == 0 && !u.def && !u.pron && u.last < len(f.d.Tokens) && f.same(i, u.last) && f.d.Tokens[u.last].Prep == 0 {
		if m, ok := f.dayOfMonth(u.last); ok && m.grain == day { // «أسبوع 16 سبتمبر»
			return ofWeek(m.first).at(i, m.last, "week/day", 0.85), true
		}
	}
	if u.code == "D" && u.form == 0 && !u.def && !u.pron && !f.is(i, "daypart") {
		if m, ok := f.dayNumbered(i, u.last); ok {
			return m, true
		}
	}
	if m, ok := f.yearLed(i, u); ok {
		return m, true
	}
	if u.pron {
		return moment{}, false
	}
	if u.def && u.last < len(f.d.Tokens) && f.same(i, u.last) {
		if m, ok := f.definite(i, u); ok {
			return m, true
		}
	}
	if u.def && u.form == 0 && c.mod != "" && f.known && narrows(c.mod) && u.code != "DE" {
		return f.shift(u.code, 0).at(i, u.last, "unit/modifier", 0.93), u.code != "D" && dateUnit(u.code)
	}
	return f.counted(i, c)
}

// narrows reports whether a modifier takes a part of a period: it makes «العام» this one.
func narrows(mod string) bool { return mod == "start" || mod == "mid" || mod == "end" || mod == "rest" }

// dateUnit reports whether periods of a unit have dates.
func dateUnit(code string) bool {
	switch code {
	case "Y", "M", "W", "D", "DE", "CE":
		return true
	}
	return false
}

// thisUnit reads «هذا العام», «هذه الليلة», «هذا المساء», «هذا الصيف».
func (f *finder) thisUnit(i, j int) (moment, bool) {
	if !f.known || j >= len(f.d.Tokens) || !f.d.Tokens[j].Def || !f.same(i, j) || f.d.Tokens[j].Prep != 0 {
		return moment{}, false
	}
	if u, ok := f.unitAt(j); ok && u.form == 0 && dateUnit(u.code) {
		return f.weekdayIn(f.shift(u.code, 0).at(i, u.last, "unit/this", 0.95)), true
	}
	if p, last, ok := f.word(j, "daypart"); ok && len(p) == 3 {
		return ofPart(f.pub, p).at(i, last, "part/this", 0.9), true
	}
	if s, last, ok := f.word(j, "season"); ok {
		return ofSeason(f.pub.Year(), s).at(i, last, "season/this", 0.9), true
	}
	return moment{}, false
}

// definite reads what follows a unit with the article.
func (f *finder) definite(i int, u unit) (moment, bool) {
	if u.form&(lex.Plural|lex.Dual) != 0 {
		if m, ok := f.definitePeriod(i, u); ok || u.form&lex.Dual == 0 || u.form&lex.Plural != 0 {
			return m, ok
		}
	}
	if u.code == "CE" {
		if m, ok := f.centuryOf(i, u); ok {
			return m, true
		}
	}
	if m, ok := f.running(i, u); ok {
		return m, true
	}
	if m, ok := f.nth(i, u); ok {
		return m, true
	}
	return f.distance(i, u)
}

// distance reads «العام الماضي», «الشهر المقبل», «الأسبوع الجاري», «العام المذكور».
func (f *finder) distance(i int, u unit) (moment, bool) {
	if !dateUnit(u.code) || u.form&lex.Plural != 0 {
		return moment{}, false
	}
	if v, last, ok := f.word(u.last, "same"); ok && v != "before" {
		return f.sameUnit(i, u, last)
	}
	n, last, ok := f.offset(u.last)
	if !ok {
		return moment{}, false
	}
	switch n {
	case earlier, later:
		if f.office(i) {
			return moment{}, false
		}
		return f.fromAntecedent(i, u, n, last)
	case latest:
		if u.code != "W" || !f.known || !f.before(i, "within") || last < len(f.d.Tokens) && f.same(i, last) && f.is(last, "of") {
			return moment{}, false
		}
		return f.shift(u.code, -1).at(i, last, "unit/latest", 0.75), true
	}
	if !f.known || n == 0 && u.code == "Y" && f.office(i) {
		return moment{}, false
	}
	m := f.shift(u.code, n).at(i, last, "unit/relative", 0.96)
	if y, end, ok := f.yearNumber(last, false); ok && u.code == "Y" && f.same(i, last) && y == m.first.Year() {
		m.last = end // «العام الماضي 2017»
	}
	return f.weekdayIn(m), true
}

// Offsets that are not counted from publication.
const (
	earlier = -100 + iota // السابق
	latest                // الأخير
	later                 // التالي
)

// offset reads how far from publication a unit is: -1 «الماضي», 0 «الجاري», 1 «المقبل».
func (f *finder) offset(i int) (n, last int, ok bool) {
	if !f.same(i-1, i) || f.d.Tokens[i].Conj != 0 || f.d.Tokens[i].Prep != 0 {
		return 0, 0, false
	}
	if v, last, ok := f.word(i, "last"); ok {
		return value(v, -1), last, true
	}
	if v, last, ok := f.word(i, "next"); ok {
		return value(v, 1), last, true
	}
	if v, last, ok := f.word(i, "this"); ok && v != "near" {
		return 0, last, true
	}
	return 0, 0, false
}

// value reads the value of a row of classes last and next.
func value(v string, n int) int {
	switch v {
	case "earlier":
		return earlier
	case "latest":
		return latest
	case "later":
		return later
	}
	if k, err := strconv.Atoi(v); err == nil {
		return k
	}
	return n
}

// office reports whether a unit is the adjective of an office: «الأمين العام الحالي».
func (f *finder) office(i int) bool {
	if i == 0 || !f.same(i-1, i) {
		return false
	}
	b := &f.d.Tokens[i-1]
	return b.Kind == ling.Word && b.Def
}

// sameUnit reads «العام نفسه», «اليوم ذاته»: the period of the last date told.
func (f *finder) sameUnit(i int, u unit, last int) (moment, bool) {
	m, ok := f.antecedent(i)
	if !ok || m.first.IsZero() || m.grain < unitGrain(u.code) {
		return moment{}, false
	}
	if j := f.of(last); u.code == "M" && j > last && j < len(f.d.Tokens) && f.same(i, j) {
		if y, ok := f.unitLed(j, context{from: j}); ok && y.grain == year && !y.first.IsZero() {
			return ofMonth(y.first.Year(), int(m.first.Month())).at(i, y.last, "unit/same", 0.9), true
		}
	}
	return period(m.first, u.code, 0).at(i, last, "unit/same", 0.85), true
}

// fromAntecedent reads «العام التالي», «اليوم السابق».
func (f *finder) fromAntecedent(i int, u unit, n, last int) (moment, bool) {
	m, ok := f.antecedent(i)
	if !ok || m.first.IsZero() || m.grain < unitGrain(u.code) {
		return moment{}, false
	}
	step := 1
	if n == earlier {
		step = -1
	}
	return period(m.first, u.code, step).at(i, last, "unit/antecedent", 0.8), true
}

// weekdayIn reads the weekday after a week: «الأسبوع القادم الأحد».
func (f *finder) weekdayIn(m moment) moment {
	if m.grain == week {
		if r, ok := f.weekdaysIn(m); ok {
			return r
		}
	}
	if m.grain != week || m.last >= len(f.d.Tokens) || !f.same(m.start, m.last) || f.d.Tokens[m.last].Conj != 0 {
		return m
	}
	if w, last, ok := f.weekdayAt(m.last); ok && f.d.Tokens[m.last].Prep == 0 {
		return ofDay(m.first.AddDate(0, 0, w-1)).at(m.start, last, "weekday/week", 0.9)
	}
	return m
}
