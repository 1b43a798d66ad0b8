package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/train/corpus"
)

// trainer turns texts into numbered features.
type trainer struct {
	analyzer *ling.Analyzer
	features func(*ling.Doc, string, func(int, []uint64))
	index    map[uint64]int32 // first the count of each feature, then its number
	hashes   []uint64
}

// wordCounts counts the words of the training texts.
func (t *trainer) wordCounts(c corpora) map[uint64]int {
	seen := map[uint64]int{}
	for _, list := range c.domains {
		for _, text := range list {
			d := t.analyzer.Analyze(text.Text)
			tag.Contexts(d, func(_ int, word uint64, _ []uint64) { seen[word]++ })
			t.analyzer.Release(d)
		}
	}
	return seen
}

// prepare numbers the features of the training texts and gives the sentences.
func (t *trainer) prepare(s settings, c corpora) []sentence {
	t.number(s, c)
	return t.all(s, c)
}

// number numbers the features of the training texts.
func (t *trainer) number(s settings, c corpora) {
	for _, list := range c.domains {
		t.count(list)
	}
	t.keep(s.cut)
	fmt.Println(len(t.hashes), "features")
}

// all gives the sentences of all domains. Each feature of a domain but the first also stands in a copy of its own
// (after Daumé 2007), so that what the others mark differently is learnt apart.
func (t *trainer) all(s settings, c corpora) []sentence {
	var data []sentence
	for domain, list := range c.domains {
		weight := float32(1)
		if domain > 0 {
			weight = float32(s.others)
		}
		if weight == 0 {
			continue
		}
		for _, one := range t.sentences(list, weight) {
			for i, features := range one.features {
				if domain == 0 {
					break
				}
				for _, n := range features {
					one.features[i] = append(one.features[i], n+int32(domain*len(t.hashes)))
				}
			}
			data = append(data, one)
		}
	}
	return data
}

// field trains a field on the sentences and leaves in it the weights of the first domain alone.
func (t *trainer) field(s settings, data []sentence, epochs int) *field {
	f := newField(len(t.hashes)*domains, float32(s.rate), float32(s.decay), s.drop, rand.New(rand.NewPCG(1, 2)))
	f.train(data, epochs, func(epoch int, loss float64) { fmt.Printf("epoch %d loss %.0f\n", epoch, loss) })
	f.rows = f.rows[:len(t.hashes)]
	return f
}

// domains is the number of kinds of training texts.
const domains = 3

func (t *trainer) count(list []corpus.Text) {
	for _, text := range list {
		d := t.analyzer.Analyze(text.Text)
		t.features(d, text.Text, func(_ int, features []uint64) {
			for _, h := range features {
				t.index[h]++
			}
		})
		t.analyzer.Release(d)
	}
}

// keep numbers the features that occur often enough, in the order of their hashes.
func (t *trainer) keep(least int) {
	for h, n := range t.index {
		if int(n) >= least {
			t.hashes = append(t.hashes, h)
		}
	}
	slices.Sort(t.hashes)
	t.index = make(map[uint64]int32, len(t.hashes))
	for i, h := range t.hashes {
		t.index[h] = int32(i)
	}
}

func (t *trainer) sentences(list []corpus.Text, weight float32) []sentence {
	var out []sentence
	for _, text := range list {
		d := t.analyzer.Analyze(text.Text)
		gold := text.Tags(d)
		numbered := make([][]int32, len(d.Tokens))
		t.features(d, text.Text, func(i int, features []uint64) {
			for _, h := range features {
				if n, ok := t.index[h]; ok {
					numbered[i] = append(numbered[i], n)
				}
			}
		})
		for _, s := range d.Sents {
			if s.Last > s.First {
				out = append(out, sentence{numbered[s.First:s.Last], gold[s.First:s.Last], weight})
			}
		}
		t.analyzer.Release(d)
	}
	return out
}
