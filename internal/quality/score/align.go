package score

// align maps tokens of b to tokens of a: the longest run they have in common, then the
// same on either side of it (Ratcliff and Obershelp 1988, as Python's difflib has it). The
// value for a token without a partner is -1.
func align(b, a []string) []int {
	to := make([]int, len(b))
	for i := range to {
		to[i] = -1
	}
	at := map[string][]int{}
	for i, w := range a {
		at[w] = append(at[w], i)
	}
	open := [][4]int{{0, len(b), 0, len(a)}}
	for len(open) > 0 {
		r := open[len(open)-1]
		open = open[:len(open)-1]
		i, j, n := longest(b, at, r)
		if n == 0 {
			continue
		}
		for k := range n {
			to[i+k] = j + k
		}
		open = append(open, [4]int{r[0], i, r[2], j}, [4]int{i + n, r[1], j + n, r[3]})
	}
	return to
}

// longest gives the first of the longest runs b[i:i+n] = a[j:j+n] within r.
func longest(b []string, at map[string][]int, r [4]int) (bestI, bestJ, n int) {
	runs := map[int]int{} // the length of the run that ends at a[j] and the token before b[i]
	for i := r[0]; i < r[1]; i++ {
		now := map[int]int{}
		for _, j := range at[b[i]] {
			if j < r[2] || j >= r[3] {
				continue
			}
			k := runs[j-1] + 1
			now[j] = k
			if k > n {
				bestI, bestJ, n = i-k+1, j-k+1, k
			}
		}
		runs = now
	}
	return bestI, bestJ, n
}
