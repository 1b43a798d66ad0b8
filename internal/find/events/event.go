package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// event judges g, whose trigger alone is known yet, and gives its event.
func (f *finder) event(g *deed) (isnad.Event, bool) {
	f.frame(g)
	if g.kind == "SUPPORT" && f.paid(g) {
		g.kind = "AID"
	}
	f.stand(g)
	g.date = f.date(g)
	if g.status == "" || !f.worth(g) || f.again(g) || f.past(g) {
		return isnad.Event{}, false
	}
	f.given = append(f.given, *g)
	g.oneself()
	e := isnad.Event{
		Type: g.kind, Trigger: f.span(g.first, g.last), Actors: g.actors, Recipients: g.recipients,
		Status: g.status, Date: g.date, Place: f.scenery(g), Statement: f.statement(g.first),
	}
	e.Span = e.Trigger
	e.Trust = isnad.Trust{Rule: rules[g.shape], Confidence: confidence[g.shape]}
	if len(g.actors) == 0 || len(g.recipients) == 0 {
		e.Confidence = onesided[g.shape]
	}
	return e, true
}

// paid reports whether a sum of money goes with g («دعمها بعشرة ملايين دولار»).
func (f *finder) paid(g *deed) bool {
	for i := g.last; i < min(g.last+8, f.clauseEnd(g.last)); i++ {
		if f.Tokens[i].Tables.Has(lex.Currency) {
			return true
		}
	}
	return false
}

// oneself takes back who seems to have struck or held himself: who held is known and whom
// he held is not, who was struck is known and who struck is not.
func (g *deed) oneself() {
	if len(g.actors) != 1 || len(g.recipients) == 0 || !within(g.recipients, g.actors) {
		return
	}
	switch g.kind {
	case "COERCE":
		if g.governed {
			g.actors = nil
			return
		}
		g.recipients = nil
	case "ASSAULT":
		if g.has("obj") && g.shape != verb || g.shape == noun || g.passive && !g.bound || !state(g.actors[0]) {
			g.actors = nil
		}
	case "SANCTION":
		if g.shape == verb && !g.passive {
			g.recipients = nil
			return
		}
		g.actors = nil
	case "ACCUSE":
		if g.shape == masdar {
			g.actors = nil
		}
	}
}

// The rules by the shape of the trigger, and the share of such events that is right: where
// both sides are known, and where one is.
var (
	rules      = [...]string{verb: "trigger/verb", participle: "trigger/participle", masdar: "trigger/verbal-noun", noun: "trigger/noun"}
	confidence = [...]float64{verb: 0.75, participle: 0.65, masdar: 0.6, noun: 0.65}
	onesided   = [...]float64{verb: 0.6, participle: 0.5, masdar: 0.6, noun: 0.75}
)

// span gives the words of tokens [first, last) without clitics.
func (f *finder) span(first, last int) isnad.Span {
	return isnad.Span{Start: int(f.Tokens[first].Body), End: int(f.Tokens[last-1].End)}
}

// stand finds whether the deed was done, is to be done or is denied. It leaves the status
// empty when the text does not assert the deed.
func (f *finder) stand(g *deed) {
	i := g.first
	sent := f.Sents[f.SentenceOf(i)].First
	g.status = "happened"
	if g.shape == verb {
		f.standVerb(g, i, sent)
	} else if i > sent && f.denies(i-1) {
		g.status = ""
	}
	if f.conditional(i, sent) {
		g.status = ""
	}
}

