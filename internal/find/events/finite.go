package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// finite reports whether token i is a finite verb. A form that can be a noun is none when
// it follows a finite verb («جرى قصف») or goes before an indefinite adjective («ضغط أميركي»).
func (f *finder) finite(i int) bool {
	t := &f.Tokens[i]
	if f.afterHim(i) {
		return true
	}
	if i > 1 && t.Conj == 0 && t.Vocab.POS&vocab.Noun != 0 && f.Tokens[i-1].Base == script.From && f.Tokens[i-1].Conj == 0 && f.Tokens[i-2].Kind == ling.Word && !f.Tokens[i-2].Is(lex.Subord) {
		return false // «تمكنت من قصف»
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
	if s, ok := t.Sense(lex.Nation); ok {
		return s.Form&(lex.Plural|lex.Dual) == 0
	}
	return t.Vocab.POS&vocab.Adj != 0 && t.Vocab.POS&vocab.Verb == 0 && !t.Tables.Has(lex.Number)
}

// verbal reports whether token j is a finite verb or a word that news knows as nothing else.
func (f *finder) verbal(j int) bool {
	if _, ok := f.VerbAt(j); ok {
		return true
	}
	t := &f.Tokens[j]
	_, _, named := f.Name(j)
	return !named && t.Kind == ling.Word && !t.Definite() && t.Prep == 0 && t.Class == 0 && t.Vocab.POS&vocab.Verb != 0 && t.Vocab.POS&^vocab.Verb == 0
}
