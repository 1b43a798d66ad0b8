package story

import (
	"math"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// Words are weighed by how rare they are in news: the inverse document frequency of
// Spärck Jones (1972), from the fixed counts of package vocab.
const (
	rarest   = 8   // the weight of a word hardly ever met, and no name weighs more
	least    = 0.1 // the weight of the most common
	numeral  = 5   // the weight of a number in digits
	articles = 4e5 // what the counts of vocab are set against
	ofState  = 3   // a state, by name, people or capital
	unseen   = 20  // added to every count
	verbal   = 0.5 // for a word that is only ever a verb: it says less of what an article is about
)

// weigh gives the stem by which a token is known and its weight, 0 for one that says
// nothing of what an article is about.
func (e *Editor) weigh(t *ling.Token) (string, float64) {
	switch {
	case t.Kind == ling.Number:
		return t.Fold, numeral
	case t.Kind != ling.Word || t.Class != 0:
		return "", 0
	}
	stem := light(t.Stem)
	if len(stem) < len(script.Alef)*2 {
		return "", 0
	}
	w := e.rarity(stem, max(t.Vocab.Count, e.seen(t.Stem)))
	if pos := t.Vocab.POS; pos != 0 && pos&^vocab.Verb == 0 {
		w *= verbal
	}
	return stem, w
}

// rarity is the weight of a form, of which another form was seen so often.
func (e *Editor) rarity(form string, other uint32) float64 {
	n := max(other, e.seen(form))
	return min(rarest, max(least, math.Log(articles/(float64(n)+unseen))))
}

func (e *Editor) seen(form string) uint32 {
	w, _ := e.vocab.Look(form)
	return w.Count
}

// state gives the code of the state that a word stands for, by its name, its people or
// its capital, or "".
func (e *Editor) state(t *ling.Token) string {
	if t.Kind != ling.Word {
		return ""
	}
	for _, table := range [...]lex.Table{lex.Country, lex.Nation, lex.People, lex.Capital} {
		if s, ok := t.Sense(table); ok {
			return e.lexicon.Countries[s.Row].ISO3
		}
	}
	return ""
}

// stateAt gives the code of the state that begins at token i, of several words or one, and
// the token after it.
func (e *Editor) stateAt(d *ling.Doc, i int) (code string, end int) {
	if p, s, ok := d.PhraseOf(i, lex.Country); ok {
		return e.lexicon.Countries[s.Row].ISO3, p.Last
	}
	return e.state(&d.Tokens[i]), i + 1
}

// endings are what light stemming takes off (Larkey et al. 2002), longest first.
var endings = [...]string{script.Hna, script.An, script.At, script.On, script.In, script.Ya + script.Ha, script.Ha, script.Ya}

// light takes the ending of number, gender or ownership off a folded stem of which three
// letters are left.
func light(stem string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(stem, e); ok && len(rest) >= 3*len(script.Alef) {
			return rest
		}
	}
	return stem
}

// hash is 32-bit FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
