package names

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// complement is what a head is of.
type complement struct {
	last   int
	proper bool // it is or has a proper name or an adjective of nation
	mention
}

// of reads what the singular head h is of: a name, a word that can be one, a word in
// quotation marks, or a noun with the article and its adjectives.
func (f *finder) of(h head) (c complement, ok bool) {
	p := h.last
	if end, ok := f.quoted(p); ok {
		c.last, c.proper = end, true
		return c, true
	}
	t, ok := f.word(h.first, p)
	if !ok || t.Prep != 0 || t.Conj != 0 {
		return c, false
	}
	if m, _ := f.lexical(p); m.last > 0 {
		return complement{last: m.last, proper: true, mention: m}, true
	}
	if f.given(t) {
		return f.honoured(h)
	}
	if end := f.strangers(h.first, p); end > p {
		return complement{last: end, proper: true}, true
	}
	if (definite(t) || t.Def && t.Tables.Has(lex.TimeWord) && t.Vocab.POS&vocab.Noun != 0) && !nation(t) && !f.office(t) && (!f.placeKind(t) || f.agrees(h)) {
		return complement{last: p + 1}, true
	}
	if n, ok := f.word(h.first, p+1); ok && h.Part == "in" && (h.Kind == "other" || h.Kind == "org" && f.agrees(h)) && t.Nominal() && !t.Def && !t.Pron && t.Class == 0 && definite(n) && !nation(n) {
		return complement{last: p + 2}, true
	}
	return c, false
}

// honoured reads the person a head is called after: «جامعة عمر المختار».
func (f *finder) honoured(h head) (complement, bool) {
	end := f.nameEnd(h.last)
	if next, ok := f.word(h.first, end); ok && end == h.last+1 && definite(next) && !nation(next) && !f.office(next) {
		end++ // «جامعة عمر المختار»
	}
	if h.Part != "in" || h.Kind != "org" || end < h.last+2 || f.token(h.last).Conj != 0 {
		return complement{}, false
	}
	return complement{last: end, proper: true}, true
}

// placeKind reports whether t can say the kind of a place: «العاصمة».
func (f *finder) placeKind(t *ling.Token) bool {
	found := false
	t.Senses(lex.Head, func(s lex.Sense) bool {
		found = f.Lex.Heads[s.Row].Kind == "place" && s.Form&lex.Plural == 0
		return !found
	})
	return found
}

// office reports whether t is an office: «الرئيس» after a head begins a person's title.
func (f *finder) office(t *ling.Token) bool {
	s, ok := t.Sense(lex.Title)
	return ok && s.Form&(lex.Plural|lex.Dual) == 0 && f.Lex.Titles[s.Row].Class == "office"
}

// strangers gives the place after the run of words at place p that nothing common is
// known of, at most three.
func (f *finder) strangers(from, p int) int {
	q := p
	for q < p+3 {
		t, ok := f.word(from, q)
		if !ok || !(f.strange(t) || latin(t)) || t.Prep != 0 || t.Conj != 0 || t.Tables&proper&^lex.In(lex.Short) != 0 && q > p {
			break
		}
		q++
		q = f.hyphen(from, q)
	}
	return q
}

// hyphen steps over a hyphen without spaces and the word after it.
func (f *finder) hyphen(from, q int) int {
	t := f.token(q)
	if t.Kind != ling.Punct || t.Fold != "-" && t.Fold != "–" || t.Start != f.token(q-1).End {
		return q
	}
	if n, ok := f.word(from, q+1); ok && n.Start == t.End {
		return q + 2
	}
	return q
}

// adjectives gives the place after the adjectives with the article at place q, and
// whether one is of nation.
func (f *finder) adjectives(from, q int) (end int, nat bool) {
	for end = q; end < q+3; end++ {
		t, ok := f.word(from, end)
		if !ok || !f.adjective(t) || nat && !nation(t) && !relational(t) || !nation(t) && f.token(end+1).Prep == 'l' && !relational(t) {
			break
		}
		nat = nat || nation(t)
	}
	return end, nat
}

// relational reports whether t is an adjective of relation («الدولية»), which takes no
// complement of its own with ل, as a participle does.
func relational(t *ling.Token) bool {
	return strings.HasSuffix(t.Base, script.Ya) || strings.HasSuffix(t.Base, script.Ya+script.Ha)
}

// adjective reports whether t can be an adjective with the article that belongs to a
// name before it.
func (f *finder) adjective(t *ling.Token) bool {
	if !t.Definite() || t.Conj != 0 || t.Prep != 0 || t.Tables.Has(lex.Weekday) || t.Tables.Has(lex.Month) {
		return false
	}
	return nation(t) || t.Vocab.POS&vocab.Adj != 0 && !t.Tables.Has(lex.TimeWord) && !f.office(t)
}

// definite reports whether t is a common word with the article, without a clitic.
func definite(t *ling.Token) bool {
	return t.Definite() && t.Conj == 0 && t.Prep == 0 && !t.Tables.Has(lex.Weekday) && !t.Tables.Has(lex.Month) && !t.Tables.Has(lex.TimeWord)
}
