// Package entities joins the mentions of an article into the things they name: one
// entity per real-world thing, with its dictionary name, the title the article gives it
// and its state. It does not look for mentions.
package entities

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// Link gives the entities of the names, in order of first mention, and sets the Entity
// of each name.
func Link(d *ling.Doc, names []isnad.Name) []isnad.Entity {
	l := newLinker(d, names)
	l.known()
	l.spelled()
	l.people()
	l.shortened()
	l.glosses()
	return l.entities()
}

// mention is a name with what linking needs to know of it.
type mention struct {
	first, last int      // tokens
	words       []string // folded, in dictionary form
	key         string   // kind and words
	row         fact
}

// fact is a row of the lexicon.
type fact struct {
	table lex.Table
	row   int32
	ok    bool
}

// linker joins mentions: group is a forest of mentions, its roots stand for entities.
type linker struct {
	*ling.Doc
	chunks   *ling.Chunks
	names    []isnad.Name
	mentions []mention
	group    []int32
}

func newLinker(d *ling.Doc, names []isnad.Name) *linker {
	l := &linker{Doc: d, chunks: d.Chunks(names), names: names, mentions: make([]mention, len(names)), group: make([]int32, len(names))}
	i := 0
	for n := range names {
		l.group[n] = int32(n)
		for i < len(d.Tokens) && int(d.Tokens[i].End) <= names[n].Start {
			i++
		}
		first := i
		for i < len(d.Tokens) && int(d.Tokens[i].Start) < names[n].End {
			i++
		}
		l.mentions[n] = l.mention(n, first, i)
	}
	return l
}

func (l *linker) mention(n, first, last int) mention {
	m := mention{first: first, last: last, words: make([]string, 0, last-first)}
	for i := first; i < last; i++ {
		t := &l.Tokens[i]
		switch {
		case t.Kind == ling.Punct || t.Kind == ling.Mark:
		case i == first && int(t.Body) == l.names[n].Start && t.Kind == ling.Word:
			m.words = append(m.words, t.Base)
		default:
			m.words = append(m.words, t.Fold)
		}
	}
	m.key = string(l.names[n].Kind) + "\t" + strings.Join(m.words, " ")
	m.row = l.fact(l.names[n].Kind, m.words)
	if !m.row.ok {
		m.row = l.headed(l.names[n].Kind, first, last)
	}
	return m
}

// headed finds the row of a name that the lexicon knows with the head or title before
// it: «ميليشيات الحوثي», «الملك سلمان».
func (l *linker) headed(k isnad.Kind, first, last int) fact {
	table := lex.Org
	switch {
	case first == 0 || k != isnad.Organization && k != isnad.Person:
		return fact{}
	case k == isnad.Person:
		table = lex.Person
	}
	for _, p := range l.PhrasesAt(first - 1) {
		if s, ok := p.Word.Sense(table); ok && p.Last == last {
			return fact{table, s.Row, true}
		}
	}
	return fact{}
}

// tables are those in which names of a kind are looked up, in order.
func tables(k isnad.Kind) []lex.Table {
	switch k {
	case isnad.Person:
		return []lex.Table{lex.Person, lex.Short}
	case isnad.Place:
		return []lex.Table{lex.Country, lex.Capital, lex.Place}
	}
	return []lex.Table{lex.Org}
}

// fact finds a name's row in the lexicon.
func (l *linker) fact(k isnad.Kind, words []string) fact {
	if len(words) == 0 {
		return fact{}
	}
	w := l.Lex.Word(words[0])
	for _, next := range words[1:] {
		w = w.Next(next)
	}
	for _, t := range tables(k) {
		if s, ok := w.Sense(t); ok {
			return fact{t, s.Row, true}
		}
	}
	return fact{}
}

