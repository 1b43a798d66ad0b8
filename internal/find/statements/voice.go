package statements

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// voice is somebody who speaks: the words that name him and what is known of him.
type voice struct {
	first, last int // tokens; none when empty
	entity      int // or isnad.None
	kind        isnad.SpeakerKind
	fem, plural bool
	verbal      bool // of a marker: with a verb, so it surely speaks
	implied     bool // of a marker: a pronoun
}

func (v voice) empty() bool { return v.first >= v.last }

// source gives the words of v.
func (f *finder) source(v voice) isnad.Source {
	s := isnad.Source{Entity: v.entity}
	if from, to := f.trim(v.first, v.last); from < to {
		s.Span = f.span(from, to)
	}
	return s
}

// voice makes a speaker of a noun phrase and the name of a person that it says, if any.
func (f *finder) voice(np, person [2]int, verb ling.Verb) voice {
	v := voice{first: np[0], last: np[1], entity: isnad.None, fem: verb.Feminine, plural: verb.Plural || verb.Dual || f.several(np)}
	if verb == (ling.Verb{}) {
		v.fem = f.feminine(np)
	}
	if some(person) {
		k, _, _ := f.Name(person[0])
		v.first, v.last, v.entity, v.kind = person[0], person[1], f.names[k].Entity, isnad.Named
		v.plural = false
		return v
	}
	if k, ok := f.nameOf(np); ok {
		v.entity, v.kind = f.names[k].Entity, isnad.Body
		if f.names[k].Kind == isnad.Person {
			v.kind = isnad.Named
		}
		return v
	}
	if e, ok := f.vesselOwner(np); ok {
		v.entity, v.kind = e, isnad.Body
		return v
	}
	v.kind = f.kind(np)
	if e, ok := f.roles.find(f, np); ok {
		v.entity = e
		if e != isnad.None && f.entities[e].Kind == isnad.Person {
			v.kind = isnad.Role
		} else if e != isnad.None {
			v.kind = isnad.Body
		}
	}
	f.roles.note(f, np, v.entity)
	return v
}

// vesselOwner gives the medium whose the definite vessel of words np is, when it was the
// last to speak: «التقرير» of the paper.
func (f *finder) vesselOwner(np [2]int) (int, bool) {
	t := &f.Tokens[np[0]]
	s, ok := t.Sense(lex.SpeechNoun)
	if !ok || !t.Definite() || np[1] != np[0]+1 || f.Lex.SpeechNouns[s.Row].Class != "statement" {
		return isnad.None, false
	}
	for i := len(f.voices) - 1; i >= max(0, len(f.voices)-3); i-- {
		if v := f.voices[i]; v.entity != isnad.None && f.medium(v) {
			return v.entity, true
		}
	}
	return isnad.None, false
}

// personIn gives the name of a person in the noun phrase [first, last) whom the phrase
// is about: not one that its head belongs to («مكتب فلان»).
func (f *finder) personIn(first, last int) [2]int {
	for i := first; i < last; i++ {
		k, end, ok := f.Name(i)
		if !ok {
			continue
		}
		if f.names[k].Kind == isnad.Person && (i == first || f.complete(first, i-1)) {
			return [2]int{i, end}
		}
		i = end - 1
	}
	return [2]int{}
}

// complete reports whether the title that ends at token i is definite by itself, so that
// a name behind it names its bearer.
func (f *finder) complete(first, i int) bool {
	t := &f.Tokens[i]
	if _, _, ok := f.Name(i); ok && i > first || t.Definite() || strings.HasPrefix(t.Base, script.Al) && t.Hamza == ling.Bare || t.Kind != ling.Word {
		return true
	}
	s, ok := t.Sense(lex.Title)
	return ok && f.Lex.Titles[s.Row].Class != "office" && f.Lex.Titles[s.Row].Class != "kin"
}

// nameOf gives the name of a body that the noun phrase is: at its head, or behind a word
// that only says its kind («صحيفة كذا»).
func (f *finder) nameOf(np [2]int) (int, bool) {
	i := np[0]
	for i < np[1] && (f.Tokens[i].Kind != ling.Word || f.Tokens[i].Is(lex.Demo)) {
		i++
	}
	if i < np[1] {
		if k, _, ok := f.Name(i); ok {
			return k, true
		}
	}
	if i >= np[1] || !f.says(i) {
		return 0, false
	}
	for j := i + 1; j < np[1]; j++ {
		if k, _, ok := f.Name(j); ok {
			return k, f.names[k].Kind == isnad.Organization || f.names[k].Kind == isnad.Other
		}
		if f.Tokens[j].Kind == ling.Word && f.Tokens[j].Vocab.POS&vocab.Adj == 0 && !f.says(j) {
			break
		}
	}
	return 0, false
}

