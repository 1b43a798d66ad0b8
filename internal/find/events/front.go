package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// adjacent gives where the definite noun phrase begins that stands right before the verb at token i
// as its subject («وهذا الحلف يدعم»).
func (f *finder) adjacent(i int) (first int, ok bool) {
	sent := f.Sents[f.SentenceOf(i)].First
	if i == sent || f.Tokens[i].Conj != 0 || f.IsTime(i-1) {
		return 0, false
	}
	first = i
	for j := i - 1; j >= sent && j >= i-arguments/4; j-- {
		if f.phrase(j) == i {
			first = j
		}
		if f.IsTime(j) || f.Tokens[j].Tables.Has(lex.Number) {
			return 0, false
		}
	}
	if first == i-1 && f.Tokens[first].Is(lex.Demo) {
		return 0, false // «لذلك»
	}
	t := &f.Tokens[first]
	if first == i || t.Prep != 0 || !t.Definite() && !t.Is(lex.Demo) || f.verbal(first) || first > sent && (f.Tokens[first-1].Is(lex.Prep) || f.verbal(first-1)) || differ(f.ofWord(first), f.ofVerb(i)) {
		return 0, false
	}
	return first, true
}

// fronted gives the noun phrase that opens the sentence of the verb at token i as its subject, with
// nothing but words of time and place between («عاملة في المصنع تتهم»), or behind «أما».
func (f *finder) fronted(i int) (first, last int, ok bool) {
	first = f.Sents[f.SentenceOf(i)].First
	contrast := first < i && f.Tokens[first].Base == script.Amma
	if contrast {
		first++
	}
	t := &f.Tokens[first]
	if _, _, named := f.Name(first); t.Kind != ling.Word || t.Prep != 0 || t.Class != 0 && !named || f.IsTime(first) || f.Tokens[i].Conj != 0 && !contrast {
		return 0, 0, false
	}
	last = f.phrase(first)
	if last == first || last > i || last < i-fronting || differ(f.ofWord(first), f.ofVerb(i)) {
		return 0, 0, false
	}
	for j := first; j < i; j++ {
		if t := &f.Tokens[j]; j < last && f.IsTime(j) {
			return 0, 0, false
		} else if j < last {
			continue
		} else if f.verbal(j) || t.Kind == ling.Punct || t.Is(lex.Subord|lex.Rel|lex.While|lex.But|lex.Because) && !t.Definite() {
			return 0, 0, false
		}
	}
	return first, last, true
}

// described gives the party that opens the sentence with a relative clause on it, whose verb is
// the one behind a comma at token i («والرياض التي تقود حلفا، تتهم»).
func (f *finder) described(i int) []string {
	first := f.Sents[f.SentenceOf(i)].First
	if i < first+4 || f.Tokens[i].Conj != 0 || f.Tokens[i-1].Kind != ling.Punct {
		return nil
	}
	if _, verb := f.VerbAt(first); verb {
		return nil
	}
	end := f.phrase(first)
	if end > first && end < i && f.Tokens[end].Kind == ling.Punct {
		end++
	}
	if end == first || end >= i-1 || !f.Tokens[end].Is(lex.Rel) || f.Tokens[end].Definite() && f.Tokens[end].Conj != 0 {
		return nil
	}
	return f.parties(first, f.phrase(first))
}

// appended reports whether the verb at token i says something of the indefinite noun before
// it, its subject («أن مسلحا قتل», «بيانا اتهم»).
func (f *finder) appended(i int) bool {
	if i == 0 || f.Tokens[i].Conj != 0 || f.Pronoun(i) {
		return false
	}
	p := &f.Tokens[i-1]
	const people = 1<<lex.SpeechNoun | 1<<lex.Title | 1<<lex.Unit | 1<<lex.Demonym | 1<<lex.Nation
	_, _, named := f.Name(i - 1)
	return !named && p.Kind == ling.Word && !p.Definite() && p.Class == 0 && p.Tables&people != 0 && strings.HasSuffix(p.Base, script.Alef)
}

// clausal reports whether the verb at token i says something of an indefinite noun with its
// adjective of nation right before it, its subject («صاروخان إسرائيليان استهدفا»).
func (f *finder) clausal(i int) bool {
	if i < 2 || f.Tokens[i].Conj != 0 || f.Pronoun(i) || f.nationAdjective(i-1) == "" {
		return false
	}
	p := &f.Tokens[i-2]
	_, _, named := f.Name(i - 2)
	_, verb := f.VerbAt(i - 2)
	return !named && !verb && p.Kind == ling.Word && p.Class == 0 && !p.Definite() && p.Tables.Has(lex.Unit)
}

// clause gives where the noun begins of which the verb at token i says something.
func (f *finder) clause(i int) int {
	first := i - 2
	for first > 0 && f.bareNoun(first-1) && f.phrase(first-1) >= i-1 && !f.Tokens[first-1].Definite() && !f.verbal(first-1) {
		first--
	}
	return first
}

// nationAdjective gives the state whose indefinite adjective token i is.
func (f *finder) nationAdjective(i int) string {
	t := &f.Tokens[i]
	s, ok := t.Sense(lex.Nation)
	if _, _, named := f.Name(i); !ok || named || t.Definite() || t.Conj != 0 || t.Prep != 0 {
		return ""
	}
	return f.Lex.Countries[s.Row].ISO3
}

// quoted gives the party whose words the «أن» with a pronoun before the verb at token i opens, where
// he stands right before it behind a noun of speech («تهديد كندا بأنها ستفرض»).
func (f *finder) quoted(i int) []string {
	j := i - 1
	for j > 0 && j >= i-3 && !f.Tokens[j].Is(lex.Subord) {
		j--
	}
	if j < 2 || !f.Tokens[j].Is(lex.Subord) {
		return nil
	}
	n, end, named := f.Name(j - 1)
	if !named || end != j || differ(f.ofName(n, j-1), f.ofPronoun(j)) {
		return nil
	}
	first := j - 1
	for first > 0 && f.sameName(first-1, first) {
		first--
	}
	const telling = 1<<lex.Speech | 1<<lex.SpeechNoun | 1<<lex.Trigger | 1<<lex.EventNoun
	if first == 0 || f.Tokens[first].Prep != 0 || f.Tokens[first-1].Tables&telling == 0 || f.verbal(first-1) {
		return nil
	}
	return f.parties(first, j)
}

// quoting reports whether words in quotation marks begin behind token j that go on at token i.
func (f *finder) quoting(j, i int) bool {
	if f.Tokens[j].Kind != ling.Mark || j+1 >= i {
		return false
	}
	q := f.QuoteOf(j)
	return q >= 0 && f.Quotes[q].Open == j && i < f.Quotes[q].Close
}
