package commitments

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// role is who holds what a word undertakes.
type role uint8

const (
	subject   role = iota // who promises, decides, agrees
	addressee             // who is ordered or given a term
	deedDoer              // whoever the deed names («من المقرر أن تبدأ الشركة»)
)

// The rules by who holds, and the share of such findings that is right.
var (
	ruleWord  = [...]string{subject: "lexicon/undertakes", addressee: "lexicon/orders", deedDoer: "lexicon/scheduled"}
	trustWord = [...]float64{subject: 0.7, addressee: 0.6, deedDoer: 0.7}
)

// The rule of what is expected of a party on a day to come.
const (
	ruleExpected  = "lexicon/expected"
	trustExpected = 0.6
)

// worded reads an undertaking by a word or phrase of the lexicon at token i.
func (f *finder) worded(i int) (undertaking, bool) {
	s, end, tail, ok := f.sense(i)
	if !ok || i > 0 && (f.denies(i-1) || f.wished(i)) {
		return undertaking{}, false
	}
	row := &f.Lex.Commitments[s.Row]
	u := undertaking{trigger: i, basis: row.Basis}
	r, ok := f.role(row, s, i)
	if !ok || r == deedDoer && i > 0 && f.was(i-1) {
		return undertaking{}, false
	}
	holder, after := f.doer(i, end, tail)
	var partners []isnad.Source
	if row.Basis == "agreement" && r == subject {
		partners, after = f.partners(after)
	}
	at, ok := f.deed(row, after, r)
	if !ok {
		return undertaking{}, false
	}
	u.from, u.to = at, f.deedEnd(at)
	u.rule, u.trust = ruleWord[r], trustWord[r]
	u.by, u.whom = f.holders(holder, i), f.promised(row, after, at)
	text := row.Basis == "agreement" && row.Noun == "" && row.Participle == "" // what undertakes is a text or nobody
	if text && !holder.Empty() && (f.acts(holder.Start) || f.person(holder.Start)) {
		return undertaking{}, false // «قضت المحكمة بسجنه» is a sentence
	}
	if text && (holder.Empty() || len(f.sources(holder.Start, holder.End)) == 0) {
		if u.by = f.inDeed(&u, true); len(u.by) == 0 && !holder.Empty() {
			u.by = f.owners(holder)
		}
		if by, at := f.parties(u.from+1, u.to); len(by) > 1 {
			u.by, u.to = by, at
		}
	}
	switch r {
	case deedDoer:
		if i > 0 && f.Tokens[i-1].Is(lex.Rel) && !f.Tokens[i-1].Is(lex.Subord) {
			if u.by = f.related(i - 1); len(u.by) > 0 {
				break // «فرنسا التي من المقرر أن تستضيف»
			}
		}
		if u.by = f.inDeed(&u, !has(row.Pattern, "dated")); len(u.by) == 0 && !has(row.Pattern, "dated") {
			u.by = f.arranger(&u)
		}
	case subject:
		if len(u.by) > 0 {
			u.by = append(u.by, partners...)
		}
	case addressee:
		if row.Basis == "order" && row.Perfect != "" && !holder.Empty() && !f.able(holder.Start) && !f.owned(holder.Start) && !f.Tokens[holder.Start].Definite() {
			return undertaking{}, false // «الدفع أمر بالغ الصعوبة»
		}
		if _, finite := f.VerbAt(at); row.Basis == "ultimatum" && row.Perfect != "" && !finite && f.Tokens[at].Prep == 'b' && !f.Tokens[at].Definite() && !f.doing(at) {
			return undertaking{}, false // «ينذر بأزمة»
		}
		if u.by = f.between(after, at, row.Basis == "ultimatum"); len(u.by) == 0 && row.Perfect == "" {
			u.by = f.faced(i)
		}
		if len(u.by) == 0 && row.Basis == "ultimatum" && holder.Start > i {
			u.by = f.sources(holder.Start, holder.End) // «وأمهلت الدولة حتى الأحد»: who does it stands before
		}
		if len(u.by) == 0 && row.Basis == "order" && !f.penalty(at) {
			u.by = f.holders(holder, i) // nobody is addressed: he has it done
		}
	}
	if has(row.Pattern, "dated") {
		u.rule, u.trust = ruleExpected, trustExpected
	}
	return u, true
}

// was reports whether token i puts what follows into the past («كان من المقرر»).
func (f *finder) was(i int) bool {
	return f.Tokens[i].Is(lex.Kana) && strings.HasPrefix(f.Tokens[i].Base, script.Kaf)
}

// person reports whether token i stands in a person's name.
func (f *finder) person(i int) bool {
	n, _, ok := f.Name(i)
	return ok && f.names[n].Kind == isnad.Person
}

// promised gives the one to whom it is promised, who stands with ل between the word and the
// deed: «تعهدت للبنان بدفع».
func (f *finder) promised(row *lex.CommitmentRow, first, at int) isnad.Source {
	none := isnad.Source{Entity: isnad.None}
	if row.Basis != "promise" || first >= at || f.Preposition(first) != 'l' || !f.able(first) {
		return none
	}
	if s, ok := f.source(first, min(f.phrase(first), at)); ok {
		return s
	}
	return none
}

