package names

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// national reads a head with an adjective of nation: «الحكومة العراقية», «شرطة النقل
// البريطانية»; or before the name of a place: «شرطة كييف».
func (f *finder) national(h head) mention {
	if h.form&(lex.Plural|lex.Dual) != 0 {
		return mention{}
	}
	if end := f.nations(h.first, h.last); end > h.last {
		if !f.suits(h, h.last) || f.partOf(h) || h.Kind == "other" && f.token(end).Fold == script.Ala {
			return mention{}
		}
		if f.token(h.first).Def || h.last > h.first+1 {
			kind := h.kind()
			if kind == isnad.Place {
				kind = isnad.Organization // «السفارة الروسية» is a body, «سفارة» a building
			}
			return mention{first: h.first, last: end, kind: kind, rule: headNation}
		}
		return mention{}
	}
	if !f.single(h) {
		return mention{}
	}
	if m, _ := f.lexical(h.last); m.kind == isnad.Place && h.Kind == "org" && !f.placeKind(f.token(h.first)) && f.token(h.last).Prep == 0 && f.token(h.last).Conj == 0 && !f.ofHead(h.first) {
		return mention{first: h.first, last: m.last, kind: h.kind(), rule: headNation}
	}
	for q := h.last; q < h.last+2; q++ {
		t, ok := f.word(h.first, q)
		if !ok || !definite(t) || nation(t) || t.Tables&lex.In(lex.Title, lex.Demonym) != 0 || f.another(t) {
			return mention{}
		}
		if end := f.nations(h.first, q+1); end > q+1 {
			return mention{first: h.first, last: end, kind: h.kind(), rule: headNation}
		}
	}
	return mention{}
}

// official steps over the adjective that says whose a medium of a nation is: «وكالة
// الأنباء السعودية الرسمية».
func (f *finder) official(q int) int {
	t, ok := f.word(q-1, q)
	if !ok || !f.adjective(t) || !relational(t) || nation(t) {
		return q
	}
	if a := f.token(q - 1); strings.HasSuffix(a.Base, script.Ha) != strings.HasSuffix(t.Base, script.Ha) {
		return q
	}
	return q + 1
}

// ofHead reports whether the word at place p belongs to a title or head before it:
// «مجلس إدارة الاتحاد».
func (f *finder) ofHead(p int) bool {
	before := f.token(p - 1)
	if before.Tables.Has(lex.Title) {
		return true
	}
	w := before.Word.Next(f.token(p).Fold)
	return w != nil && w.Tables.Has(lex.Head)
}

// partOf reports whether the word of a ministry or office is part of a title («وزير
// الدفاع التركي») or an adjective («الأوراق المالية الأميركية»).
func (f *finder) partOf(h head) bool {
	if len(h.Plural) > 0 || h.last > h.first+1 {
		return false
	}
	before, ok := f.word(h.first, h.first-1)
	if !ok || f.token(h.first).Prep != 0 || f.token(h.first).Conj != 0 {
		return false
	}
	if before.Class != 0 {
		return false
	}
	if before.Tables.Has(lex.Title) && !before.Def {
		return !strings.HasSuffix(f.token(h.last).Base, script.Ha)
	}
	return before.Def && before.Vocab.POS&vocab.Verb == 0
}

// another reports whether t is the head of an organization's name itself.
func (f *finder) another(t *ling.Token) bool {
	s, ok := t.Sense(lex.Head)
	return ok && f.Lex.Heads[s.Row].Kind == "org" && f.Lex.Heads[s.Row].Part != "nation"
}

// nations gives the place after the adjectives of nation that stand at place q, with at
// most one other adjective before them.
func (f *finder) nations(from, q int) int {
	end := f.nationsAt(from, q)
	if t, ok := f.word(from, q); end == q && ok && f.adjective(t) {
		if n := f.nationsAt(from, q+1); n > q+1 {
			return n
		}
	}
	return end
}

func (f *finder) nationsAt(from, q int) int {
	for range 3 {
		n := f.nationAt(from, q)
		if n == q {
			break
		}
		q = n
	}
	return q
}

// suits reports whether the adjective at place q can be the head's: one in the feminine
// goes with a feminine, one in the masculine does not.
func (f *finder) suits(h head, q int) bool {
	t := f.token(h.last - 1)
	if h.last > h.first+1 || !strings.HasSuffix(t.Base, script.Ha) && !strings.HasSuffix(t.Base, script.At) {
		return true
	}
	a := f.token(q)
	return strings.HasSuffix(a.Base, script.Ha)
}

// ofNation extends the name of an organization by adjectives of nation that belong to
// it: «وزارة الخارجية الأميركية».
func (f *finder) ofNation(m mention) int {
	if m.last-m.first < 2 {
		return m.last
	}
	end := m.last
	for q := m.last; q < m.last+3; q++ {
		t, ok := f.word(m.first, q)
		if !ok || !f.adjective(t) {
			break
		}
		if n := f.nationAt(m.first, q); n > q {
			end, q = n, n-1
		}
	}
	return end
}

// nationAt gives the place after the adjective of nation at place q, of one word or two
// («الكورية الجنوبية»), or q.
func (f *finder) nationAt(from, q int) int {
	t, ok := f.word(from, q)
	if !ok || !t.Def || t.Conj != 0 || t.Prep != 0 {
		return q
	}
	if n, ok := f.word(from, q+1); ok && t.StemWord.Begins() {
		if w := t.StemWord.Next(n.Fold); w != nil && w.Tables.Has(lex.Nation) {
			return q + 2
		}
	}
	if nation(t) {
		return q + 1
	}
	return q
}

// nation reports whether t is, or can be, an adjective of nation or people with the article.
func nation(t *ling.Token) bool {
	return t.Definite() && t.Conj == 0 && t.Prep == 0 && t.StemWord != nil && t.StemWord.Tables&lex.In(lex.Nation, lex.Demonym) != 0
}
