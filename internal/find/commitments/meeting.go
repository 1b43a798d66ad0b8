package commitments

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// The rule of a meeting on a day to come, and the share of such findings that is right.
const (
	ruleMeeting  = "meeting/dated"
	trustMeeting = 0.7
)

// meeting reads a meeting at token i between parties that are told, on a day to come
// («قمة بين فلان وفلان في 27 أبريل»).
func (f *finder) meeting(i int) (undertaking, bool) {
	if !f.meets(i) || i > 0 && f.deeds(i-1) {
		return undertaking{}, false
	}
	last := f.Sents[f.SentenceOf(i)].Last
	by, at := f.parties(i+1, min(last, i+near))
	if len(by) < 2 {
		return undertaking{}, false
	}
	end, ok := f.appointed(at, min(last, i+longest))
	if !ok {
		return undertaking{}, false
	}
	return undertaking{trigger: i, from: i, to: end, by: by, basis: "schedule", rule: ruleMeeting, trust: trustMeeting}, true
}

// meets reports whether token i is a noun of meeting.
func (f *finder) meets(i int) bool {
	t := &f.Tokens[i]
	if s, ok := t.Sense(lex.EventNoun); ok {
		return f.Lex.EventNouns[s.Row].Type == "CONSULT"
	}
	s, ok := t.Sense(lex.Trigger)
	return ok && s.Form&(lex.Verb|lex.Participle) == 0 && f.Lex.Triggers[s.Row].Type == "CONSULT"
}

// deeds reports whether token i does something else with the meeting behind it («إلغاء
// القمة»).
func (f *finder) deeds(i int) bool {
	if s, ok := f.Tokens[i].Sense(lex.Trigger); ok && f.Lex.Triggers[s.Row].Type != "CONSULT" {
		return true
	}
	_, s, ok := f.PhraseOf(i, lex.Trigger)
	return ok && f.Lex.Triggers[s.Row].Type != "CONSULT"
}

// appointed gives the token at which the words before a day to come end, when it stands in
// tokens [first, last) and nothing told as done comes before it.
func (f *finder) appointed(first, last int) (int, bool) {
	for j := first; j < last; j++ {
		if f.timed[j] {
			t := &f.times[f.from(int(f.Tokens[j].Start))]
			if t.Type == "duration" || t.First == "" || t.First != t.Last || f.published == "" || t.Last <= f.published {
				return 0, false
			}
			for j > first && (f.Tokens[j-1].Kind != ling.Word || f.Tokens[j-1].Is(lex.Prep)) {
				j--
			}
			return j, true
		}
		if f.Tokens[j].Kind == ling.Mark || f.Tokens[j].Is(lex.Subord|lex.While|lex.But) && !f.Tokens[j].Definite() {
			return 0, false // another clause
		}
		if v, finite := f.VerbAt(j); finite && v.Tense == lex.Perfect && !f.Tokens[j].Fut {
			return 0, false
		}
	}
	return 0, false
}
