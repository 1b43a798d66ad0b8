package statements

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// spoken reads the frame of a finite verb and tells who speaks.
func (f *finder) spoken(c cue) (fr frame, v voice, implied, ok bool) {
	several := c.verb.Plural || c.verb.Dual // such a verb stands behind its subject
	fr, ok = f.frameOf(c, several)
	if !several && f.mismatched(c, fr.subject) {
		fr, ok = f.frameOf(c, true)
	}
	own, found := f.subjectBefore(c, ok && (fr.how == that || fr.how == colon || fr.how == quoted))
	if c.class == "accuse" && ok && !(found && f.adjoins(own.last, c.at)) && fr.how == governed && some(fr.subject) && !some(fr.hearer) && !c.pron {
		return fr, v, false, false // passive, or its subject is not told
	}
	if c.class == "describe" && ok && fr.how == that && some(fr.subject) && !c.pron && !f.passive(fr) {
		fr.content, fr.how, fr.subject = fr.subject[0], described, [2]int{}
	}
	if f.relative(c.at) && some(fr.subject) && ok && f.otherwise(c) {
		return fr, f.voice(fr.subject, f.personIn(fr.subject[0], fr.subject[1]), c.verb), false, f.allowed(c, fr)
	}
	if found && (!ok || f.prevails(own, c, fr)) {
		if !ok || some(fr.subject) {
			fr, ok = f.frameOf(c, true)
		}
		return fr, own, false, ok && f.allowed(c, fr)
	}
	unquoted := fr.how == quoted && c.pattern&lex.WithObject != 0 && c.pattern&lex.WithQuote == 0
	if ok && (fr.how == object && c.verb.Tense == lex.Imperfect || unquoted) && some(fr.subject) && !f.agent(fr.subject[0], fr.subject[1]) {
		return fr, v, false, false // «يؤكد التقدم اقترابها»
	}
	if ok && fr.how == object && some(fr.subject) && !f.agent(fr.subject[0], fr.subject[1]) && f.deed(fr.subject[0]) {
		fr, ok = f.frameOf(c, true)
	}
	if f.relative(c.at) && (!ok || !some(fr.subject)) {
		return fr, v, false, false
	}
	if !ok && (!c.pron || c.class == "think") && some(fr.subject) && !f.agent(fr.subject[0], fr.subject[1]) {
		if fr, ok = f.frameOf(c, true); ok && len(f.voices) == 0 && !f.agent(f.clause.first, f.clause.last) {
			return fr, v, false, false
		}
	}
	if !ok || !f.allowed(c, fr) {
		return fr, v, false, false
	}
	switch {
	case some(fr.vessel):
		person := f.personIn(fr.vessel[0], fr.vessel[1])
		if !some(person) {
			person = fr.person
		}
		return fr, f.voice(fr.vessel, person, ling.Verb{}), false, true
	case some(fr.subject):
		person := fr.person
		if inner := f.personIn(fr.subject[0], fr.subject[1]); some(inner) {
			person = inner
		}
		return fr, f.voice(fr.subject, person, c.verb), false, true
	}
	if f.withPronoun(c) {
		if first, last, found := f.vesselOf(c); found {
			if !f.clause.empty() {
				fr.via = append(fr.via, f.clause)
			}
			return fr, f.voice([2]int{first, last}, f.personIn(first, last), ling.Verb{}), false, true
		}
		if f.writes(c) {
			return fr, f.clause, false, true
		}
	}
	if fr.how == object && c.class == "declare" && c.at == f.first && f.Tokens[c.at].Conj == 0 {
		return fr, v, false, false // «أعلنت حالة الطوارئ»: nobody is told
	}
	if p := &f.Tokens[c.at]; (fr.how == governed || fr.how == object) && p.Conj == 0 && c.at > f.first && c.verb.Tense == lex.Imperfect &&
		(c.class == "threaten" || c.class == "confirm" || c.class == "promise") {
		return fr, v, false, false // «زيادة الإنتاج تهدد بتقويض»: nobody who speaks
	}
	if t := &f.Tokens[c.at]; t.Hamza == ling.Above && strings.HasPrefix(strings.TrimPrefix(chopFirst(t.Base), script.Nun), script.Ta) {
		return fr, v, false, false // «أعتذر» is «I»
	}
	v, ok = f.goesOnSpeaking(c)
	return fr, v, true, ok
}

// prevails reports whether the subject own before the verb c is taken rather than the one
// that its frame has behind it.
func (f *finder) prevails(own voice, c cue, fr frame) bool {
	speaks := f.agent(fr.subject[0], fr.subject[1])
	switch {
	case !some(fr.subject):
		return true
	case fr.how == that && f.named(fr.subject[0]) && !own.empty() && !f.named(own.first) && !f.Tokens[own.first].Definite() && own.first > f.first && f.Tokens[own.first-1].Is(lex.Prep):
		return false // «في رسالة قالت المنظمة إن»
	case f.relative(c.at):
		return fr.how != that || !speaks
	}
	return f.adjoins(own.last, c.at) || fr.how == object && !speaks
}

