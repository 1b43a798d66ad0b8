package events

import (
	"github.com/isnad-project/isnad/internal/lex"
)

// over is above for the verb of g. Who only speaks of an assault did not do it.
func (f *finder) over(g *deed) []string {
	if g.kind != "ASSAULT" {
		return f.above(g.first)
	}
	first, want := max(0, g.first-back), f.wanted(g.first)
	for j := g.first - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); !finite || f.Tokens[j].Tables.Has(lex.Speech) {
			continue
		}
		if a, b, ok := f.Subject(j); ok && !f.unlike(j, a, want) {
			if p := f.parties(a, b); len(p) > 0 {
				return p
			}
		}
	}
	return nil
}

// relative gives the subject of the verb at token j that says something of the noun before it («التحالف
// الذي قصف»), when it has no other.
func (f *finder) relative(j int) []string {
	if j == 0 || !f.Tokens[j-1].Is(lex.Rel) || f.Tokens[j].Pron || f.resumes(j+1) {
		return nil
	}
	return f.antecedent(j - 1)
}

// back is how far a subject is looked for in what goes before, in tokens.
const back = 60

// above gives the subject of the verb that governs or goes before token i.
func (f *finder) above(i int) []string { return f.before(i, f.wanted(i)) }

// before is above for a subject of the gender that is wanted.
func (f *finder) before(i int, want gender) []string {
	first, verbs := max(0, i-back), false
	for j := i - 1; j >= first; j-- {
		if _, finite := f.VerbAt(j); !finite {
			continue
		}
		if p := f.relative(j); len(p) > 0 && f.Tokens[i].Conj != 0 && !verbs {
			return p
		}
		verbs = true
		if p := f.topic(j); len(p) > 0 && f.Tokens[i].Conj != 0 && want != open && f.ofVerb(j) == want && f.ofVerb(i) == want {
			return p // «إن الوزير زار كندا والتقى»
		}
		if a, b, ok := f.SubjectBefore(j); ok && a > 0 && f.Tokens[a-1].Is(lex.Kana) && f.Tokens[i].Conj != 0 {
			return f.doers(a, b) // «وكان الوزير زار كندا والتقى»
		}
		if a, b, ok := f.Subject(j); ok && !f.unlike(j, a, want) && !f.lone(a, i) {
			if p := f.counts(a, b); len(p) > 0 {
				return p
			}
		}
	}
	return nil
}

// unlike reports whether the subject of the verb at token j, which begins at token a, is of another
// gender than the one that is wanted.
func (f *finder) unlike(j, a int, want gender) bool {
	if a > j && f.ofVerb(j) != open {
		return differ(f.ofVerb(j), want)
	}
	return differ(f.ofWord(a), want)
}

// lone reports whether token i, which cannot be many, begins the subject of another verb than the
// plural at token of.
func (f *finder) lone(i, of int) bool {
	if v, ok := f.VerbAt(of); !ok || !v.Plural || v.Spoken {
		return false
	}
	if f.personal(i) {
		return true
	}
	s, _, ok := f.Match(i, lex.Title)
	return ok && s.Form&(lex.Plural|lex.Dual) == 0 && f.Lex.Titles[s.Row].Class == "office"
}
