package commitments

import (
	"sort"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// The rules of the future verb, and the share of such findings that is right.
const (
	ruleOwn    = "future/own" // one says what he himself will do
	trustOwn   = 0.75
	ruleDated  = "future/dated" // it is told what somebody will do on a given day
	trustDated = 0.6
)

// future reads an undertaking told by a future verb, its own or «لن»: who speaks says
// what he or his side will do.
func (f *finder) future(i int) (undertaking, bool) {
	if f.onto(i) {
		return f.arranged(i)
	}
	from, spoken, ok := f.ahead(i)
	if ok && f.doubted(from) {
		return f.relative(i)
	}
	if !ok {
		return undertaking{}, false
	}
	u := undertaking{trigger: from, from: from, basis: "promise", rule: ruleOwn, trust: trustOwn}
	u.to = f.deedEnd(i)
	if u.by = f.futureHolder(i, spoken); len(u.by) == 0 && !spoken {
		f.narrated(&u, i)
	}
	if f.condition(f.Sents[f.SentenceOf(i)].First, i) || f.condition(i, u.to) {
		u.basis = "ultimatum"
	}
	return u, u.to > i+1
}

// relative reads what a party named behind the verb at token i of a relative clause will do
// on a day: «الاتحاد الذي ستغادره فرنسا في مارس».
func (f *finder) relative(i int) (undertaking, bool) {
	first, last, ok := f.SubjectAfter(i)
	if !ok || !f.Tokens[i-1].Is(lex.Rel) || f.Tokens[i-1].Is(lex.Inter) && !f.Tokens[i-1].Is(lex.Rel) || !f.named(first) || f.happens(i) {
		return undertaking{}, false
	}
	u := undertaking{trigger: i, from: i, to: f.deedEnd(i), basis: "schedule", rule: ruleDated, trust: trustDated}
	u.by = f.agents(first, last)
	return u, u.to > i+1
}

// onto reports whether the verb at token i follows «على أن».
func (f *finder) onto(i int) bool {
	return i > 1 && !f.Tokens[i].Fut && f.subjunct(i) && f.Tokens[i-2].Is(lex.Prep) && f.Tokens[i-2].Base == script.Ala
}

// arranged reads what is to follow another deed of the same one: «توجه إلى بغداد على أن
// يزور البصرة الجمعة».
func (f *finder) arranged(i int) (undertaking, bool) {
	v, finite := f.VerbAt(i)
	if !finite || v.Tense != lex.Imperfect || f.happens(i) || f.Tokens[i].Is(lex.Kana) {
		return undertaking{}, false
	}
	u := undertaking{trigger: i, from: i, to: f.deedEnd(i), basis: "schedule", rule: ruleDated, trust: trustDated}
	if first, last, ok := f.SubjectAfter(i); ok && !f.accusative(first) {
		u.by = f.agents(first, last)
	}
	for j := i - 3; len(u.by) == 0 && j >= f.Sents[f.SentenceOf(i)].First; j-- {
		if w, verb := f.VerbAt(j); verb && w.Tense == lex.Perfect && w.Feminine == v.Feminine {
			if first, last, ok := f.Subject(j); ok {
				u.by = f.agents(first, last)
			}
		}
	}
	return u, u.to > i+1
}

// dayHolder gives the one of whom it is told what he will do: a party named outright. Only
// with a day is that more than a forecast.
func (f *finder) dayHolder(i int) []isnad.Source {
	if f.told(i) {
		return nil // the pronoun means another: what follows the verb is no subject
	}
	first, last, ok := f.topic(i)
	if !ok {
		first, last, ok = f.Subject(i)
	}
	if ok && first > i && f.object(i, first, last) {
		first, last, ok = f.SubjectBefore(i)
	}
	if !ok && f.Tokens[i].Conj == 'w' {
		return f.above(i)
	}
	if !ok || f.owned(first) {
		return nil
	}
	return f.agents(first, last)
}

// object reports whether the noun phrase [first, last) behind the verb at token i can only
// be its object: by its ending, or of another gender than the verb.
func (f *finder) object(i, first, last int) bool {
	if f.accusative(first) || f.verbal(first) && !f.can(&f.Tokens[first]) {
		return true
	}
	t := &f.Tokens[first]
	if _, _, named := f.Name(first); named || t.Kind != ling.Word {
		return false
	}
	v, _ := f.VerbAt(i)
	if !v.Feminine && strings.HasSuffix(f.Text[t.Start:t.End], script.TaMarbuta) && !t.Tables.Has(lex.Title) {
		return true // «سيلتقي بعثة»
	}
	for j := first; j < min(last, first+2); j++ {
		if w := &f.Tokens[j]; w.Definite() && w.Prep == 0 && strings.HasSuffix(w.Base, script.In) && w.Tables&lex.In(lex.Nation, lex.People, lex.Title, lex.SpeechNoun) != 0 && (j == first || t.Definite()) {
			return true // «سيحمي العمال الأمريكيين»
		}
	}
	return false
}

// ahead gives the first token of the future at token i, the verb itself or its particle,
// and whether its subject is «I» or «we». Verbs of opinion and of what only happens have
// none that binds.
func (f *finder) ahead(i int) (from int, spoken, ok bool) {
	t := &f.Tokens[i]
	if !t.Fut && !t.Is(lex.Kana) && (i == 0 || f.Tokens[i-1].Class == 0) {
		return 0, false, false // neither «سـ» nor a particle before it
	}
	v, finite := f.VerbAt(i)
	led := i > 0 && (f.Tokens[i-1].Is(lex.Future) || f.wont(i-1))
	switch {
	case coming(t.Base) && t.Is(lex.Kana):
		return i, false, f.bound(i + 1)
	case !finite || v.Tense != lex.Imperfect && !t.Fut && !led || f.thinks(i) || f.happens(i) || t.Is(lex.Kana) && !f.bound(i+1):
		return 0, false, false
	case t.Fut:
		return i, v.Spoken, true
	case led:
		return i - 1, v.Spoken, true
	}
	return 0, false, false
}

// bound reports whether token i says what one «will be» by his own will: a participle of
// undertaking or of doing («ملتزمة»).
func (f *finder) bound(i int) bool {
	if i >= len(f.Tokens) || f.Tokens[i].Definite() || f.Tokens[i].Prep != 0 {
		return false
	}
	if n, _, named := f.Name(min(i+1, len(f.Tokens)-1)); named && f.Tokens[i].Base == script.Fi {
		return f.names[n].Kind == isnad.Place // «سيبقى في القاهرة»
	}
	for _, table := range [...]lex.Table{lex.Commitment, lex.Trigger} {
		if s, ok := f.Tokens[i].Sense(table); ok && s.Form&lex.Participle != 0 {
			return true
		}
	}
	return false
}

// happens reports whether the verb at token i tells what comes about, not a deed.
func (f *finder) happens(i int) bool {
	none := false
	f.Tokens[i].Senses(lex.Commitment, func(s lex.Sense) bool {
		row := &f.Lex.Commitments[s.Row]
		none = s.Form&lex.Verb != 0 && row.Basis == "none" && (!f.Tokens[i].Fut || len(f.Tokens[i].Base) >= len(row.Imperfect))
		return !none // «سترد» is not the «ترد» of «لم ترد»
	})
	return none
}

// doubted reports whether the future at token i stands in a question, under a verb of
// opinion («أعتقد أننا سنفعل») or in a relative clause.
func (f *finder) doubted(i int) bool {
	first := f.Sents[f.SentenceOf(i)].First
	for j := i - 1; j >= first && j >= i-3; j-- {
		t := &f.Tokens[j]
		if t.Is(lex.Rel) && !t.Is(lex.Subord) && !t.Is(lex.Neg) {
			return true
		}
		if !t.Is(lex.Kana | lex.Qad | lex.Neg | lex.Future) {
			break
		}
	}
	for j := i - 1; j > first && j >= i-reach; j-- {
		if f.Tokens[j].Is(lex.Cond) && f.Tokens[j-1].Is(lex.Rel|lex.Inter) && !f.Tokens[j].Is(lex.Neg) {
			return true // «ما إذا كانت الشركة ستبيع»
		}
	}
	for j := i - 1; j >= first && j >= i-6; j-- {
		t := &f.Tokens[j]
		if t.Is(lex.Inter) && !t.Is(lex.Rel|lex.Subord|lex.Neg) {
			return true
		}
		if _, finite := f.VerbAt(j); finite {
			return f.thinks(j)
		}
	}
	return false
}

// thinks reports whether the verb at token i is one of opinion («سنرى»).
func (f *finder) thinks(i int) bool {
	s, ok := f.Tokens[i].Sense(lex.Speech)
	return ok && f.Lex.Speeches[s.Row].Class == "think"
}

// coming reports whether a form of kana carries the س of the future.
func coming(base string) bool {
	rest, ok := strings.CutPrefix(base, script.Sin)
	return ok && (strings.HasPrefix(rest, script.Ya) || strings.HasPrefix(rest, script.Ta) || strings.HasPrefix(rest, script.Nun))
}

// wont reports whether token i is «لن».
func (f *finder) wont(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Neg) && t.Class&^lex.Neg == 0 && t.Base == script.Lam+script.Nun
}

