package statements

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// scare is the most words in quotation marks that are taken for a part of a clause when
// the clause goes on behind them.
const scare = 8

// content gives the tokens of the words said that begin at token i, and whether they
// stand in quotation marks from mark to mark.
func (f *finder) content(i int, how how) (from, to int, direct bool) {
	for i < f.last && (f.sign(i, ":") || how == colon && f.complementizer(i)) {
		i++
	}
	if i >= f.last {
		return i, i, false
	}
	if how == that {
		if c, ok := f.verb(i); ok && c.class == "think" && f.complementizer(c.end) && c.end+1 < f.last {
			i = c.end + 1
		}
	}
	if how == governed && i > f.first && f.mark(i-1) && f.QuoteOf(i-1) >= 0 && f.Quotes[f.QuoteOf(i-1)].Open == i-1 {
		return f.quotation(i-1, how)
	}
	if f.mark(i) && how != described {
		return f.quotation(i, how)
	}
	return i, f.end(i, how), false
}

// quotation gives the content that begins with the mark at i.
func (f *finder) quotation(i int, how how) (from, to int, direct bool) {
	q := f.QuoteOf(i)
	if q < 0 || f.Quotes[q].Open != i || !f.Quotes[q].Closed {
		return i + 1, f.nextMark(i + 1), true
	}
	end := f.Quotes[q].Close
	if f.complementizer(end-1) || f.sign(end-1, ":") { // the closing mark opens the next quotation
		return i + 1, f.end(i+1, that), true
	}
	from = i + 1
	if how != that && f.complementizer(from) && from+1 < end {
		from++
	}
	if how == that {
		if k := f.another(end + 1); k > 0 {
			return from, f.end(k, how), false
		}
	}
	if f.goesOn(i, end, how) {
		return from, f.end(end+1, how), false
	}
	return from, end, true
}

// another gives the token behind «وأن» at token i, past a comma: what was said goes on
// behind the quotation. 0 when it does not.
func (f *finder) another(i int) int {
	for i < f.last && f.comma(i) {
		i++
	}
	if i+1 < f.last && (f.complementizer(i) && f.Tokens[i].Conj == 'w' || f.Tokens[i].Base == script.Waw+script.Alef+script.Nun) {
		return i + 1
	}
	return 0
}

// nextMark gives the next quotation mark of the sentence at or after token i, or its end.
func (f *finder) nextMark(i int) int {
	for ; i < f.last; i++ {
		if f.mark(i) {
			return i
		}
	}
	return f.last
}

// goesOn reports whether the clause of the quotation [open, end] goes on behind it: the
// marks stand round some of its words only.
func (f *finder) goesOn(open, end int, how how) bool {
	n := end + 1
	if n >= f.last || end-open-1 > scare {
		return false
	}
	t := &f.Tokens[n]
	if t.Kind == ling.Punct {
		return f.comma(n) && how == that && end-open-1 <= 3 && n+1 < f.last && !f.boundary(n+1) && !f.attribution(n+1)
	}
	if f.boundary(n) || f.IsTime(n) || t.Conj != 0 || t.Is(lex.Rel) && !t.Is(lex.Prep) || t.Is(lex.While|lex.But|lex.TimeConj|lex.Conj) {
		return false
	}
	_, speech := f.verb(n)
	return !speech
}

// end gives the token after the clause said that goes on at token i.
func (f *finder) end(i int, how how) int {
	if q := f.QuoteOf(i); q >= 0 && f.Quotes[q].Closed && f.Quotes[q].Open < i {
		return f.endBy(i, min(f.last, f.Quotes[q].Close), how)
	}
	known := &f.ended[0]
	if how == object || how == governed {
		known = &f.ended[1]
	}
	if known.from > i || i >= known.to { // else a scan that began before gives the same
		*known = stretch{i, f.endBy(i, f.last, how)}
	}
	return known.to
}

