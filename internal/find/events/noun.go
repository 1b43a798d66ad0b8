package events

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// frameNoun reads the parties of a verbal or other noun: from the genitive or pronoun on it,
// its adjective, what stands behind it, and, when none of these tells who acted, from the
// verb whose complement it is.
func (f *finder) frameNoun(g *deed) {
	if f.renewed(g) || f.backing(g) {
		return
	}
	if g.has("force") && !f.forced(g.last, f.phrase(g.last)) {
		g.part = true
		return
	}
	after := f.owned(g)
	after = f.behind(g, after)
	if code := f.adjective(g); code != "" && (g.shape == masdar || g.has("demonym")) {
		g.actors, g.told = []string{code}, true
	}
	f.between(g, after)
	f.gather(g, after)
	if g.kind == "REQUEST" && f.Tokens[g.first].Prep == 'b' && after+1 < len(f.Tokens) && f.Tokens[after].Base == script.From {
		g.actors, g.told = f.parties(after+1, f.phrase(after+1)), true // «بطلب من الوزير»
		return
	}
	if g.kind == "ASSAULT" && len(g.recipients) == 0 {
		f.aim(g, after)
	}
	if len(g.recipients) == 0 {
		f.preposition(g, after)
	}
	f.perpetrators(g, after)
	f.scene(g)
}

// renewed reads a call that is the complement of a verb of speech («جددت الوزارة التأكيد على
// وجوب»): it is that verb's subject who calls.
func (f *finder) renewed(g *deed) bool {
	if !g.phrase || g.kind != "REQUEST" {
		return false
	}
	if g.actors = f.governor(g); len(g.actors) == 0 {
		return false
	}
	g.told, g.recipients = true, f.obliged(g)
	return true
}

// owned reads the party that owns the noun g, by pronoun or in the genitive, and gives the token
// behind.
func (f *finder) owned(g *deed) int {
	if f.Pronoun(g.first) || f.Pronoun(g.last-1) {
		f.pronominal(g)
		return g.tail
	}
	end := f.genitive(g, g.has("obj"))
	if end == g.last || g.phrase && g.kind == "REQUEST" {
		return g.tail
	}
	suffers := g.has("obj") || g.shape == masdar && g.has("subj_obj") && objective(g.kind)
	p := f.possessor(g, end)
	if len(p) == 0 && suffers {
		p = f.firstParty(end, min(end+6, f.clauseEnd(end)))
	}
	switch {
	case g.shape == masdar && g.kind == "CONSULT" && g.has("subj_ila") && f.land(g.last):
		g.recipients = p // «زيارة العاصمة»
	case suffers && (!g.has("of", "subj_obj") || !f.struck(g, end)):
		g.recipients = p
	default:
		g.actors = p
	}
	g.told = len(p) > 0
	return end
}

// possessor gives the parties of the genitive of g, which ends at token end.
func (f *finder) possessor(g *deed, end int) []string {
	if p := f.counts(g.last, end); len(p) > 0 {
		return p
	}
	if g.shape == masdar && f.Pronoun(g.last) {
		if p := f.governor(g); len(p) > 0 {
			return p // «أعلن السفير رفض بلاده»
		}
	}
	return f.member(g.last, end)
}

// behind reads who did g from the «ل» behind its adjectives («غارة للتحالف», «اجتماع لوزراء
// الاتحاد»), and gives the token behind.
func (f *finder) behind(g *deed, after int) int {
	at := f.adjectives(g)
	if len(g.actors) > 0 || g.shape != noun || !held(g.kind) || !g.has("of") || g.has("obj", "subj_li", "subj_ila") || at >= len(f.Tokens) || f.Preposition(at) != 'l' {
		return after
	}
	if g.actors = f.counts(at, f.phrase(at)); len(g.actors) == 0 {
		return after
	}
	g.told = true
	return max(f.phrase(at), after)
}

// perpetrators looks for who did g, when its own words do not say it, in the words around: behind
// «على يد» or «من», in the relative clause on it, in the verb that governs it.
func (f *finder) perpetrators(g *deed, after int) {
	if len(g.actors) == 0 {
		var named bool
		g.actors, named = f.agent(after)
		g.bound = g.bound || named
	}
	if len(g.actors) == 0 && !fatal(g) && !g.has("subj_min") && after < len(f.Tokens) && f.Tokens[after].Base == script.From && f.Tokens[after].Is(lex.Prep) {
		f.source(g, after+1)
	}
	if len(g.actors) == 0 {
		var end int
		g.actors, end = f.performer(g)
		g.told = g.told || len(g.actors) > 0
		if len(g.actors) > 0 && len(g.recipients) == 0 {
			f.preposition(g, end) // «زيارة قام بها الوزير إلى المدينة»
		}
	}
	if len(g.actors) == 0 && !f.Tokens[g.first].Definite() && !(g.shape == noun && g.has("obj")) {
		f.govern(g)
	}
	if len(g.actors) == 0 && g.shape == masdar {
		f.carryOn(g)
	}
}

