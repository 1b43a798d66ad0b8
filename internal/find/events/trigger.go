package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// shape is how a trigger stands in the text.
type shape uint8

const (
	verb       shape = iota // a finite verb
	participle              // «رافضا», «مهددا»
	masdar                  // the verbal noun of a listed verb
	noun                    // another noun
)

// deed is a trigger with what its clause says of it.
type deed struct {
	kind       string // PLOVER type
	shape      shape
	first      int // trigger tokens [first, last)
	last       int
	tail       int // the token after the tail of a phrase that stands apart, else last
	row        int32
	phrase     bool // of several words
	pattern    []string
	tense      lex.Form
	passive    bool
	plural     bool
	dual       bool // a verb of two
	actors     []string
	recipients []string
	partner    bool // the recipients stand after «مع»
	bound      bool // a preposition of the pattern was found
	carried    bool // the actor is that of the deed told before
	spoken     bool // a verb of the first person
	governed   bool // the actor is the subject of the verb before the noun
	aimed      bool // a verb behind the noun says whom it struck
	backed     bool // told by «بدعم من», with both sides
	told       bool // a party is named by the clause itself
	person     bool // the subject is named and is a person
	part       bool // what those do who are known to protest
	status     string
	date       string
}

// trigger gives the deed whose trigger begins at token i. Of several readings the
// longest is meant; a name holds no triggers.
func (f *finder) trigger(i int) (deed, bool) {
	t := &f.Tokens[i]
	const any = lex.Mask(1<<lex.Trigger | 1<<lex.EventNoun | 1<<lex.TriggerOpening)
	if t.Kind != ling.Word {
		return deed{}, false
	}
	if _, _, named := f.Name(i); named || i < f.used {
		return deed{}, false
	}
	p, ps, ok := f.longest(i)
	if ok {
		return f.read(i, p, ps)
	}
	if t.Tables&any == 0 {
		return deed{}, false
	}
	if g, ok := f.parted(i); ok {
		return g, true
	}
	for _, table := range [...]lex.Table{lex.EventNoun, lex.Trigger} { // «مفاوضات» is more than «مفاوضة»
		if s, ok := f.sense(i, table); ok {
			return f.read(i, i+1, s)
		}
	}
	if s, ok := f.open(t); ok {
		return f.read(i, i+1, s)
	}
	return deed{}, false
}

// longest gives the longest phrase of triggers at token i.
func (f *finder) longest(i int) (end int, s lex.Sense, ok bool) {
	for _, p := range f.PhrasesAt(i) {
		noun, isNoun := p.Word.Sense(lex.EventNoun)
		s, ok := f.fitting(i, p.Word)
		if isNoun && (!ok || s.Form&lex.VerbalNoun != 0) {
			s, ok = noun, true
		}
		if ok {
			return p.Last, s, true
		}
	}
	return 0, lex.Sense{}, false
}

// fitting gives the sense of a phrase of triggers that begins at token i: of a verb where a
// verb stands and of a noun where a noun does, when it has both.
func (f *finder) fitting(i int, w *lex.Word) (s lex.Sense, ok bool) {
	s, ok = w.Sense(lex.Trigger)
	if !ok || s.Form&lex.Verb == 0 || f.finite(i) {
		return s, ok
	}
	for _, other := range w.Senses {
		if other.Table == lex.Trigger && other.Form&lex.Verb == 0 {
			return other, true
		}
	}
	return s, true
}

// sense gives the sense of table t that fits token i as it stands: a verb where a verb
// stands, a noun where a noun does.
func (f *finder) sense(i int, table lex.Table) (found lex.Sense, ok bool) {
	finite := f.finite(i)
	f.Tokens[i].Senses(table, func(s lex.Sense) bool {
		if s.Form&lex.Verb != 0 == finite && !f.mistaken(i, s) {
			found, ok = s, true
		}
		return !ok
	})
	return found, ok
}

