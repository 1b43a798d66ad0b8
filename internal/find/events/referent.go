package events

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// referent gives whom the pronoun on token i means: the nearest party named before it that
// is not the actor.
func (f *finder) referent(i int, actors []string) []string {
	if n := len(f.given); n > 0 && len(actors) > 0 && f.Tokens[i].Conj != 0 && slices.Equal(f.given[n-1].actors, actors) && len(f.given[n-1].recipients) == 1 && !state(f.given[n-1].recipients[0]) && f.SentenceOf(f.given[n-1].first) == f.SentenceOf(i) {
		return f.given[n-1].recipients // «اعتقلت الشرطة فلانا واتهمته»
	}
	first, want := max(f.Sents[f.SentenceOf(i)].First, i-back), f.ofPronoun(i)
	for j := i - 1; j >= first; j-- {
		if p := f.oneAt(j); len(p) > 0 && !contains(actors, p[0]) && !f.private(j) && !differ(f.ofWord(j), want) {
			return p
		}
	}
	return nil
}

// oneAt gives the party that token j names, or the state whose body it calls by its kind alone.
func (f *finder) oneAt(j int) []string {
	if p := f.firstParty(j, j+1); len(p) > 0 {
		return p
	}
	if f.Tokens[j].Definite() && f.body(j) {
		return with(nil, f.recalled(j))
	}
	return nil
}

// condemned gives whom the pronoun behind g means: the person named last where somebody is held
// or sentenced, else the nearest party.
func (f *finder) condemned(g *deed) []string {
	if g.kind == "COERCE" || g.kind == "SANCTION" || g.kind == "ASSAULT" && g.shape == masdar {
		first := max(f.Sents[f.SentenceOf(g.first)].First, g.first-back)
		for j := g.first - 1; j >= first; j-- {
			if n, _, ok := f.Name(j); ok && f.names[n].Kind == isnad.Person && f.names[n].Entity >= 0 {
				return []string{f.entities[f.names[n].Entity].Name}
			}
		}
	}
	return f.referent(g.first, g.actors)
}

// owner gives whom the pronoun on a noun means: a person named before where one suffers,
// else the nearest party before it, else the subject of its clause.
func (f *finder) owner(g *deed) []string {
	sent := f.Sents[f.SentenceOf(g.first)].First
	for j := g.first - 1; j >= sent && j >= g.first-20; j-- {
		if n, _, ok := f.Name(j); ok && g.has("obj") && f.names[n].Kind == isnad.Person && f.names[n].Entity >= 0 {
			return []string{f.entities[f.names[n].Entity].Name}
		}
		if g.has("obj") || j < g.first-8 {
			continue
		}
		if p := f.oneAt(j); len(p) > 0 && !differ(f.ofWord(j), f.ofPronoun(g.last-1)) {
			return p
		}
	}
	return f.above(g.first)
}

// antecedent gives the party that a relative clause whose pronoun is token i tells of.
func (f *finder) antecedent(i int) []string {
	first := max(f.Sents[f.SentenceOf(i)].First, i-6)
	for j := i - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); finite {
			return nil
		}
		if p := f.firstParty(j, j+1); len(p) > 0 {
			return p
		}
		if f.Tokens[j].Definite() && f.body(j) {
			return with(nil, f.same(j))
		}
	}
	return nil
}

// private reports whether token j is in the name of a person who acts for no state.
func (f *finder) private(j int) bool {
	n, _, ok := f.Name(j)
	if !ok || f.names[n].Kind != isnad.Person {
		return false
	}
	e := f.names[n].Entity
	return e < 0 || !state(f.sides[e])
}

// gathering gives the parties told last when the subject is a meeting or a text of theirs
// («القمة», «البيان»).
func (f *finder) gathering(i int) []string {
	t := &f.Tokens[i]
	if !t.Definite() || len(f.given) == 0 {
		return nil
	}
	meeting := false
	if s, ok := t.Sense(lex.EventNoun); ok {
		meeting = f.Lex.EventNouns[s.Row].Type == "CONSULT"
	}
	if s, ok := t.Sense(lex.SpeechNoun); ok {
		meeting = meeting || f.Lex.SpeechNouns[s.Row].Class == "statement"
	}
	if s, ok := t.Sense(lex.Unit); ok {
		meeting = meeting || f.Lex.Units[s.Row].Class == "group"
	}
	if !meeting {
		return nil
	}
	for k := len(f.given) - 1; k >= 0; k-- {
		if h := &f.given[k]; h.kind == "CONSULT" || h.kind == "REQUEST" || h.kind == "ACCUSE" {
			return h.actors
		}
	}
	return nil
}
