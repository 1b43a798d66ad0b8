package story

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// denial is a statement that something is not so.
type denial struct {
	article int
	span    isnad.Span // with who denies
	who     isnad.Span // who denies, with the word of denying
	what    isnad.Span // the words denied
	gist    gist
	party   gist // whose deed it would be: the states one of which an assertion must name
	being   bool // it is denied that somebody is something, not that he did it
}

// accusation is PLOVER's type of it.
const accusation = "ACCUSE"

const (
	// substance is the least weight that a denial's words must have to be set against others.
	substance = 8 * fine
	// asserts is how much of a denial's substance a clause must speak of to assert what is denied.
	asserts = 0.55
	// nearly is how near to the best one the other assertions shown must be.
	nearly = 0.7
	// together is how much two denials must share to be of one thing.
	together = 0.6
	// sameParty is how much where it would be the deed of one state.
	sameParty = 0.5
	// firmly is how much where what is denied is no deed or nobody's that is known, and words the
	// least number of different ones that it has then.
	words  = 3
	firmly = 0.65
	// wholly is how much where it is denied that somebody is something.
	wholly = 0.8
	// inWords is how much of a denial's words, states and deeds aside, the clause must have
	// where nobody is blamed and it does not name the doer beside the deed.
	inWords = 0.6
	// shortest and longest are how many tokens a clause that asserts something has.
	shortest = 4
	longest  = 40
	// brief is how many tokens what is read at a glance has.
	brief = 14
)

// denials gives what an article of one outlet denies and one of another asserts.
func (e *Editor) denials(list []Telling, denied []denial, asserted []assertion) []isnad.Disagreement {
	var out []isnad.Disagreement
	for _, group := range gather(denied) {
		d, ok := e.against(list, group, asserted)
		if !ok {
			continue
		}
		// Denials that the same words answer are of one thing.
		same := slices.IndexFunc(out, func(o isnad.Disagreement) bool { return o.Values[0].Claims[0] == d.Values[0].Claims[0] })
		if same < 0 {
			out = append(out, d)
		} else {
			out[same].Values[1].Claims = append(out[same].Values[1].Claims, d.Values[1].Claims...)
		}
	}
	return out
}

// denied gives the denials of an article that have substance.
func (e *Editor) denied(d *ling.Doc, t Telling, article int) []denial {
	var out []denial
	for i := range t.Record.Statements {
		s := &t.Record.Statements[i]
		if s.Cue.Empty() || s.Content.Empty() || !e.denies(d, s.Cue) {
			continue
		}
		first, last := tokenAt(d, s.Content.Start), tokenAt(d, s.Content.End-1)
		if first < 0 || last < first {
			continue
		}
		if n, ok := e.denial(d, s, first, last); ok {
			n.article = article
			n.span = isnad.Span{Start: min(s.Start, s.Cue.Start, s.Content.Start), End: max(s.End, s.Content.End)}
			out = append(out, n)
		}
	}
	return out
}

// denial makes a denial of a statement by a word of denying.
func (e *Editor) denial(d *ling.Doc, s *isnad.Statement, first, last int) (denial, bool) {
	if d.Tokens[first].Is(lex.Rel|lex.Demo) || e.says(d, tokenAt(d, s.Cue.End-1)+1, first) {
		return denial{}, false // «نفى ما نشر», «نفى هذه الاتهامات», «نفى ذلك، قائلا إن…»
	}
	end := clause(d, first, last+1)
	n := denial{who: denier(d, s), what: matter(d, first, end), being: being(d, first, end)}
	n.gist, n.party = e.gist(d, first, end), e.party(d, first, end)
	if !n.party.names(state) { // «نفت سوريا شن هجوم»: its own
		n.party = e.speaker(d, s.Speaker.Span)
		n.party.take(e.speaker(d, n.who), state)
	}
	n.gist.take(n.party, state)
	delete(n.gist, accusation) // who denies an accusation does not deny that it was made
	return n, n.gist.total() >= substance && (n.gist.names(deed) || n.gist.count(stem) >= words)
}

// says reports whether a word of saying stands in tokens [first, last).
func (e *Editor) says(d *ling.Doc, first, last int) bool {
	for i := first; i < last; i++ {
		if _, ok := d.Tokens[i].Sense(lex.Speech); ok && d.Tokens[i].Prep == 0 && !d.Tokens[i].Def {
			return true
		}
	}
	return false
}

// being reports whether tokens [first, last) say what somebody is: «أن تكون المناورات استفزازا», not
// «أن تكون قد نفذت».
func being(d *ling.Doc, first, last int) bool {
	if !d.Tokens[first].Is(lex.Kana) {
		return false
	}
	for i := first; i < last; i++ {
		if d.Tokens[i].Is(lex.Qad) {
			return false
		}
	}
	return true
}

// party gives the states that tokens [first, last) name as those who act, not as where or to
// whom: no preposition stands before them.
func (e *Editor) party(d *ling.Doc, first, last int) gist {
	g := gist{}
	for i := first; i < last; i++ {
		code, _ := e.stateAt(d, i)
		if code != "" && d.Tokens[i].Prep == 0 && (i == 0 || d.Tokens[i-1].Kind != ling.Word || !d.Tokens[i-1].Is(lex.Prep)) {
			g[code] = actor
		}
	}
	return g
}

