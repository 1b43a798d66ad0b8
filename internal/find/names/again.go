package names

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// known is a name that the article gave whole.
type known struct {
	words []string
	kind  isnad.Kind
	sure  bool // the lexicon knows the person by this word alone
}

// remember finds the names of the article again: whole, or a person by one's last name.
func (f *finder) remember() {
	index := map[string][]known{}
	n := len(f.found)
	for _, m := range f.found[:n] {
		f.keep(index, m)
	}
	for i := range f.found[:n] {
		f.wholly(index, &f.found[i])
	}
	for p := 0; p < len(f.at); p++ {
		if f.taken[p] || f.token(p).Kind != ling.Word {
			continue
		}
		if m := f.recall(index, p); m.last > 0 {
			f.add(m)
			p = m.last - 1
		}
	}
}

// wholly gives a single word back the letters that looked like clitics, when a name of
// the article is so written: «بالطيب» after «أيمن بالطيب».
func (f *finder) wholly(index map[string][]known, m *mention) {
	t := f.token(m.first)
	if m.last != m.first+1 || m.kind != isnad.Person || t.Base == t.Fold || m.whole {
		return
	}
	for _, k := range index[t.Fold] {
		m.whole = m.whole || len(k.words) == 1
	}
}

// keep puts the forms by which a name may come again into the index.
func (f *finder) keep(index map[string][]known, m mention) {
	words := f.words(m)
	put := func(k known) {
		for _, have := range index[k.words[0]] {
			if len(have.words) == len(k.words) {
				return // the first meaning stands; forms of one length are told apart when met
			}
		}
		index[k.words[0]] = append(index[k.words[0]], k)
	}
	if len(words) > 0 {
		put(known{words: words, kind: m.kind})
	}
	if m.kind == isnad.Person && len(words) > 1 {
		put(known{words: words[len(words)-1:], kind: m.kind})
		if len(words) > 2 {
			put(known{words: words[len(words)-2:], kind: m.kind})
		}
	}
	if m.kind == isnad.Person && len(words) > 1 {
		f.keepParts(m, put)
	}
	if t := f.token(m.first); m.kind == isnad.Place && len(words) > 1 && t.Def && t.Tables.Has(lex.Place) {
		put(known{words: words[:1], kind: m.kind})
	}
}

// keepParts puts the words by which alone a person named in whole is known: the one the
// lexicon gives («لولا»), and the forename where it is no common word.
func (f *finder) keepParts(m mention, put func(known)) {
	for p := m.first; p < m.last; p++ {
		t := f.token(p)
		switch {
		case t.Kind != ling.Word:
		case t.Tables.Has(lex.Short) && t.Conj == 0 && t.Prep == 0:
			put(known{words: []string{t.Fold}, kind: m.kind, sure: true})
		case p == m.first && t.Tables.Has(lex.Forename) && t.Vocab.POS&ordinary == 0 && t.Class == 0 && t.Tables&located == 0:
			put(known{words: []string{t.Base}, kind: m.kind})
		}
	}
}

// words gives the folded words of a mention, the first without its clitics.
func (f *finder) words(m mention) []string {
	var out []string
	for p := m.first; p < m.last; p++ {
		t := f.token(p)
		switch {
		case t.Kind != ling.Word:
		case p == m.first && !m.whole:
			out = append(out, t.Base)
		default:
			out = append(out, t.Fold)
		}
	}
	return out
}

// recall finds a name of the index at place p.
func (f *finder) recall(index map[string][]known, p int) mention {
	t := f.token(p)
	best := mention{first: p, rule: again}
	sure := false
	look := func(form string, whole bool) {
		for _, k := range index[form] {
			if end := f.same(k, p); end > best.last {
				best.last, best.kind, best.whole = end, k.kind, whole
				sure = k.sure
			}
		}
	}
	look(t.Base, false)
	if t.Base != t.Fold {
		look(t.Fold, true)
	}
	if best.last == 0 {
		return f.behind(index, p)
	}
	sure = sure || best.kind == isnad.Place && f.token(p).Tables.Has(lex.Place) && f.token(p-1).Is(lex.Prep)
	if best.last == p+1 && !sure && (f.ordinaryHere(p) || f.everyday(p, best.kind)) {
		return mention{}
	}
	return best
}

// proclitics are the letters that hang before a name.
var proclitics = [...]string{script.Waw, script.Fa, script.Ba, script.Lam, script.Kaf}

// behind finds a person's name of the index behind letters that were not taken off an
// unknown word: «لبيلنتشكو».
func (f *finder) behind(index map[string][]known, p int) mention {
	t := f.token(p)
	if t.Vocab.Count > 0 || t.Tables != 0 || t.Off > 0 || latin(t) {
		return mention{}
	}
	rest := t.Fold
	for skip := 1; skip <= 2; skip++ {
		cut := ""
		for _, c := range proclitics {
			if after, ok := strings.CutPrefix(rest, c); ok {
				cut = after
			}
		}
		if cut == "" {
			return mention{}
		}
		rest = cut
		for _, k := range index[rest] {
			if len(k.words) == 1 {
				return mention{first: p, last: p + 1, kind: k.kind, rule: again, skip: f.letters(t, skip)}
			}
		}
	}
	return mention{}
}

// letters gives the bytes of the first n letters of t with the marks on them.
func (f *finder) letters(t *ling.Token, n int) int {
	for i, r := range f.Text[t.Start:t.End] {
		if script.IsMark(r) || script.IsInvisible(r) {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return 0
}

// same gives the place after the words of k from place p, or 0.
func (f *finder) same(k known, p int) int {
	q := p + 1
	for _, w := range k.words[1:] {
		if t := f.token(q); t.Kind == ling.Punct && t.Start == f.token(q-1).End {
			q++
		}
		if t, ok := f.word(p, q); !ok || t.Fold != w {
			return 0
		}
		q++
	}
	return q
}

// everyday reports whether the common word at place p, which was a name in quotation
// marks or as a part of one, stands here for itself.
func (f *finder) everyday(p int, kind isnad.Kind) bool {
	t := f.token(p)
	switch {
	case !idle(t) || f.lone(p):
		return false
	case kind == isnad.Other:
		return true
	}
	return kind == isnad.Person && !t.Def && t.Vocab.Count > oftenSeen/2 && !f.seen(p)
}

// ordinaryHere reports whether the single word at place p is rather the common word it
// can also be.
func (f *finder) ordinaryHere(p int) bool {
	t := f.token(p)
	if t.Class != 0 || t.Tables&lex.In(lex.Weekday, lex.Number, lex.Month) != 0 {
		return true
	}
	if f.adverbial(p) || t.Tables.Has(lex.Title) && t.Vocab.POS&ordinary != 0 {
		return true
	}
	if !idle(t) {
		return false
	}
	if t.Tables.Has(lex.Place) {
		return false
	}
	if t.Vocab.Count > 2000 {
		return true
	}
	_, verb := f.VerbAt(int(f.at[p]))
	return verb && t.Vocab.Count > 100
}
