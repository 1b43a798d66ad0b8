package quantities

import (
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/number"
	"github.com/isnad-project/isnad/internal/script"
)

// word gives the longest time word of a class at token i and the token after it; the
// table of time words also holds the particles and modifiers of quantities.
func (f *finder) word(i int, class string) (value string, last int, ok bool) {
	if i < 0 || i >= len(f.d.Tokens) || f.d.Tokens[i].Kind != ling.Word {
		return "", 0, false
	}
	for _, p := range f.d.PhrasesAt(i) {
		if v, ok := f.ofClass(p.Word, class); ok {
			return v, p.Last, true
		}
	}
	if !f.d.Tokens[i].Tables.Has(lex.TimeWord) {
		return "", 0, false
	}
	v, ok := f.ofClass(f.d.Tokens[i].Word, class)
	return v, i + 1, ok
}

func (f *finder) ofClass(w *lex.Word, class string) (string, bool) {
	if w == nil || !w.Tables.Has(lex.TimeWord) {
		return "", false
	}
	for _, s := range w.Senses {
		if s.Table == lex.TimeWord && f.d.Lex.TimeWords[s.Row].Class == class {
			return f.d.Lex.TimeWords[s.Row].Value, true
		}
	}
	return "", false
}

func (f *finder) is(i int, class string) bool {
	_, _, ok := f.word(i, class)
	return ok
}

// upTo reads the upper end of a range: «5-7», «400 أو 500», «بين 5 و7», «5 إلى 7», and «من 5
// إلى 7» after a word that speaks of a range; after others that is a change, two numbers.
func (f *finder) upTo(i int, n number.Number) (number.Number, bool) {
	j := n.Last
	if j >= len(f.d.Tokens) || !f.same(i, j) {
		return number.Number{}, false
	}
	k, ok := f.joint(i, j)
	if !ok || k >= len(f.d.Tokens) || !f.same(i, k) || !number.May(&f.d.Tokens[k]) {
		return number.Number{}, false
	}
	hi, ok := number.Read(f.d, k)
	if !ok || hi.Vague || hi.Share || hi.Value <= n.Value && (hi.Scale == 0 || n.Scale != 0 || n.Value*hi.Scale >= hi.Value) {
		return number.Number{}, false
	}
	return hi, true
}

// joint gives the token after what joins the two ends of a range.
func (f *finder) joint(i, j int) (int, bool) {
	if t := f.d.Tokens[j].Fold; t == "-" || t == "–" || t == "—" {
		return j + 1, true
	}
	if _, last, ok := f.word(j, "or"); ok {
		return last, true
	}
	if _, last, ok := f.word(j, "to"); ok {
		return last, !f.is(i-1, "of") || f.ranging(i)
	}
	if !f.is(i-1, "between") {
		return 0, false
	}
	if f.d.Tokens[j].Fold == script.Waw {
		return j + 1, true
	}
	return j, f.d.Tokens[j].Conj == 'w'
}

// ranging reports whether a word that speaks of a range stands before token i.
func (f *finder) ranging(i int) bool {
	for j := i - 1; j >= 0 && j > i-7 && f.same(j, i); j-- {
		if f.is(j, "range") {
			return true
		}
	}
	return false
}

// scored reports whether tokens [i, last) are a score or part of a longer code: digits
// with a dash between and nothing counted after them.
func (f *finder) scored(i, last int) bool {
	if f.dash(i-1) && f.touch(i-1) && i > 1 && f.d.Tokens[i-2].Kind == ling.Number {
		return true
	}
	return f.dash(last) && f.touch(last) && last+1 < len(f.d.Tokens) && f.d.Tokens[last+1].Kind == ling.Number
}

func (f *finder) dash(i int) bool { return f.fold(i, "-") || f.fold(i, "–") || f.fold(i, "—") }

// mod gives the modifier of q: before it («نحو», «ما لا يقل عن»), with a word between («تفوق
// أعمارهم»), or after it («على الأقل»).
func (f *finder) mod(q counted) string {
	for j := q.start - 5; j < q.start; j++ {
		if v, last, ok := f.word(j, "mod"); ok && last == q.start && bound(v) && f.same(j, q.start) {
			return v
		}
	}
	for j := q.last; j < len(f.d.Tokens) && j < q.last+3 && f.same(q.start, j); j++ {
		if v, _, ok := f.word(j, "mod"); ok && trailing(v) && f.trails(j) {
			return v
		}
		if t := &f.d.Tokens[j]; t.Kind != ling.Word || t.Conj != 0 || t.Prep != 0 || t.Is(lex.Prep|lex.Subord) {
			break
		}
	}
	for j := max(0, q.start-3); j < q.start-1; j++ {
		if v, last, ok := f.word(j, "mod"); ok && bound(v) && last == q.start-1 && f.same(j, q.start) && f.d.Tokens[last].Pron {
			return v
		}
	}
	return ""
}

// bound reports whether a modifier speaks of an amount.
func bound(v string) bool {
	switch v {
	case "approx", "more_than", "less_than", "equal_or_more", "equal_or_less":
		return true
	}
	return false
}

// trailing reports whether a modifier may stand after its amount.
func trailing(v string) bool { return v == "equal_or_more" || v == "equal_or_less" || v == "approx" }

// trails reports whether the modifier at token i does not belong to a number after it.
func (f *finder) trails(i int) bool {
	_, last, _ := f.word(i, "mod")
	return last >= len(f.d.Tokens) || !f.same(i, last) || !f.startsNumber(last)
}

func (f *finder) startsNumber(i int) bool {
	t := &f.d.Tokens[i]
	return t.Kind == ling.Number || t.Tables.Has(lex.Number) && t.Conj == 0
}
