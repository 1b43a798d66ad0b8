package statements

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// sentence finds the statements of sentence s.
func (f *finder) sentence(s int) {
	f.first, f.last = f.Sents[s].First, f.Sents[s].Last
	f.begun, f.topic, f.inside, f.outer = len(f.found), -1, 0, -1
	f.told, f.ended = f.first, [2]stretch{}
	f.through, f.clause = nil, voice{entity: isnad.None}
	for i := f.headed(); i < f.last; {
		i = max(f.token(i), i+1)
	}
}

// headed takes a sentence that is a person, a colon and a quotation, and gives the token
// to go on from.
func (f *finder) headed() int {
	n := f.NounPhrase(f.first)
	if n == f.first || n+1 >= f.last || !f.sign(n, ":") || !f.mark(n+1) {
		return f.first
	}
	person := f.personIn(f.first, n)
	if !some(person) && !f.Tokens[f.first].Tables.Has(lex.Title) {
		return f.first
	}
	from, to, direct := f.quotation(n+1, quoted)
	v := f.voice([2]int{f.first, n}, person, ling.Verb{})
	if !direct || !f.add(said{cue: n, end: n, from: from, to: to, direct: true, speaker: v, rule: "quote/colon", confidence: 0.8}) {
		return f.first
	}
	f.speak(v)
	return to
}

// token takes what begins at token i and gives the token to go on from.
func (f *finder) token(i int) int {
	if i < f.inside && f.outer >= 0 && f.found[f.outer].direct {
		return f.inside
	}
	switch f.Tokens[i].Kind {
	case ling.Mark:
		return f.bare(i)
	case ling.Word:
	default:
		return i + 1
	}
	if i >= f.inside {
		if end, ok := f.according(i); ok {
			return end
		}
	}
	if end, ok := f.parted(i); ok {
		return end
	}
	if c, ok := f.verb(i); ok {
		if end, ok := f.finite(c); ok {
			return end
		}
		f.note(i)
		return i + 1
	}
	if c, ok := f.participle(i); ok && i >= f.inside {
		return f.circumstance(c)
	}
	if end, ok := f.noun(i); ok {
		return end
	}
	f.note(i)
	return i + 1
}

// note keeps the subject of the clause for what follows it without one.
func (f *finder) note(i int) {
	if i < f.inside {
		return
	}
	t := &f.Tokens[i]
	if v, ok := f.VerbAt(i); ok && !f.relative(i) {
		first, last, ok := f.SubjectAfter(i)
		if !ok || !f.agent(first, last) || f.paper(first, last) {
			if a, b, before := f.SubjectBefore(i); before && (!ok || f.agent(a, b)) {
				first, last, ok = a, b, true
			}
		}
		if ok && f.Tokens[first].Pron && f.document(voice{first: first, last: last, entity: isnad.None}) {
			return // «واختتم تصريحاته قائلا»
		}
		if ok && (f.clause.empty() || f.agent(first, last) && !(f.agent(f.clause.first, f.clause.last) && f.paper(first, last))) {
			f.clause = f.voice([2]int{first, last}, f.personIn(first, last), v)
		}
	}
	if i == f.first || f.clauseOpens(i) {
		j := i
		if t.Is(lex.Kana|lex.While|lex.But|lex.Subord|lex.Particle) && !t.Definite() {
			j++
		}
		if j < f.last {
			_, verb := f.verb(j)
			if n := f.NounPhrase(j); !verb && n > j && f.Preposition(j) == 0 && !f.IsTime(j) {
				f.topic = j
			}
		}
	}
}

// paper reports whether the noun phrase [first, last) is an indefinite vessel of words,
// which is rather what somebody wrote than who did.
func (f *finder) paper(first, last int) bool {
	return !f.Tokens[first].Definite() && f.document(voice{first: first, last: last, entity: isnad.None})
}

// clauseOpens reports whether a noun phrase behind token i may be the subject of a clause
// that begins with it.
func (f *finder) clauseOpens(i int) bool {
	t := &f.Tokens[i]
	return t.Is(lex.Kana|lex.While|lex.But) && !t.Definite()
}

