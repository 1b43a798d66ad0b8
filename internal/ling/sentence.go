package ling

import (
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/lex"
)

// splitSentences ends a sentence at . ! ? ؟ … and ؛ no, at the end of a paragraph, but
// not after an abbreviation («د.», «دبليو.») and not inside a closed quote.
func (d *Doc) splitSentences() {
	d.sentOf = grow(d.sentOf, len(d.Tokens))
	for pi := range d.Paras {
		p := &d.Paras[pi]
		p.FirstSent = len(d.Sents)
		first := p.First
		for i := p.First; i < p.Last; i++ {
			if i+1 < p.Last && !d.endsSentence(i, *p) {
				continue
			}
			for j := first; j <= i; j++ {
				d.sentOf[j] = int32(len(d.Sents))
			}
			d.Sents = append(d.Sents, Sentence{first, i + 1, pi})
			first = i + 1
		}
		p.LastSent = len(d.Sents)
	}
}

// endsSentence reports whether a sentence ends after token i, which is not the last of
// its paragraph.
func (d *Doc) endsSentence(i int, p Paragraph) bool {
	t := &d.Tokens[i]
	if q := d.quoteOf[i]; q >= 0 && d.Quotes[q].Closed {
		// The closing mark ends the sentence when the full stop stands inside it.
		return i == d.Quotes[q].Close && i > p.First && d.stop(i-1, p) && d.startsAnew(i+1)
	}
	return d.stop(i, p) && !(t.Fold == "." && d.abbreviation(i))
}

// stop reports whether token i is a sign that ends sentences.
func (d *Doc) stop(i int, p Paragraph) bool {
	t := &d.Tokens[i]
	if t.Kind != Punct {
		return false
	}
	switch t.Fold {
	case "!", "?", "؟":
		return !d.followed(i, "،") && !d.followed(i, ")")
	case ".":
		return !d.followed(i, ")") && !d.latinInside(i, p)
	case "..", "...", "…", "....":
		return i+1 < p.Last && d.Tokens[i+1].Kind == Word && !d.followed(i, ")") && d.startsAnew(i+1)
	}
	return false
}

func (d *Doc) followed(i int, sign string) bool {
	return i+1 < len(d.Tokens) && d.Tokens[i+1].Fold == sign
}

// latinInside reports a dot between Latin letters or digits or between spelt letters: an
// address, a version, «سي.إن.إن».
func (d *Doc) latinInside(i int, p Paragraph) bool {
	if i == p.First || i+1 >= p.Last {
		return false
	}
	a, b := &d.Tokens[i-1], &d.Tokens[i+1]
	if a.End != d.Tokens[i].Start || b.Start != d.Tokens[i].End {
		return false
	}
	spelt := a.Kind == Word && b.Kind == Word && letters(a.Fold) <= 3 && letters(b.Fold) <= 3 // «سي.إن.إن»
	return spelt || a.Fold[0] < utf8.RuneSelf && b.Fold[0] < utf8.RuneSelf
}

// startsAnew reports whether token i may begin a sentence after a run of dots or a
// closing mark: with و or a verb, not with a comma or a word that goes on.
func (d *Doc) startsAnew(i int) bool {
	if i >= len(d.Tokens) {
		return true
	}
	t := &d.Tokens[i]
	return t.Kind != Punct && (t.Conj == 'w' || t.Kind == Mark || t.Tables.Has(lex.Speech))
}

// abbreviation reports whether the dot at i belongs to the short word before it: a
// single letter, or a word of the lexicon's class of abbreviations.
func (d *Doc) abbreviation(i int) bool {
	if i == 0 {
		return false
	}
	t := &d.Tokens[i-1]
	if t.Kind != Word || t.End != d.Tokens[i].Start {
		return false
	}
	return t.Is(lex.Abbreviation) || utf8.RuneCountInString(t.Fold) == 1
}
