package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// objects reads the recipients behind the subject: the object, or who stands after a
// preposition of the pattern.
func (f *finder) objects(g *deed, after int) {
	if !g.has("subj_obj") {
		f.preposition(g, after)
		return
	}
	if f.Pronoun(g.first) && g.shape == verb {
		g.recipients = f.referent(g.first, g.actors)
		return
	}
	if f.enclosedObject(g, after) {
		return
	}
	after = f.objectAt(after)
	end := max(f.phrase(after), after)
	if end > after && f.Tokens[after].Prep != 0 {
		end = after
	}
	g.recipients = f.sufferers(g, after, end)
	g.told = g.told || len(g.recipients) > 0
	if len(g.recipients) == 0 && !g.has("subj_li", "subj_ala", "subj_bi", "subj_min") {
		if g.kind == "ACCUSE" && end < len(f.Tokens) && f.Tokens[end].Base == script.Fi {
			end = f.phrase(end + 1) // «اتهمت النيابة في محكمة المدينة موظفا»
		}
		g.recipients = f.otherParty(g, end, min(end+6, f.clauseEnd(after)))
	}
	if len(g.recipients) == 0 {
		f.preposition(g, after)
	}
}

// enclosedObject reads the recipients from between the verb, with its subject, and the tail of its
// phrase that stands apart («حملت الوزارة الشركة المسؤولية»).
func (f *finder) enclosedObject(g *deed, after int) bool {
	if g.rest <= g.last || after > g.tail || g.shape != verb {
		return false
	}
	at := g.last
	if first, last, ok := f.SubjectAfter(g.first); ok && last < g.rest {
		at = f.object(first, last, g.first)
	}
	end := min(f.phrase(at), g.rest)
	if at >= end || f.Tokens[at].Prep != 0 || f.Tokens[at].Conj != 0 {
		return false
	}
	g.recipients = without(f.sufferers(g, at, end), g.actors)
	g.told = g.told || len(g.recipients) > 0
	return len(g.recipients) > 0
}

// objectAt gives where the object of a verb stands whose other words end at token i: behind
// words of time and place, a word of number or an opening quotation mark.
func (f *finder) objectAt(i int) int {
	i = f.insertion(f.timesOver(i))
	if i+1 < len(f.Tokens) && f.Tokens[i].Base == script.Fi && f.Tokens[i].Is(lex.Prep) {
		if end := f.timesOver(f.swallowed(i + 1)); end > i+1 && f.bareNoun(end) {
			i = end // «طالب المحتجون في المدينة الحكومة», «اعتقلت في وقت متأخر الخميس فلانا»
		}
	}
	if i+2 < len(f.Tokens) && f.Tokens[i].Is(lex.Quantifier) && f.Tokens[i+1].Base == script.From {
		i += 2 // «كلا من»
	}
	if i+1 < len(f.Tokens) && f.Tokens[i].Kind == ling.Mark && f.phrase(i) == i {
		if q := f.QuoteOf(i); q >= 0 && f.Quotes[q].Open == i {
			i++ // «طالبت القمة "مجلس الأمن والجمعية العامة … بكذا"»
		}
	}
	return i
}

// swallowed gives where the noun phrase at token i ends, or before the name of a person that
// stands in it behind a word of time («وقت متأخر الخميس فلانا»).
func (f *finder) swallowed(i int) int {
	end := f.phrase(i)
	for j := i + 1; j < end; j++ {
		if f.personal(j) && f.IsTime(j-1) {
			return j
		}
	}
	return end
}

// timesOver gives the token behind the words of time and the prepositions with a pronoun at token i
// («يتهم فيها الوزير»).
func (f *finder) timesOver(i int) int {
	for i < len(f.Tokens)-1 && (f.IsTime(i) || f.resumes(i)) {
		i++
	}
	return i
}

// insertion gives the token behind the words between two commas of which the first is token i,
// when they begin with a preposition or are a time («قصف الجيش، بدعم من حلفائه، المدينة»); else i.
func (f *finder) insertion(i int) int {
	if i+2 >= len(f.Tokens) || f.Tokens[i].Kind != ling.Punct {
		return i
	}
	if t := &f.Tokens[i+1]; t.Prep == 0 && !t.Is(lex.Prep) && !f.IsTime(i+1) {
		return i
	}
	for j := i + 2; j < min(len(f.Tokens), i+inserted); j++ {
		if _, finite := f.VerbAt(j); finite {
			return i
		}
		if f.Tokens[j].Kind == ling.Punct {
			return min(j+1, len(f.Tokens)-1)
		}
	}
	return i
}

// inserted is how long words between commas may be that part a verb from its object, in tokens.
const inserted = 10

// bareNoun reports whether token i is a word with neither conjunction nor preposition to it.
func (f *finder) bareNoun(i int) bool {
	if i >= len(f.Tokens) {
		return false
	}
	t := &f.Tokens[i]
	return t.Kind == ling.Word && t.Prep == 0 && t.Conj == 0 && !t.Is(lex.Prep)
}

// sufferers gives the parties of the words [first, last) that receive g. Who is held, tried or
// sentenced is so as a person, whatever his office.
func (f *finder) sufferers(g *deed, first, last int) []string {
	if m := f.mention(first, last); g.kind == "COERCE" && m.person >= 0 {
		return []string{f.entities[m.person].Name}
	}
	return f.parties(first, last)
}

