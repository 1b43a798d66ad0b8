package statements

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// relative reports whether the verb at i stands behind الذي or its sisters.
func (f *finder) relative(i int) bool {
	return i > f.first && f.Tokens[i-1].Is(lex.Rel) && !f.Tokens[i-1].Is(lex.Neg|lex.Prep)
}

// indefinite gives the indefinite noun phrase right before the verb c, which is a clause
// on it: «مقال في الصحيفة يشير إلى أن».
func (f *finder) indefinite(c cue) (first, last int, ok bool) {
	for i := c.at - 1; i >= max(f.first, c.at-8); i-- {
		t := &f.Tokens[i]
		if t.Kind != ling.Word || t.Is(lex.Subord|lex.Rel) {
			return 0, 0, false
		}
		s, noun := t.Sense(lex.SpeechNoun)
		if noun && !t.Definite() && f.Lex.SpeechNouns[s.Row].Class == "statement" && f.afterPhrases(i) == c.at {
			return i, f.NounPhrase(i), true
		}
	}
	return 0, 0, false
}

// antecedent gives the noun phrase that the relative pronoun before the verb c points to.
func (f *finder) antecedent(c cue) (voice, bool) {
	end := c.at - 1
	if end > f.first && f.comma(end-1) {
		end--
	}
	best, speaks := -1, false
	for i := end - 1; i >= max(f.first, end-12); i-- {
		t := &f.Tokens[i]
		if t.Kind == ling.Punct && !f.sign(i, "#") || t.Is(lex.Subord) {
			break
		}
		if _, verb := f.VerbAt(i); verb {
			break
		}
		_, _, named := f.Name(i)
		if !named && i > f.first && t.Vocab.POS&vocab.Adj != 0 && f.Tokens[i-1].Definite() {
			continue
		}
		if (t.Definite() || named) && !f.period(i) && f.after(i, 2) == end && t.Nominal() {
			if agent := f.agent(i, f.NounPhrase(i)); agent || !speaks {
				best, speaks = i, agent // «التعاون بين الحكومات التي تقول»
			}
		}
	}
	if best < 0 {
		return voice{}, false
	}
	n := f.NounPhrase(best)
	return f.voice([2]int{best, n}, f.personIn(best, n), c.verb), n > best
}

// objectClause gives the subject of the verb whose object is the clause of the verb c:
// «الحكومات التي تقاوم ما تقول إنها قرصنة».
func (f *finder) objectClause(c cue) (voice, bool) {
	i := c.at - 2
	if i < f.first || !f.Tokens[i+1].Is(lex.Rel) || !f.Tokens[i+1].Is(lex.Neg) || f.Tokens[i+1].Prep != 0 {
		return voice{}, false
	}
	v, ok := f.VerbAt(i)
	if !ok || !f.relative(i) || v.Feminine != c.verb.Feminine {
		return voice{}, false
	}
	return f.antecedent(cue{at: i, end: i + 1, verb: v})
}
