package events

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// prospective gives the word by which the noun of g is only what somebody wishes, fears, allows,
// talks of or failed in («يسعى إلى إقناع الوزير», «خشية قصف المدينة», «لم يتمكن من زيارة
// المعتقل»); ok is false where nothing speaks against its having been done.
func (f *finder) prospective(g *deed) (at int, ok bool) {
	i := g.first
	sent := f.Sents[f.SentenceOf(i)].First
	if i == sent || g.shape != masdar && g.shape != noun || g.shape == noun && f.Tokens[i].Definite() || !f.governable(i) {
		return 0, false
	}
	links := 0 // prepositions behind token j
	if f.Tokens[i].Prep != 0 {
		links++
	}
	for j := i - 1; j >= max(sent, i-grip); j-- {
		t := &f.Tokens[j]
		if t.Kind == ling.Punct || !t.Definite() && (t.Is(lex.TimeConj) || t.Is(lex.Subord|lex.Rel|lex.While|lex.But|lex.Because) && !t.Is(lex.Prep)) {
			return 0, false
		}
		if _, _, named := f.Name(j); named {
			continue
		}
		doing := f.verbal(j)
		if i-j <= grasp && f.absent(j) || f.prospect(j, doing) && (doing || i-j <= grasp && links <= 1) {
			return j, true
		}
		if doing {
			return j, j > sent && f.denies(j-1) && !f.Tokens[i].Definite() && !f.telling(j)
		}
		if t.Prep != 0 || t.Is(lex.Prep) {
			links++
		}
	}
	return 0, false
}

// telling reports whether the verb at token j makes something known: who did not tell of a deed did
// not deny it.
func (f *finder) telling(j int) bool {
	s, ok := f.Tokens[j].Sense(lex.Speech)
	if !ok {
		return false
	}
	switch f.Lex.Speeches[s.Row].Class {
	case "say", "declare", "reveal", "report", "point":
		return true
	}
	return false
}

// foretold reports whether the noun of g is the subject or complement of a verb that looks ahead
// («سيعقد اجتماع»).
func (f *finder) foretold(g *deed) bool {
	i := g.first
	if g.shape != masdar && g.shape != noun || i == 0 || f.Tokens[i].Definite() || !f.governable(i) {
		return false
	}
	j := f.governing(g)
	if j < 0 || i-j > reach {
		return false
	}
	return f.Tokens[j].Fut || j > 0 && f.Tokens[j-1].Is(lex.Future)
}

// absent reports whether token j says that the noun behind it is not there («لا وجود لمفاوضات»).
func (f *finder) absent(j int) bool {
	if !f.denies(j) || !f.bareNoun(j+1) {
		return false
	}
	return !f.verbal(j+1) && f.Tokens[j+1].Class == 0 && !f.Tokens[j+1].Definite()
}

// grip and grasp are how far behind a verb and a noun of wish or fear stands what is wished or
// feared, in tokens.
const (
	grip  = 18
	grasp = 5
)

// prospect reports whether token j, a finite verb or not, is a verb or a noun of wish, fear,
// leave or talk.
func (f *finder) prospect(j int, doing bool) bool {
	found := false
	f.Tokens[j].Senses(lex.Prospect, func(s lex.Sense) bool {
		done := s.Form&lex.Imperfect != 0 && s.Form&lex.Feminine != 0 && f.Tokens[j].Vocab.POS&vocab.VerbPerfect != 0
		found = s.Form&lex.Verb != 0 == doing && !done // «تمكن من»: he did
		return !found
	})
	if found || doing {
		return found
	}
	_, found = f.shut(&f.Tokens[j]).Sense(lex.Prospect) // «رغبتها»
	return found
}

// governable reports whether the noun at token i can be the complement of a verb or noun before
// it, and does not tell when, where or how something happened («خلال زيارة», «في هجوم»).
func (f *finder) governable(i int) bool {
	p := &f.Tokens[i-1]
	if f.Tokens[i].Prep != 0 || !p.Is(lex.Prep|lex.TimeConj) || p.Definite() {
		return true
	}
	switch p.Base {
	case script.Ila, script.From, script.About, script.Ala:
		return true
	case script.Fi:
		return i > 1 && f.prospect(i-2, false)
	}
	return false
}

// mood gives the status that the imperfect at token i takes from the verb to which it is joined
// («سيزور العاصمة ويلتقي الرئيس», «نريد أن نجلس ونتفاوض»); ok is false where it stands for itself.
func (f *finder) mood(i, sent int) (status string, ok bool) {
	if f.Tokens[i].Conj == 0 {
		return "", false
	}
	for j := i - 1; j >= max(sent, i-arguments/2); j-- {
		t := &f.Tokens[j]
		if t.Is(lex.Subord|lex.Rel|lex.While|lex.But) && !t.Definite() {
			return "", false
		}
		v, finite := f.VerbAt(j)
		if !finite {
			continue
		}
		switch {
		case v.Tense != lex.Imperfect:
			return "", false
		case t.Fut || j > sent && f.Tokens[j-1].Is(lex.Future):
			return "planned", true
		case t.Prep == 'l', j > sent && (f.subjunctive(j-1) || f.Tokens[j-1].Is(lex.Qad) && !f.Tokens[j-1].Is(lex.Kana)):
			return "", true
		}
		return "", false
	}
	return "", false
}

// habitual reports whether g tells in the first person what the speakers do as a rule and do not
// do by saying so or now («نتعاون مع الجميع», but «ندين», «نتحدث معهم»).
func (g *deed) habitual() bool {
	if !g.spoken || g.tense != lex.Imperfect {
		return false
	}
	switch g.kind {
	case "ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "CONSULT":
		return false
	}
	return true
}

// menace reports whether g is what is a danger to somebody and no threat that anybody made
// («يرونه تهديدا كبيرا لهم», «ما يهدد الملاحة»).
func (f *finder) menace(g *deed) bool {
	if g.kind == "THREATEN" && g.shape == verb && !g.phrase && !g.spoken && g.tense == lex.Imperfect && g.has("subj_obj") && !f.Pronoun(g.first) {
		return g.last < len(f.Tokens) && f.Tokens[g.last].Base != script.From && !f.with(g) // «يحذر من»
	}
	return g.kind == "THREATEN" && g.shape == masdar && strings.HasSuffix(f.Tokens[g.first].Base, script.Alef) &&
		f.adjectives(g) < len(f.Tokens) && f.Preposition(f.adjectives(g)) == 'l'
}

// with reports whether the clause behind g tells with what it threatens («يهدد المدينة بالحصار»).
func (f *finder) with(g *deed) bool {
	for j := g.last; j < min(len(f.Tokens), g.last+arguments/2); j++ {
		t := &f.Tokens[j]
		if t.Prep == 'b' || t.Fold == script.Ba || t.Is(lex.Subord) && strings.HasPrefix(t.Fold, script.Ba) {
			return true
		}
		if t.Kind == ling.Punct {
			return false
		}
	}
	return false
}