func (f *finder) standVerb(g *deed, i, sent int) {
	t := &f.Tokens[i]
	switch {
	case i > sent && g.tense == lex.Imperfect && !t.Fut && (f.Tokens[i-1].Is(lex.Rel) || f.describes(i)) && !(g.kind == "ACCUSE" && f.Pronoun(i)):
		g.status = ""
	case t.Fut || i > sent && f.Tokens[i-1].Is(lex.Future):
		g.status = "planned"
	case i > sent && f.denies(i-1):
		g.status = ""
	case t.Prep == 'l':
		g.status = ""
	case i > sent && g.tense == lex.Imperfect && f.subjunctive(i-1):
		g.status = ""
		if f.scheduled(i-2, sent) {
			g.status = "planned"
		}
	case i > sent && g.tense == lex.Imperfect && f.Tokens[i-1].Is(lex.Qad):
		g.status = ""
	}
}

// describes reports whether the imperfect at token i only describes the indefinite noun
// before it («قوات يدعمها التحالف»).
func (f *finder) describes(i int) bool {
	p := &f.Tokens[i-1]
	_, _, named := f.Name(i - 1)
	return f.Tokens[i].Conj == 0 && !named && p.Kind == ling.Word && p.Class == 0 && !p.Definite() && !p.Pron &&
		p.Vocab.POS&(vocab.Noun|vocab.Adj) != 0 && p.Vocab.POS&vocab.Verb == 0
}

// denies reports whether token i negates what follows it.
func (f *finder) denies(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Neg) && !t.Is(lex.Subord|lex.Rel) && !t.Definite()
}

// subjunctive reports whether token i is «أن» before a verb.
func (f *finder) subjunctive(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Subord) && t.Is(lex.Neg) // «أن» folds with «إن»
}

// scheduled reports whether token i ends a phrase that plans what follows.
func (f *finder) scheduled(i, sent int) bool {
	for j := max(sent, i-3); j <= i; j++ {
		s, end, ok := f.Match(j, lex.Commitment)
		if !ok || end < i {
			continue
		}
		switch f.Lex.Commitments[s.Row].Basis {
		case "schedule", "decision", "promise", "agreement":
			return true
		}
	}
	return false
}

// conditional reports whether token i stands in a clause of condition.
func (f *finder) conditional(i, sent int) bool {
	for j := i - 1; j >= sent && j >= i-8; j-- {
		t := &f.Tokens[j]
		if t.Fold == "،" || t.Fold == "," {
			return false
		}
		if t.Is(lex.Qad) && !t.Is(lex.Kana) {
			if v, ok := f.VerbAt(j + 1); ok && v.Tense == lex.Imperfect {
				return true
			}
		}
		for _, p := range f.PhrasesAt(j) {
			if p.Word.Class&lex.Cond != 0 && p.Last <= i {
				return true
			}
		}
		if t.Is(lex.Cond) && !t.Is(lex.Subord|lex.Neg|lex.Rel|lex.Inter) {
			return true
		}
	}
	return false
}

// memory is how many deeds back a second telling is looked for.
const memory = 64

// again reports whether g was told before: the same type and no other party, in the same
// word or in a lesser form, and not of another day.
func (f *finder) again(g *deed) bool {
	if g.first > 0 && g.shape == verb && g.kind == "REQUEST" && f.Tokens[g.first-1].Fold == script.Kaf+script.Mim+script.Alef {
		return false // «كما دعا إلى»
	}
	if n := len(f.given); n > 0 && f.Tokens[g.first].Conj != 0 && g.kind == "ASSAULT" && g.shape != verb && g.has("obj") {
		if h := &f.given[n-1]; h.kind == "ASSAULT" && f.SentenceOf(h.first) == f.SentenceOf(g.first) && g.first-h.last < joint/2 {
			return true // «مقتل جندي وإصابة آخر»
		}
	}
	for i := max(0, len(f.given)-memory); i < len(f.given); i++ {
		h := &f.given[i]
		if h.kind == g.kind && g.kind == "CONSULT" && len(g.actors) > 0 && f.SentenceOf(h.first) == f.SentenceOf(g.first) && contains(h.actors, g.actors[0]) && g.shape == verb && h.shape == verb && !f.ahead(g, h) {
			return true // «التقى الوزير نظيره وبحث معه»
		}
		if h.kind != g.kind && h.row != g.row || !f.covered(g, h) {
			continue
		}
		full := g.told && len(g.actors) > 0 && len(g.recipients) > 0
		otherDay := h.date != "" && g.date != "" && day(h.date) != day(g.date)
		switch {
		case otherDay && (full || g.kind == "PROTEST"):
		case h.row == g.row, g.kind == "PROTEST":
			return true
		case g.kind == "REQUEST" && len(g.recipients) == 0:
			return true
		case !full && g.kind == "AGREE" && len(g.actors) > 1:
			return true
		case !full && (g.shape != verb || f.SentenceOf(h.first) == f.SentenceOf(g.first)):
			return true
		}
	}
	return false
}

