package tag

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// atom is what the features are made of: one token, hashed once.
type atom struct {
	base, class uint64 // class is the word class, or a stand-in made of the parts of speech
	clitic, pos uint64
	tables      uint64    // what the lexicon knows the word as
	top         uint64    // the tag it has most in news, and how much
	shape       uint64    //
	pre, suf    [4]uint64 // first and last 1 to 4 letters of the stem
	stem        uint64
	phrase      uint64 // the longest name of several words it stands in, and where in it
	habit       uint64 // how it is used in news; see Habits
	title       bool   // a title, or the last word of one
	sign        bool
	hidden      bool // its letters do not count
}

// named are the tables that tell of names or of what stands beside them.
var named = lex.In(lex.Country, lex.Nation, lex.People, lex.Capital, lex.Demonym, lex.Place, lex.Person, lex.Short, lex.Forename, lex.Surname,
	lex.Org, lex.Head, lex.Title, lex.Month, lex.Weekday, lex.Number, lex.Unit, lex.Currency, lex.Speech, lex.SpeechNoun, lex.Function)

// several are the tables whose phrases are worth marking on every word they cover.
var several = lex.In(lex.Country, lex.Capital, lex.Place, lex.Person, lex.Short, lex.Org, lex.Title, lex.Head, lex.Function)