// withPronoun reports «قال فيه», «جاء فيه»: the verb tells of a vessel of words.
func (f *finder) withPronoun(c cue) bool {
	i := c.end
	if i-c.at > 1 {
		i--
	}
	return i < f.last && f.Tokens[i].Is(lex.Prep) && f.holdsPronoun(i)
}

// deed reports whether the noun at token i tells of a deed, so that it is what was said
// rather than who said it: «أعلن إلغاء القمة».
func (f *finder) deed(i int) bool {
	t := &f.Tokens[i]
	if t.Definite() || t.Kind != ling.Word {
		return f.verbalNoun(i)
	}
	form := strings.HasPrefix(t.Base, script.Ta) && strings.HasSuffix(chopped(t.Base), script.Ya) && utf8.RuneCountInString(t.Base) == 5 // تفعيل
	return form || f.verbalNoun(i) || t.Hamza == ling.Below
}

// chopFirst gives w without its first two letters.
func chopFirst(w string) string {
	for range 2 {
		_, n := utf8.DecodeRuneInString(w)
		w = w[n:]
	}
	return w
}

// chopped gives w without its last letter.
func chopped(w string) string {
	_, n := utf8.DecodeLastRuneInString(w)
	return w[:len(w)-n]
}

// mismatched reports whether the noun phrase np cannot be the subject of the verb c before
// it: a feminine noun behind a masculine verb is its object («واتهم الحكومة ب»).
func (f *finder) mismatched(c cue, np [2]int) bool {
	t := &f.Tokens[np[0]]
	_, _, named := f.Name(np[0])
	if !some(np) || c.verb.Feminine || named || !t.Definite() || t.Tables.Has(lex.Title) || f.several(np) || f.apart(c.end, np[0]) {
		return false
	}
	return strings.HasSuffix(f.Text[t.Start:t.End], script.TaMarbuta)
}

// apart reports whether anything stands between tokens from and to: then a verb need not
// agree with its subject.
func (f *finder) apart(from, to int) bool { return to > from }

// passive reports whether the subject of the frame stands behind «من جانب».
func (f *finder) passive(fr frame) bool {
	i := fr.subject[0]
	return i > f.first && f.Tokens[i-1].Is(lex.Prep|lex.Agent)
}

// vesselReach is how many tokens before its verb a vessel of words may stand.
const vesselReach = 14

