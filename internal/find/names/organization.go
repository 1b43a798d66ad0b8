package names

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// orgKind tells a body from a named thing of the same table.
func (f *finder) orgKind(w *lex.Word) isnad.Kind {
	if s, ok := w.Sense(lex.Org); ok && f.Lex.Orgs[s.Row].Class == "thing" {
		return isnad.Other
	}
	return isnad.Organization
}

// bare gives the place after a head that only says the kind of the organization m:
// «وكالة سبأ».
func (f *finder) bare(m mention) int {
	first := m.first
	f.heads(m.first, f.token(m.first).Word, func(s lex.Sense, q int) {
		if h := f.Lex.Heads[s.Row]; h.Part != "out" && h.Part != "called" || h.Kind != "org" || q >= m.last {
			return
		}
		if f.token(q).Tables&lex.In(lex.Nation, lex.Country, lex.Capital) != 0 {
			return // «وكالة الأنباء السعودية»
		}
		if _, end := f.longest(q); end == m.last && f.vessel(m) || q+1 == m.last {
			first = q
		}
	})
	return first
}

// class gives the class of the lexicon's organization m.
func (f *finder) class(m mention) string {
	w := f.token(m.first).Word
	for p := m.first + 1; p < m.last; p++ {
		w = w.Next(f.token(p).Fold)
	}
	if s, ok := w.Sense(lex.Org); ok {
		return f.Lex.Orgs[s.Row].Class
	}
	return ""
}

// vessel reports whether m is of a class whose names are full without their head.
func (f *finder) vessel(m mention) bool {
	switch f.class(m) {
	case "media", "company", "bank", "armed", "party":
		return true
	}
	return false
}

// stately reports whether m is of a class whose names take the adjective of their state.
func (f *finder) stately(m mention) bool {
	switch f.class(m) {
	case "government", "ministry", "security", "court", "agency", "other":
		return true
	}
	return false
}

// orgOrPlace decides a name that is both: the word before it tells.
func (f *finder) orgOrPlace(p int) (isnad.Kind, rule) {
	if _, h, ok := f.headBefore(p); ok && h.Kind == "org" {
		return isnad.Organization, lexOrg
	}
	return isnad.Place, lexPlace
}

// sure reports whether the common word at place p is a name here: the model says so, or
// a head or title stands right before it.
func (f *finder) sure(p int, m mention) bool {
	if s, ok := f.taggedAt(p); ok && s.First == p && s.Last == m.last && kindOf(s.Kind) == m.kind {
		return true
	}
	if m.kind == isnad.Person {
		return f.seen(p) || f.addressed(p)
	}
	_, h, ok := f.headBefore(p)
	return ok && (h.Kind == "org") == (m.kind == isnad.Organization)
}

// headBefore gives the head that stands right before place p, perhaps with a
// quotation mark or parenthesis between.
func (f *finder) headBefore(p int) (lex.Sense, lex.HeadRow, bool) {
	q := p - 1
	if t := f.token(q); t.Kind == ling.Mark || t.Kind == ling.Punct && t.Fold == "(" {
		q--
	}
	t := f.token(q)
	if t.Kind != ling.Word || t.Def {
		return lex.Sense{}, lex.HeadRow{}, false
	}
	s, ok := t.Sense(lex.Head)
	if !ok {
		return lex.Sense{}, lex.HeadRow{}, false
	}
	return s, f.Lex.Heads[s.Row], true
}
