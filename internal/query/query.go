// Package query knows how words are looked for: the search form of a word, which is the
// same for the text that is searched and for the words asked for, and the language in
// which a person asks. It knows nothing of where articles are kept.
package query

import (
	"encoding/binary"
	"hash/fnv"
	"maps"
	"slices"
	"sync"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// version counts the changes to how search forms are made.
const version = 1

// Language makes search forms and reads queries. It is safe for concurrent use.
type Language struct {
	vocab   *vocab.Vocab
	words   asked
	plurals map[string]string // broken plurals → the form of their singular
	edition int64
	spares  spares
}

// Default makes the language of the embedded tables once and shares it.
var Default = sync.OnceValues(func() (*Language, error) {
	l, err := lex.Default()
	if err != nil {
		return nil, err
	}
	v, err := vocab.Load()
	if err != nil {
		return nil, err
	}
	return New(l, v), nil
})

// New makes a language over a lexicon, which knows the words of queries, the names of
// months and broken plurals, and a vocabulary, which decides what is taken off a word.
func New(l *lex.Lexicon, v *vocab.Vocab) *Language {
	n := &Language{vocab: v, words: askedWords(l)}
	n.plurals = n.brokenPlurals(l)
	n.edition = n.sum()
	return n
}

// Edition tells languages apart that make other search forms of the same words: a library that
// was indexed by another must be indexed anew. It is positive.
func (l *Language) Edition() int64 { return l.edition }

// sum is a digest of everything that search forms depend on.
func (l *Language) sum() int64 {
	h := fnv.New64a()
	b := binary.AppendUvarint(nil, version)
	for i := range l.vocab.Len() {
		form, w := l.vocab.Form(i)
		b = append(binary.AppendUvarint(append(b, form...), uint64(w.Count)), byte(w.POS))
		if len(b) > 1<<12 {
			h.Write(b)
			b = b[:0]
		}
	}
	for _, p := range slices.Sorted(maps.Keys(l.plurals)) {
		b = append(append(append(b, p...), ' '), l.plurals[p]...)
	}
	h.Write(b)
	return int64(h.Sum64()>>1) | 1
}
