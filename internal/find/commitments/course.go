package commitments

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// The rules of what the article itself or the one in charge tells ahead, and the share of
// such findings that is right.
const (
	ruleTold     = "future/told" // the article tells what a party will do
	trustTold    = 0.6
	ruleCourse   = "future/course" // who is in charge says what is held or goes on
	trustCourse  = 0.6
	rulePresent  = "present/dated" // a present tense with a day to come
	trustPresent = 0.65
)

// narrated gives holder and rule of the future verb at token i that is not its speaker's
// own: a party of whom it is told, or the one in charge of what is held or goes on.
func (f *finder) narrated(u *undertaking, i int) {
	if u.by = f.dayHolder(i); len(u.by) > 0 {
		u.basis, u.rule, u.trust = "schedule", ruleDated, trustDated
		if f.statement(i) < 0 && !f.takesPlace(i) && !f.clause(i) {
			u.rule, u.trust = ruleTold, trustTold
		}
		return
	}
	k := f.statement(i)
	if k < 0 || !f.takesPlace(i) || !f.charged(k) || f.told(i) && !f.himself(i, k) {
		return
	}
	first, last, ok := f.topic(i)
	if !ok {
		first, last, ok = f.SubjectBefore(i)
		ok = ok && last < i && f.Tokens[first].Definite() && !f.able(first) // «ولذلك العملية ضد الإرهاب ستستمر»
	}
	switch at := u.from; {
	case ok && last <= i && (first == 0 || f.Tokens[first-1].Kind != ling.Mark):
		u.from = first
	case ok:
	case at > 0 && f.Tokens[at-1].Kind == ling.Word && !f.Tokens[at-1].Is(lex.Subord) && f.Tokens[at].Conj != 'w' && !f.opens(at, k):
		return // a clause on the noun before it
	case f.statements[k].Direct && !f.opens(at, k) && f.Tokens[at].Conj != 'w':
		return // «لن تستمر» is said to somebody
	}
	if ok && f.owned(first) {
		return // «مسيرته ستتوقف»
	}
	u.by, u.basis, u.rule, u.trust = f.speaker(k), "promise", ruleCourse, trustCourse
	if n := f.mouth(k); n >= 0 {
		u.by = []isnad.Source{{Span: f.names[n].Span, Entity: f.names[n].Entity}}
	} else if s := &f.statements[k].Speaker; s.Entity < 0 && f.statements[k].SpeakerKind == isnad.Body {
		if by := f.agreed(i); len(by) > 0 {
			u.by = by // «جاء في البيان المشترك أن اللقاءات ستعقد»
		}
	}
}

// clause reports whether the verb at token i is a clause on the noun right before it:
// «أرصفة ستديرها شركات».
func (f *finder) clause(i int) bool {
	if i == 0 || !f.Tokens[i].Pron || f.Tokens[i].Conj != 0 {
		return false
	}
	p := &f.Tokens[i-1]
	return p.Kind == ling.Word && !p.Is(lex.Subord) && !p.Definite() && !f.named(i-1)
}

// takesPlace reports whether the verb at token i tells that something planned is held,
// begins or goes on.
func (f *finder) takesPlace(i int) bool {
	found := false
	f.Tokens[i].Senses(lex.Commitment, func(s lex.Sense) bool {
		found = s.Form&lex.Verb != 0 && f.Lex.Commitments[s.Row].Basis == "course"
		return !found
	})
	return found
}

// charged reports whether the speaker of statement k is in charge of what he tells: a body,
// a state or an officer, not an observer.
func (f *finder) charged(k int) bool {
	s := &f.statements[k]
	e := s.Speaker.Entity
	if f.reports(k) {
		return false
	}
	if e < 0 {
		return s.SpeakerKind == isnad.Body || s.SpeakerKind == isnad.Role && f.commands(f.Tokens[f.tokenAt(s.Speaker.Start)].Analysis)
	}
	if f.entities[e].Kind != isnad.Person {
		return f.entities[e].Kind != isnad.Other
	}
	title, _, _ := strings.Cut(script.Fold(f.entities[e].Role), " ")
	t, ok := f.Lex.Word(strings.TrimPrefix(title, script.Al)).Sense(lex.Title)
	return ok && charge(f.Lex.Titles[t.Row].Class)
}

// commands reports whether the word is the title of one who commands or speaks for those who
// do.
func (f *finder) commands(t *ling.Analysis) bool {
	s, ok := t.Sense(lex.Title)
	return ok && charge(f.Lex.Titles[s.Row].Class)
}

// charge reports whether bearers of titles of the class are in charge of something.
func charge(class string) bool { return class == "office" || class == "rank" || class == "role" }

// reports reports whether the speaker of statement k is a medium, which only passes on what
// others will do.
func (f *finder) reports(k int) bool {
	s := &f.statements[k].Speaker
	for i := f.tokenAt(s.Start); i < len(f.Tokens) && int(f.Tokens[i].Start) < s.End; i++ {
		if f.Tokens[i].Tables.Has(lex.SpeechNoun) && f.Tokens[i].Tables.Has(lex.Head) {
			return true // «صحيفة»
		}
		if o, ok := f.Tokens[i].Sense(lex.Org); ok {
			switch f.Lex.Orgs[o.Row].Class {
			case "media", "agency":
				return true
			}
		}
	}
	return false
}

// present reads a present tense at token i with a day to come: «يزور الرئيس باريس الثلاثاء
// المقبل».
func (f *finder) present(i int) (undertaking, bool) {
	t := &f.Tokens[i]
	v, finite := f.VerbAt(i)
	if !finite || v.Tense != lex.Imperfect || v.Spoken || t.Fut || t.Prep != 0 || t.Is(lex.Kana) || t.Tables.Has(lex.Speech) || f.happens(i) || f.statement(i) >= 0 && !f.charged(f.statement(i)) {
		return undertaking{}, false
	}
	first, last, ok := f.mainSubject(i)
	if !ok {
		return undertaking{}, false
	}
	u := undertaking{trigger: i, from: i, to: f.deedEnd(i), basis: "schedule", rule: rulePresent, trust: trustPresent}
	u.by = f.agents(first, last)
	return u, u.to > i+1
}

// mainSubject gives the subject of the verb at token i when it is that of a main clause:
// one that opens its sentence or clause, or follows its subject.
func (f *finder) mainSubject(i int) (first, last int, ok bool) {
	sent := f.Sents[f.SentenceOf(i)].First
	if i == sent || f.Tokens[i].Conj == 'w' && f.Tokens[i-1].Kind == ling.Punct {
		first, last, ok = f.SubjectAfter(i)
		return first, f.goal(first, last), ok && !f.accusative(first) && !f.meets(first)
	}
	if f.Tokens[i-1].Is(lex.Rel) {
		return 0, 0, false // «في الوقت الذي يعرض فيه»
	}
	first, last, ok = f.topic(i)
	return first, last, ok && !f.meets(first)
}

// goal gives where the subject [first, last) behind its verb ends when the name of a place
// stands right behind its adjective: whereto the verb goes («يزور الرئيس التركي باريس»).
func (f *finder) goal(first, last int) int {
	for j := first + 1; j < last; j++ {
		n, _, named := f.Name(j)
		if _, _, before := f.Name(j - 1); named && !before && f.names[n].Kind == isnad.Place && f.Tokens[j-1].Tables.Has(lex.Nation) {
			return j
		}
	}
	return last
}
