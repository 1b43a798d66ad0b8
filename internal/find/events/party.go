package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// parties gives the parties that the noun phrase [first, last) names, each once.
// Of a crowd that names no land the state counts only where nobody is named beside it
// («الناشط والمدون فلان»).
func (f *finder) parties(first, last int) []string {
	last = f.each(first, last)
	var out, crowds []string
	for i := first; i < last; {
		j := i + 1
		for j < last && (f.Tokens[j].Conj == 0 || f.sameName(j-1, j)) {
			j++
		}
		if j == last && j < len(f.Tokens) && f.Preposition(j) == 'l' && f.titled(i) && f.unnamed(i, j) {
			j = f.phrase(j) // «الأمين العام للمنظمة»
		}
		if p := f.party(i, j); f.crowd(i) && f.unnamed(i, j) {
			crowds = with(crowds, p)
		} else {
			out = with(out, p)
		}
		i = j
	}
	if len(out) == 0 {
		return crowds
	}
	return out
}

// each gives where the noun phrase [first, last) ends when those whom it means are told one by
// one behind it («السلطات في كل من قطر وتركيا»).
func (f *finder) each(first, last int) int {
	if first >= last || last+1 >= len(f.Tokens) {
		return last
	}
	at := last - 1 // «كل» itself ends the phrase
	if f.Tokens[last].Base == script.Fi {
		at = last + 1
	}
	if !f.Tokens[at].Is(lex.Quantifier) || at+1 >= len(f.Tokens) || f.Tokens[at+1].Base != script.From {
		return last
	}
	if end := f.phrase(at + 2); !f.unnamed(at+2, end) {
		return end
	}
	return last
}

func (f *finder) sameName(i, j int) bool {
	a, _, ok := f.Name(i)
	b, _, also := f.Name(j)
	return ok && also && a == b
}

// with adds a party that is not empty and not yet there, and of two under one name each.
func with(list []string, party string) []string {
	if party == "" {
		return list
	}
	if one, other, two := strings.Cut(party, pairing); two {
		return with(with(list, one), other)
	}
	for _, have := range list {
		if have == party {
			return list
		}
	}
	return append(list, party)
}

// mention is what the words of one noun phrase say of its party.
type mention struct {
	person int    // entity of a person, or -1
	first  string // first organization, place or nation
	people string // a people without a state
	title  string // class of the title it begins with
}

// party gives the party of one member [first, last) of a noun phrase, or nothing.
func (f *finder) party(first, last int) string {
	m := f.mention(first, last)
	switch {
	case m.person >= 0 && (m.title == "profession" || m.title == "kin" || m.title == "role" && m.first == ""):
		return f.entities[m.person].Name
	case m.person >= 0 && m.first != "" && (m.title == "office" || m.title == "rank" || f.titled(first)):
		return m.first
	case m.person >= 0:
		return f.sides[m.person]
	case m.first != "":
		return m.first
	case m.people != "":
		return m.people
	}
	return f.carried(first, last)
}

// titled reports whether a spokesman, envoy or leader is meant at token i, who acts for
// the body or nation named with his title.
func (f *finder) titled(i int) bool {
	s, _, ok := f.Match(i, lex.Title)
	return ok && f.Lex.Titles[s.Row].Class != "honorific" && f.Lex.Titles[s.Row].Kind == "named"
}

// mention gathers what the words [first, last) say.
func (f *finder) mention(first, last int) mention {
	m := mention{person: -1}
	if first >= last {
		return m
	}
	if s, _, ok := f.Match(first, lex.Title); ok {
		m.title = f.Lex.Titles[s.Row].Class
	}
	for i := first; i < last; i++ {
		if n, end, ok := f.Name(i); ok {
			f.named(&m, f.names[n].Entity)
			i = max(end, i+1) - 1
			continue
		}
		if m.first == "" {
			m.first = f.nation(i)
		}
		if s, ok := f.Tokens[i].Sense(lex.Demonym); ok {
			f.demonym(&m, f.Lex.Demonyms[s.Row], s)
		}
	}
	return m
}

func (f *finder) named(m *mention, entity int) {
	if entity < 0 {
		return
	}
	if f.entities[entity].Kind == isnad.Person {
		if m.person < 0 {
			m.person = entity
		}
		return
	}
	if m.first == "" {
		m.first = f.sides[entity]
	}
}

// demonym notes a people or body that is no state.
func (f *finder) demonym(m *mention, row lex.DemonymRow, s lex.Sense) {
	switch {
	case row.Code != "" && m.first == "":
		m.first = row.Code
	case row.Code == "" && len(row.People) > 0 && m.people == "":
		m.people = script.Al + row.People[0]
	case row.Code == "" && s.Form&lex.Plural != 0 && m.people == "":
		m.people = script.Al + row.Demonym + script.On
	}
}