// says reports a word that says what kind of body a name is.
func (f *finder) says(i int) bool {
	t := &f.Tokens[i]
	s, ok := t.Sense(lex.Head)
	if ok && f.Lex.Heads[s.Row].Part != "nation" {
		return true
	}
	_, noun := t.Sense(lex.SpeechNoun)
	return noun && !t.Tables.Has(lex.Title)
}

// kind tells how a speaker without a name is known.
func (f *finder) kind(np [2]int) isnad.SpeakerKind {
	t := &f.Tokens[np[0]]
	if s, ok := t.Sense(lex.Title); ok {
		if f.Lex.Titles[s.Row].Kind != "anonymous" && !f.several(np) {
			return isnad.Role
		}
		return isnad.Anonymous
	}
	if s, ok := t.Sense(lex.SpeechNoun); ok && f.Lex.SpeechNouns[s.Row].Class == "source" {
		return isnad.Anonymous
	}
	if t.Is(lex.Quantifier) || f.several(np) && !t.Tables.Has(lex.Head) {
		return isnad.Anonymous
	}
	return isnad.Body
}

// several reports whether the head of a noun phrase is a plural or dual of people.
func (f *finder) several(np [2]int) bool {
	if !some(np) {
		return false
	}
	t := &f.Tokens[np[0]]
	if t.Is(lex.Quantifier) {
		return true
	}
	for _, table := range [...]lex.Table{lex.Title, lex.SpeechNoun, lex.Speech, lex.Unit} {
		if s, ok := t.Sense(table); ok && s.Form&(lex.Plural|lex.Dual) != 0 && s.Form&lex.Feminine == 0 {
			return true
		}
	}
	return t.Tables.Has(lex.People)
}

// feminine guesses the gender of a noun phrase by its head.
func (f *finder) feminine(np [2]int) bool {
	t := &f.Tokens[np[0]]
	if k, _, ok := f.Name(np[0]); ok && f.names[k].Kind == isnad.Place {
		return true
	}
	n := len(t.Base)
	return strings.HasSuffix(t.Base, script.Ha) && n > 4 || strings.HasSuffix(t.Base, script.At) && n > 8
}

// agent reports whether the noun phrase [first, last) is somebody or something that can
// speak: a name, a title, a source, a body, a vessel of words.
func (f *finder) agent(first, last int) bool {
	if first >= last {
		return false
	}
	for i := first; i < last; i++ {
		if k, _, ok := f.Name(i); ok && (i == first || f.names[k].Kind != isnad.Place) {
			return true
		}
	}
	t := &f.Tokens[first]
	for t.Is(lex.Quantifier|lex.Demo) && first+1 < last {
		first++
		t = &f.Tokens[first]
	}
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "person" {
		return true
	}
	if s, ok := t.Sense(lex.SpeechNoun); ok && f.Lex.SpeechNouns[s.Row].Class != "claim" {
		return true
	}
	if p, s, ok := f.PhraseOf(first, lex.SpeechNoun); ok && p.Last <= last && f.Lex.SpeechNouns[s.Row].Class == "source" {
		return true // «وسائل الإعلام»
	}
	return t.Tables&(lex.In(lex.Title, lex.Head, lex.People)) != 0
}

// same reports whether two voices are one.
func (f *finder) same(a, b voice) bool {
	return a.entity != isnad.None && a.entity == b.entity || a.first == b.first && a.last == b.last && !a.empty()
}

// remembered is how many speakers are searched for one that agrees with a verb.
const remembered = 6

// speak notes that v spoke, for what follows without a subject.
func (f *finder) speak(v voice) { f.voices = append(f.voices, v) }

// carry gives the speaker who goes on with a verb that has no subject: the last one that
// agrees with it, else the last.
func (f *finder) carry(verb ling.Verb) (voice, bool) {
	n := len(f.voices)
	for i := n - 1; i >= max(0, n-remembered); i-- {
		v := f.voices[i]
		if verb.Plural && v.plural || !verb.Plural && v.fem == verb.Feminine {
			return v, true
		}
	}
	if n == 0 {
		return voice{entity: isnad.None}, false
	}
	return f.voices[n-1], true
}
