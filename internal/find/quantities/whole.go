package quantities

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/script"
)

// whole reads the unit of the whole that a number is a part of: «1.7 مليون من أصل 16
// مليون شخص».
func (f *finder) whole(i, last int) (unit, bool) {
	_, j, ok := f.word(last, "out of")
	if !ok || j >= len(f.d.Tokens) || !f.same(i, j) || !number.May(&f.d.Tokens[j]) {
		return unit{}, false
	}
	n, ok := number.Read(f.d, j)
	if !ok || n.Vague {
		return unit{}, false
	}
	u, ok := f.unit(counted{start: j, last: n.Last}, n)
	u.last = last
	return u, ok && !u.share
}

// reach is how many words before its number «عدد القتلى» may stand.
const reach = 9

// numberOf reads «عدد القتلى» before a number: what is counted there is its unit.
func (f *finder) numberOf(i, last int) (unit, bool) {
	for j := i - 2; j >= 0 && j >= i-reach && f.same(j, i); j-- {
		if !f.is(j, "number of") {
			continue
		}
		u, ok := f.noun(j + 1)
		if !ok || u.class == "time" || !f.closes(i, last) && !f.free(last) {
			return unit{}, false
		}
		u.last, u.trust = last, trust("unit/number of", 0.85)
		return u, true
	}
	return unit{}, false
}

// numberBehind reads «عدد القتلى» right behind a number: «رفع إلى 245 عدد القتلى».
func (f *finder) numberBehind(i, last int) (unit, bool) {
	if last+1 >= len(f.d.Tokens) || !f.same(i, last+1) || !f.is(last, "number of") || f.d.Tokens[last].Conj != 0 || f.d.Tokens[last].Prep != 0 {
		return unit{}, false
	}
	u, ok := f.noun(last + 1)
	if !ok || u.class == "time" {
		return unit{}, false
	}
	u.last, u.trust = last, trust("unit/number of", 0.85)
	return u, true
}

// numbering reads what is counted in «السكان البالغ عددهم 84 مليونا»: the plural close
// before token i, whose number the words after it tell.
func (f *finder) numbering(i, last int) (unit, bool) {
	human := strings.HasSuffix(f.d.Tokens[i].Base, script.Hum)
	for j := i - 1; j >= 0 && j > i-8 && f.same(j, i); j-- {
		u, ok := f.noun(j)
		if ok && (f.plural(j) || f.manyUnits(j)) && (u.class == "person" || u.class == "casualty") == human && u.class != "time" && u.class != "measure" {
			u.last, u.trust = last, trust("unit/number of", 0.8)
			return u, true
		}
	}
	return unit{}, false
}

// theirNumber gives the place of «عددهم» right before a number, or before the words that
// bound it («يزيد عددها على 40»), else 0.
func (f *finder) theirNumber(i int) int {
	for j := i - 1; j > 0 && j > i-3 && f.same(j, i); j-- {
		if f.stemIs(j, "number of") {
			return j
		}
		if !f.d.Tokens[j].Is(lex.Prep) {
			break
		}
	}
	return 0
}

// outOf reads the whole after its part: «180 صوتا من أصل 350».
func (f *finder) outOf(i, last int) (unit, bool) {
	if f.last.unit == "" || f.d.SentenceOf(f.last.start) != f.d.SentenceOf(i) || !f.closes(i, last) {
		return unit{}, false
	}
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if _, end, ok := f.word(j, "out of"); ok && end == i {
			return unit{word: f.last.unit, class: f.last.class, last: last, carries: true, trust: trust("unit/carried", 0.8)}, true
		}
	}
	return unit{}, false
}

// stemIs reports whether the word of token i has a pronoun, and is of a class without it.
func (f *finder) stemIs(i int, class string) bool {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word || !owned(t.Base) {
		return false
	}
	_, ok := f.ofClass(f.d.Lex.Word(bare(t.Base)), class)
	return ok
}

// free reports whether token i is no noun that its number could count.
func (f *finder) free(i int) bool { return f.d.Tokens[i].Pron || f.d.Tokens[i].Def }
