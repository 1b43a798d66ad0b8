package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
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
	if p := f.topic(i); len(p) > 0 {
		return i, i, p
	}
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

// arrested reports whether the phrase g tells by a verb whose passive is written as its active
// that somebody was held («ألقي القبض على»): its words follow each other, with nobody between.
func (f *finder) arrested(g *deed) bool {
	return g.kind == "COERCE" && g.phrase && !g.plural && g.tail == g.first+2 && g.has("subj_ala") && !g.has("subj") &&
		!strings.HasSuffix(f.Tokens[g.first].Base, script.Ta) && len(f.topic(g.first)) == 0
}

// another reports whether token i, behind the name of an organization, begins another noun phrase.
func (f *finder) another(i int) bool {
	t := &f.Tokens[i]
	if t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || f.nation(i) != "" {
		return false
	}
	const heads = 1<<lex.Head | 1<<lex.Title | 1<<lex.Unit | 1<<lex.Body | 1<<lex.Demonym
	return !t.Definite() && t.Vocab.POS&vocab.Adj == 0 || t.Tables&heads != 0
}

// by reports whether token i has the letter «ب» before it, also where the whole is a forename
// too («باسم»).
func (f *finder) by(i int) bool {
	if i >= len(f.Tokens) {
		return false
	}
	t := &f.Tokens[i]
	return t.Prep == 'b' || t.Tables.Has(lex.Forename) && strings.HasPrefix(t.Base, script.Ba)
}

// object gives where the subject [first, last) behind the verb at i ends when the name of
// a person stands beside it who cannot be of it: a common noun without a title.
func (f *finder) object(first, last, i int) int {
	if first < i {
		return last
	}
	for j := first + 1; j < last; j++ {
		if n, _, named := f.Name(j); named && f.names[n].Kind == isnad.Place && f.Tokens[j].Conj == 0 && f.nation(j-1) != "" {
			return j // «الرئيس المصري تونس»
		}
		_, _, inName := f.Name(j)
		if _, state := f.Tokens[j].Sense(lex.Country); state && !inName && f.Tokens[j].Conj == 0 && f.Tokens[j].Prep == 0 {
			if n, _, named := f.Name(j - 1); named && f.names[n].Kind == isnad.Place {
				return j // «قطر السعودية»
			}
		}
		if t := &f.Tokens[j-1]; first > i && !f.Tokens[first].Definite() && t.Kind == ling.Word && (strings.HasSuffix(t.Base, script.On) || t.Vocab.POS&vocab.Adj != 0 && t.Vocab.POS&vocab.Noun == 0 && !t.Definite()) {
			if n, _, named := f.Name(j); named && f.names[n].Kind != isnad.Person && f.Preposition(j) == 0 && f.Tokens[j].Conj == 0 {
				return j // «دبلوماسيون غربيون موسكو»
			}
		}
	}
	for j := first + 1; j < last; j++ {
		if t := &f.Tokens[j]; f.personal(j-1) && !f.personal(j) && t.Kind == ling.Word && t.Conj == 0 && f.nation(j) == "" {
			return j // «الملك فلان الرئيس الكيني»
		}
		if n, end, named := f.Name(j - 1); named && end == j && f.names[n].Kind == isnad.Organization && f.another(j) {
			return j // «الجيش العراقي تنظيم كذا»
		}
	}
	for j := first + 1; j < last; j++ {
		if f.apart(j) {
			return j // «الشرطة التركية المهاجم»
		}
	}
	for j := first; j < last; j++ {
		n, _, named := f.Name(j)
		if !named {
			if s, _, ok := f.Match(j, lex.Title); ok && s.Form&lex.Plural == 0 || f.Tokens[j].Conj != 0 {
				return last
			}
			continue
		}
		end := j
		if end > first && f.Tokens[end-1].Kind == ling.Punct {
			end--
		}
		if f.names[n].Kind == isnad.Person && end > first && f.Tokens[end-1].Definite() {
			return end
		}
		return last
	}
	return last
}

// apart reports whether token j cannot belong to the feminine adjective of nation before it:
// it has the article, and is neither feminine nor joined nor in a name.
func (f *finder) apart(j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named || !t.Definite() || t.Conj != 0 || t.Prep != 0 || f.nation(j-1) == "" {
		return false
	}
	return strings.HasSuffix(f.Tokens[j-1].Base, script.Ya+script.Ha) && !strings.HasSuffix(t.Base, script.Ha) && !strings.HasSuffix(t.Base, script.At)
}

// gathering gives the parties told last when the subject is a meeting or a text of theirs
// («القمة», «البيان»).
func (f *finder) gathering(i int) []string {
	t := &f.Tokens[i]
	if !t.Definite() || len(f.given) == 0 {
		return nil
	}
	meeting := false
	if s, ok := t.Sense(lex.EventNoun); ok {
		meeting = f.Lex.EventNouns[s.Row].Type == "CONSULT"
	}
	if s, ok := t.Sense(lex.SpeechNoun); ok {
		meeting = meeting || f.Lex.SpeechNouns[s.Row].Class == "statement"
	}
	if s, ok := t.Sense(lex.Unit); ok {
		meeting = meeting || f.Lex.Units[s.Row].Class == "group"
	}
	if !meeting {
		return nil
	}
	for k := len(f.given) - 1; k >= 0; k-- {
		if h := &f.given[k]; h.kind == "CONSULT" || h.kind == "REQUEST" || h.kind == "ACCUSE" {
			return h.actors
		}
	}
	return nil
}