// preposition reads the recipients after the first preposition of the pattern.
func (f *finder) preposition(g *deed, after int) {
	end := f.clauseEnd(after)
	if g.kind == "CONCEDE" && end < len(f.Tokens) && f.takesUp(end) {
		end = f.clauseEnd(end + 1) // «ألغت عقوبات فرضتها على المدينة»
	}
	for j := after; j < end; j++ {
		if j <= after+1 && f.pointed(g, j) {
			g.recipients, g.bound = f.condemned(g), true
			return
		}
		if at, ok := f.opens(g, j); ok {
			g.bound = true
			f.attached(g, at, end)
			return
		}
	}
	switch {
	case g.kind == "REQUEST" && g.phrase:
		g.recipients = f.obliged(g)
	case g.kind == "THREATEN":
		g.recipients = f.otherParty(g, after, min(after+14, f.clauseEnd(after)))
	case g.kind == "ACCUSE":
		f.accused(g, after)
	}
}

// attached reads the recipients from the noun phrase at token at, to which the preposition of
// g's pattern belongs, in a clause that ends at end.
func (f *finder) attached(g *deed, at, end int) {
	last := max(f.phrase(at), at+1)
	if g.recipients = f.called(at, last); len(g.recipients) == 0 {
		g.recipients = f.sufferers(g, at, last)
	}
	g.told = g.told || len(g.recipients) > 0
	if len(g.recipients) == 0 {
		g.recipients = f.place(g, at)
	}
	if len(g.recipients) == 0 && g.kind != "REQUEST" && !f.Tokens[at].Tables.Has(lex.Title) && !f.crowded(at, last) {
		g.recipients = f.firstParty(last, min(last+6, end))
	}
	f.treaty(g, at, last)
}

// opens reports whether a noun phrase of a recipient begins at or after token j by a
// preposition of g's pattern, and where.
func (f *finder) opens(g *deed, j int) (int, bool) {
	t := &f.Tokens[j]
	if t.Kind != ling.Word || j+1 >= len(f.Tokens) {
		return 0, false
	}
	switch t.Prep {
	case 'b':
		return j, g.has("subj_bi")
	case 'l':
		return j, g.has("subj_li") || g.has("subj_ila") && g.kind != "REQUEST" || g.shape != verb && g.has("subj_obj")
	}
	if _, by := f.doer(j); by || !t.Is(lex.Prep) {
		return 0, false
	}
	for _, p := range g.pattern {
		if word, ok := prepositions[p]; ok && t.Base == word {
			g.partner = word == script.With || g.kind == "AGREE" && word == script.From
			return j + 1, true
		}
	}
	return 0, false
}

// pointed reports whether token j is a preposition of g's pattern with a pronoun («عليها»).
func (f *finder) pointed(g *deed, j int) bool {
	t := &f.Tokens[j]
	if !t.Is(lex.Prep) {
		return false
	}
	for _, p := range g.pattern {
		word, ok := prepositions[p]
		if !ok || !strings.HasPrefix(t.Base, word) {
			continue
		}
		switch t.Base[len(word):] {
		case script.Ha, script.Hna, script.Hum, script.Huma:
			return true
		}
	}
	return false
}

// prepositions are the words of the pattern codes, folded.
var prepositions = map[string]string{
	"subj_ala": script.Ala, "subj_maa": script.With, "subj_ila": script.Ila,
	"subj_min": script.From, "subj_didd": script.Against, "subj_about": script.About,
}

// takesUp reports whether token i ends in the pronoun by which a clause takes up the noun before
// it.
func (f *finder) takesUp(i int) bool {
	for _, p := range pronouns {
		if strings.HasSuffix(f.Tokens[i].Base, p) {
			return true
		}
	}
	return false
}

// obliged gives who is to do what g calls for («أكد ضرورة وقف إيران أنشطتها»).
func (f *finder) obliged(g *deed) []string {
	at := g.tail
	if at+1 >= len(f.Tokens) || f.Tokens[at].Kind != ling.Word || f.Tokens[at].Definite() || f.Tokens[at].Prep != 0 {
		return nil
	}
	return without(f.firstParty(at+1, at+2), g.actors)
}

// place gives the state of a place that is called by its kind alone («على القطاع»): the one
// spoken of last that is not the actor.
func (f *finder) place(g *deed, at int) []string {
	t := &f.Tokens[at]
	s, ok := t.Sense(lex.Unit)
	if !ok || !t.Definite() || f.Lex.Units[s.Row].Class != "group" {
		return nil
	}
	for k := f.landFrom(at) - 1; k >= 0 && f.lands[k].token > at-back; k-- {
		if !contains(g.actors, f.lands[k].code) {
			return []string{f.lands[k].code}
		}
	}
	return nil
}

// otherParty is firstParty past those who do g. Where words are spoken tells nothing of whom they
// are for.
func (f *finder) otherParty(g *deed, i, end int) []string {
	words := spoken(g.kind) || g.kind == "THREATEN"
	for ; i < end; i++ {
		if p := f.firstParty(i, i+1); len(p) > 0 && !contains(g.actors, p[0]) && !f.private(i) && !(words && f.scened(i)) {
			return p
		}
	}
	return nil
}

// scened reports whether the name of a place at token i only says where («في طوكيو»).
func (f *finder) scened(i int) bool {
	n, _, ok := f.Name(i)
	if !ok || i == 0 || f.names[n].Kind != isnad.Place {
		return false
	}
	p := &f.Tokens[i-1]
	return p.Is(lex.Prep) && p.Base == script.Fi || f.Tokens[i].Prep == 'b'
}

// accused reads who is accused from the clause that says of what («اتهامات بأن الشركة …»).
func (f *finder) accused(g *deed, after int) {
	for j := after; j < len(f.Tokens) && j < after+4; j++ {
		if f.Tokens[j].Is(lex.Subord) && strings.HasPrefix(f.Tokens[j].Fold, script.Ba) {
			g.recipients = f.parties(j+1, f.phrase(j+1))
			return
		}
	}
}