// role tells who holds what the row's word at token i undertakes; ok is false where the
// word only names an undertaking.
func (f *finder) role(row *lex.CommitmentRow, s lex.Sense, i int) (role, bool) {
	fixed := row.Perfect == ""
	switch {
	case fixed && (row.Basis == "schedule" || row.Basis == "agreement"):
		return deedDoer, true
	case fixed && row.Basis == "ultimatum":
		return addressee, true
	case s.Form&lex.Participle != 0 && !f.predicate(i) && !f.predicated(i), s.Form&(lex.Verb|lex.Participle) == 0:
		return subject, false
	case row.Basis == "order", row.Basis == "ultimatum" && has(row.Pattern, "masdar"):
		return addressee, true
	}
	return subject, true
}

func has(list []string, code string) bool {
	for _, p := range list {
		if p == code {
			return true
		}
	}
	return false
}

// sense gives the sense of a word of undertaking at token i, the token after its words, and
// the token after the tail of a phrase that stands apart.
func (f *finder) sense(i int) (s lex.Sense, end, tail int, ok bool) {
	t := &f.Tokens[i]
	if t.Tables&(lex.In(lex.Commitment, lex.CommitmentOpening)) == 0 && len(f.PhrasesAt(i)) == 0 {
		return s, 0, 0, false
	}
	_, finite := f.VerbAt(i)
	finite = finite && !t.Tanwin
	if p, s, ok := f.PhraseOf(i, lex.Commitment); ok && (s.Form&lex.Verb == 0 || !t.Definite() && (t.Prep == 0 || finite)) {
		return s, p.Last, p.Last, true
	}
	if i > 0 && t.Nominal() && f.Tokens[i-1].Is(lex.Prep) && !f.Tokens[i-1].Is(lex.Subord|lex.Pron) {
		finite = false
	}
	t.Senses(lex.CommitmentOpening, func(o lex.Sense) bool {
		if o.Form&lex.Verb == 0 || !finite {
			return true
		}
		if _, rest, more := strings.Cut(f.Lex.Commitments[o.Row].Perfect, " "); more {
			if n := f.find(i+1, rest); n > tail {
				s, end, tail, ok = o, i+1, n, true
			}
		}
		return true
	})
	if ok {
		return s, end, tail, true
	}
	t.Senses(lex.Commitment, func(o lex.Sense) bool {
		if o.Form&lex.Verb != 0 == finite && o.Form&lex.Spoken == 0 && binds(&f.Lex.Commitments[o.Row]) {
			s, end, tail, ok = o, i+1, i+1, true
		}
		return !ok
	})
	return s, end, tail, ok
}

// binds reports whether the row's word undertakes anything by itself.
func binds(row *lex.CommitmentRow) bool { return row.Basis != "none" && row.Basis != "course" }

// apart is how many tokens may stand between the first word of a phrase and the rest.
const apart = 18

// find gives the token after the folded words of tail where they stand after token i in
// its clause, or 0.
func (f *finder) find(i int, tail string) int {
	last := min(f.Sents[f.SentenceOf(i-1)].Last, i+apart)
	for j := i; j < last; j++ {
		if n := f.words(j, last, tail); n > 0 {
			return n
		}
		if n := f.aside(j, last); n > j {
			j = n
			continue
		}
		if f.breaks(j) {
			return 0
		}
	}
	return 0
}

// aside gives the comma at which a relative clause between commas ends that begins with
// the comma at token j, or j.
func (f *finder) aside(j, last int) int {
	if f.Tokens[j].Kind != ling.Punct || j+1 >= last || !f.Tokens[j+1].Is(lex.Rel) {
		return j
	}
	for n := j + 2; n < last; n++ {
		if f.Tokens[n].Fold == f.Tokens[j].Fold {
			return n
		}
	}
	return j
}

// words gives the token after the words of tail at token j, or 0.
func (f *finder) words(j, last int, tail string) int {
	for more := true; more; j++ {
		var word string
		word, tail, more = strings.Cut(tail, " ")
		if j >= last || !like(&f.Tokens[j], word) {
			return 0
		}
	}
	return j
}

// like reports whether t is the word, with or without article and case.
func like(t *ling.Token, word string) bool {
	if t.Conj != 0 {
		return false
	}
	bare := strings.TrimSuffix(word, script.Alef)
	return t.Base == word || t.Stem == word || t.Fold == word || t.Stem == bare
}

// breaks reports whether a new clause begins at token j.
func (f *finder) breaks(j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named || t.Is(lex.Prep) {
		return false
	}
	if t.Is(lex.Subord|lex.Rel|lex.While|lex.But|lex.Because) && !t.Definite() {
		return true
	}
	_, finite := f.VerbAt(j)
	return finite
}

