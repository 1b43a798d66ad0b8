package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// asserted reports whether the text tells the deed of the noun g as done, and does not
// only speak about it: the noun is governed by a verb («جرى قصف», «أعلن عن طرد»), or says
// when or in what another thing happened («بعد قصف», «في هجوم»). What stands in the genitive
// («استمرار الدعم», «ضرورة مقاضاة») or behind another preposition is a topic.
func (f *finder) asserted(g *deed) bool {
	i := g.first
	t := &f.Tokens[i]
	sent := f.Sents[f.SentenceOf(i)].First
	switch {
	case i == sent:
		return true
	case g.kind == "SUPPORT" && (t.Conj != 0 && t.Pron || strings.HasSuffix(t.Base, script.Alef)), g.kind == "COOPERATE" && t.Prep == 'b':
		return false // «ودعمه», «دعما ل», «بالتعاون مع»
	case t.Conj != 0:
		return f.joins(g, sent)
	case t.Prep == 'l':
		return g.carried || g.kind == "PROTEST" || g.shape == noun && !t.Definite() && f.near(i-1, sent)
	case g.kind == "REQUEST":
		return true
	case t.Prep != 0:
		return f.near(i-1, sent)
	}
	p := &f.Tokens[i-1]
	switch {
	case p.Kind == ling.Punct:
		return true
	case p.Is(lex.TimeConj), f.occasion(p):
		return true
	case among(p):
		return true
	case p.Is(lex.Prep) && p.Base == script.About:
		return fatal(g) || f.declared(i-2, sent)
	case p.Is(lex.Prep) && !p.Definite():
		return fatal(g) && p.Base == script.Ila || f.near(i-2, sent)
	case f.saying(p):
		return true
	}
	if p.Is(lex.Inter) && !p.Definite() {
		return false // «أي هجوم»
	}
	_, _, named := f.Name(i - 1)
	return named || f.finite(i-1) || f.verbal(i-1) || p.Definite() || p.Class != 0 || f.IsTime(i-1) || f.near(i-1, sent) && !f.common(p)
}

// joins reports whether the noun g is joined to a deed that was told, or to the
// complement of a verb.
func (f *finder) joins(g *deed, sent int) bool {
	if n := len(f.given); n > 0 && f.given[n-1].first >= sent && f.given[n-1].first >= g.first-joint && f.given[n-1].shape != verb {
		return true
	}
	return g.kind != "CONCEDE" && f.near(g.first-1, sent) // «المطالبة بالعودة ورفع الحصار»
}

// joint is how far before a joined noun the deed stands to which it is joined, in tokens.
const joint = 24

// reach is how many tokens before a noun the verb that governs it stands at most.
const reach = 6

// near reports whether a finite verb stands at token i or shortly before it.
func (f *finder) near(i, sent int) bool {
	for j := i; j >= sent && j > i-reach; j-- {
		if f.Tokens[j].Kind == ling.Punct {
			return false
		}
		if f.verbal(j) {
			return j == sent || !f.subjunctive(j-1)
		}
	}
	return false
}

// among reports whether t begins an example («من بينها», «ومنها»).
func among(t *ling.Token) bool {
	return t.Is(lex.Prep) && (t.Base == script.Between+script.Hna || t.Base == script.From+script.Hna)
}

// declared reports whether the clause that ends at token i has a finite verb, with commas
// or without («أعلنت الوزارة، السبت، عن»).
func (f *finder) declared(i, sent int) bool {
	for j := i; j >= sent && j > i-2*reach; j-- {
		if f.verbal(j) {
			return j == sent || !f.subjunctive(j-1)
		}
	}
	return false
}

// occasion reports whether t says in or after what something happened («في», «بعد»).
func (f *finder) occasion(t *ling.Token) bool {
	return t.Is(lex.Prep) && t.Base == script.Fi
}

// common reports whether t is a common noun without the article, which what follows
// completes.
func (f *finder) common(t *ling.Token) bool {
	return t.Kind == ling.Word && t.Class == 0 && !t.Definite() && t.Vocab.POS&vocab.Noun != 0 && t.Vocab.POS&vocab.Verb == 0
}

// firm reports whether the other noun g is told and not only spoken of. An assault or
// protest that the reader is taken to know («الهجوم», «الاحتجاجات») is told where a verb
// stands before it or both parties are named.
func (f *finder) firm(g *deed) bool {
	switch g.kind {
	case "ASSAULT", "PROTEST":
		return g.aimed || len(g.actors) > 0 && len(g.recipients) > 0 || f.asserted(g) && (!f.Tokens[g.first].Definite() || f.near(g.first-1, g.first-1))
	case "SUPPORT", "COOPERATE", "THREATEN":
		return f.asserted(g)
	case "ACCUSE":
		t := &f.Tokens[g.first]
		return g.first == 0 || t.Prep != 0 || t.Conj != 0 || f.saying(&f.Tokens[g.first-1]) || !f.common(&f.Tokens[g.first-1]) // «لجنة تحقيق»
	}
	return true
}

// saying reports whether t is the participle of a deed («رافضا الاتهامات»).
func (f *finder) saying(t *ling.Token) bool {
	s, ok := t.Sense(lex.Trigger)
	return ok && s.Form&lex.Participle != 0 && s.Form&lex.Accusative != 0
}

// restated reports whether the verb of g only says in a relative clause which deed or treaty is
// meant («الهجوم الذي استهدف»).
func (f *finder) restated(g *deed) bool {
	if g.shape != verb || g.first == 0 || !f.Tokens[g.first-1].Is(lex.Rel) {
		return false
	}
	switch g.kind {
	case "ASSAULT", "PROTEST":
		return true
	case "RETREAT", "SANCTION", "CONCEDE", "AGREE":
		return !g.plural && f.resumes(g.first+1) // «الاتفاق الذي انسحبت منه»
	}
	return false
}
