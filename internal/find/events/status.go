package events

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// stand finds whether the deed was done, is to be done or is denied. It leaves the status
// empty when the text does not assert the deed.
func (f *finder) stand(g *deed) {
	i := g.first
	sent := f.Sents[f.SentenceOf(i)].First
	g.status = "happened"
	if g.shape == verb {
		f.standVerb(g, i, sent)
	} else if i > sent && f.denies(i-1) {
		g.status = ""
	}
	if f.conditional(i, sent) {
		g.status = ""
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
	case i > sent && g.tense == lex.Imperfect && f.subjunctive(i-1):
		g.status = ""
		if f.scheduled(i-2, sent) {
			g.status = "planned"
		}
	case i > sent && g.tense == lex.Imperfect && f.Tokens[i-1].Is(lex.Qad):
		g.status = ""
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

// subjunctive reports whether token i is «أن» before a verb.
func (f *finder) subjunctive(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Subord) && t.Is(lex.Neg) // «أن» folds with «إن»
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
		if t.Is(lex.Cond) && !t.Is(lex.Subord|lex.Neg|lex.Rel|lex.Inter) {
			return true
		}
	}
	return false
}
