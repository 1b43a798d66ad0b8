package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// where is how far behind its trigger the place of a deed may stand, in tokens.
const where = 14

// scenery gives the place at which the text says that g was done: the first that stands after «في»
// or «ب» in the clause behind the trigger, with nothing between that opens another clause
// or deed. A place that is a side of the deed is not where it was done.
func (f *finder) scenery(g *deed) string {
	end := min(f.clauseEnd(g.tail), g.tail+where)
	for j := g.tail; j < end; j++ {
		t := &f.Tokens[j]
		if j > g.tail && t.Tables&(1<<lex.Trigger|1<<lex.EventNoun) != 0 && t.Prep == 0 {
			if _, _, named := f.Name(j); !named {
				return "" // what is told of next may have another place
			}
		}
		at := -1
		switch {
		case t.Base == script.Fi && t.Is(lex.Prep):
			at = j + 1
		case f.Preposition(j) == 'b' && !g.has("subj_bi"):
			at = j
		}
		if at < 0 {
			continue
		}
		if name := f.spot(at, end); name != "" {
			return name
		}
	}
	return ""
}

// ground gives the state on whose ground g was done: that of the first place named in the clause
// behind its trigger.
func (f *finder) ground(g *deed) string {
	end := min(f.clauseEnd(g.tail), g.tail+where)
	for j := g.tail; j < end; j++ {
		n, _, ok := f.Name(j)
		if ok && f.names[n].Kind == isnad.Place && f.names[n].Entity >= 0 {
			if code := f.entities[f.names[n].Entity].Country; code != "" {
				return code
			}
		}
	}
	return ""
}

// spot gives the name of the place that stands at token i, with the word for its kind before
// it or without («في العاصمة أنقرة», «في أنقرة»).
func (f *finder) spot(i, end int) string {
	if e := f.spotted(i, end); e >= 0 {
		return f.entities[e].Name
	}
	return ""
}

// spotted gives the entity of the place that stands at token i, or -1.
func (f *finder) spotted(i, end int) int {
	for j := i; j < end && j < i+3; j++ {
		n, _, ok := f.Name(j)
		if ok {
			if f.names[n].Kind != isnad.Place {
				return -1
			}
			return f.names[n].Entity
		}
		s, head := f.Tokens[j].Sense(lex.Head)
		unit, group := f.Tokens[j].Sense(lex.Unit)
		if !(head && f.Lex.Heads[s.Row].Kind == "place" || group && f.Lex.Units[unit.Row].Class == "group" || f.Tokens[j].Kind != ling.Word && f.Tokens[j].Fold == "#") {
			return -1
		}
	}
	return -1
}
