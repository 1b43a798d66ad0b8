package statements

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// noun takes a noun of saying at token i: with its owner and أن («إعلان الحكومة أن»,
// «اتهامات من فلان بأن»), or a demand that a clause is made for («للمطالبة ب»).
func (f *finder) noun(i int) (int, bool) {
	t := &f.Tokens[i]
	if t.Kind != ling.Word || !t.Tables.Has(lex.Speech) && !t.Tables.Has(lex.SpeechNoun) {
		return i, false
	}
	if end, ok := f.rumoured(i); ok {
		return end, true
	}
	if _, _, named := f.Name(i); named {
		return i, false
	}
	c, ok := f.speech(i, lex.VerbalNoun)
	if !ok {
		s, noun := t.Sense(lex.SpeechNoun)
		if !noun || f.Lex.SpeechNouns[s.Row].Class != "claim" {
			return i, false
		}
		c = cue{at: i, end: i + 1, class: "claim", pattern: lex.WithAn | lex.WithBi | lex.WithAla | lex.WithMin, form: lex.VerbalNoun}
	}
	if t.Prep == 'l' && i >= f.inside && (c.class == "demand" || c.class == "condemn") {
		return f.purpose(c)
	}
	if !t.Definite() {
		return f.owned(c)
	}
	return i, false
}

// rumoured takes a source without a name and «عن» behind a preposition: «وسط معلومات عن
// مقتل», «بعد تقارير عن انسحاب». A deed is what is told.
func (f *finder) rumoured(i int) (int, bool) {
	t := &f.Tokens[i]
	if i == f.first || i < f.inside || t.Definite() || t.Prep != 0 || t.Conj != 0 || !f.Tokens[i-1].Is(lex.Prep|lex.TimeConj) {
		return i, false
	}
	n := f.NounPhrase(i)
	if !f.nounOf(i, "source") || n+1 >= f.last || f.preposition(n) != lex.WithAbout || f.holdsPronoun(n) || !f.deed(n+1) && !f.formedAsDeed(n+1) {
		return i, false
	}
	from, to, direct := f.content(n+1, governed)
	ok := f.add(said{cue: i, end: i + 1, from: from, to: to, direct: direct, speaker: f.voice([2]int{i, n}, [2]int{}, ling.Verb{}),
		rule: "noun-about", confidence: 0.7})
	return from, ok
}

// formedAsDeed reports a noun with what did it hanging on it, or right before it: «تعرض
// الميناء», «منعها».
func (f *finder) formedAsDeed(i int) bool {
	t := &f.Tokens[i]
	return f.Pronoun(i) && !t.Tables.Has(lex.Title) || !t.Definite() && t.Vocab.POS&vocab.Verb != 0 && t.Vocab.POS&vocab.Noun != 0
}

// purpose takes «للمطالبة ب», «للتنديد ب»: the subject of the clause demands.
func (f *finder) purpose(c cue) (int, bool) {
	fr, ok := f.frameOf(c, true)
	if !ok || fr.how != governed || fr.introduction != c.end || f.clause.empty() {
		return c.end, false
	}
	from, to, direct := f.content(fr.content, fr.how)
	ok = f.add(said{cue: c.at, end: c.end, from: from, to: to, direct: direct, speaker: f.clause, rule: "noun-purpose", confidence: 0.8})
	f.speak(f.clause)
	return from, ok
}

// claims reports whether a noun of saying with its owner and أن begins at token i.
func (f *finder) claims(i int) bool {
	c, ok := f.speech(i, lex.VerbalNoun)
	if !ok {
		return false
	}
	_, _, k, how := f.owner(c)
	return k > 0 && how == that
}

// owned takes a noun of saying with the one who says it behind it, and أن.
func (f *finder) owned(c cue) (int, bool) {
	first, last, k, how := f.owner(c)
	if k == 0 {
		return c.end, false
	}
	v := f.voice([2]int{first, last}, f.personIn(first, last), ling.Verb{})
	from, to, direct := f.content(k, how)
	s := said{cue: c.at, end: c.end, from: from, to: to, direct: direct, speaker: v, rule: rule("noun", how), confidence: trust("noun", how)}
	if c.at < f.inside {
		s.to = min(s.to, f.inside)
	}
	if !f.add(s) {
		return c.end, false
	}
	f.speak(v)
	return from, true
}

// owner reads the one who says the noun c, and where what he says begins: 0 when it does
// not follow.
func (f *finder) owner(c cue) (first, last, k int, how how) {
	j := c.end
	if j >= f.last {
		return 0, 0, 0, nothing
	}
	if f.Tokens[j].Is(lex.Prep) && f.preposition(j) == lex.WithMin {
		j++
	}
	n := f.NounPhrase(j)
	if n == j || n >= f.last || f.Tokens[j].Prep != 0 || !f.agent(j, n) {
		return 0, 0, 0, nothing
	}
	k = n
	for k < min(f.last, n+3) && (f.Tokens[k].Nominal() && !f.complementizer(k) && f.Tokens[k].Class == 0 || f.IsTime(k) || f.preposition(k) != 0 && f.Tokens[k].Prep == 0 && f.complementizer(k+1)) {
		k++
	}
	switch {
	case k < f.last && f.complementizer(k):
		return j, n, k + 1, that
	case c.class == "declare" && n+1 < f.last && f.preposition(n) == lex.WithAbout && !f.holdsPronoun(n):
		return j, n, n + 1, governed
	case c.class == "declare" && n < f.last && f.Tokens[n].Kind == ling.Word && f.Tokens[n].Prep == 0 && !f.Tokens[n].Definite() && f.verbalNoun(n):
		return j, n, n, object
	}
	return 0, 0, 0, nothing
}

// verbalNoun reports whether the noun at token i is of a deed: known as one, or with a
// pronoun that stands for its doer.
func (f *finder) verbalNoun(i int) bool {
	t := &f.Tokens[i]
	for _, table := range [...]lex.Table{lex.Speech, lex.Trigger, lex.Commitment} {
		found := false
		t.Senses(table, func(s lex.Sense) bool {
			found = s.Form&lex.VerbalNoun != 0
			return !found
		})
		if found {
			return true
		}
	}
	return t.Tables.Has(lex.EventNoun)
}
