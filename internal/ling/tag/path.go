package tag

import (
	"math"

	"github.com/isnad-project/isnad/internal/ling"
)

// grow gives a slice of n, its contents arbitrary.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}

// viterbi finds the best path over a sentence's scores.
func (m *Model) viterbi(s *scratch, scores [][tags]float64) {
	n := len(scores)
	s.back = grow(s.back, n)
	s.path = grow(s.path, n)
	var best [tags]float64
	for i := range n {
		var next [tags]float64
		for t := range next {
			if i == 0 {
				next[t] = m.moves[tags][t] + scores[i][t]
				continue
			}
			from, top := 0, best[0]+m.moves[0][t]
			for f := 1; f < tags; f++ {
				if v := best[f] + m.moves[f][t]; v > top {
					from, top = f, v
				}
			}
			s.back[i][t], next[t] = uint8(from), top+scores[i][t]
		}
		best = next
	}
	last := 0
	for t := range best {
		if best[t] > best[last] {
			last = t
		}
	}
	for i := n - 1; i >= 0; i-- {
		s.path[i] = uint8(last)
		last = int(s.back[i][last])
	}
}

// spans appends the names of the best path with their probabilities.
func (m *Model) spans(s *scratch, sent ling.Sentence, out []Span) []Span {
	ready := false
	for i := 0; i < len(s.path); {
		t := s.path[i]
		if t == 0 {
			i++
			continue
		}
		inside := t + t&1
		end := i + 1
		for end < len(s.path) && s.path[end] == inside {
			end++
		}
		if !ready {
			m.forwardBackward(s, s.scores[sent.First:sent.Last])
			ready = true
		}
		out = append(out, Span{sent.First + i, sent.First + end, Kind((t + 1) / 2), m.probability(s, i, end)})
		i = end
	}
	return out
}

// forwardBackward fills alpha and beta, each scaled to sum 1 at every token, and emit with the exponents of the scores.
func (m *Model) forwardBackward(s *scratch, scores [][tags]float64) {
	n := len(scores)
	s.emit = append(s.emit[:0], scores...)
	s.alpha = grow(s.alpha, n)
	s.beta = grow(s.beta, n)
	moves := &m.odds
	for i := range n {
		exponents(&s.emit[i])
		v := moves[tags]
		if i > 0 {
			v = [tags]float64{}
			for f, a := range s.alpha[i-1] {
				row := &moves[f]
				for t := range v {
					v[t] += a * row[t]
				}
			}
		}
		for t, e := range s.emit[i] {
			v[t] *= e
		}
		s.alpha[i] = v
		normalize(&s.alpha[i])
	}
	for t := range tags {
		s.beta[n-1][t] = 1
	}
	for i := n - 2; i >= 0; i-- {
		next := s.beta[i+1]
		for t, e := range s.emit[i+1] {
			next[t] *= e
		}
		for f := range tags {
			row := &moves[f]
			v := 0.0
			for t, x := range next {
				v += row[t] * x
			}
			s.beta[i][f] = v
		}
		normalize(&s.beta[i])
	}
}

func exponents(e *[tags]float64) {
	top := e[0]
	for _, v := range e {
		top = max(top, v)
	}
	for t := range e {
		e[t] = math.Exp(e[t] - top)
	}
}

func normalize(v *[tags]float64) {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	inverse := 1 / sum
	for t := range v {
		v[t] *= inverse
	}
}

// probability gives that of the path's tags at tokens [first, end), with the name ending there.
func (m *Model) probability(s *scratch, first, end int) float32 {
	p := marginal(s, first)
	for i := first + 1; i <= end && i < len(s.path); i++ {
		p *= m.follows(s, i, end)
	}
	return float32(p)
}

func marginal(s *scratch, i int) float64 {
	sum := 0.0
	for t := range tags {
		sum += s.alpha[i][t] * s.beta[i][t]
	}
	return s.alpha[i][s.path[i]] * s.beta[i][s.path[i]] / sum
}

// follows gives the probability of the path's tag at token i given that before it; at the name's end, that
// of any tag but its inside.
func (m *Model) follows(s *scratch, i, end int) float64 {
	from := s.path[i-1]
	sum, want := 0.0, 0.0
	inside := from + from&1
	for t := range tags {
		v := m.odds[from][t] * s.emit[i][t] * s.beta[i][t]
		sum += v
		if i < end && uint8(t) == s.path[i] || i == end && uint8(t) != inside {
			want += v
		}
	}
	return want / sum
}
