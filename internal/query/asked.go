package query

import (
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// asked is the words of the language of queries, folded.
type asked struct {
	fields map[string]string // what stands before a colon → a field
	events map[string]string // → a PLOVER type
	names  []string          // of fields, as they are told to people
	types  []string
	months map[string]int // names of months, their words one space apart
}

func askedWords(l *lex.Lexicon) asked {
	a := asked{fields: map[string]string{}, events: map[string]string{}, months: map[string]int{}}
	for _, r := range l.Searches {
		words, told := a.fields, &a.names
		if r.Class == "event" {
			words, told = a.events, &a.types
		}
		*told = append(*told, r.Value)
		for _, w := range append(slices.Clone(r.Words), r.Value) {
			f := script.Fold(w)
			words[f] = r.Value
			if first, _ := classify(f); first == arabic {
				words[script.Al+f] = r.Value
			}
		}
	}
	for _, m := range l.Months {
		if m.Calendar == "gregorian" {
			a.months[strings.Join(strings.Fields(script.Fold(m.Name)), " ")] = m.Number
		}
	}
	return a
}
