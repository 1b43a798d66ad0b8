package entities

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// root gives the mention that stands for n's group.
func (l *linker) root(n int32) int32 {
	for l.group[n] != n {
		l.group[n] = l.group[l.group[n]]
		n = l.group[n]
	}
	return n
}

// join puts two mentions in one group; the earlier root stands.
func (l *linker) join(a, b int32) {
	a, b = l.root(a), l.root(b)
	if a < b {
		l.group[b] = a
	} else {
		l.group[a] = b
	}
}

// known joins the mentions of one row of the lexicon. A person's full and short name are
// of one row, a state and its capital are not one thing.
func (l *linker) known() {
	first := map[fact]int32{}
	for n, m := range l.mentions {
		f := m.row
		if !f.ok {
			continue
		}
		if f.table == lex.Short {
			f.table = lex.Person
		}
		if at, ok := first[f]; ok {
			l.join(at, int32(n))
		} else {
			first[f] = int32(n)
		}
	}
}

// spelled joins mentions of one kind that are spelled alike, and foreign names that
// differ only in how a sound is written.
func (l *linker) spelled() {
	first := map[string]int32{}
	for n := range l.mentions {
		l.meet(first, l.mentions[n].key, int32(n))
		if k := l.names[n].Kind; k == isnad.Person || k == isnad.Place {
			if s := skeleton(l.mentions[n].words); s != "" {
				l.meet(first, string(k)+"\n"+s, int32(n))
			}
		}
	}
}

// meet joins mention n to the first with its key.
func (l *linker) meet(first map[string]int32, key string, n int32) {
	if at, ok := first[key]; ok {
		l.join(at, n)
	} else {
		first[key] = n
	}
}

// skeleton gives the consonants of a name, those that spellings of foreign names choose
// between as one; empty for a name of less than five.
func skeleton(words []string) string {
	s := bones.Replace(strings.Join(words, " "))
	if utf8.RuneCountInString(s) < 5 {
		return ""
	}
	return s
}

// bones drops the long vowels and unites the letters for a foreign g, t, s and v.
var bones = strings.NewReplacer(script.Alef, "", script.Waw, "", script.Ya, "", script.Hamza, "",
	script.Ghayn, script.Jim, script.Tah, script.Ta, script.Sad, script.Sin)

// shortened joins a body's or place's name to a longer one of the article that begins
// («وزارة الخارجية الأميركية») or, for bodies, ends with it («الخارجية الأميركية»). A form
// that fits two of them is left alone.
func (l *linker) shortened() {
	longer := map[string]int32{}
	for n, m := range l.mentions {
		k := l.names[n].Kind
		if k == isnad.Person || len(m.words) < 2 {
			continue
		}
		for i := 1; i < len(m.words) && i < 6; i++ {
			if k == isnad.Organization && i > 1 || l.Tokens[m.first].Def {
				l.offer(longer, string(k)+"\t"+strings.Join(m.words[:i], " "), int32(n))
			}
			if k == isnad.Organization && len(m.words)-i > 1 {
				l.offer(longer, string(k)+"\t"+strings.Join(m.words[i:], " "), int32(n))
			}
		}
	}
	for n, m := range l.mentions {
		if at, ok := longer[m.key]; ok && at >= 0 && !l.apart(at, int32(n)) {
			l.join(at, int32(n))
		}
	}
}

// offer enters a short form of mention n, or marks it as of two things.
func (l *linker) offer(longer map[string]int32, form string, n int32) {
	if at, ok := longer[form]; ok && (at < 0 || l.root(at) != l.root(n)) {
		longer[form] = isnad.None
		return
	}
	longer[form] = n
}

// apart reports whether the lexicon knows two mentions as different things.
func (l *linker) apart(a, b int32) bool {
	x, y := l.mentions[a].row, l.mentions[b].row
	return x.ok && y.ok && x != y
}

// glosses joins a name and its short form in parentheses or quotation marks behind it.
func (l *linker) glosses() {
	for n := 1; n < len(l.mentions); n++ {
		a, b := &l.mentions[n-1], &l.mentions[n]
		if l.names[n-1].Kind != l.names[n].Kind || l.names[n].Kind == isnad.Person || b.first != a.last+1 {
			continue
		}
		sign := &l.Tokens[a.last]
		if sign.Fold == "(" || sign.Kind == ling.Mark && l.Quoted(a.last, b.last) {
			l.join(int32(n-1), int32(n))
		}
	}
}

// Quoted reports whether the quotation mark at token open is closed by the one at token end.
func (l *linker) Quoted(open, end int) bool {
	q := l.QuoteOf(open)
	return q >= 0 && l.Quotes[q].Open == open && l.Quotes[q].Close == end && l.Quotes[q].Closed
}
