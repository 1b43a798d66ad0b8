package statements

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// partedReach is how many tokens may stand between the words of a phrase of saying.
const partedReach = 18

// parted takes a phrase of saying whose words stand apart, with its subject between them:
// «حمّل الجيش الحركة المسؤولية», «قلل المتحدث من أهمية».
func (f *finder) parted(i int) (int, bool) {
	t := &f.Tokens[i]
	if i < f.inside || !t.Tables.Has(lex.SpeechOpening) || t.Fut || t.Prep != 0 || f.relative(i) || f.negated(i) || f.unattributed(i) {
		return i, false
	}
	verb, finite := f.VerbAt(i)
	c, tail := f.phraseApart(i)
	if tail == 0 || !finite {
		return i, false
	}
	c.verb = verb
	v, from, implied, ok := f.partedVoice(c, tail)
	if !ok {
		return i, false
	}
	s := said{cue: i, end: i + 1, speaker: v, implied: implied, rule: "verb-parted", confidence: 0.7}
	if c.pattern&lex.WithWho != 0 {
		if from >= tail {
			return i, false
		}
		s.from, s.to, s.direct = f.content(from, object)
	} else {
		fr, ok := f.frameOf(c, true)
		if !ok || !f.allowed(c, fr) {
			return i, false
		}
		s.from, s.to, s.direct = f.content(fr.content, fr.how)
	}
	if s.to < tail && c.pattern&lex.WithWho != 0 || !f.add(s) {
		return i, false
	}
	f.speak(v)
	return s.from, true
}

// phraseApart gives the phrase whose first word stands at token i and the rest behind it,
// not right behind it, in the same clause, and the token at which the rest begins; 0 when
// there is none. The cue ends behind the rest.
func (f *finder) phraseApart(i int) (c cue, tail int) {
	f.Tokens[i].Senses(lex.SpeechOpening, func(s lex.Sense) bool {
		row := &f.Lex.Speeches[s.Row]
		_, rest, more := strings.Cut(row.Perfect, " ")
		if !more || s.Form&lex.Verb == 0 || s.Form&lex.Spoken != 0 {
			return true
		}
		for j := i + 2; j < min(f.last, i+partedReach) && !f.clauseBreaks(j-1); j++ {
			if n := f.follows(j, rest); n > 0 {
				c, tail = cue{at: i, end: n, pattern: row.Pattern, class: row.Class, form: s.Form}, j
				return false
			}
		}
		return true
	})
	return c, tail
}

// clauseBreaks reports whether another clause begins at token j.
func (f *finder) clauseBreaks(j int) bool {
	t := &f.Tokens[j]
	if f.complementizer(j) || f.sign(j, ":") || f.sign(j, ".") || t.Is(lex.Rel|lex.While|lex.But) && !t.Is(lex.Prep) && !t.Definite() {
		return true
	}
	_, finite := f.VerbAt(j)
	return finite && !f.named(j)
}

// follows gives the token after the folded words of rest at token j, or 0.
func (f *finder) follows(j int, rest string) int {
	for more := true; more; j++ {
		var word string
		word, rest, more = strings.Cut(rest, " ")
		if j >= f.last || f.Tokens[j].Fold != word {
			return 0
		}
	}
	return j
}

// partedVoice tells who says the phrase c whose rest begins at token tail, and where the
// noun phrase behind him begins: whom he accuses.
func (f *finder) partedVoice(c cue, tail int) (v voice, from int, implied, ok bool) {
	first, last, found := f.SubjectAfter(c.at)
	if found && c.pattern&lex.WithWho != 0 {
		last = f.facing(first, min(last, tail))
	}
	if found && last <= tail && (f.agent(first, last) || f.Tokens[first].Definite() && !f.IsTime(first)) && (last < tail || c.pattern&lex.WithWho == 0) {
		for last < tail && (f.timely(last) || f.comma(last)) {
			last++
		}
		n := last
		for n > first && (f.timely(n-1) || f.comma(n-1)) {
			n--
		}
		return f.voice([2]int{first, n}, f.personIn(first, n), c.verb), last, false, true
	}
	if own, before := f.subjectBefore(cue{at: c.at, end: c.at + 1, verb: c.verb}, false); before {
		return own, c.at + 1, false, true
	}
	if found && f.Tokens[c.at].Conj == 0 && c.at == f.first {
		return v, 0, false, false
	}
	v, ok = f.goesOnSpeaking(cue{at: c.at, end: c.at + 1, class: "add", verb: ling.Verb{Tense: lex.Perfect, Feminine: c.verb.Feminine, Plural: c.verb.Plural}})
	return v, c.at + 1, true, ok
}
