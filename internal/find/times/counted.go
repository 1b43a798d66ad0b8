package times

import (
	"strconv"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/script"
)

// amount is a length of time: how many of which unit.
type amount struct {
	n      float64
	vague  bool
	code   string
	last   int
	more   string // further, smaller units, in TIMEX
	parts  []amount
	upto   float64 // the other end of a range, or 0
	single bool    // the unit stands alone in the singular: «عام»
	bare   bool    // or in the plural: «أيام»
}

// counted reads a length of time: a number and a unit, a dual, or after a preposition a
// unit alone. After «قبل» and «منذ» it is a date counted back from publication.
func (f *finder) counted(i int, c context) (moment, bool) {
	a, ok := f.amount(i)
	if !ok || !f.lasting(i, a, c) || f.age(i, a, c) {
		return moment{}, false
	}
	last := a.last
	if m, ok := f.fromNow(i, a, c); ok {
		return m, true
	}
	if !a.vague && a.more == "" && a.upto == 0 {
		if m, ok := f.ago(i, a, c); ok {
			return m, true
		}
	}
	way := 0
	if last < len(f.d.Tokens) && f.same(i, last) {
		if n, end, ok := f.offset(last); ok && n != earlier && n != later {
			way, last = n, end
			if n == latest {
				way = -1
			}
		}
	}
	m := a.timex()
	if way == 0 && f.pending(i, last, c) {
		way = 1
	}
	if way != 0 {
		m = f.reaching(m, a.n, a.code, way)
	}
	conf := 0.95
	if a.single || a.bare {
		conf = 0.85
	}
	return m.at(i, last, "duration", conf), true
}

// timex gives the amount as a duration.
func (a amount) timex() moment {
	if a.vague {
		return timex("duration", durationText("X", a.code))
	}
	m := duration(a.n, a.code)
	if a.more != "" {
		m.value = joinDuration(m.value, a.more)
	}
	if a.upto != 0 {
		m.mod = "equal_or_more"
	}
	return m
}

// duration gives n units. Half an hour is told in minutes, half a century in years.
func duration(n float64, code string) moment {
	switch {
	case code == "TH" && n != float64(int(n)) && n*60 == float64(int(n*60)):
		h := int(n)
		v := "PT"
		if h > 0 {
			v += strconv.Itoa(h) + "H"
		}
		return timex("duration", v+strconv.Itoa(int(n*60)-h*60)+"M")
	case code == "CE" && n < 1:
		n, code = n*100, "Y"
	case code == "ML":
		n, code = n*1000, "Y"
	}
	return timex("duration", durationText(strconv.FormatFloat(n, 'f', -1, 64), code))
}

func durationText(n, code string) string {
	if t, ok := strings.CutPrefix(code, "T"); ok {
		return "PT" + n + t
	}
	return "P" + n + code
}

// joinDuration sets a smaller duration after a larger one.
func joinDuration(a, b string) string {
	b = b[1:]
	if strings.Contains(a, "T") {
		b = strings.TrimPrefix(b, "T")
	}
	return a + b
}

// amount reads the number and the unit at token i.
func (f *finder) amount(i int) (amount, bool) {
	a, ok := f.simple(i)
	if !ok {
		return a, false
	}
	for a.last < len(f.d.Tokens) && f.same(i, a.last) {
		if !f.further(&a) {
			break
		}
	}
	return a, true
}

// simple reads one number and its unit.
func (f *finder) simple(i int) (amount, bool) {
	if u, ok := f.unitAt(i); ok && !u.pron {
		return f.unnumbered(i, u)
	}
	if !number.May(&f.d.Tokens[i]) {
		return amount{}, false
	}
	n, ok := number.Read(f.d, i)
	if !ok {
		return amount{}, false
	}
	a := amount{n: n.Value, vague: n.Vague}
	j := n.Last
	if k, ok := f.to(j, i); ok && !n.Vague {
		if z, ok := number.Read(f.d, k); ok && !z.Vague && z.Value > n.Value {
			a.upto, j = z.Value, z.Last
		}
	} else if k, ok := f.or(j, i); ok && !n.Vague {
		if z, ok := number.Read(f.d, k); ok && !z.Vague && z.Value > n.Value {
			a.upto, j = z.Value, z.Last
		}
	}
	if j >= len(f.d.Tokens) || !f.same(i, j) || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 && !f.fold(j-1, script.Lam) {
		return amount{}, false
	}
	u, ok := f.unitAt(j)
	if !ok || u.pron || u.form&lex.Dual != 0 && u.form&lex.Plural == 0 {
		return amount{}, false
	}
	if n.Vague && n.Def {
		return amount{}, false // «تظاهر الآلاف يوم السبت»
	}
	if u.def && !n.Def && !n.Share && (!n.Digits || n.Scale != 0 || u.form&lex.Plural == 0) {
		return amount{}, false
	}
	if u.code == "Y" && u.form == 0 && u.last < len(f.d.Tokens) && f.same(i, u.last) && f.d.Tokens[u.last].Kind == ling.Number {
		return amount{}, false // «الثاني والعشرين عام 2014»
	}
	a.code, a.last = u.code, u.last
	return a, a.n < 1e11
}