// source reads from whom g came, told behind «من» at token i; who got a call is the subject of
// its verb («تلقى الوزير دعوة من الرئيس»).
func (f *finder) source(g *deed, i int) {
	g.actors = f.parties(i, f.phrase(i))
	g.bound = g.bound || len(g.actors) > 0
	if len(g.actors) > 0 && len(g.recipients) == 0 && g.kind == "REQUEST" {
		g.recipients = without(f.governor(g), g.actors)
	}
}

// aim reads whom an assault struck from the verb that says so of it («هجوم استهدف
// الشرطة»): that verb tells of no other deed.
func (f *finder) aim(g *deed, after int) {
	stop := min(f.Sents[f.SentenceOf(g.first)].Last, after+4)
	for j := after; j < stop; j++ {
		t := &f.Tokens[j]
		if t.Kind != ling.Word || t.Conj != 0 {
			return
		}
		if s, ok := t.Sense(lex.Trigger); ok && s.Form&lex.Verb != 0 && f.finite(j) {
			row := &f.Lex.Triggers[s.Row]
			if row.Type == "ASSAULT" && slices.Contains(row.Pattern, "subj_obj") && !t.Pron && !slices.Contains(row.Pattern, "obj") {
				end := f.phrase(j + 1)
				g.recipients = f.counts(j+1, end)
				if len(g.recipients) == 0 && end < len(f.Tokens) && f.Preposition(end) == 'l' {
					g.recipients = f.parties(end, f.phrase(end)) // «آليات للحركة»
				}
				g.told, g.aimed = g.told || len(g.recipients) > 0, len(g.recipients) > 0
				g.tail = j + 1
			}
			return
		}
		if t.Prep != 0 || t.Is(lex.Prep) || !t.Is(lex.Rel) && (t.Definite() != f.Tokens[g.first].Definite() || t.Vocab.POS&vocab.Adj == 0) {
			return
		}
	}
}

// held reports whether the noun of such a deed takes who does it behind «ل» too.
func held(kind string) bool { return kind == "ASSAULT" || kind == "CONSULT" || kind == "PROTEST" }

// land reports whether the words from token i on begin with the name of a place or a kind of
// place, which is visited and does not visit.
func (f *finder) land(i int) bool {
	if n, _, ok := f.Name(i); ok {
		return f.names[n].Kind == isnad.Place
	}
	s, ok := f.Tokens[i].Sense(lex.Head)
	return ok && f.Lex.Heads[s.Row].Kind == "place"
}

// objective reports whether the genitive of a verbal noun of this type is who suffers.
func objective(kind string) bool {
	switch kind {
	case "ASSAULT", "COERCE", "SANCTION", "CONCEDE", "AID", "ACCUSE":
		return true
	}
	return false
}

// struck reports whether somebody else is named as the one who suffers right behind the
// genitive («قصف الطائرات للمدينة», «قصف المتمردين على المواقع»).
func (f *finder) struck(g *deed, after int) bool {
	if after >= len(f.Tokens) {
		return false
	}
	t := &f.Tokens[after]
	return t.Prep == 'l' || t.Is(lex.Prep) && t.Base == script.Ala
}

// genitive gives the end of the noun phrase that stands in the genitive behind g, or the
// token behind g.
func (f *finder) genitive(g *deed, victims bool) int {
	i := g.last
	if i >= len(f.Tokens) || f.Tokens[i-1].Definite() {
		return i
	}
	t := &f.Tokens[i]
	if _, _, named := f.Name(i); g.phrase && g.has("subj_min") && !named && !t.Definite() {
		return i // «تحرير مناطق واسعة من المسلحين»
	}
	if t.Prep != 0 || t.Conj != 0 || t.Kind == ling.Punct && t.Fold != "#" || f.nation(i) != "" && !t.Definite() && !victims {
		return i
	}
	return f.phrase(i)
}

// adjectives gives the token after the adjectives of the noun g.
func (f *finder) adjectives(g *deed) int {
	j := g.last
	for j < len(f.Tokens) && j < g.last+3 {
		t := &f.Tokens[j]
		if t.Kind != ling.Word || t.Prep != 0 || t.Conj != 0 || t.Definite() != f.Tokens[g.first].Definite() || t.Vocab.POS&vocab.Adj == 0 && !t.Tables.Has(lex.Nation) {
			break
		}
		j++
	}
	return j
}

// adjective gives the state whose adjective goes with the trigger.
func (f *finder) adjective(g *deed) string {
	for j := g.last; j < len(f.Tokens) && j < g.last+3; j++ {
		t := &f.Tokens[j]
		if t.Kind != ling.Word || t.Prep != 0 || t.Conj != 0 {
			return ""
		}
		if _, _, named := f.Name(j); named {
			return ""
		}
		if s, ok := t.Sense(lex.Nation); ok && g.kind == "AID" && f.said[f.Lex.Countries[s.Row].ISO3] < 2 {
			return "" // «دعم مالي»
		} else if ok && t.Definite() == f.Tokens[g.first].Definite() {
			return f.Lex.Countries[s.Row].ISO3
		}
		if t.Definite() != f.Tokens[g.first].Definite() || t.Tables&lex.In(lex.Title, lex.Unit) != 0 {
			return "" // «معاقبة مواطنة لبنانية»
		}
	}
	return ""
}
