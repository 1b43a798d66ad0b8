package events

import (
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
)

// oppose fills the side that a hostile deed leaves untold with the foe that another
// hostile deed of the article tells of the side known: who is bombed by one side in a
// fight of two is bombed by the other. Given are the deeds of the events found.
func oppose(found []isnad.Event, given []deed) {
	n := len(found)
	for i := range found {
		e := &found[i]
		if !hostile(e.Type) || len(e.Actors) > 0 == (len(e.Recipients) > 0) {
			continue
		}
		if e.Type == "SANCTION" && len(e.Recipients) == 0 {
			continue // it needs no foe: «عقوبات على ستة أشخاص»
		}
		for gap := 1; gap < n && gap <= near; gap++ {
			if i-gap >= 0 && fill(e, &found[i-gap]) || i+gap < n && fill(e, &found[i+gap]) {
				break
			}
		}
	}
}

// near is how many events away a foe is looked for.
const near = 12

// hostile reports whether deeds of this type stand between foes.
func hostile(kind string) bool {
	switch kind {
	case "ASSAULT", "THREATEN", "SANCTION":
		return true
	}
	return false
}

// fill takes the side that e lacks from h, which tells of both.
func fill(e, h *isnad.Event) bool {
	if !hostile(h.Type) && h.Type != "COERCE" || len(h.Actors) == 0 || len(h.Recipients) == 0 || slices.Equal(h.Actors, h.Recipients) {
		return false
	}
	switch {
	case len(e.Actors) == 0 && slices.Equal(e.Recipients, h.Recipients):
		e.Actors = h.Actors
	case len(e.Actors) == 0 && slices.Equal(e.Recipients, h.Actors):
		e.Actors = h.Recipients
	case len(e.Recipients) == 0 && slices.Equal(e.Actors, h.Actors):
		e.Recipients = h.Recipients
	case len(e.Recipients) == 0 && slices.Equal(e.Actors, h.Recipients):
		e.Recipients = h.Actors
	default:
		return false
	}
	return true
}

// fight gives the foe to assaults of a state or its allies that name none, and to those on an
// armed group that tell of no other, where the article is of one armed group alone, whose land
// is known: there they fight each other.
func (f *finder) fight(found []isnad.Event) {
	group, land := f.rebels()
	if group == "" {
		return
	}
	for i := range found {
		e := &found[i]
		if e.Type != "ASSAULT" || len(e.Actors)+len(e.Recipients) != 1 || f.given[i].has("recip") {
			continue
		}
		switch {
		case len(e.Actors) == 1 && (e.Actors[0] == land || f.alliance(e.Actors[0])):
			e.Recipients = []string{group}
		case len(e.Recipients) == 1 && e.Recipients[0] == group && f.home == land:
			e.Actors = []string{land}
		}
	}
}

// rebels gives the armed group of the article and the state against which it fights, or nothing
// when there is more than one group or the land is not its own.
func (f *finder) rebels() (group, land string) {
	for i := range f.entities {
		e := &f.entities[i]
		s, ok := f.known[i].Sense(lex.Org)
		if e.Kind != isnad.Organization || !ok || f.Lex.Orgs[s.Row].Class != "armed" || e.Country == "" || state(f.sides[i]) {
			continue
		}
		if group != "" && group != f.sides[i] {
			return "", ""
		}
		group, land = f.sides[i], e.Country
	}
	told := 0
	for i := range f.names {
		if e := f.names[i].Entity; e >= 0 && f.sides[e] == group {
			told++
		}
	}
	if land == "" || f.own(land) == "" || told < warring {
		return "", ""
	}
	return group, land
}

// warring is how often an armed group is named at least in an article of its war.
const warring = 3

// alliance reports whether a party is an armed body of several states.
func (f *finder) alliance(party string) bool {
	s, ok := f.word(party).Sense(lex.Org)
	return ok && f.Lex.Orgs[s.Row].Class == "armed" && f.Lex.Orgs[s.Row].ISO3 == ""
}

// prosecute gives those who are held or charged by nobody told to the state that holds or charges
// in the deed told nearest.
func (f *finder) prosecute(found []isnad.Event) {
	for i := range found {
		e := &found[i]
		if !judicial(e.Type) || len(e.Actors) > 0 || len(e.Recipients) == 0 || f.given[i].judged || !f.given[i].passive && f.given[i].shape == verb {
			continue
		}
		for gap := 1; gap < len(found) && gap <= near && len(e.Actors) == 0; gap++ {
			for _, k := range [...]int{i - gap, i + gap} {
				if k >= 0 && k < len(found) && judicial(found[k].Type) && len(found[k].Actors) == 1 && state(found[k].Actors[0]) && len(e.Actors) == 0 {
					e.Actors = found[k].Actors
				}
			}
		}
	}
}

// judicial reports whether courts and police do deeds of this type.
func judicial(kind string) bool { return kind == "COERCE" || kind == "ACCUSE" }
