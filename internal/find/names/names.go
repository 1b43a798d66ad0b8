// Package names finds every mention by proper name and its kind. It joins three things:
// the lexicon's names and the words that stand before names (titles, heads), the tags of
// a trained model, and the article itself, in which a name seen whole is found again by
// its parts. It knows nothing of which mentions are of one thing.
package names

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/script"
)

// Find gives the names of d in text order, without overlap; their Entity is isnad.None.
// tagged are the names that a model sees, in text order; there may be none.
func Find(d *ling.Doc, tagged []tag.Span) []isnad.Name {
	f := newFinder(d, tagged)
	for p := 0; p < len(f.at); {
		p = max(f.step(p), p+1)
	}
	f.remember()
	return f.names()
}

// mention is a name under way: places [first, last) of finder.at.
type mention struct {
	first, last int
	kind        isnad.Kind
	rule        rule
	whole       bool    // the first word keeps the letters that look like clitics
	skip        int     // bytes of the first word before the name, when no clitic was taken off it
	trust       float64 // overrides the rule's confidence when above 0
}

// finder works on the tokens of a document without the signs of hashtags, so that
// «#الولايات_المتحدة» reads like «الولايات المتحدة».
type finder struct {
	*ling.Doc
	at     []int32    // token of each place
	plain  bool       // no hashtags and no «و» set apart: the phrases of Doc are all there are
	found  []mention  // in text order
	taken  []bool     // places that found covers
	tagged []tag.Span // by places
	tag    []int32    // for each place the index of its tagged name plus 1

	persons map[string]int // how often the model sees a person in a single word
}

func newFinder(d *ling.Doc, tagged []tag.Span) *finder {
	f := &finder{Doc: d, at: make([]int32, 0, len(d.Tokens)), persons: map[string]int{}}
	places := make([]int32, len(d.Tokens)+1)
	f.plain = true
	for i := range d.Tokens {
		f.plain = f.plain && d.Tokens[i].Fold != script.Waw
		places[i] = int32(len(f.at))
		if !f.hash(i) {
			f.at = append(f.at, int32(i))
		}
	}
	places[len(d.Tokens)] = int32(len(f.at))
	f.plain = f.plain && len(f.at) == len(d.Tokens)
	f.taken = make([]bool, len(f.at))
	f.tag = make([]int32, len(f.at))
	for _, s := range tagged {
		s.First, s.Last = int(places[s.First]), int(places[s.Last])
		f.tagged = append(f.tagged, s)
		for p := s.First; p < s.Last; p++ {
			f.tag[p] = int32(len(f.tagged))
		}
		if s.Kind == tag.Person && s.Last == s.First+1 {
			f.persons[f.token(s.First).Base]++
		}
	}
	return f
}

// hash reports whether token i only belongs to the writing of a hashtag.
func (f *finder) hash(i int) bool {
	t := &f.Tokens[i]
	if t.Kind != ling.Punct {
		return false
	}
	switch t.Fold {
	case "#":
		return true
	case "_":
		return i > 0 && i+1 < len(f.Tokens) && f.Tokens[i-1].End == t.Start && f.Tokens[i+1].Start == t.End
	}
	return false
}

// opens reports whether a phrase of the lexicon may begin at place p. Asking Doc first
// saves most walks through the lexicon.
func (f *finder) opens(p int) bool { return !f.plain || len(f.PhrasesAt(int(f.at[p]))) > 0 }

// token gives the token at place p; beyond the end an empty sign.
func (f *finder) token(p int) *ling.Token {
	if p < 0 || p >= len(f.at) {
		return &nowhere
	}
	return &f.Tokens[f.at[p]]
}

var nowhere = ling.Token{Kind: ling.Punct, Analysis: &ling.Analysis{}}

// word gives the token at place p when it is a word in the same sentence as place from.
func (f *finder) word(from, p int) (*ling.Token, bool) {
	if p >= len(f.at) || p < 0 || f.SentenceOf(int(f.at[p])) != f.SentenceOf(int(f.at[from])) {
		return nil, false
	}
	t := f.token(p)
	return t, t.Kind == ling.Word
}

// step reads what begins at place p and gives the place after it.
func (f *finder) step(p int) int {
	t := f.token(p)
	switch t.Kind {
	case ling.Word:
	case ling.Mark:
		return f.title(p)
	default:
		return p + 1
	}
	best, after := f.lexical(p)
	for _, other := range [...]mention{f.headed(p), f.person(p)} {
		if other.last > best.last {
			best, after = other, other.last
		}
	}
	if best.last == 0 {
		best = f.trained(p)
		after = best.last
	}
	if best.last == 0 {
		return p + 1
	}
	f.add(best)
	return f.list(best, f.gloss(best, max(after, best.last)))
}

func (f *finder) add(m mention) {
	f.found = append(f.found, m)
	for p := m.first; p < m.last; p++ {
		f.taken[p] = true
	}
}

// names turns the mentions found into names.
func (f *finder) names() []isnad.Name {
	slices.SortFunc(f.found, func(a, b mention) int { return a.first - b.first })
	out := make([]isnad.Name, 0, len(f.found))
	end := 0
	for _, m := range f.found {
		n := f.name(m)
		if n.Start < end || n.Start >= n.End || f.sign(m.last-1) && m.last == m.first+1 {
			continue
		}
		out = append(out, n)
		end = n.End
	}
	return out
}

// name gives a mention's span and trust.
func (f *finder) name(m mention) isnad.Name {
	m = f.trimmed(m)
	first, last := f.token(m.first), f.token(m.last-1)
	start := first.Body
	if m.whole || m.skip > 0 {
		start = first.Start + int32(m.skip)
	}
	trust := m.rule.trust()
	if m.trust > 0 {
		trust.Confidence = m.trust
	}
	return isnad.Name{Span: isnad.Span{Start: int(start), End: int(last.End)}, Kind: m.kind, Entity: isnad.None, Trust: trust}
}

// trimmed takes signs off the ends of m: of a name that ends in a quotation mark which
// opens inside it the quoted words stay.
func (f *finder) trimmed(m mention) mention {
	if f.token(m.last-1).Kind == ling.Mark {
		for p := m.last - 2; p >= m.first; p-- {
			if f.token(p).Kind == ling.Mark {
				m.first, m.whole, m.skip = p+1, false, 0
				break
			}
		}
	}
	for m.last-m.first > 1 && f.sign(m.last-1) {
		m.last--
	}
	for m.last-m.first > 1 && f.sign(m.first) {
		m.first++
	}
	return m
}

// sign reports whether the token at place p is no word or number.
func (f *finder) sign(p int) bool {
	k := f.token(p).Kind
	return k != ling.Word && k != ling.Number
}

// names of the lexicon's tables.
var proper = lex.In(lex.Country, lex.Capital, lex.Place, lex.Person, lex.Short, lex.Org)
