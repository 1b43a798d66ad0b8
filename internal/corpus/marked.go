// Package corpus knows articles marked by hand: how they are written down, and how a
// record differs from them. Findings stand there in words, not offsets, so that a person
// can read and mend them. It must not know how a record is made.
package corpus

import "github.com/isnad-project/isnad"

// Marked is an article with the truth about it, as a person marked it. Findings stand in
// text order within their kind.
type Marked struct {
	Article isnad.Article // as it is given to a reader, page debris included
	Body    string        // the article's own words: paragraphs joined by a blank line

	Cuts        []isnad.Cut
	Names       []Name
	Times       []Time
	Quantities  []Quantity
	Statements  []Statement
	Events      []Event
	Commitments []Commitment

	// Asked are further facts that the record must hold, as lines in their written form.
	// What it holds beyond them is no fault.
	Asked []string
}

// Name is a mention of an entity by name.
type Name struct {
	Text, Kind string
	Entity     string // the entity's name
}

// Time is a time expression with its TIMEX3 type, value and modifier.
type Time struct{ Text, Type, Value, Mod string }

// Quantity is a number with what it counts; Max is 0 when it is no range.
type Quantity struct {
	Text, Unit, Mod string
	Value, Max      float64
}

// Party is a speaker, a passer-on or a holder: by words, by the name of its entity, or both.
type Party struct{ Words, Entity string }

// Name is the entity's name where there is one, else the words.
func (p Party) Name() string {
	if p.Entity != "" {
		return p.Entity
	}
	return p.Words
}

// Statement is a stretch attributed to a speaker.
type Statement struct {
	Kind    string // named, role, body, anonymous, implied
	Speaker Party
	Via     []Party // nearest the speaker first
	Direct  bool
	Content string
}

// Event is a deed in PLOVER's terms.
type Event struct {
	Type, Trigger      string
	Actors, Recipients []string
	Date, Status       string
}

// Commitment is an undertaking.
type Commitment struct {
	By               []Party
	What, Due, Basis string
}
