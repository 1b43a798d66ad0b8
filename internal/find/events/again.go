package events

import (
	"github.com/isnad-project/isnad/internal/script"
)

// memory is how many deeds back a second telling is looked for.
const memory = 64

// again reports whether g was told before: the same type and no other party, in the same
// word or in a lesser form, and not of another day.
func (f *finder) again(g *deed) bool {
	if g.first > 0 && g.shape == verb && g.kind == "REQUEST" && f.Tokens[g.first-1].Fold == script.Kaf+script.Mim+script.Alef {
		return false // «كما دعا إلى»
	}
	if n := len(f.given); n > 0 && f.Tokens[g.first].Conj != 0 && g.kind == "ASSAULT" && g.shape != verb && g.has("obj") {
		if h := &f.given[n-1]; h.kind == "ASSAULT" && f.SentenceOf(h.first) == f.SentenceOf(g.first) && g.first-h.last < joint/2 {
			return true // «مقتل جندي وإصابة آخر»
		}
	}
	for i := max(0, len(f.given)-memory); i < len(f.given); i++ {
		h := &f.given[i]
		if h.kind == g.kind && g.kind == "CONSULT" && len(g.actors) > 0 && f.SentenceOf(h.first) == f.SentenceOf(g.first) && contains(h.actors, g.actors[0]) && g.shape == verb && h.shape == verb && !f.ahead(g, h) {
			return true // «التقى الوزير نظيره وبحث معه»
		}
		if h.kind != g.kind && h.row != g.row || !f.covered(g, h) {
			continue
		}
		full := g.told && len(g.actors) > 0 && len(g.recipients) > 0
		otherDay := h.date != "" && g.date != "" && day(h.date) != day(g.date)
		switch {
		case otherDay && (full || g.kind == "PROTEST"):
		case h.row == g.row, g.kind == "PROTEST":
			return true
		case g.kind == "REQUEST" && len(g.recipients) == 0:
			return true
		case !full && g.kind == "AGREE" && len(g.actors) > 1:
			return true
		case !full && (g.shape != verb || f.SentenceOf(h.first) == f.SentenceOf(g.first)):
			return true
		}
	}
	return false
}

// ahead reports whether g names a partner whom h does not.
func (f *finder) ahead(g, h *deed) bool {
	return g.told && len(without(append(without(g.actors, nil), g.recipients...), append(without(h.actors, nil), h.recipients...))) > 0 && !g.bound
}

// covered reports whether every party of g is one of h's; those of a protest that only
// the scene tells count for nothing.
func (f *finder) covered(g, h *deed) bool {
	if g.kind == "PROTEST" && !g.told {
		return true
	}
	return within(g.actors, h.actors) && within(g.recipients, h.recipients)
}
