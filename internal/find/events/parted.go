package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// apart is how many tokens may stand between the first word of a verb phrase and the
// rest, and beyond how many when the first is a noun or participle.
const (
	apart  = 18
	beyond = 4
)

// parted finds a phrase whose tail stands apart from its first word.
func (f *finder) parted(i int) (best deed, ok bool) {
	end := 0   // of the clause, once known
	first := 0 // token of the tail found nearest
	f.Tokens[i].Senses(lex.TriggerOpening, func(s lex.Sense) bool {
		if f.mistaken(i, s) || s.Form&lex.Verb != 0 && f.Pronoun(i) {
			return true // «نشرته» has its object
		}
		_, tail, more := strings.Cut(f.cell(s), " ")
		if !more {
			return true
		}
		if end == 0 {
			end = f.unbroken(i + 1)
		}
		last := end
		if s.Form&lex.Verb == 0 {
			last = min(end, i+1+beyond)
		}
		if at, n := f.find(i+1, last, tail, s.Form&lex.Verb == 0); n > 0 {
			if g, fits := f.read(i, i+1, s); fits && (!ok || at < first || at == first && at+n > best.tail) {
				g.rest, g.tail, g.phrase = at, at+n, true
				best, first, ok = g, at, true
			}
		}
		return true
	})
	return best, ok
}

// cell gives the words of the row of s with the tail as its form has it.
func (f *finder) cell(s lex.Sense) string {
	row := &f.Lex.Triggers[s.Row]
	switch {
	case s.Form&lex.VerbalNoun != 0:
		first, _, _ := strings.Cut(row.Noun, "|")
		return first
	case s.Form&lex.Verb != 0, s.Form&lex.Accusative != 0:
		return row.Perfect
	}
	return ""
}

// find looks for the folded words of tail among tokens [i, last): at is the first of n. Of says that
// they belong to a verbal noun.
func (f *finder) find(i, last int, tail string, of bool) (at, n int) {
	for j := i; j < last; j++ {
		if n := f.words(j, last, tail, of); n > 0 && !f.complement(j) {
			return j, n
		}
	}
	return 0, 0
}

// unbroken gives the token before which the clause that goes on at token i, with no other
// verb, ends.
func (f *finder) unbroken(i int) int {
	last := min(f.Sents[f.SentenceOf(i-1)].Last, i+apart)
	for j := i; j < last; j++ {
		if f.breaks(j) && f.finite(j) {
			return j + 1 // the tail may itself look like a verb
		}
	}
	return last
}

// complement reports whether token j belongs to a preposition before it, so is no object.
func (f *finder) complement(j int) bool {
	p := &f.Tokens[j-1]
	return p.Is(lex.Prep) && !p.Definite() && p.Base != script.From && f.Tokens[j].Class&lex.Prep == 0
}

// words counts the tokens from j on that the words of tail are, or gives 0.
func (f *finder) words(j, last int, tail string, of bool) int {
	first := j
	for more := true; more; j++ {
		var word string
		word, tail, more = strings.Cut(tail, " ")
		if j >= last || !like(&f.Tokens[j], word, of) {
			return 0
		}
	}
	return j - first
}

// like reports whether t is the word, with or without article and case, and behind «ل» where it may
// be the object of a verbal noun («قبوله للدعوة»).
func like(t *ling.Token, word string, of bool) bool {
	free := t.Prep == 0 || of && t.Prep == 'l'
	if free && (t.Base == word || t.Stem == word) || t.Fold == word {
		return t.Conj == 0
	}
	bare := strings.TrimSuffix(word, script.Alef)
	return t.Conj == 0 && free && bare != word && (t.Stem == bare || t.Base == bare)
}
