package tag

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// atom is what the features are made of: one token, hashed once.
type atom struct {
	base, stem uint64
	pre, suf   [4]uint64 // first and last 1 to 4 letters of the stem
	class      uint64    // word class, or a stand-in made of the parts of speech
	pos        uint64
	clitic     uint64
	tables     uint64 // what the lexicon knows the word as
	phrase     uint64 // the longest name of several words it stands in, and where in it
	shape      uint64
	habit      uint64 // how it is used in news; see Habits
	top        uint64 // the tag it has most there, and how much
	title      bool   // last word of a title
	sign       bool
	hidden     bool // its letters do not count
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

// edge is the atom beyond the ends of a sentence.
var edge = atom{base: 1, stem: 1, class: 2, shape: 3}

// atoms describes the tokens of a sentence, two edges on each side.
func atoms(d *ling.Doc, s ling.Sentence, habits *Habits, list []atom) []atom {
	list = append(list[:0], edge, edge)
	for i := s.First; i < s.Last; i++ {
		list = append(list, atom{})
		a := &list[len(list)-1]
		a.set(&d.Tokens[i])
		if !a.sign {
			a.habit = uint64(habits.of(a.base))
			a.top = top(a.habit)
		}
	}
	phrases(d, s, list[2:])
	return append(list, edge, edge)
}

// phrases marks the words of each name or title of several words; the longest that begins first wins.
func phrases(d *ling.Doc, s ling.Sentence, list []atom) {
	for i := s.First; i < s.Last; {
		end := i + 1
		for _, p := range d.PhrasesAt(i) {
			if p.Word.Tables&several == 0 || p.Last > s.Last {
				continue
			}
			what := uint64(p.Word.Tables&several) << 4
			for j := i; j < p.Last; j++ {
				list[j-s.First].phrase = what | bit(j > i)<<1 | bit(j+1 == p.Last) | 4
			}
			if p.Word.Tables.Has(lex.Title) {
				list[p.Last-1-s.First].title = true
			}
			end = p.Last
			break
		}
		i = end
	}
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
func features(a []atom, i int, out []uint64) []uint64 {
	out = alone(&a[i], out)
	for s := range sides {
		out = seen(&a[i+offsets[s]], s, out)
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
func around(a []atom, i int, out []uint64) []uint64 {
	e := emitter{template: aroundTemplates, list: out}
	p1, x, n1 := &a[i-1], &a[i], &a[i+1]
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
func (e *emitter) beside(a []atom, i int) {
	p2, p1, n1, n2 := &a[i-2], &a[i-1], &a[i+1], &a[i+2]
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
func (e *emitter) habits(a []atom, i int) {
	p1, x, n1 := &a[i-1], &a[i], &a[i+1]
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
func contexts(a []atom, i int, out []uint64) []uint64 {
	e := emitter{template: 128, list: out}
	e.beside(a, i)
	e.add(0)
	p1, x, n1 := &a[i-1], &a[i], &a[i+1]
	e.add(mix(p1.clitic, n1.clitic))
	e.add(mix(p1.pos, n1.pos))
	e.add(x.shape)
	e.add(x.clitic >> 8)
	e.add(mix(p1.class, x.clitic>>8))
	return e.list
}
