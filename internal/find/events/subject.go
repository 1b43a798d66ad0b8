package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// subject gives the noun phrase that is the subject of g and its parties. When the
// clause has none it is the antecedent, or whoever the words before speak of.
func (f *finder) subject(g *deed) (first, last int, parties []string) {
	i := g.first
	t := &f.Tokens[i]
	switch {
	case g.spoken && len(f.speaker(i)) > 0:
		return i, i, f.speaker(i)
	case i > 0 && f.Tokens[i-1].Is(lex.Rel) && !t.Pron && !f.resumes(i+1):
		return i, i, f.antecedent(i - 1)
	case f.implied(i):
		if p := f.quoted(i); len(p) > 0 {
			return i, i, p
		}
		if f.himself(i) {
			return i, i, f.above(i)
		}
		return i, i, f.over(g)
	case f.arrested(g):
		return i, i, nil
	case f.clausal(i):
		first := f.clause(i)
		return first, i, f.doers(first, i)
	case f.appended(i):
		if p := f.parties(i-1, i); len(p) > 0 || !f.Tokens[i-1].Tables.Has(lex.SpeechNoun) {
			return i - 1, i, p
		}
		return i, i, f.before(i, open) // «نشرت الوزارة تقريرا اتهم»
	case g.dual:
		if p := f.couple(i); len(p) > 0 {
			return i, i, p
		}
		return i, i, f.over(g)
	case g.plural:
		return f.subjectOfPlural(g)
	}
	if p := f.topic(i); len(p) > 0 {
		return i, i, p
	}
	if p := f.described(i); len(p) > 0 {
		return i, i, p
	}
	if first, last, ok := f.fronted(i); ok {
		return first, last, f.doers(first, last)
	}
	if first, ok := f.adjacent(i); ok {
		return first, i, f.doers(first, i)
	}
	return f.subjectBehind(g)
}

// fronting is how far before its verb a subject that opens the sentence ends, in tokens.
const fronting = 8

// subjectOfPlural gives the subject of a verb in the plural, which always goes before it.
func (f *finder) subjectOfPlural(g *deed) (first, last int, parties []string) {
	i := g.first
	first, last, ok := f.SubjectBefore(i)
	if p := f.parties(first, last); ok && len(p) > 0 {
		return first, last, p
	}
	if p := f.topic(i); len(p) > 0 {
		return i, i, p
	}
	if p := f.folk(i); p != "" && f.Tokens[i].Conj != 0 {
		return i, i, []string{p}
	}
	return i, i, f.over(g)
}

// subjectBehind gives the noun phrase that is the subject of g, behind the verb or before it.
func (f *finder) subjectBehind(g *deed) (first, last int, parties []string) {
	i := g.first
	first, last, ok := f.counted(i)
	if !ok {
		first, last, ok = f.Subject(i)
	}
	if ok && first > i && (first < g.last || f.accusative(first)) {
		first, last, ok = f.SubjectBefore(i)
	}
	if !ok {
		return i, i, f.over(g)
	}
	if first > i && f.received(g, first, last) {
		return i, i, f.over(g)
	}
	last = f.object(first, last, i)
	if last > i && f.by(last) && f.titled(first) {
		last = max(f.phrase(last+1), f.phrase(last)) // «المتحدثة باسم الوزارة»
	}
	p := f.doers(first, last)
	if len(p) < 2 && f.Tokens[first].Definite() && f.pairing(first) && f.unnamed(first, last) {
		if pair := f.couple(first); len(pair) > 0 {
			return first, last, pair // «تحادث الوزيران»
		}
	}
	if len(p) == 0 {
		p = f.gathering(first)
	}
	if len(p) == 0 && first < i && f.Tokens[first].Class != 0 && last == first+1 && !f.Tokens[first].Definite() {
		p = f.over(g) // «كذلك أعرب»
	}
	return first, last, p
}

