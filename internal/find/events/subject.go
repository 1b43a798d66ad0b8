package events

import (
	"strings"

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
		if f.himself(i) {
			return i, i, f.above(i)
		}
		return i, i, f.over(g)
	case f.arrested(g):
		return i, i, nil
	case f.appended(i):
		if p := f.parties(i-1, i); len(p) > 0 || !f.Tokens[i-1].Tables.Has(lex.SpeechNoun) {
			return i - 1, i, p
		}
		return i, i, f.above(i) // «نشرت الوزارة تقريرا اتهم»
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
	return f.subjectBehind(g)
}

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
	last = f.object(first, last, i)
	if last > i && f.by(last) && f.titled(first) {
		last = max(f.phrase(last+1), f.phrase(last)) // «المتحدثة باسم الوزارة»
	}
	p := f.counts(first, last)
	if len(p) == 0 {
		p = f.member(first, last)
	}
	if len(p) == 0 {
		p = f.gathering(first)
	}
	if len(p) == 0 && first < i && f.Tokens[first].Class != 0 && !f.Tokens[first].Definite() {
		p = f.over(g) // «كذلك أعرب»
	}
	return first, last, p
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

// appended reports whether the verb at token i says something of the indefinite noun before
// it, its subject («أن مسلحا قتل», «بيانا اتهم»).
func (f *finder) appended(i int) bool {
	if i == 0 || f.Tokens[i].Conj != 0 || f.Pronoun(i) {
		return false
	}
	p := &f.Tokens[i-1]
	const people = 1<<lex.SpeechNoun | 1<<lex.Title | 1<<lex.Unit | 1<<lex.Demonym | 1<<lex.Nation
	_, _, named := f.Name(i - 1)
	return !named && p.Kind == ling.Word && !p.Definite() && p.Class == 0 && p.Tables&people != 0 && strings.HasSuffix(p.Base, script.Alef)
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

// over is above for the verb of g. Who only speaks of an assault did not do it.
func (f *finder) over(g *deed) []string {
	if g.kind != "ASSAULT" {
		return f.above(g.first)
	}
	first := max(0, g.first-back)
	for j := g.first - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); !finite || f.Tokens[j].Tables.Has(lex.Speech) {
			continue
		}
		if a, b, ok := f.Subject(j); ok {
			if p := f.parties(a, b); len(p) > 0 {
				return p
			}
		}
	}
	return nil
}

// back is how far a subject is looked for in what goes before, in tokens.
const back = 60

// above gives the subject of the verb that governs or goes before token i.
func (f *finder) above(i int) []string {
	first := max(0, i-back)
	for j := i - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); !finite {
			continue
		}
		if a, b, ok := f.Subject(j); ok {
			if p := f.parties(a, b); len(p) > 0 {
				return p
			}
		}
	}
	return nil
}
