package statements

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// how tells what introduces the words said.
type how uint8

const (
	nothing   how = iota
	that          // أن, إن
	colon         // a colon
	quoted        // an opening mark
	governed      // the preposition of the verb
	object        // a noun phrase
	described     // X as Y
)

// frame is what stands between a cue and the words said.
type frame struct {
	subject      [2]int // the noun phrase after the verb, or empty
	person       [2]int // the name of a person beside it, or empty
	vessel       [2]int // after «عن» of a verb of citing: whose words they are
	hearer       [2]int // those addressed, or the object of a verb that has one
	relative     [2]int // subject of a relative clause on the subject: «بيان نشرته الوزارة»
	via          []voice
	content      int // first token of the words said
	introduction int // token that introduces them
	how          how
}

func some(r [2]int) bool { return r[1] > r[0] }

// farObject is how many tokens after its verb an object may stand.
const farObject = 24

// window is how many tokens after a cue the words said may begin.
const window = 60

// scan is one reading of a frame.
type scan struct {
	f     *finder
	c     cue
	frame frame
	last  int
	apart bool // past a comma: noun phrases are beside the subject
	own   bool // the cue has its subject before it or none: no subject is looked for
}

// frameOf reads on from a cue to the words said. With own, the cue takes no subject
// after it.
func (f *finder) frameOf(c cue, own bool) (frame, bool) {
	s := scan{f: f, c: c, own: own, last: min(f.last, c.end+window)}
	j := c.end
	for j < s.last {
		next := s.step(j)
		if s.frame.how != nothing {
			return s.frame, s.frame.content < f.last
		}
		if next <= j {
			break
		}
		j = next
	}
	return s.frame, false
}

// found ends the scan: the words said begin at token i.
func (s *scan) found(how how, introduction, i int) int {
	s.frame.how, s.frame.introduction, s.frame.content = how, introduction, i
	return i
}

// step reads what stands at token j and gives the token after it, or j to give up.
func (s *scan) step(j int) int {
	f, t := s.f, &s.f.Tokens[j]
	switch {
	case f.complementizer(j):
		if s.c.pattern&(lex.WithAn|lex.WithVerb) == 0 && !f.attachedTo(j, s.c.pattern) && s.c.pattern&lex.WithDescribe == 0 {
			return j
		}
		return s.found(that, j, j+1)
	case f.sign(j, ":"):
		return s.found(colon, j, j+1)
	case t.Kind == ling.Mark:
		return s.quotation(j)
	case f.sign(j, "("):
		return s.past(j, ")")
	case (f.sign(j, "-") || f.sign(j, "–")) && j+1 < s.last && f.Tokens[j+1].Start == f.Tokens[j].End:
		return max(s.past(j, f.Tokens[j].Fold), j+1)
	case t.Kind == ling.Punct:
		s.apart = s.apart || f.comma(j)
		return j + 1
	}
	if v, end, ok := f.marker(j); ok && f.Tokens[j].Kind == ling.Word {
		if c, ok := f.speech(j, lex.VerbalNoun); ok && c.class == "cite" && some(s.frame.subject) && !f.titular(s.frame.subject) && !some(s.frame.vessel) && !v.empty() {
			s.frame.vessel = [2]int{v.first, v.last} // «قالت الصحيفة نقلا عن مصادر إن»
			return end
		}
		s.frame.via = append(s.frame.via, v)
		return end
	}
	if next, ok := s.although(j); ok {
		return next
	}
	if next, ok := s.preposition(j); ok {
		return next
	}
	return s.word(j)
}

// although passes «على الرغم من» and what it governs, where a quotation follows.
func (s *scan) although(j int) (int, bool) {
	f := s.f
	if !some(s.frame.subject) {
		return j, false
	}
	for _, p := range f.PhrasesAt(j) {
		if p.Last > j+1 && p.Word.Class&(lex.But|lex.Prep) != 0 && p.Last+1 < s.last {
			first := p.Last
			if f.preposition(first) == lex.WithMin {
				first++
			}
			if n := f.NounPhrase(first); n > first && n < s.last && (f.mark(n) || f.comma(n)) {
				return n, true
			}
		}
	}
	return j, false
}

// titular reports whether the noun phrase np is a person, by name or title: what he says he
// says himself.
func (f *finder) titular(np [2]int) bool {
	return some(f.personIn(np[0], np[1])) || f.Tokens[np[0]].Tables.Has(lex.Title)
}

// past gives the token after the sign that ends a parenthesis opened at j.
func (s *scan) past(j int, sign string) int {
	for i := j + 1; i < s.last; i++ {
		if s.f.sign(i, sign) {
			return i + 1
		}
	}
	return j
}

