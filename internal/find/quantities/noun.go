package quantities

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// noun reads a noun of the lexicon in its dictionary form: of the units first, then a
// nation's or people's adjective, a title, an event.
func (f *finder) noun(j int) (unit, bool) {
	return f.nounOf(j, 0)
}

// joining are the classes of words that are no nouns, whatever else is spelled alike.
const joining = lex.Prep | lex.Rel | lex.Subord | lex.Pron | lex.Demo | lex.Neg | lex.While | lex.Because | lex.But | lex.TimeConj

// nounOf is noun for a word counted by n: of two readings the plural stands after 3 to
// 10, the singular after others.
func (f *finder) nounOf(j int, n float64) (unit, bool) {
	l := f.d.Lex
	if f.d.Tokens[j].Is(joining) && !f.marbuta(j) && !(n > 10 && f.counting(j)) {
		return unit{}, false
	}
	if s, last, ok := f.d.Match(j, lex.Unit); ok {
		if last == j+1 && n > 0 {
			s = f.agreeing(j, s, n >= 3 && n <= 10)
		}
		if s.Form&lex.Feminine != 0 {
			s = f.feminine(j, s)
		}
		r := &l.Units[s.Row]
		return unit{word: r.Name, class: r.Class, code: r.Code, last: last, carries: r.Class != "measure" && r.Class != "time", trust: trust("unit/noun", 0.95)}, r.Code != percent
	}
	t := &f.d.Tokens[j]
	if s, ok := t.Sense(lex.Nation); ok {
		return f.person(j, spelled(l.Countries[s.Row].Demonym, t.Stem)), true
	}
	if s, ok := t.Sense(lex.People); ok && len(l.Countries[s.Row].Demonym) > 0 {
		return f.person(j, l.Countries[s.Row].Demonym[0]), true
	}
	if s, ok := t.Sense(lex.Demonym); ok {
		return f.person(j, l.Demonyms[s.Row].Demonym), true
	}
	if s, last, ok := f.d.Match(j, lex.Title); ok {
		u := f.person(j, l.Titles[s.Row].Title)
		u.last = last
		return u, true
	}
	if s, ok := t.Sense(lex.Head); ok {
		return unit{word: l.Heads[s.Row].Word, class: "group", last: j + 1, carries: true, trust: trust("unit/head", 0.9)}, true
	}
	if s, ok := t.Sense(lex.EventNoun); ok {
		return unit{word: l.EventNouns[s.Row].Word, class: "thing", last: j + 1, carries: true, trust: trust("unit/event", 0.85)}, true
	}
	if s, ok := t.Sense(lex.SpeechNoun); ok && l.SpeechNouns[s.Row].Class == "statement" {
		return unit{word: l.SpeechNouns[s.Row].Word, class: "thing", last: j + 1, trust: trust("unit/statement", 0.85)}, true
	}
	return unit{}, false
}

// marbuta reports whether token j is spelled with a ة, which no word without a meaning
// of its own is: «آلية» is not «إليه».
func (f *finder) marbuta(j int) bool {
	return strings.HasSuffix(plain(f.d.Text[f.d.Tokens[j].Start:f.d.Tokens[j].End]), taMarbuta)
}

// counting reports whether token j is read as the accusative of a unit: «30 دونما».
func (f *finder) counting(j int) bool {
	s, ok := f.d.Tokens[j].Sense(lex.Unit)
	return ok && s.Form&lex.Accusative != 0 && len(f.d.Lex.Units[s.Row].Singular) > 6
}

// feminine gives the reading of a plural in ـات whose singular has the ة, else s.
func (f *finder) feminine(j int, s lex.Sense) lex.Sense {
	best := s
	f.d.Tokens[j].Senses(lex.Unit, func(c lex.Sense) bool {
		if strings.HasSuffix(f.d.Lex.Units[c.Row].Singular, taMarbuta) {
			best = c
			return false
		}
		return true
	})
	return best
}

// agreeing gives the reading of token j as a unit that is plural or not, else s.
func (f *finder) agreeing(j int, s lex.Sense, plural bool) lex.Sense {
	best := s
	f.d.Tokens[j].Senses(lex.Unit, func(c lex.Sense) bool {
		if (c.Form&lex.Plural != 0) == plural {
			best = c
			return false
		}
		return true
	})
	return best
}

func (f *finder) person(j int, word string) unit {
	return unit{word: word, class: "person", last: j + 1, carries: true, trust: trust("unit/people", 0.93)}
}

