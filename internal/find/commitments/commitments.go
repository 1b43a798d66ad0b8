// Package commitments finds undertakings: who is to do what by when.
//
// An undertaking is told by a word of the lexicon (to promise, to agree, to decide, to
// order, to threaten), by a phrase of schedule, or by a future verb of one who speaks of
// himself. The package knows where deed, holder and term stand; which words undertake it
// does not know.
package commitments

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// Find gives the commitments of d in text order. Published is the day the article was
// published (YYYY-MM-DD), empty when unknown. What cannot be placed in time says so in
// notes.
func Find(d *ling.Doc, published string, names []isnad.Name, entities []isnad.Entity, times []isnad.Time, statements []isnad.Statement) (found []isnad.Commitment, notes []string) {
	f := &finder{Chunks: d.Chunks(names), names: names, entities: entities, times: times, statements: statements}
	if day, err := time.Parse(time.DateOnly, published); err == nil {
		f.published, f.day = published, day
	}
	f.clock()
	for i := 0; i < len(d.Tokens); {
		u, ok := f.undertaking(i)
		if !ok {
			i++
			continue
		}
		f.add(u)
		i = max(u.from+1, i+1)
	}
	for _, u := range f.given {
		found = append(found, f.commitment(&u))
		if u.unplaced {
			notes = append(notes, fmt.Sprintf("commitments: the term of «%s» cannot be placed in time", u.what.Of(d.Text)))
		}
	}
	slices.SortStableFunc(found, func(a, b isnad.Commitment) int { return a.What.Start - b.What.Start })
	return found, notes
}

// finder is one search through one document.
type finder struct {
	*ling.Chunks
	names      []isnad.Name
	entities   []isnad.Entity
	times      []isnad.Time
	statements []isnad.Statement
	published  string
	day        time.Time
	given      []undertaking
	stated     []int32 // for each token its innermost statement, or isnad.None; made when asked
	timed      []bool  // for each token whether it stands in a time
}

// undertaking is a commitment under way.
type undertaking struct {
	trigger  int // token of the word that undertakes, or of the future verb
	from, to int // tokens of the deed
	what     isnad.Span
	by       []isnad.Source
	whom     isnad.Source // to whom it is promised
	basis    string
	due      string
	unplaced bool
	rule     string
	trust    float64
}

// clock notes which tokens stand in times.
func (f *finder) clock() {
	f.timed = make([]bool, len(f.Tokens))
	i := 0
	for k := range f.times {
		for i < len(f.Tokens) && int(f.Tokens[i].End) <= f.times[k].Start {
			i++
		}
		for ; i < len(f.Tokens) && int(f.Tokens[i].Start) < f.times[k].End; i++ {
			f.timed[i] = true
		}
	}
}

// from gives the index of the first time that ends after byte at.
func (f *finder) from(at int) int {
	return sort.Search(len(f.times), func(k int) bool { return f.times[k].End > at })
}

// undertaking gives what token i undertakes, if it does.
func (f *finder) undertaking(i int) (undertaking, bool) {
	if f.Tokens[i].Kind != ling.Word {
		return undertaking{}, false
	}
	if _, _, named := f.Name(i); named {
		return undertaking{}, false
	}
	u, ok := f.first(i)
	if !ok {
		return undertaking{}, false
	}
	for u.from < u.to && (f.Tokens[u.from].Kind == ling.Punct || f.Tokens[u.from].Kind == ling.Mark) {
		u.from++
	}
	for u.from < u.to && (f.Tokens[u.to-1].Kind == ling.Punct || f.Tokens[u.to-1].Kind == ling.Mark) {
		u.to--
	}
	if u.by = f.bearers(u.by); u.to <= u.from || len(u.by) == 0 {
		return undertaking{}, false
	}
	u.what = f.span(u.from, u.to)
	f.term(&u)
	return u, !f.past(&u) && (!dated(u.rule) || u.due != "") && (u.basis != "ultimatum" || u.due != "" || f.conditional(&u) || u.rule == ruleWord[addressee] || u.rule == ruleOwn)
}

// pledging are the tables of the words that undertake, gatherings those of the nouns of meeting.
var (
	pledging   = lex.In(lex.Commitment, lex.CommitmentOpening)
	gatherings = lex.In(lex.EventNoun, lex.Trigger)
)

