package names

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// lexical gives the longest name of the lexicon at place p, and the place after it.
func (f *finder) lexical(p int) (mention, int) {
	if m := f.opened(p); m.last > p+1 {
		return m, m.last
	}
	w, n := f.longest(p)
	if w == nil {
		return mention{}, 0
	}
	m := f.meaning(p, n, w)
	if m.last == 0 {
		return mention{}, 0
	}
	if m.kind == isnad.Organization {
		if m.last == p+2 && !f.token(p).Def && nation(f.token(p+1)) && f.class(m) == "club" {
			m.last-- // «برشلونة الإسباني»
		}
		m.first = f.bare(m)
		if m.first == p && f.stately(m) {
			m.last = f.ofNation(m)
		}
		if m.first == p && m.last > p+1 && f.class(m) == "media" && nation(f.token(m.last-1)) {
			m.last = f.official(m.last)
		}
	}
	if m.kind == isnad.Person {
		m.last = f.family(m)
		if t := f.token(p); t.Def && t.Tables.Has(lex.Title) && t.Tables&personal == 0 && m.last > p+1 {
			m.first, m.whole = p+1, false // «الملك سلمان»
		}
	}
	if m.kind == isnad.Other && m.first == p {
		m.last = f.edition(m)
	}
	if m.kind == isnad.Person || m.kind == isnad.Organization {
		m.last = f.hyphen(p, m.last)
	}
	return m, m.last
}

// longest walks the lexicon's phrases from place p and gives the longest that is a name.
func (f *finder) longest(p int) (*lex.Word, int) {
	t := f.token(p)
	best, end := (*lex.Word)(nil), 0
	if t.Word != nil && t.Word.Tables&proper != 0 {
		best, end = t.Word, p+1
	}
	for w, q := t.Word, p+1; w.Begins() && f.opens(p); q++ {
		next, ok := f.inside(p, q)
		if !ok || best != nil && f.hashtag(q) {
			break
		}
		fold := next.Fold
		if after, ok := f.inside(p, q+1); ok && fold == script.Waw && after.Kind == ling.Word {
			fold = script.Waw + after.Fold // «حزب العدالة و التنمية»
			q++
		}
		if w = w.Next(fold); w != nil && w.Tables&proper != 0 {
			best, end = w, q+1
		}
	}
	return best, end
}

// hashtag reports whether the word at place q begins a hashtag: a name that is whole
// before it ends there («تحالف دعم الشرعية في #اليمن»).
func (f *finder) hashtag(q int) bool {
	return f.at[q] > 0 && f.Tokens[f.at[q]-1].Fold == "#"
}

// inside gives the token at place q when it is in the same paragraph as place p.
func (f *finder) inside(p, q int) (*ling.Token, bool) {
	if q >= len(f.at) || int(f.at[q]) >= f.Paras[f.Sents[f.SentenceOf(int(f.at[p]))].Para].Last {
		return nil, false
	}
	return f.token(q), true
}

// opened gives a name of several words whose first word looks as if it had a clitic:
// «بيونغ يانغ».
func (f *finder) opened(p int) mention {
	t := f.token(p)
	m := mention{first: p, whole: true}
	for w, q := t.Opening(), p+1; w.Begins() && f.opens(p); q++ {
		next, ok := f.inside(p, q)
		if !ok {
			break
		}
		if w = w.Next(next.Fold); w != nil && w.Tables&proper != 0 {
			n := f.meaning(p, q+1, w)
			m.last, m.kind, m.rule = n.last, n.kind, n.rule
		}
	}
	return m
}

// meaning chooses what the lexicon's name in places [p, end) stands for here.
func (f *finder) meaning(p, end int, w *lex.Word) mention {
	t := f.token(p)
	alone := end == p+1
	m := mention{first: p, last: end}
	switch {
	case w.Tables.Has(lex.Person):
		m.kind, m.rule = isnad.Person, lexPerson
	case w.Tables.Has(lex.Country), w.Tables.Has(lex.Capital):
		m.kind, m.rule = isnad.Place, lexCountry
	case w.Tables.Has(lex.Org) && w.Tables.Has(lex.Place):
		m.kind, m.rule = f.orgOrPlace(p)
	case w.Tables.Has(lex.Org):
		m.kind, m.rule = f.orgKind(w), lexOrg
	case w.Tables.Has(lex.Short):
		m.kind, m.rule = isnad.Person, lexPerson
	default:
		m.kind, m.rule = isnad.Place, lexPlace
	}
	if alone && m.kind == isnad.Organization && f.ofPeople(p) && f.class(m) == "party" {
		return mention{}
	}
	if alone && m.kind == isnad.Organization && f.lone(p) {
		return m // «مراسل "العربية"»
	}
	if alone && (doubtful(t, m.kind) && !f.sure(p, m) || f.adverbial(p)) {
		return mention{}
	}
	return m
}

// edition extends the name of what comes round every few years by its year: «كأس
// العالم 2018».
func (f *finder) edition(m mention) int {
	t := f.token(m.last)
	if t.Kind != ling.Number || len(t.Fold) != 4 || t.Fold[0] != '1' && t.Fold[0] != '2' || f.token(m.first).Def {
		return m.last
	}
	s, ok := f.token(m.first).Sense(lex.Head)
	if !ok || f.Lex.Heads[s.Row].Kind != "other" {
		return m.last
	}
	return m.last + 1
}

// lone reports whether the word at place p stands alone in quotation marks.
func (f *finder) lone(p int) bool {
	end, ok := f.quoted(p - 1)
	return p > 0 && ok && end == p+2 && f.token(p-1).Kind == ling.Mark
}

// ofPeople reports whether the party's men at place p are an adjective of the people
// before them: «السياسيين الديمقراطيين».
func (f *finder) ofPeople(p int) bool {
	t, before := f.token(p), f.token(p-1)
	if t.Conj != 0 || t.Prep != 0 || !plural(t) || !before.Def || before.Kind != ling.Word {
		return false
	}
	return plural(before) || strings.HasSuffix(before.Base, script.Alef+script.Hamza) || before.Tables&lex.In(lex.Title) != 0
}

// plural reports whether t has the article and the ending of men in the plural.
func plural(t *ling.Token) bool {
	return t.Def && (strings.HasSuffix(t.Base, script.On) || strings.HasSuffix(t.Base, script.In))
}

// family extends a person's full name by more parts.
func (f *finder) family(m mention) int {
	if f.token(m.last).Is(lex.Nasab) {
		for end := f.part(m.first, m.last); end > m.last; end = f.part(m.first, m.last) {
			m.last = end // «سلمان بن عبد العزيز»
		}
		return m.last
	}
	if m.last-m.first < 2 {
		return m.last
	}
	end := m.last
	for q := end; q < m.last+2; q++ {
		t, ok := f.word(m.first, q)
		if !ok || t.Conj != 0 || t.Prep != 0 || t.Tables&(common|located) != 0 || t.Class != 0 || !t.Tables.Has(lex.Surname) && t.Vocab.POS&ordinary != 0 || !f.strange(t) {
			break
		}
		end = q + 1
	}
	return end
}

// located are the tables of names that are no person's.
var located = lex.In(lex.Country, lex.Capital, lex.Place, lex.Org)
