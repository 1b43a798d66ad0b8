package story

import (
	"sort"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// figure is a count of people in an article.
type figure struct {
	article int // index into the story's list
	toll    string
	side    string    // armed or civil, "" where the counted may be either
	party   gist      // the states of which the counted are said to be
	first   bool      // what its article tells first of this toll
	beside  []float64 // the other numbers of its sentence
	dead    int       // of the hurt: the group of the dead of whom their article tells with them, 0 for none
	setting
	isnad.Quantity
	words isnad.Span // the number with the word that says what became of them
}

// reach is how many tokens the word that says what became of the counted may stand away.
const (
	besides   = 4
	reachBack = 6
	reachOn   = 9
)

// figures gives the counts of people in a record, and of weapons and vehicles that were
// destroyed.
func (e *Editor) figures(c *scenes, article int) []figure {
	d := c.d
	var out []figure
	for _, q := range c.r.Quantities {
		first, last := tokenAt(d, q.Start), tokenAt(d, q.End-1)
		if first < 0 || last < first {
			continue
		}
		if toll, at := e.toll(d, first, last); toll != "" && toll != part && e.fits(d, toll, q.Unit, last) {
			out = append(out, e.figure(c, article, q, toll, at))
		}
	}
	out = e.pairs(out, c, article)
	out = e.bares(out, c, article)
	return e.parts(out, c, article)
}

// figure makes a figure of a quantity with the token that says what became of the counted.
func (e *Editor) figure(c *scenes, article int, q isnad.Quantity, toll string, at int) figure {
	d := c.d
	first, last := tokenAt(d, q.Start), tokenAt(d, q.End-1)
	f := figure{article: article, toll: toll, Quantity: q}
	f.words = isnad.Span{Start: min(q.Start, int(d.Tokens[at].Start)), End: max(q.End, int(d.Tokens[at].End))}
	f.setting, f.beside = c.of(first), beside(d, c.r, q)
	f.side, f.party = e.tolls.sides[script.Fold(q.Unit)], e.partyOf(d, last)
	return f
}

// fits reports whether what a unit counts can have met with a toll.
func (e *Editor) fits(d *ling.Doc, toll, unit string, last int) bool {
	if toll == downed {
		return e.machine(unit)
	}
	return e.people(d, unit, last)
}

// pairs adds the people counted by a dual («أودى بحياة شخصين») that no figure counts.
func (e *Editor) pairs(out []figure, c *scenes, article int) []figure {
	d := c.d
	for i := range d.Tokens {
		k := &d.Tokens[i]
		u, ok := k.Sense(lex.Unit)
		if !ok || u.Form&lex.Dual == 0 || u.Form&lex.Plural != 0 && len(e.lexicon.Units[u.Row].Plural) == 0 || i+1 < len(d.Tokens) && d.Tokens[i+1].Kind == ling.Number {
			continue
		}
		span := isnad.Span{Start: int(k.Body), End: int(k.End)}
		row := &e.lexicon.Units[u.Row]
		toll, at := e.toll(d, i, i)
		if row.Class != "person" && row.Class != "casualty" || toll == "" || toll == part || toll == downed ||
			counted(c.r.Quantities, span) || len(namesIn(c.r, span)) > 0 {
			continue
		}
		out = append(out, e.figure(c, article, isnad.Quantity{Span: span, Value: 2, Unit: row.Singular}, toll, at))
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
	for i := first - 1; i >= max(s.First, first-reachBack) && !ends(&d.Tokens[i]) && d.Tokens[i].Kind != ling.Number && !d.Tokens[i].Is(lex.Subord); i-- {
		if toll = e.tolls.of(&d.Tokens[i]); toll != "" && toll != part && toll != grave {
			if d.Tokens[first].Conj != 0 && i < first-1 {
				return part, i // «قتل المسلح واثنان من المارة»
			}
			return toll, i
		}
	}
	for i := last + 1; i < min(s.Last, last+reachOn) && !ends(&d.Tokens[i]); i++ {
		if toll = e.tolls.of(&d.Tokens[i]); toll != "" && toll != part && toll != grave && (i == last+1 || ofMany(&d.Tokens[i])) {
			return toll, i
		}
	}
	return "", 0
}

// ofMany reports whether a word can be said of several named before it: a verb after those
// who did it tells their number («قتلوا»), a noun has their pronoun («حتفهم»).
func ofMany(t *ling.Token) bool {
	return t.Pron || strings.HasSuffix(t.Fold, script.Waw+script.Alef) || strings.HasSuffix(t.Fold, script.Alef) && t.Prep == 0
}

// beside gives the other numbers of a quantity's sentence.
func beside(d *ling.Doc, r *isnad.Record, q isnad.Quantity) (out []float64) {
	s := sentenceSpan(d, d.Sents[d.SentenceOf(tokenAt(d, q.Start))])
	i := sort.Search(len(r.Quantities), func(i int) bool { return r.Quantities[i].Start >= s.Start })
	for ; i < len(r.Quantities) && r.Quantities[i].End <= s.End; i++ {
		if r.Quantities[i].Start != q.Start {
			out = append(out, r.Quantities[i].Value)
		}
	}
	return out
}

// parted reports whether a sign parts token i from tokens first to last.
func parted(d *ling.Doc, i, first, last int) bool {
	for k := min(i, last) + 1; k < max(i, first); k++ {
		if _, number := d.Tokens[k].Sense(lex.Number); number || ends(&d.Tokens[k]) || d.Tokens[k].Kind == ling.Number {
			return true
		}
	}
	return false
}

// ends reports whether a token parts clauses.
func ends(t *ling.Token) bool { return t.Kind == ling.Punct }

// partyOf gives the states and named groups that stand right after the counted.
func (e *Editor) partyOf(d *ling.Doc, last int) gist {
	g := gist{}
	for i := last; i < min(len(d.Tokens), last+besides) && !ends(&d.Tokens[i]); i++ {
		if code, _ := e.stateAt(d, i); code != "" {
			g[code] = actor
		}
	}
	return g
}
