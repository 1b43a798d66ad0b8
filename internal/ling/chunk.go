package ling

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// Chunks cuts a document's clauses into noun phrases and finds the subjects of its
// verbs. It knows which tokens are proper names and is otherwise a function of the
// document: the same token gives the same answer. Every question looks at a bounded
// number of tokens.
type Chunks struct {
	*Doc
	names []isnad.Name
	name  []int32 // for each token the number of the name it stands in plus 1, or 0
	ends  []int32 // for each name the token after it
}

// Chunks prepares to cut d, whose proper names are given in text order.
func (d *Doc) Chunks(names []isnad.Name) *Chunks {
	c := &Chunks{Doc: d, names: names, name: make([]int32, len(d.Tokens)), ends: make([]int32, len(names))}
	i := 0
	for n, name := range names {
		for i < len(d.Tokens) && int(d.Tokens[i].End) <= name.Start {
			i++
		}
		j := i
		for j < len(d.Tokens) && int(d.Tokens[j].Start) < name.End {
			c.name[j] = int32(n) + 1
			j++
		}
		c.ends[n] = int32(j)
		i = j
	}
	return c
}

// Name gives the index of the name that token i stands in, and the token after it.
func (c *Chunks) Name(i int) (name, end int, ok bool) {
	if i >= len(c.name) || c.name[i] == 0 {
		return 0, i, false
	}
	n := int(c.name[i]) - 1
	return n, int(c.ends[n]), true
}

// Preposition gives the preposition letter written together with token i, or 0: of a name
// what stands before its first letter.
func (c *Chunks) Preposition(i int) byte {
	t := &c.Tokens[i]
	n := c.name[i]
	if n == 0 {
		return t.Prep
	}
	start := c.names[n-1].Start
	switch {
	case start <= int(t.Start):
		return 0
	case t.Prep == 0 && start < int(t.End): // «لبي بي سي», where the tokenizer took no ل off
		switch strings.TrimPrefix(c.Text[t.Start:start], script.Waw) {
		case script.Lam:
			return 'l'
		case script.Ba:
			return 'b'
		}
	}
	return t.Prep
}

// reach is how far a question about one token looks, in tokens.
const reach = 48

// stoppers are the classes that end a noun phrase.
const stoppers = lex.Subord | lex.Rel | lex.Prep | lex.Qad | lex.Future | lex.Kana | lex.While | lex.Because | lex.But |

	lex.Cond | lex.TimeConj | lex.Pron | lex.Inter | lex.Conj

// stops reports whether t cannot stand in a noun phrase.
func (t *Token) stops() bool {
	switch {
	case t.Class == 0 || t.Definite() || t.Is(lex.Quantifier):
		return false
	case t.Is(lex.Neg):
		return t.Vocab.POS&vocab.Particle != 0
	}
	return t.Is(stoppers) || t.Is(lex.Adverb|lex.Particle) && t.Vocab.POS&(vocab.Noun|vocab.Adj) == 0
}

// IsTime reports whether token i names a day or a part of one, or a time by itself
// («أمس»): such words stand between a verb and its subject.
func (d *Doc) IsTime(i int) bool {
	if i >= len(d.Tokens) {
		return false
	}
	t := &d.Tokens[i]
	if t.Tables.Has(lex.Weekday) || t.Tables.Has(lex.Month) {
		return true
	}
	s, ok := t.Sense(lex.TimeWord)
	if !ok {
		return false
	}
	switch d.Lex.TimeWords[s.Row].Class {
	case "reference", "day", "daypart", "every":
		return true
	}
	return false
}

// phrase is a noun phrase under way.
type phrase struct {
	closed bool // its last noun is definite or a name: only adjectives and names may follow
	adj    bool // its last word is an adjective of an indefinite noun
	noun   bool // its first word is no verb, whatever its form
	plural bool // its last noun is a sound plural with its nun: nothing is of it
}

// NounPhrase gives the token after the noun phrase that begins at token i: head, what it
// is of, adjectives, names beside it and what «و» joins to it, without prepositional
// phrases and relative clauses. It is i when no noun phrase begins there.
func (c *Chunks) NounPhrase(i int) int { return c.nounPhrase(i, phrase{}) }

// MasdarPhrase is NounPhrase for a token that could be a verb by its form and place, but
// is known to be a noun: «أعلن الوزير، في بيان، دعم بلاده».
func (c *Chunks) MasdarPhrase(i int) int { return c.nounPhrase(i, phrase{noun: true}) }

