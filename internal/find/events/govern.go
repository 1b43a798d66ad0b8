package events

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// govern makes the subject of the verb whose complement g is act, or, where it meets with
// the deed («تعرضت المدينة لهجوم»), suffer.
func (f *finder) govern(g *deed) {
	p := f.governor(g)
	if at := f.governing(g); at >= 0 && g.kind == "ASSAULT" && f.victim(at) {
		if len(g.recipients) == 0 {
			g.recipients = p // «قتل عشرة جنود في غارة»
		}
		return
	}
	if f.Tokens[g.first].Prep != 'l' || !hostile(g.kind) && g.kind != "ACCUSE" {
		g.actors = p
		return
	}
	if len(g.recipients) == 0 {
		g.recipients, g.passive = p, true
	}
}

// governor gives the subject of the verb whose complement the noun is.
func (f *finder) governor(g *deed) []string {
	if p := f.announcer(g); len(p) > 0 {
		return p
	}
	j := f.governing(g)
	if j < 0 {
		return nil
	}
	if g.kind == "ASSAULT" && f.Tokens[j].Tables.Has(lex.Speech) && (fatal(g) || f.Tokens[g.first].Prep != 0 || f.Tokens[g.first-1].Is(lex.Prep)) {
		return nil // who only tells of an assault did not do it
	}
	if f.voiced(j, g) {
		return nil
	}
	a, b, ok := f.Subject(j)
	if !ok {
		return f.topic(j)
	}
	if b > g.first {
		return nil
	}
	if p := f.parties(a, b); len(p) > 0 {
		return p
	}
	return f.gathering(a)
}

// voiced reports whether the verb at token j only judges the deed g, which another did («انتقدت
// المنظمة اعتقال فلان»).
func (f *finder) voiced(j int, g *deed) bool {
	n := len(f.given)
	if n == 0 || f.given[n-1].first != j {
		return false
	}
	switch g.kind {
	case "ASSAULT", "COERCE", "SANCTION", "CONCEDE", "MOBILIZE", "RETREAT":
	default:
		return false
	}
	switch f.given[n-1].kind {
	case "ACCUSE", "REJECT", "SUPPORT", "REQUEST":
		g.judged = true
		return true
	}
	return false
}

// announcer gives who announces the noun g in the words right before it («إعلان الحكومة وقف
// القتال»).
func (f *finder) announcer(g *deed) []string {
	for j := g.first - 2; j >= f.Sents[f.SentenceOf(g.first)].First && j >= g.first-6; j-- {
		s, ok := f.Tokens[j].Sense(lex.Speech)
		if ok && s.Form&lex.VerbalNoun != 0 && !f.Tokens[j].Definite() && f.phrase(j+1) >= g.first {
			return f.parties(j+1, g.first)
		}
	}
	return nil
}

// governing gives the verb whose complement the noun g is, or -1.
func (f *finder) governing(g *deed) int {
	sent := f.Sents[f.SentenceOf(g.first)].First
	for j := g.first - 1; j >= sent && j >= g.first-16; j-- {
		if f.Tokens[j].Is(lex.Subord | lex.While | lex.But) {
			return -1
		}
		if f.verbal(j) {
			return j
		}
	}
	return -1
}

// carryOn gives a verbal noun of speech the actor of the deed told before it in the
// sentence, and one after a noun («سعي أميركي للانسحاب») the party of that noun.
func (f *finder) carryOn(g *deed) {
	sent := f.Sents[f.SentenceOf(g.first)].First
	switch g.kind {
	case "REQUEST", "ACCUSE", "THREATEN", "REJECT":
		if n := len(f.given); n > 0 && f.given[n-1].first >= sent {
			g.actors, g.carried = f.given[n-1].actors, true
		}
		return
	}
	if g.kind != "RETREAT" && g.kind != "SANCTION" && g.kind != "CONSULT" {
		return
	}
	if f.Tokens[g.first].Prep == 0 && (g.first == sent || !f.Tokens[g.first-1].Is(lex.Prep)) {
		return
	}
	for j := g.first - 1; j >= sent && j >= g.first-4; j-- {
		if p := f.firstParty(j, j+1); len(p) > 0 {
			g.actors = p
			return
		}
	}
}

// backing reads who stands by whom from «بدعم من» and the like: whoever does what the clause tells
// is backed.
func (f *finder) backing(g *deed) bool {
	at := f.adjectives(g)
	if g.kind != "SUPPORT" && g.kind != "AID" || g.phrase || f.Tokens[g.first].Prep != 'b' || f.Tokens[g.first].Definite() || at+1 >= len(f.Tokens) || f.Tokens[at].Base != script.From {
		return false
	}
	if f.unnamed(at+1, f.phrase(at+1)) && f.crowded(at+1, f.phrase(at+1)) {
		return true
	}
	g.actors = f.parties(at+1, f.phrase(at+1))
	g.recipients = without(f.governor(g), g.actors)
	if len(g.actors) == 0 || len(g.recipients) == 0 {
		g.recipients = without(f.referent(g.first, g.actors), g.actors)
	}
	g.told, g.backed = true, len(g.actors) > 0 && len(g.recipients) > 0
	if g.backed && f.armed(g.first) {
		g.kind = "AID"
	}
	return true
}
