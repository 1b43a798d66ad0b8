package isnad

import (
	"context"
	"iter"
)

// Moving takes everything that a library keeps into another, whatever store either has.
type Moving interface {
	// Dump gives everything that is kept, as of one moment and in a fixed order, part after
	// part; what a part rests on comes before it. It begins behind a place that an earlier
	// part named; empty stands for the beginning.
	Dump(ctx context.Context, after string) iter.Seq2[Part, error]
	// Load keeps parts as they are, with their times and marks, all or nothing. A part that
	// is there already is put in its own place. Nobody else may write meanwhile.
	Load(ctx context.Context, parts []Part) error
}

// Part is something that a library keeps. One of its fields is set, and Place.
type Part struct {
	Place string // behind it Dump goes on

	Thing      *Thing // id, kind, country, and the name that it was given by hand
	Merge      *Moved // a thing that is another, by hand
	Split      *Split // a thing that is another in an article, by hand
	Correction *Logged[Correction]
	Article    *Shelved
	Settlement *Settled
	Story      *Story
	Moved      *Moved // a story that is no more
	Left       *Day   // a day that articles left, and that waits to be joined
	Feed       *Feed
	Page       *Page
	Bookmark   *Mark
	Paper      *Paper
	Act        *Logged[Act]
}

// Logged is an entry of a log with its number there.
type Logged[T any] struct {
	Number int64
	Entry  T
}

// Split says that a thing is another in an article.
type Split struct{ Article, From, To string }

// Mark is how far a pouring got.
type Mark struct{ Name, Position string }

// Shelved is an article with all that a library knows of it.
type Shelved struct {
	Holding            // its story is told by the stories
	Captures []Capture // all comings, in the order in which they came
	Known    []string  // the keys of its entities as joining knows them
	Place    int64     // in the order of keeping
	Waits    int64     // the mark of its sketch while it waits to be joined; else 0
}

// Settled is a settlement with the words of its commitment, which it is tied to.
type Settled struct {
	Settlement  // Index is -1 when the article has no such commitment now
	Words, What string
}
