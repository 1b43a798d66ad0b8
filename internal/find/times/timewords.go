package times

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
)

// timeWord reads what begins with a word of the table of time words.
func (f *finder) timeWord(i int, c context) (moment, bool) {
	if _, last, ok := f.word(i, "clock"); ok {
		return f.clockLed(i, last)
	}
	if m, ok := f.every(i); ok {
		return m, true
	}
	if m, ok := f.partLed(i, c); ok {
		return m, true
	}
	if m, ok := f.dayLed(i); ok {
		return m, true
	}
	if m, ok := f.seasonLed(i, c); ok {
		return m, true
	}
	if m, ok := f.decadeLed(i); ok {
		return m, true
	}
	if m, ok := f.holiday(i); ok {
		return m, true
	}
	return f.reference(i)
}

// dayLed reads a word for a day.
func (f *finder) dayLed(i int) (moment, bool) {
	v, last, ok := f.word(i, "day")
	if !ok {
		return moment{}, false
	}
	n, err := strconv.Atoi(v)
	if err != nil || n == 0 && f.before(i, "for") {
		return moment{}, false
	}
	return f.dayWord(i, n, last)
}

// reference reads «الآن», «مؤخرا», «في وقت سابق الثلاثاء», and words that point back to a
// date already toldYear.
func (f *finder) reference(i int) (moment, bool) {
	v, last, ok := f.word(i, "reference")
	if !ok {
		return moment{}, false
	}
	confidence := 0.92
	switch v {
	case "THEN":
		return f.backTo(i, last)
	case "AT": // a time of a day or period that may be told next
		if m, ok := f.within(i, last); ok {
			return m, true
		}
		v = "PAST_REF"
	case "LATER":
		if m, ok := f.within(i, last); ok {
			return m, true
		}
		v = "FUTURE_REF"
		if last == i+1 && f.tense(i) == past {
			return moment{}, false // «ولاحقا قالت»
		}
		if last > i+1 && f.told(i) {
			v, confidence = "PAST_REF", 0.85 // «وأعلن في وقت لاحق»
		}
	case "AHEAD", "BEHIND": // «في المستقبل», «في الماضي», with nothing said of whose
		if !f.is(i-1, "in") || !f.ends(last) || !f.same(i-1, i) {
			return moment{}, false
		}
		if v == "AHEAD" {
			v = "FUTURE_REF"
		} else {
			v = "PAST_REF"
		}
	case "NOW": // «حتى اللحظة»
		if !f.is(i-1, "to") || !f.ends(last) || !f.same(i-1, i) || f.is(last, "of") {
			return moment{}, false
		}
		v = "PRESENT_REF"
	case "SOON": // «سيصل خلال فترة قصيرة»
		if !f.before(i, "within") || !f.ends(last) || f.is(last, "of") || !f.undone(i) {
			return moment{}, false
		}
		v = "FUTURE_REF"
	}
	if last < len(f.d.Tokens) && f.same(i, last) && f.is(last, "of") && v == "FUTURE_REF" && last == i+1 {
		return moment{}, false // «قريبا من المدينة»
	}
	return timex("date", v).at(i, last, "reference", confidence), true
}

// told reports whether the clause of token i is a past account: its nearest verb before is
// a perfect.
func (f *finder) told(i int) bool { return !f.undone(i) && f.tense(i) == past }

// within reads the day or period after «وقت سابق»: «وقت سابق من هذا العام».
func (f *finder) within(i, last int) (moment, bool) {
	j := f.of(last)
	if j >= len(f.d.Tokens) || !f.same(i, j) || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 {
		return moment{}, false
	}
	m, ok := f.plain(j, context{from: j})
	if !ok || m.grain == undated || m.grain < year {
		return moment{}, false
	}
	return m.at(i, m.last, m.trust.Rule, m.trust.Confidence), true
}

// backTo reads «آنذاك», «ذلك الحين»: the value of the last date of the paragraph.
func (f *finder) backTo(i, last int) (moment, bool) {
	if m, ok := f.antecedent(i); ok {
		m.mod = ""
		return m.at(i, last, "reference/antecedent", 0.75), true
	}
	return timex("date", "PAST_REF").at(i, last, "reference", 0.8), true
}

// seasonLed reads «خريف 2017», «الصيف الماضي», «صيف العام الماضي».
func (f *finder) seasonLed(i int, c context) (moment, bool) {
	s, last, ok := f.word(i, "season")
	if !ok {
		return moment{}, false
	}
	y := f.yearAfter(last, false)
	switch y.how {
	case given, bracketed:
		return ofSeason(y.year, s).at(i, y.last, "season/year", 0.95), true
	case untold:
		if c.mod == "" || !f.known || !f.ends(last) {
			return moment{}, false
		}
		return ofSeason(f.pub.Year(), s).at(i, last, "season/modifier", 0.75), true
	}
	if !f.known {
		return moment{}, false
	}
	year, m := f.pub.Year(), int(f.pub.Month())
	from := seasonMonth(s)
	switch {
	case y.how == lastOne && m <= from+2 && from < 12, y.how == lastOne && from == 12:
		year--
	case y.how == nextOne && m >= from && from < 12:
		year++
	}
	return ofSeason(year, s).at(i, y.last, "season/relative", 0.9), true
}

