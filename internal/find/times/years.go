package times

import (
	"fmt"
	"strconv"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
)

// how says how the year of a month or season is told.
type how uint8

const (
	untold    how = iota
	given         // 2018
	bracketed     // (2018)
	current       // الجاري
	lastOne       // الماضي
	nextOne       // المقبل
)

func (h how) String() string {
	return [...]string{"nearest", "year", "year", "this", "last", "next"}[h]
}

// toldYear is the year told after a month, season or day.
type toldYear struct {
	how   how
	year  int
	hijri bool
	last  int
}

// yearAfter reads the year told at token i: «2018», «(2018)», «من عام 2018», «من العام
// الماضي», «الماضي».
func (f *finder) yearAfter(i int, hijri bool) toldYear {
	if i >= len(f.d.Tokens) || i > 0 && !f.same(i-1, i) {
		return toldYear{}
	}
	if y, last, ok := f.yearNumber(i, true); ok && f.fits(y, hijri) {
		h, last := f.era(last)
		return toldYear{given, y, h || hijri, last}
	}
	if f.fold(i, "(") {
		if y, last, ok := f.yearNumber(i+1, false); ok && f.fold(last, ")") && f.fits(y, hijri) {
			return toldYear{bracketed, y, hijri, last}
		}
		return toldYear{}
	}
	if (f.fold(i, ",") || f.fold(i, "،")) && i+1 < len(f.d.Tokens) {
		if y, last, ok := f.yearNumber(i+1, true); ok && f.fits(y, hijri) && !hijri && f.sentenceEnd(last) {
			return toldYear{given, y, hijri, last}
		}
		return toldYear{}
	}
	if v, last, ok := f.word(i, "last"); ok && v != "earlier" {
		return toldYear{how: lastOne, last: last}
	}
	if v, last, ok := f.word(i, "next"); ok && v != "later" {
		return toldYear{how: nextOne, last: last}
	}
	if v, last, ok := f.word(i, "this"); ok && v != "near" {
		return toldYear{how: current, last: last}
	}
	return f.yearOfUnit(i, hijri)
}

// fits reports whether y may be a year of the calendar in news.
func (f *finder) fits(y int, hijri bool) bool {
	if hijri {
		return y >= 1 && y < 1600
	}
	return y >= 1000 && y < 2200
}

// sentenceEnd reports whether a sign or the end of the sentence stands at token i.
func (f *finder) sentenceEnd(i int) bool {
	return i >= len(f.d.Tokens) || !f.same(i-1, i) || f.d.Tokens[i].Kind != ling.Word
}

// yearOfUnit reads «من عام 2018», «العام الماضي», «من العام نفسه» after a month.
func (f *finder) yearOfUnit(i int, hijri bool) toldYear {
	j := f.of(i)
	if j >= len(f.d.Tokens) || !f.same(i, j) {
		return toldYear{}
	}
	if u, ok := f.unitAt(j); !ok || u.code != "Y" {
		if _, last, ok := f.word(j, "this"); !ok || last >= len(f.d.Tokens) || f.d.Tokens[j].Prep != 0 {
			return toldYear{}
		} else if u, ok := f.unitAt(last); !ok || u.code != "Y" {
			return toldYear{}
		}
	}
	m, ok := f.unitLed(j, context{from: j})
	if !ok || m.grain != year || m.first.IsZero() {
		return toldYear{}
	}
	return toldYear{given, m.first.Year(), false, m.last}
}

// yearNumber reads a year at token i, in four digits or, where words may tell it, in
// words from a thousand on («ألفين وثمانية عشر»).
func (f *finder) yearNumber(i int, words bool) (y, last int, ok bool) {
	if i >= len(f.d.Tokens) {
		return 0, 0, false
	}
	t := &f.d.Tokens[i]
	if t.Kind == ling.Number {
		if len(t.Fold) != 4 || f.counting(i+1) {
			return 0, 0, false
		}
		y, err := strconv.Atoi(t.Fold)
		return y, i + 1, err == nil
	}
	if !words || t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || !number.May(t) {
		return 0, 0, false
	}
	n, ok := number.Read(f.d, i)
	if ok && (n.Value == 19 || n.Value == 20) && !n.Digits && n.Last < len(f.d.Tokens) && f.same(i, n.Last) && f.d.Tokens[n.Last].Kind == ling.Word {
		if z, ok := number.Read(f.d, n.Last); ok && z.Whole() && z.Value >= 10 && z.Value < 100 && !f.counting(z.Last) {
			return int(n.Value*100 + z.Value), z.Last, true // «عام تسعة عشر ثمانية وسبعين»
		}
	}
	if !ok || n.Digits || !n.Whole() || n.Value < 1300 || n.Value > 2100 || n.Last < len(f.d.Tokens) && f.counting(n.Last) {
		return 0, 0, false
	}
	return int(n.Value), n.Last, true
}

