package story

// Similarity tells from 0 to 1 how likely two articles tell of the same happening: the
// cosine of their terms. It is symmetric and leaves aside when they were published.
func Similarity(a, b *Sketch) float64 {
	return float64(dot(a.Terms, b.Terms)) / (one * one)
}

func dot(a, b []Term) (sum uint64) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i], b[j]; {
		case x.Hash < y.Hash:
			i++
		case x.Hash > y.Hash:
			j++
		default:
			sum += uint64(x.Weight) * uint64(y.Weight)
			i++
			j++
		}
	}
	return min(sum, one*one)
}
