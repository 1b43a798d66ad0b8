package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/script"
)

// treaty turns a withdrawal into a sanction when what is left is an agreement.
func (f *finder) treaty(g *deed, at, last int) {
	if g.kind != "RETREAT" {
		return
	}
	for i := at; i < last; i++ {
		n, _, named := f.Name(i)
		s, ok := f.Tokens[i].Sense(lex.EventNoun)
		if ok && f.Lex.EventNouns[s.Row].Type == "AGREE" || named && f.names[n].Kind == isnad.Other {
			g.kind = "SANCTION"
			g.recipients = without(with(nil, f.landIn(at, last)), g.actors)
			if len(g.recipients) == 0 {
				g.recipients = f.treatyWith(g, i, last)
			}
			if n, _, of := f.Name(last); of && len(g.recipients) == 0 && f.Tokens[last].Prep == 'l' && f.names[n].Kind == isnad.Organization {
				g.recipients = f.parties(last, f.phrase(last))
			}
			return
		}
	}
}

// treatyWith gives with whom the treaty at token i, whose words end at last, was made: the body
// that its name holds, who is told behind «مع», or with whom the article tells it elsewhere.
func (f *finder) treatyWith(g *deed, i, last int) []string {
	if last < len(f.Tokens) && (f.Tokens[last].Base == script.With && f.Tokens[last].Is(lex.Prep)) {
		return without(f.parties(last+1, f.phrase(last+1)), g.actors)
	}
	if n, _, of := f.Name(last); of && f.Preposition(last) == 'l' && f.names[n].Kind == isnad.Organization {
		return f.parties(last, f.phrase(last))
	}
	if !f.Tokens[i].Definite() {
		return nil
	}
	for _, j := range f.pacts[:min(len(f.pacts), memory)] {
		if f.Tokens[j].Stem != f.Tokens[i].Stem {
			continue
		}
		if p := f.landIn(j+1, f.phrase(j)); p != "" && !contains(g.actors, p) {
			return []string{p}
		}
		if k := f.phrase(j); k+1 < len(f.Tokens) && f.Tokens[k].Base == script.With {
			if p := f.landIn(k+1, f.phrase(k+1)); p != "" && !contains(g.actors, p) {
				return []string{p}
			}
		}
	}
	return nil
}
