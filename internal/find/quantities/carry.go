package quantities

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// without gives the unit of a number that has none after it: «4 آخرين», «15 على الأقل»,
// «ثلاثين منهم», «اثنان في رفح»: that of the quantity before it, or of «عدد المشاركات» before,
// or of the whole it is a part of («1.7 مليون من أصل 16 مليون شخص»).
func (f *finder) without(i int, q counted, n number.Number) (unit, bool) {
	if u, ok := f.priced(q.last, n); ok {
		return u, true
	}
	if f.known(i, q.last, n) {
		return f.people(q.last, 0.7), true
	}
	last := q.last
	others := f.is(last, "others")
	if f.ordinal(i, n) && !f.totals(i) || n.Value == 1 && !n.Digits || !n.Whole() && n.Scale == 0 || f.yearLike(q, n) && !others {
		return unit{}, false
	}
	if _, end, ok := f.word(last, "others"); ok && f.same(i, last) && f.d.Tokens[last].Conj == 0 {
		last = end
		if _, end, ok := f.word(last, "of"); ok {
			if u, ok := f.partitive(end, n); ok && (u.class == "person" || u.class == "casualty") {
				u.last = last
				return u, true
			}
		}
	}
	if others && last > q.last {
		return f.rest(i, last), true
	}
	if u, ok := f.whole(i, last); ok {
		return u, true
	}
	if j := f.theirNumber(i); j > 0 {
		return f.numbering(j, last)
	}
	if u, ok := f.outOf(i, last); ok {
		return u, true
	}
	if u, ok := f.numberOf(i, last); ok {
		return u, true
	}
	if u, ok := f.numberBehind(i, last); ok {
		return u, true
	}
	if !f.stands(i, last, n) && !(n.Scale >= 1e6 && f.closes(i, last)) {
		return unit{}, false
	}
	if n.Scale >= 1e6 && (n.Digits || n.Value != n.Scale) && f.sum.unit != "" && f.d.SentenceOf(i)-f.d.SentenceOf(f.sum.start) <= 1 && (f.last.unit == "" || f.last.start < f.sum.start) {
		return unit{word: f.sum.unit, last: last, trust: trust("unit/carried money", 0.8)}, true
	}
	if f.last.unit == "" || !f.near(i) {
		return f.suffered(i, last, n)
	}
	return unit{word: f.last.unit, class: f.last.class, last: last, carries: true, trust: trust("unit/carried", 0.8)}, true
}

// totals reports whether «عدد» and what it is of stand right before the number at token i:
// «بلغ عدد القتلى 45».
func (f *finder) totals(i int) bool {
	return i >= 2 && f.same(i-2, i) && f.is(i-2, "number of")
}

// suffered gives people as the unit of a number right behind the verb that tells what was
// done to them: «وقتل 12 وأصيب 30».
func (f *finder) suffered(i, last int, n number.Number) (unit, bool) {
	if i == 0 || !n.Digits || !f.same(i-1, i) || f.yearLike(counted{start: i, last: last}, n) {
		return unit{}, false
	}
	t := &f.d.Tokens[i-1]
	s, ok := t.Sense(lex.Trigger)
	if !ok || s.Form&lex.Perfect == 0 || f.d.Lex.Triggers[s.Row].Type != "ASSAULT" || t.Prep != 0 || t.Def {
		return unit{}, false
	}
	return f.people(last, 0.7), true
}

// rest gives the unit of «4 آخرين»: that of the people told close before, else people. The
// killed before are not the hurt after them.
func (f *finder) rest(i, last int) unit {
	switch {
	case !f.near(i):
	case f.last.class == "person" || f.last.class == "casualty" && !f.deed(i):
		return unit{word: f.last.unit, class: f.last.class, last: last, carries: true, trust: trust("unit/carried", 0.8)}
	}
	if !f.deed(i) {
		return f.people(last, 0.6)
	}
	return f.people(last, 0.85)
}

// people is the unit of those that are told by number alone. Its word is that of the
// first row of persons.
func (f *finder) people(last int, confidence float64) unit {
	if f.last.class == "person" {
		return unit{word: f.last.unit, class: f.last.class, last: last, carries: true, trust: trust("unit/carried", confidence)}
	}
	for i := range f.d.Lex.Units {
		if r := &f.d.Lex.Units[i]; r.Class == "person" {
			return unit{word: r.Name, class: r.Class, last: last, carries: true, trust: trust("unit/people alone", confidence)}
		}
	}
	return unit{}
}

// known reports whether a number in words with the article stands for people told before:
// «أطلق النار على الأربعة».
func (f *finder) known(i, last int, n number.Number) bool {
	t := &f.d.Tokens[i]
	if !n.Def || n.Digits || last != i+1 || n.Value < 2 || n.Value > 10 || t.Tables.Has(lex.Weekday) || i == 0 || !f.same(i-1, i) {
		return false
	}
	r, ok := t.Sense(lex.Number)
	if !ok || f.d.Lex.Numbers[r.Row].Kind != "unit" || !strings.HasSuffix(t.Base, script.Ha) {
		return false
	}
	return f.d.Tokens[i-1].Is(lex.Prep) && !f.is(i-1, "between") && f.found != nil && f.near(i) && (last >= len(f.d.Tokens) || !f.same(i, last) || f.fold(last, "."))
}