// or reads «أو» between two numbers.
func (f *finder) or(i, from int) (int, bool) {
	if _, last, ok := f.word(i, "or"); ok && f.same(from, last) {
		return last, true
	}
	return 0, false
}

// unnumbered reads a dual, or a unit whose number is in its form.
func (f *finder) unnumbered(i int, u unit) (amount, bool) {
	a := amount{n: 1, code: u.code, last: u.last}
	switch {
	case u.form&lex.Dual != 0:
		if i > 0 && f.d.Tokens[i-1].Kind == ling.Number && f.same(i-1, i) && f.then.last != i && f.d.Tokens[i].Conj == 0 && f.d.Tokens[i].Prep == 0 {
			return a, false // «39 سنتا»
		}
		a.n = 2
	case u.form&lex.Plural != 0:
		a.vague, a.bare = true, true
	default:
		a.single = true
		if n, ok := f.one(u.last); ok {
			a.single, a.last = false, n
		}
	}
	if u.def && !a.single {
		return a, false
	}
	if !a.bare && !u.def {
		if _, last, ok := f.word(a.last, "whole"); ok && f.same(i, a.last) {
			a.last, a.single = last, false
		}
	}
	return a, true
}

// one reads the numeral one after a singular: «عام واحد».
func (f *finder) one(i int) (int, bool) {
	if i >= len(f.d.Tokens) || !f.same(i-1, i) || f.d.Tokens[i].Conj != 0 || f.d.Tokens[i].Prep != 0 || f.d.Tokens[i].Def {
		return 0, false
	}
	s, ok := f.d.Tokens[i].Sense(lex.Number)
	if !ok {
		return 0, false
	}
	r := &f.d.Lex.Numbers[s.Row]
	return i + 1, r.Kind == "unit" && r.Value == 1
}

// further reads «ونصف» or «و21 يوما» after an amount.
func (f *finder) further(a *amount) bool {
	j, ok := f.and(a.last)
	if !ok && f.numbered(a.last) && smaller(a.code) < smaller("Y") {
		j, ok = a.last, true // «ساعة 30 دقيقة»
	}
	if !ok || a.vague || a.upto != 0 || !f.same(a.last, j) {
		return false
	}
	if n, ok := number.Read(f.d, j); ok && n.Share && n.Value < 1 && a.more == "" {
		last, ok := f.shared(a.code, n.Last)
		if ok {
			a.n, a.last, a.single = a.n+n.Value, last, false
			return false
		}
	}
	b, ok := f.simple(j)
	if !ok || b.vague || b.bare || b.upto != 0 || smaller(a.code) <= smaller(b.code) {
		return false
	}
	v := duration(b.n, b.code).value
	if a.more != "" {
		v = joinDuration(a.more, v)
	}
	a.more, a.last, a.single = v, b.last, false
	a.parts = append(a.parts, b)
	return true
}

// numbered reports whether a number stands at token i.
func (f *finder) numbered(i int) bool {
	t := &f.d.Tokens[i]
	return t.Conj == 0 && t.Prep == 0 && !t.Def && (t.Kind == ling.Number || t.Tables.Has(lex.Number))
}

// shared reads what follows the fraction of an amount: nothing, or its unit once more
// («عامين ونصف العام»).
func (f *finder) shared(code string, i int) (int, bool) {
	u, ok := f.unitAt(i)
	if !ok || u.pron || f.d.Tokens[i].Conj != 0 || !f.same(i-1, i) {
		return i, true
	}
	return u.last, u.code == code && u.def
}

// smaller ranks the units by length.
func smaller(code string) int {
	for i, u := range [...]string{"TS", "TM", "TH", "D", "W", "M", "Y", "DE", "CE", "ML"} {
		if u == code {
			return i
		}
	}
	return -1
}
