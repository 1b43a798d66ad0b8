package statements

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// preposition takes a prepositional phrase: the verb's own introduces the words said,
// another is passed over.
func (s *scan) preposition(j int) (int, bool) {
	f, t := s.f, &s.f.Tokens[j]
	if t.Kind != ling.Word || t.Definite() && t.Prep == 0 {
		return 0, false
	}
	if _, _, named := f.Name(j); named && f.Preposition(j) == 0 {
		return 0, false
	}
	p := f.preposition(j)
	if p&s.c.pattern != 0 && !s.modifies(j, p) {
		if f.complementizer(s.behind(j, p)) || governs(s.c.class, p) || p == lex.WithMin && s.c.class == "demand" {
			return s.governed(j, p), true
		}
	}
	switch {
	case p == lex.WithBi && s.c.class == "describe" && s.c.pron && (some(s.frame.subject) || s.own):
		return s.found(governed, j, s.behind(j, p)), true
	case p == lex.WithAbout && s.c.class == "cite", p == lex.WithIla && s.c.class == "cite" && s.c.pattern&lex.WithIla != 0:
		n := f.NounPhrase(j + 1)
		for k := j + 2; k < n; k++ {
			if c, ok := f.speech(k, lex.VerbalNoun); ok && c.class == "say" && f.possessed(k) {
				n = k // «عن مسؤول قوله»
			}
		}
		s.frame.vessel = [2]int{j + 1, n}
		return max(n, j+1), true
	case f.Preposition(j) == 'l' && s.wanted(j):
		return s.found(governed, j, j), true
	case f.Preposition(j) == 'l' && !t.Is(lex.Rel):
		n := s.beforeBearer(j, max(f.NounPhrase(j), j+1))
		if !some(s.frame.hearer) && some(s.frame.subject) {
			s.frame.hearer = [2]int{j, n}
		}
		return n, true
	case f.Preposition(j) != 0:
		return s.beforeBearer(j, max(f.NounPhrase(j), j+1)), true
	case p == lex.WithMin && s.c.class == "describe" && !some(s.frame.subject):
		from := j + 1
		if list := f.PhrasesAt(j); len(list) > 0 && list[0].Word.Class != 0 {
			from = list[0].Last
		}
		n := max(f.NounPhrase(from), from)
		s.frame.subject = [2]int{from, n}
		return n, true
	case t.Is(lex.Prep) && f.holdsPronoun(j):
		return j + 1, true
	case t.Is(lex.Prep | lex.TimeConj):
		if f.complementizer(j+1) && f.Tokens[j+1].Hamza != ling.Below {
			return s.comma(j + 2), true
		}
		if f.complementizer(j + 1) {
			return j + 1, true // «من قبل إن»
		}
		n := s.beforeBearer(j+1, max(f.NounPhrase(j+1), j+1))
		if s.c.pattern&lex.WithWho != 0 && some(s.frame.subject) && !some(s.frame.hearer) && f.preposition(j) == lex.WithMin {
			n = f.facing(j+1, n) // «اتهم عدد من النواب الحكومة ب»
		}
		if some(s.frame.subject) && n >= j+2 && f.Pronoun(j+1) && f.possessed(j+1) && j+2 < s.last && (f.named(j+2) || f.Tokens[j+2].Definite()) {
			return max(s.meeting(j+2), n), true
		}
		return n, true
	}
	return 0, false
}

// wanted reports whether the deed at token j, after ل, is what those are called on to do who
// stand before it: «دعا الأطراف لوقف القتال».
func (s *scan) wanted(j int) bool {
	f := s.f
	if s.c.class != "call" && s.c.class != "demand" || !some(s.frame.subject) && !s.own || s.apart && !some(s.frame.hearer) {
		return false
	}
	t := &f.Tokens[j]
	_, _, named := f.Name(j)
	if s.frame.hearer[1] != j && s.frame.subject[1] != j || s.c.at > f.first && f.Tokens[s.c.at-1].Is(lex.Rel) {
		return false
	}
	if noun, ok := f.speech(j, lex.VerbalNoun); ok && (noun.class == "demand" || noun.class == "condemn") {
		return false // «للمطالبة ب» is why, not what
	}
	if named || t.Kind != ling.Word || t.Tables&lex.In(lex.Title, lex.People, lex.Nation) != 0 || f.agent(j, f.NounPhrase(j)) {
		return false
	}
	return f.deed(j) || some(s.frame.hearer) && t.Vocab.POS&vocab.Noun != 0
}

// meeting passes those whom the subject met, from token j on: «لدى استقباله السفير، فلان،
// على أن». It is j when nothing said follows.
func (s *scan) meeting(j int) int {
	f := s.f
	for i := j + 1; i < s.last; i++ {
		if f.mark(i) || f.sign(i, ":") {
			return i
		}
		if f.complementizer(i) {
			if p := f.preposition(i - 1); p&s.c.pattern != 0 && f.Tokens[i-1].Prep == 0 {
				return i - 1
			}
			return i
		}
		if _, verb := f.VerbAt(i); verb && f.Tokens[i].Conj != 0 {
			break
		}
	}
	return j
}