// resumes reports whether token i is a preposition with a pronoun («منه»), by which a
// relative clause takes up its antecedent.
func (f *finder) resumes(i int) bool {
	if i >= len(f.Tokens) || !f.Tokens[i].Is(lex.Prep) {
		return false
	}
	fold := f.Tokens[i].Fold
	return strings.HasSuffix(fold, script.Ha) || strings.HasSuffix(fold, script.Hna) || strings.HasSuffix(fold, script.Hum)
}

// counted gives the subject behind the verb at token i that begins with a word of number
// («قتل نحو خمسين شخصا»).
func (f *finder) counted(i int) (first, last int, ok bool) {
	j := i + 1
	for j < len(f.Tokens) && f.IsTime(j) && !f.Tokens[j].Is(lex.Quantifier) {
		j++ // «كل» is also the word of «every day»
	}
	if j >= len(f.Tokens) || !f.Tokens[j].Is(lex.Quantifier) {
		return 0, 0, false
	}
	last = f.phrase(j)
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) {
		last = f.phrase(last + 1) // «أكثر من خمسين شخصا»
	}
	return j, last, last > j+1
}

// accusative reports whether token i shows by its ending that it is an object.
func (f *finder) accusative(i int) bool {
	t := &f.Tokens[i]
	_, _, named := f.Name(i)
	return !named && t.Kind == ling.Word && !t.Tables.Has(lex.Title) && !t.Definite() && len(t.Base) > 6 && strings.HasSuffix(t.Base, script.Alef) && f.nation(i) == ""
}

// counts is parties, but of people who are told to be of a body behind them that body
// («500 عنصر من حزب الله»).
func (f *finder) counts(first, last int) []string {
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) && f.unnamed(first, last) {
		if p := f.member(first, last); len(p) > 0 {
			return p
		}
	}
	if first < last && last < len(f.Tokens) && last > first+1 && f.Preposition(last) == 'l' && !f.Tokens[last-1].Definite() && f.Tokens[last-1].Vocab.POS&vocab.Adj != 0 && f.unnamed(first, last) {
		if p := f.parties(last, f.phrase(last)); len(p) > 0 {
			return p // «خمسة عناصر تابعين للحركة»
		}
	}
	return f.parties(first, last)
}

// member gives the party of a noun phrase that names none itself: the one that it is a
// part of («خمسة من جنود التحالف») or that its pronoun means.
func (f *finder) member(first, last int) []string {
	if last < len(f.Tokens) && f.Tokens[last].Base == script.From && f.Tokens[last].Is(lex.Prep) {
		return f.parties(last+1, f.phrase(last+1))
	}
	for i := first; i < last; i++ {
		if f.Pronoun(i) {
			return f.referent(first, nil)
		}
	}
	return nil
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

// antecedent gives the party that a relative clause whose pronoun is token i tells of.
func (f *finder) antecedent(i int) []string {
	first := max(f.Sents[f.SentenceOf(i)].First, i-6)
	for j := i - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); finite {
			return nil
		}
		if p := f.firstParty(j, j+1); len(p) > 0 {
			return p
		}
		if f.Tokens[j].Definite() && f.body(j) {
			return with(nil, f.same(j))
		}
	}
	return nil
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
		if t.Is(lex.Subord|lex.While|lex.Kana) && !t.Definite() || j == first && j == f.Sents[f.SentenceOf(i)].First {
			at := j
			if t.Is(lex.Subord | lex.While | lex.Kana) {
				at++
			}
			return f.parties(at, f.phrase(at))
		}
	}
	return nil
}

// suffers reports whether the only noun phrase of a verb that can be passive without a
// sign of it («قتل خمسة جنود») is the one that suffers: a number of people, or nobody who
// acts for a state or group.
func (f *finder) suffers(g *deed, first, last int) bool {
	if first <= g.first {
		return f.phrase(g.last) == g.last && !f.Pronoun(g.first)
	}
	if f.Pronoun(g.first) {
		return false
	}
	t := &f.Tokens[first]
	if t.Kind == ling.Number || t.Is(lex.Quantifier) || t.Tables.Has(lex.Number) {
		return true
	}
	if s, ok := t.Sense(lex.Unit); ok && !t.Definite() {
		switch f.Lex.Units[s.Row].Class {
		case "person", "casualty":
			return f.phrase(last) == last
		}
	}
	return f.phrase(last) == last || last < len(f.Tokens) && f.Tokens[last].Prep != 0
}

// damma reports whether token i is written with a damma after its first letter: a passive.
func (f *finder) damma(i int) bool {
	t := &f.Tokens[i]
	return script.HasDamma(f.Text[t.Body:t.End])
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
