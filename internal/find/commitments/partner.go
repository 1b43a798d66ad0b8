package commitments

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// partners gives those with whom an agreement is made, who stand behind «مع» at token i,
// and the token from which the deed is to be looked for.
func (f *finder) partners(i int) ([]isnad.Source, int) {
	start := i
	for i+1 < len(f.Tokens) && i < start+2 && f.Tokens[i].Vocab.POS&vocab.Adj != 0 && f.Tokens[i].Prep == 0 && !f.named(i) {
		i++ // «اتفاقيات جديدة مع»
	}
	if i+1 >= len(f.Tokens) || f.Tokens[i].Base != script.With {
		return nil, start
	}
	n := f.phrase(i + 1)
	if n <= i+1 || !f.able(i+1) {
		return nil, start
	}
	by := f.sources(i+1, n)
	if n+1 < len(f.Tokens) && f.Tokens[n].Prep == 'l' && f.Tokens[n].Definite() && f.Tokens[n+1].Kind == ling.Punct {
		n++ // «شركة النور للنفط، لبناء»: what it is for is its name's
	}
	return by, n
}

// parties gives those between whom the deed in tokens [first, last) is («بين الهند
// واليابان»), and the token at which it is said.
func (f *finder) parties(first, last int) ([]isnad.Source, int) {
	for i := first; i+1 < last; i++ {
		if f.Tokens[i].Fold != script.Between {
			continue
		}
		if n := f.phrase(i + 1); n > i+1 && f.able(i+1) {
			return f.sources(i+1, n), i
		}
	}
	return nil, last
}

// both gives the two or more who did what the verb before token i tells together, when the
// verb at token i goes on with them: «التقى الملك نظيره واتفقا».
func (f *finder) both(i int) []isnad.Source {
	for j := i - 1; j >= f.Sents[f.SentenceOf(i)].First; j-- {
		v, finite := f.VerbAt(j)
		if !finite || v.Tense != lex.Perfect || f.Tokens[j].Prep != 0 || f.subjunct(j) {
			continue
		}
		first, last, ok := f.Subject(j)
		if !ok {
			return nil
		}
		by := f.sources(first, last)
		if s, ok := f.Tokens[j].Sense(lex.Trigger); ok && len(by) == 1 && last > j && f.Lex.Triggers[s.Row].Type == "CONSULT" && last < i && (f.able(last) || f.owned(last)) {
			if n := min(f.phrase(last), i); n > last {
				by = append(by, isnad.Source{Span: f.span(last, n), Entity: isnad.None})
			}
		}
		if len(by) < 2 {
			return nil
		}
		return by
	}
	return nil
}

// mouth gives the body for which the speaker of statement k speaks, where he is known as
// its spokesman alone («المتحدث»), or isnad.None: the name beside the same title before.
func (f *finder) mouth(k int) int {
	s := &f.statements[k].Speaker
	if s.Entity >= 0 || s.Empty() {
		return isnad.None
	}
	i := f.tokenAt(s.Start)
	t, ok := f.Tokens[i].Sense(lex.Title)
	if !ok || f.Lex.Titles[t.Row].Class != "role" {
		return isnad.None
	}
	for j := i; j >= max(0, i-40*near); j-- {
		if f.Tokens[j].Stem != f.Tokens[i].Stem {
			continue
		}
		for n := j + 1; n < min(len(f.Tokens), j+near); n++ {
			if m, _, named := f.Name(n); named {
				if f.names[m].Kind == isnad.Person {
					break
				}
				return m
			}
		}
	}
	return isnad.None
}

// principal gives whom the speaker of statement k binds by a noun of his own at token i:
// the body for which his title says he speaks («حركته»), else himself.
func (f *finder) principal(k, i int) []isnad.Source {
	by := f.speaker(k)
	e := f.statements[k].Speaker.Entity
	if e < 0 || f.entities[e].Kind != isnad.Person || !f.Tokens[i].Tables.Has(lex.Head) {
		return by
	}
	if n := f.office(e); n >= 0 {
		return []isnad.Source{{Span: f.names[n].Span, Entity: f.names[n].Entity}}
	}
	return by
}

// office gives the name of the body that stands in the title behind a name of the person e
// («سالم، الناطق باسم النقابة»), or isnad.None.
func (f *finder) office(e int) int {
	for k := range f.names {
		if f.names[k].Entity != e {
			continue
		}
		i := f.tokenAt(f.names[k].End)
		last := min(len(f.Tokens), i+2*near)
		if i < last && f.Tokens[i].Fold == "،" {
			i++
		}
		if i >= last || !f.Tokens[i].Tables.Has(lex.Title) {
			continue
		}
		for ; i < last && f.Tokens[i].Kind == ling.Word; i++ {
			if n, _, ok := f.Name(i); ok && f.names[n].Kind == isnad.Organization {
				return n
			}
		}
	}
	return isnad.None
}

// arranger gives those who hold what is scheduled where the deed names nobody: those between
// whom it is, else the one in charge who tells it.
func (f *finder) arranger(u *undertaking) []isnad.Source {
	if by, _ := f.parties(u.from+1, u.to); len(by) > 1 {
		return by
	}
	if k := f.statement(u.from); k >= 0 && f.charged(k) && !f.happens(u.from) {
		return f.speaker(k)
	}
	return nil
}