// denier gives the words that say who denies: the word of denying with what stands between it and
// what is denied, or with the speaker right before it.
func denier(d *ling.Doc, s *isnad.Statement) isnad.Span {
	first, last := tokenAt(d, s.Cue.Start), tokenAt(d, s.Cue.End-1)
	for to := tokenAt(d, s.Content.Start); last+1 < to && last-first < brief/2 && !d.Tokens[last+1].Is(lex.Subord) && !ends(&d.Tokens[last+1]); {
		last++
	}
	if from := tokenAt(d, s.Speaker.Start); !s.Speaker.Empty() && s.Speaker.End <= s.Cue.Start && first-from < brief/2 && !parted(d, from, first, first) {
		first = from
	}
	return isnad.Span{Start: int(d.Tokens[first].Body), End: int(d.Tokens[last].End)}
}

// matter gives the words of tokens [first, last), with the «أن» that makes a noun of them, no more
// than can be read at a glance.
func matter(d *ling.Doc, first, last int) isnad.Span {
	last = min(last, first+brief)
	if first > 0 && d.Tokens[first-1].Kind == ling.Word && d.Tokens[first-1].Is(lex.Subord) {
		first--
	}
	for last > first+1 && (ends(&d.Tokens[last-1]) || d.Tokens[last-1].Kind == ling.Word && d.Tokens[last-1].Is(lex.Prep)) {
		last--
	}
	return isnad.Span{Start: int(d.Tokens[first].Body), End: int(d.Tokens[last-1].End)}
}

// speaker gives the gist of the words that name a speaker.
func (e *Editor) speaker(d *ling.Doc, s isnad.Span) gist {
	if s.Empty() {
		return gist{}
	}
	first, last := tokenAt(d, s.Start), tokenAt(d, s.End-1)
	if first < 0 || last < first {
		return gist{}
	}
	return e.gist(d, first, last+1)
}

// denies reports whether the words of a cue deny.
func (e *Editor) denies(d *ling.Doc, cue isnad.Span) bool {
	first, last := tokenAt(d, cue.Start), tokenAt(d, cue.End-1)
	for i := max(first, 0); i <= last; i++ {
		if s, ok := d.Tokens[i].Sense(lex.Speech); ok && e.lexicon.Speeches[s.Row].Class == "deny" {
			return e.stances.of(&d.Tokens[i]) != doubt
		}
	}
	return false
}

// clause gives the end of the clause that begins at token first: at a sign, or at a word that tells
// more of what was named.
func clause(d *ling.Doc, first, last int) int {
	for i := first + 1; i < last; i++ {
		_, says := d.Tokens[i].Sense(lex.Speech)
		if ends(&d.Tokens[i]) || d.Tokens[i].Kind == ling.Word && (d.Tokens[i].Is(lex.Rel) || i > first+1 && says && !d.Tokens[i].Def && d.Tokens[i].Prep == 0 && !strings.HasSuffix(d.Tokens[i].Fold, script.Alef)) {
			return i
		}
	}
	return last
}

// gather puts denials of one thing together.
func gather(list []denial) [][]denial {
	var out [][]denial
	for _, d := range list {
		at := slices.IndexFunc(out, func(group []denial) bool {
			return slices.ContainsFunc(group, func(o denial) bool {
				return d.likens(o)
			})
		})
		if at < 0 {
			out = append(out, []denial{d})
		} else {
			out[at] = append(out[at], d)
		}
	}
	return out
}

// likens reports whether two denials are of one thing.
func (n denial) likens(o denial) bool {
	near := n.gist.cosine(o.gist)
	return near >= together || near >= sameParty && n.party.names(state) && n.party.shares(o.party)
}

// against sets denials of one thing against the clauses of other outlets that assert it.
func (e *Editor) against(list []Telling, group []denial, asserted []assertion) (isnad.Disagreement, bool) {
	yes := answers(group, asserted)
	if !disputed(list, group, yes) {
		return isnad.Disagreement{}, false
	}
	yes = clearestFirst(yes)
	var value, no isnad.Value
	for _, a := range yes {
		value.Claims = append(value.Claims, claim(list[a.article], a.span))
	}
	for _, n := range group {
		no.Claims = append(no.Claims, claim(list[n.article], n.span))
	}
	text := list[group[0].article].Record.Article.Text
	value.Value = e.core(list[yes[0].article], yes[0].clause, group[0].gist)
	no.Value = e.refusal(group[0], text)
	return isnad.Disagreement{Kind: "denial", About: group[0].what.Of(text), Values: []isnad.Value{value, no}}, true
}

// refusal gives who denies with what is denied, no more than can be read at a glance.
func (e *Editor) refusal(n denial, text string) string {
	d := e.analyzer.Analyze(text)
	defer e.analyzer.Release(d)
	who, what := n.who.Of(text), n.what
	first, last := tokenAt(d, what.Start), tokenAt(d, what.End-1)
	room := max(brief/2, brief-len(strings.Fields(who)))
	for last-first >= room || last > first && d.Tokens[last].Kind == ling.Word && d.Tokens[last].Is(lex.Prep) {
		last--
	}
	what.End = int(d.Tokens[last].End)
	if n.who.End <= what.Start && strings.TrimSpace(text[n.who.End:what.Start]) == "" {
		return text[n.who.Start:what.End]
	}
	return who + " " + what.Of(text)
}
