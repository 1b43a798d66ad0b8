package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// frameVerb reads subject and objects of a finite verb.
func (f *finder) frameVerb(g *deed) {
	first, last, subject := f.subject(g)
	after := g.tail
	if last > g.first {
		after = max(f.apposed(first, last), g.tail)
	}
	g.told = len(subject) > 0
	g.person = f.mention(first, last).person >= 0
	g.part = g.kind == "PROTEST" && (last > g.first && f.Tokens[first].Definite() && f.crowd(first) || g.phrase && g.plural)
	g.passive = g.has("obj") && !g.has("subj_obj") || f.damma(g.first) || g.has("obj") && f.suffers(g, first, last)
	if g.passive {
		f.framePassive(g, subject, after, first == last)
		return
	}
	if f.arrested(g) {
		f.objects(g, after)
		g.passive = true
		return
	}
	g.actors = subject
	if (g.kind == "ASSAULT" && !g.has("recip") && first != g.first || spoken(g.kind) && f.crowded(first, last) && first > g.first) && f.nobody(first, last) {
		g.actors = nil
	}
	if g.phrase && g.kind == "CONSULT" && len(g.actors) == 0 {
		f.between(g, g.tail) // «سيعقد اجتماع بين»
	}
	f.objects(g, after)
	if behind := max(last, g.last); len(g.recipients) == 0 && g.kind == "REQUEST" && behind < g.tail && g.tail == after {
		f.preposition(g, behind) // «طلب الوزير من كينيا المساعدة»
	}
	if g.has("force") && !f.forced(first, last) || g.has("person") && !f.personable(after) {
		g.part = true
		return
	}
	f.scene(g)
}

// framePassive reads who suffered, and by whom, where g tells it with the sufferer as its
// subject; alone says that no noun phrase is that subject.
func (f *finder) framePassive(g *deed, subject []string, after int, alone bool) {
	if alone && g.plural {
		return // «بعد أن لقوا مصرعهم»: they were told before
	}
	g.recipients = subject
	if alone && g.phrase {
		g.recipients = f.referent(g.first, nil)
	}
	if len(g.recipients) == 0 {
		g.recipients = f.firstParty(after, f.comma(after, min(after+8, f.clauseEnd(after))))
	}
	g.actors, g.bound = f.agent(after)
	if g.phrase && len(g.actors) == 0 && g.tail+1 < len(f.Tokens) && f.Tokens[g.tail].Base == script.From {
		g.actors = f.parties(g.tail+1, f.phrase(g.tail+1)) // «تعرض لقصف من الجيش»
		g.bound = len(g.actors) > 0
	}
}

// comma gives the first comma or stop among tokens [i, end), else end.
func (f *finder) comma(i, end int) int {
	for ; i < end; i++ {
		if t := &f.Tokens[i]; t.Kind == ling.Punct && t.Fold != "#" {
			break
		}
	}
	return i
}

// arrested reports whether the phrase g tells by a verb whose passive is written as its active
// that somebody was held («ألقي القبض على»): its words follow each other, with nobody between.
func (f *finder) arrested(g *deed) bool {
	return g.kind == "COERCE" && g.phrase && !g.plural && g.tail == g.first+2 && g.has("subj_ala") && !g.has("subj") &&
		!strings.HasSuffix(f.Tokens[g.first].Base, script.Ta) && len(f.topic(g.first)) == 0
}

// suffers reports whether the only noun phrase of a verb that can be passive without a
// sign of it («قتل خمسة جنود») is the one that suffers: a number of people, or nobody who
// acts for a state or group.
func (f *finder) suffers(g *deed, first, last int) bool {
	if first <= g.first {
		return f.phrase(g.last) == g.last && !f.Pronoun(g.first) && !f.deferred(g.last)
	}
	if f.Pronoun(g.first) {
		return false
	}
	t := &f.Tokens[first]
	if t.Kind == ling.Number || t.Is(lex.Quantifier) || t.Tables.Has(lex.Number) {
		return true
	}
	if s, ok := t.Sense(lex.Unit); ok && !t.Definite() {
		switch f.Lex.Units[s.Row].Class {
		case "person", "casualty":
			return f.phrase(last) == last
		}
	}
	return f.phrase(last) == last || last < len(f.Tokens) && f.Tokens[last].Prep != 0
}

// deferred reports whether the name of a person or a word for one stands as object behind words of
// time and place at token i («أن الشرطة اعتقلت في وقت متأخر الخميس فلانا»).
func (f *finder) deferred(i int) bool {
	at := f.objectAt(i)
	return at > i && f.bareNoun(at) && f.phrase(at) > at && f.personable(at)
}

// damma reports whether token i is written with a damma after its first letter: a passive.
func (f *finder) damma(i int) bool {
	t := &f.Tokens[i]
	return script.HasDamma(f.Text[t.Body:t.End])
}

// forced reports whether the words [first, last) begin with the forces of somebody.
func (f *finder) forced(first, last int) bool {
	for i := first; i < last && i < first+2; i++ {
		if n, _, ok := f.Name(i); ok {
			e := f.names[n].Entity
			return e >= 0 && f.armedBody(e, i)
		}
		if s, ok := f.Tokens[i].Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "weapon" {
			return true
		}
		if _, _, ok := f.Match(i, lex.Body); ok && f.body(i) {
			return true
		}
	}
	return false
}

// armedBody reports whether entity e, named at token i, is an army or armed group.
func (f *finder) armedBody(e, i int) bool {
	if s, ok := f.known[e].Sense(lex.Org); ok {
		return f.Lex.Orgs[s.Row].Class == "armed" || f.Lex.Orgs[s.Row].Class == "security"
	}
	_, ok := f.Tokens[i].Sense(lex.Body)
	return ok && f.entities[e].Kind == isnad.Organization
}

// personable reports whether a person or persons stand as object at token i.
func (f *finder) personable(i int) bool {
	i = f.objectAt(i)
	end := f.phrase(i)
	if i < len(f.Tokens) && f.Tokens[i].Prep != 0 {
		return false
	}
	return f.mention(i, end).person >= 0 || f.crowded(i, end) || i < end && f.Tokens[i].Tables.Has(lex.Title)
}
