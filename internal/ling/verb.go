package ling

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// Verb is what the form of a verb tells of its subject.
type Verb struct {
	Tense                          lex.Form // lex.Perfect or lex.Imperfect
	Feminine, Dual, Plural, Spoken bool
}

// known are the tables whose rows are verbs.
var known = [...]lex.Table{lex.Speech, lex.Trigger, lex.Commitment}

// word gives what the lexicon knows t as, under its pronoun if it has one.
func (t *Token) word() *lex.Word {
	if t.Pron {
		return t.StemWord
	}
	return t.Word
}

// learnVerb works out once what the form says by itself of its being a verb or a noun.
func (a *Analysis) learnVerb() {
	t := Token{Analysis: a}
	a.verb, a.verbal = t.readVerb()
	w := t.word()
	if w == nil {
		return
	}
	for _, s := range w.Senses {
		if s.Table == lex.Prospect || s.Table == lex.Sport {
			continue // says of what the word tells, not what it is
		}
		a.lexicalVerb = a.lexicalVerb || s.Form&lex.Verb != 0
		a.lexicalNoun = a.lexicalNoun || s.Form&lex.Verb == 0 && s.Table != lex.Function
	}
}

// readVerb gives the verb that the form of t can be, by the lexicon or its shape.
func (t *Token) readVerb() (Verb, bool) {
	found := lex.Form(0)
	if w := t.word(); w != nil {
		for _, table := range known {
			for _, s := range w.Senses {
				if s.Table == table && s.Form&lex.Verb != 0 && (found == 0 || found&lex.Spoken != 0) {
					found = s.Form // «نقل» is «he passed on» before «we say»
				}
			}
		}
	}
	if found != 0 {
		return Verb{found & lex.Verb, found&lex.Feminine != 0, found&lex.Dual != 0, found&lex.Plural != 0, found&lex.Spoken != 0}, true
	}
	if t.Vocab.POS&vocab.Verb == 0 && !t.Fut && !t.Is(lex.Kana) {
		return Verb{}, false
	}
	return t.shape(), true
}

// shape reads person, gender and number from the letters of a verb.
func (t *Token) shape() Verb {
	w := t.Base
	v := Verb{Tense: lex.Perfect, Plural: strings.HasSuffix(w, script.Wa)}
	if t.Fut || t.Vocab.POS&vocab.VerbPerfect == 0 || t.Is(lex.Kana) && person(w) && !strings.HasPrefix(w, script.Alef) {
		v.Tense = lex.Imperfect
		v.Feminine = strings.HasPrefix(w, script.Ta)
		v.Spoken = strings.HasPrefix(w, script.Nun) || strings.HasPrefix(w, script.Alef)
		v.Plural = v.Plural || strings.HasSuffix(w, script.On)
		v.Dual = strings.HasSuffix(w, script.An)
		return v
	}
	v.Feminine = strings.HasSuffix(w, script.Ta)
	return v
}

// Definite reports whether t has the article: what the folded form tells, and no hamza on
// its alef («إلغاء» has none).
func (t *Token) Definite() bool { return t.Def && t.Hamza == Bare }

// Nominal reports whether t can be a noun, adjective or proper name.
func (t *Token) Nominal() bool {
	if t.Kind != Word || t.Fut {
		return false
	}
	if t.Definite() || t.Prep != 0 || t.Vocab.POS&(vocab.Noun|vocab.Adj|vocab.Proper) != 0 || t.StemWord != nil && !t.Pron {
		return true
	}
	return t.lexicalNoun || t.Vocab.POS == 0 && !t.lexicalVerb || t.Is(lex.Quantifier) || t.Is(lex.Neg) && t.Vocab.POS&vocab.Particle == 0
}

// nominal is Nominal for a token of d: one written with ة is a noun, whatever is known
// of its folded form.
func (d *Doc) nominal(i int) bool {
	t := &d.Tokens[i]
	return t.Nominal() || strings.HasSuffix(d.Text[t.Start:t.End], script.TaMarbuta)
}