// endBy is end within the tokens before last.
func (f *finder) endBy(i, last int, how how) int {
	for j := i; j < last; j++ {
		if q := f.QuoteOf(j); q >= 0 && f.Quotes[q].Open == j && f.Quotes[q].Closed && f.Quotes[q].Close < last {
			j = f.Quotes[q].Close
			continue
		}
		switch {
		case j > i && f.comma(j):
			if j+1 < last && (f.boundary(j+1) || f.attribution(j+1) || f.turns(j+1, how)) {
				return j
			}
		case j > i && (f.boundary(j) || f.mark(j-1) && f.attribution(j)):
			return j
		case j > i && (how == object || how == governed) && f.leaves(j, how):
			return j
		}
	}
	return last
}

// boundary reports whether the words said must end before token j, with or without a
// comma: a participle of saying, a marker, a clause with a verb of saying, «في إشارة».
func (f *finder) boundary(j int) bool {
	t := &f.Tokens[j]
	if t.Kind != ling.Word {
		return false
	}
	if c, ok := f.participle(j); ok && f.speaks(c) {
		return true
	}
	if t.Is(lex.Demo) && t.Conj == 'w' && j+1 < f.last && f.Tokens[j+1].Is(lex.Prep|lex.TimeConj) {
		return true // «وذلك بعد»
	}
	if v, _, ok := f.marker(j); ok && (v.verbal || f.speaker(v)) {
		return true
	}
	if t.Base == script.Fi && j+1 < f.last {
		s, ok := f.speech(j+1, lex.VerbalNoun)
		if ok && s.class == "point" && s.pattern&lex.WithIla != 0 && !f.Tokens[j+1].Definite() {
			return true
		}
	}
	if f.assessed(j) {
		return true
	}
	if t.Base == script.Kaf+script.Mim+script.Alef && j+1 < f.last {
		if c, ok := f.verb(j + 1); ok && !c.pron {
			return true // «كما عبر عن»
		}
	}
	if c, ok := f.verb(j); ok && t.Conj == 'w' && c.verb.Tense == lex.Perfect && c.class != "think" {
		if fr, ok := f.frameOf(c, false); ok && (fr.how == that || fr.how == colon || fr.how == quoted) {
			return true
		}
	}
	if f.class(j)&(lex.While|lex.But) != 0 && !t.Definite() {
		return f.speechClause(j) || j+1 < f.last && t.Is(lex.But) && f.claims(j+1)
	}
	return false
}

// assessed reports «في خطوة قالت إنها» at token j: an indefinite noun with a verb of saying
// on it tells what somebody holds of what was said.
func (f *finder) assessed(j int) bool {
	if f.Tokens[j].Base != script.Fi || j+2 >= f.last || f.Tokens[j+1].Definite() || f.Tokens[j+1].Pron || f.Tokens[j+1].Prep != 0 || !f.Tokens[j+1].Nominal() {
		return false
	}
	if _, _, named := f.Name(j + 1); named {
		return false
	}
	c, ok := f.verb(j + 2)
	return ok && c.verb.Tense == lex.Perfect && f.Tokens[j+2].Conj == 0 && f.complementizer(c.end)
}

// class gives the closed classes of the word or phrase that begins at token j.
func (f *finder) class(j int) lex.Class {
	c := f.Tokens[j].Class
	for _, p := range f.PhrasesAt(j) {
		c |= p.Word.Class
	}
	return c
}

// speechClause reports whether the clause that «فيما», «في حين», «لكن» begins at token j
// has a verb of saying within its first words.
func (f *finder) speechClause(j int) bool {
	for i := j + 1; i < min(f.last, j+5); i++ {
		if f.comma(i) || f.mark(i) || f.complementizer(i) {
			return false
		}
		if c, ok := f.verb(i); ok {
			fr, ok := f.frameOf(c, false)
			return ok && fr.how != object && f.allowed(c, fr)
		}
	}
	return false
}

// speaks reports whether words said follow the participle c.
func (f *finder) speaks(c cue) bool {
	fr, ok := f.frameOf(c, true)
	if !ok {
		return false
	}
	switch fr.how {
	case that, colon, quoted:
		return true
	case governed:
		if c.at > f.first && (f.comma(c.at-1) || f.mark(c.at-1)) {
			return fr.introduction <= c.end+4
		}
		return fr.introduction == c.end && c.form&(lex.Accusative|lex.Plural) != 0 && c.class != "express"
	case object:
		return fr.content == c.end && participleObjects[c.class] && c.form&(lex.Accusative|lex.Plural) != 0
	}
	return false
}

