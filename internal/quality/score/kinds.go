package score

import (
	"math"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/corpus"
)

// names compares mentions by place and kind.
func (c *comparison) names(at []isnad.Span) {
	m, g := c.marked.Names, c.record.Names
	gold, got := c.gold(at), given(c, g, func(n isnad.Name) isnad.Span { return n.Span })
	same := func(i, j int) bool { return gold.at[i] == got.at[j] }
	kind := func(i, j int) bool { return m[gold.index[i]].Kind == string(g[got.index[j]].Kind) }
	r := result{
		kind: Names, gold: gold, got: got, wanted: inWords(m), offered: inWords(c.inWords.Names),
		pairs: match(len(gold.at), len(got.at), func(i, j int) float64 { return one(same(i, j) && kind(i, j)) }),
		trust: func(j int) isnad.Trust { return g[j].Trust },
	}
	c.tally(r)
	r.kind, r.trust = NamesLoose, nil
	r.pairs = match(len(gold.at), len(got.at), func(i, j int) float64 { return one(kind(i, j)) * overlap(gold.at[i], got.at[j]) })
	c.tally(r)
	c.entities(match(len(gold.at), len(got.at), func(i, j int) float64 { return one(same(i, j)) }), gold, got)
}

// entities is B-cubed (Bagga and Baldwin 1998) over the mentions found at their place.
func (c *comparison) entities(pairs []pair, gold, got side) {
	n := c.sheet.count(Entities)
	entity := func(p pair) (string, int) {
		return c.marked.Names[gold.index[p.gold]].Entity, c.record.Names[got.index[p.got]].Entity
	}
	for _, p := range pairs {
		want, have := entity(p)
		for _, q := range pairs {
			w, h := entity(q)
			sameGot := h == have && have >= 0 || q == p
			n.Marked += count(w == want)
			n.Given += count(sameGot)
			n.Right += count(w == want && sameGot)
		}
	}
}

// times compares by overlap, then by value and modifier.
func (c *comparison) times(at []isnad.Span) {
	m, g := c.marked.Times, c.record.Times
	gold, got := c.gold(at), given(c, g, func(t isnad.Time) isnad.Span { return t.Span })
	r := result{
		kind: TimesFound, gold: gold, got: got, pairs: byOverlap(gold, got, 0),
		wanted: inWords(m), offered: inWords(c.inWords.Times),
	}
	c.tally(r)
	r.kind, r.trust = Times, func(j int) isnad.Trust { return g[j].Trust }
	r.right = func(i, j int) bool { return m[i].Value == g[j].Value && m[i].Mod == g[j].Mod }
	c.tally(r)
}

// quantities compares by overlap, value, upper end and unit.
func (c *comparison) quantities(at []isnad.Span) {
	m, g := c.marked.Quantities, c.record.Quantities
	gold, got := c.gold(at), given(c, g, func(q isnad.Quantity) isnad.Span { return q.Span })
	c.tally(result{
		kind: Quantities, gold: gold, got: got, pairs: byOverlap(gold, got, 0),
		trust: func(j int) isnad.Trust { return g[j].Trust },
		right: func(i, j int) bool {
			near := math.Abs(m[i].Value-g[j].Value) <= 1e-6*math.Abs(m[i].Value)
			return near && m[i].Max == g[j].Max && alike(m[i].Unit, g[j].Unit)
		},
		wanted: inWords(m), offered: inWords(c.inWords.Quantities),
	})
}

// statements compares by the words said, then by speaker, then by the whole chain.
func (c *comparison) statements(at []isnad.Span) {
	m, g := c.marked.Statements, c.record.Statements
	gold, got := c.gold(at), given(c, g, func(s isnad.Statement) isnad.Span { return s.Content })
	speaker := func(i, j int) bool {
		p := m[i].Speaker
		return alike(p.Name(), c.name(g[j].Speaker)) || p.Entity != "" && p.Words != "" && alike(p.Words, c.words(g[j].Speaker))
	}
	r := result{
		kind: StatementsFound, gold: gold, got: got, pairs: byOverlap(gold, got, 0.6),
		wanted: inWords(m), offered: inWords(c.inWords.Statements),
	}
	c.tally(r)
	r.kind, r.right = Statements, speaker
	r.trust = func(j int) isnad.Trust { return g[j].Trust }
	c.tally(r)
	r.kind, r.trust = Chain, nil
	r.right = func(i, j int) bool {
		return speaker(i, j) && m[i].Direct == g[j].Direct && c.sameChain(m[i].Via, g[j].Via)
	}
	c.tally(r)
}

