package tag

import "github.com/isnad-project/isnad/internal/ling"

// sighting is one word of a name found in the first reading.
type sighting struct {
	token int
	what  uint64 // kind, place in the name and how sure, packed; more is surer
}

// sightings are the two surest of a word, so that there is one besides the word itself.
type sightings [2]sighting

// evidence is what the rest of a text says of its words: «نتنياهو» alone is a person when the text has «بنيامين
// نتنياهو» elsewhere.
type evidence struct {
	seen  map[uint64]sightings
	words []*word // of each token of the text
	found []uint64
}

// reset forgets the text before and makes room for the words of one of n tokens.
func (e *evidence) reset(n int) {
	if e.seen == nil {
		e.seen = make(map[uint64]sightings)
	}
	clear(e.seen)
	e.words = grow(e.words, n)
}

// gather works out for each token what names its word stands in elsewhere, 0 for none.
func (e *evidence) gather(d *ling.Doc, spans []Span) {
	for _, s := range spans {
		for i := s.First; i < s.Last; i++ {
			if telling(&d.Tokens[i]) {
				e.sight(i, describeSight(s, i))
			}
		}
	}
	e.found = grow(e.found, len(e.words))
	clear(e.found)
	if len(e.seen) == 0 {
		return
	}
	for i := range e.words {
		if !telling(&d.Tokens[i]) {
			continue
		}
		two, ok := e.seen[e.words[i].base]
		if ok && two[0].token != i {
			e.found[i] = two[0].what
		} else if ok {
			e.found[i] = two[1].what
		}
	}
}

// telling reports whether a word can tell of itself elsewhere: closed classes cannot.
func telling(t *ling.Token) bool {
	return t.Kind == ling.Word && t.Class == 0 && len(t.Base) > 4
}

// describeSight packs the sighting of token i in a name.
func describeSight(s Span, i int) uint64 {
	place := uint64(0) // alone
	switch {
	case s.Last-s.First == 1:
	case i == s.First:
		place = 1
	case i == s.Last-1:
		place = 2
	default:
		place = 3
	}
	sure := uint64(1)
	switch {
	case s.Confidence >= 0.95:
		sure = 4
	case s.Confidence >= 0.8:
		sure = 3
	case s.Confidence >= 0.6:
		sure = 2
	}
	return sure<<8 | uint64(s.Kind)<<4 | place
}

func (e *evidence) sight(i int, what uint64) {
	word := e.words[i].base
	two := e.seen[word]
	s := sighting{i, what}
	switch {
	case two[0].what == 0 || what>>8 > two[0].what>>8:
		two[1], two[0] = two[0], s
	case two[1].what == 0 || what>>8 > two[1].what>>8:
		two[1] = s
	}
	e.seen[word] = two
}

// near reports whether some token of [first, last) has evidence.
func (e *evidence) near(first, last int) bool {
	for _, what := range e.found[first:last] {
		if what != 0 {
			return true
		}
	}
	return false
}

// features are those of the evidence of token i in a sentence [first, last). A token without any beside it has none.
func (e *evidence) features(i, first, last int, out []uint64) []uint64 {
	var before, after uint64
	if i > first {
		before = e.found[i-1]
	}
	if i+1 < last {
		after = e.found[i+1]
	}
	x := e.found[i]
	if x|before|after == 0 {
		return out
	}
	t := e.words[i]
	em := emitter{template: 100, list: out}
	em.add(x)
	em.add(before)
	em.add(after)
	em.add(x & 0xFF)
	em.add(mix(x, before))
	em.add(mix(x, after))
	em.add(mix(x&0xFF, t.top))
	em.add(mix(x&0xFF, t.class))
	em.add(mix(x&0xFF, t.clitic))
	if i > first {
		em.add(mix(x&0xFF, e.words[i-1].class))
		em.add(mix(x&0xFF, e.words[i-1].top))
	} else {
		em.skip(2)
	}
	if i+1 < last {
		em.add(mix(x&0xFF, e.words[i+1].class))
		em.add(mix(x&0xFF, e.words[i+1].top))
	}
	return em.list
}
