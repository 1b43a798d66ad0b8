package commitments

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// himself reports whether the verb at token i has a pronoun before it that means the
// speaker of statement k: «إنه» where his words begin, or joined to them by «و».
func (f *finder) himself(i, k int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		t := &f.Tokens[j]
		if t.Is(lex.Qad|lex.Future) || t.Kind == ling.Mark || f.denies(j) {
			continue
		}
		if t.Is(lex.Subord) && (strings.HasSuffix(t.Fold, script.Na) || strings.HasSuffix(t.Fold, script.Nun+script.Ya)) && len(t.Base) > len(script.Alef+script.Nun+script.Ya)-1 {
			return true // «إننا», «إني»
		}
		if !t.Is(lex.Subord) || t.Is(lex.But) || !strings.HasSuffix(t.Fold, script.Ha) && !strings.HasSuffix(t.Fold, script.Hna) {
			return false
		}
		return t.Conj == 'w' || f.opens(j, k)
	}
	return false
}

// warned reports whether statement k warns somebody named: a pronoun in it means him.
func (f *finder) warned(k int) bool {
	s := &f.statements[k]
	if s.To.Empty() || s.Cue.Empty() {
		return false
	}
	c, ok := f.Tokens[f.tokenAt(s.Cue.Start)].Sense(lex.Speech)
	return ok && (f.Lex.Speeches[c.Row].Class == "warn" || f.Lex.Speeches[c.Row].Class == "threaten")
}

// opens reports whether the content of statement k begins at token j, right before it or
// right behind it, marks of quotation aside.
func (f *finder) opens(j, k int) bool {
	first := f.tokenAt(f.statements[k].Content.Start)
	for first > j+1 && f.Tokens[first-1].Kind == ling.Mark {
		first--
	}
	return first >= j-1 && first <= j+1
}

// sided reports whether entity e can be of the side of the speaker of statement k.
func (f *finder) sided(k, e int) bool {
	of, person := &f.entities[e], f.entities[e].Kind == isnad.Person
	who := f.statements[k].Speaker.Entity
	if who < 0 {
		return !person || f.statements[k].SpeakerKind == isnad.Body
	}
	s := &f.entities[who]
	if s.Kind == isnad.Person && person {
		return s.Country != "" && s.Country == of.Country && of.Role != "" && s.Role != ""
	}
	return of.Country == "" || s.Country == "" || of.Country == s.Country
}

// others leaves out those of whom somebody else speaks: another's person, another state
// or its bodies. That is a forecast, unless one of his own side is with them.
func (f *finder) others(k int, by []isnad.Source) []isnad.Source {
	who := &f.statements[k].Speaker
	for _, s := range by {
		if s.Entity == isnad.None || s.Entity == who.Entity || f.sided(k, s.Entity) {
			return by
		}
	}
	return nil
}

// side reports whether the noun at token i, which is somebody's own, is his side, for which
// he speaks: his state or body, not «his career».
func (f *finder) side(i int) bool {
	t := &f.Tokens[i]
	if s, ok := t.Sense(lex.Head); ok {
		return f.Lex.Heads[s.Row].Kind == "org"
	}
	return f.party(t)
}

// owned reports whether the noun at token i is somebody's own («بلاده»). A ه on the end is
// a pronoun where the text does not write ة.
func (f *finder) owned(i int) bool {
	t := &f.Tokens[i]
	return t.Pron || t.Class == 0 && !t.Definite() && strings.HasSuffix(f.Text[t.Start:t.End], script.Ha)
}

// binding reports whether the speaker of statement k can bind himself or his side: a
// body, a state or an officer, not an observer.
func (f *finder) binding(k int) bool {
	s := &f.statements[k].Speaker
	if s.Entity >= 0 {
		return true
	}
	for i := f.tokenAt(s.Start); i < len(f.Tokens) && int(f.Tokens[i].Start) < s.End; i++ {
		if t, ok := f.Tokens[i].Sense(lex.Title); ok {
			row := &f.Lex.Titles[t.Row]
			return row.Class == "office" || row.Class == "rank"
		}
	}
	return true
}

func (f *finder) speaker(k int) []isnad.Source {
	if s := f.statements[k].Speaker; s.Entity >= 0 || !s.Empty() {
		return []isnad.Source{s}
	}
	return nil
}

// fronted reports whether the one who does the verb at token i stands before it: then a
// noun behind it is the deed («الشركة تعتزم الانسحاب»). Of what was done the noun may be
// all there was («قررت التأجيل»).
func (f *finder) fronted(i int) bool {
	if v, finite := f.VerbAt(i); !finite || v.Tense != lex.Imperfect {
		return false
	}
	first, _, ok := f.SubjectBefore(i)
	return ok && f.able(first)
}
