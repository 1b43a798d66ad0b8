package main

import (
	"math"
	"math/rand/v2"

	"github.com/isnad-project/isnad/internal/ling/tag"
)

const tags = tag.Tags

// sentence is a training sentence: for each token its features and its tag.
type sentence struct {
	features [][]int32
	tags     []uint8
	weight   float32
}

type row [tags]float32

// field is a conditional random field in training: AdaGrad on the log likelihood with L2 decay.
type field struct {
	rate, decay float32
	drop        float64 // share of features left out of each token at each visit
	rng         *rand.Rand
	rows, seen  []row
	moves, gone [tags + 1]row
}

func newField(features int, rate, decay float32, drop float64, rng *rand.Rand) *field {
	return &field{rate: rate, decay: decay, drop: drop, rng: rng, rows: make([]row, features), seen: make([]row, features)}
}

// train runs the epochs and leaves in the field the mean of the weights after each of the later half of them.
func (f *field) train(data []sentence, epochs int, report func(epoch int, loss float64)) {
	mean := &field{rows: make([]row, len(f.rows))}
	n := 0
	for epoch := range epochs {
		loss := 0.0
		for _, i := range f.rng.Perm(len(data)) {
			loss += f.learn(f.thin(&data[i]))
		}
		report(epoch, loss)
		if epoch >= epochs/2 {
			mean.sum(f)
			n++
		}
	}
	for i := range f.rows {
		for t := range tags {
			f.rows[i][t] = mean.rows[i][t] / float32(n) * float32(1-f.drop)
		}
	}
	for i := range f.moves {
		for t := range tags {
			f.moves[i][t] = mean.moves[i][t] / float32(n)
		}
	}
}

func (f *field) sum(g *field) {
	for i := range g.rows {
		for t := range tags {
			f.rows[i][t] += g.rows[i][t]
		}
	}
	for i := range g.moves {
		for t := range tags {
			f.moves[i][t] += g.moves[i][t]
		}
	}
}

// thin gives a sentence without a random share of its features, so that no feature is leant upon that a
// new text may lack.
func (f *field) thin(s *sentence) *sentence {
	if f.drop == 0 {
		return s
	}
	out := *s
	out.features = make([][]int32, len(s.features))
	for i, list := range s.features {
		kept := make([]int32, 0, len(list))
		for _, feature := range list {
			if f.rng.Float64() >= f.drop {
				kept = append(kept, feature)
			}
		}
		out.features[i] = kept
	}
	return &out
}

// emissions sums the weights of each token's features.
func (f *field) emissions(s *sentence) [][tags]float64 {
	emit := make([][tags]float64, len(s.tags))
	for i, list := range s.features {
		for _, feature := range list {
			w := &f.rows[feature]
			for t := range tags {
				emit[i][t] += float64(w[t])
			}
		}
	}
	return emit
}

// learn takes one step on a sentence and gives its loss before it.
func (f *field) learn(s *sentence) float64 {
	n := len(s.tags)
	emit := f.emissions(s)
	alpha, beta, z := f.forwardBackward(emit)
	loss := z
	for i := range n {
		gold := s.tags[i]
		loss -= emit[i][gold] + float64(f.moves[before(s.tags, i)][gold])
		var g row
		for t := range tags {
			g[t] = -float32(math.Exp(alpha[i][t] + beta[i][t] - z))
		}
		g[gold]++
		for _, feature := range s.features[i] {
			f.step(&f.rows[feature], &f.seen[feature], &g, s.weight)
		}
	}
	f.learnMoves(s, emit, alpha, beta, z)
	return loss
}

func before(list []uint8, i int) int {
	if i == 0 {
		return tags
	}
	return int(list[i-1])
}

func (f *field) learnMoves(s *sentence, emit, alpha, beta [][tags]float64, z float64) {
	var g [tags + 1]row
	for i := range s.tags {
		g[before(s.tags, i)][s.tags[i]]++
		if i == 0 {
			for t := range tags {
				g[tags][t] -= float32(math.Exp(alpha[0][t] + beta[0][t] - z))
			}
			continue
		}
		for from := range tags {
			for t := range tags {
				g[from][t] -= float32(math.Exp(alpha[i-1][from] + float64(f.moves[from][t]) + emit[i][t] + beta[i][t] - z))
			}
		}
	}
	for from := range g {
		f.step(&f.moves[from], &f.gone[from], &g[from], s.weight)
	}
}

func (f *field) step(w, seen, g *row, weight float32) {
	for t := range tags {
		d := g[t] * weight
		if d < 1e-4 && d > -1e-4 {
			continue
		}
		d -= f.decay * w[t]
		seen[t] += d * d
		w[t] += f.rate * d / float32(math.Sqrt(float64(seen[t])+1e-6))
	}
}

// forwardBackward works in logarithms.
func (f *field) forwardBackward(emit [][tags]float64) (alpha, beta [][tags]float64, z float64) {
	n := len(emit)
	alpha, beta = make([][tags]float64, n), make([][tags]float64, n)
	var moves [tags + 1][tags]float64
	for i := range moves {
		for t := range tags {
			moves[i][t] = math.Exp(float64(f.moves[i][t]))
		}
	}
	for t := range tags {
		alpha[0][t] = float64(f.moves[tags][t]) + emit[0][t]
	}
	for i := 1; i < n; i++ {
		exp, top := spread(&alpha[i-1])
		for t := range tags {
			v := 0.0
			for from := range tags {
				v += exp[from] * moves[from][t]
			}
			alpha[i][t] = top + math.Log(v) + emit[i][t]
		}
	}
	for i := n - 2; i >= 0; i-- {
		var next [tags]float64
		for t := range tags {
			next[t] = emit[i+1][t] + beta[i+1][t]
		}
		exp, top := spread(&next)
		for from := range tags {
			v := 0.0
			for t := range tags {
				v += exp[t] * moves[from][t]
			}
			beta[i][from] = top + math.Log(v)
		}
	}
	exp, top := spread(&alpha[n-1])
	sum := 0.0
	for _, v := range exp {
		sum += v
	}
	return alpha, beta, top + math.Log(sum)
}

func spread(v *[tags]float64) (exp [tags]float64, top float64) {
	top = v[0]
	for _, x := range v {
		top = max(top, x)
	}
	for t, x := range v {
		exp[t] = math.Exp(x - top)
	}
	return exp, top
}
