package corpus

import "slices"

// Differences tells, a line each, what of the truth a record lacks («missing: …») and what
// it holds beyond it («extra: …»), kind by kind in the order of the text.
func Differences(truth, given *Marked) []string {
	want, got := truth.lines(), given.lines()
	var out []string
	for _, kind := range []string{kindCut, kindName, kindTime, kindQuantity, kindStatement, kindEvent, kindCommitment} {
		w, g := ofKind(want, kind), ofKind(got, kind)
		out = append(out, prefixed("missing: ", without(w, g))...)
		out = append(out, prefixed("extra: ", without(g, w))...)
	}
	return append(out, prefixed("missing: ", without(truth.Asked, given.Asked))...)
}

func ofKind(lines []line, kind string) []string {
	var out []string
	for _, l := range lines {
		if l.kind == kind {
			out = append(out, l.text)
		}
	}
	return out
}

// without gives the lines of a that b does not hold, as often as a holds them more often.
func without(a, b []string) []string {
	left := slices.Clone(b)
	var out []string
	for _, s := range a {
		if i := slices.Index(left, s); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		out = append(out, s)
	}
	return out
}

func prefixed(prefix string, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = prefix + l
	}
	return out
}
