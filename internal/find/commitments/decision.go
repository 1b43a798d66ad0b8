package commitments

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
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

// The rule of an undertaking told as a noun with its holder («تعهد الحكومة بدفع»), and the
// share of such findings that is right.
const (
	rulePledge  = "noun/pledge"
	trustPledge = 0.6
)

// pledged reads a noun of undertaking at token i with its holder, behind it or as a pronoun
// on it, and the deed: «خطط البنك لإعداد», «عزمها على الانسحاب».
func (f *finder) pledged(i int) (undertaking, bool) {
	t := &f.Tokens[i]
	row, own, ok := f.pledge(i)
	if !ok || i+1 >= f.sentenceEnd(i) {
		return undertaking{}, false
	}
	u := undertaking{trigger: i, basis: row.Basis, rule: rulePledge, trust: trustPledge}
	after := i + 1
	if own {
		u.by = f.holders(isnad.Span{}, i)
	} else if at := f.issued(i + 1); at > i+1 && row.Basis == "order" {
		end := min(f.phrase(at), f.sentenceEnd(i))
		u.by, after = f.sources(at, end), end
	} else if end := min(f.phrase(i+1), f.sentenceEnd(i)); end > i+1 && t.Prep == 0 && f.able(i+1) && f.Tokens[i+1].Prep == 0 {
		end = f.upTo(i+1, end)
		u.by, after = f.sources(i+1, end), end
	}
	if len(u.by) == 0 || after >= f.sentenceEnd(i) {
		return undertaking{}, false
	}
	if u.from, ok = f.deed(row, after, subject); !ok || u.from > after+1 || f.Tokens[after].Kind == ling.Punct || f.Tokens[u.from].Definite() && !f.masdar(u.from) {
		return undertaking{}, false
	}
	if row.Basis == "promise" && f.with(u.from, 'b', script.Ba) && !f.doing(u.from) {
		return undertaking{}, false // «التزامها بعملية السلام»
	}
	if _, finite := f.VerbAt(u.from); row.Basis == "decision" && !finite && f.Tokens[u.from].Prep == 0 && f.Tokens[u.from].Vocab.POS&vocab.Adj != 0 && !f.doing(u.from) && !f.masdar(u.from) {
		return undertaking{}, false // «نية الفريق واضحة»
	}
	if _, _, named := f.Name(u.from); named || f.able(u.from) || f.Tokens[u.from].Definite() && f.qualified(u.from) {
		return undertaking{}, false
	}
	u.to = f.deedEnd(u.from)
	return u, true
}

// doing reports whether the noun at token i is of a deed: known as one, or formed as one
// («إرسال», «تسهيل», «انسحاب»).
func (f *finder) doing(i int) bool {
	t := &f.Tokens[i]
	if t.Is(lex.Neg) || t.Hamza == ling.Below || f.penalty(i) || f.takesPlaceAs(i) {
		return true
	}
	for _, table := range [...]lex.Table{lex.Trigger, lex.TriggerOpening, lex.Commitment, lex.Speech} {
		found := false
		t.Senses(table, func(s lex.Sense) bool {
			found = s.Form&lex.VerbalNoun != 0
			return !found
		})
		if found {
			return true
		}
	}
	letters := utf8.RuneCountInString(t.Stem)
	switch {
	case strings.HasPrefix(t.Stem, script.Ta):
		return letters == 5
	case strings.HasPrefix(t.Stem, script.Alef):
		return letters >= 6 || letters == 5 && t.Hamza == ling.Bare // «اتخاذ»
	}
	return letters <= 4 && t.Vocab.POS&vocab.Verb != 0 && !t.Definite() // «غلق», «دفع»
}

// takesPlaceAs reports whether the noun at token i is a deed that can be announced.
func (f *finder) takesPlaceAs(i int) bool {
	s, ok := f.Tokens[i].Sense(lex.Commitment)
	return ok && s.Form&(lex.Verb|lex.Participle) == 0 && f.Lex.Commitments[s.Row].Basis == "course"
}

