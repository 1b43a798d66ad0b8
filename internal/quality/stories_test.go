package main

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/story"
	"github.com/isnad-project/isnad/reader"
)

func storyMeasure(t *testing.T) *measure {
	t.Helper()
	r, err := reader.New()
	if err != nil {
		t.Fatal(err)
	}
	return &measure{reader: r, root: filepath.Join("..", ".."), goldDir: filepath.Join("..", "..", "..", "shared", "gold", "dev")}
}

// TestStories holds what is promised of stories on the marked days.
func TestStories(t *testing.T) {
	m := storyMeasure(t)
	marks, err := readMarks(filepath.Join(m.goldDir, storyMarks))
	if err != nil {
		t.Fatal(err)
	}
	if marks == nil {
		t.Skip("the marked stories are not here")
	}
	given, _, err := joinFile(m.reader, filepath.Join(m.goldDir, storyTexts))
	if err != nil {
		t.Fatal(err)
	}
	f := compareStories(marks, given)
	if f.stories.f1() < 0.85 {
		t.Errorf("BCubed F1 %.3f, want 0.85", f.stories.f1())
	}
	if f.copies.f1() < 0.9 {
		t.Errorf("F1 of copies %.3f, want 0.9", f.copies.f1())
	}
	if f.disagreements.precision < 0.7 || f.disagreements.recall < 0.35 {
		t.Errorf("disagreements: %.2f of those shown are right, %.2f of those marked shown", f.disagreements.precision, f.disagreements.recall)
	}
}

// TestPairs holds what is promised of the similarity of two articles.
func TestPairs(t *testing.T) {
	m := storyMeasure(t)
	similar, scores, err := readPairs(m.reader, filepath.Join(m.goldDir, pairFile))
	if err != nil {
		t.Fatal(err)
	}
	if len(scores) == 0 {
		t.Skip("the marked pairs are not here")
	}
	if s := -spearman(similar, scores); s < 0.7 {
		t.Errorf("Spearman %.3f, want 0.70", s)
	}
	if f := sameStory(similar, scores, story.Same); f.f1() < 0.78 {
		t.Errorf("F1 %.3f at %.2f", f.f1(), story.Same)
	}
}

func TestStoryFigures(t *testing.T) {
	var m marked
	m.IDs = []string{"a", "b"}
	m.Copies = [][]string{{"a", "b"}}
	marks := []marked{m, {IDs: []string{"c"}}}
	perfect := compareStories(marks, []isnad.Story{{Articles: []string{"b", "a"}, Copies: []isnad.Copies{{Articles: []string{"b", "a"}}}}, {Articles: []string{"c"}}})
	if perfect.stories.f1() != 1 || perfect.copies.f1() != 1 {
		t.Errorf("of the same stories: %+v", perfect)
	}
	one := compareStories(marks, []isnad.Story{{Articles: []string{"a", "b", "c"}}})
	if p := one.stories.precision; math.Abs(p-5.0/9) > 1e-9 || one.stories.recall != 1 || one.copies.recall != 0 {
		t.Errorf("of all in one: %+v", one)
	}
}

func TestMeet(t *testing.T) {
	held := func(value, id string) position { return position{tokens(value), []string{id}} }
	a := []position{held("نحو 100", "a"), held("150", "b"), held("٤٢ قتيلا", "c")}
	for _, c := range []struct {
		name string
		b    []position
		want bool
	}{
		{"two values", []position{held("≈100", "a"), held("42", "c")}, true},
		{"one value", []position{held("≈100", "a"), held("43", "c")}, false},
		{"another article's", []position{held("100", "b"), held("150", "a")}, false},
	} {
		if got := meet(a, c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestSpearman(t *testing.T) {
	x := []float64{1, 2, 2, 4}
	for _, c := range []struct {
		y    []float64
		want float64
	}{
		{[]float64{10, 20, 20, 90}, 1},
		{[]float64{9, 5, 5, 1}, -1},
		{[]float64{1, 1, 2, 2}, 0.7071},
	} {
		if got := spearman(x, c.y); math.Abs(got-c.want) > 0.05 {
			t.Errorf("%v: %.3f, want %.3f", c.y, got, c.want)
		}
	}
}