// priced reads a price without its money: «67.89 للبرميل» after a sum told close before.
func (f *finder) priced(last int, n number.Number) (unit, bool) {
	if !n.Digits || last >= len(f.d.Tokens) || f.sum.unit == "" || f.d.SentenceOf(last)-f.d.SentenceOf(f.sum.start) > 3 {
		return unit{}, false
	}
	t := &f.d.Tokens[last]
	s, ok := t.Sense(lex.Unit)
	if !ok || t.Prep != 'l' || !f.same(last-1, last) || f.d.Lex.Units[s.Row].Class != "measure" || s.Form&(lex.Dual|lex.Plural) != 0 {
		return unit{}, false
	}
	return unit{word: f.sum.unit, last: last, trust: trust("unit/carried money", 0.8)}, true
}

// near reports whether the last unit was told close before.
func (f *finder) near(i int) bool {
	a, b := f.d.SentenceOf(f.last.start), f.d.SentenceOf(i)
	return b-a <= 2
}

// ordinal reports whether a number names a place in a row: «الدورة السبعين», «رقم 23»,
// «المادة 5», «القناة الـ12».
func (f *finder) ordinal(i int, n number.Number) bool {
	if n.Def && !n.Digits {
		return true
	}
	if i == 0 || !f.same(i-1, i) || !n.Digits {
		return false
	}
	b := &f.d.Tokens[i-1]
	if b.Kind != ling.Word {
		return false
	}
	return f.article(i-1) || b.Fold[0] < 0x80 || b.Def && n.Scale == 0 && !b.Tables.Has(lex.TimeWord) || f.is(i-1, "or")
}

// stands reports whether a number stands by itself as a count: joined to one before it,
// after a preposition or a deed done to people, and no noun takes it as its own number.
func (f *finder) stands(i, last int, n number.Number) bool {
	if f.mod(counted{start: i, last: last}) != "" && f.deed(i) {
		return true
	}
	t := &f.d.Tokens[i]
	if !f.closes(i, last) {
		return false
	}
	if i > 0 && f.same(i-1, i) && (f.deed(i) || t.Conj == 'w' && f.d.SentenceOf(f.last.start) == f.d.SentenceOf(i) || f.conj(i-1) && f.d.SentenceOf(f.last.start) == f.d.SentenceOf(i)) {
		return true
	}
	if f.joined(i) {
		return true
	}
	if n.Digits {
		return f.ofThem(last)
	}
	return i == 0 || !f.d.Tokens[i-1].Def || f.bounded(i)
}

// joined reports whether the bounded number at token i goes on with the people counted
// before it in its sentence: «مقتل 37 شخصا وفقدان نحو 70».
func (f *finder) joined(i int) bool {
	if i < 2 || !f.same(i-2, i) || f.last.class != "person" && f.last.class != "casualty" || f.last.last != i-2 || !f.same(f.last.start, i) {
		return false
	}
	v, last, ok := f.word(i-1, "mod")
	return ok && last == i && bound(v) && f.d.Tokens[i-2].Conj == 'w' && f.d.Tokens[i-2].Kind == ling.Word && f.d.Tokens[i-2].Class == 0
}

// ofThem reports whether token i is «منهم» or «منها».
func (f *finder) ofThem(i int) bool {
	return i < len(f.d.Tokens) && f.stemIs(i, "of")
}

// conj reports whether token i is a و of its own.
func (f *finder) conj(i int) bool { return f.d.Tokens[i].Fold == waw }

// bounded reports whether a modifier ends right before token i.
func (f *finder) bounded(i int) bool { return f.mod(counted{start: i, last: i + 1}) != "" }

// closes reports whether what follows a number leaves it without a noun: a sign, a
// preposition, or a verb.
func (f *finder) closes(i, last int) bool {
	if last >= len(f.d.Tokens) || !f.same(i, last) {
		return true
	}
	t := &f.d.Tokens[last]
	if t.Kind == ling.Mark && (last+1 >= len(f.d.Tokens) || !f.same(i, last+1) || f.d.Tokens[last+1].Kind == ling.Punct) || f.opensTime(last) {
		return true // «خسرت نحو 120 مليارا الأسبوع الماضي»
	}
	return owned(t.Base) || t.Kind == ling.Punct || t.Conj != 0 || t.Prep != 0 || t.Is(lex.Prep|lex.TimeConj|lex.While|lex.Rel|lex.Subord) && !f.marbuta(last) || f.is(last, "mod") || f.is(last, "every") || t.Vocab.POS == vocab.VerbImperfect && !t.Tables.Has(lex.Unit)
}

// opensTime reports whether a time begins at token i.
func (f *finder) opensTime(i int) bool {
	at := int(f.d.Tokens[i].Body)
	for k := f.time; k < len(f.times) && f.times[k].Start <= at; k++ {
		if f.times[k].Start == at {
			return true
		}
	}
	return false
}

// harm are the PLOVER types of deeds that count those they are done to.
func harm(kind string) bool {
	switch kind {
	case "ASSAULT", "COERCE", "MOBILIZE", "AID", "CONCEDE":
		return true
	}
	return false
}

// deed reports whether a deed done to people stands close before token i.
func (f *finder) deed(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4 && f.same(j, i); j-- {
		if f.harms(j) {
			return true
		}
	}
	return false
}

// harms reports whether token j tells a deed done to people or things.
func (f *finder) harms(j int) bool {
	t := &f.d.Tokens[j]
	if s, ok := t.Sense(lex.Trigger); ok && harm(f.d.Lex.Triggers[s.Row].Type) {
		return true
	}
	if s, ok := t.Sense(lex.EventNoun); ok && harm(f.d.Lex.EventNouns[s.Row].Type) {
		return true
	}
	s, ok := t.Sense(lex.Unit)
	return ok && f.d.Lex.Units[s.Row].Class == "casualty"
}