// finite takes a finite verb of saying.
func (f *finder) finite(c cue) (int, bool) {
	if f.Tokens[c.at].Fut || f.Tokens[c.at].Prep != 0 || f.negated(c.at) || f.unattributed(c.at) {
		return c.end, true
	}
	if c.at < f.inside {
		return f.nested(c)
	}
	fr, v, implied, ok := f.spoken(c)
	if !ok {
		return c.end, false
	}
	from, to, direct := f.content(fr.content, fr.how)
	s := said{cue: c.at, end: c.end, from: from, to: to, direct: direct, speaker: v, implied: implied,
		hearer: fr.hearer[0], heard: fr.hearer[1], rule: rule("verb", fr.how), confidence: trust("verb", fr.how)}
	s.report = (c.class == "report" || c.class == "say" && c.pattern&lex.WithObject != 0) && f.medium(v)
	s.via = append(s.via, fr.via...)
	if some(fr.vessel) && some(fr.subject) {
		s.via = append(s.via, f.voice(fr.subject, [2]int{}, c.verb))
	} else if some(fr.relative) {
		w := f.voice(fr.relative, [2]int{}, ling.Verb{})
		if c.class == "report" || !f.same(w, v) && (f.medium(w) || f.publishes(w.first)) {
			s.via = append(s.via, w)
		}
	}
	if c.class == "cite" && some(fr.vessel) && !some(fr.subject) && len(s.via) == 0 {
		if w, ok := f.carry(c.verb); ok && !f.same(w, v) && (f.medium(w) || w.kind == isnad.Body) {
			s.via = append(s.via, w)
		}
	}
	if implied || c.class == "call" || c.class == "think" {
		s.via = append(s.via, f.through...)
	}
	if !f.add(s) {
		return c.end, false
	}
	if s.report {
		f.through = []voice{v}
	}
	f.speak(v)
	if direct {
		return f.more(to), true
	}
	return from, true
}

// unattributed reports whether token i stands in a long quotation: a verb there is the
// quoted one's own.
func (f *finder) unattributed(i int) bool {
	q := f.QuoteOf(i)
	return q >= 0 && f.Quotes[q].Closed && f.Quotes[q].Close-f.Quotes[q].Open > scare
}

// nested takes a verb of saying inside another's words. It is a statement of its own only
// when a document or medium reports it and nothing else.
func (f *finder) nested(c cue) (int, bool) {
	o := &f.found[f.outer]
	if c.at == o.from && o.rule == beforeWords && o.cue < o.from {
		return f.retold(c)
	}
	if c.pattern&(lex.WithAn|lex.WithObject) == 0 || !f.document(o.speaker) && !o.report && (o.speaker.kind != isnad.Body || c.verb.Tense != lex.Perfect || f.Pronoun(o.from)) || !f.heads(o.from, c.at) {
		return c.end, false
	}
	fr, ok := f.frameOf(c, true)
	if !ok || !f.agent(o.from, c.at) || !f.document(o.speaker) && !o.report && fr.how == object && c.class != "demand" && c.class != "call" {
		return c.end, false
	}
	from, to, direct := f.content(fr.content, fr.how)
	if from, to = f.trim(from, to); from >= to {
		return c.end, false
	}
	v := f.voice([2]int{o.from, c.at}, f.personIn(o.from, c.at), c.verb)
	f.through = append([]voice{o.speaker}, o.via...)
	f.found[f.outer] = said{cue: c.at, end: c.end, from: from, to: to, direct: direct, speaker: v, via: f.through,
		rule: rule("nested", fr.how), confidence: 0.7}
	f.inside = to
	f.speak(v)
	return from, true
}

// heads reports whether the content that begins at token i is a noun phrase and the verb at
// token j, with nothing but a sign between.
func (f *finder) heads(i, j int) bool {
	n := f.NounPhrase(i)
	return n > i && (n == j || n+1 == j && (f.comma(n) || f.mark(n)))
}

// retold takes «بحسب البيان، قال فلان إن»: the marker's voice passed on what he said.
func (f *finder) retold(c cue) (int, bool) {
	o := &f.found[f.outer]
	fr, v, implied, ok := f.spoken(c)
	if !ok || implied || v.first < c.at || f.same(v, o.speaker) || c.class == "think" {
		return c.end, false
	}
	from, to, direct := f.content(fr.content, fr.how)
	if from, to = f.trim(from, to); from >= to {
		return c.end, false
	}
	f.through = []voice{o.speaker}
	f.found[f.outer] = said{cue: c.at, end: c.end, from: from, to: to, direct: direct, speaker: v, via: f.through,
		hearer: fr.hearer[0], heard: fr.hearer[1], rule: rule("retold", fr.how), confidence: 0.8}
	f.inside = to
	f.speak(v)
	return from, true
}