// VerbAt tells whether token i is a finite verb, and in which form. A form that can
// also be a noun («طلب») is told by what stands before it.
func (d *Doc) VerbAt(i int) (Verb, bool) {
	if i >= len(d.Tokens) {
		return Verb{}, false
	}
	t := &d.Tokens[i]
	if !t.verbal || t.Definite() || t.Prep == 'b' || t.Prep == 'k' {
		return Verb{}, false
	}
	if t.Class&^(lex.Kana|lex.Adverb) != 0 && !t.lexicalVerb || strings.HasSuffix(d.Text[t.Start:t.End], script.TaMarbuta) {
		return Verb{}, false
	}
	if t.Is(lex.Adverb) && !t.Is(lex.Kana) {
		return Verb{}, false // «هنا» is not «هنأ»
	}
	if t.Is(lex.Prep) && t.Conj == 0 && i > d.Sents[d.SentenceOf(i)].First && d.Tokens[i-1].Kind == Word &&
		!d.Tokens[i-1].Is(lex.Qad|lex.Kana|lex.While|lex.But|lex.Adverb) {
		return Verb{}, false
	}
	v := t.verb
	switch {
	case strings.HasPrefix(t.Base, script.Al) && t.Hamza == Bare && t.Vocab.POS != 0 && t.Vocab.POS&vocab.Verb == 0:
		return Verb{}, false
	case t.Fut || t.Is(lex.Kana):
		return v, true
	case t.Prep == 'l' && v.Tense != lex.Imperfect:
		return Verb{}, false
	case t.Pron && t.lexicalVerb && !t.lexicalNoun:
		return v, true
	case !t.Nominal() && (t.lexicalVerb || v.Tense == lex.Imperfect || t.Vocab.Count < 200):
		return v, true
	case t.Vocab.POS != 0 && t.Vocab.POS&^vocab.Verb == 0 && strings.HasSuffix(t.Base, script.Hna):
		return v, true // «أبحاث أجراها»
	case t.Prep != 0:
		return v, t.Vocab.POS&(vocab.Noun|vocab.Adj|vocab.Proper) == 0
	case !t.lexicalVerb && (t.lexicalNoun || strings.HasSuffix(t.Base, script.Ha) && t.Nominal()):
		return Verb{}, false
	}
	return v, d.verbHere(i)
}

// verbHere decides a form that can be verb or noun by the words before it: a verb after
// a particle of verbs or at the start of a clause, a noun after a preposition or as the
// second part of a noun phrase; after a definite noun a verb, unless the clause has one.
func (d *Doc) verbHere(i int) bool {
	first := d.Sents[d.SentenceOf(i)].First
	if i == first || d.Tokens[i].Conj != 0 && !d.coordinated(i) {
		return true
	}
	p := &d.Tokens[i-1]
	switch {
	case p.Kind == Punct || p.Kind == Mark:
		return p.Fold != "(" && p.Fold != "/" && p.Fold != "-" && p.Fold != "_"
	case p.Kind == Number:
		return false
	case p.Vocab.POS != 0 && p.Vocab.POS&^vocab.Verb == 0 && (!p.lexicalNoun || p.Pron):
		return false
	case p.Is(lex.Qad | lex.Future | lex.Rel | lex.Pron):
		return true
	case p.Is(lex.Neg) && p.Vocab.POS&vocab.Particle != 0:
		return true
	case p.Base == script.Kaf+script.Mim+script.Alef:
		return true // «كما كشف عن»
	case p.Is(lex.But):
		return !d.Tokens[i].lexicalNoun // «رغم تعهد»
	case p.Is(lex.Kana | lex.While):
		return true
	case p.Is(lex.Prep | lex.Demo | lex.Quantifier | lex.TimeConj | lex.Neg):
		return false
	case p.Is(lex.Subord):
		return d.Tokens[i].verb.Tense == lex.Imperfect
	case !p.Definite() && !d.closedAt(i-1):
		return false
	}
	return !d.clauseHasVerb(i)
}

// coordinated reports whether the word at i, which has a conjunction, goes on a list of
// nouns: the word before it is an indefinite noun or stands after a preposition.
func (d *Doc) coordinated(i int) bool {
	p := &d.Tokens[i-1]
	return p.Kind == Word && p.Nominal() && !p.Definite() && !p.closed() && p.Vocab.POS&vocab.Noun != 0
}

