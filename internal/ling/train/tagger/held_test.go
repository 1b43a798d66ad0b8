package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
	"github.com/isnad-project/isnad/internal/ling/tag"
	"github.com/isnad-project/isnad/internal/ling/vocab"
)

// TestHeldOut measures the embedded model on what it was not trained on.
func TestHeldOut(t *testing.T) {
	dir := os.Getenv("ISNAD_DATA")
	if dir == "" {
		dir = "../../../../../shared/data"
	}
	c, err := readCorpora(filepath.Join(dir, "ner"))
	if err != nil {
		t.Skip("no training data:", err)
	}
	m, err := tag.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	news := measure("ANERcorp last sixth", m, ling.New(l, v), c.newsHeld).f1()
	t.Logf("figure: names by the tagger alone, four kinds, last sixth of ANERcorp: F1 %.3f", news)
	wiki := measure("AQMAR test part", m, ling.New(l, v), c.wikiHeld).f1()
	t.Logf("figure: the same, AQMAR's test part (Wikipedia): F1 %.3f", wiki)
	if news < 0.75 {
		t.Errorf("F1 %.3f on the held-out news, want 0.75", news)
	}
}

func TestGoldSpans(t *testing.T) {
	got := goldSpans([]uint8{1, 2, 1, 0, 5, 5, 6, 6})
	want := []span{{0, 2, tag.Person}, {2, 3, tag.Person}, {4, 5, tag.Place}, {5, 8, tag.Place}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got, want)
		}
	}
}