// pronouns are the pronouns that hang on a noun, longest first.
var pronouns = [...]string{script.Huma, script.Hum, script.Hna, script.Ha}

// open gives the verbal noun in ta marbuta that stands open before a pronoun where the
// same letters are also a verb («سيطرتها»).
func (f *finder) open(t *ling.Token) (lex.Sense, bool) {
	if !t.Pron {
		return lex.Sense{}, false
	}
	for _, p := range pronouns {
		rest, ok := strings.CutSuffix(t.Base, script.Ta+p)
		if !ok {
			continue
		}
		w := f.Lex.Word(rest + script.Ha)
		if w == nil {
			continue
		}
		for _, s := range w.Senses {
			if s.Table == lex.Trigger && s.Form&lex.VerbalNoun != 0 {
				return s, true
			}
		}
	}
	return lex.Sense{}, false
}

// finite reports whether token i is a finite verb. A form that can be a noun is none when
// it follows a finite verb («جرى قصف») or goes before an indefinite adjective («ضغط أميركي»).
func (f *finder) finite(i int) bool {
	t := &f.Tokens[i]
	if f.afterHim(i) {
		return true
	}
	if _, ok := f.VerbAt(i); !ok && f.headline(i) {
		return true
	} else if !ok {
		return t.Vocab.POS&vocab.Noun == 0 && onlyVerb(t) && (i == 0 || !f.Tokens[i-1].Is(lex.Prep))
	}
	if t.Vocab.POS&vocab.Noun == 0 || t.Fut || i > 0 && f.Tokens[i-1].Is(lex.Qad) {
		return true
	}
	if i > 0 && t.Conj == 0 && !f.Tokens[i-1].Is(lex.Kana) {
		if _, verb := f.VerbAt(i - 1); verb {
			return false
		}
	}
	return i+1 >= len(f.Tokens) || !f.indefinite(i+1)
}

// headline reports whether token i, which can be verb or noun, opens a sentence that has no other
// verb: then it is its verb («طرد الجيش المسلحين من المدينة»).
func (f *finder) headline(i int) bool {
	t := &f.Tokens[i]
	s := f.Sents[f.SentenceOf(i)]
	if i != s.First || t.Kind != ling.Word || t.Definite() || t.Prep != 0 || t.Vocab.POS&vocab.VerbPerfect == 0 || t.Pron {
		return false
	}
	for j := i + 1; j < min(s.Last, i+view); j++ {
		if f.verbal(j) {
			return false
		}
	}
	return true
}

// afterHim reports whether token i can be a verb and follows «أن» with its subject («أنه قصف»).
func (f *finder) afterHim(i int) bool {
	t := &f.Tokens[i]
	if i == 0 || t.Kind != ling.Word || t.Definite() || t.Prep != 0 || t.Conj != 0 || t.Vocab.POS&vocab.Verb == 0 || !f.Tokens[i-1].Is(lex.Subord) {
		return false
	}
	for _, p := range pronouns {
		if strings.HasSuffix(f.Tokens[i-1].Fold, p) {
			return true
		}
	}
	return false
}

// onlyVerb reports whether the lexicon knows t as an imperfect and as nothing else.
func onlyVerb(t *ling.Token) bool {
	w := t.Word
	if t.Pron {
		w = t.StemWord
	}
	if w == nil || t.Definite() || t.Prep != 0 {
		return false
	}
	for _, s := range w.Senses {
		if s.Form&lex.Imperfect == 0 {
			return false
		}
	}
	return len(w.Senses) > 0
}

// indefinite reports whether token i is an adjective without the article.
func (f *finder) indefinite(i int) bool {
	t := &f.Tokens[i]
	if t.Definite() || t.Conj != 0 || t.Prep != 0 {
		return false
	}
	if s, ok := t.Sense(lex.Nation); ok && s.Form&lex.Plural == 0 {
		return true
	}
	return t.Vocab.POS&vocab.Adj != 0 && t.Vocab.POS&vocab.Verb == 0 && !t.Tables.Has(lex.Number)
}