// futureHolder gives whoever the future verb at token i is said of, when he can bind
// himself: the speaker, or one of his side who is named.
func (f *finder) futureHolder(i int, spoken bool) []isnad.Source {
	k := f.statement(i)
	if k < 0 || !f.binding(k) {
		return nil
	}
	if spoken || f.himself(i, k) {
		if !spoken && (f.warned(k) || f.takesPlace(i) && f.reports(k)) {
			return nil // «محذرا الاتحاد من أنه سيواجه», «ذكرت الصحيفة أنه سيتم»
		}
		return f.speaker(k)
	}
	if f.told(i) {
		return nil // the pronoun means another: what follows the verb is no subject
	}
	first, last, ok := f.topic(i)
	if !ok {
		first, last, ok = f.Subject(i)
		if !ok || first > i && f.object(i, first, last) {
			return nil
		}
	}
	if f.owned(first) {
		if !f.side(first) {
			return nil
		}
		return f.principal(k, first)
	}
	if by := f.others(k, f.agents(first, last)); len(by) > 0 || f.Tokens[first].Tables&lex.In(lex.People, lex.Nation) == 0 {
		return by
	}
	return f.others(k, f.sources(first, last)) // «الفلسطينيون لن يقبلوا»: his people
}

// accusative reports whether token i shows by its ending that it is no subject.
func (f *finder) accusative(i int) bool {
	t := &f.Tokens[i]
	_, _, named := f.Name(i)
	return !named && t.Kind == ling.Word && !t.Definite() && len(t.Base) > 6 && strings.HasSuffix(t.Base, script.Alef)
}

