package ling

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// Clitics are taken off by comparing how often the rest and the whole occur in news and
// what parts of speech each can have (package vocab); what the lexicon knows whole is
// never split. The numbers were tuned on one half of the PUD treebank and checked on
// the other; see docs/quality.md.

// names are the tables whose words are rarer than a clitic before a common word.
var names = lex.In(lex.Surname, lex.Forename, lex.Place)

const nominal = vocab.Noun | vocab.Adj | vocab.Proper

func (a *Analyzer) analyze(fold string) *Analysis {
	n := &Analysis{form: fold, Base: fold}
	r, _ := utf8.DecodeRuneInString(fold)
	if script.IsArabic(r) {
		a.proclitics(n)
	}
	n.Word = a.lex.Word(n.Base)
	if n.Off > 0 {
		n.opening = a.lex.Word(fold)
	}
	n.Vocab, _ = a.vocab.Look(n.Base)
	n.bare = bare(fold)
	a.article(n)
	if !n.Def && (n.Word == nil || n.Word.Tables == 0) {
		a.enclitic(n)
	}
	n.collect()
	n.learnVerb()
	n.begins = n.Word.Begins() || n.StemWord.Begins() || n.opening.Begins()
	return n
}

// collect joins what the base and the stem are known as.
func (n *Analysis) collect() {
	if n.Word != nil {
		n.Tables, n.Class = n.Word.Tables, n.Word.Class
	}
	if n.StemWord != nil {
		n.Tables |= n.StemWord.Tables & lex.Nominal
	}
}

// proclitics takes off و ف, then ب ل ك س.
func (a *Analyzer) proclitics(n *Analysis) {
	if a.whole(n.Base) {
		return
	}
	switch {
	case a.step(n.Base, script.Waw):
		a.take(n, script.Waw)
	case a.step(n.Base, script.Fa):
		a.take(n, script.Fa)
	case a.both(n.Base):
		a.take(n, n.Base[:len(script.Waw)])
	}
	if n.Conj != 0 && (strings.HasPrefix(n.Base, script.Al) || a.whole(n.Base)) {
		return
	}
	for _, p := range [...]string{script.Ba, script.Lam, script.Kaf, script.Sin} {
		if a.step(n.Base, p) {
			a.take(n, p)
			return
		}
	}
}

// both reports whether a word that does not stand without its و or ف does so when a
// second proclitic goes too (وبمساعدة).
func (a *Analyzer) both(w string) bool {
	if !strings.HasPrefix(w, script.Waw) && !strings.HasPrefix(w, script.Fa) {
		return false
	}
	if known, ok := a.vocab.Look(w); ok && known.POS != 0 {
		return false
	}
	rest := w[len(script.Waw):]
	for _, p := range [...]string{script.Ba, script.Lam, script.Kaf, script.Sin} {
		if a.step(rest, p) {
			return true
		}
	}
	return false
}

// take moves one proclitic from n.Base to its field.
func (a *Analyzer) take(n *Analysis, p string) {
	n.Off += uint8(len(p))
	n.Base = n.Base[len(p):]
	switch p {
	case script.Waw:
		n.Conj = 'w'
	case script.Fa:
		n.Conj = 'f'
	case script.Ba:
		n.Prep = 'b'
	case script.Kaf:
		n.Prep = 'k'
	case script.Sin:
		n.Fut = true
	case script.Lam:
		n.Prep = 'l'
		if strings.HasPrefix(n.Base, script.Lam) && !a.whole(n.Base) {
			n.Base = script.Alef + n.Base // للعراق = ل + العراق
		}
	}
}

// whole reports whether the lexicon knows w as it stands, by more than a rare name.
func (a *Analyzer) whole(w string) bool {
	known := a.lex.Word(w)
	if known == nil || known.Tables == 0 {
		return false
	}
	if known.Tables&^names != 0 {
		return true
	}
	v, ok := a.vocab.Look(w)
	return !ok || v.POS == 0 || v.POS&vocab.Proper != 0
}

