package commitments

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// holders gives those whom the noun phrase of tokens np names; when it is empty or a
// pronoun, who speaks, or who the words before token i are about.
func (f *finder) holders(np isnad.Span, i int) []isnad.Source {
	if !np.Empty() {
		if k := f.statement(i); k >= 0 && f.owned(np.Start) && !f.can(&f.Tokens[np.Start]) && f.side(np.Start) {
			return f.speaker(k)
		}
		if by := f.sources(np.Start, np.End); len(by) > 0 {
			return by
		}
		if !f.pronoun(np.Start, np.End) {
			return nil
		}
	}
	if i > 0 && f.Tokens[i-1].Is(lex.Rel) {
		return f.related(i - 1)
	}
	k := f.statement(i)
	if k >= 0 && (f.himself(i, k) || f.spoken(i)) {
		return f.speaker(k)
	}
	_, finite := f.VerbAt(i)
	if !finite {
		if by := f.adjoining(i); len(by) > 0 {
			return by // «إعلان الوزيرة عزمها»
		}
	}
	if by := f.above(i); len(by) > 0 {
		return by
	}
	if k >= 0 && !finite {
		return f.speaker(k)
	}
	return nil
}

// spoken reports whether the verb at token i is said of «I» or «we».
func (f *finder) spoken(i int) bool {
	v, finite := f.VerbAt(i)
	return finite && v.Spoken
}

// adjoining gives those named right before token i.
func (f *finder) adjoining(i int) []isnad.Source {
	for j := max(f.Sents[f.SentenceOf(i)].First, i-near); j < i; j++ {
		if f.able(j) && f.phrase(j) == i {
			return f.sources(j, i)
		}
	}
	return nil
}

// related gives those whom the relative pronoun at token i goes back to.
func (f *finder) related(i int) []isnad.Source {
	first := max(f.Sents[f.SentenceOf(i)].First, i-near)
	if i > first && strings.HasSuffix(f.Tokens[i].Base, script.Ta+script.Ya) && f.named(i-1) {
		for first < i-1 && !f.begins(first, i) {
			first++ // «زار الوزير كندا التي»
		}
	}
	for j := first; j < i; j++ {
		if n := f.phrase(j); n == i || n == i-1 && f.Tokens[n].Kind == ling.Punct {
			if by := f.sources(j, n); len(by) > 0 || f.Tokens[j].Definite() && f.Tokens[j].Prep == 0 && !f.named(j) && f.Tokens[j].Vocab.POS&vocab.Adj == 0 {
				return by // «الميزانية الأمريكية التي»: not the American
			}
		}
	}
	return nil
}

// begins reports whether the name of a place that ends before token end begins at token i.
func (f *finder) begins(i, end int) bool {
	n, last, ok := f.Name(i)
	return ok && last == end && f.names[n].Kind == isnad.Place
}

func (f *finder) pronoun(first, last int) bool {
	for i := first; i < last; i++ {
		if f.Tokens[i].Pron || f.Tokens[i].Is(lex.Pron) {
			return true
		}
	}
	return false
}

// sources cuts a noun phrase at its conjunctions into its members; each is somebody who
// can undertake, or none is given.
func (f *finder) sources(first, last int) []isnad.Source {
	var out []isnad.Source
	for i := first; i < last; {
		j := i + 1
		for j < last && (f.Tokens[j].Conj == 0 || f.inside(j)) {
			j++
		}
		if s, ok := f.source(i, j); ok {
			out = append(out, s)
		}
		i = j
	}
	return out
}

// inside reports whether token j goes on the name of the token before it.
func (f *finder) inside(j int) bool {
	a, _, ok := f.Name(j - 1)
	b, _, also := f.Name(j)
	return ok && also && a == b
}

