package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// side gives the party that entity e, of whose name the lexicon knows w, stands for: the code of its state when it acts for
// a state, else its own name; nothing for a treaty, war or work.
func (f *finder) side(e *isnad.Entity, w *lex.Word) string {
	switch {
	case e.Kind == isnad.Other:
		return ""
	case e.Kind != isnad.Person && e.Country == "" && f.kindred(e.Name) != "", e.Kind == isnad.Organization && f.kindred(e.Name) != "":
		return f.kindred(e.Name)
	case e.Country == "" && e.Kind == isnad.Place && !f.union(w):
		return ""
	case e.Country == "":
		return e.Name
	}
	switch e.Kind {
	case isnad.Place:
		return e.Country
	case isnad.Organization:
		if f.ofState(e.Name, w) {
			return e.Country
		}
	case isnad.Person:
		if f.office(e, w) {
			return e.Country
		}
	}
	return e.Name
}

// union reports whether the place that the lexicon knows under w is a part of the world, which
// may act as one («الغرب»); a town whose state nobody tells acts for nobody.
func (f *finder) union(w *lex.Word) bool {
	s, ok := w.Sense(lex.Place)
	return ok && f.Lex.Places[s.Row].Class == "region"
}

// kindred gives the body that acts for those whom a name of one word means by their
// adjective («الحوثي», «الحوثيين»), or nothing.
func (f *finder) kindred(name string) string {
	if strings.Contains(name, " ") {
		return ""
	}
	fold := script.Fold(name)
	for _, form := range [...]string{fold, strings.TrimPrefix(fold, script.Al)} {
		w := f.Lex.Word(form)
		if w == nil {
			continue
		}
		for _, s := range w.Senses {
			if s.Table == lex.Demonym && f.Lex.Demonyms[s.Row].Code != "" {
				return f.Lex.Demonyms[s.Row].Code
			}
		}
	}
	return ""
}

// ofState reports whether the organization called name is a body of a state: by its row,
// or, where it has none, by having a state at all.
func (f *finder) ofState(name string, w *lex.Word) bool {
	if s, ok := w.Sense(lex.Org); ok {
		switch f.Lex.Orgs[s.Row].Class {
		case "government", "ministry", "security", "court":
			return true
		case "armed":
			return f.forces(name)
		}
		return false
	}
	return true
}

// forces reports whether a name is that of a state's forces: it begins with the article
// and holds the state's adjective («القوات اليمنية المشتركة»).
func (f *finder) forces(name string) bool {
	fold := script.Fold(name)
	if !strings.HasPrefix(fold, script.Al) {
		return false
	}
	for _, word := range strings.Fields(fold) {
		if _, ok := f.Lex.Word(strings.TrimPrefix(word, script.Al)).Sense(lex.Nation); ok {
			return true
		}
	}
	return false
}

// office reports whether e is a person who acts for a state, by the role that the
// lexicon or the article gives.
func (f *finder) office(e *isnad.Entity, w *lex.Word) bool {
	for _, table := range [...]lex.Table{lex.Person, lex.Short} {
		if s, ok := w.Sense(table); ok {
			return f.official(f.Lex.Persons[s.Row].Role)
		}
	}
	return f.official(e.Role)
}

// official reports whether a role is the title of an office or rank and no more: the
// leader of a party or group has its name beside his title.
func (f *finder) official(role string) bool {
	w := f.word(strings.TrimPrefix(script.Fold(role), script.Al))
	s, ok := w.Sense(lex.Title)
	if !ok {
		return false
	}
	class := f.Lex.Titles[s.Row].Class
	return class == "office" || class == "rank"
}

// word gives what the lexicon knows under a name of one word or several.
func (f *finder) word(name string) *lex.Word {
	var w *lex.Word
	for i, part := range strings.Fields(script.Fold(name)) {
		if i == 0 {
			w = f.Lex.Word(part)
		} else {
			w = w.Next(part)
		}
	}
	return w
}
