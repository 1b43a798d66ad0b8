package story

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/script"
)

// machine reports whether a unit counts weapons or vehicles.
func (e *Editor) machine(unit string) bool {
	u, ok := e.lexicon.Word(script.Fold(unit)).Sense(lex.Unit)
	return ok && (e.lexicon.Units[u.Row].Class == "weapon" || e.lexicon.Units[u.Row].Class == "vehicle")
}

// parts adds the weapons and vehicles of which a part was destroyed: «أسقطت 8 منها»,
// «دمرت خمسا من الطائرات».
func (e *Editor) parts(out []figure, c *scenes, article int) []figure {
	d := c.d
	for i := range d.Tokens {
		if e.tolls.of(&d.Tokens[i]) != downed {
			continue
		}
		s := d.Sents[d.SentenceOf(i)]
		for k := i + 1; k < min(s.Last, i+reachBack); k++ {
			n, ok := number.Read(d, k)
			if !ok || n.Vague || n.Share || n.Value < 1 || n.Last+1 >= s.Last {
				continue
			}
			span := isnad.Span{Start: int(d.Tokens[k].Body), End: int(d.Tokens[n.Last].End)}
			if unit := e.whole(d, s, n.Last); unit != "" && !counted(c.r.Quantities, span) {
				out = append(out, e.figure(c, article, isnad.Quantity{Span: span, Value: n.Value, Unit: unit}, downed, i))
			}
			break
		}
	}
	return out
}

// whole gives the unit of weapons or vehicles of which the number before token i counts
// some: the word after «من», or for «منها» the last of such words in the sentence before it.
func (e *Editor) whole(d *ling.Doc, s ling.Sentence, i int) string {
	if d.Tokens[i].Is(lex.Prep) && d.Tokens[i+1].Def {
		return e.arm(&d.Tokens[i+1])
	}
	if e.tolls.of(&d.Tokens[i]) != part {
		return ""
	}
	for k := i - 1; k >= s.First; k-- {
		if unit := e.arm(&d.Tokens[k]); unit != "" {
			return unit
		}
	}
	return ""
}

// arm gives the dictionary form of a token that means several weapons or vehicles, or "".
func (e *Editor) arm(t *ling.Token) string {
	u, ok := t.Sense(lex.Unit)
	if !ok || u.Form&lex.Plural == 0 {
		return ""
	}
	if row := &e.lexicon.Units[u.Row]; row.Class == "weapon" || row.Class == "vehicle" {
		return row.Singular
	}
	return ""
}