// issued gives the token behind «من» or «صادرة عن» at token i, or i.
func (f *finder) issued(i int) int {
	last := f.sentenceEnd(i)
	if i+1 < last && f.Tokens[i].Base == script.From {
		return i + 1
	}
	if i+2 < last && f.Tokens[i].Kind == ling.Word && !f.Tokens[i].Definite() && f.Tokens[i+1].Base == script.About {
		return i + 2
	}
	return i
}

// qualified reports whether nothing but an adjective or a sign stands behind token i: «للإصلاح
// الاقتصادي» is no deed yet.
func (f *finder) qualified(i int) bool {
	if i+1 >= f.sentenceEnd(i) {
		return true
	}
	n := &f.Tokens[i+1]
	return n.Kind != ling.Word || n.Definite() && n.Vocab.POS&vocab.Adj != 0
}

// pledge gives the row of a noun of promising or planning at token i, and whether a pronoun
// on it stands for its holder.
func (f *finder) pledge(i int) (row *lex.CommitmentRow, own, ok bool) {
	t := &f.Tokens[i]
	find := func(s lex.Sense) bool {
		if r := &f.Lex.Commitments[s.Row]; s.Table == lex.Commitment && s.Form&(lex.Verb|lex.Participle) == 0 && pledges(r) {
			row, ok = r, true
		}
		return !ok
	}
	if t.Senses(lex.Commitment, find); ok {
		return row, f.Pronoun(i), !t.Definite() || strings.HasPrefix(row.Noun, script.Al)
	}
	for _, p := range [...]string{script.Hna, script.Huma, script.Hum, script.Ha} { // «التزامها» looks as if it had the article
		rest, on := strings.CutSuffix(t.Base, p)
		if !on || !t.Def {
			continue
		}
		if w := f.Lex.Word(rest); w != nil && w.Tables.Has(lex.Commitment) {
			for _, s := range w.Senses {
				if s.Table == lex.Commitment && !find(s) {
					return row, true, strings.HasPrefix(row.Noun, script.Al)
				}
			}
		}
	}
	return nil, false, false
}

// pledges reports whether the noun of a row is of a promise or plan, or is an order.
func pledges(r *lex.CommitmentRow) bool {
	if strings.Contains(r.Noun, " ") {
		return false
	}
	switch r.Basis {
	case "promise":
		return true
	case "order":
		return r.Perfect == ""
	case "decision":
		return len(r.Pattern) > 1 || !has(r.Pattern, "masdar")
	}
	return false
}

// masdar reports whether token i is a noun of doing with the article that names nobody:
// known as one, or a noun and nothing else.
func (f *finder) masdar(i int) bool {
	t := &f.Tokens[i]
	if _, _, named := f.Name(i); named || !t.Definite() || t.Prep != 0 || t.Conj != 0 || f.can(t) {
		return false
	}
	for _, table := range [...]lex.Table{lex.Trigger, lex.Commitment, lex.Speech} {
		found := false
		t.Senses(table, func(s lex.Sense) bool {
			found = s.Form&lex.VerbalNoun != 0
			return !found
		})
		if found {
			return true
		}
	}
	return t.Vocab.POS&vocab.Noun != 0 && t.Vocab.POS&vocab.Adj == 0 && t.Tables.Has(lex.EventNoun)
}

// penalty reports whether the deed at token i is what a court does to somebody («سجن»).
func (f *finder) penalty(i int) bool {
	found := false
	for _, table := range [...]lex.Table{lex.Trigger, lex.EventNoun} {
		f.Tokens[i].Senses(table, func(s lex.Sense) bool {
			kind := ""
			if table == lex.Trigger {
				kind = f.Lex.Triggers[s.Row].Type
			} else {
				kind = f.Lex.EventNouns[s.Row].Type
			}
			found = found || kind == "COERCE"
			return !found
		})
	}
	return found
}
