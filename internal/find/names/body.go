package names

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// within reads the name of an organization or other thing to which its head belongs.
func (f *finder) within(h head) mention {
	if end, ok := f.quoted(h.last); ok && f.titles(h, h.last+1, end-1) {
		return mention{first: h.last + 1, last: end - 1, kind: h.kind(), rule: headQuoted}
	}
	m := mention{first: h.first, kind: h.kind(), rule: headIn}
	if h.form&(lex.Plural|lex.Dual) != 0 {
		return mention{}
	}
	if !f.single(h) {
		return f.described(h, m)
	}
	if known, _ := f.lexical(h.first); known.first == h.first && known.last > h.last+1 && f.vessel(known) {
		return mention{} // «حزب الحركة القومية» without its nation
	}
	c, ok := f.of(h)
	if !ok {
		return mention{}
	}
	if c.mention.last > 0 && (h.Part == "maybe" && c.kind == isnad.Person || (h.Part == "maybe" || h.Kind == "other") && c.kind == isnad.Organization) && !f.agrees(h) {
		return mention{}
	}
	if c.mention.last > 0 && (c.kind == isnad.Other || c.kind == isnad.Organization && h.Kind == "org") {
		return c.mention // «منظمة أوبك»
	}
	nat := false
	if c.mention.last > 0 && h.Kind == "org" && c.kind == isnad.Place && f.kindred(h, c.last) {
		c.last++ // «محكمة تونس الابتدائية»
	}
	if !c.proper {
		c.last, nat = f.adjectives(h.first, c.last)
	}
	m.last = f.andMore(h, c)
	if h.Part == "in" || nat && h.Kind == "org" || f.agrees(h) {
		return m
	}
	return mention{}
}

// kindred reports whether the word at place q is an adjective that goes with h in gender
// and is not of nation.
func (f *finder) kindred(h head, q int) bool {
	t, ok := f.word(h.first, q)
	if !ok || !f.adjective(t) || nation(t) || f.token(q+1).Prep == 'l' {
		return false
	}
	return strings.HasSuffix(t.Base, script.Ha) == strings.HasSuffix(f.token(h.first).Base, script.Ha)
}

// described reads a head with the article or of several words: «المنظمة التونسية
// للأطباء», «المحكمة العليا».
func (f *finder) described(h head, m mention) mention {
	if known, _ := f.lexical(h.first); known.last > h.first+1 {
		return mention{} // the lexicon's name is surer
	}
	if n := f.numbered(h); f.token(h.first).Def && h.Part == "in" && n.last > 0 {
		return n
	}
	end, nat := f.adjectives(h.first, h.last)
	if end == h.last && h.last == h.first+1 {
		return mention{}
	}
	m.last = end
	purpose := f.purpose(h.first, end)
	switch {
	case purpose > end:
		m.last = purpose
	case h.last > h.first+1 && h.Part == "in":
		if !f.token(h.first).Def {
			if c, ok := f.of(head{last: h.last, first: h.first}); ok && c.proper && end == h.last {
				m.last = c.last
			}
		}
	case nat && h.Kind != "other":
	case f.agrees(h):
	default:
		return mention{}
	}
	return m
}

// purpose reads what a body is for: «للانتخابات», «لعلوم الزلازل».
func (f *finder) purpose(from, q int) int {
	t, ok := f.word(from, q)
	if !ok || t.Prep != 'l' || t.Conj != 0 || t.Tables&proper != 0 || t.Tables.Has(lex.Speech) && !t.Def {
		return q
	}
	if m, _ := f.lexical(q); m.last > 0 {
		return q
	}
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "time" {
		return q
	}
	if s, ok := t.Sense(lex.Title); ok && s.Form&lex.Plural == 0 {
		return q // «للمتحدثة»
	}
	if n := f.token(q + 1); n.Kind == ling.Number || n.Tables.Has(lex.Number) {
		return q // «للمرة الخامسة»
	}
	if !t.Def {
		n, ok := f.word(from, q+1)
		if !ok || !definite(n) || nation(n) || f.office(n) || t.Tables&(common&^lex.In(lex.Unit)) != 0 {
			return q // «المحكمة العليا لقرار الرئيس»
		}
		q++
	}
	end, _ := f.adjectives(from, q+1)
	for range 3 {
		n, ok := f.word(from, end)
		if !ok || n.Conj != 'w' || n.Prep != 0 || !n.Definite() || n.Vocab.POS&vocab.Noun == 0 || n.Vocab.POS&vocab.Proper != 0 || n.Tables&(common|proper|personal) != 0 {
			break
		}
		end++ // «للتعبئة والإحصاء»
	}
	return end
}

// andMore extends the name of a body by a second field where the model sees it so:
// «وزارة التربية والتعليم».
func (f *finder) andMore(h head, c complement) int {
	s, ok := f.taggedAt(h.first)
	if !ok || s.First != h.first || h.Part != "in" || h.Kind != "org" || s.Last <= c.last {
		return c.last
	}
	if t, ok := f.word(h.first, c.last); ok && t.Conj == 'w' && t.Prep == 0 && t.Def {
		return s.Last
	}
	return c.last
}
