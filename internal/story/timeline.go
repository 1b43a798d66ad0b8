package story

import (
	"slices"

	"github.com/isnad-project/isnad"
)

// timeline gives what happened in a story by day: each event where it is told first. An
// event told again is one of the same type and day with a party in common.
func timeline(list []Telling, text []int) []isnad.Moment {
	var out []isnad.Moment
	told := map[string][]happening{} // by day and type
	for i, t := range list {
		if text[i] != i {
			continue
		}
		for k := range t.Record.Events {
			h, ok := happened(t, &t.Record.Events[k])
			key := h.day + " " + t.Record.Events[k].Type
			if !ok || slices.ContainsFunc(told[key], h.same) {
				continue
			}
			told[key] = append(told[key], h)
			out = append(out, isnad.Moment{Day: h.day, Claim: claim(t, h.event.Span)})
		}
	}
	slices.SortStableFunc(out, func(a, b isnad.Moment) int {
		switch {
		case a.Day < b.Day:
			return -1
		case a.Day > b.Day:
			return 1
		}
		return 0
	})
	return out
}

// happening is an event with its day.
type happening struct {
	event *isnad.Event
	day   string
}

// happened gives an event that took place, on a day that is known or on that of publication.
func happened(t Telling, e *isnad.Event) (happening, bool) {
	day := date(t.Sketch)
	if len(e.Date) == len(day) && day != "" {
		day = e.Date
	} else if e.Date != "" {
		return happening{}, false
	}
	return happening{e, day}, e.Status == "happened" && day != "" && len(e.Actors)+len(e.Recipients) > 0
}

func (h happening) same(g happening) bool {
	return h.event.Type == g.event.Type && h.day == g.day && meet(h.event.Actors, g.event.Actors) && meet(h.event.Recipients, g.event.Recipients)
}

// meet reports whether two lists of parties can be of the same: one is empty or they
// have a party in common.
func meet(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(p string) bool { return slices.Contains(b, p) })
}

func claim(t Telling, s isnad.Span) isnad.Claim {
	return isnad.Claim{Article: t.Sketch.ID, Span: s, Words: s.Of(t.Record.Article.Text)}
}
