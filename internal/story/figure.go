package story

import (
	"slices"
	"sort"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// tolls knows by its folded form what became of those counted.
type tolls struct {
	forms map[string]string // form → toll
	about map[string]string // toll → what its count is called
}

// part is the toll of what is a part of a number told before; grave is such a part that
// is counted all the same.
const (
	hurt  = "hurt"
	part  = "part"
	grave = "grave"
)

func newTolls(l *lex.Lexicon) tolls {
	t := tolls{map[string]string{}, map[string]string{}}
	for _, r := range l.Tolls {
		for _, f := range r.Forms {
			t.forms[f] = r.Toll
		}
		if r.About != "" {
			t.about[r.Toll] = r.About
		}
	}
	return t
}

// of gives the toll that a token tells of, or "".
func (t tolls) of(k *ling.Token) string {
	if k.Kind != ling.Word {
		return ""
	}
	for _, f := range [...]string{k.Fold, k.Base, k.Stem} {
		if toll := t.forms[f]; toll != "" {
			return toll
		}
	}
	return ""
}

// figure is a count of people in an article.
type figure struct {
	article int // index into the story's list
	toll    string
	day     string // ISO date, "" where none is told
	long    bool   // of a period, not of a day
	isnad.Quantity
	words isnad.Span // the number with the word that says what became of them
}

// reach is how many tokens the word that says what became of the counted may stand away.
const (
	besides   = 4
	reachBack = 6
	reachOn   = 9
)

// figures gives the counts of people in a record.
func (e *Editor) figures(d *ling.Doc, t Telling, article int) []figure {
	var out []figure
	r := t.Record
	for _, q := range r.Quantities {
		first := tokenAt(d, q.Start)
		last := tokenAt(d, q.End-1)
		if first < 0 || last < first {
			continue
		}
		toll, at := e.toll(d, first, last)
		if toll == "" || toll == part || !e.people(d, q.Unit, last) {
			continue
		}
		f := figure{article: article, toll: toll, Quantity: q, words: q.Span}
		f.words = isnad.Span{
			Start: min(q.Start, int(d.Tokens[at].Start)), End: max(q.End, int(d.Tokens[at].End)),
		}
		f.day, f.long = e.when(d, r, first)
		out = append(out, f)
	}
	return e.pairs(out, d, t, article)
}

// pairs adds the people counted by a dual («أودى بحياة شخصين») that no figure counts.
func (e *Editor) pairs(out []figure, d *ling.Doc, t Telling, article int) []figure {
	for i := range d.Tokens {
		k := &d.Tokens[i]
		u, ok := k.Sense(lex.Unit)
		if !ok || u.Form&lex.Dual == 0 || u.Form&lex.Plural != 0 && len(e.lexicon.Units[u.Row].Plural) == 0 || i+1 < len(d.Tokens) && d.Tokens[i+1].Kind == ling.Number {
			continue
		}
		span := isnad.Span{Start: int(k.Body), End: int(k.End)}
		row := &e.lexicon.Units[u.Row]
		toll, at := e.toll(d, i, i)
		if row.Class != "person" && row.Class != "casualty" || toll == "" || toll == part ||
			counted(t.Record.Quantities, span) {
			continue
		}
		f := figure{article: article, toll: toll, Quantity: isnad.Quantity{Span: span, Value: 2, Unit: row.Singular}}
		f.words = isnad.Span{Start: min(span.Start, int(d.Tokens[at].Start)), End: max(span.End, int(d.Tokens[at].End))}
		f.day, f.long = e.when(d, t.Record, i)
		out = append(out, f)
	}
	return out
}

// counted reports whether one of the quantities, which are in text order, has words of s.
func counted(list []isnad.Quantity, s isnad.Span) bool {
	i := sort.Search(len(list), func(i int) bool { return list[i].End > s.Start })
	return i < len(list) && list[i].Overlaps(s)
}

// people reports whether a unit counts people: it is known as people, or not as a
// thing, or the next word says what became of them («70 حالة اختناق»).
func (e *Editor) people(d *ling.Doc, unit string, last int) bool {
	u, ok := e.lexicon.Word(script.Fold(unit)).Sense(lex.Unit)
	if !ok {
		return unit != "" && unit != "%" && !isCurrency(unit)
	}
	switch e.lexicon.Units[u.Row].Class {
	case "person", "casualty", "group":
		return true
	case "thing":
		return last+1 < len(d.Tokens) && e.tolls.of(&d.Tokens[last+1]) != ""
	}
	return false
}

// isCurrency reports whether a unit is an ISO 4217 code.
func isCurrency(unit string) bool {
	return len(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z'
}

// tokenAt gives the token at a byte of the text, or -1.
func tokenAt(d *ling.Doc, at int) int {
	i := sort.Search(len(d.Tokens), func(i int) bool { return int(d.Tokens[i].End) > at })
	if i == len(d.Tokens) {
		return -1
	}
	return i
}

// toll gives what became of those that tokens first to last count, and the token that
// says so: the counted noun itself, else the nearest word before it in its clause, else
// the nearest after.
func (e *Editor) toll(d *ling.Doc, first, last int) (toll string, at int) {
	s := d.Sents[d.SentenceOf(first)]
	for i := max(s.First, first-besides); i < min(s.Last, last+1+besides); i++ {
		if e.tolls.of(&d.Tokens[i]) == grave && !parted(d, i, first, last) {
			return grave, i
		}
	}
	for i := first; i <= last; i++ {
		if toll = e.tolls.of(&d.Tokens[i]); toll != "" {
			return toll, i
		}
	}
	for i := first - 1; i >= max(s.First, first-2); i-- {
		if e.tolls.of(&d.Tokens[i]) == part {
			return part, i
		}
	}
	if last+1 < s.Last && e.tolls.of(&d.Tokens[last+1]) == part && d.Tokens[last+1].Prep == 0 && d.Tokens[last+1].Fold != d.Tokens[last+1].Base {
		return part, last + 1
	}
	for i := first - 1; i >= max(s.First, first-reachBack) && !ends(&d.Tokens[i]) && d.Tokens[i].Kind != ling.Number; i-- {
		if toll = e.tolls.of(&d.Tokens[i]); toll != "" && toll != part && toll != grave {
			return toll, i
		}
	}
	for i := last + 1; i < min(s.Last, last+reachOn) && !ends(&d.Tokens[i]); i++ {
		if toll = e.tolls.of(&d.Tokens[i]); toll != "" && toll != part && toll != grave {
			return toll, i
		}
	}
	return "", 0
}

// parted reports whether a sign parts token i from tokens first to last.
func parted(d *ling.Doc, i, first, last int) bool {
	for k := min(i, last) + 1; k < max(i, first); k++ {
		if ends(&d.Tokens[k]) || d.Tokens[k].Kind == ling.Number {
			return true
		}
	}
	return false
}

// ends reports whether a token parts clauses.
func ends(t *ling.Token) bool { return t.Kind == ling.Punct }

// when gives the day that the sentence of a token tells, the nearest before or after it,
// or that it tells of a period.
func (e *Editor) when(d *ling.Doc, r *isnad.Record, token int) (day string, long bool) {
	s := d.Sents[d.SentenceOf(token)]
	from, to := int(d.Tokens[s.First].Start), int(d.Tokens[s.Last-1].End)
	at := int(d.Tokens[token].Start)
	near := to - from + 1
	first := sort.Search(len(r.Times), func(i int) bool { return r.Times[i].Start >= from })
	for i := first; i < len(r.Times) && r.Times[i].Start < to; i++ {
		x := &r.Times[i]
		if x.End > to {
			continue
		}
		if x.Type == "duration" || x.Type == "set" || e.since(d, x.Start) {
			long = true
			continue
		}
		gap := max(at-x.End, x.Start-at)
		if x.First == "" || gap >= near {
			continue
		}
		near, day = gap, x.First
		if x.First != x.Last && x.Type != "time" && len(x.Value) < len("2006-01-02") && !strings.Contains(x.Value, "WE") {
			long = true // a week, a month or a year, not a day or a weekend
		}
	}
	return day, long
}

// since reports whether the word before a time makes it the beginning of a period.
func (e *Editor) since(d *ling.Doc, start int) bool {
	i := tokenAt(d, start)
	for k := i - 1; k >= max(0, i-2) && d.Tokens[k].Kind == ling.Word; k-- {
		if s, ok := d.Tokens[k].Sense(lex.TimeWord); ok && e.lexicon.TimeWords[s.Row].Class == "since" {
			return true
		}
	}
	return false
}

// sortFigures puts figures into order of value.
func sortFigures(list []figure) {
	slices.SortStableFunc(list, func(a, b figure) int {
		switch {
		case a.Value < b.Value:
			return -1
		case a.Value > b.Value:
			return 1
		}
		return a.article - b.article
	})
}
