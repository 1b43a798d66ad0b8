package number

import (
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/script"
)

// kind is the kind of one piece of a number.
type kind uint8

const (
	none kind = iota
	unit
	teen
	ten
	hundred
	scale
	ordinal
	fraction
	vague
	digits
)

func kindOf(s string) kind {
	switch s {
	case "unit":
		return unit
	case "teen":
		return teen
	case "ten":
		return ten
	case "hundred":
		return hundred
	case "scale":
		return scale
	case "ordinal":
		return ordinal
	case "fraction":
		return fraction
	case "vague":
		return vague
	}
	return none
}

// piece is one number word, phrase or run of digits.
type piece struct {
	value float64
	kind  kind
	last  int
	pair  bool // a scale in ـا: the dual before a noun
}

// firstPiece reads the piece that a phrase begins with: the plural of a scale alone is
// vague, so the vague sense goes first.
func firstPiece(d *ling.Doc, i int) (piece, bool) {
	if p, ok := wordPiece(d, i, vague); ok {
		return p, true
	}
	return pieceAt(d, i)
}

// pieceAt reads the longest cardinal piece at token i.
func pieceAt(d *ling.Doc, i int) (piece, bool) {
	if i >= len(d.Tokens) {
		return piece{}, false
	}
	t := &d.Tokens[i]
	if t.Kind == ling.Number {
		v, ok := Digits(d, i)
		return piece{value: v, kind: digits, last: i + 1}, ok
	}
	return wordPiece(d, i, none)
}

// wordPiece reads the longest piece of words at token i: of kind only, or with none of
// any cardinal kind or fraction.
func wordPiece(d *ling.Doc, i int, only kind) (piece, bool) {
	if d.Tokens[i].Kind != ling.Word {
		return piece{}, false
	}
	for _, p := range d.PhrasesAt(i) {
		if r, ok := pick(d.Lex, p.Word, only); ok {
			return made(r, p.Last), true
		}
	}
	t := &d.Tokens[i]
	if !t.Tables.Has(lex.Number) || t.Pron {
		return piece{}, false
	}
	r, ok := pick(d.Lex, t.Word, only)
	if !ok {
		r, ok = pick(d.Lex, t.StemWord, only)
	}
	if !ok {
		return piece{}, false
	}
	return made(r, i+1), true
}

func made(r *lex.NumberRow, last int) piece {
	k := kindOf(r.Kind)
	return piece{r.Value, k, last, k == scale && r.Value == base(r.Value) && strings.HasSuffix(r.Word, script.Alef)}
}

// pick gives the row of w that is of kind only, or with none any but ordinals and the
// vague.
func pick(l *lex.Lexicon, w *lex.Word, only kind) (*lex.NumberRow, bool) {
	if w == nil || !w.Tables.Has(lex.Number) {
		return nil, false
	}
	for _, s := range w.Senses {
		if s.Table != lex.Number {
			continue
		}
		r := &l.Numbers[s.Row]
		k := kindOf(r.Kind)
		if k == only || only == none && k != ordinal && k != vague {
			return r, true
		}
	}
	return nil, false
}

// Ordinal reads an ordinal at token i, of one word or compound: «الثاني», «الحادي
// والعشرين», «الثاني عشر». It gives its number and the token after it.
func Ordinal(d *ling.Doc, i int) (n, last int, ok bool) {
	p, ok := wordPiece(d, i, ordinal)
	if !ok {
		return 0, 0, false
	}
	n, last = int(p.value), p.last
	if n > 9 || last >= len(d.Tokens) || d.Tokens[last].Conj != 'w' || !near(d, last) {
		return n, last, true
	}
	if q, ok := wordPiece(d, last, ordinal); ok && q.value >= 20 && q.value < 100 && d.Tokens[last].Prep == 0 {
		return n + int(q.value), q.last, true
	}
	return n, last, true
}
