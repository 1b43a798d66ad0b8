package statements

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// timely reports whether token j is a time or an adjective behind one: «شباط الماضي».
func (f *finder) timely(j int) bool {
	if f.IsTime(j) {
		return true
	}
	if j == f.first || !f.IsTime(j-1) && f.Tokens[j-1].Kind != ling.Number {
		return false
	}
	return f.dated(j)
}

// dated reports whether token j is an adjective of times: «الماضي», «المقبل».
func (f *finder) dated(j int) bool {
	found := false
	f.Tokens[j].Senses(lex.TimeWord, func(s lex.Sense) bool {
		class := f.Lex.TimeWords[s.Row].Class
		found = class == "next" || class == "last" || class == "this"
		return !found
	})
	return found
}

// period reports whether token j is a stretch of time: «الأسبوع الماضي».
func (f *finder) period(j int) bool {
	s, ok := f.Tokens[j].Sense(lex.Unit)
	_, _, named := f.Name(j)
	return ok && !named && f.Lex.Units[s.Row].Class == "time"
}

// masdar reports whether the form at j, which could be a verb, is rather the object that
// the cue waits for: it has no conjunction and its subject is known.
func (s *scan) masdar(j int) bool {
	t := &s.f.Tokens[j]
	if !s.takesObject() || !some(s.frame.subject) && !(s.own && j == s.c.end) || t.Conj != 0 || t.Fut || t.Vocab.POS&vocab.VerbImperfect != 0 {
		return false
	}
	return t.Nominal() || t.Pron && strings.HasSuffix(t.Stem, script.Ta) // سيطرتها
}

// ofObject reports whether «ما» at j begins the object: «دان ما حدث».
func (s *scan) ofObject(j int) bool {
	t := &s.f.Tokens[j]
	return s.takesObject() && (t.Is(lex.Neg) && t.Is(lex.Rel) || t.Is(lex.Inter) && !t.Is(lex.Prep|lex.Rel))
}

// noun takes a noun phrase: the subject, one beside it, or the words said.
func (s *scan) noun(j int) int {
	f := s.f
	if c, ok := f.speech(j, lex.VerbalNoun); ok && (c.class == "say" || some(s.frame.vessel)) {
		k := j + 1
		for k < s.last && f.Tokens[k].Is(lex.Adverb) && f.Tokens[k].Class&^lex.Adverb == 0 {
			k++ // «قوله أيضا إن»
		}
		if f.introduced(k) {
			return k // قوله إن, تأكيده أن
		}
	}
	n := f.NounPhrase(j)
	if n <= j && s.masdar(j) {
		n = f.MasdarPhrase(j)
	}
	if n <= j {
		return j
	}
	if s.c.pattern&lex.WithWho != 0 && !s.own && !some(s.frame.subject) {
		n = f.facing(j, n)
	}
	if s.apart && f.Tokens[j].Conj == 'w' && some(s.frame.subject) || f.period(j) && (!s.takesObject() || f.IsTime(n-1) || f.dated(n-1) || n < s.last && f.dated(n)) {
		if f.period(j) && n < s.last && f.dated(n) {
			n++
		}
		return n
	}
	switch {
	case !some(s.frame.subject) && !s.own:
		s.frame.subject = [2]int{j, n}
		return n
	case s.c.pattern&lex.WithDescribe != 0:
		return s.found(described, j, j)
	case s.saying(j):
		return j + 1
	case s.asked(j):
		return s.found(object, j, j)
	case s.c.pattern&lex.WithWho != 0 && !some(s.frame.hearer) && !s.takesObject() && !s.apart && !f.startsWithPerson(j):
		s.frame.hearer = [2]int{j, n}
		return n
	case s.c.pattern&lex.WithWho != 0 && s.apart && !some(s.frame.hearer) && !some(s.frame.person) && !f.person(j) && f.agent(j, n) && governs(s.c.class, f.prepositionAt(f.pastMarks(n))):
		s.frame.hearer = [2]int{j, n} // «اتهمت فرنسا، أمس، كندا ب»
		return n
	case s.besideSubject(j, n):
		return n
	case s.c.pattern&lex.WithWho != 0 && !some(s.frame.hearer) && !s.takesObject():
		s.frame.hearer = [2]int{j, n}
		return n
	case s.takesObject() && j-s.c.end <= farObject:
		return s.found(object, j, j)
	case s.apart, s.titled(j), s.awaited(n):
		return n
	}
	return j
}

