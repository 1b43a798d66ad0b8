package names

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// titles reports whether the quoted words at places [p, end) can be the name that head h
// introduces, and not words about it («مسلسل "مأساوي"»).
func (f *finder) titles(h head, p, end int) bool {
	if f.token(h.first).Def || h.form&lex.Plural != 0 {
		return false
	}
	for q := p; q < end; q++ {
		t := f.token(q)
		if t.Kind != ling.Word || t.Def || !idle(t) || t.Tables&proper != 0 || h.Kind == "org" && t.Vocab.POS&vocab.Adj == 0 {
			return true
		}
	}
	return h.Kind == "other" && end > p+1
}

// called reports whether t, a word after a head of part called, is the name: a noun
// with the article that is no adjective.
func (f *finder) called(h head, t *ling.Token) bool {
	return f.single(h) && definite(t) && !nation(t) && t.Class == 0 && !t.Tables.Has(lex.Head) && t.Vocab.POS&vocab.Verb == 0
}

// outside reads the name that a head only introduces.
func (f *finder) outside(h head) mention {
	t := f.token(h.first)
	if t.Def {
		return f.numbered(h)
	}
	p := h.last
	if end, ok := f.quoted(p); ok && f.titles(h, p+1, end-1) {
		return mention{first: p + 1, last: end - 1, kind: h.kind(), rule: headQuoted}
	}
	if end, ok := f.quoted(p); ok && h.Kind == "place" && h.form&lex.Plural != 0 && end == p+3 && !idle(f.token(p+1)) {
		return mention{first: p + 1, last: p + 2, kind: isnad.Place, rule: headQuoted} // «مناطق "الرملتين" و…»
	}
	n, ok := f.word(h.first, p)
	if !ok || n.Prep != 0 || n.Conj != 0 {
		return mention{}
	}
	if m, _ := f.lexical(p); m.last > 0 {
		if h.Kind != "other" && m.kind == isnad.Place && m.last == p+1 && f.beside(h.first, p+1) > p+1 {
			m.last, m.kind = p+2, h.kind() // «محطة مانشستر بيكاديللي», «فريق شيفيلد يونايتد»
		}
		if h.Kind == "other" && m.kind == isnad.Person {
			m.kind, m.rule = isnad.Other, headOut
		}
		if m.kind == isnad.Person && h.Kind == "org" && strings.HasSuffix(t.Base, script.Ha) { // «شركة ترامب», but «فريق ترامب»
			m.first, m.kind, m.rule = h.first, isnad.Organization, headIn
		}
		return m
	}
	if h.form&lex.Plural != 0 {
		return mention{}
	}
	if m := f.person(p); m.last > p+1 && f.given(n) {
		return m
	}
	if end := f.strangers(h.first, p); end > p {
		return mention{first: p, last: end, kind: h.kind(), rule: headOut}
	}
	if h.Part == "called" && f.called(h, n) || h.Kind == "place" && f.rare(n) {
		return mention{first: p, last: p + 1, kind: h.kind(), rule: headOut}
	}
	return mention{}
}

// list finds the names that «و» joins to m, the first of those that a head in the dual
// introduces: «مديريتي الزهراء والمجد». It gives the place to go on from.
func (f *finder) list(m mention, q int) int {
	t := f.token(m.first - 1)
	s, ok := t.Sense(lex.Head)
	if !ok || s.Form&lex.Dual == 0 || t.Def {
		return q
	}
	n, ok := f.word(m.first, q)
	if !ok || n.Conj != 'w' || n.Prep != 0 || !f.sounding(n) && !f.strange(n) {
		return q
	}
	if known, _ := f.lexical(q); known.last > 0 {
		return q
	}
	f.add(mention{first: q, last: q + 1, kind: m.kind, rule: listed})
	return q + 1
}

// counted reports whether the number after the head h is its own («اللواء 35») and does
// not count what follows it.
func (f *finder) counted(h head) bool {
	if n := f.token(h.last); len(n.Fold) > 3 || h.last > h.first+1 || h.form&(lex.Plural|lex.Dual) != 0 {
		return false
	}
	next := f.token(h.last + 1)
	if next.Kind != ling.Word {
		return next.Kind == ling.Punct && (next.Fold == "." || next.Fold == "،")
	}
	return next.Def || next.Class != 0
}

// numbered reads «القناة الـ12» and «اللواء 35».
func (f *finder) numbered(h head) mention {
	if h.Kind == "org" && f.token(h.last).Kind == ling.Number && f.counted(h) {
		return mention{first: h.first, last: h.last + 1, kind: h.kind(), rule: headIn}
	}
	t, ok := f.word(h.first, h.last)
	n := f.token(h.last + 1)
	if !ok || t.Fold != script.Al || n.Kind != ling.Number || n.Start > t.End+4 || h.Kind != "org" {
		return mention{}
	}
	return mention{first: h.first, last: h.last + 2, kind: h.kind(), rule: headIn}
}