// circumstance takes a participle of saying: its subject is that of the clause.
func (f *finder) circumstance(c cue) int {
	if !f.speaks(c) {
		return c.end
	}
	fr, _ := f.frameOf(c, true)
	if !f.allowed(c, fr) {
		return c.end
	}
	v, ok := f.clause, f.agent(f.clause.first, f.clause.last)
	if !ok && len(f.found) == f.begun {
		v, ok = f.opener(c.at)
	}
	if len(f.found) > f.begun || !ok {
		v, ok = f.carry(c.verb)
	}
	if !ok {
		return c.end
	}
	from, to, direct := f.content(fr.content, fr.how)
	s := said{cue: c.at, end: c.end, from: from, to: to, direct: direct, speaker: v, implied: true, via: f.through,
		rule: rule("participle", fr.how), confidence: trust("participle", fr.how)}
	if !f.add(s) {
		return c.end
	}
	f.speak(v)
	if direct {
		return f.more(to)
	}
	return from
}

// opened is how many tokens into a sentence the one it begins with may be named.
const opened = 8

// opener gives the person who is named first in the sentence, near its start and before
// token i: its verb was not known as one.
func (f *finder) opener(i int) (voice, bool) {
	for j := f.first; j < min(i, f.first+opened); j++ {
		if f.Tokens[j].Is(lex.Prep|lex.TimeConj) && !f.Tokens[j].Definite() {
			break
		}
		if f.person(j) {
			_, end, _ := f.Name(j)
			return f.voice([2]int{j, end}, [2]int{j, end}, ling.Verb{}), true
		}
	}
	return voice{}, false
}

// more takes «و"…"» behind a quotation that ends at token i: another statement of the same.
func (f *finder) more(i int) int {
	for i+2 < f.last && f.mark(i) && f.Tokens[i+1].Fold == script.Waw && f.mark(i+2) {
		from, to, direct := f.quotation(i+2, quoted)
		s := f.found[len(f.found)-1]
		s.from, s.to, s.direct = from, to, direct
		if !direct || !f.add(s) {
			return i + 1
		}
		i = to
	}
	return i
}

// bare takes a quotation without a cue before it: one that opens the sentence and is
// followed by its verb, or that goes on another of the sentence before.
func (f *finder) bare(i int) int {
	q := f.QuoteOf(i)
	if i < f.inside || i != f.first || q < 0 || f.Quotes[q].Open != i || !f.Quotes[q].Closed {
		return i + 1
	}
	end := f.Quotes[q].Close
	j := end + 1
	for j < f.last && (f.comma(j) || f.sign(j, "-") || f.sign(j, ".") || f.Tokens[j].Kind == ling.Word && f.Tokens[j].Class&^lex.Adverb == 0 && f.Tokens[j].Is(lex.Adverb)) {
		j++
	}
	if j >= f.last {
		return f.goesOnQuoting(i, end)
	}
	c, ok := f.verb(j)
	if !ok || f.Tokens[j].Conj != 0 || c.pattern&(lex.WithQuote|lex.WithAn) == 0 {
		return i + 1
	}
	fr, follows := f.frameOf(c, false)
	if follows && fr.how != colon || !some(fr.subject) {
		return i + 1
	}
	person := f.personIn(fr.subject[0], fr.subject[1])
	if !some(person) {
		person = fr.person
	}
	v := f.voice(fr.subject, person, c.verb)
	f.add(said{cue: c.at, end: c.end, from: i + 1, to: end, direct: true, speaker: v, rule: "quote/before", confidence: 0.8})
	f.speak(v)
	return c.end
}

// goesOnQuoting takes a sentence that is nothing but a quotation: it goes on the one that
// ends the sentence before.
func (f *finder) goesOnQuoting(i, end int) int {
	n := len(f.found)
	if n == 0 || !f.found[n-1].direct || f.wordsBetween(f.found[n-1].to, i) {
		return i + 1
	}
	f.found[n-1].to = end
	return end
}