// first gives the first reading of token i as an undertaking. Each rule is asked only for
// words of its tables: most words have none.
func (f *finder) first(i int) (u undertaking, ok bool) {
	t := &f.Tokens[i]
	known := t.Tables&pledging != 0
	if known || len(f.PhrasesAt(i)) > 0 {
		u, ok = f.worded(i)
	}
	if !ok && known {
		u, ok = f.decided(i)
	}
	if !ok && (known || t.Def) {
		u, ok = f.pledged(i)
	}
	if !ok && (t.Fut || t.Is(lex.Kana) || i > 0 && f.Tokens[i-1].Class != 0) {
		u, ok = f.future(i)
	}
	if !ok && t.Tables&gatherings != 0 {
		u, ok = f.meeting(i)
	}
	if !ok && !t.Fut && f.anyTime(i) {
		u, ok = f.present(i)
	}
	if !ok && t.Tables.Has(lex.Speech) {
		u, ok = f.announcement(i)
	}
	return u, ok
}

// anyTime reports whether a time stands in the sentence of token i behind its beginning:
// without one nothing can be due.
func (f *finder) anyTime(i int) bool {
	sent := f.Sents[f.SentenceOf(i)]
	k := f.from(int(f.Tokens[sent.First].Start))
	return k < len(f.times) && f.times[k].Start < int(f.Tokens[sent.Last-1].End)
}

// dated reports whether findings of the rule bind only with a day to come.
func dated(rule string) bool {
	return rule == ruleDated || rule == ruleDecision || rule == rulePresent || rule == ruleExpected
}

// span gives the words of tokens [first, last) without clitics.
func (f *finder) span(first, last int) isnad.Span {
	return isnad.Span{Start: int(f.Tokens[first].Body), End: int(f.Tokens[last-1].End)}
}

// commitment gives the finding.
func (f *finder) commitment(u *undertaking) isnad.Commitment {
	c := isnad.Commitment{
		What: u.what, By: u.by, Due: u.due, Basis: u.basis, To: u.whom,
		Statement: f.statement(u.from), Trust: isnad.Trust{Rule: u.rule, Confidence: u.trust},
	}
	if u.whom.Empty() {
		c.To = isnad.Source{Entity: isnad.None}
	}
	c.Span = u.what
	if at := int(f.Tokens[u.trigger].Body); at < c.Start {
		c.Start = at
	}
	return c
}

// statement gives the innermost statement that tells of token i, or isnad.None.
func (f *finder) statement(i int) int {
	if f.stated == nil {
		f.stated = f.Told(f.statements)
	}
	return int(f.stated[i])
}

// memory is how many undertakings back a second telling is looked for.
const memory = 32

// add keeps u unless it was told before; the longer telling of the same stays.
func (f *finder) add(u undertaking) {
	for k := max(0, len(f.given)-memory); k < len(f.given); k++ {
		h := &f.given[k]
		if !f.alike(h, &u) {
			continue
		}
		if h.due == "" && u.due != "" || (h.due != "") == (u.due != "") && u.to-u.from > h.to-h.from && len(u.by) >= len(h.by) {
			*h = u
		}
		return
	}
	f.given = append(f.given, u)
}

// alike reports whether two deeds are told in the same words: three fifths of the shorter's
// words are the longer's, or their words overlap. An agreement and the promise of one who
// is no party to it stay apart.
func (f *finder) alike(a, b *undertaking) bool {
	if a.what.Overlaps(b.what) {
		return true
	}
	if (a.basis == "agreement") != (b.basis == "agreement") && !shared(a.by, b.by) {
		return false
	}
	if ahead(a.rule) && ahead(b.rule) && f.Tokens[a.trigger].Stem != f.Tokens[b.trigger].Stem && f.Tokens[a.trigger].Fut && f.Tokens[b.trigger].Fut {
		return false // two verbs, two deeds
	}
	if a.to-a.from > b.to-b.from {
		a, b = b, a
	}
	same, all := 0, 0
	for i := a.from; i < a.to; i++ {
		if !f.telling(i) {
			continue
		}
		all++
		for j := b.from; j < b.to; j++ {
			if f.Tokens[i].Stem == f.Tokens[j].Stem {
				same++
				break
			}
		}
	}
	return all > 0 && 5*same >= 3*all
}

// ahead reports whether the rule reads a future verb.
func ahead(rule string) bool {
	switch rule {
	case ruleOwn, ruleDated, ruleTold, ruleCourse:
		return true
	}
	return false
}

// shared reports whether one is among both holders, as far as they are known.
func shared(a, b []isnad.Source) bool {
	for _, s := range a {
		for _, h := range b {
			if s.Entity == h.Entity {
				return true
			}
		}
	}
	return false
}

// telling reports whether token i is a word of content.
func (f *finder) telling(i int) bool {
	t := &f.Tokens[i]
	return t.Kind == ling.Word && t.Class == 0
}