// source gives the party that tokens [first, last) name.
func (f *finder) source(first, last int) (isnad.Source, bool) {
	for last > first && f.Tokens[last-1].Kind != ling.Word && f.Tokens[last-1].Kind != ling.Number {
		last--
	}
	for first < last && f.Tokens[first].Kind != ling.Word && f.Tokens[first].Kind != ling.Number {
		first++
	}
	if last <= first {
		return isnad.Source{}, false
	}
	last = f.bearer(first, last)
	s := isnad.Source{Span: f.span(first, last), Entity: isnad.None}
	able := false
	for i := first; i < last; i++ {
		t := &f.Tokens[i]
		if n, _, ok := f.Name(i); ok {
			able = able || i == first || f.names[n].Kind == isnad.Person
			if e := f.names[n].Entity; e >= 0 && (s.Entity < 0 || f.entities[e].Kind == isnad.Person && f.entities[s.Entity].Kind != isnad.Person) {
				s.Entity = e
			}
		}
		able = able || f.can(t) && (i == first || f.counts(i-1))
	}
	if s.Entity < 0 && f.Tokens[first].Definite() {
		s.Entity = f.titled(first)
	}
	if s.Entity < 0 && last == first+1 && f.Tokens[first].Pron && f.side(first) {
		s.Entity = f.body(first)
	}
	if s.Entity >= 0 && f.entities[s.Entity].Kind == isnad.Other {
		return isnad.Source{}, false
	}
	if s.Entity >= 0 && f.entities[s.Entity].Kind != isnad.Person && f.led(first) {
		s.Entity = isnad.None
	}
	if f.led(first) && last < len(f.Tokens) && f.apposed(last) > last {
		n, _, _ := f.Name(last + 1)
		s.Entity = f.names[n].Entity
	}
	return s, able
}

// bearer gives where the noun phrase [first, last) ends with a person's name: what stands
// behind it («العمال») is another part of the clause.
func (f *finder) bearer(first, last int) int {
	for i := first; i < last; i++ {
		if n, end, ok := f.Name(i); ok && f.names[n].Kind == isnad.Person && end > first {
			return min(end, last)
		}
	}
	return last
}

// back is how far a holder is looked for in what goes before, in tokens.
const back = 50

// above gives the subject of the verb that governs or goes before token i, when token i
// goes on with it: a participle, or a verb joined by «و» of the same gender and number.
func (f *finder) above(i int) []isnad.Source {
	own, finite := f.VerbAt(i)
	if finite && f.Tokens[i].Conj == 0 {
		return nil
	}
	if finite && (own.Dual || own.Plural) {
		return f.both(i)
	}
	first := max(f.Paras[f.Sents[f.SentenceOf(i)].Para].First, i-back)
	for j := i - 1; j >= first; j-- {
		v, verb := f.VerbAt(j)
		if !verb || f.Tokens[j].Prep != 0 || finite && (v.Feminine != own.Feminine) || f.subjunct(j) {
			continue
		}
		if a, b, ok := f.Subject(j); ok && !f.accusative(a) {
			if by := f.sources(a, b); len(by) > 0 {
				return by
			}
		}
	}
	return nil
}

// subjunct reports whether the verb at token j hangs on «أن» or a relative pronoun.
func (f *finder) subjunct(j int) bool {
	return j > 0 && (f.Tokens[j-1].Is(lex.Rel) || f.Tokens[j-1].Is(lex.Subord) && f.Tokens[j-1].Is(lex.Neg))
}

// faced gives the one before whom a term at token i stands: «أمام الفصائل مهلة».
func (f *finder) faced(i int) []isnad.Source {
	first := max(f.Sents[f.SentenceOf(i)].First, i-2*near)
	for j := i - 1; j >= first; j-- {
		t := &f.Tokens[j]
		if t.Prep != 'l' && (j == 0 || !f.Tokens[j-1].Is(lex.Prep)) {
			continue
		}
		if n := f.phrase(j); n >= i {
			return f.sources(j, i)
		}
		return nil
	}
	return nil
}