// joining are the classes of words that begin what a year does not count.
const joining = lex.Prep | lex.Rel | lex.Subord | lex.Pron | lex.Demo | lex.Neg | lex.While | lex.Because | lex.But | lex.TimeConj

// counting reports whether token i is a noun or scale that a number before it counts.
func (f *finder) counting(i int) bool {
	if i >= len(f.d.Tokens) || !f.same(i-1, i) {
		return false
	}
	t := &f.d.Tokens[i]
	if t.Fold == "%" {
		return true
	}
	if _, s, ok := f.d.PhraseOf(i, lex.Unit); ok && f.d.Lex.Units[s.Row].Class != "time" {
		return true // «في المئة»
	}
	if t.Kind != ling.Word || t.Def || t.Conj != 0 || t.Prep != 0 || t.Pron || t.Is(joining) {
		return false
	}
	if s, ok := t.Sense(lex.Number); ok {
		return f.d.Lex.Numbers[s.Row].Kind == "scale"
	}
	if t.Tables.Has(lex.Currency) {
		return true
	}
	s, ok := t.Sense(lex.Unit)
	if !ok {
		s, ok = t.Sense(lex.Nation)
		return ok && s.Form&lex.Accusative != 0
	}
	return s.Form&lex.Accusative != 0 || f.d.Lex.Units[s.Row].Class != "time" && t.Tables&verbs == 0 && !t.Is(^lex.Class(0))
}

// era reads the mark of a calendar after a year: whether it is the Hijri one.
func (f *finder) era(i int) (hijri bool, last int) {
	if v, last, ok := f.word(i, "era"); ok && v != "bc" && f.same(i-1, i) {
		return v == "hijri", last
	}
	return false, i
}

// yearLed reads a year after its noun: «عام 2015», «سنة 1442 هـ», «عامي 2017 و2018».
func (f *finder) yearLed(i int, u unit) (moment, bool) {
	if u.code != "Y" || u.last >= len(f.d.Tokens) || !f.same(i, u.last) {
		return moment{}, false
	}
	y, last, ok := f.yearNumber(u.last, true)
	if !ok {
		y, last, ok = f.oldYear(u.last)
	}
	if !ok || y < 1 || y > 2200 {
		return moment{}, false
	}
	hijri, last := f.era(last)
	if v, _, ok := f.word(last, "era"); ok && v == "bc" {
		return moment{}, false
	}
	if hijri || y < 1500 && y >= 1356 && !u.pron && f.hijriWord(u) {
		return hijriYear(i, y, last)
	}
	if u.pron || u.form&lex.Dual != 0 {
		if j, ok := f.and(last); ok && f.before(i, "between") {
			if z, last, ok := f.yearNumber(j, false); ok && z > y {
				return ofYears(y, z).at(i, last, "year/between", 0.9), true
			}
		}
	}
	if m, ok := f.yearRange(i, y, last); ok {
		return m, true
	}
	return ofYear(y).at(i, last, "year/noun", 0.98), true
}

// hijriWord reports whether the noun of a year names the Hijri calendar itself.
func (f *finder) hijriWord(u unit) bool { return f.is(u.last-1, "era") }

// oldYear reads a year of fewer digits with its era («سنة 656 هجرية»), and one whose next
// word it could count but for the noun before it («ألف عام 2009 كتابا»).
func (f *finder) oldYear(i int) (y, last int, ok bool) {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Number || len(t.Fold) > 4 || len(t.Fold) < 4 && !f.is(i+1, "era") {
		return 0, 0, false
	}
	y, err := strconv.Atoi(t.Fold)
	return y, i + 1, err == nil
}

func ofYears(a, b int) moment {
	return dated(fmt.Sprintf("%04d/%04d", a, b), year, date(a, 1, 1), date(b, 12, 31))
}

// yearRange reads the second year of «1950-1953», «2017/2018».
func (f *finder) yearRange(i, y, j int) (moment, bool) {
	if !(f.dash(j) || f.fold(j, "/")) || j+1 >= len(f.d.Tokens) || !f.same(i, j+1) {
		return moment{}, false
	}
	z, last, ok := f.yearNumber(j+1, false)
	if !ok || z <= y || z > 2200 || z-y > 300 {
		return moment{}, false
	}
	if f.dash(last) || f.fold(last, "/") {
		return moment{}, false
	}
	return ofYears(y, z).at(i, last, "year/range", 0.93), true
}
