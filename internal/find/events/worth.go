package events

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// worth reports whether g is a deed of political actors and not a mere word.
func (f *finder) worth(g *deed) bool {
	if g.backed {
		return true
	}
	if f.homely(g) || f.chary(g) {
		return false
	}
	if f.demanded(g) || !f.meant(g) || f.restated(g) || g.part {
		return false
	}
	if len(g.actors)+len(g.recipients) == 0 {
		return f.bloody(g) || g.kind == "PROTEST" && (g.shape == verb || !f.Tokens[g.first].Definite())
	}
	if !f.complete(g) {
		return false
	}
	switch g.shape {
	case noun:
		return f.worthNoun(g)
	case masdar:
		return f.worthMasdar(g)
	}
	return f.worthVerb(g)
}

// homely reports whether g is between persons who act for nobody: what they agree on, reject or
// talk of is no politics.
func (f *finder) homely(g *deed) bool {
	if g.kind == "ASSAULT" || g.kind == "COERCE" || g.kind == "SANCTION" || len(g.actors)+len(g.recipients) == 0 {
		return false
	}
	for _, list := range [...][]string{g.actors, g.recipients} {
		for _, p := range list {
			if !f.nobodys(p) {
				return false
			}
		}
	}
	return true
}

// nobodys reports whether a party is a person of whom neither lexicon nor article tells a land or
// an office.
func (f *finder) nobodys(party string) bool {
	for i := range f.entities {
		if e := &f.entities[i]; e.Name == party {
			return e.Kind == isnad.Person && e.Country == "" && e.Role == ""
		}
	}
	return false
}

// chary reports whether g is only the refusal to speak («رفض الوزير التعليق»).
func (f *finder) chary(g *deed) bool {
	if g.kind != "REJECT" || g.shape != verb {
		return false
	}
	for j := g.last; j < min(g.last+8, f.clauseEnd(g.last)); j++ {
		if s, ok := f.Tokens[j].Sense(lex.Speech); ok && s.Form&lex.VerbalNoun != 0 && s.Form&lex.Plural == 0 && f.Tokens[j].Definite() && f.Tokens[j].Prep == 0 && f.Tokens[j].Tables&(1<<lex.Trigger|1<<lex.EventNoun) == 0 {
			return true
		}
	}
	return false
}

// bloody reports whether an assault by and on nobody known is told with its victims and
// weapons.
func (f *finder) bloody(g *deed) bool {
	if g.kind != "ASSAULT" || f.Tokens[g.first].Definite() || f.topical(g) {
		return false
	}
	s := f.around(g.first)
	victims, arms := g.has("obj"), !g.has("obj")
	for i := s.First; i < s.Last && !(victims && arms); i++ {
		victims = victims || f.victim(i)
		arms = arms || (i < g.first || i >= g.tail) && f.weapon(i)
	}
	return victims && arms
}

// view is how many tokens of a long sentence on each side count as about a trigger.
const view = 80

// around gives the part of the sentence of token i that is about it.
func (f *finder) around(i int) ling.Sentence {
	s := f.Sents[f.SentenceOf(i)]
	s.First, s.Last = max(s.First, i-view), min(s.Last, i+view)
	return s
}

// victim reports whether token i counts the dead or hurt, or tells of their death.
func (f *finder) victim(i int) bool {
	t := &f.Tokens[i]
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "casualty" {
		return true
	}
	if s, _, ok := f.Match(i, lex.EventNoun); ok {
		row := &f.Lex.EventNouns[s.Row]
		return row.Type == "ASSAULT" && len(row.Pattern) == 1 && row.Pattern[0] == "obj"
	}
	s, ok := t.Sense(lex.Trigger)
	return ok && f.Lex.Triggers[s.Row].Type == "ASSAULT" && slices.Contains(f.Lex.Triggers[s.Row].Pattern, "obj")
}