// carried gives the state of a body or person that the article calls by its kind alone
// («الجيش», «الرئيس», «المتظاهرون»): that named nearest, or that of the article.
func (f *finder) carried(first, last int) string {
	for i := first; i < last && i < first+2; i++ {
		if party := f.grouped(i); party != "" {
			return party
		}
		if t := &f.Tokens[i]; t.Kind != ling.Word || t.Definite() || t.Class != 0 {
			break // «طيران التحالف»
		}
	}
	for i := first; i < last && i < first+3; i++ {
		joined := i+1 < last && f.Tokens[i].Prep == 0 && f.Tokens[i+1].Definite() && f.Tokens[i+1].Conj == 0
		if s, end, ok := f.Match(i, lex.Body); ok && end > i+1 || ok && i == first && f.Lex.Bodies[s.Row].ISO3 != "" || (f.Tokens[i].Definite() || joined) && f.body(i) {
			return f.same(i) // «الجيش», «قوات الأمن»
		}
	}
	for i := first; i < last && i < first+6; i++ {
		t := &f.Tokens[i]
		if f.crowd(i) {
			return f.locals(first, last)
		}
		if !t.Is(lex.Quantifier|lex.Prep) && t.Kind != ling.Number && !t.Tables.Has(lex.Number) && i > first {
			return ""
		}
	}
	return ""
}

// locals gives the state of people whom tokens [first, last) tell of without one: that of the place
// where the clause goes on («قتل خمسة أشخاص في مقديشو»), else that of the context.
func (f *finder) locals(first, last int) string {
	end := min(f.clauseEnd(last), last+where)
	for j := last; j < end-1; j++ {
		at := -1
		switch t := &f.Tokens[j]; {
		case t.Base == script.Fi && t.Is(lex.Prep):
			at = j + 1
		case f.Preposition(j) == 'b':
			at = j
		}
		if at < 0 {
			continue
		}
		if e := f.spotted(at, end); e >= 0 && f.entities[e].Country != "" {
			return f.entities[e].Country
		}
	}
	return f.context(first)
}

// same gives the state of the body that is called by the word at token i, else that of the
// context.
func (f *finder) same(i int) string {
	if code := f.recalled(i); code != "" {
		return code
	}
	if s, _, ok := f.Match(i, lex.Body); ok && f.Lex.Bodies[s.Row].ISO3 != "" {
		return ""
	}
	return f.context(i)
}

// recalled gives the state of the body that was called by the word at token i with its nation
// before («الجيش الإسرائيلي», then «الجيش»).
func (f *finder) recalled(i int) string {
	if s, _, ok := f.Match(i, lex.Body); ok && f.Lex.Bodies[s.Row].ISO3 != "" {
		return f.own(f.Lex.Bodies[s.Row].ISO3)
	}
	for k := len(f.bodies) - 1; k >= max(0, len(f.bodies)-memory); k-- {
		if b := &f.bodies[k]; b.token < i && f.Tokens[b.token].Stem == f.Tokens[i].Stem {
			return b.code
		}
	}
	return ""
}

// body reports whether token i is the kind of a state's body or officer.
func (f *finder) body(i int) bool {
	if s, _, ok := f.Match(i, lex.Head); ok && f.Lex.Heads[s.Row].Part == "nation" {
		return true
	}
	if s, _, ok := f.Match(i, lex.Title); ok && f.Lex.Titles[s.Row].Class == "office" {
		return true
	}
	_, _, ok := f.Match(i, lex.Body)
	return ok
}

// pairing stands between the parties that the lexicon gives to one name («الكوريتان»).
const pairing = "+"

// state reports whether a party is a state's code.
func state(party string) bool {
	return len(party) == 3 && party[0] >= 'A' && party[0] <= 'Z'
}

// firstParty gives the first party named by tokens [i, end).
func (f *finder) firstParty(i, end int) []string {
	for ; i < end; i++ {
		if n, _, ok := f.Name(i); ok {
			if e := f.names[n].Entity; e >= 0 && f.sides[e] != "" {
				return with(nil, f.sides[e])
			}
			continue
		}
		if code := f.nation(i); code != "" {
			return []string{code}
		}
		if s, ok := f.Tokens[i].Sense(lex.Demonym); ok && f.Lex.Demonyms[s.Row].Code != "" {
			return []string{f.Lex.Demonyms[s.Row].Code}
		}
	}
	return nil
}

func without(list, other []string) []string {
	var out []string
	for _, p := range list {
		if !contains(other, p) {
			out = append(out, p)
		}
	}
	return out
}

func contains(list []string, p string) bool {
	for _, have := range list {
		if have == p {
			return true
		}
	}
	return false
}

// within reports whether every party of a is one of b.
func within(a, b []string) bool { return len(without(a, b)) == 0 }
