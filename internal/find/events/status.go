package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// stand finds whether the deed was done, is to be done or is denied. It leaves the status
// empty when the text does not assert the deed.
func (f *finder) stand(g *deed) {
	i := g.first
	sent := f.Sents[f.SentenceOf(i)].First
	g.status = "happened"
	switch {
	case f.menace(g):
		g.status = ""
	case g.shape == verb:
		f.standVerb(g, i, sent)
	case i > sent && f.denies(i-1):
		g.status = ""
	default:
		f.standNoun(g)
	}
	if g.status == "happened" && f.foretold(g) {
		g.status = "planned"
		if fatal(g) {
			g.status = "" // «ستؤدي إلى مقتل المدنيين»
		}
	}
	if f.conditional(i, sent) {
		g.status = ""
	}
}

// standNoun finds whether the noun of g tells what was done, or what is only wished or called for.
func (f *finder) standNoun(g *deed) {
	at, ok := f.prospective(g)
	if !ok {
		return
	}
	g.status = ""
	if n := len(f.given); g.kind == "RETREAT" && n > 0 && f.given[n-1].first == at && len(f.given[n-1].recipients) > 1 {
		g.status, g.actors, g.told = "called_for", f.given[n-1].recipients, true // «دعا الطرفين إلى وقف القتال»
	}
}

func (f *finder) standVerb(g *deed, i, sent int) {
	t := &f.Tokens[i]
	switch {
	case i > sent && g.tense == lex.Imperfect && !t.Fut && (f.Tokens[i-1].Is(lex.Rel) || f.describes(i)) && !(g.kind == "ACCUSE" && f.Pronoun(i)):
		g.status = ""
	case t.Fut || i > sent && f.Tokens[i-1].Is(lex.Future):
		g.status = "planned"
	case i > sent && f.denies(i-1):
		g.status = ""
	case t.Prep == 'l':
		g.status = ""
	case g.habitual(), i > sent && g.tense == lex.Imperfect && f.Tokens[i-1].Base == script.Hatta:
		g.status = ""
	case i > sent && g.tense == lex.Imperfect && f.subjunctive(i-1):
		g.status = ""
		if f.scheduled(i-2, sent) {
			g.status = "planned"
		}
	case i > sent && g.tense == lex.Imperfect && f.Tokens[i-1].Is(lex.Qad):
		g.status = ""
	case g.tense == lex.Imperfect:
		if status, joined := f.mood(i, sent); joined {
			g.status = status
		}
	}
}

// describes reports whether the imperfect at token i only describes the indefinite noun
// before it («قوات يدعمها التحالف»).
func (f *finder) describes(i int) bool {
	p := &f.Tokens[i-1]
	_, _, named := f.Name(i - 1)
	return f.Tokens[i].Conj == 0 && !named && p.Kind == ling.Word && p.Class == 0 && !p.Definite() && !p.Pron &&
		p.Vocab.POS&(vocab.Noun|vocab.Adj) != 0 && p.Vocab.POS&vocab.Verb == 0
}

// denies reports whether token i negates what follows it.
func (f *finder) denies(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Neg) && !t.Is(lex.Subord|lex.Rel) && !t.Definite()
}

// subjunctive reports whether token i is «أن», «بأن» or «كي» before a verb.
func (f *finder) subjunctive(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Subord) && !t.Is(lex.Kana) && (t.Is(lex.Neg) || strings.HasSuffix(t.Fold, script.Alef+script.Nun) || strings.HasSuffix(t.Fold, script.Kaf+script.Ya)) // «أن» folds with «إن»
}

// scheduled reports whether token i ends a phrase that plans what follows.
func (f *finder) scheduled(i, sent int) bool {
	for j := max(sent, i-3); j <= i; j++ {
		s, end, ok := f.Match(j, lex.Commitment)
		if !ok || end < i {
			continue
		}
		switch f.Lex.Commitments[s.Row].Basis {
		case "schedule", "decision", "promise", "agreement":
			return true
		}
	}
	return false
}

// conditional reports whether token i stands in a clause of condition.
func (f *finder) conditional(i, sent int) bool {
	for j := i - 1; j >= sent && j >= i-8; j-- {
		t := &f.Tokens[j]
		if t.Fold == "،" || t.Fold == "," {
			return false
		}
		if t.Is(lex.Qad) && !t.Is(lex.Kana) {
			if v, ok := f.VerbAt(j + 1); ok && v.Tense == lex.Imperfect {
				return true
			}
		}
		for _, p := range f.PhrasesAt(j) {
			if p.Word.Class&lex.Cond != 0 && p.Last <= i {
				return true
			}
		}
		if t.Is(lex.TimeConj) && t.Is(lex.Adverb|lex.Kana) && t.Conj == 0 {
			return true // «طالما», «ما دام»
		}
		if t.Is(lex.Cond) && !t.Is(lex.Subord|lex.Neg|lex.Rel|lex.Inter) {
			return true
		}
	}
	return false
}
