// Package quantities finds numbers with what they count. It knows nouns and their
// numbers, not names or dates: those are given, and no quantity lies in one.
package quantities

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/script"
)

// Find gives the quantities of d in text order, none inside a time or a name. The
// countries of the entities tell which ريال or دينار is meant.
func Find(d *ling.Doc, names []isnad.Name, entities []isnad.Entity, times []isnad.Time) []isnad.Quantity {
	f := finder{d: d, names: names, entities: entities, times: times}
	for i := 0; i < len(d.Tokens); {
		t := &d.Tokens[i]
		if t.Kind != ling.Number && (t.Kind != ling.Word || t.Tables&leads == 0 && !f.begins(i)) {
			i++
			continue
		}
		if f.taken(t) {
			i++
			continue
		}
		q, ok := f.read(i)
		if ok && !f.overlaps(q) {
			f.put(q)
		}
		i = max(i+1, q.last)
	}
	return f.found
}

// leads are the tables whose words may begin a quantity.
var leads = lex.In(lex.Number, lex.Unit, lex.Nation, lex.Demonym)

// begins reports whether a phrase that may begin a quantity stands at token i.
func (f *finder) begins(i int) bool {
	for _, p := range f.d.PhrasesAt(i) {
		if p.Word.Tables&leads != 0 {
			return true
		}
	}
	return false
}

// finder reads one document.
type finder struct {
	d        *ling.Doc
	names    []isnad.Name
	entities []isnad.Entity
	times    []isnad.Time
	name     int // the first name that does not end before the token read
	time     int // the same of times
	found    []isnad.Quantity
	codes    map[int]string // codes of bare currencies, by row
	sum      counted        // the last sum of money
	last     counted        // the last unit that a number without one may go on with
}

// counted is a quantity read: tokens [start, last) and what they say.
type counted struct {
	start, last int
	value, max  float64
	unit, mod   string
	carries     bool   // its unit may be carried on
	share       bool   // a per cent
	class       string // of the row of the unit, if there is one
	trust       isnad.Trust
}

// taken reports whether t lies in a time or a name. Tokens come in order.
func (f *finder) taken(t *ling.Token) bool {
	at := int(t.Body)
	for f.time < len(f.times) && f.times[f.time].End <= at {
		f.time++
	}
	for f.name < len(f.names) && f.names[f.name].End <= at {
		f.name++
	}
	return f.time < len(f.times) && f.times[f.time].Start <= at || f.name < len(f.names) && f.names[f.name].Start <= at && !f.peopleName(t)
}

// peopleName reports whether a nation's word was taken for a name.
func (f *finder) peopleName(t *ling.Token) bool { return t.Tables.Has(lex.Nation) && !t.Def }

// overlaps reports whether q runs into the next time.
func (f *finder) overlaps(q counted) bool {
	s := f.span(q)
	return f.time < len(f.times) && f.times[f.time].Start < s.End && s.Start < f.times[f.time].End
}

func (f *finder) span(q counted) isnad.Span {
	t := &f.d.Tokens[q.start]
	s := isnad.Span{Start: int(t.Start), End: int(f.d.Tokens[q.last-1].End)}
	if t.Kind == ling.Word {
		s.Start = int(t.Body)
	}
	return s
}

func (f *finder) put(q counted) {
	f.found = append(f.found, isnad.Quantity{Span: f.span(q), Value: q.value, Max: q.max, Unit: q.unit, Mod: q.mod, Trust: q.trust})
	switch {
	case q.carries:
		f.last = q
	case len(q.unit) == 3 && !q.share:
		f.sum = q
	}
}

// read reads the quantity at token i. When there is none, last may still say how far
// the words were looked through.
func (f *finder) read(i int) (counted, bool) {
	if q, ok := f.group(i); ok {
		return q, true
	}
	if q, ok := f.pair(i); ok {
		return q, true
	}
	if q, ok := f.one(i); ok {
		return q, true
	}
	if !number.May(&f.d.Tokens[i]) || f.code(i) {
		return counted{}, false
	}
	n, ok := number.Read(f.d, i)
	switch {
	case !ok:
		return f.aged(i)
	case n.Vague || n.Value == 1 && !n.Digits || n.Value == 0 && !n.Digits:
		return counted{last: n.Last}, false
	case n.Share:
		return f.share(i, n)
	}
	return f.cardinal(i, n)
}