// complete reports whether the parties that a deed of g's type cannot be without are known.
func (f *finder) complete(g *deed) bool {
	acts, suffers := len(g.actors) > 0, len(g.recipients) > 0
	switch g.kind {
	case "AID":
		return acts && (len(g.recipients) == 0 && g.told || !within(g.recipients, g.actors))
	case "ACCUSE":
		return acts && (suffers || g.shape != noun || g.bound) || g.passive && suffers
	case "REQUEST":
		return acts && !f.comment(g)
	case "THREATEN":
		return acts && (suffers || g.shape != verb || g.has("subj"))
	case "REJECT", "AGREE", "MOBILIZE", "COOPERATE":
		return acts
	case "SUPPORT":
		return acts && (suffers || g.has("subj"))
	case "RETREAT":
		return !acts || !suffers || !within(g.recipients, g.actors)
	case "COERCE":
		return acts || g.passive || suffers && g.shape != verb
	case "CONCEDE":
		return acts || g.passive
	case "SANCTION":
		return acts || g.passive || g.shape != verb && f.Tokens[g.first].Prep == 0 && (!f.Tokens[max(g.first-1, 0)].Is(lex.Prep) || among(&f.Tokens[max(g.first-1, 0)]))
	case "CONSULT":
		if f.comment(g) || g.shape == verb && g.has("subj_obj") && !g.has("recip") && len(g.actors) < 2 && !suffers {
			return false
		}
		if len(g.pattern) == 1 && g.has("subj_ila") {
			return acts && suffers && g.told && !within(g.recipients, g.actors) && g.shape == verb
		}
		return acts
	}
	return true
}

// comment reports whether g is the request of a medium, for which officials had no word, or a
// talk with one.
func (f *finder) comment(g *deed) bool {
	for _, list := range [...][]string{g.actors, g.recipients} {
		for _, p := range list {
			s, ok := f.word(p).Sense(lex.Org)
			if ok && (f.Lex.Orgs[s.Row].Class == "media" || f.Lex.Orgs[s.Row].Class == "agency") && (g.shape != verb || g.kind == "CONSULT") {
				return true
			}
		}
	}
	return false
}

// meant reports whether a verb that is meant only with its preposition has it.
func (f *finder) meant(g *deed) bool {
	if g.bound || g.phrase || g.has("subj", "subj_obj", "recip", "obj", "of", "demonym") {
		return true
	}
	return g.shape == noun
}

func (f *finder) worthNoun(g *deed) bool {
	t := &f.Tokens[g.first]
	switch {
	case f.topical(g), g.kind == "ASSAULT" && f.figurative(g.first), !f.firm(g):
		return false
	case g.kind == "AGREE":
		return len(g.actors) > 1 || g.told && !g.plural && !g.has("recip")
	case g.kind == "CONSULT":
		return len(g.actors)+len(g.recipients) > 1 || g.told && t.Prep != 'l' && (!t.Definite() || f.adjective(g) != "")
	case g.kind == "PROTEST":
		s, ok := t.Sense(lex.Unit)
		return !ok || f.Lex.Units[s.Row].Class != "weapon" || f.genitive(g, false) == g.last && (g.told || !f.armed(g.first))
	case g.has("obj") && g.kind == "ASSAULT":
		return f.armed(g.first) || len(g.actors) > 0 || len(g.recipients) > 0 && !state(g.recipients[0])
	case g.kind == "SANCTION" && f.placed(g.last):
		return false
	case t.Definite() && !g.told:
		return false
	}
	return true
}

// figurative reports whether the assault at token i is one of words, shares or ranks: its
// sentence counts money or shares and has no weapons or victims.
func (f *finder) figurative(i int) bool {
	s := f.around(i)
	trade := false
	for j := s.First; j < s.Last; j++ {
		if j != i && (f.victim(j) || f.weapon(j)) {
			return false
		}
		t := &f.Tokens[j]
		trade = trade || t.Tables.Has(lex.Currency) || t.Fold == "%"
	}
	return trade
}

// placed reports whether the name of a place stands at token i: «مقاطعة» before it is a
// province, no boycott.
func (f *finder) placed(i int) bool {
	if i >= len(f.Tokens) {
		return false
	}
	n, _, ok := f.Name(i)
	if !ok || f.names[n].Kind != isnad.Place || f.Tokens[i].Prep != 0 {
		return false
	}
	for _, table := range [...]lex.Table{lex.Country, lex.Capital} {
		if _, _, ok := f.Match(i, table); ok {
			return false
		}
	}
	return true
}

