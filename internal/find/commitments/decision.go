package commitments

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// The rule of a decision told as a noun, and the share of such findings that is right.
const (
	ruleDecision  = "noun/decision"
	trustDecision = 0.6
)

// decided reads a noun of decision at token i with what was decided and a term: «قرار
// سحب القوات بحلول مايو», «قرار الحكومة إغلاق السد قبل يوليو». Who decided stands between
// the two, or is the subject of the clause that follows.
func (f *finder) decided(i int) (undertaking, bool) {
	t := &f.Tokens[i]
	s, ok := t.Sense(lex.Commitment)
	if !ok || s.Form&lex.VerbalNoun == 0 || t.Def || f.Lex.Commitments[s.Row].Basis != "decision" || i+1 >= f.sentenceEnd(i) {
		return undertaking{}, false
	}
	u := undertaking{trigger: i, from: i + 1, basis: "decision", rule: ruleDecision, trust: trustDecision}
	if !f.decides(i + 1) {
		end := min(f.phrase(i+1), f.sentenceEnd(i))
		if u.by = f.sources(i+1, end); len(u.by) == 0 || end >= f.sentenceEnd(i) {
			return undertaking{}, false
		}
		u.from = end
	}
	if !f.decides(u.from) {
		return undertaking{}, false
	}
	u.to = f.deedEnd(u.from)
	if len(u.by) == 0 {
		u.by = f.next(u.to)
	}
	return u, true
}

func (f *finder) sentenceEnd(i int) int { return f.Sents[f.SentenceOf(i)].Last }

// decides reports whether token i is an indefinite noun of doing, which can be decided.
func (f *finder) decides(i int) bool {
	t := &f.Tokens[i]
	if _, _, named := f.Name(i); named || t.Def || t.Prep != 0 {
		return false
	}
	found := false
	for _, table := range [...]lex.Table{lex.Trigger, lex.TriggerOpening, lex.Commitment, lex.Speech} {
		t.Senses(table, func(s lex.Sense) bool {
			found = s.Form&lex.VerbalNoun != 0
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// next gives the subject of the first verb of the sentence after token i.
func (f *finder) next(i int) []isnad.Source {
	for j := i; j < f.sentenceEnd(i-1); j++ {
		if _, finite := f.VerbAt(j); !finite {
			continue
		}
		if first, last, ok := f.Subject(j); ok {
			return f.sources(first, last)
		}
		return nil
	}
	return nil
}
