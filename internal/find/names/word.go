package names

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// personal are the tables of parts of a person's name.
var personal = lex.In(lex.Forename, lex.Surname, lex.Short)

// common are the tables of words that are no names.
var common = lex.In(lex.Nation, lex.People, lex.Demonym, lex.Title, lex.Head, lex.Month, lex.Weekday, lex.Number, lex.Unit, lex.Currency, lex.TimeWord,
	lex.Speech, lex.SpeechNoun, lex.Trigger, lex.EventNoun, lex.Commitment)

const ordinary = vocab.Noun | vocab.Adj | vocab.Verb | vocab.Particle

// latin reports whether t is a word in Latin letters.
func latin(t *ling.Token) bool { return t.Kind == ling.Word && t.Fold[0] < utf8.RuneSelf }

// strange reports whether t is a word of which nothing common is known: most such words
// in news are foreign names.
func (f *finder) strange(t *ling.Token) bool {
	if t.Kind != ling.Word || t.Class&^lex.Abbreviation != 0 || t.Tables&common != 0 || t.Pron || t.Fut || latin(t) {
		return false
	}
	if t.Tables&(personal|proper) != 0 {
		return t.Tables&located != 0 || !idle(t)
	}
	if t.Vocab.POS == 0 && t.Vocab.Count > oftenSeen || t.Def && strings.HasSuffix(t.Base, script.Ya+script.In) {
		return false // «لكل», «المركزيين»
	}
	return t.Vocab.POS&ordinary == 0 && !f.pronouned(t)
}

// oftenSeen is the count above which a word of no known kind is no rare foreign name.
const oftenSeen = 500

// pronouned reports whether an unknown word looks like a noun or verb with a pronoun, or
// a plural.
func (f *finder) pronouned(t *ling.Token) bool {
	w := t.Base
	n := utf8.RuneCountInString(w)
	if n < 5 {
		return false
	}
	for _, e := range suffixes {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return strings.HasSuffix(f.Text[t.Start:t.End], script.Ha)
}

// suffixes are pronouns that unknown words end in; those that foreign names end in too
// are left out.
var suffixes = [...]string{script.Hna, script.Hum, script.Huma, script.Hunn, script.Kum}

// idle reports whether t is mostly a common word.
func idle(t *ling.Token) bool {
	p := t.Vocab.POS
	return p&ordinary != 0 && p&vocab.Proper == 0 && t.Vocab.Count > 20
}

// doubtful reports whether a word that the lexicon knows as a name of the given kind is
// more often another word, so that it wants company. Vocabulary calls many names nouns,
// so only verbs, words of other tables and the bare names of persons are doubted.
func doubtful(t *ling.Token, kind isnad.Kind) bool {
	if t.Tables.Has(lex.Demonym) && t.Tables.Has(lex.Org) {
		return false // «الحوثيون» are a people and a body
	}
	if kind == isnad.Organization && t.Tables.Has(lex.Nation) {
		return true // «اليمنية» is an airline and an adjective
	}
	if t.Class != 0 || t.Vocab.POS&vocab.Proper == 0 && t.Tables&(common&^lex.In(lex.Nation, lex.Demonym, lex.People)) != 0 {
		return true
	}
	if kind == isnad.Organization && t.Vocab.POS&vocab.Verb != 0 && !t.Def {
		return true // «فتح»
	}
	if !idle(t) {
		return false
	}
	return t.Vocab.POS&(vocab.Verb|vocab.Particle) != 0 || kind == isnad.Person
}