// ahead reports whether g names a partner whom h does not.
func (f *finder) ahead(g, h *deed) bool {
	return g.told && len(without(append(without(g.actors, nil), g.recipients...), append(without(h.actors, nil), h.recipients...))) > 0 && !g.bound
}

// covered reports whether every party of g is one of h's; those of a protest that only
// the scene tells count for nothing.
func (f *finder) covered(g, h *deed) bool {
	if g.kind == "PROTEST" && !g.told {
		return true
	}
	return within(g.actors, h.actors) && within(g.recipients, h.recipients)
}

// day cuts a TIMEX value to its day.
func day(value string) string { return value[:min(len(value), len("2006-01-02"))] }

// within reports whether every party of a is one of b.
func within(a, b []string) bool { return len(without(a, b)) == 0 }

// past reports whether a time beside g lies more than a year back.
func (f *finder) past(g *deed) bool {
	t, ok := f.time(g)
	return ok && f.old != "" && t.Last != "" && t.Last < f.old
}

// date gives the time of the clause of g.
func (f *finder) date(g *deed) string {
	if t, ok := f.time(g); ok {
		return t.Value
	}
	return ""
}

// time gives the date of the clause of g: the first after it, else the last before it with
// no comma between.
func (f *finder) time(g *deed) (isnad.Time, bool) {
	sent := f.Sents[f.SentenceOf(g.first)]
	first := max(sent.First, g.first-10)
	for f.timeAt < len(f.times) && f.times[f.timeAt].End <= int(f.Tokens[first].Start) {
		f.timeAt++
	}
	at := int(f.Tokens[g.first].Start)
	before := -1
	for k := f.timeAt; k < len(f.times); k++ {
		t := &f.times[k]
		if t.Type != "date" && t.Type != "time" {
			continue
		}
		if t.Start < at {
			before = k
			continue
		}
		reach := 16
		if g.kind == "ACCUSE" {
			reach = 5 // what follows is when the thing was done that one is accused of
		}
		if f.reaches(g.last, min(sent.Last, g.last+reach), t.Start, false) {
			return *t, true
		}
		break
	}
	if before >= 0 && f.reaches(first, g.first, f.times[before].Start, true) {
		return f.times[before], true
	}
	return isnad.Time{}, false
}

// reaches reports whether the time at byte start stands among tokens [from, to) with no
// clause between it and the trigger: behind it, or in front of it.
func (f *finder) reaches(from, to, start int, front bool) bool {
	if front {
		for j := to - 1; j >= from; j-- {
			if int(f.Tokens[j].Start) <= start {
				return true
			}
			if f.Tokens[j].Kind == ling.Punct {
				return false
			}
		}
		return false
	}
	for j := from; j < to; j++ {
		if int(f.Tokens[j].End) > start {
			return true
		}
		if f.Tokens[j].Is(lex.Rel|lex.Subord|lex.While|lex.But) && !f.Tokens[j].Definite() {
			return false
		}
	}
	return false
}

// statement gives the innermost statement that tells of token i, or isnad.None.
func (f *finder) statement(i int) int {
	if f.stated == nil {
		f.stated = f.Told(f.statements)
	}
	return int(f.stated[i])
}
