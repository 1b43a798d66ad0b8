package times

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// tense tells which way the clause of an expression looks.
type tense uint8

const (
	unclear tense = iota
	past
	future
)

// reach is how many words away a verb may stand.
const reach = 18

// tense looks for the nearest verb before token i, then after it, in its sentence.
func (f *finder) tense(i int) tense {
	s := f.d.Sents[f.d.SentenceOf(i)]
	for j := i - 1; j >= s.First && j > i-reach; j-- {
		if v := f.looks(j); v != unclear {
			return v
		}
	}
	for j := i + 1; j < s.Last && j < i+reach/2; j++ {
		if v := f.looks(j); v != unclear {
			return v
		}
	}
	return unclear
}

// undone reports whether the nearest verb before token i is no perfect: what is told
// there is still to come.
func (f *finder) undone(i int) bool {
	s := f.d.Sents[f.d.SentenceOf(i)]
	for j := i - 1; j >= s.First && j > i-reach; j-- {
		t := &f.d.Tokens[j]
		if v := f.looks(j); v != unclear {
			return v == future
		}
		if t.Kind == ling.Word && imperfect(t) {
			return j == s.First || !f.d.Tokens[j-1].Is(lex.Neg|lex.Kana)
		}
	}
	return false
}

// looks tells the tense of one word: a future, an imperfect after أن, or a perfect.
func (f *finder) looks(i int) tense {
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word {
		return unclear
	}
	switch {
	case t.Fut || t.Is(lex.Future) || f.is(i, "ahead"):
		return future
	case imperfect(t):
		if i > 0 && f.d.Tokens[i-1].Is(lex.Subord) && f.d.Tokens[i-1].Hamza != ling.Below || t.Prep == 'l' {
			if i > 1 && f.d.Tokens[i-2].Is(lex.Prep|lex.TimeConj) && f.is(i-2, "mod") {
				return past // «قبل أن يصل»
			}
			return future
		}
	case perfect(t), t.Vocab.POS&vocab.VerbPerfect != 0 && !t.Def && f.opens(i):
		return past
	}
	return unclear
}

// opens reports whether token i begins its sentence or clause, where a word that may be
// a verb is one.
func (f *finder) opens(i int) bool {
	return i == f.d.Sents[f.d.SentenceOf(i)].First || f.d.Tokens[i-1].Kind == ling.Punct
}

var verbs = lex.In(lex.Speech, lex.Trigger, lex.Commitment)

func perfect(t *ling.Token) bool {
	if t.Class&^lex.Kana != 0 {
		return false
	}
	return t.Vocab.POS == vocab.VerbPerfect || form(t, lex.Perfect) || t.Is(lex.Kana) && t.Vocab.POS&vocab.VerbPerfect != 0
}

func imperfect(t *ling.Token) bool {
	return t.Vocab.POS == vocab.VerbImperfect || form(t, lex.Imperfect)
}

// form reports whether the lexicon knows t as a verb in the tense f and nothing else
// speaks against it.
func form(t *ling.Token, f lex.Form) bool {
	if t.Tables&verbs == 0 || t.Def || t.Word == nil || t.Vocab.POS&(vocab.Noun|vocab.Adj) != 0 && t.Vocab.POS&vocab.Verb == 0 {
		return false
	}
	for _, s := range t.Word.Senses {
		if s.Form&f != 0 && s.Form&lex.VerbalNoun == 0 {
			return true
		}
	}
	return false
}