func (c *Chunks) nounPhrase(i int, p phrase) int {
	if i >= len(c.Tokens) {
		return i
	}
	last := min(c.Sents[c.SentenceOf(i)].Last, i+reach)
	j := i
	for j < last {
		next := c.step(i, j, last, &p)
		if next == j {
			break
		}
		j = next
	}
	for j > i && c.Tokens[j-1].Kind == Punct {
		j--
	}
	return j
}

// step gives the token after the part of the phrase begun at first that stands at j, or
// j when the phrase ends there.
func (c *Chunks) step(first, j, last int, p *phrase) int {
	t := &c.Tokens[j]
	if t.Conj != 0 && j > first {
		return c.joined(first, j, last, p)
	}
	if n, end, ok := c.Name(j); ok {
		if j > first && (c.Preposition(j) != 0 || !c.beside(first, j, n)) {
			return j
		}
		p.closed, p.adj = true, false
		return min(max(end, j+1), last)
	}
	switch t.Kind {
	case Mark:
		return c.quotedName(j, last, p)
	case Punct:
		if c.glue(j, last) {
			return j + 1
		}
		return j
	case Number:
		if j > first && p.closed && j+1 < last && c.Tokens[j-1].Fold != script.Al && c.Tokens[j-1].End < t.Start && c.Tokens[j+1].Kind == Word && c.Tokens[j+1].Prep == 0 && c.Tokens[j+1].Conj == 0 && c.Tokens[j+1].Vocab.POS&vocab.Noun != 0 {
			return j // «الوزارة 3 مدارس»
		}
		return j + 1
	}
	return c.word(first, j, p)
}

// VerbAt is that of the document for a token that stands behind the name of somebody: a
// form that could be noun or verb is his verb if the clause has none.
func (c *Chunks) VerbAt(i int) (Verb, bool) {
	v, ok := c.Doc.VerbAt(i)
	if ok || v.Tense == 0 || i == 0 {
		return v, ok
	}
	k, end, named := c.Name(i - 1)
	if !named || end != i || c.name[i] != 0 || c.names[k].Kind != isnad.Person || c.Sents[c.SentenceOf(i)].First == i {
		return v, false
	}
	return v, c.Tokens[i].Tables.Has(lex.Speech) && !c.clauseHasVerb(i)
}

// beside reports whether name n at token j goes on the phrase begun at first: after
// another name only that of a person whose title the phrase is («رئيس وزراء العراق فلان»).
func (c *Chunks) beside(first, j, n int) bool {
	before, _, ok := c.Name(j - 1)
	if !ok {
		return true
	}
	return c.Tokens[first].Tables.Has(lex.Title) && c.names[n].Kind == isnad.Person && c.names[before].Kind != isnad.Person
}

// glue reports whether the sign at j holds a word together: a hash or underscore, a
// hyphen without spaces, the number after «الـ».
func (c *Chunks) glue(j, last int) bool {
	if j+1 >= last || c.Tokens[j+1].Start != c.Tokens[j].End {
		return false
	}
	switch c.Tokens[j].Fold {
	case "#":
		return true
	case "_", "-", "–", "/":
		return j > 0 && c.Tokens[j-1].End == c.Tokens[j].Start
	}
	return false
}

// longName is the most words of a name in quotation marks.
const longName = 5

// quotedName steps over a short name in quotation marks.
func (c *Chunks) quotedName(j, last int, p *phrase) int {
	q := c.QuoteOf(j)
	if j > 0 && (c.Pronoun(j-1) || c.Tokens[j-1].Kind == Word && c.Tokens[j-1].suffixed() || c.person(j-1)) {
		return j // «بعضهم "…"»: what they say
	}
	if v, ok := c.VerbAt(j + 1); ok && v.Tense == lex.Imperfect && c.name[j+1] == 0 && !c.Tokens[j+1].Nominal() {
		return j // «"نقبل النتيجة"» is no name
	}
	if q < 0 || c.Quotes[q].Open != j || !c.Quotes[q].Closed || c.Quotes[q].Close-j > longName+1 && !c.NameInMarks(j, c.Quotes[q].Close) || c.Quotes[q].Close >= last {
		return j
	}
	p.closed, p.adj = true, false
	return c.Quotes[q].Close + 1
}

// NameInMarks reports whether a proper name is all that stands between the marks at tokens
// open and end, however many signs it is written with: «"سي.بي.إس نيوز"».
func (c *Chunks) NameInMarks(open, end int) bool {
	_, last, ok := c.Name(open + 1)
	return ok && last == end
}

// person reports whether token j stands in the name of a person.
func (c *Chunks) person(j int) bool {
	k, _, ok := c.Name(j)
	return ok && c.names[k].Kind == isnad.Person
}

