package names

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// quoted gives the place after the quotation marks or parentheses that begin at place p
// and hold a short name.
func (f *finder) quoted(p int) (int, bool) {
	if p < 0 || p >= len(f.at) {
		return 0, false
	}
	i := int(f.at[p])
	if t, ok := f.word(p, p+1); f.Tokens[i].Fold == "(" && ok && f.token(p+2).Fold == ")" {
		return p + 3, t.Prep == 0 && t.Conj == 0 && !idle(t)
	}
	if f.Tokens[i].Kind != ling.Mark {
		return 0, false
	}
	n := f.QuoteOf(i)
	if n < 0 || f.Quotes[n].Open != i || !f.Quotes[n].Closed {
		return 0, false
	}
	for q := p + 1; q < len(f.at) && q <= p+longName+1; q++ {
		if int(f.at[q]) == f.Quotes[n].Close {
			return q + 1, q > p+1
		}
		t := f.token(q)
		if t.Kind == ling.Punct && t.Fold != "-" && t.Fold != "." {
			return 0, false
		}
		if _, verb := f.VerbAt(int(f.at[q])); verb && q > p+1 {
			return 0, false
		}
	}
	return 0, false
}

// longName is the most words of a name in quotation marks.
const longName = 5

// gloss reads what stands in parentheses or quotation marks right behind a name: its
// short form. It gives the place to go on from.
func (f *finder) gloss(m mention, q int) int {
	open := f.token(q)
	if m.kind != isnad.Organization || open.Fold != "(" && open.Kind != ling.Mark || q+2 >= len(f.at) {
		return q
	}
	if _, quoted := f.quoted(q); open.Kind == ling.Mark && !quoted {
		return q
	}
	t, ok := f.word(m.first, q+1)
	end := f.token(q + 2)
	if !ok || end.Kind == ling.Word || end.Kind == ling.Number || open.Fold == "(" && end.Fold != ")" {
		return q
	}
	if known, _ := f.lexical(q + 1); known.last > 0 && known.kind != m.kind {
		return q // «أرسنال (إنجلترا)»
	}
	if t.Prep != 0 && idle(t) || t.Def && t.Vocab.POS&vocab.Adj != 0 && t.Vocab.POS&vocab.Proper == 0 && t.Tables&proper == 0 {
		return q
	}
	if latin(t) || t.Def && !t.Tables.Has(lex.Head) || f.strange(t) {
		f.add(mention{first: q + 1, last: q + 2, kind: m.kind, rule: glossed, whole: true})
		return q + 3
	}
	return q
}

// title reads a name of several words in quotation marks that begins with a head:
// «"مسيرة العودة"». It gives the place to go on from.
func (f *finder) title(p int) int {
	end, ok := f.quoted(p)
	if !ok || end-p < 4 || end-p > 6 {
		return p + 1
	}
	t := f.token(p + 1)
	if last := f.token(end - 2); last.Kind == ling.Number && len(last.Fold) == 4 && t.Kind == ling.Word && t.Prep == 0 && t.Conj == 0 && t.Class == 0 {
		f.add(mention{first: p + 1, last: end - 1, kind: isnad.Other, rule: headQuoted}) // «"رؤية 2030"»
		return end
	}
	s, ok := t.Sense(lex.Head)
	if !ok || t.Conj != 0 || t.Prep != 0 || t.Pron {
		return p + 1
	}
	h := head{f.Lex.Heads[s.Row], s.Form, p + 1, p + 2}
	if h.Part == "out" || h.Part == "called" || h.form&(lex.Plural|lex.Dual) != 0 || !f.single(h) {
		return p + 1
	}
	if last := f.token(end - 2); !last.Def && !f.strange(last) {
		return p + 1
	}
	f.add(mention{first: p + 1, last: end - 1, kind: h.kind(), rule: headQuoted})
	return end
}
