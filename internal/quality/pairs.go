package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/story"
	"github.com/isnad-project/isnad/reader"
)

// The marked pairs lie beside the folder of marked articles.
const pairFile = "../../data/pairs/semeval22_ar.jsonl"

// pairs sets the similarity of two articles against how alike people found them, from 1,
// the same, to 4.
func (m *measure) pairs() (string, error) {
	similar, scores, err := readPairs(m.reader, filepath.Join(m.goldDir, pairFile))
	if len(scores) == 0 || err != nil {
		return "", err
	}
	t := sameStory(similar, scores, story.Same)
	var b strings.Builder
	fmt.Fprintf(&b, "%d pairs of articles.\n\n| figure | value |\n|:--|--:|\n", len(scores))
	fmt.Fprintf(&b, "| rank correlation of similarity and score (Spearman, sign turned) | %.3f |\n", -spearman(similar, scores))
	fmt.Fprintf(&b, "| same story (score 2 or less) at similarity %.2f: precision | %.3f |\n", story.Same, t.precision)
	fmt.Fprintf(&b, "| recall | %.3f |\n| F1 | %.3f |\n", t.recall, t.f1())
	return b.String(), nil
}

// readPairs gives the similarity and the score of each pair, none when the file is not there.
func readPairs(r *reader.Reader, path string) (similar, scores []float64, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	e, err := story.New()
	if err != nil {
		return nil, nil, err
	}
	sketch := func(a isnad.Article) story.Sketch {
		rec := r.Read(a)
		return e.Sketch(&rec)
	}
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var p struct {
			Overall float64
			A, B    isnad.Article
		}
		if err := d.Decode(&p); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		a, b := sketch(p.A), sketch(p.B)
		similar = append(similar, story.Similarity(&a, &b))
		scores = append(scores, p.Overall)
	}
	return similar, scores, nil
}

func sameStory(similar, scores []float64, least float64) tally {
	var t tally
	right := 0
	for i, s := range similar {
		if scores[i] <= 2 {
			t.marked++
		}
		if s >= least {
			t.given++
			if scores[i] <= 2 {
				right++
			}
		}
	}
	t.precision, t.recall = share(right, t.given), share(right, t.marked)
	return t
}

// spearman is the correlation of ranks, those of equal values shared.
func spearman(x, y []float64) float64 {
	a, b := ranks(x), ranks(y)
	mean := float64(len(a)-1) / 2
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - mean) * (b[i] - mean)
		aa += (a[i] - mean) * (a[i] - mean)
		bb += (b[i] - mean) * (b[i] - mean)
	}
	return ab / math.Sqrt(aa*bb)
}

func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int { return cmp.Compare(x[i], x[k]) })
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		k := i
		for k < len(order) && x[order[k]] == x[order[i]] {
			k++
		}
		for _, at := range order[i:k] {
			out[at] = float64(i+k-1) / 2
		}
		i = k
	}
	return out
}
