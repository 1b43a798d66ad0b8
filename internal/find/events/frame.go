package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// frame reads the parties of g from where its pattern says they stand.
func (f *finder) frame(g *deed) {
	switch g.shape {
	case verb:
		f.frameVerb(g)
	case participle:
		g.actors = f.above(g.first)
		f.objects(g, g.tail)
	default:
		f.frameNoun(g)
	}
	if len(g.recipients) == 0 && !g.passive {
		f.complementOf(g)
	}
	f.share(g)
}

// complementOf gives g, of which no recipient is told where the pattern has him, the one whom
// the words of the trigger or the ground of the deed tell of.
func (f *finder) complementOf(g *deed) {
	if g.kind == "SANCTION" && g.phrase {
		f.forsaken(g)
	}
	if g.kind == "ASSAULT" && g.shape == verb && !g.has("recip") {
		g.recipients = without(with(nil, f.ground(g)), g.actors) // «استهدفت سيارة مفخخة موكبا في مقديشو»
	}
	if (g.kind == "ACCUSE" || g.kind == "SANCTION" || g.kind == "ASSAULT") && g.phrase && len(g.recipients) == 0 && g.tail < len(f.Tokens) && !f.Tokens[g.tail].Definite() == !f.Tokens[g.tail-1].Definite() {
		g.recipients = without(with(nil, f.nation(g.tail)), g.actors) // «استدعت السفير الأمريكي»
	}
}

// forsaken reads from the words of the phrase g, a sanction, whom it turns its back on.
func (f *finder) forsaken(g *deed) {
	at := g.tail - 1
	g.recipients = without(with(nil, f.landIn(g.tail, min(g.tail+9, f.clauseEnd(g.tail)))), g.actors)
	if n, end, named := f.Name(at); named && f.names[n].Kind == isnad.Organization {
		g.recipients = without(f.parties(at, end), g.actors) // «انسحب من مجلس كذا»
	}
	if s, ok := f.Tokens[at].Sense(lex.EventNoun); ok && len(g.recipients) == 0 && f.Lex.EventNouns[s.Row].Type == "AGREE" {
		g.recipients = f.treatyWith(g, at, f.phrase(at))
	}
}

// share makes partners of a reciprocal deed act together; those who fight each other do
// so only when told by «بين».
func (f *finder) share(g *deed) {
	met := g.kind == "CONSULT" && len(without(g.recipients, g.actors)) > 0
	if (g.partner || met) && (g.has("recip") || g.partner && g.kind == "CONSULT") && g.kind != "ASSAULT" {
		for _, r := range g.recipients {
			g.actors = with(g.actors, r)
		}
		g.recipients = nil
	}
}

// scene fills the party that a deed without any takes from the land it is told of: the
// people who protest, or those on whom the blows fall.
func (f *finder) scene(g *deed) {
	switch {
	case g.kind == "PROTEST" && len(g.actors) == 0:
		if m := f.mention(g.last, min(g.last+7, f.clauseEnd(g.last))); m.people != "" {
			g.actors, g.told = []string{m.people}, true
			return
		}
		g.actors = with(nil, f.context(g.first))
	case len(g.actors)+len(g.recipients) > 0 || f.Tokens[g.first].Definite():
	case g.kind == "ASSAULT" && (g.shape == noun || g.shape == masdar) && !g.has("obj"), g.kind == "RETREAT" && g.shape == noun:
		g.recipients = f.firstParty(g.tail, min(g.tail+8, f.clauseEnd(g.tail)))
		g.told = len(g.recipients) > 0
	}
}

// spoken reports whether deeds of this type are done by word: experts, officials and sources who
// do so speak for themselves until the text says whose they are.
func spoken(kind string) bool {
	switch kind {
	case "ACCUSE", "SUPPORT", "REJECT", "CONSULT", "AGREE", "REQUEST", "COOPERATE":
		return true
	}
	return false
}
