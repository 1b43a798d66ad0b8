package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// trigger gives the deed whose trigger begins at token i. Of several readings the
// longest is meant; a name holds no triggers.
func (f *finder) trigger(i int) (deed, bool) {
	t := &f.Tokens[i]
	const any = lex.Mask(1<<lex.Trigger | 1<<lex.EventNoun | 1<<lex.TriggerOpening)
	if t.Kind != ling.Word {
		return deed{}, false
	}
	if _, _, named := f.Name(i); named || i < f.used {
		return deed{}, false
	}
	p, ps, ok := f.longest(i)
	if ok {
		return f.read(i, p, ps)
	}
	if t.Tables&any == 0 {
		return deed{}, false
	}
	if g, ok := f.parted(i); ok {
		return g, true
	}
	for _, table := range [...]lex.Table{lex.EventNoun, lex.Trigger} { // «مفاوضات» is more than «مفاوضة»
		if s, ok := f.sense(i, table); ok {
			return f.read(i, i+1, s)
		}
	}
	if s, ok := f.open(t); ok {
		return f.read(i, i+1, s)
	}
	return deed{}, false
}

// longest gives the longest phrase of triggers at token i.
func (f *finder) longest(i int) (end int, s lex.Sense, ok bool) {
	for _, p := range f.PhrasesAt(i) {
		noun, isNoun := p.Word.Sense(lex.EventNoun)
		s, ok := f.fitting(i, p.Word)
		if isNoun && (!ok || s.Form&lex.VerbalNoun != 0) {
			s, ok = noun, true
		}
		if ok {
			return p.Last, s, true
		}
	}
	return 0, lex.Sense{}, false
}

// fitting gives the sense of a phrase of triggers that begins at token i: of a verb where a
// verb stands and of a noun where a noun does, when it has both.
func (f *finder) fitting(i int, w *lex.Word) (s lex.Sense, ok bool) {
	s, ok = w.Sense(lex.Trigger)
	if !ok || s.Form&lex.Verb == 0 || f.finite(i) {
		return s, ok
	}
	for _, other := range w.Senses {
		if other.Table == lex.Trigger && other.Form&lex.Verb == 0 {
			return other, true
		}
	}
	return s, true
}

// sense gives the sense of table t that fits token i as it stands: a verb where a verb
// stands, a noun where a noun does.
func (f *finder) sense(i int, table lex.Table) (found lex.Sense, ok bool) {
	finite := f.finite(i)
	f.Tokens[i].Senses(table, func(s lex.Sense) bool {
		if s.Form&lex.Verb != 0 == finite && !f.mistaken(i, s) {
			found, ok = s, true
		}
		return !ok
	})
	return found, ok
}

// pronouns are the pronouns that hang on a noun, longest first.
var pronouns = [...]string{script.Huma, script.Hum, script.Hna, script.Ha}

// open gives the verbal noun in ta marbuta that stands open before a pronoun where the
// same letters are also a verb («سيطرتها»).
func (f *finder) open(t *ling.Token) (lex.Sense, bool) {
	w := f.shut(t)
	if w == nil {
		return lex.Sense{}, false
	}
	for _, s := range w.Senses {
		if s.Table == lex.Trigger && s.Form&lex.VerbalNoun != 0 {
			return s, true
		}
	}
	return lex.Sense{}, false
}

// shut gives the word in ta marbuta that stands open before the pronoun on t, or nil.
func (f *finder) shut(t *ling.Token) *lex.Word {
	if !t.Pron {
		return nil
	}
	for _, p := range pronouns {
		if rest, ok := strings.CutSuffix(t.Base, script.Ta+p); ok {
			if w := f.Lex.Word(rest + script.Ha); w != nil {
				return w
			}
		}
	}
	return nil
}