// quotation takes an opening mark: a name in quotation marks belongs to the subject,
// anything else is what was said.
func (s *scan) quotation(j int) int {
	f := s.f
	if p := f.prepositionAt(j + 1); p&(lex.WithBi|lex.WithIla) != 0 && inQuotes[s.c.class] && governs(s.c.class, p) && !f.complementizer(j+1) {
		return s.found(governed, j+1, s.behind(j+1, p))
	}
	if f.quotedName(j, s.last) && (j > s.c.end || s.c.class != "add") {
		n := max(f.NounPhrase(j), f.Quotes[f.QuoteOf(j)].Close+1)
		if !some(s.frame.subject) && !s.own {
			s.frame.subject = [2]int{j, n}
		}
		return n
	}
	if s.c.class == "report" && s.c.pattern&lex.WithQuote == 0 {
		return j // «تظهر تسجيلات "…"»
	}
	if s.c.pattern&(lex.WithQuote|lex.WithAn|lex.WithObject) == 0 && !some(s.frame.vessel) && s.c.pattern&(lex.WithBi|lex.WithIla) == 0 {
		return j
	}
	return s.found(quoted, j, j)
}

// inQuotes are the classes of verbs that draw their preposition into the quotation:
// «نددت "بالعدوان"».
var inQuotes = map[string]bool{"demand": true, "call": true, "threaten": true, "accuse": true, "condemn": true, "describe": true, "promise": true, "welcome": true}

// quotedName reports whether the mark at j opens a name: short, and what is said comes
// after it.
func (f *finder) quotedName(j, last int) bool {
	q := f.QuoteOf(j)
	if q < 0 || f.Quotes[q].Open != j || !f.Quotes[q].Closed {
		return false
	}
	if f.NameInMarks(j, f.Quotes[q].Close) && !f.person(j+1) && j > 0 && f.Tokens[j-1].Kind == ling.Word && f.says(j-1) {
		return true
	}
	if f.Quotes[q].Close-j > 6 {
		return false
	}
	if j > 0 && (f.person(j-1) || f.Pronoun(j-1) || f.Tokens[j-1].Kind == ling.Punct || f.complementizer(j-1) || f.Tokens[j-1].Is(lex.Prep) && f.holdsPronoun(j-1)) {
		return false
	}
	for i := f.Quotes[q].Close + 1; i < min(last, f.Quotes[q].Close+window/2); i++ {
		if _, ok := f.participle(i); ok && f.comma(i-1) {
			break // «"…"، معتبرا أن»: what comes is said in another breath
		}
		if f.complementizer(i) || f.sign(i, ":") || f.mark(i) && f.QuoteOf(i) >= 0 && f.Quotes[f.QuoteOf(i)].Open == i {
			return true
		}
	}
	_, _, ok := f.Name(j + 1)
	return ok
}

// person reports whether token j stands in the name of a person.
func (f *finder) person(j int) bool {
	k, _, ok := f.Name(j)
	return ok && f.names[k].Kind == isnad.Person
}

// word takes a word that is no preposition: a noun phrase, a time, a clause.
func (s *scan) word(j int) int {
	f, t := s.f, &s.f.Tokens[j]
	_, _, named := f.Name(j)
	switch {
	case !named && (f.timely(j) || t.Is(lex.Adverb) && !t.Definite()):
		return j + 1
	case t.Is(lex.While) && t.Conj == 0 && j+1 < s.last && f.Tokens[j+1].Is(lex.TimeConj):
		return j + 2 // «فيما بعد»
	case t.Is(lex.Pron) && t.Conj == 0 && some(s.frame.subject):
		return j + 1 // «نفسها»
	case t.Is(lex.Pron) && t.Conj == 0 && s.own && j == s.c.end && s.c.pattern&(lex.WithWho|lex.WithDescribe) != 0:
		s.c.pron = true
		return j + 1 // «واصفا إياه ب»
	case t.Is(lex.Neg) && !t.Is(lex.Rel) && t.Conj == 0 && some(s.frame.subject) && !s.own && f.tense(j+1) != 0:
		return s.unnamed(j)
	case (t.Is(lex.Rel) || s.ofObject(j)) && !named:
		if j > s.c.end && !s.ofObject(j) {
			return s.clause(j + 1)
		}
		if s.ofObject(j) {
			return s.found(object, j, j)
		}
	case t.Is(lex.Pron) && t.Conj == 'w':
		return s.clause(j + 1)
	}
	if v, ok := f.VerbAt(j); ok && !named && !s.masdar(j) {
		return s.finite(j, v)
	}
	if c, ok := f.participle(j); ok {
		if (c.class == "say" || !named && !some(s.frame.subject) && !s.own) && f.introduced(j+1) { // وتابع قائلا، وأضاف متوعدا
			s.c.pattern |= lex.WithAn | lex.WithQuote
			return j + 1
		}
		if c.class == "say" && s.c.class == "say" && some(s.frame.subject) && !s.apart {
			return j + 1 // «قال الوزير متحدثا إلى القناة إن»
		}
		if some(s.frame.subject) {
			return j
		}
	}
	if n := s.noun(j); n > j || s.frame.how != nothing {
		return n
	}
	if t.Conj == 0 && some(s.frame.subject) && !s.own && t.Vocab.POS&vocab.Verb != 0 && t.Vocab.POS&vocab.Noun == 0 && !f.Tokens[j-1].Definite() && s.c.pattern&lex.WithObject == 0 {
		return s.clause(j + 1) // «في تصريحات أثارت جدلا»: a clause on what stands before
	}
	return j
}

