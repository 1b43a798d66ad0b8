package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// shape is how a trigger stands in the text.
type shape uint8

const (
	verb       shape = iota // a finite verb
	participle              // «رافضا», «مهددا»
	masdar                  // the verbal noun of a listed verb
	noun                    // another noun
)

// deed is a trigger with what its clause says of it.
type deed struct {
	kind       string // PLOVER type
	shape      shape
	first      int // trigger tokens [first, last)
	last       int
	tail       int // the token after the tail of a phrase that stands apart, else last
	rest       int // first token of a tail that stands apart, else 0
	row        int32
	phrase     bool // of several words
	pattern    []string
	tense      lex.Form
	passive    bool
	plural     bool
	dual       bool // a verb of two
	actors     []string
	recipients []string
	partner    bool // the recipients stand after «مع»
	bound      bool // a preposition of the pattern was found
	carried    bool // the actor is that of the deed told before
	spoken     bool // a verb of the first person
	aimed      bool // a verb behind the noun says whom it struck
	backed     bool // told by «بدعم من», with both sides
	told       bool // a party is named by the clause itself
	person     bool // the subject is named and is a person
	judged     bool // the verb before the noun only judges it
	part       bool // what those do who are known to protest
	status     string
	date       string
}

// has reports whether g's pattern is one of the codes.
func (g *deed) has(codes ...string) bool {
	for _, p := range g.pattern {
		for _, c := range codes {
			if p == c {
				return true
			}
		}
	}
	return false
}

// fatal reports whether g tells that somebody was killed or hurt, and nothing else.
func fatal(g *deed) bool { return len(g.pattern) == 1 && g.pattern[0] == "obj" }

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

// statement gives the innermost statement that tells of token i, or isnad.None.
func (f *finder) statement(i int) int {
	if f.stated == nil {
		f.stated = f.Told(f.statements)
	}
	return int(f.stated[i])
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
