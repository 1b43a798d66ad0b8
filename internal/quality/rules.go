package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/isnad-project/isnad/internal/quality/score"
)

// rule is what became of the findings of one rule.
type rule struct {
	name         string
	confidence   float64 // the mean of what its findings claim
	given, right int
}

// rules prints, for the findings of a kind, the share right of every rule that made them,
// against the confidence it claims: what the confidences are set by.
func (m *measure) rules(out io.Writer, k score.Kind) error {
	if !slices.Contains(score.Main(), k) {
		return fmt.Errorf("the findings of %q carry no rule; those of %v do", k, score.Main())
	}
	list, err := m.all()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-36s %5s %5s %6s %6s\n", "rule", "given", "right", "share", "claims")
	for _, r := range byRule(m.read(list).Given(k)) {
		share := float64(r.right) / float64(r.given)
		if _, err := fmt.Fprintf(out, "%-36s %5d %5d %6.2f %6.2f\n", r.name, r.given, r.right, share, r.confidence); err != nil {
			return err
		}
	}
	return nil
}

// byRule sums findings by the rule that made them, the most frequent first.
func byRule(given []score.Given) []rule {
	at := map[string]int{}
	var out []rule
	for _, g := range given {
		i, seen := at[g.Trust.Rule]
		if !seen {
			i = len(out)
			at[g.Trust.Rule] = i
			out = append(out, rule{name: g.Trust.Rule})
		}
		out[i].given++
		out[i].confidence += g.Trust.Confidence
		if g.Right {
			out[i].right++
		}
	}
	for i := range out {
		out[i].confidence /= float64(out[i].given)
	}
	slices.SortStableFunc(out, func(a, b rule) int { return cmp.Compare(b.given, a.given) })
	return out
}
