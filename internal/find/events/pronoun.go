package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// pronominal gives the noun g the party that the pronoun on it means.
func (f *finder) pronominal(g *deed) {
	if f.undergone(g) {
		g.passive = true
		f.victimOf(g)
		return
	}
	p := f.owner(g)
	if g.has("obj") && !g.has("subj_obj") {
		g.recipients = p
		return
	}
	g.actors = p
	if g.kind == "CONSULT" {
		for _, q := range f.parties(g.tail, f.phrase(g.tail)) { // «لقائه الوزير»
			g.actors = with(g.actors, q)
		}
	}
}

// undergone reports whether the pronoun on the verbal noun g means who suffers it: no object
// follows («اعتقاله», «اتهامها بكذا», but «اتهامها الحكومة بكذا», «قصفها للمدينة»).
func (f *finder) undergone(g *deed) bool {
	if g.shape != masdar || g.phrase || !objective(g.kind) || !g.has("subj_obj") || g.has("of") {
		return false
	}
	if g.last >= len(f.Tokens) {
		return true
	}
	i := g.last
	for i+1 < len(f.Tokens) && f.IsTime(i) {
		i++
	}
	t := &f.Tokens[i]
	return !f.bareNoun(i) && t.Prep != 'l' && !(t.Is(lex.Prep) && t.Base == script.Ala)
}

// victimOf reads whom the pronoun on g means as the one who suffers it: the person named last
// before it, unless he acts for a state. It makes no guess where there is none.
func (f *finder) victimOf(g *deed) {
	sent := f.Sents[f.SentenceOf(g.first)].First
	for j := g.first - 1; j >= sent && j >= g.first-20; j-- {
		n, _, ok := f.Name(j)
		if !ok || f.names[n].Kind != isnad.Person || f.names[n].Entity < 0 {
			continue
		}
		if f.private(j) {
			g.recipients, g.told = []string{f.entities[f.names[n].Entity].Name}, true
		}
		return
	}
}
