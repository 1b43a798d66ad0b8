package events

import (
	"slices"

	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ling"
)

// bloody reports whether an assault by and on nobody known is told with its victims and
// weapons.
func (f *finder) bloody(g *deed) bool {
	if g.kind != "ASSAULT" || f.Tokens[g.first].Definite() || f.topical(g) {
		return false
	}
	s := f.around(g.first)
	victims, arms := g.has("obj"), !g.has("obj")
	for i := s.First; i < s.Last && !(victims && arms); i++ {
		victims = victims || f.victim(i)
		arms = arms || (i < g.first || i >= g.tail) && f.weapon(i)
	}
	return victims && arms
}

// view is how many tokens of a long sentence on each side count as about a trigger.
const view = 80

// around gives the part of the sentence of token i that is about it.
func (f *finder) around(i int) ling.Sentence {
	s := f.Sents[f.SentenceOf(i)]
	s.First, s.Last = max(s.First, i-view), min(s.Last, i+view)
	return s
}

// victim reports whether token i counts the dead or hurt, or tells of their death.
func (f *finder) victim(i int) bool {
	t := &f.Tokens[i]
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "casualty" {
		return true
	}
	if s, _, ok := f.Match(i, lex.EventNoun); ok {
		row := &f.Lex.EventNouns[s.Row]
		return row.Type == "ASSAULT" && len(row.Pattern) == 1 && row.Pattern[0] == "obj"
	}
	s, ok := t.Sense(lex.Trigger)
	return ok && f.Lex.Triggers[s.Row].Type == "ASSAULT" && slices.Contains(f.Lex.Triggers[s.Row].Pattern, "obj")
}

// armed reports whether the sentence of token i or the one before tells of arms beside
// token i itself: a weapon, or an assault by more than its victims.
func (f *finder) armed(i int) bool {
	s := f.SentenceOf(i)
	if f.arms == nil {
		f.arms = make([]int8, len(f.Sents))
	}
	n := f.arm(s)
	if f.weapon(i) {
		n--
	}
	return n > 0 || s > 0 && f.arm(s-1) > 0
}

// arm counts the weapons of sentence s, up to two.
func (f *finder) arm(s int) int8 {
	if f.arms[s] == 0 {
		n := int8(1)
		for i := f.Sents[s].First; i < f.Sents[s].Last && n < 3; i++ {
			if f.weapon(i) {
				n++
			}
		}
		f.arms[s] = n
	}
	return f.arms[s] - 1
}

// weapon reports whether token i is a weapon or tells of an assault by itself.
func (f *finder) weapon(i int) bool {
	t := &f.Tokens[i]
	if t.Is(lex.Agent) && t.Prep == 'b' {
		return true
	}
	if s, ok := t.Sense(lex.Unit); ok && f.Lex.Units[s.Row].Class == "weapon" {
		return true
	}
	if s, _, ok := f.Match(i, lex.EventNoun); ok {
		row := &f.Lex.EventNouns[s.Row]
		return row.Type == "ASSAULT" && (len(row.Pattern) != 1 || row.Pattern[0] != "obj")
	}
	if s, _, ok := f.Match(i, lex.Trigger); ok {
		row := &f.Lex.Triggers[s.Row]
		if row.Type != "ASSAULT" {
			return false
		}
		return !slices.Contains(row.Pattern, "obj")
	}
	return false
}
