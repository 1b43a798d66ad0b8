package names

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// person gives the person's name that begins at place p: a forename with more names
// after it, or any words of names after a title.
func (f *finder) person(p int) mention {
	t := f.token(p)
	m := mention{first: p, kind: isnad.Person}
	switch {
	case f.given(t) || f.compound(p) > p:
		m.last, m.rule = f.nameEnd(p), personForename
		if m.last > max(p+1, f.compound(p)) && f.likely(p) || m.last == p+1 && f.kin(p) {
			return f.widened(m)
		}
	case t.Tables&(proper&^lex.In(lex.Short)) != 0 || !f.strange(t) && !t.Tables.Has(lex.Surname) && !f.paired(p) || nation(t) || t.Prep != 0 || t.Conj != 0:
		return mention{}
	}
	if m.rule = personTitle; !f.afterTitle(p) || t.Tables.Has(lex.Title) && !t.Def && f.ruled(p+1) {
		return mention{}
	}
	m.last = f.nameEnd(p)
	sure := f.seen(p) || f.addressed(p) && !t.Def && (t.Tables&personal != 0 || t.Vocab.POS&ordinary == 0)
	if sure || m.last > p+1 && f.paired(p) {
		return f.widened(m)
	}
	return mention{}
}

// ruled reports whether what the office at place p-1 is of stands at place p: «أمير الكويت».
func (f *finder) ruled(p int) bool {
	m, _ := f.lexical(p)
	return m.kind == isnad.Place || definite(f.token(p)) && f.token(p).Tables&personal == 0
}

// compound gives the place after the forename of two words at place p («نصر الله»), or p.
func (f *finder) compound(p int) int {
	next, ok := f.word(p, p+1)
	if t := f.token(p); ok && t.Word.Begins() && t.Prep == 0 {
		if w := t.Word.Next(next.Fold); w != nil && w.Tables.Has(lex.Forename) {
			return p + 2
		}
	}
	return p
}

// kin reports whether a word of kinship with a pronoun stands before the forename at
// place p: «ابنته يوليا».
func (f *finder) kin(p int) bool {
	t, ok := f.word(p, p-1)
	if !ok || !t.Pron || f.token(p).Vocab.POS&(vocab.Noun|vocab.Adj) != 0 && idle(f.token(p)) {
		return false
	}
	s, ok := t.Sense(lex.Title)
	return ok && f.Lex.Titles[s.Row].Class == "kin"
}

// paired reports whether the words at places p and p+1 are hardly anything but parts of
// a name.
func (f *finder) paired(p int) bool {
	t, next := f.token(p), f.token(p+1)
	switch {
	case t.Class != 0:
		return false
	case t.Vocab.POS&vocab.Proper != 0 && !t.Def && t.Tables&common == 0 && f.named(p+1):
		return !f.inTitle(p)
	case t.Vocab.POS&ordinary != 0:
		return false
	}
	return !t.Def && next.Vocab.POS&ordinary == 0 || next.Tables.Has(lex.Forename) && !idle(next)
}

// likely reports whether the forename at place p, which has more words of names after
// it, is one here and not the common word it may also be («حسن النية»).
func (f *finder) likely(p int) bool {
	if f.token(p).Vocab.POS&ordinary == 0 || f.seen(p) || f.compound(p) > p || f.afterTitle(p) {
		return true
	}
	return f.named(p+1) && !idle(f.token(p+1))
}

// seen reports whether the model sees a person at place p.
func (f *finder) seen(p int) bool {
	s, ok := f.taggedAt(p)
	return ok && s.Kind == tag.Person
}

// widened takes what the model adds to a person's name at its end.
func (f *finder) widened(m mention) mention {
	if s, ok := f.taggedAt(m.first); ok && s.Kind == tag.Person && s.First == m.first && s.Last > m.last && s.Confidence > 0.6 {
		for q := m.last; q < s.Last; q++ {
			if f.token(q).Conj == 'w' {
				return m
			}
		}
		if t := f.token(s.Last - 1); t.Prep == 0 && t.Conj == 0 && t.Class&^lex.Abbreviation == 0 {
			m.last = s.Last
		}
	}
	return m
}

// inTitle reports whether the word at place p ends a title of several words («عقيد ركن»).
func (f *finder) inTitle(p int) bool {
	if p == 0 {
		return false
	}
	_, end, ok := f.Match(int(f.at[p-1]), lex.Title)
	return ok && end > int(f.at[p])
}

// given reports whether t can be a forename.
func (f *finder) given(t *ling.Token) bool {
	if !t.Tables.Has(lex.Forename) {
		return false
	}
	return t.Class == 0 || t.Is(lex.Prep) && t.Class&^(lex.Prep) == 0 && !t.Maqsura && utf8.RuneCountInString(t.Fold) == 3
}

// named reports whether the word at place p is a forename or surname.
func (f *finder) named(p int) bool {
	t, ok := f.word(p-1, p)
	return ok && t.Conj == 0 && t.Prep == 0 && (t.Tables&personal != 0 || t.Is(lex.Nasab))
}

// most words of a person's name.
const longest = 7

// nameEnd gives the place after the person's name that begins at place p.
func (f *finder) nameEnd(p int) int {
	q := max(f.hyphen(p, p+1), f.compound(p))
	for q < p+longest {
		end := f.part(p, q)
		if end == q {
			break
		}
		q = end
	}
	return q
}

