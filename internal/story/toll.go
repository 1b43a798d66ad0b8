package story

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// tolls knows by its folded form what became of those counted.
type tolls struct {
	forms map[string]string // form → toll
	sides map[string]string // dictionary form of what is counted → armed, civil, tally, term
	about map[string]string // toll → what its count is called
}

// The tolls and sides that have rules of their own.
const (
	dead   = "dead"
	hurt   = "hurt"
	part   = "part"   // of a number told before
	grave  = "grave"  // such a part that is counted all the same
	downed = "downed" // of weapons and vehicles
	armed  = "armed"  // a side: who is counted bears arms
	civil  = "civil"  // a side: who is counted does not
	tally  = "tally"  // of goals and the like
	term   = "term"   // the words that make years those of a sentence
)

func newTolls(l *lex.Lexicon) tolls {
	t := tolls{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, r := range l.Tolls {
		forms := t.forms
		if r.Toll == armed || r.Toll == civil || r.Toll == tally || r.Toll == term {
			forms = t.sides
		}
		for _, f := range r.Forms {
			forms[f] = r.Toll
		}
		if r.About != "" {
			t.about[r.Toll] = r.About
		}
	}
	return t
}

// of gives the toll that a token tells of, or "".
func (t tolls) of(k *ling.Token) string {
	if k.Kind != ling.Word {
		return ""
	}
	if toll := t.forms[k.Fold]; toll != "" {
		return toll
	}
	if k.Base != k.Fold {
		if toll := t.forms[k.Base]; toll != "" {
			return toll
		}
	}
	if k.Stem != k.Base && !k.Pron { // «أسرهم» are their families
		return t.forms[k.Stem]
	}
	return ""
}
