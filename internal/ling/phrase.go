package ling

import "github.com/isnad-project/isnad/internal/lex"

// matchPhrases finds every phrase of the lexicon, walking its trie from each word's
// base, from its stem without article or pronoun, and from the whole form with its
// clitics. Later words match as they stand;
// no phrase runs over the end of a paragraph.
func (d *Doc) matchPhrases() {
	d.phraseAt = grow(d.phraseAt, len(d.Tokens))
	for _, p := range d.Paras {
		for i := p.First; i < p.Last; i++ {
			n := len(d.Phrases)
			d.phraseAt[i] = int32(n)
			t := &d.Tokens[i]
			if !t.begins {
				continue
			}
			d.walk(i, p.Last, t.Word)
			d.walk(i, p.Last, t.StemWord)
			d.walk(i, p.Last, t.opening)
			longestFirst(d.Phrases[n:])
		}
	}
}

// walk adds the phrases that begin with w at token i and end by token last.
func (d *Doc) walk(i, last int, w *lex.Word) {
	for j := i + 1; j < last && w.Begins(); j++ {
		if w = d.next(w, j); w == nil {
			return
		}
		if w.Tables != 0 {
			d.Phrases = append(d.Phrases, Phrase{i, j + 1, w})
		}
	}
}

// next goes on with token j as it stands, or without the pronoun on its end («على حد
// قوله»).
func (d *Doc) next(w *lex.Word, j int) *lex.Word {
	t := &d.Tokens[j]
	if n := w.Next(t.Fold); n != nil {
		return n
	}
	if t.bare == "" {
		return nil
	}
	return w.Next(t.bare)
}

// longestFirst sorts the few phrases of one token by their end, descending.
func longestFirst(list []Phrase) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].Last > list[j-1].Last; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}
