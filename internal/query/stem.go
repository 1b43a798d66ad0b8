package query

import (
	"maps"
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// The search form of an Arabic word is its folded form without conjunction, preposition,
// article, pronoun, case ending and the endings of gender and number. It is a light
// stemmer as Larkey's light10, but each step is taken only where the counts of the
// vocabulary say that the rest is the likelier word, so that «لبنان» stays whole and
// «وزارة» keeps its و. The form is a function of the word alone, not of its sentence: what is
// asked for and what is searched come to the same form.

const nominal = vocab.Noun | vocab.Adj

func (l *Language) stem(w string) string {
	w = l.front(w)
	if one, ok := l.plurals[w]; ok {
		return one
	}
	w = l.ending(w)
	if one, ok := l.plurals[w]; ok {
		return one
	}
	return l.gender(w)
}

// brokenPlurals gathers the plurals that the lexicon knows and no rule makes, with the
// search form of their singular. Left out are those that are a word by themselves too: a
// singular of the lexicon («كتاب», the book, beside the writers), a plural of two words, or
// one that is met far more often than its singular («حضور», «أسرة»).
func (l *Language) brokenPlurals(x *lex.Lexicon) map[string]string {
	singular, of := map[string]bool{}, map[string]string{}
	each := func(put func(one string, plurals []string)) {
		for _, r := range x.Units {
			put(script.Fold(r.Singular), r.Plural)
		}
		for _, r := range x.Titles {
			put(script.Fold(r.Title), r.Plural)
		}
		for _, r := range x.Heads {
			put(script.Fold(r.Word), r.Plural)
		}
		for _, r := range x.EventNouns {
			put(script.Fold(r.Word), r.Plural)
		}
	}
	each(func(one string, _ []string) { singular[one] = true })
	each(func(one string, plurals []string) {
		for _, p := range plurals {
			if p = script.Fold(p); l.pluralOf(one, p) && !singular[p] {
				form := l.stem(one)
				if had, twice := of[p]; twice && had != form {
					form = "" // of two words
				}
				of[p] = form
			}
		}
	})
	maps.DeleteFunc(of, func(p, form string) bool { return form == "" || form == l.stem(p) })
	return of
}

// pluralShare is how much more often a plural may be met than its singular.
const pluralShare = 5.3

// pluralOf reports whether a word is met as if it were the plural of another.
func (l *Language) pluralOf(one, p string) bool {
	return !strings.ContainsAny(one+p, " -") && letters(p) >= 3 && l.look(p).POS&vocab.Particle == 0 &&
		float64(l.met(p)) <= pluralShare*float64(l.met(one))
}

// met is how often a word is met, with the article and without.
func (l *Language) met(w string) uint32 { return l.look(w).Count + l.look(script.Al+w).Count }

func (l *Language) look(w string) vocab.Word {
	known, _ := l.vocab.Look(w)
	return known
}

func letters(s string) int { return utf8.RuneCountInString(s) }

// articles are the article with what may be written together with it, longest first.
var articles = [...]string{
	script.Waw + script.Ba + script.Al, script.Waw + script.Kaf + script.Al, script.Fa + script.Ba + script.Al,
	script.Waw + script.LiAl, script.Fa + script.LiAl,
	script.Waw + script.Al, script.Fa + script.Al, script.Ba + script.Al, script.Kaf + script.Al,
	script.LiAl, script.Al,
}

// front takes off what is written together with a word before it.
func (l *Language) front(w string) string {
	whole := l.look(w)
	for _, a := range articles {
		rest, ok := strings.CutPrefix(w, a)
		if !ok {
			continue
		}
		if l.hasArticle(w, rest, whole) {
			return rest
		}
	}
	for range 2 {
		rest := l.proclitic(w)
		if rest == w {
			break
		}
		if w = rest; strings.HasPrefix(w, script.Al) && l.hasArticle(w, w[len(script.Al):], l.look(w)) {
			return w[len(script.Al):]
		}
	}
	return w
}

// hasArticle reports whether w is rest with the article before it.
func (l *Language) hasArticle(w, rest string, whole vocab.Word) bool {
	n := letters(rest)
	if n < 2 || whole.POS&vocab.Particle != 0 {
		return false
	}
	definite, part := l.look(script.Al+rest), l.look(rest)
	if n == 2 && part.POS&nominal == 0 {
		return false // «الله», «الى»
	}
	if strings.HasPrefix(w, script.Al) {
		return part.Count > 0 && n > 2 || definite.POS&nominal != 0 || definite.Count == 0 && n > 3
	}
	if whole.Count == 0 {
		return n > 2
	}
	return definite.Count+part.Count >= whole.Count && definite.Count > 0
}

// proclitics with how much commoner the rest must be than the whole: where the whole
// is known as a word of its own, and where it is only met.
var proclitics = [...]struct {
	letter      string
	word, other float64
}{
	{script.Waw, 2, 0.05}, {script.Fa, 20, 2}, {script.Ba, 3, 0.05}, {script.Lam, 3, 0.05}, {script.Kaf, 100, 10}, {script.Sin, 100, 1},
}

func (l *Language) proclitic(w string) string {
	whole := l.look(w)
	if whole.POS&vocab.Particle != 0 {
		return w
	}
	for _, p := range proclitics {
		rest, ok := strings.CutPrefix(w, p.letter)
		if !ok || letters(rest) < 3 {
			continue
		}
		part := l.look(rest)
		least := p.other
		if whole.POS != 0 {
			least = p.word
		}
		switch {
		case p.letter == script.Sin && part.POS&vocab.VerbImperfect == 0:
		case (p.letter == script.Ba || p.letter == script.Lam || p.letter == script.Kaf) && part.POS&(nominal|vocab.Proper) == 0 && part.POS != 0:
		case part.Count >= 3 && float64(part.Count) >= least*float64(whole.Count):
			return rest
		case p.letter == script.Waw && whole.Count == 0 && letters(rest) > 3 && l.look(l.ending(w)).Count == 0:
			return rest
		}
	}
	return w
}

// pronouns hang on the end of a word, longest first. That of one letter is left to
// gender: folding has made it and ة the same.
var pronouns = [...]string{script.Huma, script.Hum, script.Hunn, script.Hna, script.Kum, script.Na}

// ending takes off a pronoun, then the ending of a dual, plural or accusative.
func (l *Language) ending(w string) string {
	whole := l.look(w)
	if whole.POS&vocab.Particle != 0 {
		return w
	}
	for _, p := range pronouns {
		if rest, ok := strings.CutSuffix(w, p); ok && letters(rest) >= 3 {
			if part, known := l.owned(rest); known && part.Count >= whole.Count && (whole.POS&vocab.Proper == 0 || whole.POS&nominal != 0) {
				w, whole = opened(rest, l), part
				break
			}
		}
	}
	for _, n := range [...]struct {
		end   string
		least float64
	}{{script.Wa, 1}, {script.On, 0.3}, {script.In, 0.3}, {script.An, 3}, {script.Alef, 0.5}} {
		rest, ok := strings.CutSuffix(w, n.end)
		if !ok || letters(rest) < 3 {
			continue
		}
		part, known := l.owned(rest)
		if known && float64(part.Count) >= n.least*float64(whole.Count) && part.POS&^vocab.Proper != 0 && (whole.POS&vocab.Proper == 0 || n.least < 1 && whole.POS&nominal != 0 && part.Count > whole.Count) {
			return opened(rest, l)
		}
	}
	return w
}

// owned looks for a word to which a pronoun or an ending was put: as it stands, or with
// the ة or ى that an ending changes.
func (l *Language) owned(rest string) (vocab.Word, bool) {
	part := l.look(opened(rest, l))
	return part, part.Count > 2
}

// opened undoes what an ending does to the word before it: ة opens to ت, ى to ا.
func opened(rest string, l *Language) string {
	here := l.look(rest).Count
	if stem, ok := strings.CutSuffix(rest, script.Ta); ok && letters(stem) > 1 {
		if closed := stem + script.Ha; l.look(closed).Count > here {
			return closed
		}
	}
	return rest
}

// ownWord is how much rarer a noun in ة with the article may be than the word without both,
// to be a word of its own.
const ownWord = 16

// gender brings the masculine, the feminine and its plural together: a word with and
// without ة are one when the one without is an adjective or the commoner noun.
func (l *Language) gender(w string) string {
	stem, ok := strings.CutSuffix(w, script.At)
	if !ok {
		stem, ok = strings.CutSuffix(w, script.Ha)
	}
	if !ok || letters(stem) < 2 {
		return l.verb(w)
	}
	if letters(stem) < 3 {
		return stem + script.Ha
	}
	root, closed := l.look(stem), l.look(stem+script.Ha)
	if strings.HasSuffix(stem, script.Ta) {
		// «وزارته»: a pronoun on ة.
		if inner := stem[:len(stem)-len(script.Ta)] + script.Ha; l.look(inner).Count > max(root.Count, closed.Count) {
			return l.gender(inner)
		}
	}
	if root.POS&vocab.Adj == 0 && ownWord*l.look(script.Al+stem+script.Ha).Count >= root.Count {
		return stem + script.Ha // «العملة»: with the article it is no pronoun, and a word of its own
	}
	if root.POS&vocab.Adj != 0 || strings.HasSuffix(stem, script.Ya) || root.POS != 0 && root.Count >= closed.Count {
		return stem
	}
	return stem + script.Ha
}

// verb takes the feminine ending off a verb: «قالت».
func (l *Language) verb(w string) string {
	stem, ok := strings.CutSuffix(w, script.Ta)
	if !ok || letters(stem) < 3 || l.look(w).POS&vocab.Noun != 0 && l.look(w).POS&vocab.VerbPerfect == 0 {
		return w
	}
	if l.look(w).POS&vocab.VerbPerfect != 0 && l.look(stem).POS&vocab.VerbPerfect != 0 {
		return stem
	}
	return w
}
