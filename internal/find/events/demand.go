package events

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// figurative reports whether the assault at token i is one of words, shares or ranks: its
// sentence counts money or shares and has no weapons or victims.
func (f *finder) figurative(i int) bool {
	s := f.around(i)
	trade := false
	for j := s.First; j < s.Last; j++ {
		if j != i && (f.victim(j) || f.weapon(j)) {
			return false
		}
		t := &f.Tokens[j]
		trade = trade || t.Tables.Has(lex.Currency) || t.Fold == "%"
	}
	return trade
}

// placed reports whether the name of a place stands at token i: «مقاطعة» before it is a
// province, no boycott.
func (f *finder) placed(i int) bool {
	if i >= len(f.Tokens) {
		return false
	}
	n, _, ok := f.Name(i)
	if !ok || f.names[n].Kind != isnad.Place || f.Tokens[i].Prep != 0 {
		return false
	}
	for _, table := range [...]lex.Table{lex.Country, lex.Capital} {
		if _, _, ok := f.Match(i, table); ok {
			return false
		}
	}
	return true
}

// topical reports whether the noun of an assault only says what another noun is about
// («قضية اغتيال», «خطر الهجوم»).
func (f *finder) topical(g *deed) bool {
	if g.kind != "ASSAULT" || g.first == 0 || f.Tokens[g.first].Prep != 0 || f.Tokens[g.first].Conj != 0 {
		return false
	}
	p := &f.Tokens[g.first-1]
	_, _, named := f.Name(g.first - 1)
	_, finite := f.VerbAt(g.first - 1)
	return !named && !finite && p.Kind == ling.Word && p.Class == 0 && !p.Definite() && p.Vocab.POS&vocab.Noun != 0 && p.Vocab.POS&vocab.Verb == 0
}

// demanded reports whether g is only what a demand, threat or plea asks for.
func (f *finder) demanded(g *deed) bool {
	if g.shape == verb || g.shape == participle {
		return false
	}
	sent := f.Sents[f.SentenceOf(g.first)].First
	for k := len(f.given) - 1; k >= 0; k-- {
		h := &f.given[k]
		if h.first < sent || g.first-h.last > 8 {
			return false
		}
		if h.kind == "ACCUSE" && (g.kind == "ASSAULT" || g.kind == "COERCE") && (f.Tokens[g.first].Prep == 'b' || f.common(&f.Tokens[g.first-1])) {
			return true
		}
		if h.kind == "REJECT" && g.kind != "ACCUSE" && g.kind != "ASSAULT" && g.first <= h.last+1 {
			return true // «رفضه رفع العقوبات»
		}
		if (h.kind == "REQUEST" || h.kind == "THREATEN" || h.kind == "SANCTION") && (f.Tokens[g.first].Prep != 0 || f.Tokens[g.first-1].Is(lex.Prep)) {
			return true
		}
	}
	return false
}
