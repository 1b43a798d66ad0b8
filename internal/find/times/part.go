package times

import (
	"fmt"
	"strings"
	"time"
)

// dayNear gives the day of an hour at token i: one told before it in its sentence, one
// told soon after it, else as day does.
func (f *finder) dayNear(i, last int) (time.Time, bool) {
	if f.then.grain >= day && f.d.SentenceOf(f.then.start) == f.d.SentenceOf(i) {
		return f.day(i)
	}
	for j := last; j < last+reach/2 && j < len(f.d.Tokens) && f.same(i, j); j++ {
		if !f.may(j) || f.d.Tokens[j].Conj != 0 || f.depth > 1 {
			continue
		}
		m, ok := f.dayLed(j)
		if !ok {
			m, ok = f.weekdayLed(j, context{from: j})
		}
		if ok && m.grain == day && m.first == m.end && !m.first.IsZero() {
			return m.first, true
		}
	}
	return f.day(i)
}

// dayAfter reads a day that follows an hour or a part of the day.
func (f *finder) dayAfter(i, last int) (moment, bool) {
	j := f.of(last)
	if j >= len(f.d.Tokens) || !f.same(i, j) || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 {
		return moment{}, false
	}
	m, ok := f.dayLed(j)
	if !ok {
		m, ok = f.weekdayLed(j, context{from: i})
	}
	if !ok {
		m, ok = f.dayOfMonth(j)
	}
	if !ok {
		m, ok = f.unitDay(j)
	}
	if !ok || m.grain != day || m.first.IsZero() || m.first != m.end {
		return moment{}, false
	}
	return m, true
}

// unitDay reads «اليوم نفسه», «اليوم التالي», «يوم 20 مارس» after a part of the day.
func (f *finder) unitDay(j int) (moment, bool) {
	u, ok := f.unitAt(j)
	if !ok || u.code != "D" || u.form != 0 || u.pron {
		return moment{}, false
	}
	if u.def {
		return f.definite(j, u)
	}
	m, ok := f.dayOfMonth(u.last)
	if !ok {
		m, ok = f.numeric(u.last)
	}
	return m.at(j, m.last, m.trust.Rule, m.trust.Confidence), ok
}

// partLed reads a part of a day with its day: «مساء السبت», «ليلة أمس», «بعد ظهر الأحد»,
// and alone where it is an adverb: «فجرا».
func (f *finder) partLed(i int, c context) (moment, bool) {
	p, last, ok := f.word(i, "daypart")
	if !ok || len(p) < 3 || len(f.d.Tokens[i].Base) <= 2 {
		return moment{}, false
	}
	if m, ok := f.dayAfter(i, last); ok {
		end := f.nightOf(m.last, p)
		return ofPart(m.first, p).at(i, end, "part/day", 0.95), true
	}
	if !f.known {
		if w, end, ok := f.weekdayAt(f.of(last)); ok && f.same(i, end-1) {
			m := timex("time", fmt.Sprintf("XXXX-WXX-%d%s", w, p))
			return m.at(i, end, "part/unplaced", 0.85), true
		}
	}
	if p == "TNI" && f.known && f.d.Tokens[i].Def {
		if v, end, ok := f.word(last, "last"); ok && v != "earlier" {
			return ofPart(f.pub.AddDate(0, 0, -1), p).at(i, end, "part/last", 0.93), true
		}
		if last == i+1 && f.tonight(i, last) {
			return ofPart(f.pub, p).at(i, last, "part/tonight", 0.88), true
		}
	}
	if !f.adverb(i, last, p) {
		return moment{}, false
	}
	if d, ok := f.day(i); ok {
		return ofPart(d, p).at(i, last, "part/adverb", 0.65), true
	}
	return moment{}, false
}

// nightOf takes the second weekday of a night told by two: «ليل السبت الأحد».
func (f *finder) nightOf(last int, p string) int {
	if p != "TNI" || last >= len(f.d.Tokens) {
		return last
	}
	j := last
	if f.fold(j, "/") || f.dash(j) {
		j++
	}
	if _, end, ok := f.weekdayAt(j); ok && f.same(last-1, j) && f.d.Tokens[j].Conj == 0 && f.d.Tokens[j].Prep == 0 {
		return end
	}
	return last
}

// tonight reports whether «الليلة» stands as an adverb.
func (f *finder) tonight(i, last int) bool {
	u, ok := f.unitAt(i)
	return ok && u.code == "D" && f.d.Tokens[i].Prep == 0 && f.ends(last) && !f.prep(i) && !f.is(i-1, "same")
}

// adverb reports whether a part of the day stands without a day, as «فجرا» or «بعد الظهر».
func (f *finder) adverb(i, last int, p string) bool {
	if !f.ends(last) && !f.is(last, "whole") {
		t := &f.d.Tokens[last]
		if last > i+1 || !strings.HasSuffix(f.d.Tokens[i].Fold, alef) || t.Def {
			return last > i+1 && f.d.Tokens[last-1].Def && p != "TMO"
		}
	}
	if last > i+1 {
		return f.d.Tokens[last-1].Def && p != "TMO"
	}
	t := &f.d.Tokens[i]
	return t.Prep == 0 && !t.Def && strings.HasSuffix(t.Fold, alef)
}

// withPart joins the part of the day toldYear after a day: «السبت مساء», «أمس ليلا».
func (f *finder) withPart(m moment) moment {
	if m.grain != day || m.first.IsZero() || m.first != m.end || m.last >= len(f.d.Tokens) || !f.same(m.start, m.last) {
		return m
	}
	p, last, ok := f.word(m.last, "daypart")
	if !ok || len(p) != 3 || len(f.d.Tokens[m.last].Base) <= 2 || f.d.Tokens[m.last].Conj != 0 || f.d.Tokens[m.last].Def {
		return m
	}
	if last != m.last+1 || !f.ends(last) && !strings.HasSuffix(f.d.Tokens[m.last].Fold, alef) {
		return m
	}
	return ofPart(m.first, p).at(m.start, last, "part/after day", 0.93)
}