// beforeBearer cuts the noun phrase [j, n) behind a preposition before the name of the
// person whose title the subject is: «القيادي في الحركة فلان».
func (s *scan) beforeBearer(j, n int) int {
	f := s.f
	if some(s.frame.person) || !some(s.frame.subject) || f.kind(s.frame.subject) != isnad.Role || some(f.personIn(s.frame.subject[0], s.frame.subject[1])) {
		return n
	}
	for k := j + 1; k < n; k++ {
		m, _, ok := f.Name(k)
		_, _, after := f.Name(k - 1)
		if ok && f.names[m].Kind == isnad.Person && !f.Tokens[k-1].Tables.Has(lex.Title) && (after || f.Tokens[k-1].Definite()) {
			return k
		}
	}
	return n
}

// holdsPronoun reports whether the preposition at j has its own object: «له», «عليها».
func (f *finder) holdsPronoun(j int) bool {
	w := f.Tokens[j].Base
	for _, p := range [...]string{script.Hna, script.Hum, script.Huma, script.Ha} {
		if rest, ok := strings.CutSuffix(w, p); ok && rest != "" {
			if len(rest) == 2 {
				return true
			}
			known := f.Lex.Word(rest)
			return known != nil && known.Class&lex.Prep != 0
		}
	}
	return false
}

// prepositionAt is preposition for a token that may be past the text.
func (f *finder) prepositionAt(j int) lex.Pattern {
	if j >= f.last {
		return 0
	}
	return f.preposition(j)
}

// comma gives the next comma at or after token j, or what must not be passed.
func (s *scan) comma(j int) int {
	for i := j; i < s.last; i++ {
		if s.f.comma(i) || s.f.sign(i, ":") || s.f.mark(i) {
			return i
		}
	}
	return s.last
}

// preposition gives the pattern that the word at j can govern with, or 0.
func (f *finder) preposition(j int) lex.Pattern {
	t := &f.Tokens[j]
	if t.Prep == 'b' && t.Is(lex.Prep) && !t.Is(lex.Rel|lex.Neg) {
		return 0 // «بشأن»
	}
	if t.Prep == 'b' || t.Fold == script.Ba || t.Is(lex.Rel|lex.Neg) && strings.HasPrefix(t.Base, script.Ba) {
		return lex.WithBi
	}
	switch t.Base {
	case script.Ila:
		return lex.WithIla
	case script.Ala:
		if t.Maqsura {
			return lex.WithAla
		}
	case script.About:
		return lex.WithAbout
	case script.From:
		return lex.WithMin
	}
	return 0
}

// attachedTo reports whether the complementizer at j carries the ب that the verb takes.
func (f *finder) attachedTo(j int, p lex.Pattern) bool {
	t := &f.Tokens[j]
	return p&lex.WithBi != 0 && (t.Prep == 'b' || len(t.Base) > 0 && t.Base[:2] == script.Ba)
}

// longName is the most words in quotation marks that may be part of a phrase.
const longName = 5

// modifies reports whether the prepositional phrase at j only modifies the cue, since
// what is said follows it otherwise: «أكد في مقابلة على التلفزيون أن».
func (s *scan) modifies(j int, p lex.Pattern) bool {
	f := s.f
	if p == lex.WithAbout && s.c.class == "express" {
		return s.again(j)
	}
	if s.c.pattern&(lex.WithAn|lex.WithQuote) == 0 || f.complementizer(j+1) {
		return false
	}
	i := s.behind(j, p)
	if i >= s.last || f.mark(i) {
		return false
	}
	n := f.NounPhrase(i)
	for n < s.last && (f.comma(n) || f.IsTime(n)) {
		n++
	}
	return n > i && n < s.last && (f.complementizer(n) || f.sign(n, ":") || f.mark(n) && f.QuoteOf(n) >= 0 && f.Quotes[f.QuoteOf(n)].Open == n && f.Quotes[f.QuoteOf(n)].Close-n > longName)
}

// again reports whether «عن» comes once more before the clause breaks: «عبر منشقون عن
// النظام عن قلقهم».
func (s *scan) again(j int) bool {
	for i := j + 1; i < min(s.last, j+14); i++ {
		switch t := &s.f.Tokens[i]; {
		case t.Kind == ling.Punct || t.Kind == ling.Mark || t.Is(lex.Rel) && !t.Is(lex.Prep):
			return false
		case s.f.preposition(i) == lex.WithAbout:
			return i+1 < s.last && s.f.Tokens[i+1].Prep == 0 && !s.f.Tokens[i+1].Definite()
		}
	}
	return false
}

// behind gives the token that the preposition at j governs: its own, when it is written
// together with its word.
func (s *scan) behind(j int, p lex.Pattern) int {
	if p == lex.WithBi && s.f.Tokens[j].Fold != script.Ba {
		return j
	}
	return j + 1
}

// governed takes the verb's own preposition at j.
func (s *scan) governed(j int, p lex.Pattern) int {
	f := s.f
	next := s.behind(j, p)
	if f.complementizer(next) {
		return s.found(that, next, next+1)
	}
	if p == lex.WithMin && s.c.class == "demand" { // طلب من: those asked
		n := max(f.NounPhrase(next), next+1)
		s.frame.hearer = [2]int{next, n}
		return n
	}
	if p == lex.WithBi && s.c.class == "call" {
		if n := f.NounPhrase(next); f.agent(next, n) && n < s.last && f.Tokens[n].Kind == ling.Word && f.Tokens[n].Definite() {
			s.frame.hearer = [2]int{next, n}
			return n // «أهابت الشرطة بالسائقين الحذر»
		}
	}
	return s.found(governed, j, next)
}
