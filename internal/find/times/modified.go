package times

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// modified reads a modifier and the expression it belongs to: «نهاية العام», «نحو ثلاثين
// عاما», «أكثر من 18 عاما», «بقية الأسبوع».
func (f *finder) modified(i int) (moment, bool) {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word || !t.Tables.Has(lex.TimeWord) && !t.Word.Begins() && !t.StemWord.Begins() {
		return moment{}, false
	}
	if m, ok := f.rest(i); ok {
		return m, true
	}
	if m, ok := f.weekendLed(i); ok {
		return m, true
	}
	mod, last, ok := f.word(i, "mod")
	if !ok || last >= len(f.d.Tokens) || mod == "before" || mod == "after" || !f.same(i, last) {
		return moment{}, false
	}
	j := last
	if narrows(mod) {
		j = f.of(last)
	}
	if j >= len(f.d.Tokens) || !f.same(i, j) || f.d.Tokens[j].Conj != 0 {
		return moment{}, false
	}
	m, ok := f.plain(j, context{from: i, mod: mod})
	if !ok || !f.agree(mod, m) {
		return moment{}, false
	}
	if narrows(mod) {
		m = m.modify(mod)
	} else {
		m.mod = mod
	}
	start := i
	if !narrows(mod) && (perfect(t) || imperfect(t) || strings.HasPrefix(t.Base, script.Ba)) {
		start = j // neither a verb nor a preposition is of the expression
	}
	return m.at(start, m.last, m.trust.Rule, m.trust.Confidence), true
}

// agree reports whether a modifier can belong to an expression: a part is of a date, a
// bound of a length.
func (f *finder) agree(mod string, m moment) bool {
	if narrows(mod) {
		return m.grain != undated && m.grain != part && m.mod == "" && (m.grain != day || m.first != m.end)
	}
	if m.trust.Rule == "ago" || m.typ == "duration" {
		return m.mod == ""
	}
	return mod == "approx" && (m.grain == year || m.typ == "time") && m.mod == ""
}

// rest reads «بقية العام»: from publication to the end of the period.
func (f *finder) rest(i int) (moment, bool) {
	_, last, ok := f.word(i, "rest")
	if !ok || !f.known || last >= len(f.d.Tokens) || !f.same(i, last) {
		return moment{}, false
	}
	m, ok := f.plain(f.of(last), context{from: i, mod: "rest"})
	if !ok || m.grain == undated || m.first.After(f.pub) || !m.end.After(f.pub) {
		return moment{}, false
	}
	m.first = f.pub
	return m.at(i, m.last, "rest", 0.85), true
}

// weekendLed reads «نهاية الأسبوع», «نهاية هذا الأسبوع», «عطلة نهاية الأسبوع الماضي».
func (f *finder) weekendLed(i int) (moment, bool) {
	_, last, ok := f.word(i, "weekend")
	if !ok || !f.known {
		return moment{}, false
	}
	back := isoWeekday(f.pub) < 6 // the weekend of this week is still to come
	if last < len(f.d.Tokens) && f.same(i, last) {
		if n, end, ok := f.offset(last); ok && n >= -2 && n <= 2 {
			if n == 0 {
				return f.weekendNear(i, end, back)
			}
			if n < 0 && !back {
				n = -1
			}
			return ofWeekend(f.pub.AddDate(0, 0, 7*n)).at(i, end, "weekend/relative", 0.85), true
		}
	}
	return f.weekendNear(i, last, back)
}

// weekendNear places a weekend by the tense of its clause.
func (f *finder) weekendNear(i, last int, ahead bool) (moment, bool) {
	if ahead && f.tense(i) == past {
		return ofWeekend(f.pub.AddDate(0, 0, -7)).at(i, last, "weekend/past", 0.85), true
	}
	return ofWeekend(f.pub).at(i, last, "weekend", 0.85), true
}