// facing cuts the subject [j, n) of a verb with an object before the one who is its object:
// behind a name or an adjective of nation another party begins («اتهمت فرنسا كندا ب»).
func (f *finder) facing(j, n int) int {
	for k := j + 1; k < n; k++ {
		t := &f.Tokens[k]
		if t.Conj != 0 || t.Prep != 0 || t.Kind != ling.Word {
			continue
		}
		a, end, before := f.Name(k - 1)
		b, _, named := f.Name(k)
		switch {
		case before && named && a != b && end == k && f.names[b].Kind != isnad.Person:
			return k
		case before && !named && t.Tables.Has(lex.Country):
			return k
		case before && !named && t.Definite() && t.Vocab.POS&vocab.Adj == 0 && !t.Tables.Has(lex.Title):
			return k
		case !named && t.Definite() && f.Tokens[k-1].Tables.Has(lex.Nation) && t.Tables&lex.In(lex.Head, lex.Unit) != 0 && t.Tables&lex.In(lex.Nation, lex.Title) == 0:
			return k
		case named && !before && f.Tokens[k-1].Definite() && f.names[b].Kind != isnad.Person && !f.Tokens[j].Tables.Has(lex.Title):
			return k
		}
	}
	return n
}

// pastMarks gives the token at or after i that is no sign of quotation.
func (f *finder) pastMarks(i int) int {
	for i < f.last && f.mark(i) {
		i++
	}
	return i
}

// titled reports whether at token j the title of the person who speaks stands behind his
// name.
func (s *scan) titled(j int) bool {
	f := s.f
	return some(s.frame.subject) && f.person(s.frame.subject[1]-1) && f.Tokens[j].Tables.Has(lex.Title)
}

// awaited reports whether for a verb without an object of any kind what it says still
// comes after token i, past nouns and commas: «قال رئيس المجلس رئيس الحزب، فلان، إن».
func (s *scan) awaited(i int) bool {
	f := s.f
	if !some(s.frame.subject) || s.c.pattern&(lex.WithObject|lex.WithWho) != 0 {
		return false
	}
	for range 4 {
		i = f.afterPhrases(i)
		if i >= s.last || !f.comma(i) {
			break
		}
		i++
	}
	return i < s.last && (f.complementizer(i) || f.sign(i, ":") || f.mark(i) && !f.quotedName(i, s.last))
}

// saying goes over to a noun of saying that is the verb's object: «جدد التأكيد على».
func (s *scan) saying(j int) bool {
	f := s.f
	c, ok := f.speech(j, lex.VerbalNoun)
	if !ok || !s.takesObject() && s.c.class != "confirm" || j+1 >= s.last || !some(s.frame.subject) {
		return false
	}
	p := f.preposition(j + 1)
	if !f.complementizer(j+1) && (p&c.pattern == 0 || !governs(c.class, p) || f.Tokens[j+1].Prep != 0) {
		return false
	}
	s.c.pattern, s.c.class = c.pattern, c.class
	return true
}