// agents gives the members of a noun phrase whose first word already names somebody.
func (f *finder) agents(first, last int) []isnad.Source {
	if first >= last {
		return nil
	}
	if n, _, named := f.Name(first); named && !f.governs(first, n) || !named && !f.acts(first) {
		return nil
	}
	return f.sources(first, last)
}

// tokenAt gives the first token that ends after byte at.
func (f *finder) tokenAt(at int) int {
	return sort.Search(len(f.Tokens), func(i int) bool { return int(f.Tokens[i].End) > at })
}

// topic gives the noun phrase that opens the clause of the verb at token i when the clause
// opens with one («إن الشركة ستبيع»).
func (f *finder) topic(i int) (first, last int, ok bool) {
	sent := f.Sents[f.SentenceOf(i)].First
	for j := i - 1; j >= sent && j >= i-18; j-- {
		t := &f.Tokens[j]
		if _, finite := f.VerbAt(j); finite && !t.Is(lex.Kana) && !t.Is(lex.Prep) {
			return 0, 0, false
		}
		at := j
		switch {
		case j == i-1 && (t.Kind == ling.Mark || t.Fold == "،" || t.Is(lex.Future) || f.wont(j)),
			j == i-2 && t.Kind == ling.Mark && (f.Tokens[j+1].Is(lex.Future) || f.wont(j+1)):
			continue
		case t.Is(lex.Subord|lex.Because) && !t.Definite(), t.Kind == ling.Mark && j < i-1, t.Fold == ".":
			at++
		case j == sent:
		default:
			continue
		}
		for at < i && f.Tokens[at].Fold == "#" {
			at++
		}
		if at >= i || f.Tokens[at].Prep != 0 {
			return 0, 0, false
		}
		n := min(f.phrase(at), i)
		return at, n, n > at
	}
	return 0, 0, false
}

// conditional reports whether the deed of u hangs on a condition.
func (f *finder) conditional(u *undertaking) bool {
	sent := f.Sents[f.SentenceOf(u.from)]
	return f.condition(u.from, min(sent.Last, u.to+10))
}

// condition reports whether a condition opens in tokens [first, last).
func (f *finder) condition(first, last int) bool {
	for j := first; j < last; j++ {
		if t := &f.Tokens[j]; t.Is(lex.Cond) && !t.Is(lex.Subord|lex.Neg|lex.Rel|lex.Inter) {
			return true
		}
		for _, p := range f.PhrasesAt(j) {
			if p.Word.Class&lex.Cond != 0 && p.Word.Class&lex.Inter == 0 {
				return true // «في حال»
			}
		}
	}
	return false
}
