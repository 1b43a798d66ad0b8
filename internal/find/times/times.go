// Package times finds time expressions and their TIMEX3 values (ISO-TimeML, TIDES):
// dates, times of day, durations and sets, placed by the day of publication. It knows
// calendars and the grammar of dates; the words it reads by are the lexicon's.
package times

import (
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
)

// Find gives the times of d in text order. Published is the day the article was
// published (YYYY-MM-DD), empty when unknown: then nothing is placed by it.
func Find(d *ling.Doc, published string) []isnad.Time {
	f := finder{d: d}
	f.pub, f.known = parseDay(published)
	for i := 0; i < len(d.Tokens); {
		if !f.may(i) {
			i++
			continue
		}
		m, ok := f.read(i)
		if !ok || m.last <= i {
			i = max(i+1, f.skip)
			continue
		}
		f.put(m)
		i = m.last
	}
	return f.times
}

// finder reads one document.
type finder struct {
	d     *ling.Doc
	pub   time.Time // the day of publication, at midnight UTC
	known bool      // pub is known
	times []isnad.Time
	then  moment // the last dated expression
	skip  int    // the token after a date that no calendar has
	depth int    // how deep expressions lie in one another
}

// nesting is how deep expressions may lie in one another («الأسبوع الأول من الشهر الماضي»);
// it keeps the time linear in the text.
const nesting = 4

// leads are the tables whose words may begin a time.
var leads = lex.In(lex.Month, lex.Weekday, lex.Number, lex.TimeWord)

// may reports cheaply whether a time may begin at token i.
func (f *finder) may(i int) bool {
	t := &f.d.Tokens[i]
	switch {
	case t.Kind == ling.Number || t.Tables&leads != 0:
		return true
	case t.Kind != ling.Word:
		return false
	}
	if t.Tables.Has(lex.Unit) {
		if _, ok := f.unitAt(i); ok {
			return true
		}
	}
	for _, p := range f.d.PhrasesAt(i) {
		if p.Word.Tables&(leads|1<<lex.Unit) != 0 {
			return true
		}
	}
	return false
}

// read reads the expression that begins at token i.
func (f *finder) read(i int) (moment, bool) {
	if m, ok := f.modified(i); ok {
		return m, true
	}
	return f.plain(i, context{from: i})
}

// context is what stands before an expression.
type context struct {
	from int    // the first token of the whole expression
	mod  string // the modifier just read
}

// plain reads an expression without a modifier. The more words a rule takes, the
// earlier it goes.
func (f *finder) plain(i int, c context) (moment, bool) {
	if i >= len(f.d.Tokens) || f.depth > nesting {
		return moment{}, false
	}
	f.depth++
	defer func() { f.depth-- }()
	t := &f.d.Tokens[i]
	if t.Kind == ling.Number {
		return f.digits(i, c)
	}
	if t.Kind != ling.Word {
		return moment{}, false
	}
	if t.Tables.Has(lex.TimeWord) || t.Word.Begins() || t.StemWord.Begins() {
		if m, ok := f.timeWord(i, c); ok {
			return m, true
		}
	}
	if m, ok := f.monthLed(i, c); ok {
		return m, true
	}
	if m, ok := f.weekdayLed(i, c); ok {
		return m, true
	}
	if m, ok := f.unitLed(i, c); ok {
		return m, true
	}
	if number.May(t) {
		return f.numberLed(i, c)
	}
	return moment{}, false
}

// digits reads what may begin with digits.
func (f *finder) digits(i int, c context) (moment, bool) {
	if f.glued(i) {
		return moment{}, false
	}
	if m, ok := f.numeric(i); ok || f.skip > i {
		return m, ok
	}
	if m, ok := f.clock(i, i); ok {
		return m, true
	}
	if m, ok := f.dayOfMonth(i); ok || f.skip > i {
		return m, ok
	}
	if m, ok := f.counted(i, c); ok {
		return m, true
	}
	return f.bareYear(i, c)
}

// numberLed reads what may begin with a number in words.
func (f *finder) numberLed(i int, c context) (moment, bool) {
	if m, ok := f.dayOfMonth(i); ok || f.skip > i {
		return m, ok
	}
	if m, ok := f.nthWeekday(i); ok {
		return m, true
	}
	if m, ok := f.hourWord(i, i); ok {
		return m, true
	}
	if m, ok := f.quarter(i); ok {
		return m, true
	}
	if m, ok := f.counted(i, c); ok {
		return m, true
	}
	if m, ok := f.loneDay(i); ok {
		return m, true
	}
	return f.wordYear(i)
}

// glued reports whether digits belong to a name or code: «F-16», «كوفيد-19».
func (f *finder) glued(i int) bool {
	if i < 2 {
		return false
	}
	a, b, t := &f.d.Tokens[i-2], &f.d.Tokens[i-1], &f.d.Tokens[i]
	return b.Fold == "-" && b.End == t.Start && a.End == b.Start && a.Kind == ling.Word
}

// put keeps m as a finding.
func (f *finder) put(m moment) {
	d := f.d
	end := m.last - 1
	for end > m.start && d.Tokens[end].Kind == ling.Punct {
		end-- // a closing bracket
	}
	s := isnad.Span{Start: int(d.Tokens[m.start].Start), End: int(d.Tokens[end].End)}
	if d.Tokens[m.start].Kind == ling.Word {
		s.Start = int(d.Tokens[m.start].Body)
	}
	f.times = append(f.times, isnad.Time{
		Span: s, Type: m.typ, Value: m.value, Mod: m.mod, First: iso(m.first), Last: iso(m.end), Trust: m.trust,
	})
	if m.grain != 0 {
		f.then = m
	}
}

// antecedent gives the last dated expression of the paragraph of token i.
func (f *finder) antecedent(i int) (moment, bool) {
	if f.then.grain == 0 || f.paragraph(f.then.start) != f.paragraph(i) {
		return moment{}, false
	}
	return f.then, true
}

func (f *finder) paragraph(i int) int { return f.d.Sents[f.d.SentenceOf(i)].Para }

// day gives the day that a time of day at token i falls on: the last day toldYear in the
// paragraph, else the day of publication.
func (f *finder) day(i int) (time.Time, bool) {
	if m, ok := f.antecedent(i); ok && m.grain >= day && !m.first.IsZero() {
		return m.first, true
	}
	return f.pub, f.known
}
