package main

import (
	"cmp"
	"math"
	"path/filepath"
	"slices"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/train/corpus"
)

// learnHabits trains a model on what stands round each word alone, reads the unmarked news with it, and
// gives each word the mean of the probabilities of its tags over all its occurrences.
func learnHabits(s settings, a *ling.Analyzer, c corpora) ([]tag.Habit, error) {
	contexts := func(d *ling.Doc, _ string, yield func(int, []uint64)) {
		tag.Contexts(d, func(i int, _ uint64, features []uint64) { yield(i, features) })
	}
	t := &trainer{analyzer: a, index: map[uint64]int32{}, features: contexts}
	data := t.prepare(s, c)
	f := t.field(s, data, s.rounds)
	r := &reading{t: t, f: f, seen: map[uint64]*use{}}
	err := corpus.Articles(filepath.Join(s.data, "news/ant.jsonl.xz"), func(a corpus.Article) {
		r.text(a.Title + "\n\n" + a.Text)
	})
	return r.habits(), err
}

// use is what a word was in the news: how often it occurs, and the sums of its tags' probabilities.
type use struct {
	n    float64
	tags [tags]float64
}

// reading gathers the uses of words.
type reading struct {
	t    *trainer
	f    *field
	seen map[uint64]*use
	all  use
}

func (r *reading) text(text string) {
	d := r.t.analyzer.Analyze(text)
	emit := make([][tags]float64, len(d.Tokens))
	words := make([]uint64, len(d.Tokens))
	tag.Contexts(d, func(i int, word uint64, features []uint64) {
		words[i] = word
		for _, h := range features {
			if n, ok := r.t.index[h]; ok {
				for t, w := range r.f.rows[n] {
					emit[i][t] += float64(w)
				}
			}
		}
	})
	for _, s := range d.Sents {
		if s.Last > s.First {
			r.sentence(emit[s.First:s.Last], words[s.First:s.Last])
		}
	}
	r.t.analyzer.Release(d)
}

func (r *reading) sentence(emit [][tags]float64, words []uint64) {
	alpha, beta, z := r.f.forwardBackward(emit)
	for i, w := range words {
		if w == 0 {
			continue
		}
		u := r.seen[w]
		if u == nil {
			u = new(use)
			r.seen[w] = u
		}
		u.n++
		r.all.n++
		for t := range tags {
			p := math.Exp(alpha[i][t] + beta[i][t] - z)
			u.tags[t] += p
			r.all.tags[t] += p
		}
	}
}

// prior is how many occurrences of an average word are added to each word's own.
const prior = 1

// habits gives the words seen twice or more.
func (r *reading) habits() []tag.Habit {
	var list []tag.Habit
	for w, u := range r.seen {
		if u.n < 2 {
			continue
		}
		h := tag.Habit{Hash: w}
		for t := 1; t < tags; t++ {
			p := (u.tags[t] + prior*r.all.tags[t]/r.all.n) / (u.n + prior)
			h.Value |= tag.Level(p) << (3 * (t - 1))
		}
		list = append(list, h)
	}
	slices.SortFunc(list, func(a, b tag.Habit) int { return cmp.Compare(a.Hash, b.Hash) })
	return list
}
