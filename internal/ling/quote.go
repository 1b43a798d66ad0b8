package ling

import "unicode/utf8"

// pair is a kind of quotation marks.
type pair uint8

const (
	noPair    pair = iota
	guillemet      // « »
	double         // “ ” „ ‟ " and their low and reversed sisters
	single         // ‘ ’ ‚ '
	angle          // ‹ ›
	pairs
)

func pairOf(r rune) pair {
	switch r {
	case '«', '»', '《', '》':
		return guillemet
	case '"', '“', '”', '„', '‟', '″', '〝', '〞':
		return double
	case '\'', '‘', '’', '‚', '‛', '`':
		return single
	case '‹', '›':
		return angle
	}
	return noPair
}

func isMark(r rune) bool { return pairOf(r) != noPair }

// maxUnclosed is how many open marks are remembered at once; deeper ones stay signs.
const maxUnclosed = int(pairs)

// pairQuotes pairs the marks of each paragraph. Which of two marks opens is told by
// where it stands, not by its shape: Arabic pages set “ ” both ways round. A kind of
// mark does not nest in itself.
func (d *Doc) pairQuotes() {
	d.quoteOf = grow(d.quoteOf, len(d.Tokens))
	for i := range d.quoteOf {
		d.quoteOf[i] = -1
	}
	for _, p := range d.Paras {
		d.pairParagraph(p)
	}
	d.nestQuotes()
}

func (d *Doc) pairParagraph(p Paragraph) {
	var open [maxUnclosed]int // index of the open quote of each kind plus 1
	for i := p.First; i < p.Last; i++ {
		t := &d.Tokens[i]
		if t.Kind != Mark {
			continue
		}
		r, _ := utf8.DecodeRuneInString(t.Fold)
		k := pairOf(r)
		switch {
		case open[k] != 0 && !d.opens(i, p):
			q := &d.Quotes[open[k]-1]
			q.Close, q.Closed = i, true
			open[k] = 0
		case open[k] == 0 && (d.opens(i, p) || !d.closes(i, p)):
			d.Quotes = append(d.Quotes, Quote{Open: i, Close: p.Last})
			open[k] = len(d.Quotes)
		case open[k] != 0:
			// A second opener: the first was never closed. «"قال … "ثم» is rarer than a
			// closing mark with its space on the wrong side, so it closes.
			q := &d.Quotes[open[k]-1]
			q.Close, q.Closed = i, true
			open[k] = 0
		}
	}
}

// opens reports whether the mark at i has space or a sign before it and a word right
// after it.
func (d *Doc) opens(i int, p Paragraph) bool {
	before := i == p.First || d.Tokens[i-1].End < d.Tokens[i].Start || d.Tokens[i-1].Kind == Punct
	after := i+1 < p.Last && d.Tokens[i+1].Start == d.Tokens[i].End && d.Tokens[i+1].Kind != Punct
	return before && after
}

// closes reports whether the mark at i has a word right before it and space, a sign or
// the end after it.
func (d *Doc) closes(i int, p Paragraph) bool {
	before := i > p.First && d.Tokens[i-1].End == d.Tokens[i].Start
	after := i+1 == p.Last || d.Tokens[i+1].Start > d.Tokens[i].End || d.Tokens[i+1].Kind == Punct
	return before && after
}

// nestQuotes notes for each token the innermost quote it stands in. Quotes are in order
// of their opening mark, so a later one that covers a token is the inner one; each pass
// over a quote is bounded by the kinds of marks, so this is linear.
func (d *Doc) nestQuotes() {
	for n := range d.Quotes {
		q := &d.Quotes[n]
		for i := q.Open; i <= q.Close && i < len(d.Tokens); i++ {
			if i < q.Close || q.Closed {
				d.quoteOf[i] = int32(n)
			}
		}
	}
}

func grow(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	return s[:n]
}