// spelled picks the spelling of a demonym that the folded stem begins with.
func spelled(demonyms []string, stem string) string {
	for _, d := range demonyms {
		if strings.HasPrefix(stem, script.Fold(d)) {
			return d
		}
	}
	if len(demonyms) > 0 {
		return demonyms[0]
	}
	return stem
}

// fitting refuses a noun that cannot be the one counted: with the article after a bare
// number, a dual, or a length of time that is no age (times have those).
func (f *finder) fitting(j int, u unit, n number.Number) (unit, bool) {
	t := &f.d.Tokens[j]
	if t.Definite() && !n.Def || t.Pron || t.Fut {
		return unit{}, false
	}
	if n.Def && !n.Digits && !strings.HasSuffix(t.Base, script.Alef) {
		return unit{}, false // «مجموعة السبع روسيا و…»
	}
	if u.class == "time" && u.code != "Y" && u.code != "M" {
		return unit{}, false
	}
	return u, true
}

// unknown makes a unit of a noun that the lexicon does not have, by light rules: the
// accusative of 11 to 99 loses its alef, a feminine plural after 3 to 10 regains its ة.
func (f *finder) unknown(j int, q counted, n number.Number) (unit, bool) {
	t := &f.d.Tokens[j]
	if t.Definite() || t.Pron || t.Class != 0 || t.Tables&refused != 0 || t.Fut || len(t.Base) < 6 || f.yearLike(q, n) {
		return unit{}, false
	}
	if pos := t.Vocab.POS; pos&vocab.Noun == 0 || pos&(vocab.Particle|vocab.Proper) != 0 || pos&vocab.Verb != 0 && pos&vocab.Adj == 0 {
		return unit{}, false
	}
	if owned(t.Base) || strings.HasSuffix(t.Base, script.Ya+script.Alef) && t.Vocab.POS&vocab.Adj != 0 {
		return unit{}, false // «14 عالميا»
	}
	word := plain(f.d.Text[t.Body:t.End])
	low := int(n.Value) % 100
	switch {
	case n.Scale == 0 && low >= 11 && strings.HasSuffix(word, script.Alef):
		word = strings.TrimSuffix(word, script.Alef)
	case n.Scale == 0 && low >= 11 && n.Value == float64(int(n.Value)) && !strings.HasSuffix(word, taMarbuta) && !t.Maqsura:
		return unit{}, false
	case n.Scale == 0 && low >= 3 && low <= 10 && strings.HasSuffix(word, script.At):
		word = strings.TrimSuffix(word, script.At)
		if !f.masculine(q) || utf8.RuneCountInString(word) < 4 { // the gender of short ones is often mistaken: «سبعة دفعات»
			word += taMarbuta
		}
	case n.Scale == 0 && low >= 3 && low <= 10 && strings.HasSuffix(word, script.In):
		word = strings.TrimSuffix(word, script.In)
	case n.Scale == 0 && n.Value == float64(int(n.Value)) && low >= 3 && low <= 10:
		return unit{}, false // a broken plural: its singular is not to be guessed
	}
	return unit{word: word, last: j + 1, carries: true, trust: trust("unit/rule", 0.7)}, len(word) >= 4
}

// owned reports whether a word ends like one with a pronoun.
func owned(base string) bool {
	return strings.HasSuffix(base, script.Hum) || strings.HasSuffix(base, script.Hunn) || strings.HasSuffix(base, script.Huma) || strings.HasSuffix(base, script.Hna)
}

// masculine reports whether the number word right before a noun has the ة that masculine
// nouns ask for: «ثلاثة متنزهات».
func (f *finder) masculine(q counted) bool {
	t := &f.d.Tokens[q.last-1]
	return t.Kind == ling.Word && strings.HasSuffix(t.Base, script.Ha)
}

// taMarbuta is the ة that folding turns to ه: a unit is given in ordinary spelling.
const taMarbuta = script.TaMarbuta

// refused are the tables whose words are no nouns to be counted.
var refused = lex.In(lex.Country, lex.Capital, lex.Place, lex.Person, lex.Short, lex.Forename, lex.Surname, lex.Org, lex.Month, lex.Weekday, lex.Number, lex.TimeWord, lex.Function)

// yearLike reports whether a number may be a year that nothing told.
func (f *finder) yearLike(q counted, n number.Number) bool {
	return n.Digits && n.Scale == 0 && n.Value >= 1900 && n.Value <= 2100
}

// plain takes vowel marks and tatweel out of a word.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if script.IsMark(r) || script.IsInvisible(r) {
			return -1
		}
		return r
	}, s)
}
