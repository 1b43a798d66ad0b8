package score

import (
	"fmt"

	"github.com/isnad-project/isnad"
)

// Count is how many findings were marked, how many the reader gave, and how many of those
// are right.
type Count struct{ Right, Marked, Given int }

// Precision is the share of the given that is right.
func (c Count) Precision() float64 { return share(c.Right, c.Given) }

// Recall is the share of the marked that was found.
func (c Count) Recall() float64 { return share(c.Right, c.Marked) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Kind is a figure: a kind of finding and how strictly it is compared.
type Kind string

// The figures, in the order they are shown.
const (
	Text             Kind = "text"
	Names            Kind = "names"
	NamesLoose       Kind = "names.loose"
	Entities         Kind = "entities"
	TimesFound       Kind = "times.found"
	Times            Kind = "times"
	Quantities       Kind = "quantities"
	StatementsFound  Kind = "statements.found"
	Statements       Kind = "statements"
	Chain            Kind = "statements.chain"
	Events           Kind = "events"
	Actors           Kind = "events.actors"
	CommitmentsFound Kind = "commitments.found"
	Commitments      Kind = "commitments"
)

// Kinds lists every figure in order.
func Kinds() []Kind {
	return []Kind{
		Text, Names, NamesLoose, Entities, TimesFound, Times, Quantities, StatementsFound, Statements, Chain,
		Events, Actors, CommitmentsFound, Commitments,
	}
}

// Main lists the figures whose mean is the overall figure; their findings carry a confidence.
func Main() []Kind { return []Kind{Names, Times, Quantities, Statements, Events, Commitments} }

// Miss is a difference between the truth and a record.
type Miss struct {
	Article string
	Lacking bool       // marked and not given, else given and not marked
	Span    isnad.Span // in Text
	Text    string     // the text it stands in: the marked body or the record's
	About   string     // the finding in words
}

// Given is one finding of a record with what became of it.
type Given struct {
	Trust isnad.Trust
	Right bool
}

// Sheet is the sum of many comparisons. The zero Sheet is ready.
type Sheet struct {
	counts map[Kind]*Count
	given  map[Kind][]Given
	misses map[Kind][]Miss
}

// Count gives the figure of a kind.
func (s *Sheet) Count(k Kind) Count {
	if c := s.counts[k]; c != nil {
		return *c
	}
	return Count{}
}

// Given lists the findings of a main kind, in reading order.
func (s *Sheet) Given(k Kind) []Given { return s.given[k] }

// Misses lists the differences of a kind, in reading order.
func (s *Sheet) Misses(k Kind) []Miss { return s.misses[k] }

// Mean is the mean F1 of the main kinds.
func (s *Sheet) Mean() float64 {
	sum := 0.0
	for _, k := range Main() {
		sum += s.Count(k).F1()
	}
	return sum / float64(len(Main()))
}

func (s *Sheet) count(k Kind) *Count {
	if s.counts == nil {
		s.counts, s.given, s.misses = map[Kind]*Count{}, map[Kind][]Given{}, map[Kind][]Miss{}
	}
	c := s.counts[k]
	if c == nil {
		c = &Count{}
		s.counts[k] = c
	}
	return c
}

// String is the figure as one line.
func (c Count) String() string {
	return fmt.Sprintf("%6.3f %6.3f %6.3f %7d %7d", c.Precision(), c.Recall(), c.F1(), c.Marked, c.Given)
}
