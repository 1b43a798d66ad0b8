package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/train/corpus"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// classify clusters the words of the corpus, clitics taken off, by the words they stand between, and notes
// each vocabulary form's class from 1. Analysis is by the vocabulary alone, so that the classes do not
// change with the lexicon.
func classify(news string, v *vocab.Vocab, words map[string]*vocab.Word, k, rounds int) error {
	s := &sequence{analyzer: ling.New(&lex.Lexicon{}, v), id: map[string]uint32{}, bigrams: map[uint64]uint32{}}
	err := corpus.Articles(news, func(a corpus.Article) {
		s.text(a.Title)
		s.text(a.Text)
	})
	if err != nil {
		return err
	}
	forms, count, bigrams := s.ranked(words)
	fmt.Println(len(forms), "words to cluster,", len(bigrams), "bigrams")
	class := cluster(count, bigrams, k, rounds, func(round, moved int) { fmt.Println("round", round, "moved", moved) })
	for i, f := range forms {
		if w := words[f]; w != nil {
			w.Class = class[i] + 1
		}
	}
	return nil
}

// sequence counts the words and bigrams of texts.
type sequence struct {
	analyzer *ling.Analyzer
	id       map[string]uint32
	forms    []string
	count    []uint32
	bigrams  map[uint64]uint32
	last     uint32
}

// The pseudo-words; their spaces keep them apart from words.
const (
	boundary = " sentence"
	number   = " number"
	rare     = " rare"
)

func (s *sequence) text(text string) {
	d := s.analyzer.Analyze(text)
	for _, sent := range d.Sents {
		s.last = s.number(boundary)
		for i := sent.First; i < sent.Last; i++ {
			s.token(&d.Tokens[i])
		}
		s.next(boundary)
	}
	s.analyzer.Release(d)
}

func (s *sequence) token(t *ling.Token) {
	switch t.Kind {
	case ling.Number:
		s.next(number)
	case ling.Word:
		for _, clitic := range [...]byte{t.Conj, t.Prep} {
			if clitic != 0 {
				s.next(" " + string(clitic))
			}
		}
		if t.Fut {
			s.next(" s")
		}
		s.next(t.Base)
	default:
		s.next(" " + t.Fold)
	}
}

func (s *sequence) next(form string) {
	id := s.number(form)
	s.count[id]++
	s.bigrams[uint64(s.last)<<32|uint64(id)]++
	s.last = id
}

func (s *sequence) number(form string) uint32 {
	id, ok := s.id[form]
	if !ok {
		id = uint32(len(s.forms))
		form = strings.Clone(form)
		s.id[form] = id
		s.forms = append(s.forms, form)
		s.count = append(s.count, 0)
	}
	return id
}

// ranked renumbers the words from the most frequent down and unites those that are in no vocabulary.
func (s *sequence) ranked(words map[string]*vocab.Word) ([]string, []uint32, map[uint64]uint32) {
	order := []uint32{}
	out := uint32(0)
	for i, f := range s.forms {
		if f[0] == ' ' || words[f] != nil {
			order = append(order, uint32(i))
		} else {
			out += s.count[i]
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		if s.count[a] != s.count[b] {
			return int(s.count[b]) - int(s.count[a])
		}
		return strings.Compare(s.forms[a], s.forms[b])
	})
	to := make([]uint32, len(s.forms))
	for i := range to {
		to[i] = uint32(len(order))
	}
	forms := make([]string, len(order)+1)
	count := make([]uint32, len(order)+1)
	for rank, i := range order {
		to[i], forms[rank], count[rank] = uint32(rank), s.forms[i], s.count[i]
	}
	forms[len(order)], count[len(order)] = rare, out
	bigrams := make(map[uint64]uint32, len(s.bigrams))
	for key, n := range s.bigrams {
		bigrams[uint64(to[key>>32])<<32|uint64(to[uint32(key)])] += n
	}
	return forms, count, bigrams
}