// denies reports whether token i negates what follows it.
func (f *finder) denies(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Neg) && !t.Is(lex.Subord|lex.Rel) && !t.Definite()
}

// wished reports whether the verb at token i is only wished for or asked («يجب أن يلتزم»).
func (f *finder) wished(i int) bool {
	v, finite := f.VerbAt(i)
	p := &f.Tokens[i-1]
	return finite && v.Tense == lex.Imperfect && (f.Tokens[i].Prep == 'l' || p.Is(lex.Subord) && p.Is(lex.Neg))
}

// predicate reports whether the participle at token i says what somebody does: an
// accusative, feminine or plural behind a comma.
func (f *finder) predicate(i int) bool {
	t := &f.Tokens[i]
	if t.Definite() || t.Prep != 0 || i == 0 || f.Tokens[i-1].Kind != ling.Punct {
		return false
	}
	word := f.Text[t.Start:t.End]
	for _, end := range [...]string{script.Alef, script.TaMarbuta, script.On, script.In} {
		if strings.HasSuffix(t.Fold, end) || strings.HasSuffix(word, end) {
			return true
		}
	}
	return t.Tanwin
}

// predicated reports whether the participle at token i is what a statement says of its
// subject: «أن الحكومة ملتزمة بدفع», «إننا عازمون على».
func (f *finder) predicated(i int) bool {
	t := &f.Tokens[i]
	if i == 0 || f.statement(i) < 0 || t.Definite() || t.Prep != 0 || t.Pron || !f.undertakes(i) {
		return false
	}
	if p := &f.Tokens[i-1]; p.Is(lex.Pron) && !p.Is(lex.Subord) || f.told(i) || p.Is(lex.Subord) && strings.HasSuffix(p.Fold, script.Na) {
		return true
	}
	if f.opens(i, f.statement(i)) {
		return true // «"ملتزمون بدفع"»
	}
	first, last, ok := f.topic(i)
	return ok && last == i && f.able(first)
}

// undertakes reports whether the participle at token i is of a promise or plan.
func (f *finder) undertakes(i int) bool {
	s, ok := f.Tokens[i].Sense(lex.Commitment)
	if !ok || s.Form&lex.Participle == 0 {
		return false
	}
	basis := f.Lex.Commitments[s.Row].Basis
	return basis == "promise" || basis == "decision"
}

// doer gives the noun phrase of who undertakes, empty when the clause has none, and the
// token from which the deed is to be looked for.
func (f *finder) doer(i, end, tail int) (isnad.Span, int) {
	if _, finite := f.VerbAt(i); !finite {
		if first, last, ok := f.topic(i); ok && f.predicated(i) && last == i {
			return isnad.Span{Start: first, End: last}, tail
		}
		return isnad.Span{}, tail
	}
	first, last, ok := f.Subject(i)
	if ok && first > i && (first < end || f.verbal(first) || !f.able(first) && (f.told(i) || f.fronted(i))) {
		first, last, ok = f.SubjectBefore(i)
	}
	if !ok {
		if first, last, ok = f.topic(i); !ok {
			return isnad.Span{}, tail
		}
	}
	if first > i {
		last = f.upTo(first, last)
	}
	if last > i {
		tail = max(tail, last)
	}
	return isnad.Span{Start: first, End: last}, tail
}

// told reports whether a pronoun before the verb at token i says who does it, so that a
// noun behind it is the deed: «أنها قررت البدء».
func (f *finder) told(i int) bool {
	return i > 0 && f.Tokens[i-1].Is(lex.Subord) && (strings.HasSuffix(f.Tokens[i-1].Fold, script.Ha) || strings.HasSuffix(f.Tokens[i-1].Fold, script.Hna) || strings.HasSuffix(f.Tokens[i-1].Fold, script.Hum))
}

// upTo gives where the subject [first, last) behind its verb ends when an indefinite noun
// stands right behind a name or a definite word: the deed begins there.
func (f *finder) upTo(first, last int) int {
	for j := first + 1; j < last; j++ {
		_, _, before := f.Name(j - 1)
		_, _, named := f.Name(j)
		t := &f.Tokens[j]
		if !named && f.Tokens[j-1].Kind == ling.Word && f.masdar(j) && !f.masdar(j-1) {
			return j
		}
		if named || t.Kind != ling.Word || t.Conj != 0 || t.Definite() || strings.HasPrefix(t.Base, script.Al) && t.Hamza == ling.Bare {
			continue
		}
		if before || f.Tokens[j-1].Definite() && f.verbal(j) {
			return j
		}
	}
	return last
}

// verbal reports whether the noun at token i can only be the deed: an indefinite noun that
// names nobody.
func (f *finder) verbal(i int) bool {
	t := &f.Tokens[i]
	_, _, named := f.Name(i)
	return !named && !t.Definite() && t.Tables&(lex.In(lex.Title, lex.Head, lex.Unit, lex.Number, lex.People)) == 0 && !t.Is(lex.Quantifier)
}
