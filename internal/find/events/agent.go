package events

import (
	"slices"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// agent gives who did what is told in the passive, after «من قبل», «على يد» or the like; named
// says that such words tell him, and not only whose the blow was.
func (f *finder) agent(after int) (parties []string, named bool) {
	end := min(f.clauseEnd(after), after+arguments/2)
	for j := after; j < end; j++ {
		last, ok := f.doer(j)
		if !ok {
			continue
		}
		if n := f.phrase(last); n > last {
			p := f.parties(last, n)
			return p, len(p) > 0
		}
	}
	for j := after; j < end; j++ {
		if p := f.blow(j); len(p) > 0 {
			return p, false
		}
	}
	return nil, false
}

// blow gives whose the assault told at token j is: by its adjective of nation, behind «ل» or in
// the genitive («في غارات فرنسية», «في غارة للتحالف», «في غارات التحالف»).
func (f *finder) blow(j int) []string {
	s, last, ok := f.Match(j, lex.EventNoun)
	if !ok || f.Lex.EventNouns[s.Row].Type != "ASSAULT" || !slices.Contains(f.Lex.EventNouns[s.Row].Pattern, "of") {
		return nil
	}
	g := deed{first: j, last: last}
	if code := f.adjective(&g); code != "" {
		return []string{code}
	}
	if at := f.adjectives(&g); at < len(f.Tokens) && f.Preposition(at) == 'l' {
		return f.parties(at, f.phrase(at))
	}
	if end := f.genitive(&g, false); end > last && !f.land(last) {
		return f.parties(last, end)
	}
	return nil
}

// doer gives the token after the words at j behind which the doer stands.
func (f *finder) doer(j int) (int, bool) {
	for _, p := range f.PhrasesAt(j) {
		if p.Word.Class&lex.Agent != 0 {
			return p.Last, true
		}
	}
	t := &f.Tokens[j]
	return j + 1, t.Prep == 'b' && t.Is(lex.Agent)
}

// performer gives the subject of the relative clause behind a noun whose verb takes the
// noun up by a pronoun («غارات شنتها الطائرات», «القمة التي عقدتها الدول»), and where it ends.
func (f *finder) performer(g *deed) (parties []string, end int) {
	stop := min(f.Sents[f.SentenceOf(g.first)].Last, g.last+5)
	for j := g.last; j < stop; j++ {
		t := &f.Tokens[j]
		done := t.Conj == 0 && t.Vocab.POS&vocab.Verb != 0 && f.resumes(j+1)
		if _, finite := f.VerbAt(j); finite || done || t.Pron && f.finite(j) {
			if !t.Pron && !done {
				return nil, 0
			}
			if !t.Pron {
				j++ // «قامت به»
			}
			a, b, ok := f.SubjectAfter(j)
			if !ok {
				return nil, 0
			}
			return f.parties(a, b), b
		}
		if t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || !t.Is(lex.Rel) && (t.Class != 0 || t.Definite() != f.Tokens[g.first].Definite()) {
			return nil, 0
		}
	}
	return nil, 0
}
