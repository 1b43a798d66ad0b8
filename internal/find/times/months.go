package times

import (
	"fmt"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// named is a month by its name or by two of them («أيار/مايو»).
type named struct {
	number int
	hijri  bool
	twice  bool // two names agree, which no other reading explains
	last   int
}

// monthAt reads a month's name at token i, with its other name after it.
func (f *finder) monthAt(i int) (named, bool) {
	if m, ok := f.bracketedMonth(i); ok {
		return m, true
	}
	if i >= len(f.d.Tokens) || f.d.Tokens[i].Kind != ling.Word {
		return named{}, false
	}
	s, last, ok := f.d.Match(i, lex.Month)
	if !ok {
		return named{}, false
	}
	r := &f.d.Lex.Months[s.Row]
	m := named{r.Number, r.Calendar == "hijri", false, last}
	j, bracket := last, false
	switch {
	case f.fold(j, "/") || f.dash(j):
		j++
	case f.fold(j, "("):
		j, bracket = j+1, true
	}
	if j >= len(f.d.Tokens) || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 {
		return m, true
	}
	if s, last, ok := f.d.Match(j, lex.Month); ok {
		if o := &f.d.Lex.Months[s.Row]; o.Number == m.number && (o.Calendar == "hijri") == m.hijri && f.same(i, j) {
			m.twice, m.last = true, last
			if bracket && f.fold(last, ")") {
				m.last++
			}
		}
	}
	return m, true
}

// bracketedMonth reads two names of a month with the first in brackets: «(آذار/) مارس».
func (f *finder) bracketedMonth(i int) (named, bool) {
	if !f.fold(i, "(") || i+1 >= len(f.d.Tokens) || !f.same(i, i+1) {
		return named{}, false
	}
	a, j, ok := f.d.Match(i+1, lex.Month)
	if !ok {
		return named{}, false
	}
	if f.fold(j, "/") {
		j++
	}
	if !f.fold(j, ")") || j+1 >= len(f.d.Tokens) || !f.same(i, j+1) {
		return named{}, false
	}
	b, last, ok := f.d.Match(j+1, lex.Month)
	if !ok {
		return named{}, false
	}
	m, o := &f.d.Lex.Months[a.Row], &f.d.Lex.Months[b.Row]
	return named{m.Number, m.Calendar == "hijri", true, last}, m.Number == o.Number && m.Calendar == o.Calendar
}

// monthLed reads a month without a day, from «شهر» or its name on.
func (f *finder) monthLed(i int, c context) (moment, bool) {
	j, shahr := i, false
	if u, ok := f.unitAt(i); ok && u.code == "M" && u.form == 0 && !u.pron {
		j, shahr = u.last, true
	}
	if this, last, ok := f.word(i, "this"); ok && this == "near" {
		j, shahr = last, true
	}
	if j >= len(f.d.Tokens) || shahr && (f.d.Tokens[j].Prep != 0 || f.d.Tokens[j].Conj != 0) {
		return moment{}, false
	}
	n, ok := f.monthAt(j)
	if !ok {
		return moment{}, false
	}
	y := f.yearAfter(n.last, n.hijri)
	if j > i && y.how == untold && f.is(i, "this") {
		y = toldYear{how: current, last: n.last}
	}
	sure := n.twice || shahr || y.how != untold && y.how != bracketed
	if !sure && !f.bareMonth(j, c) {
		return moment{}, false
	}
	if n.hijri {
		return f.hijriMonth(i, n, y)
	}
	return f.placeMonth(i, n, y)
}

// bareMonth reports whether a month's name without day, year or second name is one
// here: after a preposition or modifier, or a month just read.
func (f *finder) bareMonth(i int, c context) bool {
	t := &f.d.Tokens[i]
	if t.Tables&people != 0 && t.Vocab.POS&vocab.Proper != 0 && c.mod == "" && !f.strongPrep(i) {
		return false
	}
	if c.mod != "" || f.prep(i) || i > 0 && f.same(i-1, i) && f.is(i-1, "dated") && t.Conj == 0 {
		return true // «هجمات سبتمبر»
	}
	return f.follows(i)
}

// people are the tables whose names some months share.
var people = lex.In(lex.Person, lex.Short, lex.Forename, lex.Surname)

// strongPrep reports whether a word that only places in time stands before token i.
func (f *finder) strongPrep(i int) bool { return f.placing(i) }

// follows reports whether token i goes on a list whose last member was a time.
func (f *finder) follows(i int) bool {
	n := len(f.times)
	if f.is(i-1, "or") {
		return n > 0 && f.then.last == i-1
	}
	if i > 0 && f.d.Tokens[i-1].Fold == script.Waw {
		return n > 0 && f.then.last == i-1
	}
	return n > 0 && f.d.Tokens[i].Conj == 'w' && f.then.last == i
}

// placeMonth puts a Gregorian month in its year.
func (f *finder) placeMonth(i int, n named, y toldYear) (moment, bool) {
	last := n.last
	if y.how != untold {
		last = y.last
	}
	if year, ok := f.yearOf(i, y, n.number, 0); ok {
		return ofMonth(year, n.number).at(i, last, "month/"+y.how.String(), 0.93), true
	}
	if !f.known {
		m := timex("date", fmt.Sprintf("XXXX-%02d", n.number))
		return m.at(i, n.last, "month/unplaced", 0.8), true
	}
	return moment{}, false
}

// dayOfMonth reads a day and its month: «20 مارس 2018», «الثاني عشر من الشهر المقبل», and
// a stretch of days «20 إلى 26 أغسطس».
func (f *finder) dayOfMonth(i int) (moment, bool) {
	d1, last, ok := f.dayNumber(i)
	if !ok {
		return moment{}, false
	}
	if m, ok := f.inMonth(i, d1, d1, last); ok {
		return m, true
	}
	if j, ok := f.to(last, i); ok {
		if d2, last, ok := f.dayNumber(j); ok && d2 > d1 {
			return f.inMonth(i, d1, d2, last)
		}
	}
	if j, ok := f.and(last); ok && f.d.Tokens[i].Kind == ling.Number && f.same(i, j) {
		if d2, end, ok := f.dayNumber(j); ok && f.d.Tokens[j].Kind == ling.Number { // «9 و15 مارس»
			if m, ok := f.inMonth(j, d2, d2, end); ok && m.grain == day && f.depth < nesting && valid(m.first.Year(), int(m.first.Month()), d1) {
				return ofDay(date(m.first.Year(), int(m.first.Month()), d1)).at(i, last, "day/list", 0.85), true
			}
			f.skip = 0
		}
	}
	return moment{}, false
}

// dayNumber reads the number of a day of a month, as an ordinal or a cardinal.
func (f *finder) dayNumber(i int) (n, last int, ok bool) {
	if i >= len(f.d.Tokens) {
		return 0, 0, false
	}
	if f.d.Tokens[i].Kind == ling.Word {
		if n, last, ok := number.Ordinal(f.d, i); ok && n <= 31 {
			return n, last, true
		}
	} else if s := f.d.Tokens[i].Fold; len(s) > 2 {
		return 0, 0, false
	}
	r, ok := number.Read(f.d, i)
	if !ok || !r.Whole() || r.Value < 1 || r.Value > 31 {
		return 0, 0, false
	}
	return int(r.Value), r.Last, true
}

// to reads what joins the two ends of a stretch after token i: a dash, «إلى», or و when
// «بين» stood before it.
func (f *finder) to(i, from int) (int, bool) {
	if i >= len(f.d.Tokens) || !f.same(from, i) {
		return 0, false
	}
	if f.dash(i) {
		return i + 1, f.same(from, i+1)
	}
	if _, last, ok := f.word(i, "to"); ok && f.same(from, last) {
		return last, true
	}
	if j, ok := f.and(i); ok && f.before(from, "between") {
		return j, f.same(from, j)
	}
	return 0, false
}

// inMonth reads the month after the number of a day and places the days d1 to d2.
func (f *finder) inMonth(i, d1, d2, j int) (moment, bool) {
	if j >= len(f.d.Tokens) || !f.same(i, j) {
		return moment{}, false
	}
	sign := f.fold(j, "/") || f.dash(j) // «2/ أكتوبر»
	if sign {
		j++
	}
	of := f.of(j)
	if of < len(f.d.Tokens) && f.same(i, of) {
		if of > j || d1 != d2 || f.is(of, "this") {
			if m, ok := f.daysOf(i, of, d1, d2); ok || f.skip > i {
				return m, ok
			}
		}
	}
	if u, ok := f.unitAt(of); ok && u.code == "M" && u.form == 0 {
		if t := &f.d.Tokens[i]; of == j && t.Kind == ling.Word && !t.Def {
			return moment{}, false // «أول شهر رمضان»
		}
		of = u.last
	}
	if of >= len(f.d.Tokens) || f.d.Tokens[of].Conj != 0 || f.d.Tokens[of].Prep != 0 {
		return moment{}, false
	}
	n, ok := f.monthAt(of)
	if !ok || !f.same(i, of) {
		return f.dayOfThis(i, d1, d2, j)
	}
	y := f.yearAfter(n.last, n.hijri)
	if n.hijri {
		if y.how == untold && of == j && f.d.Tokens[of].Tables.Has(lex.Number) || sign {
			return moment{}, false // «2-صفر»
		}
		return f.hijriDay(i, d1, d2, n, y)
	}
	return f.placeDay(i, d1, d2, n, y)
}
