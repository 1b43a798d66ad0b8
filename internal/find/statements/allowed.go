package statements

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// publishes reports a word for a body that passes on words: «صحيفة», «وكالة».
func (f *finder) publishes(i int) bool {
	t := &f.Tokens[i]
	s, ok := t.Sense(lex.Head)
	_, noun := t.Sense(lex.SpeechNoun)
	return noun || ok && f.Lex.Heads[s.Row].Kind == "org" && (f.Lex.Heads[s.Row].Part == "out" || f.Lex.Heads[s.Row].Part == "called")
}

// allowed reports whether what the frame gives as said can be: a vessel of words is not
// its own content, and refusing a thing is not speaking unless it is a claim.
func (f *finder) allowed(c cue, fr frame) bool {
	if c.class == "reject" && fr.how == that && strings.HasPrefix(f.Tokens[fr.introduction].Base, script.Ba) {
		return false // «رفض تكهنات بأن»: what others say
	}
	if c.class == "reject" && (fr.how == colon || fr.how == quoted) {
		return false
	}
	if c.pron && (fr.how == that && c.class == "declare" || fr.how == object && c.class != "think") {
		return false // «تقرير نشرته، أن»: it has its object
	}
	switch fr.how {
	case governed, object, described:
	default:
		return true
	}
	t := &f.Tokens[fr.content]
	s, ok := t.Sense(lex.SpeechNoun)
	if ok && f.Lex.SpeechNouns[s.Row].Class == "statement" && c.class != "describe" && !f.does(c, fr) {
		return false
	}
	if c.class == "reject" {
		noun, _ := f.speech(fr.content, lex.VerbalNoun)
		return ok && (noun.class == "accuse" || noun.class == "say")
	}
	if fr.how == object {
		return f.sayable(c, fr)
	}
	return true
}

// does reports whether what seems a vessel of words is rather the deed it is named for,
// with what is done behind it: «أعلن عن تحقيق تقدم».
func (f *finder) does(c cue, fr frame) bool {
	i := fr.content
	if i+1 >= f.last || f.Tokens[i].Definite() || f.Tokens[i].Pron {
		return false
	}
	n := &f.Tokens[i+1]
	about := fr.how == governed && (c.class == "say" || c.class == "declare")
	return f.deed(i) && n.Kind == ling.Word && (about || !n.Definite()) && n.Conj == 0 && n.Prep == 0 && n.Class == 0 && n.Vocab.POS&vocab.Noun != 0 && n.Vocab.POS&vocab.Adj == 0
}

// sayable reports whether a noun phrase can be what a verb says: a deed or thing, not a
// number, and for what is declared not a thing with its adjective («الإنذار الأحمر»).
func (f *finder) sayable(c cue, fr frame) bool {
	i := fr.content
	t := &f.Tokens[i]
	switch {
	case f.mark(i):
		return true
	case f.Pronoun(i) && t.Vocab.POS != 0 && t.Vocab.POS&^vocab.Verb == 0:
		return false // a clause on what was before: «نقلتها»
	case t.Is(lex.Demo) && strings.HasPrefix(t.Base, script.Ba):
		return false // «مؤكدا بذلك»
	case t.Kind == ling.Number && (c.class == "think" || f.NounPhrase(i) == i+1):
		return false
	case c.class == "think" && some(fr.subject) && !f.agent(fr.subject[0], fr.subject[1]):
		return false
	case c.class == "cite":
		return some(fr.subject) && (f.publishes(fr.subject[0]) || f.medium(voice{first: fr.subject[0], last: fr.subject[1]})) && !t.Tables.Has(lex.SpeechNoun)
	case c.class == "declare" && t.Definite() && i+1 < f.last:
		n := &f.Tokens[i+1]
		return !n.Definite() || n.Vocab.POS&vocab.Adj == 0 || f.verbalNoun(i)
	}
	return true
}

// governors are the prepositions behind which verbs of a class have what they say, when
// it is no clause.
var governors = map[string]lex.Pattern{
	"say": lex.WithBi | lex.WithAbout, "declare": lex.WithAbout | lex.WithBi, "confirm": lex.WithBi | lex.WithAla,
	"warn": lex.WithMin | lex.WithIla, "accuse": lex.WithBi | lex.WithAla | lex.WithIla, "demand": lex.WithBi | lex.WithAla, "call": lex.WithIla | lex.WithBi | lex.WithAla,
	"threaten": lex.WithBi, "promise": lex.WithBi, "condemn": lex.WithBi | lex.WithMin, "welcome": lex.WithBi, "report": lex.WithBi | lex.WithAbout,
	"point": lex.WithIla, "think": lex.WithIla, "express": lex.WithAbout | lex.WithBi, "reveal": lex.WithAbout, "deny": lex.WithBi,
	"describe": lex.WithBi, "add": lex.WithBi,
}

func governs(class string, p lex.Pattern) bool { return governors[class]&p != 0 }

// participleObjects are the classes of participles whose object is what they say.
var participleObjects = map[string]bool{"confirm": true, "deny": true, "reject": true, "declare": true, "condemn": true, "warn": true}

// document reports whether a voice is a vessel of words.
func (f *finder) document(v voice) bool {
	if v.empty() || v.entity != isnad.None {
		return false
	}
	s, ok := f.Tokens[v.first].Sense(lex.SpeechNoun)
	return ok && f.Lex.SpeechNouns[s.Row].Class == "statement"
}

// medium reports whether a voice is a paper, channel or agency.
func (f *finder) medium(v voice) bool {
	if v.empty() {
		return false
	}
	if f.mark(v.first) || v.first > 0 && f.mark(v.first-1) {
		return true
	}
	for i := v.first; i < v.last; i++ {
		if s, ok := f.Tokens[i].Sense(lex.Org); ok && (f.Lex.Orgs[s.Row].Class == "media" || f.Lex.Orgs[s.Row].Class == "agency") {
			return true
		}
	}
	p, s, ok := f.PhraseOf(v.first, lex.Org)
	return ok && p.Last > p.First && (f.Lex.Orgs[s.Row].Class == "media" || f.Lex.Orgs[s.Row].Class == "agency")
}

// rule names the rule by its cue and what introduces the words said.
func rule(cue string, how how) string {
	return cue + [...]string{"", "-that", "-colon", "-quote", "-governed", "-object", "-describe"}[how]
}

// trust is the share of the rule's findings that was right on marked articles, content,
// speaker and chain, a little lowered for articles of other outlets.
func trust(cue string, how how) float64 {
	switch {
	case how == that || how == colon || how == quoted:
		if cue == "verb" {
			return 0.95
		}
		return 0.9
	case how == governed && cue == "verb", how == described:
		return 0.9
	case how == object && cue == "verb":
		return 0.75
	}
	return 0.7
}
