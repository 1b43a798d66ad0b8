package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// between reads «بين A و B».
func (f *finder) between(g *deed, after int) {
	if !g.has("recip") {
		return
	}
	end := f.clauseEnd(after)
	for j := after; j < min(end, after+8); j++ {
		if t := &f.Tokens[j]; j == after && t.Is(lex.Prep) && t.Base != script.Between && strings.HasPrefix(t.Base, script.Between) {
			g.actors, g.told = f.partners(g, j+1), true
			return
		}
		if f.Tokens[j].Is(lex.Prep) && f.Tokens[j].Base == script.Between {
			last := f.phrase(j + 1)
			p := f.parties(j+1, last)
			if len(p) == 1 {
				p = f.second(p, last, min(end, last+pair))
			}
			if len(p) > 0 {
				g.actors, g.recipients, g.told = p, nil, true
			}
			return
		}
	}
}

// gather reads «لقاء جمع الوزير بنظيره»: whom the verb behind the noun brings together.
func (f *finder) gather(g *deed, after int) {
	j := f.adjectives(g)
	if g.kind != "CONSULT" || len(g.actors) > 1 || j != after && j != g.last || j+1 >= len(f.Tokens) || f.Tokens[j].Kind != ling.Word || f.Tokens[j].Vocab.POS&vocab.Verb == 0 || f.Tokens[j].Definite() || f.Tokens[j].Prep != 0 || f.Tokens[j].Tables.Has(lex.Trigger) || f.Pronoun(j) {
		return
	}
	end := f.phrase(j + 1)
	if end == j+1 || end >= len(f.Tokens) || f.Preposition(end) != 'b' {
		return
	}
	p := f.parties(j+1, end)
	for _, q := range f.parties(end, f.phrase(end)) {
		p = with(p, q)
	}
	if len(p) > 1 {
		g.actors, g.recipients, g.told = p, nil, true
	}
}

// pair is how far after the first of two partners the second is joined, in tokens.
const pair = 10

// second adds to the partners p the one joined to them among tokens [i, end).
func (f *finder) second(p []string, i, end int) []string {
	for ; i < end; i++ {
		if f.Tokens[i].Conj == 0 || f.finite(i) {
			continue
		}
		for _, q := range f.parties(i, f.phrase(i)) {
			p = with(p, q)
		}
		if len(p) > 1 {
			return p
		}
	}
	return p
}

// partners reads «بينه وبين B»: the owner of the pronoun, and who follows.
func (f *finder) partners(g *deed, j int) []string {
	p := f.owner(g)
	if strings.HasSuffix(f.Tokens[j-1].Base, script.Huma) {
		if pair := f.couple(g.first); len(pair) > 0 {
			return pair
		}
	}
	if j < len(f.Tokens) && f.Tokens[j].Base == script.Between {
		for _, q := range f.parties(j+1, f.phrase(j+1)) {
			p = with(p, q)
		}
	}
	return p
}

// couple gives the two parties that a dual at token i means: the last two told together in
// its sentence, else those of the deed before.
func (f *finder) couple(i int) []string {
	sent := f.Sents[f.SentenceOf(i)].First
	for j := i - 1; j >= sent && j >= i-back; j-- {
		if f.Tokens[j].Conj != 0 || f.Tokens[j].Kind != ling.Word {
			continue
		}
		last := f.phrase(j)
		if last <= j+1 || last > i {
			continue
		}
		p := f.parties(j, last)
		if len(p) == 1 && last < i && f.Tokens[last].Conj != 0 && f.two(j) {
			p = f.second(p, last, last+1) // «الرئيسين الكيني فلان والإسباني فلان»
		}
		if len(p) == 2 {
			return p
		}
	}
	if n := len(f.given); n > 0 {
		h := &f.given[n-1]
		if p := append(without(h.actors, nil), without(h.recipients, h.actors)...); len(p) == 2 && f.SentenceOf(i)-f.SentenceOf(h.first) < vicinity {
			return p
		}
	}
	return nil
}

// vicinity is how many sentences back the deed may be told whose two sides a dual means.
const vicinity = 4

// pairing reports whether token i is the dual of a word for a person or side («الوزيران»).
func (f *finder) pairing(i int) bool {
	if !f.two(i) {
		return false
	}
	for _, table := range [...]lex.Table{lex.Title, lex.Unit, lex.Head, lex.Commitment} {
		found := false
		f.Tokens[i].Senses(table, func(s lex.Sense) bool {
			found = s.Form&lex.Dual != 0
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// two reports whether token i can be a dual.
func (f *finder) two(i int) bool {
	if i < 0 || f.Tokens[i].Is(lex.Kana) {
		return false // «كان»
	}
	base := f.Tokens[i].Base
	return strings.HasSuffix(base, script.An) || strings.HasSuffix(base, script.In)
}