// vesselOf gives whose the vessel of words before the verb c is: «تسجيلا لفلان قال فيه».
func (f *finder) vesselOf(c cue) (first, last int, ok bool) {
	for i := c.at - 1; i >= max(f.first, c.at-vesselReach); i-- {
		t := &f.Tokens[i]
		if s, noun := t.Sense(lex.SpeechNoun); noun && f.Lex.SpeechNouns[s.Row].Class == "statement" && !t.Definite() {
			n := f.NounPhrase(i)
			if n < c.at && f.Preposition(n) == 'l' {
				last = f.NounPhrase(n)
				k := f.kind([2]int{n, last})
				return n, last, k == isnad.Anonymous || k == isnad.Role || some(f.personIn(n, last))
			}
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// writes reports whether the verb c tells of an indefinite vessel of words before it, which
// the subject of the clause gave out: «تلا الوزير بيانا قال فيه».
func (f *finder) writes(c cue) bool {
	if len(f.found) > f.begun || !f.agent(f.clause.first, f.clause.last) || f.document(f.clause) {
		return false
	}
	for i := c.at - 1; i >= max(f.first, c.at-vesselReach); i-- {
		t := &f.Tokens[i]
		if s, noun := t.Sense(lex.SpeechNoun); noun && f.Lex.SpeechNouns[s.Row].Class == "statement" && !t.Definite() {
			return i >= f.clause.last
		}
	}
	return false
}

// goesOnSpeaking gives the speaker of a verb without a subject.
func (f *finder) goesOnSpeaking(c cue) (voice, bool) {
	if c.verb.Tense == lex.Imperfect && !c.verb.Feminine && !c.verb.Plural && c.at == f.first && !f.resumes(c) {
		return voice{}, false // «يذكر أن»: nobody's words
	}
	if c.verb.Tense == lex.Imperfect && f.Tokens[c.at].Conj == 0 && c.at > f.first && c.class != "demand" && c.class != "call" && f.bareNoun(c.at-1) {
		return voice{}, false // «كتابات تشير إلى»: the noun before it is its subject
	}
	if len(f.found) == f.begun && f.agent(f.clause.first, f.clause.last) && c.at > f.first && c.class != "add" && (f.clause.fem == c.verb.Feminine || f.clause.plural) {
		return f.clause, true
	}
	if len(f.found) == f.begun && c.class == "accuse" && c.pron && f.Tokens[c.at].Conj == 'w' && !f.clause.empty() && f.clause.fem == c.verb.Feminine && f.Tokens[f.clause.first].Definite() {
		return f.clause, true // «أوقفت السلطات فلانا واتهمته ب»
	}
	return f.carry(c.verb)
}

// resumes reports whether the verb c, with «و» at the start of a sentence, goes on with the
// man who spoke last in the sentence before («ويضيف أن»): not a verb that is said of nobody
// («ويذكر أن», «ويعتقد أن»).
func (f *finder) resumes(c cue) bool {
	n := len(f.found)
	if f.Tokens[c.at].Conj != 'w' || n == 0 || len(f.voices) == 0 || f.found[n-1].to+4 < f.first || f.voices[len(f.voices)-1].fem {
		return false
	}
	switch c.class {
	case "add", "confirm", "warn", "deny", "point":
		return true
	case "say":
		return c.pattern&lex.WithObject == 0
	}
	return false
}

// bareNoun reports whether token i is an indefinite common noun or adjective.
func (f *finder) bareNoun(i int) bool {
	t := &f.Tokens[i]
	_, _, named := f.Name(i)
	return !named && t.Kind == ling.Word && t.Class == 0 && !t.Definite() && !t.Pron && t.Vocab.POS&(vocab.Noun|vocab.Adj) != 0
}

// subjectBefore gives the subject that stands before the verb c. With spoken, words said
// follow the verb: then a definite noun before it is taken whatever it means.
func (f *finder) subjectBefore(c cue, spoken bool) (voice, bool) {
	if f.Tokens[c.at].Conj == 'f' && f.topic == f.first+1 && f.Tokens[f.first].Is(lex.Particle) {
		return f.topical(c)
	}
	if c.at == f.first || f.Tokens[c.at].Conj != 0 {
		return voice{}, false
	}
	if f.relative(c.at) {
		return f.antecedent(c)
	}
	if v, ok := f.objectClause(c); ok {
		return v, true
	}
	if f.withPronoun(c) {
		return voice{}, false
	}
	first, last, ok := f.indefinite(c)
	if !ok {
		first, last, ok = f.SubjectBefore(c.at)
	}
	if !ok && f.topic >= 0 {
		first, last, ok = f.topic, f.NounPhrase(f.topic), true
	}
	if ok && spoken && (f.Tokens[first].Definite() || f.possessed(first) && f.Tokens[first].Tables.Has(lex.Title)) && f.adjoins(last, c.at) && !f.period(first) && !f.IsTime(first) && first > f.first && f.Tokens[first-1].Is(lex.But|lex.While|lex.Subord) {
		return f.voice([2]int{first, last}, f.personIn(first, last), c.verb), true
	}
	if !ok || f.Tokens[first].Is(lex.Pron) || !f.agent(first, last) && !(first > f.first && f.Tokens[first-1].Is(lex.Kana) && f.adjoins(last, c.at)) {
		return voice{}, false
	}
	person := f.personIn(first, last)
	if !some(person) {
		person = f.bearer(last, c.at)
	}
	return f.voice([2]int{first, last}, person, c.verb), true
}

// topical gives the topic of the sentence as the subject of the verb c that «ف» takes up:
// «أما الوزير، فلان، فقال».
func (f *finder) topical(c cue) (voice, bool) {
	n := f.NounPhrase(f.topic)
	if !f.agent(f.topic, n) {
		return voice{}, false
	}
	person := f.personIn(f.topic, n)
	if k := n + 1; !some(person) && k < c.at && f.comma(n) && f.person(k) {
		_, end, _ := f.Name(k)
		person = [2]int{k, end}
	}
	return f.voice([2]int{f.topic, n}, person, c.verb), true
}

// otherwise reports whether the relative pronoun before the verb c is of another gender
// than the verb, or its object: then the verb's subject stands behind it («التي هدد
// المتمردون بها»).
func (f *finder) otherwise(c cue) bool {
	p := &f.Tokens[c.at-1]
	if c.pron && f.agent(c.end, f.NounPhrase(c.end)) {
		return true // «التي تتهمها تركيا»
	}
	return !c.verb.Feminine && !c.verb.Plural && c.verb.Tense == lex.Perfect && strings.HasSuffix(p.Base, script.Ta+script.Ya)
}

// adjoins reports whether nothing but «قد» stands between a noun phrase that ends at token
// i and the verb at j.
func (f *finder) adjoins(i, j int) bool {
	for i < j && f.Tokens[i].Is(lex.Qad) {
		i++
	}
	return i == j
}

// bearer gives the name of a person that stands right before the verb at token i, behind
// the title that ends at token from: «المفوض العام للوكالة فلان قد صرح».
func (f *finder) bearer(from, i int) [2]int {
	j := i - 1
	for j > from && f.Tokens[j].Is(lex.Qad) {
		j--
	}
	k, end, ok := f.Name(j)
	if j < from || !ok || f.names[k].Kind != isnad.Person {
		return [2]int{}
	}
	for j > from {
		if m, _, ok := f.Name(j - 1); !ok || m != k {
			break
		}
		j--
	}
	if f.Tokens[j-1].Tables.Has(lex.Title) {
		return [2]int{}
	}
	return [2]int{j, end}
}
