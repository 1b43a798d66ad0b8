package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// worth reports whether g is a deed of political actors and not a mere word.
func (f *finder) worth(g *deed) bool {
	if g.backed || g.status == "called_for" {
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
		if acts && suffers && len(g.actors) == 1 && within(g.recipients, g.actors) && g.has("subj_ila") && !g.has("recip") {
			return false // who travels in his own land
		}
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
		if f.Pronoun(g.first) && t.Tables.Has(lex.Unit) {
			return false // «مسيرتها» is her career
		}
		if p := &f.Tokens[max(g.first-1, 0)]; g.first > 0 && t.Prep == 0 && t.Conj == 0 && p.Tables.Has(lex.Unit) && p.Definite() == t.Definite() && !f.verbal(g.first-1) {
			return false // «طائرة مسيرة»
		}
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

func (f *finder) worthMasdar(g *deed) bool {
	switch {
	case g.kind == "SANCTION" && !g.phrase && f.Tokens[g.first].Definite() && f.Tokens[g.first].Prep == 0 && !g.bound:
		return false // «الحكم الذاتي»
	case f.topical(g) && !(len(g.actors) > 0 && len(g.recipients) > 0), !(g.kind == "ASSAULT" && len(g.actors) > 0 && len(g.recipients) > 0) && !f.asserted(g):
		return false
	case g.kind == "ASSAULT" && (len(g.actors) == 0 || len(g.recipients) == 0) && !f.armed(g.first):
		return len(g.recipients) > 0 && f.undergoing(g) // «تم الاعتداء عليه»
	case g.kind == "PROTEST":
		return true
	case g.kind == "CONSULT":
		return len(g.actors)+len(g.recipients) > 1 || g.told && f.Tokens[g.first].Prep != 'l'
	case f.Tokens[g.first].Definite() && !(g.carried && f.Tokens[g.first].Prep == 'l'):
		return g.told
	}
	return g.told || len(g.actors) > 0
}

// undergoing reports whether the noun of g is the subject or object of the verb right before it.
func (f *finder) undergoing(g *deed) bool {
	if g.first == 0 || f.Tokens[g.first].Prep != 0 {
		return false
	}
	_, verb := f.VerbAt(g.first - 1)
	return verb && f.Tokens[g.first-1].Class == 0
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