// besideSubject takes a noun phrase [j, n) beside the subject: the name of the person
// whose title it is, or a title after a comma.
func (s *scan) besideSubject(j, n int) bool {
	f := s.f
	if s.own || !some(s.frame.subject) {
		return false
	}
	if p := f.personIn(j, n); some(p) && !some(s.frame.person) && (some(s.frame.vessel) || !f.isName(s.frame.subject)) {
		if s.apart && s.takesObject() && !f.introduced(f.afterPhrases(p[1])) && !f.comma(n) {
			return false
		}
		s.frame.person = p
		return true
	}
	if s.takesObject() {
		if s.apart && !f.Tokens[j].Tables.Has(lex.Title) && (f.possessed(j) || f.comma(j-1) && (f.IsTime(j-2) || f.dated(j-2) || f.deed(j))) {
			return false // «أعلن فلان، أمس، استقالته»
		}
		k := f.afterPhrases(n)
		if s.apart && !f.verbalNoun(j) && f.comma(k) && (f.comma(j-1) || f.comma(j-2)) {
			return true
		}
		for range 3 {
			k = f.afterPhrases(k)
			for k < f.last && (f.comma(k) || f.sign(k, "/") || f.timely(k)) {
				k++
			}
		}
		return k < f.last && (f.complementizer(k) || f.sign(k, ":") || s.apart && s.c.pattern&lex.WithQuote != 0 && f.mark(k) && !f.quotedName(k, f.last))
	}
	return f.introduced(f.afterPhrases(n)) || s.apart
}

// asked reports whether the noun at token j is what those right before it are called on to
// do: «طالب الحكومة السماح ب», «أهاب بالسكان البقاء في».
func (s *scan) asked(j int) bool {
	f := s.f
	t := &f.Tokens[j]
	if s.c.class != "demand" && s.c.class != "call" || s.frame.hearer[1] != j || !t.Definite() || t.Conj != 0 || t.Tables.Has(lex.Title) {
		return false
	}
	_, _, named := f.Name(j)
	if named || f.introduced(f.NounPhrase(j)) {
		return false
	}
	return f.deed(j) || s.c.class == "call" && t.Vocab.POS&vocab.Noun != 0 && t.Vocab.POS&vocab.Adj == 0
}

// possessed reports a noun with «ـه» or «ـها» on it.
func (f *finder) possessed(i int) bool {
	t := &f.Tokens[i]
	w := f.Text[t.Start:t.End]
	return f.Pronoun(i) || t.Kind == ling.Word && !t.Definite() && (strings.HasSuffix(w, script.Ha) || strings.HasSuffix(w, script.Hna))
}

// startsWithPerson reports whether the name of a person begins at token j.
func (f *finder) startsWithPerson(j int) bool {
	k, _, ok := f.Name(j)
	return ok && f.names[k].Kind == isnad.Person
}

// isName reports whether a noun phrase is a name, of whatever kind.
func (f *finder) isName(np [2]int) bool {
	_, ok := f.nameOf(np)
	return ok
}

// introduced reports whether token i introduces words said, past a comma.
func (f *finder) introduced(i int) bool {
	for i < f.last && (f.comma(i) || f.timely(i)) {
		i++
	}
	return i < f.last && (f.complementizer(i) || f.sign(i, ":") || f.mark(i))
}

// afterPhrases passes up to four prepositional and noun phrases at token i.
func (f *finder) afterPhrases(i int) int { return f.after(i, 4) }

// after passes up to n prepositional and noun phrases at token i.
func (f *finder) after(i, n int) int {
	for k := 0; k < n && i < f.last; k++ {
		t := &f.Tokens[i]
		switch {
		case t.Kind != ling.Word || f.complementizer(i):
			return i
		case t.Prep != 0:
			i = max(f.NounPhrase(i), i+1)
		case t.Is(lex.Prep):
			i = max(f.NounPhrase(i+1), i+1)
		default:
			n := f.NounPhrase(i)
			if n == i {
				return i
			}
			i = n
		}
	}
	return i
}

// objects are the classes of verbs whose object is what they say.
var objects = map[string]bool{
	"declare": true, "confirm": true, "deny": true, "condemn": true, "think": true, "reveal": true, "express": true, "welcome": true,
	"say": true, "demand": true, "call": true, "report": true, "cite": true, "warn": true, "reject": true, "promise": true,
}

func (s *scan) takesObject() bool { return s.c.pattern&lex.WithObject != 0 && objects[s.c.class] }