// topical reports whether the noun of an assault only says what another noun is about
// («قضية اغتيال», «خطر الهجوم»).
func (f *finder) topical(g *deed) bool {
	if g.kind != "ASSAULT" || g.first == 0 || f.Tokens[g.first].Prep != 0 || f.Tokens[g.first].Conj != 0 {
		return false
	}
	p := &f.Tokens[g.first-1]
	_, _, named := f.Name(g.first - 1)
	_, finite := f.VerbAt(g.first - 1)
	return !named && !finite && p.Kind == ling.Word && p.Class == 0 && !p.Definite() && p.Vocab.POS&vocab.Noun != 0 && p.Vocab.POS&vocab.Verb == 0
}

func (f *finder) worthMasdar(g *deed) bool {
	switch {
	case f.topical(g) && !(len(g.actors) > 0 && len(g.recipients) > 0), !(g.kind == "ASSAULT" && len(g.actors) > 0 && len(g.recipients) > 0) && !f.asserted(g):
		return false
	case g.kind == "ASSAULT" && (len(g.actors) == 0 || len(g.recipients) == 0) && !f.armed(g.first):
		return false
	case g.kind == "PROTEST":
		return true
	case g.kind == "CONSULT":
		return len(g.actors)+len(g.recipients) > 1 || g.told && f.Tokens[g.first].Prep != 'l'
	case f.Tokens[g.first].Definite() && !(g.carried && f.Tokens[g.first].Prep == 'l'):
		return g.told
	}
	return g.told || len(g.actors) > 0
}

func (f *finder) worthVerb(g *deed) bool {
	if g.kind == "ASSAULT" && f.figurative(g.first) {
		return false
	}
	if g.kind == "ASSAULT" {
		return len(g.actors) > 0 && len(g.recipients) > 0 && !g.person || f.armed(g.first)
	}
	return len(g.actors) > 0 || g.passive
}

// demanded reports whether g is only what a demand, threat or plea asks for.
func (f *finder) demanded(g *deed) bool {
	if g.shape == verb || g.shape == participle {
		return false
	}
	sent := f.Sents[f.SentenceOf(g.first)].First
	for k := len(f.given) - 1; k >= 0; k-- {
		h := &f.given[k]
		if h.first < sent || g.first-h.last > 8 {
			return false
		}
		if h.kind == "ACCUSE" && (g.kind == "ASSAULT" || g.kind == "COERCE") && (f.Tokens[g.first].Prep == 'b' || f.common(&f.Tokens[g.first-1])) {
			return true
		}
		if h.kind == "REJECT" && g.kind != "ACCUSE" && g.kind != "ASSAULT" && g.first <= h.last+1 {
			return true // «رفضه رفع العقوبات»
		}
		if (h.kind == "REQUEST" || h.kind == "THREATEN" || h.kind == "SANCTION") && (f.Tokens[g.first].Prep != 0 || f.Tokens[g.first-1].Is(lex.Prep)) {
			return true
		}
	}
	return false
}

// armed reports whether the sentence of token i or the one before tells of arms beside
// token i itself: a weapon, or an assault by more than its victims.
func (f *finder) armed(i int) bool {
	s := f.SentenceOf(i)
	if f.arms == nil {
		f.arms = make([]int8, len(f.Sents))
	}
	n := f.arm(s)
	if f.weapon(i) {
		n--
	}
	return n > 0 || s > 0 && f.arm(s-1) > 0
}

// arm counts the weapons of sentence s, up to two.
func (f *finder) arm(s int) int8 {
	if f.arms[s] == 0 {
		n := int8(1)
		for i := f.Sents[s].First; i < f.Sents[s].Last && n < 3; i++ {
			if f.weapon(i) {
				n++
			}
		}
		f.arms[s] = n
	}
	return f.arms[s] - 1
}

// weapon reports whether token i is a weapon or tells of an assault by itself.
func (f *finder) weapon(i int) bool {
	t := &f.Tokens[i]
	if t.Is(lex.Agent) && t.Prep == 'b' {
		return true
	}
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "weapon" {
		return true
	}
	if s, _, ok := f.Match(i, lex.EventNoun); ok {
		row := &f.Lex.EventNouns[s.Row]
		return row.Type == "ASSAULT" && (len(row.Pattern) != 1 || row.Pattern[0] != "obj")
	}
	if s, _, ok := f.Match(i, lex.Trigger); ok {
		row := &f.Lex.Triggers[s.Row]
		if row.Type != "ASSAULT" {
			return false
		}
		return !slices.Contains(row.Pattern, "obj")
	}
	return false
}