// finite passes a clause with a verb of its own, if it can stand on the subject.
func (s *scan) finite(j int, v ling.Verb) int {
	f := s.f
	if !some(s.frame.subject) || s.own {
		return j
	}
	c, speech := f.verb(j)
	if speech && !f.Tokens[j].Pron && f.Tokens[j].Conj == 0 && c.pattern&lex.WithAn != 0 && !s.apart {
		return j
	}
	if f.Tokens[j].Conj != 0 {
		if s.apart && v.Tense == lex.Imperfect && !speech {
			return s.clause(j + 1)
		}
		return j
	}
	if first, last, ok := f.Subject(j); ok && first > j && f.Tokens[j].Pron {
		s.frame.relative = [2]int{first, last}
		return last
	}
	if f.Tokens[j].Pron {
		return s.clause(j + 1)
	}
	if speech {
		return s.aside(j)
	}
	return s.clause(j + 1)
}

// shortClause is the most tokens of a clause on the source that is passed over.
const shortClause = 14

// aside passes a clause on the source with a verb of asking at token j, up to the «إن» that
// the verb «قال» waits for: «قال مسؤول، طلب عدم ذكر اسمه، إن». It is j when none comes.
func (s *scan) aside(j int) int {
	f := s.f
	if s.c.class != "say" && s.c.class != "report" && s.c.class != "add" || f.kind(s.frame.subject) == isnad.Body {
		return j
	}
	for i := j + 1; i < min(s.last, j+shortClause); i++ {
		if f.complementizer(i) {
			if s.apart && !f.comma(i-1) || !s.apart && f.Tokens[i].Hamza != ling.Below {
				return j
			}
			return i
		}
		if f.mark(i) || f.sign(i, ":") {
			return j
		}
	}
	return j
}

// unnamed passes a denial on the source at token j: «مسؤول لم تذكر اسمه». It is j when
// nothing said follows.
func (s *scan) unnamed(j int) int {
	f := s.f
	if s.c.class != "say" && s.c.class != "report" && s.c.class != "add" && s.c.class != "cite" || f.kind(s.frame.subject) == isnad.Body && len(s.frame.via) == 0 && !some(s.frame.vessel) {
		return j
	}
	for i := j + 1; i < min(s.last, j+shortClause); i++ {
		if s.c.class == "cite" && f.attachedTo(i, lex.WithBi) && f.complementizer(i) {
			return i // «عن مصادر لم تسمها بأن»
		}
		if f.comma(i) || f.complementizer(i) && f.Tokens[i].Hamza == ling.Below {
			return i
		}
		if f.mark(i) || f.sign(i, ":") {
			return j
		}
	}
	return j
}

// clause passes a relative clause: to the next comma, or to what introduces the words
// said.
func (s *scan) clause(j int) int {
	f := s.f
	other := false // the clause has a verb of saying of its own
	for i := j; i < s.last; i++ {
		switch {
		case f.comma(i):
			return i
		case f.complementizer(i), f.sign(i, ":"):
			if other {
				return s.last
			}
			if i-1 >= j && f.Tokens[i-1].Prep == 0 && f.preposition(i-1)&s.c.pattern != 0 {
				return i - 1 // «تحقيق أجراه المكتب إلى أن»
			}
			return i
		case f.mark(i):
			if !f.quotedName(i, s.last) {
				return i
			}
			i = f.Quotes[f.QuoteOf(i)].Close
		}
		if c, ok := f.verb(i); ok && c.pattern&lex.WithAn != 0 {
			other = true
		}
	}
	return s.last
}
