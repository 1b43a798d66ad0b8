package events

import (
	"slices"

	"github.com/isnad-project/isnad"
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
		if given[i].bound && len(e.Recipients) == 0 && e.Type == "SANCTION" {
			continue // «عقوبات على ستة أشخاص»: they are told, and of no party
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
	if !hostile(h.Type) || len(h.Actors) == 0 || len(h.Recipients) == 0 || slices.Equal(h.Actors, h.Recipients) {
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