func (c *comparison) sameChain(want []corpus.Party, have []isnad.Source) bool {
	if len(want) != len(have) {
		return false
	}
	for i := range want {
		if !c.same(want[i], have[i]) {
			return false
		}
	}
	return true
}

// events compares by type and trigger, or the trigger's sentence, then by the parties.
func (c *comparison) events(at []isnad.Span) {
	m, g := c.marked.Events, c.record.Events
	gold, got := c.gold(at), given(c, g, func(e isnad.Event) isnad.Span { return e.Trigger })
	worth := func(i, j int) float64 {
		a, b := gold.at[i], got.at[j]
		switch {
		case m[gold.index[i]].Type != g[got.index[j]].Type || !a.ok || !b.ok:
			return 0
		case overlap(a, b) > 0:
			return 2
		}
		return one(c.body.sentences[a.from] == c.body.sentences[b.from])
	}
	r := result{
		kind: Events, gold: gold, got: got, pairs: match(len(gold.at), len(got.at), worth),
		trust:  func(j int) isnad.Trust { return g[j].Trust },
		wanted: inWords(m), offered: inWords(c.inWords.Events),
	}
	c.tally(r)
	r.kind, r.trust = Actors, nil
	r.right = func(i, j int) bool {
		return sameSet(m[i].Actors, g[j].Actors) && sameSet(m[i].Recipients, g[j].Recipients)
	}
	c.tally(r)
}

// commitments compares by the words of the deed, then by due day and holder.
func (c *comparison) commitments(at []isnad.Span) {
	m, g := c.marked.Commitments, c.record.Commitments
	gold, got := c.gold(at), given(c, g, func(x isnad.Commitment) isnad.Span { return x.What })
	r := result{
		kind: CommitmentsFound, gold: gold, got: got, pairs: byOverlap(gold, got, 0.4),
		wanted: inWords(m), offered: inWords(c.inWords.Commitments),
	}
	c.tally(r)
	r.kind, r.trust = Commitments, func(j int) isnad.Trust { return g[j].Trust }
	r.right = func(i, j int) bool { return m[i].Due == g[j].Due && c.oneHolder(m[i].By, g[j].By) }
	c.tally(r)
}

// oneHolder reports whether two lists of holders have one in common.
func (c *comparison) oneHolder(want []corpus.Party, have []isnad.Source) bool {
	for _, p := range want {
		for _, s := range have {
			if c.same(p, s) {
				return true
			}
		}
	}
	return false
}

// name is what a source of the record is called: its entity's name, else its words.
func (c *comparison) name(s isnad.Source) string {
	if s.Entity >= 0 && s.Entity < len(c.record.Entities) {
		return c.record.Entities[s.Entity].Name
	}
	return c.words(s)
}

func (c *comparison) words(s isnad.Source) string {
	if s.Empty() {
		return ""
	}
	return s.Of(c.record.Article.Text)
}

// same reports whether a marked party and a source of the record are alike by name or words.
func (c *comparison) same(p corpus.Party, s isnad.Source) bool {
	return alike(p.Name(), c.name(s)) || alike(p.Name(), c.words(s))
}

// byOverlap pairs findings whose tokens overlap by at least least.
func byOverlap(gold, got side, least float64) []pair {
	return match(len(gold.at), len(got.at), func(i, j int) float64 {
		if f := overlap(gold.at[i], got.at[j]); f >= least {
			return f
		}
		return 0
	})
}

func one(yes bool) float64 { return float64(count(yes)) }

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// sameSet compares lists of actors without regard to order, case and spelling.
func sameSet(a, b []string) bool {
	x, y := folded(a), folded(b)
	for s := range x {
		if !y[s] {
			return false
		}
	}
	return len(x) == len(y)
}

func folded(list []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[strings.ToLower(fold(s))] = true
	}
	return set
}