// step reports whether proclitic p may be taken from w.
func (a *Analyzer) step(w, p string) bool {
	if !strings.HasPrefix(w, p) || a.whole(w) {
		return false
	}
	rest := w[len(p):]
	whole, _ := a.vocab.Look(w)
	article := strings.HasPrefix(rest, script.Al) && letters(rest) >= 5
	if p == script.Lam && strings.HasPrefix(rest, script.Lam) && letters(rest) >= 4 {
		rest, article = script.Alef+rest, true
	}
	if known := a.lex.Word(rest); known != nil && known.Tables&^names != 0 && (whole.Count == 0 || p == script.Waw && known.Tables.Has(lex.Number)) && letters(rest) > 2 && (p != script.Sin || comes(known)) {
		return true
	}
	part, _ := a.vocab.Look(rest)
	if p == script.Sin && whole.POS == 0 && a.ahead(rest) {
		return true
	}
	if p == script.Waw && a.describes(w) {
		return false
	}
	if p == script.Waw && a.speaks(rest) && 4*part.Count >= whole.Count {
		return true
	}
	switch {
	case whole.POS&vocab.Particle != 0:
		return p == script.Waw && part.POS&vocab.Particle != 0 && part.Count >= whole.Count
	case p != script.Sin && article:
		if stem := rest[len(script.Al):]; (p == script.Fa || p == script.Kaf) && part.Count == 0 && !a.nominal(stem) {
			return false // «فاليري», «كالينين» are foreign names
		}
		return whole.Count == 0 || whole.POS == 0 || part.Count >= whole.Count || a.count(rest[len(script.Al):]) >= whole.Count
	case letters(rest) < 2:
		return false
	case whole.POS == 0 && (p == script.Ba || p == script.Lam) && a.owned(rest):
		return true // «بعرقلتها»
	case p == script.Ba && whole.POS == 0 && part.POS&vocab.VerbPerfect != 0 && part.POS&^vocab.Verb == 0:
		return part.Count >= 2*whole.Count // «بفرض»: known as a verb alone, but nothing stands before a verb
	case part.Count == 0:
		return p == script.Waw && whole.Count == 0 && letters(rest) >= 4
	}
	return fits(p, rest, part) && likely(p, whole, part)
}

// nominal reports whether w can be a noun or adjective.
func (a *Analyzer) nominal(w string) bool {
	v, _ := a.vocab.Look(w)
	return v.POS&nominal != 0
}

func (a *Analyzer) count(w string) uint32 {
	v, _ := a.vocab.Look(w)
	return v.Count
}

// speaks reports whether w is a finite verb of saying: «وأكد» is met so often that it
// looks like a word of its own.
func (a *Analyzer) speaks(w string) bool {
	known := a.lex.Word(w)
	s, ok := known.Sense(lex.Speech)
	return ok && s.Form&lex.Verb != 0 && letters(w) > 2
}

// owned reports whether w is a noun in ة with a pronoun on it: «عرقلتها».
func (a *Analyzer) owned(w string) bool {
	for _, p := range [...]string{script.Hna, script.Hum, script.Ha} {
		stem, ok := strings.CutSuffix(w, p)
		if !ok {
			continue
		}
		if stem, ok = strings.CutSuffix(stem, script.Ta); ok && letters(stem) > 2 {
			return a.nominal(stem + script.Ha)
		}
	}
	return false
}

// describes reports whether w is a verb of saying that begins with و and has its object
// on it: «وصفها», «وعده».
func (a *Analyzer) describes(w string) bool {
	for _, p := range [...]string{script.Hna, script.Hum, script.Ha} {
		if stem, ok := strings.CutSuffix(w, p); ok && a.speaks(stem) {
			return true
		}
	}
	return false
}

// ahead reports whether w is an imperfect that the lexicon knows, or the dual of one that
// the news does («يصطحبان»).
func (a *Analyzer) ahead(w string) bool {
	if known := a.lex.Word(w); known != nil && letters(w) > 3 && comes(known) {
		return true
	}
	one, dual := strings.CutSuffix(w, script.An)
	v, _ := a.vocab.Look(one)
	return dual && letters(one) > 3 && person(one) && v.POS&vocab.VerbImperfect != 0
}

// comes reports whether w is known as an imperfect.
func comes(w *lex.Word) bool {
	for _, s := range w.Senses {
		if s.Form&lex.Imperfect != 0 {
			return true
		}
	}
	return false
}

// fits reports whether the rest can stand after p.
func fits(p, rest string, part vocab.Word) bool {
	short := letters(rest) < 3
	particle := part.POS&vocab.Particle != 0
	switch p {
	case script.Waw, script.Fa:
		return true
	case script.Sin:
		return !short && part.POS&vocab.VerbImperfect != 0 && person(rest)
	}
	if short && !particle {
		return false
	}
	return part.POS&nominal != 0 || part.POS == 0 || particle && !short || p == script.Lam && part.POS&vocab.VerbImperfect != 0
}

