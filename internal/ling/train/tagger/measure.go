package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/train/corpus"
)

// span is a name by the words of a sentence.
type span struct {
	first, last int
	kind        tag.Kind
}

func goldSpans(tags []uint8) []span {
	var list []span
	for i := 0; i < len(tags); i++ {
		if tags[i] == 0 {
			continue
		}
		j := i + 1
		for j < len(tags) && tags[j] == tags[i]+tags[i]%2 {
			j++
		}
		list = append(list, span{i, j, tag.Kind((tags[i] + 1) / 2)})
		i = j - 1
	}
	return list
}

// tally counts names found, marked and rightly found.
type tally struct{ found, marked, right int }

func (t tally) precision() float64 { return float64(t.right) / float64(max(t.found, 1)) }

func (t tally) recall() float64 { return float64(t.right) / float64(max(t.marked, 1)) }

func (t tally) f1() float64 {
	p, r := t.precision(), t.recall()
	return 2 * p * r / max(p+r, 1e-9)
}

func (t *tally) add(u tally) {
	t.found += u.found
	t.marked += u.marked
	t.right += u.right
}

func (t tally) String() string {
	return fmt.Sprintf("precision %.3f recall %.3f F1 %.3f (%d marked)", t.precision(), t.recall(), t.f1(), t.marked)
}

// labels names the kinds as the record does.
var labels = [...]string{"all", "person", "organization", "place", "other"}

func measureAll(s settings, m *tag.Model, a *ling.Analyzer, c corpora) error {
	measure("ANERcorp last sixth", m, a, c.newsHeld)
	measure("AQMAR test part", m, a, c.wikiHeld)
	if s.gold == "" {
		return nil
	}
	return measureGold(m, a, s.gold)
}

// measure prints the tagger's exact-span figures on held-out texts, over all kinds and for each, and gives those over
// all.
func measure(name string, m *tag.Model, a *ling.Analyzer, list []corpus.Text) tally {
	var kinds [len(labels)]tally
	var bins [10]tally
	for _, text := range list {
		d := a.Analyze(text.Text)
		found := m.Tag(d, nil)
		for si, s := range text.Source {
			gold := goldSpans(s.Tags)
			for _, g := range gold {
				kinds[g.kind].marked++
			}
			got, sure := within(text, si, d, found)
			for i, g := range got {
				one := tally{found: 1}
				if slices.Contains(gold, g) {
					one.right = 1
				}
				kinds[g.kind].add(one)
				bins[min(9, int(sure[i]*10))].add(one)
			}
		}
		a.Release(d)
	}
	show(name, &kinds)
	fmt.Print("    right by confidence")
	for i, b := range bins {
		if b.found > 0 {
			fmt.Printf(" %.1f:%.2f(%d)", float64(i)/10, b.precision(), b.found)
		}
	}
	fmt.Println()
	return kinds[0]
}

// show sums the kinds and prints all.
func show(name string, kinds *[len(labels)]tally) {
	for _, t := range kinds[1:] {
		kinds[0].add(t)
	}
	fmt.Println(name, kinds[0])
	for k := 1; k < len(kinds); k++ {
		fmt.Println("   ", labels[k], kinds[k])
	}
}

// within gives the names found in sentence si by its words, with their confidence.
func within(text corpus.Text, si int, d *ling.Doc, found []tag.Span) ([]span, []float32) {
	starts := text.Starts[si]
	words := text.Source[si].Words
	var list []span
	var sure []float32
	for _, f := range found {
		from, to := int(d.Tokens[f.First].Start), int(d.Tokens[f.Last-1].End)
		if from >= starts[0] && from < starts[len(starts)-1]+len(words[len(words)-1]) {
			first, _ := slices.BinarySearch(starts, from+1)
			last, _ := slices.BinarySearch(starts, to)
			list = append(list, span{first - 1, last, f.Kind})
			sure = append(sure, f.Confidence)
		}
	}
	return list, sure
}

// measureGold prints how many of the names marked in articles by the record's rules are found as they stand, by
// text and kind whatever the order. The record leaves out titles and generic heads that the tagger's own
// training texts do not, so the figure is a lower bound.
func measureGold(m *tag.Model, a *ling.Analyzer, dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return err
	}
	var kinds [len(labels)]tally
	for _, path := range files {
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var g marked
		if err := json.Unmarshal(file, &g); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		g.compare(m, a, &kinds)
	}
	show("marked articles", &kinds)
	return nil
}

// marked is what is read of a marked article: each name's words, kind and entity.
type marked struct {
	Text  string
	Names [][3]string
}

func (g marked) compare(m *tag.Model, a *ling.Analyzer, kinds *[len(labels)]tally) {
	want := map[[2]string]int{}
	for _, n := range g.Names {
		want[[2]string{n[0], n[1]}]++
		if k := slices.Index(labels[:], n[1]); k > 0 {
			kinds[k].marked++
		}
	}
	d := a.Analyze(g.Text)
	for _, f := range m.Tag(d, nil) {
		one := tally{found: 1}
		key := [2]string{d.Text[d.Tokens[f.First].Body:d.Tokens[f.Last-1].End], labels[f.Kind]}
		if want[key] > 0 {
			want[key]--
			one.right = 1
		}
		kinds[f.Kind].add(one)
	}
	a.Release(d)
}