// received reports whether the noun phrase [first, last) behind the verb of g is its object, and the
// subject one who was told before: it is of another gender («والتقى المستشارة»), or it alone
// stands before that of which it is accused («كما اتهم الصحيفة بالكذب»).
func (f *finder) received(g *deed, first, last int) bool {
	i := g.first
	if !g.has("subj_obj") || g.has("obj") || g.phrase || f.Pronoun(i) {
		return false
	}
	if differ(f.ofVerb(i), f.ofWord(first)) && !f.Tokens[first].Is(lex.Quantifier) {
		return true
	}
	joined := f.Tokens[i].Conj != 0 || i > 0 && f.Tokens[i-1].Base == script.Kaf+script.Mim+script.Alef
	if g.kind == "CONSULT" && f.Tokens[i].Conj != 0 && (last >= len(f.Tokens) || f.Tokens[last].Kind == ling.Punct) && f.titled(first) {
		return true // «سيزور كندا ويلتقي الرئيس الكندي»
	}
	n, end, named := f.Name(last - 1)
	if g.kind != "ACCUSE" || !named || end != last || last >= len(f.Tokens) || f.Tokens[last].Prep != 'b' {
		return false
	}
	if first != last-1 && !f.sameName(first, last-1) && !f.Tokens[first].Tables.Has(lex.Head) {
		return false
	}
	return joined && f.names[n].Kind == isnad.Organization || f.resumes(i+1)
}

// doers gives the parties of the noun phrase [first, last), or of the body that it is told to be of.
func (f *finder) doers(first, last int) []string {
	if p := f.counts(first, last); len(p) > 0 {
		return p
	}
	return f.member(first, last)
}

// folk gives the nation of the people told by a plural before token i in its sentence («ثلاثة
// فلسطينيين … وزرعوا»).
func (f *finder) folk(i int) string {
	for j := i - 1; j >= f.Sents[f.SentenceOf(i)].First; j-- {
		if s, ok := f.Tokens[j].Sense(lex.Nation); ok && s.Form&lex.Plural != 0 && f.Tokens[j].Conj == 0 {
			return f.nation(j)
		}
	}
	return ""
}

// speaker gives the party of him whose words tell of token i.
func (f *finder) speaker(i int) []string {
	s := f.statement(i)
	if s < 0 || s >= len(f.statements) {
		return nil
	}
	e := f.statements[s].Speaker.Entity
	if e < 0 || e >= len(f.sides) {
		return nil
	}
	return with(nil, f.sides[e])
}

// implied reports whether the subject of the verb at token i is a pronoun right before it
// («أنها», «وهو»).
func (f *finder) implied(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		t := &f.Tokens[j]
		switch {
		case t.Is(lex.Qad|lex.Future) || f.denies(j):
			continue
		case t.Is(lex.Pron):
			return true
		case t.Is(lex.Subord):
			return strings.HasSuffix(t.Fold, script.Ha) || strings.HasSuffix(t.Fold, script.Hna) || strings.HasSuffix(t.Fold, script.Hum) || strings.HasSuffix(t.Fold, script.Huma)
		}
		return false
	}
	return false
}

// himself reports whether the pronoun that is the subject of the verb at token i hangs on the
// «أن» of a verb of speech: who speaks tells of himself («أعلن الجيش أنه قصف»).
func (f *finder) himself(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if f.Tokens[j].Is(lex.Subord) && !f.Tokens[j].Is(lex.Pron) {
			return true
		}
	}
	return false
}

// topic gives the party that opens the clause of the verb at token i, with other phrases
// between the two.
func (f *finder) topic(i int) []string {
	first := max(f.Sents[f.SentenceOf(i)].First, i-18)
	for j := i - 1; j >= first; j-- {
		t := &f.Tokens[j]
		if _, finite := f.VerbAt(j); finite && !t.Is(lex.Kana) {
			return nil
		}
		if _, _, named := f.Name(j); named && j > first {
			continue // «جاي-إن» is no «أن»
		}
		if f.quoting(j, i) {
			return f.parties(j+1, f.phrase(j+1)) // «قال: "الحوثيون يمنعون»
		}
		if t.Is(lex.Subord|lex.While|lex.Kana) && !t.Definite() || j == first && j == f.Sents[f.SentenceOf(i)].First {
			at := j
			if t.Is(lex.Subord|lex.While|lex.Kana|lex.But) && !t.Definite() {
				at++
			}
			if at < i && f.Tokens[at].Kind == ling.Mark {
				at++ // «إن "الرئيس طلب»
			}
			return f.parties(at, f.phrase(at))
		}
	}
	return nil
}
