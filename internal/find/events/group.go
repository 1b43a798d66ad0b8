package events

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// group is a mention of an organization, which the article may later call by the first
// word of its name alone («تحالف دعم الشرعية», then «التحالف»).
type group struct {
	token int
	head  string // the word, folded and without the article
	party string
}

// enroll lists the organizations whose names begin with a word for a kind of body.
func (f *finder) enroll() {
	for i := range f.Tokens {
		n, end, ok := f.Name(i)
		if !ok || end < i+2 || f.names[n].Kind != isnad.Organization || f.names[n].Entity < 0 || i > 0 && f.sameName(i-1, i) {
			continue
		}
		if party := f.sides[f.names[n].Entity]; party != "" && f.Tokens[i].Tables.Has(lex.Head) {
			f.groups = append(f.groups, group{i, bare(&f.Tokens[i]), party})
		}
	}
}

// bare gives a token's word without article and clitics.
func bare(t *ling.Token) string {
	if t.Definite() {
		return strings.TrimPrefix(t.Base, script.Al)
	}
	return t.Base
}

// grouped gives the organization that a definite noun standing alone at token i means:
// the last whose name began with it.
func (f *finder) grouped(i int) string {
	t := &f.Tokens[i]
	if !t.Definite() || len(f.groups) == 0 || t.Kind != ling.Word {
		return ""
	}
	if _, _, named := f.Name(i); named {
		return ""
	}
	word := bare(t)
	best := ""
	for k := max(0, len(f.groups)-memory); k < len(f.groups); k++ {
		g := &f.groups[k]
		if g.token > i && best != "" {
			break
		}
		if g.head == word && g.token < i {
			best = g.party
		}
	}
	return best
}

// house gives the bodies that an article calls by no state («جيش الاحتلال», «وزارة
// الداخلية») to the state whose body alone is called so, or, in an article of one state, to that.
func (f *finder) house() {
	for i := range f.entities {
		e := &f.entities[i]
		if e.Kind != isnad.Organization || e.Country != "" || f.sides[i] != e.Name {
			continue
		}
		if _, ok := f.known[i].Sense(lex.Org); ok {
			continue // of several states, or of none
		}
		if code, organ := f.organ(e.Name, f.known[i]); code != "" {
			f.sides[i] = code
		} else if organ && f.settled && f.home != "" {
			f.sides[i] = f.home
		}
	}
}

// organ reports whether an organization, of whose name the lexicon knows w, is called as a body
// of a state, and of which when the name alone tells.
func (f *finder) organ(name string, w *lex.Word) (code string, ok bool) {
	first, _, _ := strings.Cut(script.Fold(name), " ")
	head := f.Lex.Word(strings.TrimPrefix(first, script.Al))
	for _, w := range [...]*lex.Word{w, head} {
		if s, ok := w.Sense(lex.Body); ok {
			return f.own(f.Lex.Bodies[s.Row].ISO3), true
		}
	}
	s, ok := head.Sense(lex.Head)
	return "", ok && f.Lex.Heads[s.Row].Part == "nation"
}
