package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
)

// firsts gives for a text the names that a first reading finds in it.
type firsts map[string][]tag.Span

// jackknife reads each half of the texts with a model trained on the other half, so that the second reading learns
// from first readings as faulty as they will be.
func jackknife(s settings, a *ling.Analyzer, c corpora, habits []tag.Habit) (firsts, error) {
	found := firsts{}
	for half := range 2 {
		var train corpora
		for _, list := range c.domains {
			kept := list[:0:0]
			for i, text := range list {
				if i%2 == half {
					kept = append(kept, text)
				}
			}
			train.domains = append(train.domains, kept)
		}
		file, err := learn(s, a, train, habits, nil)
		if err != nil {
			return nil, err
		}
		m, err := tag.Unpack(file)
		if err != nil {
			return nil, err
		}
		for _, list := range c.domains {
			for i, text := range list {
				if i%2 != half {
					d := a.Analyze(text.Text)
					found[text.Text] = m.First(d, nil)
					a.Release(d)
				}
			}
		}
	}
	return found, nil
}

// learn trains a model and gives its file. Each text is learnt from as the first reading meets it, so again with rare
// words hidden, and, where first is given, both ways as the second reading does.
func learn(s settings, a *ling.Analyzer, c corpora, habits []tag.Habit, first firsts) ([]byte, error) {
	how := tag.Training{Habits: tag.NewHabits(habits)}
	t := &trainer{analyzer: a, index: map[uint64]int32{}}
	t.features = func(d *ling.Doc, text string, yield func(int, []uint64)) {
		how.First = first[text]
		tag.Features(d, how, yield)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	seen := t.wordCounts(c)
	hide := func(word uint64) bool { return rng.Float64() < s.hide/(s.hide+float64(seen[word])) }
	how.Second = first != nil
	t.number(s, c)
	var data []sentence
	for _, second := range []bool{false, true} {
		if second && first == nil {
			break
		}
		how.Second = second
		how.Hide = nil
		data = append(data, t.all(s, c)...)
		if s.hide > 0 {
			how.Hide = hide
			data = append(data, t.all(s, c)...)
		}
	}
	f := t.field(s, data, s.epochs)
	file, kept, err := pack(s, habits, f, t.hashes)
	fmt.Println(kept, "features kept,", len(file), "bytes")
	return file, err
}
