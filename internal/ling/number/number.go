// Package number reads number phrases: digits («2,500»), words («خمسة وعشرون ألفا») and
// both together («3 آلاف», «1.25 مليار»). It knows what a number is worth, not what is
// counted or whether it is a date.
package number

import (
	"math"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// Number is a number phrase that begins at the token it was read at.
type Number struct {
	Last   int     // the token after it
	Value  float64 // 0 when Vague
	Digits bool    // it begins with digits
	Vague  bool    // «عشرات», «عدة», «ملايين»: no value
	Share  bool    // a fraction that stands alone: «نصف», «ثلثي»
	Scale  float64 // the last thousand, million … it names, else 0
	Def    bool    // its first word has the article
}

// Whole reports whether n is a whole number not below 0.
func (n Number) Whole() bool { return !n.Vague && n.Value == math.Trunc(n.Value) && n.Value >= 0 }

// May reports cheaply whether a number may begin at token t.
func May(t *ling.Token) bool {
	return t.Kind == ling.Number || t.Tables.Has(lex.Number) || t.Word.Begins() || t.StemWord.Begins()
}

// Read reads the number phrase that begins at token i. It runs over no sign and takes
// time in the length of the phrase.
func Read(d *ling.Doc, i int) (Number, bool) {
	p, ok := firstPiece(d, i)
	if !ok {
		return Number{}, false
	}
	n := Number{Last: p.last, Digits: p.kind == digits, Def: d.Tokens[i].Def}
	switch p.kind {
	case vague:
		n.Vague = true
		return n, true
	case fraction:
		return share(d, n, p)
	}
	s := sum{}
	s.begin(d, p)
	for s.add(d, &n) {
	}
	n.Value, n.Scale = s.value(), s.scale
	return n, true
}

// share reads what follows a leading fraction: a scale («نصف مليون») or nothing.
func share(d *ling.Doc, n Number, p piece) (Number, bool) {
	n.Value, n.Share = p.value, true
	if s, ok := pieceAt(d, p.last); ok && s.kind == scale && d.Tokens[p.last].Conj == 0 {
		n.Value, n.Scale, n.Last, n.Share = p.value*s.value, s.value, s.last, false
	}
	return n, true
}

// sum adds up a phrase: groups below a thousand, each multiplied by its scale.
type sum struct {
	total float64
	group float64 // the group not yet multiplied
	open  bool    // there is such a group
	last  kind    // of the last piece of the group
	scale float64 // the last scale used
}

func (s *sum) value() float64 { return s.total + s.group }

func (s *sum) begin(d *ling.Doc, p piece) {
	if p.kind != scale {
		s.group, s.open, s.last = p.value, true, p.kind
		return
	}
	s.total, s.scale, s.last = p.value, base(p.value), scale
	if p.pair && p.last < len(d.Tokens) && counted(&d.Tokens[p.last]) {
		s.total *= 2 // «ألفا جندي» is the dual; «ألفا» alone is the accusative
	}
}

// counted reports whether t may be the noun counted.
func counted(t *ling.Token) bool {
	return t.Kind == ling.Word && !t.Def && t.Conj == 0 && t.Prep == 0 && t.Tables&nouns != 0
}

var nouns = lex.In(lex.Unit, lex.Nation, lex.Demonym, lex.Currency)

// add takes the next piece of the phrase, if there is one that fits.
func (s *sum) add(d *ling.Doc, n *Number) bool {
	at, joined := n.Last, false
	if at < len(d.Tokens) && d.Tokens[at].Fold == script.Waw {
		at, joined = at+1, true // «و500»
	}
	if at >= len(d.Tokens) || !near(d, at) {
		return false
	}
	p, ok := pieceAt(d, at)
	if !ok {
		return false
	}
	t := &d.Tokens[at]
	joined = joined || t.Conj == 'w'
	if t.Prep != 0 || t.Conj == 'f' || s.other(d, p) || !s.take(p, joined) {
		return false
	}
	n.Last = p.last
	if p.kind == fraction {
		s.again(d, n)
		return false
	}
	return true
}

// other reports whether p begins a number of its own, with a scale not below the one
// used: «بين 50 ألفا و100 ألف».
func (s *sum) other(d *ling.Doc, p piece) bool {
	if s.open || s.scale == 0 || p.kind == scale || p.kind == fraction || p.last >= len(d.Tokens) || d.Tokens[p.last].Conj != 0 || !near(d, p.last) {
		return false
	}
	q, ok := pieceAt(d, p.last)
	return ok && q.kind == scale && base(q.value) >= s.scale
}

// near reports whether token i stands on the same line as the one before it.
func near(d *ling.Doc, i int) bool {
	return i > 0 && d.SentenceOf(i) == d.SentenceOf(i-1)
}

// take adds piece p when it fits what stands before it.
func (s *sum) take(p piece, joined bool) bool {
	switch p.kind {
	case scale:
		return s.multiply(p, joined)
	case fraction:
		return joined && s.half(p)
	case digits:
		if !joined || s.open || s.scale == 0 || p.value >= s.scale {
			return false
		}
		s.group, s.open, s.last = p.value, true, digits
		return true
	case unit, teen, ten, hundred:
		if !joined || s.open && !follows(s.last, p.kind, s.group) {
			return false
		}
		s.group, s.open, s.last = s.group+p.value, true, p.kind
		return true
	}
	return false
}

// follows reports whether a piece of kind k may be added after one of kind last: the
// hundreds, then the ones, then the tens.
func follows(last, k kind, group float64) bool {
	switch last {
	case hundred:
		return k == unit || k == teen || k == ten
	case unit:
		return k == ten && math.Mod(group, 100) < 10 && group != 0
	}
	return false
}

// multiply applies a scale to the open group, or adds it as one of its own.
func (s *sum) multiply(p piece, joined bool) bool {
	b := base(p.value)
	switch {
	case !joined && s.open && p.value == b && (s.scale == 0 || b < s.scale):
		s.total += s.group * b
	case !joined && !s.open && s.total > 0 && p.value == b && b > s.scale: // «ألف مليون»
		s.total *= b
	case joined && !s.open && b < s.scale: // «مليون وألف»
		s.total += p.value
	default:
		return false
	}
	s.group, s.open, s.scale, s.last = 0, false, b, scale
	return true
}

// half adds a fraction: of the last scale («مليون ونصف»), or to the group («ثلاثة ونصف»).
func (s *sum) half(p piece) bool {
	if !s.open {
		s.total += p.value * s.scale
	} else {
		s.group += p.value
	}
	s.last = fraction
	return true
}

// again takes the scale after a fraction: named once more («مليون ونصف المليون»), or
// the scale of the whole («ثلاثة ونصف مليون»).
func (s *sum) again(d *ling.Doc, n *Number) {
	if n.Last >= len(d.Tokens) || !near(d, n.Last) || d.Tokens[n.Last].Conj != 0 {
		return
	}
	p, ok := pieceAt(d, n.Last)
	if !ok || p.kind != scale {
		return
	}
	switch {
	case !s.open && p.value == s.scale:
		n.Last = p.last
	case s.open && s.scale == 0:
		s.multiply(p, false)
		n.Last = p.last
	}
}

// base gives the power of a thousand in a scale: a dual's is half of it.
func base(v float64) float64 {
	for b := 1e15; b >= 1e3; b /= 1e3 {
		if v >= b {
			return b
		}
	}
	return v
}
