package times

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// pending reports whether a length of time begins at publication: after «بعد» or «في
// غضون» in a clause that looks ahead, with nothing else to count from.
func (f *finder) pending(i, last int, c context) bool {
	after := f.before(c.from, "after")
	if !after && !f.before(c.from, "within") || last < len(f.d.Tokens) && f.same(i, last) && (f.is(last, "of") || f.d.Tokens[last].Is(lex.Prep) && after && !f.is(last, "in")) {
		return false
	}
	return f.undone(i)
}

// fromNow reads a length of time counted from publication: «بعد شهر و21 يوما من الآن».
func (f *finder) fromNow(i int, a amount, c context) (moment, bool) {
	j := f.of(a.last)
	if j == a.last || !f.known || a.vague || a.upto != 0 || a.n > 3000 || j >= len(f.d.Tokens) || !f.same(i, j) {
		return moment{}, false
	}
	v, last, ok := f.word(j, "reference")
	if !ok || v != "PRESENT_REF" {
		return moment{}, false
	}
	way := -1
	if f.before(c.from, "ago") || !f.before(c.from, "after") && f.tense(i) == past {
		way = 1
	}
	t := back(f.pub, way*int(a.n), a.code)
	for _, p := range a.parts {
		t = back(t, way*int(min(p.n, 3000)), p.code)
	}
	if t.Year() < 1 || t.Year() > 9999 {
		return moment{}, false
	}
	return ofDay(t).at(i, last, "from now", 0.85), true
}

// lasting reports whether a unit without a number is a length of time here: a singular
// or plural alone needs a word before it that asks for one.
func (f *finder) lasting(i int, a amount, c context) bool {
	if !a.single && !a.bare {
		return true
	}
	t := &f.d.Tokens[i]
	if t.Def {
		return a.single && a.code != "DE" && f.before(c.from, "for")
	}
	if c.mod != "" && (c.mod == "approx" || c.mod == "more_than" || c.mod == "less_than" || c.mod == "equal_or_more" || c.mod == "equal_or_less") {
		return f.ends(a.last) || f.before(c.from, "since") || f.before(c.from, "for") || f.before(c.from, "within")
	}
	asked := t.Prep == 'b' && a.bare || t.Prep == 'l' && a.bare ||
		f.before(i, "ago") || f.before(i, "for") || f.before(i, "within") || f.is(i-1, "after") || f.is(i-1, "lapse") && !f.d.Tokens[i-1].Def
	if !asked || !f.ends(a.last) && !f.trailing(a.last) && !f.possessed(i, a) {
		return false
	}
	return a.code != "TS" || !a.single
}

// possessed reports whether a week or month after «قبل» stands apart from an indefinite
// noun after it: «أرجأ قبل أسبوع تتويج الفريق».
func (f *finder) possessed(i int, a amount) bool {
	if !a.single || a.code != "W" && a.code != "M" || !f.before(i, "ago") || a.last >= len(f.d.Tokens) {
		return false
	}
	t := &f.d.Tokens[a.last]
	return t.Kind == ling.Word && !t.Def && t.Vocab.POS&vocab.Proper == 0 && t.Tables&leads == 0 && t.Vocab.POS&vocab.Noun != 0
}

// ends reports whether what stands at token i does not belong to the unit before it: a
// noun would make it «عام الانتخابات».
func (f *finder) ends(i int) bool {
	if f.sentenceEnd(i) {
		return true
	}
	t := &f.d.Tokens[i]
	if t.Conj != 0 || t.Prep != 0 || t.Is(^(lex.Pron | lex.Demo)) || perfect(t) || imperfect(t) || t.Fut {
		return true
	}
	return f.is(i, "of") || f.is(i, "whole")
}

// trailing reports whether token i is an adjective of length after a bare unit: «أيام
// أخرى», «سنوات طويلة».
func (f *finder) trailing(i int) bool {
	t := &f.d.Tokens[i]
	return !t.Def && (adjective(t) || f.is(i, "few"))
}

// ago reads an amount after «قبل» or «منذ» as the date it lands on, unless what it is
// counted from follows («قبل عامين من الحرب»).
func (f *finder) ago(i int, a amount, c context) (moment, bool) {
	if !f.before(c.from, "ago") || !f.known || a.n != float64(int(a.n)) {
		return moment{}, false
	}
	since := f.before(c.from, "since")
	if since && (c.mod == "more_than" || c.mod == "less_than") {
		return moment{}, false // «منذ أكثر من عقد» has no date
	}
	if !since && a.last < len(f.d.Tokens) && f.same(i, a.last) && f.is(a.last, "of") && !f.is(a.last+1, "reference") {
		return moment{}, false
	}
	n := int(a.n)
	if n > 3000 || a.code == "TS" || a.code == "TM" || a.code == "ML" || a.code == "CE" && n > 15 {
		return moment{}, false
	}
	t := back(f.pub, n, a.code)
	if t.Year() < 1 {
		return moment{}, false
	}
	code := a.code
	if code == "TH" {
		if n < 12 {
			return moment{}, false
		}
		code = "D"
	}
	return period(t, code, 0).at(i, a.last, "ago", 0.93), true
}

// age reports whether years are somebody's age: the word for it stands near, or they
// stand in brackets or between commas after a name.
func (f *finder) age(i int, a amount, c context) bool {
	if a.code != "Y" && a.code != "M" && a.code != "D" || a.bare || a.single {
		return false
	}
	if c.mod != "" && f.is(c.from, "age") {
		return true
	}
	if f.aged(c.from) || a.code == "Y" && a.n <= 120 && (f.before(c.from, "aged") || f.article(c.from-1) && f.before(c.from-1, "aged")) {
		return true
	}
	if j := f.of(a.last); f.is(j, "age") {
		return true
	}
	if a.code != "Y" || a.n < 1 || a.n > 120 {
		return false
	}
	if f.apart(a.last) && a.upto == 0 && c.mod == "" && c.from > 0 && f.same(c.from-1, a.last) && f.numbered(i) && f.named(c.from-1) {
		return true // «وابنته ليلى 33 عاما،»
	}
	return f.fold(c.from-1, "(") && f.fold(a.last, ")") || f.apart(c.from-1) && f.apart(a.last) && f.nameBefore(c.from-2)
}

// aged reports whether a word of age stands close before token i.
func (f *finder) aged(i int) bool {
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		if !f.same(j, i) || f.d.Tokens[j].Kind == ling.Punct && j != i-1 {
			return false
		}
		if f.is(j, "age") {
			return true
		}
	}
	return false
}

func (f *finder) apart(i int) bool { return f.fold(i, "،") || f.fold(i, ",") }

// named reports whether token i is hardly anything but the end of a person's name.
func (f *finder) named(i int) bool {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word || t.Def || t.Prep != 0 || t.Class != 0 || t.Tables.Has(lex.TimeWord) || f.before(i+1, "for") {
		return false
	}
	return t.Vocab.POS == 0 || t.Tables&people != 0 && t.Vocab.POS&(vocab.Noun|vocab.Adj|vocab.VerbPerfect|vocab.Particle) == 0
}

// nameBefore reports whether token i may end a person's name.
func (f *finder) nameBefore(i int) bool {
	if i < 0 {
		return false
	}
	t := &f.d.Tokens[i]
	return t.Tables&people != 0 || t.Vocab.POS == 0 && t.Kind == ling.Word
}
