package quantities

import (
	"math"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// waw is the conjunction glued to digits.
const waw = script.Waw

// article reports whether token i is an article written before digits.
func (f *finder) article(i int) bool {
	if i < 0 || i+1 >= len(f.d.Tokens) || f.d.Tokens[i].Fold != script.Al || f.d.Tokens[i+1].Kind != ling.Number {
		return false
	}
	return strings.TrimSpace(plain(f.d.Text[f.d.Tokens[i].End:f.d.Tokens[i+1].Start])) == ""
}

// group reads a plural and the number after it: «القتلى الـ199», «الدول السبع».
func (f *finder) group(i int) (counted, bool) {
	t := &f.d.Tokens[i]
	if !t.Def && !t.Pron || t.Tables&leads == 0 || i+1 >= len(f.d.Tokens) || !f.same(i, i+1) {
		return counted{}, false
	}
	s, ok := t.Sense(lex.Unit)
	if ok && s.Form&lex.Plural == 0 || !ok && !f.plural(i) {
		return counted{}, false
	}
	j := i + 1
	if f.article(j) {
		j++
	}
	if j >= len(f.d.Tokens) || !number.May(&f.d.Tokens[j]) || j == i+1 && !f.d.Tokens[j].Def || f.d.Tokens[j].Conj != 0 || f.d.Tokens[j].Prep != 0 {
		return counted{}, false
	}
	n, ok := number.Read(f.d, j)
	if !ok || n.Vague || n.Share || n.Value < 2 {
		return counted{}, false
	}
	u, ok := f.noun(i)
	if !ok || u.class == "time" || u.class == "measure" {
		return counted{}, false
	}
	if _, own := f.noun(min(n.Last, len(f.d.Tokens)-1)); own && j == i+1 && n.Last < len(f.d.Tokens) && !f.d.Tokens[n.Last].Def {
		return counted{}, false // «دون الثمانية عشر عاما»
	}
	return counted{start: i, last: n.Last, value: n.Value, unit: u.word, class: u.class, carries: true, trust: trust("group", 0.9)}, true
}

// pair reads a dual as two of its noun where a deed is done to them: «إصابة شرطيين»,
// «فلسطينيين اثنين», «قتيلين».
func (f *finder) pair(i int) (counted, bool) {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word || t.Def || t.Pron {
		return counted{}, false
	}
	u, form, ok := f.dual(i)
	if !ok || u.class == "time" || u.class == "measure" {
		return counted{}, false
	}
	last, two := u.last, false
	if end, ok := f.two(last); ok {
		last, two = end, true
	}
	after := f.dualVerb(last)
	if f.qualifies(i) {
		return counted{}, false
	}
	if form&lex.Plural != 0 && !f.onlyDual(i) && !two && !after {
		return counted{}, false // «مدنيين» may be many
	}
	if u.class == "animal" && !two || t.Tables&spoken != 0 && !two {
		return counted{}, false // «طيران», «عدوان»
	}
	if u.class != "casualty" && !after && !f.deed(i) && !(two && f.countable(u)) {
		return counted{}, false
	}
	q := counted{start: i, last: last, value: 2, unit: u.word, class: u.class, carries: true, trust: trust("dual", 0.85)}
	q.mod = f.mod(q)
	return q, true
}

// manyUnits reports whether token j is the plural of a unit.
func (f *finder) manyUnits(j int) bool {
	s, ok := f.d.Tokens[j].Sense(lex.Unit)
	return ok && s.Form&lex.Plural != 0
}

// qualifies reports whether the dual at token i is the adjective of the dual before it:
// «سيارتان مفخختان».
func (f *finder) qualifies(i int) bool {
	if i == 0 || !f.same(i-1, i) || f.d.Tokens[i].Conj != 0 {
		return false
	}
	_, form, ok := f.dual(i - 1)
	return ok && form&lex.Dual != 0
}

// spoken are the tables whose nouns may end like a dual.
var spoken = lex.In(lex.EventNoun, lex.Trigger, lex.SpeechNoun)

// countable reports whether a pair told with «اثنين» counts anywhere: people do.
func (f *finder) countable(u unit) bool { return u.class != "thing" && u.class != "group" }

// dual gives the unit of a dual form at token i.
func (f *finder) dual(i int) (unit, lex.Form, bool) {
	t := &f.d.Tokens[i]
	for _, table := range [...]lex.Table{lex.Unit, lex.Nation, lex.Demonym} {
		if s, ok := t.Sense(table); ok {
			if s.Form&lex.Dual == 0 {
				return unit{}, 0, false
			}
			u, ok := f.noun(i)
			return u, s.Form, ok && u.last == i+1
		}
	}
	return unit{}, 0, false
}

// onlyDual reports whether the ـين of token i must be the dual: its noun has another
// plural, or it ends in ـتين.
func (f *finder) onlyDual(i int) bool {
	s, ok := f.d.Tokens[i].Sense(lex.Unit)
	return ok && (len(f.d.Lex.Units[s.Row].Plural) > 0 || strings.HasSuffix(f.d.Tokens[i].Base, script.Ta+script.In))
}

// two reads the numeral two after a dual.
func (f *finder) two(i int) (int, bool) {
	if i >= len(f.d.Tokens) || !f.same(i-1, i) || f.d.Tokens[i].Conj != 0 || f.d.Tokens[i].Prep != 0 || f.d.Tokens[i].Def {
		return 0, false
	}
	s, ok := f.d.Tokens[i].Sense(lex.Number)
	return i + 1, ok && f.d.Lex.Numbers[s.Row].Value == 2 && f.d.Lex.Numbers[s.Row].Kind == "unit"
}

// dualVerb reports whether a verb in the dual follows at token i: «قتلا».
func (f *finder) dualVerb(i int) bool {
	if i >= len(f.d.Tokens) || !f.same(i-1, i) || f.d.Tokens[i].Conj != 0 {
		return false
	}
	if t := &f.d.Tokens[i]; t.Kind == ling.Word && !t.Def && (strings.HasSuffix(t.Base, script.In) || strings.HasSuffix(t.Base, script.An)) && i+1 < len(f.d.Tokens) && f.same(i, i+1) {
		i++ // «جنديين سعوديين قتلا»
	}
	s, ok := f.d.Tokens[i].Sense(lex.Trigger)
	return ok && s.Form&lex.Dual != 0 && s.Form&lex.Verb != 0
}

// one reads «فندق واحد», «شخص واحد»: one where it counts people, buildings and their like.
func (f *finder) one(i int) (counted, bool) {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word || t.Def || t.Pron || i+1 >= len(f.d.Tokens) || !f.same(i, i+1) {
		return counted{}, false
	}
	s, ok := t.Sense(lex.Unit)
	if !ok || s.Form&(lex.Dual|lex.Plural) != 0 {
		return counted{}, false
	}
	n := &f.d.Tokens[i+1]
	m, ok := n.Sense(lex.Number)
	if !ok || n.Def || n.Conj != 0 || n.Prep != 0 || f.d.Lex.Numbers[m.Row].Kind != "unit" || f.d.Lex.Numbers[m.Row].Value != 1 {
		return counted{}, false
	}
	switch r := &f.d.Lex.Units[s.Row]; r.Class {
	case "person", "casualty", "building", "vehicle", "weapon", "animal":
		q := counted{start: i, last: i + 2, value: 1, unit: r.Singular, class: r.Class, carries: true, trust: trust("one", 0.8)}
		q.mod = f.mod(q)
		return q, true
	}
	return counted{}, false
}

// share reads a fraction of a whole: «نصف الأطباء» is 50 per cent of them. «نصف النهائي» and
// «نصف ساعة» are none.
func (f *finder) share(i int, n number.Number) (counted, bool) {
	none := counted{last: n.Last}
	j := n.Last
	if j >= len(f.d.Tokens) || !f.same(i, j) || n.Def || f.d.Tokens[i].Prep == 'l' {
		return none, false
	}
	t := &f.d.Tokens[j]
	if t.Kind != ling.Word || !t.Def || t.Conj != 0 || t.Prep != 0 || t.Vocab.POS&vocab.Adj != 0 && !f.plural(j) && !f.manyUnits(j) {
		return none, false
	}
	if u, ok := f.noun(j); !ok || u.class == "time" || u.class == "measure" || u.trust.Rule != "unit/noun" && u.trust.Rule != "unit/people" {
		return none, false
	}
	q := counted{start: i, last: j + 1, value: math.Round(n.Value*1e6) / 1e4, unit: percent, share: true, trust: trust("share", 0.8)}
	q.mod = f.mod(q)
	return q, true
}
