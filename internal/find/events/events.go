// Package events finds what one political actor did to or with another, in the terms of
// PLOVER (Political Language Ontology for Verifiable Event Records, 2021).
//
// A deed is a trigger of the lexicon, a verb, participle or noun, with its parties read
// from where the trigger's pattern says they stand. The package knows clauses and
// parties; which words are triggers, and of which type, it does not know.
package events

import (
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// Find gives the events of d in text order. Published is the day the article was
// published (YYYY-MM-DD), empty when unknown: then nothing counts as long past.
func Find(d *ling.Doc, published string, names []isnad.Name, entities []isnad.Entity, times []isnad.Time, statements []isnad.Statement) []isnad.Event {
	f := newFinder(d, published, names, entities, times, statements)
	if f.sport() {
		return nil
	}
	var found []isnad.Event
	for i := 0; i < len(d.Tokens); {
		g, ok := f.trigger(i)
		if !ok {
			i++
			continue
		}
		if e, ok := f.event(&g); ok {
			found = append(found, e)
		}
		f.used = max(f.used, g.tail)
		i = max(g.last, i+1)
	}
	oppose(found, f.given)
	f.fight(found)
	f.prosecute(found)
	return found
}

// finder is one search through one document.
type finder struct {
	*ling.Chunks
	names      []isnad.Name
	entities   []isnad.Entity
	times      []isnad.Time
	statements []isnad.Statement
	known      []*lex.Word    // what the lexicon knows under the name of each entity
	sides      []string       // party of each entity: a state's code or the entity's name
	lands      []land         // where a state is named, in text order
	bodies     []land         // where a body or officer of a state is told with its state
	pacts      []int          // where an agreement is told of
	said       map[string]int // how often each state is named
	groups     []group        // organizations by the word that their names begin with
	home       string         // the state the article speaks of most
	settled    bool           // home is named in a third of the cases or more
	old        string         // last day that is long past, or empty
	given      []deed         // deeds given so far
	stated     []int32        // for each token its innermost statement, or isnad.None; made when asked
	arms       []int8         // for each sentence its weapons plus 1, at most 3, or 0 unknown
	used       int            // the token after the tail of the last phrase
	timeAt     int            // first time that does not end before the present trigger
}

func newFinder(d *ling.Doc, published string, names []isnad.Name, entities []isnad.Entity, times []isnad.Time, statements []isnad.Statement) *finder {
	f := &finder{Chunks: d.Chunks(names), names: names, entities: entities, times: times, statements: statements}
	f.sides, f.known = make([]string, len(entities)), make([]*lex.Word, len(entities))
	for i := range entities {
		f.known[i] = f.word(entities[i].Name)
		f.sides[i] = f.side(&entities[i], f.known[i])
	}
	f.offices()
	f.survey()
	f.house()
	f.enroll()
	if day, err := time.Parse(time.DateOnly, published); err == nil {
		f.old = day.AddDate(-1, 0, 0).Format(time.DateOnly)
	}
	return f
}

// clubs is how many mentions of sports clubs make an article one on sport; playing and dense are
// how many words of sport at least, and one in how many.
const (
	clubs   = 3
	playing = 6
	dense   = 45
)

// sport reports whether the article is on sport, whose attacks, threats and agreements are
// no deeds of political actors.
func (f *finder) sport() bool {
	count, words := 0, 0
	of := make([]bool, len(f.entities))
	for i := range f.entities {
		s, ok := f.known[i].Sense(lex.Org)
		of[i] = ok && f.entities[i].Kind == isnad.Organization && f.Lex.Orgs[s.Row].Class == "club"
	}
	for i := range f.names {
		if e := f.names[i].Entity; e >= 0 && of[e] {
			count++
		}
	}
	for i := range f.Tokens {
		if f.Tokens[i].Tables.Has(lex.Sport) {
			words++
		}
	}
	return count >= clubs || words >= playing && words*dense >= len(f.Tokens)
}
