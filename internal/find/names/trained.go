package names

import (
	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/script"
)

// taggedAt gives the model's name that covers place p.
func (f *finder) taggedAt(p int) (s tag.Span, ok bool) {
	if p >= len(f.tag) || f.tag[p] == 0 {
		return tag.Span{}, false
	}
	return f.tagged[f.tag[p]-1], true
}

func kindOf(k tag.Kind) isnad.Kind {
	switch k {
	case tag.Person:
		return isnad.Person
	case tag.Organization:
		return isnad.Organization
	case tag.Place:
		return isnad.Place
	}
	return isnad.Other
}

// The least probability at which the model's word alone is taken.
const (
	leastPerson = 0.55 // of two words or more, or of one that comes again
	leastWord   = 0.65 // a person's name of one word
	leastBody   = 0.65 // organizations and places
	leastCommon = 0.8  // a single word that can be a common one
	leastOther  = 0.7
)

// trained gives the name that the model sees at place p, where nothing speaks against it.
func (f *finder) trained(p int) mention {
	s, ok := f.taggedAt(p)
	if !ok || s.First != p || !f.believed(p, s) {
		return mention{}
	}
	m := mention{first: s.First, last: f.hyphen(s.First, s.Last), kind: kindOf(s.Kind), rule: model, trust: float64(s.Confidence)}
	for q := p + 1; q < m.last; q++ {
		if t := f.token(q); t.Conj == 'w' && (s.Kind == tag.Person || !t.Def) {
			m.last = q // «فرانك وغوستافو» are two
		}
	}
	if s.Kind == tag.Other {
		m.kind = f.kindBefore(p)
	}
	return m
}

// kindBefore gives the kind of the quoted name at place p: that of the name before it
// where only signs stand between them, as in a list.
func (f *finder) kindBefore(p int) isnad.Kind {
	if len(f.found) == 0 {
		return isnad.Other
	}
	before := f.found[len(f.found)-1]
	for q := before.last; q < p; q++ {
		if t := f.token(q); t.Kind == ling.Word && t.Fold != script.Waw {
			return isnad.Other
		}
	}
	return before.kind
}

// commonplace reports whether the words at places [p, end) are all everyday words, so
// that the model's body or place is rather a kind of thing: «قوات الأمن».
func (f *finder) commonplace(p, end int) bool {
	for q := p; q < end; q++ {
		t := f.token(q)
		if t.Kind != ling.Word || !idle(t) && t.Vocab.Count < 2000 || t.Tables&(proper|personal) != 0 || nation(t) {
			return false
		}
	}
	s, ok := f.token(p).Sense(lex.Head)
	return !ok || f.token(p).Def || f.Lex.Heads[s.Row].Part != "in"
}

// believed reports whether the model's name s at place p is taken. What it calls other
// is mostly money and substances, so only what stands in quotation marks counts.
func (f *finder) believed(p int, s tag.Span) bool {
	t := f.token(p)
	if f.nationAt(p, p) > p || f.adverbial(p) {
		return false
	}
	switch {
	case s.Kind == tag.Other:
		if p == 0 {
			return false
		}
		end, quoted := f.quoted(p - 1)
		return quoted && end == s.Last+1 && s.Confidence >= leastOther && (s.Last > p+1 || !idle(t))
	case s.Kind == tag.Person && s.Confidence < leastPerson, s.Kind != tag.Person && s.Confidence < leastBody:
		return false
	case s.Last > p+1:
		return s.Kind == tag.Person || !f.commonplace(p, s.Last)
	case t.Tables&common != 0 || t.Class != 0:
		return false
	}
	if s.Confidence >= leastCommon {
		return true
	}
	return f.strange(t) && (s.Confidence >= leastWord || f.persons[t.Base] > 1)
}