// joined steps over «و» and what it joins when that is a noun phrase of the same kind.
func (c *Chunks) joined(first, j, last int, p *phrase) int {
	t := &c.Tokens[j]
	if t.Conj != 'w' || t.Prep != 0 {
		return j
	}
	_, named, ok := c.Name(j)
	if ok {
		p.closed, p.adj = true, false
		return min(max(named, j+1), last)
	}
	if t.Kind != Word || t.stops() || !c.nominal(j) || t.Is(lex.Demo) {
		return j
	}
	if _, verb := c.VerbAt(j); verb && !t.Definite() {
		return j
	}
	p.closed, p.adj = t.Definite() || c.closedAt(j), false
	return j + 1
}

// rank reports whether token j is an indefinite rank or calling, which may stand between
// a title and its bearer's name: «العقيد ركن فلان».
func (c *Chunks) rank(j int) bool {
	s, ok := c.Tokens[j].Sense(lex.Title)
	return ok && c.Lex.Titles[s.Row].Class == "rank"
}

// side reports whether the word at j, a preposition of place by its form, is the adjective
// of a person: «دبلوماسي غربي».
func (c *Chunks) side(first, j int) bool {
	t := &c.Tokens[j]
	if j == first || !t.Is(lex.Prep) || t.Vocab.POS&vocab.Adj == 0 || letters(t.Base) < 4 || !strings.HasSuffix(t.Base, script.Ya) {
		return false
	}
	p := &c.Tokens[j-1]
	return !p.Definite() && (p.Tables.Has(lex.Title) || p.Tables.Has(lex.SpeechNoun))
}

// Subject gives the noun phrase [first, last) that is the subject of the finite verb at
// token i: the one after it, past days, adverbs and what stands between commas or after a
// preposition, else the one before it in the same clause. ok is false for a verb whose
// subject is not in its clause («وأضاف أن»).
func (c *Chunks) Subject(i int) (first, last int, ok bool) {
	if first, last, ok = c.SubjectAfter(i); ok {
		return first, last, true
	}
	return c.SubjectBefore(i)
}

// SubjectAfter is Subject for the place behind the verb alone.
func (c *Chunks) SubjectAfter(i int) (first, last int, ok bool) {
	end := min(c.Sents[c.SentenceOf(i)].Last, i+reach/2)
	for j := i + 1; j < end; {
		t := &c.Tokens[j]
		_, _, named := c.Name(j)
		switch {
		case named && c.Preposition(j) == 0 && t.Conj == 0:
			return j, c.NounPhrase(j), true
		case t.Kind == Punct && (t.Fold == "#" || t.Fold == "،" || t.Fold == ","):
			j++
		case c.IsTime(j), t.Class&^lex.Adverb == 0 && t.Is(lex.Adverb):
			j++
		case t.Is(lex.Prep) && t.Conj == 0 && t.pointing():
			j++ // «حذرت فيه السفارة»
		case t.Kind == Word && t.Conj == 0 && (t.Is(lex.Prep|lex.TimeConj) && !t.Definite() || t.Prep != 0):
			j = max(c.NounPhrase(j+1), j+1)
		case t.Kind == Number || t.Kind == Mark:
			n := c.NounPhrase(j)
			return j, n, n > j
		case t.Conj != 0:
			return 0, 0, false
		default:
			n := c.NounPhrase(j)
			return j, n, n > j
		}
	}
	return 0, 0, false
}

// SubjectBefore gives the noun phrase that stands as subject before the verb at token i:
// at the start of the clause, or after كان and its sisters, أن or an introducing particle.
func (c *Chunks) SubjectBefore(i int) (first, last int, ok bool) {
	if c.Tokens[i].Conj != 0 {
		return 0, 0, false
	}
	start := c.clauseStart(i)
	if start >= i {
		return 0, 0, false
	}
	n := c.NounPhrase(start)
	return start, n, n > start && n <= i && c.Tokens[start].Prep == 0
}

// clauseStart walks back from the verb at token i to the first word of its clause that
// can begin a noun phrase.
func (c *Chunks) clauseStart(i int) int {
	first := max(c.Sents[c.SentenceOf(i)].First, i-reach/2)
	for j := i - 1; j >= first; j-- {
		t := &c.Tokens[j]
		if t.Is(lex.Subord|lex.Kana|lex.While|lex.But|lex.Because) && !t.Definite() {
			return j + 1
		}
		if _, verb := c.VerbAt(j); verb {
			return i
		}
		if t.Is(lex.Rel) {
			return i
		}
		if t.Conj != 0 && j > first && t.Kind == Word && c.Tokens[j-1].Kind == Punct {
			return j
		}
	}
	return first
}
