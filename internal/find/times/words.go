package times

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// word gives the longest time word of a class at token i and the token after it.
func (f *finder) word(i int, class string) (value string, last int, ok bool) {
	if i < 0 || i >= len(f.d.Tokens) || f.d.Tokens[i].Kind != ling.Word {
		return "", 0, false
	}
	for _, p := range f.d.PhrasesAt(i) {
		if v, ok := f.ofClass(p.Word, class); ok {
			return v, p.Last, true
		}
	}
	t := &f.d.Tokens[i]
	if !t.Tables.Has(lex.TimeWord) {
		return "", 0, false
	}
	if v, ok := f.ofClass(t.Word, class); ok {
		return v, i + 1, true
	}
	v, ok := f.ofClass(t.StemWord, class)
	return v, i + 1, ok
}

func (f *finder) ofClass(w *lex.Word, class string) (string, bool) {
	if w == nil || !w.Tables.Has(lex.TimeWord) {
		return "", false
	}
	for _, s := range w.Senses {
		if s.Table == lex.TimeWord {
			if r := &f.d.Lex.TimeWords[s.Row]; r.Class == class {
				return r.Value, true
			}
		}
	}
	return "", false
}

// is reports whether a time word of class stands at token i by itself.
func (f *finder) is(i int, class string) bool {
	_, _, ok := f.word(i, class)
	return ok
}

// before reports whether a time word of class ends right before token i.
func (f *finder) before(i int, class string) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if _, last, ok := f.word(j, class); ok && last == i {
			return true
		}
	}
	return false
}

// unit is a unit of time in the text.
type unit struct {
	code string // TIMEX letter
	form lex.Form
	def  bool
	pron bool
	last int
}

// unitAt reads a unit of time at token i.
func (f *finder) unitAt(i int) (unit, bool) {
	if i >= len(f.d.Tokens) {
		return unit{}, false
	}
	t := &f.d.Tokens[i]
	if t.Kind != ling.Word {
		return unit{}, false
	}
	for _, p := range f.d.PhrasesAt(i) {
		if s, ok := p.Word.Sense(lex.Unit); ok {
			u := &f.d.Lex.Units[s.Row]
			return unit{u.Code, s.Form, t.Def, false, p.Last}, u.Class == "time"
		}
	}
	if !t.Tables.Has(lex.Unit) {
		return unit{}, false
	}
	out, ok := unit{}, false
	t.Senses(lex.Unit, func(s lex.Sense) bool {
		u := &f.d.Lex.Units[s.Row]
		if u.Class == "time" {
			out, ok = unit{u.Code, s.Form, t.Def, t.Pron, i + 1}, true
		}
		return !ok
	})
	return out, ok
}

// fold reports whether token i is the sign s.
func (f *finder) fold(i int, s string) bool {
	return i >= 0 && i < len(f.d.Tokens) && f.d.Tokens[i].Fold == s
}

// dash reports whether token i is a dash.
func (f *finder) dash(i int) bool { return f.fold(i, "-") || f.fold(i, "–") || f.fold(i, "—") }

// same reports whether tokens i and j stand in one sentence.
func (f *finder) same(i, j int) bool {
	return j < len(f.d.Tokens) && f.d.SentenceOf(i) == f.d.SentenceOf(j)
}

// of skips a «من» at token i.
func (f *finder) of(i int) int {
	if _, last, ok := f.word(i, "of"); ok {
		return last
	}
	return i
}

// and reports whether token i is joined by و, and where the word after it begins.
func (f *finder) and(i int) (int, bool) {
	if i >= len(f.d.Tokens) {
		return i, false
	}
	if f.d.Tokens[i].Fold == script.Waw {
		return i + 1, i+1 < len(f.d.Tokens)
	}
	return i, f.d.Tokens[i].Conj == 'w'
}

// prep reports whether a preposition stands right before token i, as a word or letter.
func (f *finder) prep(i int) bool {
	t := &f.d.Tokens[i]
	if t.Prep == 'b' || t.Prep == 'l' {
		return true
	}
	if i == 0 {
		return false
	}
	b := &f.d.Tokens[i-1]
	return b.Kind == ling.Word && (b.Is(lex.Prep|lex.TimeConj) || b.Tables.Has(lex.TimeWord) && f.placing(i))
}

// placing reports whether a word that places an event in time ends before token i.
func (f *finder) placing(i int) bool {
	return f.before(i, "since") || f.before(i, "within") || f.before(i, "by") || f.before(i, "ago") || f.before(i, "for")
}
