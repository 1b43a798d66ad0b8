package main

import (
	"math"

	"github.com/isnad-project/isnad/internal/ling/tag"
)

// pack rounds the weights to bytes, leaves out the features that say nothing and makes names likelier.
func pack(s settings, habits []tag.Habit, f *field, hashes []uint64) ([]byte, int, error) {
	top := 0.0
	for i := range f.rows {
		for _, w := range f.rows[i] {
			top = max(top, math.Abs(float64(w)))
		}
	}
	top = min(top, 4)
	scale := top / 127
	var list []tag.Feature
	for i, h := range hashes {
		feature := tag.Feature{Hash: h}
		large := false
		for t, w := range f.rows[i] {
			feature.Weights[t] = int8(math.Round(max(-127, min(127, float64(w)/scale))))
			large = large || math.Abs(float64(w)) >= s.least
		}
		if large {
			list = append(list, feature)
		}
	}
	var moves [tags + 1][tags]float32
	for i := range moves {
		moves[i] = f.moves[i]
		moves[i][0] -= float32(s.eager)
	}
	file, err := tag.Pack(habits, list, scale, moves)
	return file, len(list), err
}