// person reports whether w begins with a prefix of the imperfect.
func person(w string) bool {
	return strings.HasPrefix(w, script.Ya) || strings.HasPrefix(w, script.Ta) || strings.HasPrefix(w, script.Nun) || strings.HasPrefix(w, script.Alef)
}

// likely compares counts: how much commoner the rest must be than the whole.
func likely(p string, whole, part vocab.Word) bool {
	if whole.Count == 0 {
		return part.Count >= 3
	}
	known := 0 // the whole has no part of speech, but the rest has
	switch {
	case whole.POS != 0:
		known = 1
	case part.POS == 0:
		known = 2
	}
	var k [3]float64
	switch p {
	case script.Waw:
		k = [3]float64{0.05, 3, 1}
	case script.Fa:
		k = [3]float64{3, 20, 20}
	case script.Ba, script.Lam:
		k = [3]float64{0.05, 5, 1}
	case script.Kaf:
		k = [3]float64{3, 100, 20}
	case script.Sin:
		k = [3]float64{0.05, 100, 5}
	}
	return float64(part.Count) >= k[known]*float64(whole.Count)
}

// article notes whether the base has the article, and what its stem is known as.
func (a *Analyzer) article(n *Analysis) {
	n.Stem = n.Base
	if !strings.HasPrefix(n.Base, script.Al) || letters(n.Base) < 5 || n.closed() {
		return
	}
	stem := n.Base[len(script.Al):]
	w := a.lex.Word(stem)
	known := w != nil && w.Tables&lex.Nominal != 0
	if !known && n.Vocab.POS&vocab.Particle != 0 {
		return
	}
	if known || a.count(stem) > 0 || n.Vocab.POS&(vocab.Noun|vocab.Adj) != 0 {
		n.Def, n.Stem = true, stem
		if known {
			n.StemWord = w
		}
	}
}

// closed reports whether the lexicon knows the base as a function word or a form of a
// verb: «الذي» and «التقى» have no article.
func (n *Analysis) closed() bool {
	if n.Word == nil {
		return false
	}
	if n.Word.Class&^lex.Adverb != 0 {
		return true
	}
	for _, s := range n.Word.Senses {
		if s.Form&lex.Verb != 0 {
			return true
		}
	}
	return false
}

// enclitics are the pronouns that hang on a word, longest first.
var enclitics = [...]string{script.Huma, script.Hum, script.Hunn, script.Hna, script.Kum, script.Na, script.Ni, script.Ha, script.Kaf, script.Ya}

// enclitic looks for a word of the lexicon under a pronoun, undoing what the pronoun
// does to its end: ة opens to ت, ى to ا, the alef of وا falls.
func (a *Analyzer) enclitic(n *Analysis) {
	for _, e := range enclitics {
		rest, ok := strings.CutSuffix(n.Base, e)
		if !ok || letters(rest) < 3 {
			continue
		}
		if w := a.under(rest); w != nil {
			n.StemWord, n.Stem, n.Pron = w, w.Form, true
			return
		}
	}
}

// attached are the tables whose words are worth finding under a pronoun.
var attached = lex.In(lex.Speech, lex.SpeechNoun, lex.Trigger, lex.EventNoun, lex.Commitment, lex.Head, lex.Title, lex.Unit)

// bare gives a form without the longest pronoun it may end on, or "".
func bare(fold string) string {
	for _, e := range enclitics {
		if rest, ok := strings.CutSuffix(fold, e); ok && letters(rest) >= 3 {
			return rest
		}
	}
	return ""
}

func (a *Analyzer) under(rest string) *lex.Word {
	if w := a.lex.Word(rest); w != nil && w.Tables&attached != 0 {
		return w
	}
	other := ""
	switch {
	case strings.HasSuffix(rest, script.Ta):
		other = rest[:len(rest)-len(script.Ta)] + script.Ha
	case strings.HasSuffix(rest, script.Alef):
		other = rest[:len(rest)-len(script.Alef)] + script.Ya
	case strings.HasSuffix(rest, script.Waw):
		other = rest + script.Alef
	default:
		return nil
	}
	if w := a.lex.Word(other); w != nil && w.Tables&attached != 0 {
		return w
	}
	return nil
}

func letters(s string) int { return utf8.RuneCountInString(s) }