// aged reads an age told by an ordinal: «في السادسة والعشرين من عمره».
func (f *finder) aged(i int) (counted, bool) {
	n, last, ok := number.Ordinal(f.d, i)
	if !ok || !f.same(i, last) {
		return counted{}, false
	}
	if u, ok := f.noun(max(i-1, 0)); ok && u.class == "time" {
		return counted{}, false // «العقد الخامس من عمره»
	}
	_, j, ok := f.word(last, "of")
	if !ok {
		return counted{}, false
	}
	word, _, ok := f.word(j, "age")
	if !ok || word == "" {
		return counted{}, false
	}
	return counted{start: i, last: last, value: float64(n), unit: word, trust: trust("age/ordinal", 0.85)}, true
}

// cardinal reads the range and the unit of a number.
func (f *finder) cardinal(i int, n number.Number) (counted, bool) {
	q := counted{start: i, last: n.Last, value: n.Value}
	if hi, ok := f.upTo(i, n); ok {
		q.max, q.last = hi.Value, hi.Last
		if n.Scale == 0 && hi.Scale != 0 && n.Value < hi.Value/hi.Scale { // «3 إلى 5 ملايين»
			q.value *= hi.Scale
		}
	}
	none := counted{last: q.last}
	if f.scored(i, q.last) || f.article(i-1) && i > 1 && f.d.Tokens[i-2].Def {
		return none, false
	}
	u, ok := f.unit(q, n)
	if !ok {
		u, ok = f.without(i, q, n)
	}
	if !ok {
		return none, false
	}
	if q.max != 0 && u.trust.Rule == "unit/rule" && f.dash(n.Last) {
		return none, false // «1-2 إيابا»
	}
	q.last, q.unit, q.class, q.carries, q.share, q.trust = u.last, u.word, u.class, u.carries, u.share, u.trust
	q.start = f.sign(i)
	q.mod = f.mod(q)
	return q, true
}

// sign takes the sign of a currency or a per cent written before the digits.
func (f *finder) sign(i int) int {
	if i > 0 && f.d.Tokens[i].Kind == ling.Number && f.touch(i-1) {
		if t := &f.d.Tokens[i-1]; t.Kind == ling.Punct && (t.Fold == "%" || f.currencySign(i-1) >= 0) {
			return i - 1
		}
	}
	return i
}

// code reports whether digits belong to a name or code: «F-16», «كوفيد-19», a date or
// an address cut by signs.
func (f *finder) code(i int) bool {
	t := f.d.Tokens
	if t[i].Kind != ling.Number {
		return false
	}
	if f.model(i - 1) {
		return true
	}
	if i > 1 && f.touch(i-1) {
		switch b := &t[i-1]; {
		case b.Fold == "-" && f.touch(i-2) && t[i-2].Kind == ling.Word:
			return true
		case b.Fold == "/" || b.Fold == ":" || b.Fold == "." || b.Fold == "+" || b.Fold == "_" || b.Fold == "@":
			return true
		}
	}
	if i+1 < len(t) && f.touch(i) {
		switch a := &t[i+1]; {
		case a.Fold == "/" || a.Fold == ":" || a.Fold == "_" || a.Fold == "@":
			return f.touch(i + 1)
		case a.Kind == ling.Word && a.Fold[0] < 0x80:
			return true // «16F»
		}
	}
	return false
}

// model reports whether token i is a short word of no meaning, as before the number of
// a model: «إف 15».
func (f *finder) model(i int) bool {
	if i < 0 || !f.same(i, i+1) {
		return false
	}
	t := &f.d.Tokens[i]
	return t.Kind == ling.Word && len(t.Fold) <= 4 && t.Fold[0] >= 0x80 && (t.Is(lex.Abbreviation) || t.Class == 0 && t.Vocab.Count == 0) && t.Tables&^lex.In(lex.Function) == 0 && t.Fold != script.Al && t.Fold != script.Waw && t.Fold != script.Lam && t.Fold != script.Ba
}

// touch reports whether token i stands right against the one after it.
func (f *finder) touch(i int) bool {
	return i >= 0 && i+1 < len(f.d.Tokens) && f.d.Tokens[i].End == f.d.Tokens[i+1].Start
}

// same reports whether tokens i and j stand in one sentence.
func (f *finder) same(i, j int) bool {
	return i >= 0 && j < len(f.d.Tokens) && f.d.SentenceOf(i) == f.d.SentenceOf(j)
}

// fold reports whether token i is the sign s.
func (f *finder) fold(i int, s string) bool {
	return i >= 0 && i < len(f.d.Tokens) && f.d.Tokens[i].Fold == s
}
