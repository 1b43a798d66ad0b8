package tag

import "math"

// grow gives a slice of n, its contents arbitrary.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}

// stretch is a run of open tokens in one sentence: what stands beside it is no name, or the sentence ends there. So
// its best path can be sought alone.
type stretch struct {
	first, last  int  // tokens [first, last)
	begins, ends bool // with the sentence
	spans        int  // number of names found in it at first
}

// The best path is sought in fine steps, fine of them to a step of a weight, above low bits that tell the tag that a sum
// came from: so the largest of some sums tells where it came from without a branch.
const (
	fine    = 1 << 10
	lowBits = 4
	low     = 1<<lowBits - 1
)

// setMoves keeps the log weights of moves, by the tag that is left, or the start, and that which is gone to.
func (m *Model) setMoves(weights *[tags + 1][tags]float64) {
	for f := range weights {
		for t, w := range weights[f] {
			m.odds[f][t] = math.Exp(w)
			step := int64(math.Round(w/m.scale*fine)) << lowBits
			if f == tags {
				m.opening[1][t] = step
				continue
			}
			m.steps[t][f] = step | int64(low-f)
		}
	}
	for t := range tags {
		m.opening[0][t] = m.steps[t][0] &^ low
	}
}

// path finds the best path over a stretch.
func (m *Model) path(s *scratch, r stretch) {
	scores := s.totals[r.first:r.last]
	s.back = grow(s.back, len(scores))
	s.path = grow(s.path, len(scores))
	best := m.opening[bit(r.begins)]
	for t := range best {
		best[t] += int64(scores[0][t]) * (fine << lowBits)
	}
	for i := 1; i < len(scores); i++ {
		var next [tags]int64
		for t := range next {
			row := &m.steps[t]
			top := best[0] + row[0]
			for f := 1; f < tags; f++ {
				top = max(top, best[f]+row[f])
			}
			s.back[i][t] = low - uint8(top&low)
			next[t] = top&^low + int64(scores[i][t])*(fine<<lowBits)
		}
		best = next
	}
	if !r.ends {
		for t := range best {
			best[t] += m.steps[0][t] &^ low
		}
	}
	last := 0
	for t := range best {
		if best[t] > best[last] {
			last = t
		}
	}
	for i := len(scores) - 1; i >= 0; i-- {
		s.path[i] = uint8(last)
		last = int(s.back[i][last])
	}
}

// spans appends the names of a stretch's best path with their probabilities.
func (m *Model) spans(s *scratch, r stretch, out []Span) []Span {
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
			m.forwardBackward(s, r)
			ready = true
		}
		out = append(out, Span{r.first + i, r.first + end, Kind((t + 1) / 2), m.probability(s, i, end)})
		i = end
	}
	return out
}

// forwardBackward fills alpha and beta, each scaled to sum 1 at every token, and emit with the exponents of the scores.
func (m *Model) forwardBackward(s *scratch, r stretch) {
	scores := s.totals[r.first:r.last]
	n := len(scores)
	s.emit = grow(s.emit, n)
	s.alpha = grow(s.alpha, n)
	s.beta = grow(s.beta, n)
	v := m.odds[0]
	if r.begins {
		v = m.odds[tags]
	}
	for i := range n {
		m.exponents(&scores[i], &s.emit[i])
		if i > 0 {
			v = [tags]float64{}
			for f, a := range s.alpha[i-1] {
				row := &m.odds[f]
				for t := range v {
					v[t] += a * row[t]
				}
			}
		}
		for t, e := range s.emit[i] {
			s.alpha[i][t] = v[t] * e
		}
		normalize(&s.alpha[i])
	}
	for t := range tags {
		s.beta[n-1][t] = 1
		if !r.ends {
			s.beta[n-1][t] = m.odds[t][0]
		}
	}
	for i := n - 2; i >= 0; i-- {
		next := s.beta[i+1]
		for t, e := range s.emit[i+1] {
			next[t] *= e
		}
		for f := range tags {
			row := &m.odds[f]
			v := 0.0
			for t, x := range next {
				v += row[t] * x
			}
			s.beta[i][f] = v
		}
		normalize(&s.beta[i])
	}
}

// exponents gives those of scores, the largest 1.
func (m *Model) exponents(scores *totals, out *[tags]float64) {
	top := scores[0]
	for _, v := range scores {
		top = max(top, v)
	}
	for t, v := range scores {
		out[t] = m.powers[min(int(top-v), len(m.powers)-1)]
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

// powers tables exp(-k·scale) for k from 0 until it no longer counts.
func powers(scale float64) []float64 {
	list := make([]float64, 0, 1<<10)
	for k := 0; ; k++ {
		p := math.Exp(-float64(k) * scale)
		list = append(list, p)
		if p < 1e-18 || len(list) == 1<<14 {
			return list
		}
	}
}