// mistaken reports whether sense s is one that its spelling nearly always belies: a verb in
// the first person outside quotation marks («أجل», «نقل»), a shortened verb that nothing
// negates («تصب»), a dual that is also a noun in the accusative, a noun with the pronoun «my», or a form that takes no pronoun.
func (f *finder) mistaken(i int, s lex.Sense) bool {
	t := &f.Tokens[i]
	if f.feigned(i, s) {
		return true
	}
	if t.Pron && s.Form&(lex.Accusative|lex.Participle) != 0 || s.Form&lex.Perfect != 0 && s.Form&lex.Spoken != 0 && f.QuoteOf(i) < 0 {
		return true
	}
	if s.Form&lex.Perfect != 0 && s.Form&lex.Dual != 0 && t.Vocab.POS&vocab.Noun != 0 && t.Conj == 0 && !f.two(i-1) && (i == 0 || f.Tokens[i-1].Kind != ling.Punct || len(f.couple(i)) == 0) {
		return true // «دعما»
	}
	if s.Form&lex.Imperfect != 0 {
		if s.Form&lex.Spoken != 0 && (s.Form&lex.Plural == 0 || f.QuoteOf(i) < 0) {
			return true
		}
		full, _, _ := strings.Cut(f.imperfect(s), " ")
		return s.Form&(lex.Plural|lex.Dual) == 0 && len(t.Base) < len(full)
	}
	return t.Pron && strings.HasSuffix(t.Base, script.Ya)
}

// imperfect gives the imperfect of the row of a trigger.
func (f *finder) imperfect(s lex.Sense) string {
	if s.Table == lex.EventNoun {
		return ""
	}
	return f.Lex.Triggers[s.Row].Imperfect
}

// read makes a deed of sense s over tokens [i, end).
func (f *finder) read(i, end int, s lex.Sense) (deed, bool) {
	g := deed{first: i, last: end, tail: end, row: s.Row, phrase: end > i+1}
	if s.Table == lex.EventNoun {
		row := &f.Lex.EventNouns[s.Row]
		g.kind, g.pattern, g.shape, g.plural = row.Type, row.Pattern, noun, s.Form&lex.Plural != 0
		g.row += int32(len(f.Lex.Triggers))
		return g, true
	}
	row := &f.Lex.Triggers[s.Row]
	g.kind, g.pattern = row.Type, row.Pattern
	switch {
	case s.Form&lex.Verb != 0:
		if !f.finite(i) {
			return g, false
		}
		g.spoken = s.Form&lex.Spoken != 0
		g.shape, g.tense, g.plural, g.dual = verb, s.Form&lex.Verb, s.Form&lex.Plural != 0, s.Form&lex.Dual != 0
	case s.Form&lex.Participle != 0:
		g.shape = participle
		return g, f.predicate(i, s)
	default:
		g.shape, g.plural = masdar, s.Form&lex.Plural != 0
	}
	return g, true
}

// predicate reports whether the participle at token i says what somebody does, and is
// not a noun or adjective.
func (f *finder) predicate(i int, s lex.Sense) bool {
	t := &f.Tokens[i]
	if t.Definite() || t.Prep != 0 || i == 0 || f.Tokens[i-1].Kind == ling.Number || f.Tokens[i-1].Tables.Has(lex.Number) {
		return false // «45 متهما»
	}
	comma := f.Tokens[i-1].Kind == ling.Punct || f.Tokens[i-1].Kind == ling.Mark
	return s.Form&lex.Accusative != 0 || comma && s.Form&lex.Plural != 0 || strings.HasSuffix(t.Base, script.Alef)
}

// feigned reports whether a verb of protest at token i only says what somebody pretends, with
// «بأن» behind it («تظاهر بأنه مريض»).
func (f *finder) feigned(i int, s lex.Sense) bool {
	if s.Table != lex.Trigger || f.Lex.Triggers[s.Row].Type != "PROTEST" {
		return false
	}
	for j := i + 1; j < min(i+4, len(f.Tokens)); j++ {
		if t := &f.Tokens[j]; t.Is(lex.Subord) {
			return strings.HasPrefix(t.Fold, script.Ba)
		}
	}
	return false
}
