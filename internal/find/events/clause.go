package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// arguments is how far from its trigger a party may stand, in tokens.
const arguments = 24

// clauseEnd gives the token where the clause that goes on at i ends.
func (f *finder) clauseEnd(i int) int {
	if i >= len(f.Tokens) {
		return i
	}
	last := min(f.Sents[f.SentenceOf(i)].Last, i+arguments)
	for j := i; j < last; j++ {
		if !f.breaks(j) {
			continue
		}
		end := f.aside(j, last)
		if end == j {
			return j
		}
		j = end
	}
	return last
}

// aside gives the comma that ends the relative clause at token j when a comma opened it,
// else j.
func (f *finder) aside(j, last int) int {
	if j == 0 || !f.Tokens[j].Is(lex.Rel) || f.Tokens[j-1].Kind != ling.Punct {
		return j
	}
	for k := j + 1; k < last; k++ {
		if f.Tokens[k].Kind == ling.Punct {
			return k
		}
	}
	return j
}

// breaks reports whether a new clause begins at token j.
func (f *finder) breaks(j int) bool {
	t := &f.Tokens[j]
	if _, _, named := f.Name(j); named {
		return false
	}
	if t.Is(lex.Subord|lex.Rel|lex.While|lex.But|lex.Because) && !t.Is(lex.Prep) && !t.Definite() {
		return true
	}
	if t.Is(lex.Prep) || t.Pron && j+1 < len(f.Tokens) && f.Tokens[j+1].Kind == ling.Number {
		return false // «غرامة قدرها 4 ملايين»
	}
	_, finite := f.VerbAt(j)
	return finite
}

// phrase gives the token after the noun phrase that begins at token i; i itself when none
// does or the text ends there.
func (f *finder) phrase(i int) int {
	if i >= len(f.Tokens) {
		return i
	}
	if i+1 < len(f.Tokens) && f.Tokens[i].Fold == "#" {
		if end := f.Chunks.NounPhrase(i + 1); end > i+1 {
			return end
		}
		return i
	}
	return f.Chunks.NounPhrase(i)
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