// mistaken reports whether sense s is one that its spelling nearly always belies: a verb in
// the first person outside quotation marks («أجل», «نقل»), a shortened verb that nothing
// negates («تصب»), a dual that is also a noun in the accusative, a noun with the pronoun «my», or a form that takes no pronoun.
func (f *finder) mistaken(i int, s lex.Sense) bool {
	t := &f.Tokens[i]
	if t.Pron && s.Form&(lex.Accusative|lex.Participle) != 0 || s.Form&lex.Perfect != 0 && s.Form&lex.Spoken != 0 && f.QuoteOf(i) < 0 {
		return true
	}
	if s.Form&lex.Perfect != 0 && s.Form&lex.Dual != 0 && t.Vocab.POS&vocab.Noun != 0 && t.Conj == 0 && !f.two(i-1) && (i == 0 || f.Tokens[i-1].Kind != ling.Punct || len(f.couple(i)) == 0) {
		return true // «دعما»
	}
	if s.Form&lex.Imperfect != 0 {
		if s.Form&lex.Spoken != 0 && (s.Form&lex.Plural == 0 || f.QuoteOf(i) < 0) {
			return true
		}
		full, _, _ := strings.Cut(f.imperfect(s), " ")
		return s.Form&(lex.Plural|lex.Dual) == 0 && len(t.Base) < len(full)
	}
	return t.Pron && strings.HasSuffix(t.Base, script.Ya)
}

// two reports whether token i can be a dual.
func (f *finder) two(i int) bool {
	if i < 0 {
		return false
	}
	base := f.Tokens[i].Base
	return strings.HasSuffix(base, script.An) || strings.HasSuffix(base, script.In)
}

// imperfect gives the imperfect of the row of a trigger.
func (f *finder) imperfect(s lex.Sense) string {
	if s.Table == lex.EventNoun {
		return ""
	}
	return f.Lex.Triggers[s.Row].Imperfect
}

// read makes a deed of sense s over tokens [i, end).
func (f *finder) read(i, end int, s lex.Sense) (deed, bool) {
	g := deed{first: i, last: end, tail: end, row: s.Row, phrase: end > i+1}
	if s.Table == lex.EventNoun {
		row := &f.Lex.EventNouns[s.Row]
		g.kind, g.pattern, g.shape, g.plural = row.Type, row.Pattern, noun, s.Form&lex.Plural != 0
		g.row += int32(len(f.Lex.Triggers))
		return g, true
	}
	row := &f.Lex.Triggers[s.Row]
	g.kind, g.pattern = row.Type, row.Pattern
	switch {
	case s.Form&lex.Verb != 0:
		if !f.finite(i) {
			return g, false
		}
		g.spoken = s.Form&lex.Spoken != 0
		g.shape, g.tense, g.plural, g.dual = verb, s.Form&lex.Verb, s.Form&lex.Plural != 0, s.Form&lex.Dual != 0
	case s.Form&lex.Participle != 0:
		g.shape = participle
		return g, f.predicate(i, s)
	default:
		g.shape, g.plural = masdar, s.Form&lex.Plural != 0
	}
	return g, true
}

// predicate reports whether the participle at token i says what somebody does, and is
// not a noun or adjective.
func (f *finder) predicate(i int, s lex.Sense) bool {
	t := &f.Tokens[i]
	if t.Definite() || t.Prep != 0 || i == 0 || f.Tokens[i-1].Kind == ling.Number || f.Tokens[i-1].Tables.Has(lex.Number) {
		return false // «45 متهما»
	}
	comma := f.Tokens[i-1].Kind == ling.Punct || f.Tokens[i-1].Kind == ling.Mark
	return s.Form&lex.Accusative != 0 || comma && s.Form&lex.Plural != 0 || strings.HasSuffix(t.Base, script.Alef)
}

// apart is how many tokens may stand between the first word of a verb phrase and the
// rest, and beyond how many when the first is a noun or participle.
const (
	apart  = 18
	beyond = 4
)