// clauseHasVerb looks back from token i for a finite verb in the same clause.
func (d *Doc) clauseHasVerb(i int) bool {
	first := max(d.Sents[d.SentenceOf(i)].First, i-12)
	for j := i - 1; j >= first; j-- {
		t := &d.Tokens[j]
		if t.Kind == Punct || t.Kind == Mark || t.Is(lex.Subord|lex.Rel|lex.While|lex.But|lex.Kana) {
			return false
		}
		if t.lexicalVerb && t.Vocab.POS&(vocab.Noun|vocab.Adj) == 0 {
			return true
		}
	}
	return false
}

// closed reports whether t ends a chain of nouns: a proper name or a noun with a
// pronoun on it. «ـي» in news is rather a plural before its genitive («مفاوضي الاتحاد»).
func (t *Token) closed() bool {
	return t.Pron && !strings.HasSuffix(t.Base, script.Ya) || t.Vocab.POS&^vocab.Verb == vocab.Proper || t.Tables&(lex.In(lex.Country, lex.Capital, lex.Person, lex.Short)) != 0 || t.suffixed()
}

// Pronoun reports whether a pronoun hangs on token i as it is written: folding makes one
// of «عسكرية» too.
func (d *Doc) Pronoun(i int) bool {
	t := &d.Tokens[i]
	return t.Kind == Word && t.Pron && !strings.HasSuffix(d.Text[t.Start:t.End], script.TaMarbuta)
}

// closedAt is closed for token i as it is written.
func (d *Doc) closedAt(i int) bool {
	t := &d.Tokens[i]
	return t.closed() && (!t.Pron || d.Pronoun(i))
}

// pointing reports whether t is a preposition with a pronoun («فيه», «عليها»).
func (t *Token) pointing() bool {
	for _, p := range [...]string{script.Fi, script.Ala, script.Ila, script.From, script.About} {
		switch rest, ok := strings.CutPrefix(t.Base, p); {
		case !ok:
		case rest == script.Ha, rest == script.Hna, rest == script.Hum, rest == script.Huma:
			return true
		}
	}
	return false
}

// suffixed reports a plural or feminine pronoun at the end of t by its letters; «ـه»
// is left out, since folding makes ta marbuta of it.
func (t *Token) suffixed() bool {
	w := t.Base
	if letters(w) < 5 {
		return false
	}
	return strings.HasSuffix(w, script.Hna) || strings.HasSuffix(w, script.Hum) || strings.HasSuffix(w, script.Huma)
}

// word steps over one common word if it can go on the phrase.
func (c *Chunks) word(first, j int, p *phrase) int {
	t := &c.Tokens[j]
	if j == first && t.Is(lex.Demo|lex.Quantifier) {
		return j + 1
	}
	if j > first && p.closed && t.Is(lex.Pron) && t.Conj == 0 && t.Vocab.POS&vocab.Noun != 0 && letters(t.Base) > 3 {
		return j + 1 // «الصحيفة نفسها»
	}
	if t.stops() && !c.side(first, j) || !c.nominal(j) || j > first && (t.Prep != 0 || c.IsTime(j) && p.closed || t.Is(lex.Demo)) {
		return j
	}
	if _, verb := c.VerbAt(j); verb && (j > first || !p.noun) {
		return j
	}
	adj := t.Vocab.POS&vocab.Adj != 0 || t.Tables.Has(lex.Nation) || t.Tables.Has(lex.Demonym)
	title := t.Tables.Has(lex.Title)
	proper := t.Vocab.POS&vocab.Proper != 0 && (!t.Definite() || t.Vocab.POS&vocab.Noun == 0) || t.Vocab.POS == 0 && t.Tables == 0
	switch {
	case p.closed && t.Definite() && !adj && !title && !proper:
		return j
	case p.closed && !t.Definite() && !proper && !(title && c.rank(j)):
		return j
	case p.adj && !t.Definite() && !adj && !proper:
		return j
	case p.plural && (t.Definite() || !adj && !proper):
		return j
	}
	p.plural = j == first && !t.Definite() && t.Vocab.POS&vocab.Proper == 0 && letters(t.Base) > 5 && strings.HasSuffix(t.Base, script.On)
	p.adj = j > first && adj && !t.Definite() && !p.closed
	p.closed = p.closed || t.Definite() || c.closedAt(j)
	return j + 1
}