// decadeLed reads «التسعينات», «ستينيات القرن الماضي».
func (f *finder) decadeLed(i int) (moment, bool) {
	v, last, ok := f.word(i, "decade")
	if !ok {
		return moment{}, false
	}
	tens, err := strconv.Atoi(v)
	if err != nil || f.is(f.of(last), "age") || f.aged(i) {
		return moment{}, false
	}
	j := f.of(last)
	if u, ok := f.unitAt(j); ok && u.code == "CE" && f.same(i, j) {
		if m, ok := f.unitLed(j, context{from: j}); ok && m.grain == century {
			return ofDecade(m.first.Year()-1+tens).at(i, m.last, "decade/century", 0.95), true
		}
	}
	base := 1900
	if tens < 30 {
		if !f.d.Tokens[i].Def || f.known && f.pub.Year() >= 2020 {
			return moment{}, false
		}
	}
	return ofDecade(base+tens).at(i, last, "decade", 0.9), true
}

// every reads a set: «كل عامين», «كل يوم جمعة», «سنويا».
func (f *finder) every(i int) (moment, bool) {
	v, last, ok := f.word(i, "every")
	if !ok || last < len(f.d.Tokens) && last > i+1 && f.counting(last) {
		return moment{}, false
	}
	if w, end, ok := f.weekdayAt(i + 1); ok && end > last && f.same(i, end-1) && f.d.Tokens[i+1].Prep == 0 {
		return timex("set", fmt.Sprintf("XXXX-WXX-%d", w)).at(i, end, "set/weekday", 0.9), true
	}
	if v != "" {
		if v != "" && f.measured(i) || f.unitFollowsDef(i, last) {
			return moment{}, false
		}
		return timex("set", v).at(i, last, "set", 0.88), true
	}
	if last >= len(f.d.Tokens) || !f.same(i, last) || f.d.Tokens[last].Def || f.d.Tokens[last].Prep != 0 {
		return moment{}, false
	}
	if w, end, ok := f.weekdayAt(last); ok {
		return timex("set", fmt.Sprintf("XXXX-WXX-%d", w)).at(i, end, "set/weekday", 0.9), true
	}
	a, ok := f.amount(last)
	if !ok || a.vague || a.upto != 0 {
		return moment{}, false
	}
	return timex("set", a.timex().value).at(i, a.last, "set/every", 0.9), true
}

// unitFollowsDef reports whether the word after «كل عام» makes it a name's or a year's.
func (f *finder) unitFollowsDef(i, last int) bool {
	return last > i+1 && last < len(f.d.Tokens) && f.same(i, last) && f.d.Tokens[last].Kind == ling.Number
}

// measured reports whether a rate's adverb belongs to the measure before it: «برميل يوميا».
func (f *finder) measured(i int) bool {
	if i == 0 || !f.same(i-1, i) {
		return false
	}
	s, ok := f.d.Tokens[i-1].Sense(lex.Unit)
	return ok && f.d.Lex.Units[s.Row].Class == "measure"
}

// quarter reads a half or quarter of a year: «الربع الأول من 2018», «النصف الثاني من العام
// الماضي».
func (f *finder) quarter(i int) (moment, bool) {
	t := &f.d.Tokens[i]
	if !t.Def || !t.Tables.Has(lex.Number) {
		return moment{}, false
	}
	r, ok := number.Read(f.d, i)
	if !ok || !r.Share || r.Value != 0.25 && r.Value != 0.5 || r.Last >= len(f.d.Tokens) {
		return moment{}, false
	}
	n, last, ok := number.Ordinal(f.d, r.Last)
	parts := int(1 / r.Value)
	if latest, end, isLast := f.word(r.Last, "last"); isLast && latest == "latest" {
		n, last, ok = parts, end, true
	}
	if !ok || n > parts || f.of(last) >= len(f.d.Tokens) || !f.same(i, f.of(last)) {
		return moment{}, false
	}
	m, ok := f.plain(f.of(last), context{from: i, mod: "start"})
	if !ok || m.grain != year || m.mod != "" || strings.Contains(m.value, "/") {
		return moment{}, false
	}
	months := 12 / parts
	y := m.first.Year()
	letter := "Q"
	if parts == 2 {
		letter = "H"
	}
	q := dated(fmt.Sprintf("%s-%s%d", m.value, letter, n), season, date(y, (n-1)*months+1, 1), date(y, n*months+1, 0))
	return q.at(i, m.last, "quarter", 0.9), true
}

// holiday reads a fixed feast whose year is told: «عيد الأضحى الماضي», «رأس السنة 2018».
func (f *finder) holiday(i int) (moment, bool) {
	v, last, ok := f.word(i, "holiday")
	if !ok || v == "" {
		return moment{}, false
	}
	hijri := strings.HasPrefix(v, "h")
	var m, d int
	if _, err := fmt.Sscanf(strings.TrimPrefix(v, "h"), "%d-%d", &m, &d); err != nil {
		return moment{}, false
	}
	y := f.yearAfter(last, false)
	if y.how == untold || hijri && y.how == given {
		return moment{}, false
	}
	if hijri {
		return f.hijriDay(i, d, d, named{number: m, hijri: true, last: last}, y)
	}
	return f.placeDay(i, d, d, named{number: m, last: last}, y)
}