func (a *atom) set(t *ling.Token) {
	*a = atom{}
	a.base = text(t.Fold)
	a.stem = a.base
	a.shape = uint64(t.Kind) + 1
	switch t.Kind {
	case ling.Punct, ling.Mark:
		a.sign = true
		a.class = a.base
		return
	case ling.Number:
		a.shape = 16 + uint64(min(len(t.Fold), 6))
		a.class = a.shape
		return
	}
	if t.Fold[0] < 0x80 {
		a.shape = 8
	}
	a.base, a.stem = text(t.Base), text(t.Stem)
	a.affixes(t.Stem)
	a.pos = uint64(t.Vocab.POS)
	a.class = uint64(t.Vocab.Class)
	if a.class == 0 {
		a.class = 1<<12 | a.pos<<1 | bit(t.Vocab.Count > 0)
	}
	a.clitic = uint64(t.Conj)<<16 | uint64(t.Prep)<<8 | bit(t.Fut)<<2 | bit(t.Def)<<1 | bit(t.Pron)
	a.tables = uint64(t.Tables&named)<<20 ^ uint64(t.Class)
	a.title = t.Tables.Has(lex.Title)
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// affixes hashes the first and last letters of an Arabic word, two bytes each.
func (a *atom) affixes(s string) {
	h := uint64(offset)
	for i := 0; i < 4 && 2*i+2 <= len(s); i++ {
		h = (h ^ uint64(s[2*i])<<8 ^ uint64(s[2*i+1])) * prime
		a.pre[i] = h
	}
	h = offset
	for i := 0; i < 4 && 2*i+2 <= len(s); i++ {
		h = (h ^ uint64(s[len(s)-2*i-2])<<8 ^ uint64(s[len(s)-2*i-1])) * prime
		a.suf[i] = h
	}
}

// The constants of 64-bit FNV-1a.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

func text(s string) uint64 {
	h := uint64(offset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}

// mix folds a value into a hash (the finalizer of splitmix64, shortened).
func mix(h, v uint64) uint64 {
	h = (h ^ v) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// edge is the word beyond the ends of a sentence.
func edge() *word { return &word{atom: atom{base: 1, stem: 1, class: 2, shape: 3}} }

// describe makes the atom of a token that stands in a phrase as the mark says.
func (a *atom) describe(t *ling.Token, m mark, habits *Habits) {
	a.set(t)
	if !a.sign {
		a.habit = uint64(habits.of(a.base))
		a.top = top(a.habit)
	}
	a.phrase = m.phrase
	a.title = a.title || m.title
}

// mark is what a token is in the names and titles of several words.
type mark struct {
	phrase uint64 // the tables that know the phrase, and where in it the token stands
	title  bool   // last word of a title
}

// mark marks the words of each name or title of several words, for all tokens of a text; the longest that begins
// first wins.
func marks(d *ling.Doc, list []mark) []mark {
	list = grow(list, len(d.Tokens))
	clear(list)
	end := 0
	for i := range d.Phrases {
		p := &d.Phrases[i]
		if p.First < end || p.Word.Tables&several == 0 || p.Last > d.Sents[d.SentenceOf(p.First)].Last {
			continue
		}
		what := uint64(p.Word.Tables&several) << 4
		for j := p.First; j < p.Last; j++ {
			list[j].phrase = what | bit(j > p.First)<<1 | bit(j+1 == p.Last) | 4
		}
		list[p.Last-1].title = p.Word.Tables.Has(lex.Title)
		end = p.Last
	}
	return list
}

// emitter numbers the templates as they are used: a feature's hash is its template's number mixed with the
// atoms it joins.
type emitter struct {
	template uint64
	list     []uint64
}

func (e *emitter) add(v uint64) {
	e.template++
	e.list = append(e.list, mix(e.template<<56, v))
}

// text adds a feature of the words' own letters, unless one of them is hidden (in training, so that the model
// learns what to do with words it has not met).
func (e *emitter) text(v uint64, of ...*atom) {
	e.template++
	for _, a := range of {
		if a.hidden {
			return
		}
	}
	e.list = append(e.list, mix(e.template<<56, v))
}

// skip passes over templates that do not apply.
func (e *emitter) skip(n uint64) { e.template += n }

// features describes token i by itself, by each of the words round it, and by what they
// make together.
func features(a []*word, i int, out []uint64) []uint64 {
	out = alone(&a[i].atom, out)
	for s := range sides {
		out = seen(&a[i+offsets[s]].atom, s, out)
	}
	return around(a, i, out)
}

// The numbers that the templates of a part start from.
const (
	aroundTemplates = 17
	habitTemplates  = 57
)

// alone describes a word by itself.
func alone(x *atom, out []uint64) []uint64 {
	e := emitter{list: out}
	e.own(x)
	e.template = habitTemplates
	for k := range uint64(8) {
		e.add(x.habit >> (3 * k) & 7)
	}
	e.add(x.top)
	return e.list
}

// margin is how many words of each side of a token its features ask for.
const margin = 2

// sides are the places from which a word tells of another: one before it, one after, two
// before, two after.
const sides = 4

var offsets = [sides]int{-1, 1, -2, 2}

// seen describes word x as it stands on one side of another.
func seen(x *atom, side int, out []uint64) []uint64 {
	e := emitter{list: out}
	n := uint64(side)
	e.template = aroundTemplates + n
	e.text(x.base, x)
	e.template = aroundTemplates + 7 + n
	e.add(x.class)
	if side > 1 {
		return e.list
	}
	e.template = aroundTemplates + 14 + n
	e.add(x.tables)
	e.template = aroundTemplates + 17 + n
	e.add(x.phrase)
	e.template = habitTemplates + 9 + n
	e.add(x.top)
	return e.list
}

// around describes token i by what stands round it.
func around(a []*word, i int, out []uint64) []uint64 {
	e := emitter{template: aroundTemplates, list: out}
	p1, x, n1 := &a[i-1].atom, &a[i].atom, &a[i+1].atom
	e.beside(a, i)
	e.text(mix(p1.base, x.base), p1, x)
	e.text(mix(x.base, n1.base), x, n1)
	e.add(mix(p1.class, x.class))
	e.add(mix(x.class, n1.class))
	e.add(mix(mix(p1.class, x.class), n1.class))
	e.text(mix(p1.base, x.class), p1)
	e.text(mix(x.class, n1.base), n1)
	e.add(mix(p1.clitic&2, mix(x.clitic, n1.clitic)))
	e.add(mix(p1.clitic, mix(p1.pos, mix(x.clitic, x.pos))))
	e.add(mix(x.clitic, mix(x.pos, mix(n1.clitic, n1.pos))))
	e.add(mix(x.pos, mix(p1.pos, n1.pos)))
	e.add(mix(x.shape, mix(p1.shape, n1.shape)))
	e.add(mix(p1.suf[1], x.suf[1]))
	e.add(mix(x.suf[2], n1.suf[1]))
	e.add(mix(p1.tables, x.tables))
	e.add(mix(x.tables, n1.tables))
	e.add(mix(p1.tables, x.class))
	e.add(mix(x.tables, p1.class))
	e.add(mix(x.tables, n1.class))
	e.add(mix(bit(p1.title), mix(x.pos, x.tables)))
	e.habits(a, i)
	return e.list
}

// own are the features of the word alone.
func (e *emitter) own(x *atom) {
	e.add(0)
	e.text(x.base, x)
	e.text(x.stem, x)
	e.text(mix(x.base, x.clitic), x)
	e.add(x.class)
	e.add(x.clitic)
	for k := range x.pre {
		if x.pre[k] == 0 {
			e.skip(2)
			continue
		}
		if x.hidden && k > 1 {
			e.skip(2)
			continue
		}
		e.add(x.pre[k])
		e.add(x.suf[k])
	}
	e.add(x.tables)
	e.add(x.phrase)
	e.add(mix(x.phrase, x.tables))
}

// beside are the features of what stands round the word.
func (e *emitter) beside(a []*word, i int) {
	p2, p1, n1, n2 := &a[i-2].atom, &a[i-1].atom, &a[i+1].atom, &a[i+2].atom
	e.skip(4) // base, of each side
	e.text(mix(p1.base, n1.base), p1, n1)
	e.text(mix(p2.base, p1.base), p2, p1)
	e.text(mix(n1.base, n2.base), n1, n2)
	e.skip(4) // class, of each side
	e.add(mix(p1.class, n1.class))
	e.add(mix(p2.class, p1.class))
	e.add(mix(n1.class, n2.class))
	e.skip(2) // tables, of the words next to it
	e.add(mix(p2.tables, p1.tables))
	e.skip(2) // phrase, of the words next to it
	e.add(bit(p1.title) | bit(p2.title)<<1)
}

// habits are the features of how the words are used elsewhere.
func (e *emitter) habits(a []*word, i int) {
	p1, x, n1 := &a[i-1].atom, &a[i].atom, &a[i+1].atom
	e.skip(9 + 2) // of the word alone, and of those next to it
	e.add(mix(p1.top, x.top))
	e.add(mix(x.top, n1.top))
	e.add(mix(mix(p1.top, x.top), n1.top))
	e.add(mix(x.top, x.tables))
	e.add(mix(x.top, p1.class))
	e.add(mix(x.top, n1.class))
	e.text(mix(x.top, p1.base), p1)
	e.add(mix(x.top, x.clitic))
}

// contexts describes token i by what stands round it alone.
func contexts(a []*word, i int, out []uint64) []uint64 {
	e := emitter{template: 128, list: out}
	e.beside(a, i)
	e.add(0)
	p1, x, n1 := &a[i-1].atom, &a[i].atom, &a[i+1].atom
	e.add(mix(p1.clitic, n1.clitic))
	e.add(mix(p1.pos, n1.pos))
	e.add(x.shape)
	e.add(x.clitic >> 8)
	e.add(mix(p1.class, x.clitic>>8))
	return e.list
}