// entities makes the entities of the groups.
func (l *linker) entities() []isnad.Entity {
	var out []isnad.Entity
	var made []gathered
	index := make([]int, len(l.names))
	for n := range l.names {
		r := l.root(int32(n))
		if int(r) == n {
			index[n] = len(out)
			out = append(out, isnad.Entity{Kind: l.names[n].Kind})
			made = append(made, gathered{})
		}
		e := index[r]
		l.names[n].Entity = e
		l.gather(&made[e], n)
	}
	for e := range out {
		out[e].Name, out[e].Role, out[e].Country = made[e].name, made[e].role, made[e].country
	}
	return out
}

// gathered is what the mentions of an entity tell of it.
type gathered struct {
	name, role, country string
	letters             int  // of name
	after               bool // role stands after the name, or is an honorific: a better one may come
}

func (l *linker) gather(g *gathered, n int) {
	m := &l.mentions[n]
	if name := l.dictionary(n); utf8.RuneCountInString(name) > g.letters {
		g.name, g.letters = name, utf8.RuneCountInString(name)
	}
	if g.country == "" {
		g.country = l.country(m)
	}
	if l.names[n].Kind != isnad.Person || g.role != "" && !g.after {
		return
	}
	r, ok := l.role(m)
	if !ok || g.role != "" && r.weak {
		return
	}
	g.role, g.after = r.text, r.weak
	if g.country == "" {
		g.country = r.country
	}
}

// dictionary gives a name's words as a dictionary writes them.
func (l *linker) dictionary(n int) string {
	name := l.names[n].Of(l.Text)
	if !tidy(name) {
		name = strings.Join(strings.Fields(clean(name)), " ")
	}
	if name == "" {
		return l.names[n].Of(l.Text)
	}
	if f := l.mentions[n].row; f.ok && f.table == lex.Org {
		if row := l.Lex.Orgs[f.row].Name; strings.HasSuffix(row, script.On) && strings.TrimSuffix(row, script.On) == strings.TrimSuffix(name, script.In) {
			return row // «الحوثيين» is «الحوثيون»
		}
	}
	t := &l.Tokens[l.mentions[n].first]
	if t.Prep == 'l' && strings.HasPrefix(t.Base, script.Al) && int(t.Body) == l.names[n].Start && !strings.HasPrefix(script.Fold(name), script.Al) {
		return script.Alef + name
	}
	return name
}

// tidy reports whether a name is as clean leaves it beyond doubt: letters of the alphabet with single spaces between.
func tidy(s string) bool {
	for i := 0; i < len(s); {
		switch {
		case script.Basic(s, i) && s[i:i+2] != tatweel:
			i += 2
		case s[i] == ' ' && i > 0 && i+1 < len(s) && s[i-1] != ' ':
			i++
		default:
			return false
		}
	}
	return true
}

// tatweel stretches a word and adds nothing to it.
const tatweel = "\u0640"

// clean takes the signs of hashtags and vowel marks out of a name.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '#' || r == '"' || script.IsMark(r) || script.IsInvisible(r):
			return -1
		case r == '_':
			return ' '
		}
		return r
	}, s)
}

// country gives the state of a mention by the lexicon.
func (l *linker) country(m *mention) string {
	if !m.row.ok {
		return l.nation(m.first, m.last)
	}
	switch m.row.table {
	case lex.Country, lex.Capital:
		return l.Lex.Countries[m.row.row].ISO3
	case lex.Place:
		return l.Lex.Places[m.row.row].ISO3
	case lex.Person, lex.Short:
		return l.Lex.Persons[m.row.row].ISO3
	}
	if iso := l.Lex.Orgs[m.row.row].ISO3; iso != "" {
		return iso
	}
	return l.nation(m.first, m.last)
}

// nation gives the state whose adjective or name stands in tokens [first, last).
func (l *linker) nation(first, last int) string {
	for i := first; i < last; i++ {
		for _, table := range [...]lex.Table{lex.Nation, lex.Country} {
			if s, end, ok := l.Match(i, table); ok && end <= last {
				return l.Lex.Countries[s.Row].ISO3
			}
		}
	}
	return ""
}
