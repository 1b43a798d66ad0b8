package times

import (
	"time"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// shift gives the period of a unit n away from the day of publication.
func (f *finder) shift(code string, n int) moment { return period(f.pub, code, n) }

func period(t time.Time, code string, n int) moment {
	switch code {
	case "Y":
		return ofYear(t.Year() + n)
	case "M":
		t = date(t.Year(), int(t.Month())+n, 1)
		return ofMonth(t.Year(), int(t.Month()))
	case "W":
		return ofWeek(t.AddDate(0, 0, 7*n))
	case "DE":
		return ofDecade(t.Year() + 10*n)
	case "CE":
		return ofCentury((t.Year()+99)/100 + n)
	}
	return ofDay(t.AddDate(0, 0, n))
}

func unitGrain(code string) grain {
	switch code {
	case "CE":
		return century
	case "DE":
		return decade
	case "Y":
		return year
	case "M":
		return month
	case "W":
		return week
	}
	return day
}

// weekdaysIn reads the weekdays from and to after a week: «هذا الأسبوع من الثلاثاء إلى
// الخميس», «الأسبوع المقبل بين الأربعاء والجمعة».
func (f *finder) weekdaysIn(m moment) (moment, bool) {
	_, i, ok := f.word(m.last, "between")
	if !ok {
		_, i, ok = f.word(m.last, "of")
	}
	if !ok || !f.same(m.start, i) {
		return moment{}, false
	}
	a, last, ok := f.weekdayAt(i)
	if !ok {
		return moment{}, false
	}
	j, ok := f.to(last, i)
	if !ok {
		return moment{}, false
	}
	b, last, ok := f.weekdayAt(j)
	if !ok || b <= a {
		return moment{}, false
	}
	return ofSpan(m.first.AddDate(0, 0, a-1), m.first.AddDate(0, 0, b-1)).at(m.start, last, "weekday/week", 0.85), true
}

// definitePeriod reads «الأيام الثلاثة الماضية», «العامين الماضيين», «الساعات الـ24 المقبلة»:
// a duration up to or from publication.
func (f *finder) definitePeriod(i int, u unit) (moment, bool) {
	n, j := 2.0, u.last
	if f.article(j) {
		j++
	}
	switch r, ok := number.Read(f.d, j); {
	case ok && !r.Vague && !r.Share && f.d.Tokens[j].Conj == 0 && u.form&lex.Plural != 0:
		n, j = r.Value, r.Last
	case u.form&lex.Dual == 0:
		return moment{}, false
	}
	if j >= len(f.d.Tokens) || !f.same(i, j) {
		return moment{}, false
	}
	k, last, ok := f.offset(j)
	if !ok || k == earlier || k == later {
		return moment{}, false
	}
	return f.reaching(duration(n, u.code), n, u.code, k).at(i, last, "duration/relative", 0.95), true
}

// article reports whether token i is an article written before digits: «الـ24».
func (f *finder) article(i int) bool {
	if i < 0 || i+1 >= len(f.d.Tokens) || f.d.Tokens[i].Fold != script.Al || f.d.Tokens[i+1].Kind != ling.Number {
		return false
	}
	for _, r := range f.d.Text[f.d.Tokens[i].End:f.d.Tokens[i+1].Start] {
		if !script.IsMark(r) && r != ' ' {
			return false
		}
	}
	return true
}

// reaching sets the days of a duration that ends or begins at publication.
func (f *finder) reaching(m moment, n float64, code string, way int) moment {
	if !f.known || n != float64(int(n)) || n > 3000 || way == 0 {
		return m
	}
	if way < 0 {
		m.first, m.end = back(f.pub, int(n), code), f.pub
	} else {
		m.first, m.end = f.pub.AddDate(0, 0, 1), back(f.pub, -int(n), code)
	}
	if m.first.After(m.end) || m.first.Equal(m.end) && n != 1 {
		m.first, m.end = time.Time{}, time.Time{}
	}
	return m
}

// back counts n units back from t.
func back(t time.Time, n int, code string) time.Time {
	switch code {
	case "Y":
		return t.AddDate(-n, 0, 0)
	case "M":
		return t.AddDate(0, -n, 0)
	case "W":
		return t.AddDate(0, 0, -7*n)
	case "D":
		return t.AddDate(0, 0, -n)
	case "TH":
		return t.AddDate(0, 0, -n/24)
	case "DE":
		return t.AddDate(-10*n, 0, 0)
	case "CE":
		return t.AddDate(-100*n, 0, 0)
	}
	return t
}

// centuryOf reads «القرن التاسع عشر».
func (f *finder) centuryOf(i int, u unit) (moment, bool) {
	if f.d.Tokens[u.last].Conj != 0 || f.d.Tokens[u.last].Prep != 0 {
		return moment{}, false
	}
	n, last, ok := number.Ordinal(f.d, u.last)
	if !ok || n < 1 || n > 30 || !f.same(i, u.last) {
		return moment{}, false
	}
	if v, end, ok := f.word(last, "era"); ok {
		if v != "gregorian" {
			return moment{}, false
		}
		last = end
	}
	return ofCentury(n).at(i, last, "century", 0.93), true
}

// running reads «اليوم الثالث على التوالي» as a duration of three days.
func (f *finder) running(i int, u unit) (moment, bool) {
	if u.code != "D" && u.code != "W" && u.code != "TH" || f.d.Tokens[u.last].Conj != 0 {
		return moment{}, false
	}
	n, last, ok := number.Ordinal(f.d, u.last)
	if !ok {
		return moment{}, false
	}
	_, end, ok := f.word(last, "running")
	if !ok {
		return moment{}, false
	}
	return duration(float64(n), u.code).at(i, end, "duration/running", 0.9), true
}

// nth reads «الأسبوع الأول من أكتوبر», «الأسبوع الأخير من عام 2015».
func (f *finder) nth(i int, u unit) (moment, bool) {
	if u.code != "W" || f.d.Tokens[u.last].Conj != 0 {
		return moment{}, false
	}
	n, last, ok := number.Ordinal(f.d, u.last)
	if v, end, isLast := f.word(u.last, "last"); isLast && v == "latest" {
		n, last, ok = -1, end, true
	}
	if !ok || n > 53 {
		return moment{}, false
	}
	in := f.of(last)
	if in >= len(f.d.Tokens) || !f.same(i, in) {
		return moment{}, false
	}
	m, ok := f.plain(in, context{from: in, mod: "start"})
	if !ok || m.first.IsZero() || m.grain != month && m.grain != year {
		return moment{}, false
	}
	return nthWeek(m, n).at(i, m.last, "week/nth", 0.85), true
}

// nthWeek gives the n-th week of a month or year, or its last for -1. The first week
// has the first Thursday, as ISO 8601 counts.
func nthWeek(m moment, n int) moment {
	if n < 0 {
		w := ofWeek(m.end)
		if m.end.Sub(w.first) < 3*24*time.Hour {
			w = ofWeek(m.end.AddDate(0, 0, -7))
		}
		return w
	}
	w := ofWeek(m.first)
	if m.first.Sub(w.first) > 3*24*time.Hour {
		w = ofWeek(m.first.AddDate(0, 0, 7))
	}
	return ofWeek(w.first.AddDate(0, 0, 7*(n-1)))
}

// adjective reports whether t is known as an adjective.
func adjective(t *ling.Token) bool {
	return t.Vocab.POS&vocab.Adj != 0 && t.Vocab.POS&vocab.Proper == 0 && !t.Tables.Has(lex.Title)
}
