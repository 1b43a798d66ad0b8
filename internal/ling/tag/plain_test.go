package tag

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/isnad-project/isnad/internal/ling"
)

// weightOf reads a feature's weights off its slot, one by one.
func (m *Model) weightOf(h uint64, t int) float64 {
	s := m.find(h)
	if s == nil {
		return 0
	}
	w := int32(s.ninth)
	if t < tags-1 {
		w = int32(uint8(s.eight >> (8 * t)))
	}
	return float64(w-128) * m.scale
}

// plain is the first reading as the book has it: all features of all tokens summed one by one, and the best path over
// the whole sentence in logarithms. It gives the names without their probabilities.
func (m *Model) plain(d *ling.Doc) (names []Span) {
	scores := make([][tags]float64, len(d.Tokens))
	Features(d, Training{Habits: m.habits}, func(i int, features []uint64) {
		for _, h := range features {
			for t := range tags {
				scores[i][t] += m.weightOf(h, t)
			}
		}
	})
	for _, s := range d.Sents {
		path := m.plainPath(scores[s.First:s.Last])
		for i := 0; i < len(path); i++ {
			if path[i] == 0 {
				continue
			}
			end := i + 1
			for end < len(path) && path[end] == path[i]+path[i]%2 {
				end++
			}
			names = append(names, Span{First: s.First + i, Last: s.First + end, Kind: Kind((path[i] + 1) / 2)})
			i = end - 1
		}
	}
	return names
}

func (m *Model) plainPath(scores [][tags]float64) []int {
	best := make([][tags]float64, len(scores))
	from := make([][tags]int, len(scores))
	for i := range scores {
		for t := range tags {
			best[i][t] = math.Inf(-1)
			for f := range tags {
				v := math.Log(m.odds[f][t])
				if i == 0 {
					v = math.Log(m.odds[tags][t])
				} else {
					v += best[i-1][f]
				}
				if v += scores[i][t]; v > best[i][t] {
					best[i][t], from[i][t] = v, f
				}
			}
		}
	}
	path := make([]int, len(scores))
	last := len(scores) - 1
	for t := range tags {
		if best[last][t] > best[last][path[last]] {
			path[last] = t
		}
	}
	for i := last; i > 0; i-- {
		path[i-1] = from[i][path[i]]
	}
	return path
}

// scrambled are texts of the article's words in any order.
func scrambled(n int) []string {
	rng := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(article + " و \" ( 12 . ، CNN 2021 لن «")
	texts := []string{article}
	for range n {
		var b strings.Builder
		for range 1 + rng.IntN(60) {
			at := rng.IntN(len(words))
			b.WriteString(strings.Join(words[at:min(len(words), at+1+rng.IntN(4))], " ") + " ")
		}
		texts = append(texts, b.String())
	}
	return texts
}

// TestFirstIsPlain reads with open gates: every name of the plain reading must come out, and no other.
func TestFirstIsPlain(t *testing.T) {
	m, a := load(t)
	for i := range m.gates {
		m.gates[i] = math.MaxInt32 - 1
	}
	n := 300
	if testing.Short() {
		n = 30
	}
	for _, text := range scrambled(n) {
		d := a.Analyze(text)
		got := m.First(d, nil)
		for i := range got {
			got[i].Confidence = 0
		}
		if want := m.plain(d); !slices.Equal(got, want) {
			t.Errorf("%s\n got %v\nwant %v", text, got, want)
		}
		a.Release(d)
	}
}

// TestGatesCloseNames reads with the gates as they are: names may only be lost by them where they are unsure, so few.
func TestGatesLoseLittle(t *testing.T) {
	m, a := load(t)
	names, differ := 0, 0
	for _, text := range scrambled(100) {
		d := a.Analyze(text)
		want := m.plain(d)
		names += len(want)
		for _, s := range m.First(d, nil) {
			s.Confidence = 0
			if !slices.Contains(want, s) {
				differ++
			}
		}
		a.Release(d)
	}
	if differ*100 > names {
		t.Errorf("%d of %d names differ from the plain reading's", differ, names)
	}
}