// part gives the place after the part of a person's name at place q, or q.
func (f *finder) part(p, q int) int {
	t, ok := f.word(p, q)
	if !ok {
		return f.initial(p, q)
	}
	switch {
	case f.glued(q):
		return q + 1
	case t.Conj != 0 || t.Prep != 0 || t.Pron:
		if t.Tables&personal == 0 && f.token(q-1).Tables.Has(lex.Forename) && q == p+1 && f.unknown(t) {
			return q + 1
		}
		return q
	case t.Is(lex.Nasab):
		if f.joined(p, q+1) {
			return max(q+2, f.compound(q+1))
		}
		return q
	case !f.continues(p, q, t):
		return q
	}
	return f.hyphen(p, q+1)
}

// glued reports whether the words at places q-1 and q are of one hashtag.
func (f *finder) glued(q int) bool {
	return f.at[q] == f.at[q-1]+2 && f.Tokens[f.at[q]-1].Fold == "_"
}

// joined reports whether the word at place q can follow بن or أبو.
func (f *finder) joined(p, q int) bool {
	t, ok := f.word(p, q)
	if !ok || t.Conj != 0 || t.Prep != 0 {
		return false
	}
	return f.given(t) || f.compound(q) > q || t.Tables&personal != 0 || f.strange(t) || t.Def && t.Vocab.Count < 3000 && !nation(t)
}

// initial steps over the dot after a short part of a foreign name: «دبليو.».
func (f *finder) initial(p, q int) int {
	t := f.token(q)
	before := f.token(q - 1)
	if t.Fold != "." || before.End != t.Start || !(before.Is(lex.Abbreviation) || utf8.RuneCountInString(before.Fold) == 1) {
		return q
	}
	if n, ok := f.word(p, q+1); ok && f.continues(p, q+1, n) {
		return q + 2
	}
	return q
}

// unknown reports a word that the vocabulary has never seen.
func (f *finder) unknown(t *ling.Token) bool { return t.Vocab.Count == 0 && !t.Pron }

// continues reports whether t at place q goes on the person's name begun at place p.
func (f *finder) continues(p, q int, t *ling.Token) bool {
	if t.Class&^lex.Abbreviation != 0 && !f.given(t) || t.Tables.Has(lex.Weekday) || t.Tables&located != 0 && t.Tables&personal == 0 {
		return false
	}
	second := q == p+1
	if t.Tables&personal != 0 {
		switch {
		case !second && t.Tables.Has(lex.Title) && !t.Def && f.token(q+1).Tables&lex.In(lex.Title, lex.Head) != 0:
			return false // «… مساعد وزير التجارة»
		case nation(t) || t.Tables.Has(lex.TimeWord):
			return second && t.Tables.Has(lex.Surname)
		case t.Def || !idle(t):
			return true
		}
		_, verb := f.VerbAt(int(f.at[q]))
		return !verb && (second || t.Tables.Has(lex.Forename))
	}
	if f.strange(t) {
		return true
	}
	return second && t.Tables&common == 0 && t.Vocab.POS&(vocab.Particle|vocab.Verb) == 0 && !f.pronouned(t) && (f.seen(q) || surnamed(t))
}

// surnamed reports whether a word that is in no table looks like a family name: one of
// origin («الشربيني»), or a rare word without the accusative.
func surnamed(t *ling.Token) bool {
	if t.Def {
		return strings.HasSuffix(t.Base, script.Ya) && t.Vocab.Count < 100 || t.Vocab.Count < 5
	}
	return t.Vocab.Count < 200 && !strings.HasSuffix(t.Base, script.Alef)
}

// back is how far the words of a title are looked for before a name.
const back = 10

// afterTitle reports whether the words before place p are a person's title.
func (f *finder) afterTitle(p int) bool {
	q := p - 1
	if t := f.token(q); t.Fold == "،" || t.Fold == "," {
		q--
	}
	marks := false
	for ; q >= 0 && q >= p-back; q-- {
		t, ok := f.word(p, q)
		if !ok {
			s := f.token(q)
			if s.Fold == "(" || s.Fold == ")" || s.Kind == ling.Mark {
				marks = marks || s.Kind == ling.Mark
				continue
			}
			return false
		}
		if f.taken[q] {
			if marks && f.found[len(f.found)-1].kind == isnad.Person {
				return false // the title has its name, and a quotation begins
			}
			continue
		}
		_, verb := f.VerbAt(int(f.at[q]))
		if s, ok := t.Sense(lex.Title); ok && s.Form&(lex.Plural|lex.Dual) == 0 && !t.Pron && !verb {
			return true
		}
		if t.Is(lex.Rel|lex.Subord|lex.Pron|lex.Qad|lex.Kana|lex.Neg|lex.But) || t.Conj != 0 {
			return false
		}
		if verb {
			return false
		}
	}
	return false
}

// addressed reports whether a title, perhaps with its nation, stands right before place
// p: then one word is enough for a name.
func (f *finder) addressed(p int) bool {
	for q := p - 1; q >= p-4; q-- {
		t, ok := f.word(p, q)
		if !ok {
			if s := f.token(q); q == p-1 && (s.Fold == "،" || s.Fold == ",") {
				continue
			}
			return false
		}
		if s, ok := t.Sense(lex.Title); ok && s.Form&lex.Plural == 0 {
			return t.Def
		}
		if !nation(t) {
			return false
		}
	}
	return false
}