// parted finds a phrase whose tail stands apart from its first word.
func (f *finder) parted(i int) (best deed, ok bool) {
	end := 0   // of the clause, once known
	first := 0 // token of the tail found nearest
	f.Tokens[i].Senses(lex.TriggerOpening, func(s lex.Sense) bool {
		if f.mistaken(i, s) {
			return true
		}
		_, tail, more := strings.Cut(f.cell(s), " ")
		if !more {
			return true
		}
		if end == 0 {
			end = f.unbroken(i + 1)
		}
		last := end
		if s.Form&lex.Verb == 0 {
			last = min(end, i+1+beyond)
		}
		if at, n := f.find(i+1, last, tail, s.Form&lex.Verb == 0); n > 0 {
			if g, fits := f.read(i, i+1, s); fits && (!ok || at < first || at == first && at+n > best.tail) {
				g.tail, g.phrase = at+n, true
				best, first, ok = g, at, true
			}
		}
		return true
	})
	return best, ok
}

// cell gives the words of the row of s with the tail as its form has it.
func (f *finder) cell(s lex.Sense) string {
	row := &f.Lex.Triggers[s.Row]
	switch {
	case s.Form&lex.VerbalNoun != 0:
		first, _, _ := strings.Cut(row.Noun, "|")
		return first
	case s.Form&lex.Verb != 0, s.Form&lex.Accusative != 0:
		return row.Perfect
	}
	return ""
}

// find looks for the folded words of tail among tokens [i, last): at is the first of n. Of says that
// they belong to a verbal noun.
func (f *finder) find(i, last int, tail string, of bool) (at, n int) {
	for j := i; j < last; j++ {
		if n := f.words(j, last, tail, of); n > 0 && !f.complement(j) {
			return j, n
		}
	}
	return 0, 0
}

// unbroken gives the token before which the clause that goes on at token i, with no other
// verb, ends.
func (f *finder) unbroken(i int) int {
	last := min(f.Sents[f.SentenceOf(i-1)].Last, i+apart)
	for j := i; j < last; j++ {
		if f.breaks(j) && f.finite(j) {
			return j + 1 // the tail may itself look like a verb
		}
	}
	return last
}

// complement reports whether token j belongs to a preposition before it, so is no object.
func (f *finder) complement(j int) bool {
	p := &f.Tokens[j-1]
	return p.Is(lex.Prep) && !p.Definite() && p.Base != script.From && f.Tokens[j].Class&lex.Prep == 0
}

// words counts the tokens from j on that the words of tail are, or gives 0.
func (f *finder) words(j, last int, tail string, of bool) int {
	first := j
	for more := true; more; j++ {
		var word string
		word, tail, more = strings.Cut(tail, " ")
		if j >= last || !like(&f.Tokens[j], word, of) {
			return 0
		}
	}
	return j - first
}

// like reports whether t is the word, with or without article and case, and behind «ل» where it may
// be the object of a verbal noun («قبوله للدعوة»).
func like(t *ling.Token, word string, of bool) bool {
	free := t.Prep == 0 || of && t.Prep == 'l'
	if free && (t.Base == word || t.Stem == word) || t.Fold == word {
		return t.Conj == 0
	}
	bare := strings.TrimSuffix(word, script.Alef)
	return t.Conj == 0 && free && bare != word && (t.Stem == bare || t.Base == bare)
}

// breaks reports whether a new clause begins at token j.
func (f *finder) breaks(j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named {
		return false
	}
	if t.Is(lex.Subord|lex.Rel|lex.While|lex.But|lex.Because) && !t.Is(lex.Prep) && !t.Definite() {
		return true
	}
	if t.Is(lex.Prep) || t.Pron && j+1 < len(f.Tokens) && f.Tokens[j+1].Kind == ling.Number {
		return false // «غرامة قدرها 4 ملايين»
	}
	_, finite := f.VerbAt(j)
	return finite
}