// attribution reports whether a clause that begins at token j after a comma or mark is
// the reporter's again: «وذلك», «دون», «فيما», «وقال فلان».
func (f *finder) attribution(j int) bool {
	t := &f.Tokens[j]
	switch {
	case t.Kind != ling.Word:
		return false
	case t.Is(lex.Demo) && t.Conj == 'w':
		return true
	case t.Is(lex.Neg) && t.Is(lex.Prep) && t.Vocab.POS&particle == 0:
		return true
	case f.class(j)&lex.While != 0 && t.Is(lex.TimeConj|lex.Prep):
		return true
	}
	c, ok := f.verb(j)
	if !ok && j+1 < f.last && t.Is(lex.Qad|lex.Kana) {
		c, ok = f.verb(j + 1)
	}
	if !ok || c.class == "think" {
		return false
	}
	fr, ok := f.frameOf(c, false)
	return ok && fr.how != object && (some(fr.subject) || t.Conj != 0)
}

// leaves reports whether a noun phrase as content ends before token j: at «فيما», at a
// purpose in the accusative («إرضاء ل»), at «بعد مزاعم».
func (f *finder) leaves(j int, how how) bool {
	t := &f.Tokens[j]
	switch {
	case t.Kind != ling.Word || t.Definite() && t.Prep == 0:
		return false
	case f.class(j)&lex.While != 0:
		return true // also «بالتزامن مع»
	case t.Definite():
		return false
	case t.Is(lex.TimeConj) && j+1 < f.last:
		return f.nounOf(j+1, "claim") || f.nounOf(j+1, "source") && !f.Tokens[j+1].Definite() && f.prepositionAt(f.NounPhrase(j+1)) == lex.WithAbout
	case how == object && t.Is(lex.Rel) && !t.Is(lex.Neg|lex.Prep) && t.Prep == 0 && t.Conj == 0 && f.named(j-1):
		return true // «انسحاب البلاد من محكمة العدل التي تنظر»
	case how == object && j+1 < f.last && t.Is(lex.Prep) && t.Base != script.Fi && f.preposition(j) == 0 && t.Prep == 0 && !f.Tokens[j+1].Definite() && f.says(j+1) && f.publishes(j+1):
		return true // «إغلاق الجسر عبر موقع»
	}
	return t.Hamza == ling.Below && t.Conj == 0 && t.Prep == 0 && t.Class == 0 && f.Tokens[j-1].Definite() && t.Nominal() &&
		j+1 < f.last && f.Tokens[j+1].Prep == 'l'
}

// named reports whether token i stands in a proper name.
func (f *finder) named(i int) bool {
	_, _, ok := f.Name(i)
	return ok
}

// nounOf reports whether token i is a noun of attribution of the given class.
func (f *finder) nounOf(i int, class string) bool {
	found := false
	f.Tokens[i].Senses(lex.SpeechNoun, func(s lex.Sense) bool {
		found = f.Lex.SpeechNouns[s.Row].Class == class
		return !found
	})
	return found
}

// turns reports whether after a noun phrase as content a new clause begins at token j.
func (f *finder) turns(j int, how how) bool {
	if how != object && how != governed {
		return false
	}
	t := &f.Tokens[j]
	if t.Is(lex.Rel) && t.Conj == 0 && !t.Is(lex.Neg) || t.Is(lex.Pron) && t.Conj == 'w' {
		return true
	}
	if t.Definite() && t.Conj == 0 && t.Prep == 0 && t.Vocab.POS&vocab.Adj != 0 {
		return true
	}
	if t.Is(lex.While|lex.But) && !t.Definite() {
		return true
	}
	if t.Conj == 0 && t.Prep == 0 && t.Vocab.POS&vocab.Particle == 0 && strings.HasPrefix(t.Base, script.Mim) && strings.HasSuffix(t.Base, script.Alef) && !t.Pron {
		return true // «محملا»
	}
	v, ok := f.VerbAt(j)
	return ok && t.Conj == 'w' && v.Tense == lex.Perfect
}