// between gives the one addressed, who stands between word and deed, past what stands
// between commas and behind prepositions.
func (f *finder) between(first, last int, anybody bool) []isnad.Source {
	for first < last && f.Tokens[first].Kind == ling.Punct {
		first++
		for first < last && (f.Tokens[first].Is(lex.Prep) || f.Tokens[first].Prep != 0) {
			n := first + 1
			if f.Tokens[first].Prep != 0 {
				n = first
			}
			for first = max(f.phrase(n), first+1); first < last && f.dated(first); {
				first++
			}
		}
	}
	if first >= last {
		return nil
	}
	end := min(f.phrase(first), last)
	for end > first+1 && f.dated(end-1) {
		end--
	}
	if end <= first || f.Tokens[first].Prep != 0 && (f.Tokens[first].Prep != 'l' || !f.able(first)) || f.dated(first) {
		return nil
	}
	if by := f.sources(first, end); len(by) > 0 {
		return by
	}
	if !anybody {
		return nil
	}
	for first < end && f.Tokens[first].Kind != ling.Word {
		first++
	}
	for first < end && f.Tokens[end-1].Kind != ling.Word {
		end--
	}
	if first >= end || f.Tokens[first].Definite() && f.Tokens[first].Vocab.POS&vocab.Adj != 0 {
		return nil
	}
	return []isnad.Source{{Span: f.span(first, end), Entity: isnad.None}}
}

// inDeed gives the subject of the deed's own verb, or the owner of its verbal noun, else,
// where agreed, the parties of the agreement before it.
func (f *finder) inDeed(u *undertaking, agreed bool) []isnad.Source {
	if _, finite := f.VerbAt(u.from); finite {
		if at := f.each(u.from + 1); at > u.from+1 && !f.happens(u.from) {
			if by := f.sources(at, f.phrase(at)); len(by) > 0 {
				return by
			}
		}
		if a, b, ok := f.Subject(u.from); ok && !f.happens(u.from) {
			if by := f.sources(a, b); len(by) > 0 || f.able(a) {
				return by
			}
			if agreed {
				return f.agreed(u.from)
			}
		}
		return nil
	}
	for i := u.from + 1; i < u.to && i < u.from+6 && f.Preposition(i) == 0 && !f.Tokens[i].Is(lex.Prep); i++ {
		if n, end, ok := f.Name(i); ok && f.names[n].Kind != isnad.Other && f.governs(i, n) {
			return f.sources(i, max(end, i+1))
		}
	}
	if agreed {
		return f.agreed(u.from)
	}
	return nil
}

// each gives the token behind «كل من» at token i, or i.
func (f *finder) each(i int) int {
	if i+2 < len(f.Tokens) && f.Tokens[i].Is(lex.Quantifier) && f.Tokens[i+1].Base == script.From && f.Tokens[i+1].Is(lex.Prep) {
		return i + 2
	}
	return i
}

// agreed gives the parties of the agreement told last before token i, not far from it.
func (f *finder) agreed(i int) []isnad.Source {
	for k := len(f.given) - 1; k >= 0; k-- {
		if g := &f.given[k]; g.basis == "agreement" && i-g.to <= 4*back {
			return g.by
		}
	}
	return nil
}

// owners gives those named in the noun phrase of a text that binds them («توجيهات قيادة
// المقاومة»).
func (f *finder) owners(np isnad.Span) []isnad.Source {
	for i := np.Start; i < np.End; i++ {
		if n, end, ok := f.Name(i); ok && f.governs(i, n) && f.names[n].Kind != isnad.Other {
			return f.sources(i, max(end, i+1))
		}
	}
	return nil
}

// phrase gives the token after the noun phrase that begins at token i; i itself when none
// does or the text ends there.
func (f *finder) phrase(i int) int {
	if i >= len(f.Tokens) {
		return i
	}
	return f.Chunks.NounPhrase(i)
}
