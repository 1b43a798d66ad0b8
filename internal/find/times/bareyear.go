package times

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// bareYear reads four digits that are a year by what stands before them.
func (f *finder) bareYear(i int, c context) (moment, bool) {
	y, last, ok := f.yearNumber(i, false)
	if !ok || i > 0 && f.fold(i-1, ".") && f.d.Tokens[i-1].End == f.d.Tokens[i].Start {
		return moment{}, false
	}
	if hijri, end := f.era(last); end > last {
		if hijri {
			return hijriYear(i, y, end)
		}
		return ofYear(y).at(i, end, "year/era", 0.95), y < 2200
	}
	if m, ok := f.yearRange(i, y, last); ok && f.fold(i-1, "(") && f.fold(m.last, ")") {
		return m, true // «فولتير (1694-1778)»
	}
	if y < 1800 || y > 2100 {
		return moment{}, false
	}
	if m, ok := f.yearRange(i, y, last); ok && y >= 1900 {
		return m, true
	}
	if f.fold(last, "/") || f.fold(last, ":") && f.touch(last) || f.fold(last, "-") && f.touch(last) {
		return moment{}, false
	}
	switch {
	case c.mod != "" && c.mod != "approx" && c.mod != "more_than" && c.mod != "less_than":
		return ofYear(y).at(i, last, "year/modifier", 0.95), true
	case f.yearPlace(i, y):
		return ofYear(y).at(i, last, "year/preposition", 0.95), true
	case f.follows(i) && f.then.grain == year:
		return ofYear(y).at(i, last, "year/list", 0.9), true
	case f.fold(i-1, "(") && y > 1900 && (f.fold(last, ")") || f.listed(last, 0)), f.is(i-1, "between") && f.listed(last, y):
		return ofYear(y).at(i, last, "year/bracket", 0.85), true
	}
	return moment{}, false
}

// wordYear reads a year told in words after «في»: «في ألف وتسعمئة وخمسين».
func (f *finder) wordYear(i int) (moment, bool) {
	if !f.is(i-1, "in") || f.d.Tokens[i].Def {
		return moment{}, false
	}
	y, last, ok := f.yearNumber(i, true)
	if !ok || last < i+2 || !f.sentenceYear(last) || y%100 == 0 {
		return moment{}, false
	}
	return ofYear(y).at(i, last, "year/words", 0.85), true
}

// listed reports whether another year, after y, follows at token i, joined by و.
func (f *finder) listed(i, y int) bool {
	j, ok := f.and(i)
	if !ok || !f.same(i-1, j) {
		return false
	}
	z, _, ok := f.yearNumber(j, false)
	return ok && z > y
}

// touch reports whether token i stands right against the one after it.
func (f *finder) touch(i int) bool {
	return i+1 < len(f.d.Tokens) && f.d.Tokens[i].End == f.d.Tokens[i+1].Start
}

// deeds are the tables of nouns that a year may follow as their own.
var deeds = lex.In(lex.EventNoun, lex.Trigger)

// yearPlace reports whether the word before digits makes them a year. Those that also
// stand before counts ask for a year near our time.
func (f *finder) yearPlace(i, y int) bool {
	if i == 0 || !f.same(i-1, i) {
		return false
	}
	near := !f.known || y >= f.pub.Year()-130 && y <= f.pub.Year()+60
	if !near {
		return false
	}
	if f.placing(i) || f.is(i-1, "in") {
		return true
	}
	if b := &f.d.Tokens[i-1]; (b.Tables&deeds != 0 || f.is(i-1, "dated")) && !b.Def && !b.Pron && !perfect(b) && !imperfect(b) {
		return y <= f.pub.Year()+20 && f.sentenceYear(i+1) // «حرب 1967»
	}
	if f.held(i) {
		return y <= f.pub.Year()+20 && f.sentenceYear(i+1) // «الانتخابات الرئاسية 2016»
	}
	if f.is(i-1, "to") || f.is(i-1, "of") || f.is(i-1, "after") {
		return y%100 != 0 && (!f.known || y > f.pub.Year()-80 && y < f.pub.Year()+40) && f.sentenceYear(i+1)
	}
	return false
}

// held reports whether only words with the article stand between token i and a noun that
// a year may follow.
func (f *finder) held(i int) bool {
	if !f.known || f.d.Tokens[i-1].Kind != ling.Word || !f.d.Tokens[i-1].Def {
		return false
	}
	for j := i - 1; j >= 0 && j > i-5 && f.same(j, i); j-- {
		if f.is(j, "dated") {
			return true
		}
		if t := &f.d.Tokens[j]; t.Kind != ling.Word || !t.Def || t.Prep != 0 || t.Conj != 0 {
			return false
		}
	}
	return false
}

// sentenceYear reports whether what stands after four digits leaves them a year: no
// noun that they could count.
func (f *finder) sentenceYear(i int) bool {
	if f.sentenceEnd(i) {
		return true
	}
	t := &f.d.Tokens[i]
	return t.Conj != 0 || t.Prep != 0 || t.Def || t.Is(lex.Prep|lex.TimeConj|lex.Rel|lex.Subord|lex.While|lex.Because|lex.But) || f.is(i, "to")
}
