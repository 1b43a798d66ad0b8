package commitments

import (
	"github.com/isnad-project/isnad/internal/lex"
)

// The rule of a deed that is announced, and the share of such findings that is right.
const (
	ruleAnnounced  = "announced/deed"
	trustAnnounced = 0.6
)

// announcement reads a deed that a verb of declaring at token i makes known: «أعلنت الشركة
// إلغاء الرحلات», «أعلن عن مقاطعة الدورة».
func (f *finder) announcement(i int) (undertaking, bool) {
	if !f.declares(i) {
		return undertaking{}, false
	}
	first, last, ok := f.Subject(i)
	if !ok || first > i && !f.able(first) {
		return undertaking{}, false
	}
	at := i + 1
	if first > i {
		at = f.upTo(first, last)
	}
	from, ok := f.decidedDeed(at)
	if !ok {
		return undertaking{}, false
	}
	u := undertaking{trigger: i, from: from, to: f.deedEnd(from), basis: "decision", rule: ruleAnnounced, trust: trustAnnounced}
	u.by = f.sources(first, last)
	return u, true
}

// declares reports whether token i is a verb of declaring in the perfect.
func (f *finder) declares(i int) bool {
	v, finite := f.VerbAt(i)
	if !finite || v.Tense != lex.Perfect {
		return false
	}
	s, ok := f.Tokens[i].Sense(lex.Speech)
	return ok && f.Lex.Speeches[s.Row].Class == "declare" && f.Lex.Speeches[s.Row].Pattern&lex.WithObject != 0
}

// decidedDeed gives the token at which a noun of a deed that is decided when announced
// stands behind token at, past times, commas and «عن».
func (f *finder) decidedDeed(at int) (int, bool) {
	last := min(f.sentenceEnd(at-1), at+reach)
	for j := at; j < last; j++ {
		t := &f.Tokens[j]
		if f.plans(j) {
			return j, true
		}
		if f.breaks(j) && !t.Is(lex.Rel) || t.Is(lex.Subord) || t.Pron && t.Prep == 0 && !f.named(j) {
			return 0, false
		}
	}
	return 0, false
}

// plans reports whether the noun at token j is a deed that is decided when announced.
func (f *finder) plans(j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named || t.Conj != 0 || t.Prep != 0 || t.Tables.Has(lex.SpeechNoun) {
		return false
	}
	return f.takesPlaceAs(j)
}
