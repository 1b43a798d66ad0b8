package names

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/tag"
)

// head is a head as it stands in the text: its row, in which form, in places [first, last).
type head struct {
	lex.HeadRow
	form        lex.Form
	first, last int
}

// single reports a head in the singular without the article: what follows can be what it
// is of.
func (f *finder) single(h head) bool {
	t := f.token(h.first)
	return h.last == h.first+1 && !t.Def && !t.Pron && h.form&(lex.Plural|lex.Dual|lex.Accusative) == 0
}

// headed gives the longest name that a head at place p begins or introduces.
func (f *finder) headed(p int) mention {
	t := f.token(p)
	if !t.Tables.Has(lex.Head) && (!f.opens(p) || !t.Word.Begins() && !t.StemWord.Begins()) {
		return mention{}
	}
	if t.Maqsura {
		if _, verb := f.VerbAt(int(f.at[p])); verb {
			return mention{} // «نادى المشاركون»
		}
	}
	var best mention
	try := func(s lex.Sense, last int) {
		if t.Pron && last == p+1 {
			return
		}
		h := head{f.Lex.Heads[s.Row], s.Form, p, last}
		if m := f.withHead(h); m.last > best.last {
			best = m
		}
	}
	for _, w := range [...]*lex.Word{t.Word, t.StemWord} {
		f.heads(p, w, try)
	}
	return best
}

// heads calls try with every head that begins with word w at place p.
func (f *finder) heads(p int, w *lex.Word, try func(lex.Sense, int)) {
	for q := p + 1; w != nil; q++ {
		if w.Tables.Has(lex.Head) {
			for _, s := range w.Senses {
				if s.Table == lex.Head {
					try(s, q)
				}
			}
		}
		if t, ok := f.word(p, q); !ok || !w.Begins() || !f.opens(p) {
			return
		} else {
			w = w.Next(t.Fold)
		}
	}
}

func (f *finder) withHead(h head) mention {
	switch h.Part {
	case "nation":
		return f.national(h)
	case "out", "called":
		return f.outside(h)
	}
	if h.Kind == "place" {
		return f.placed(h)
	}
	return f.within(h)
}

func (h head) kind() isnad.Kind {
	switch h.Kind {
	case "org":
		return isnad.Organization
	case "place":
		return isnad.Place
	}
	return isnad.Other
}

func (h head) tag() tag.Kind {
	switch h.Kind {
	case "org":
		return tag.Organization
	case "place":
		return tag.Place
	}
	return tag.Other
}

// agrees reports whether the model sees a name of h's kind that begins with h.
func (f *finder) agrees(h head) bool {
	s, ok := f.taggedAt(h.first)
	return ok && s.First == h.first && s.Kind == h.tag() && s.Last > h.last
}
