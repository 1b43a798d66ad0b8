package names

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/vocab"
	"github.com/isnad-project/isnad/internal/script"
)

// placed reads the name of a place to which its head belongs, or may belong.
func (f *finder) placed(h head) mention {
	if known, _ := f.lexical(h.first); known.last > h.last || f.token(h.first-1).Fold == script.About {
		return mention{} // the lexicon's name is surer: «تل أبيب»; «عن طريق» is no road
	}
	if !f.single(h) {
		if h.last > h.first+1 || h.form&(lex.Plural|lex.Dual) != 0 {
			return mention{}
		}
		m := mention{first: h.first, kind: isnad.Place, rule: headIn}
		m.last, _ = f.adjectives(h.first, h.last)
		if known, _ := f.lexical(h.first); known.last == 0 && h.Part == "in" && m.last > h.last && f.agrees(h) {
			return m
		}
		return mention{}
	}
	c, ok := f.of(h)
	if !ok {
		return mention{}
	}
	if f.token(h.last).Fold == "(" {
		return mention{first: h.last + 1, last: c.last - 1, kind: isnad.Place, rule: headQuoted}
	}
	m := mention{first: h.first, last: c.last, kind: isnad.Place, rule: headIn}
	if h.Part == "maybe" {
		return f.region(h, c, m)
	}
	end, nat := f.adjectives(h.first, c.last)
	if !nat {
		m.last = end
	}
	if t := f.token(h.last + 1); c.proper && c.mention.last == 0 && c.last == h.last+1 && t.Prep == 'l' && !f.agrees(h) {
		return mention{} // «فندق مملوك لشركة»
	}
	if c.proper && c.kind != isnad.Organization || f.agrees(h) || f.rare(f.token(h.last)) && f.token(h.last).Vocab.Count < rareCount && !f.token(h.first).Maqsura {
		return m
	}
	return mention{}
}

// region leaves the head out unless the name alone is another place.
func (f *finder) region(h head, c complement, m mention) mention {
	if c.mention.last > 0 {
		s, ok := f.token(h.last).Sense(lex.Place)
		another := c.rule == lexCountry || ok && c.mention.last == h.last+1 && f.Lex.Places[s.Row].Class == "city"
		if another {
			return m
		}
		return c.mention
	}
	if c.proper && f.token(h.last).Kind == ling.Mark {
		return mention{first: h.last + 1, last: c.last - 1, kind: isnad.Place, rule: headQuoted}
	}
	if c.proper {
		m.first, m.rule = h.last, headOut
		return m
	}
	return mention{}
}

// rareCount is the count in the vocabulary below which a word with the article behind
// the head of a place is its name: «وادي العطفين».
const rareCount = 15

// rare reports whether t is a word with the article that a place may be called by.
func (f *finder) rare(t *ling.Token) bool {
	return t.Conj == 0 && t.Prep == 0 && f.sounding(t)
}

// sounding is rare for a word behind «و».
func (f *finder) sounding(t *ling.Token) bool {
	return t.Definite() && t.Tables&common == 0 && t.Class == 0 && t.Vocab.POS&(vocab.Adj|vocab.Verb) == 0 && (t.Vocab.Count < 150 || !idle(t))
}

// beside gives the place after a second word of a place's name: «مانشستر بيكاديللي».
func (f *finder) beside(from, q int) int {
	t, ok := f.word(from, q)
	if ok && t.Prep == 0 && t.Conj == 0 && t.Class == 0 && !t.Def && f.strange(t) {
		return q + 1
	}
	return q
}
