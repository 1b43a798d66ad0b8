package story

import (
	"cmp"
	"slices"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// Telling is an article of a story: its record and its sketch.
type Telling struct {
	Record *isnad.Record
	Sketch *Sketch
}

// Story makes the story that some articles tell, one or more, in any order.
func (e *Editor) Story(tellings []Telling) isnad.Story {
	list := slices.Clone(tellings)
	slices.SortFunc(list, func(a, b Telling) int {
		return cmp.Or(cmp.Compare(a.Sketch.Minute, b.Sketch.Minute), cmp.Compare(a.Sketch.ID, b.Sketch.ID))
	})
	if len(list) == 0 {
		return isnad.Story{}
	}
	first := list[0].Sketch
	s := isnad.Story{ID: first.ID, First: date(first), Last: date(list[len(list)-1].Sketch)}
	for _, t := range list {
		s.Articles = append(s.Articles, t.Sketch.ID)
	}
	text := texts(list)
	s.Title = title(list, text)
	s.Copies = copies(list, text)
	s.Timeline = timeline(list, text)
	s.Disagreements = e.disagreements(list, text)
	return s
}

func date(s *Sketch) string {
	if s.Minute == Undated {
		return ""
	}
	return time.Unix(s.Minute*60, 0).UTC().Format(time.DateOnly)
}

// texts gives for each article the first one of which it is a copy, or itself: the copies
// of copies are one text.
func texts(list []Telling) []int {
	of := make([]int, len(list))
	for i := range of {
		of[i] = i
	}
	for i := range list {
		for k := range i {
			if of[i] != of[k] && Copy(list[i].Sketch, list[k].Sketch) {
				from, to := max(of[i], of[k]), min(of[i], of[k])
				for n := range of[:i+1] {
					if of[n] == from {
						of[n] = to
					}
				}
			}
		}
	}
	return of
}

// copies gives the groups of copies, each with its origin first: the article of the
// agency that it goes back to, else the earliest.
func copies(list []Telling, text []int) []isnad.Copies {
	var out []isnad.Copies
	for i := range list {
		var group []int
		for k := i; k < len(list) && text[i] == i; k++ {
			if text[k] == i {
				group = append(group, k)
			}
		}
		if len(group) > 1 {
			out = append(out, origin(list, group))
		}
	}
	return out
}

func origin(list []Telling, group []int) isnad.Copies {
	var c isnad.Copies
	for _, k := range group {
		if c.Agency == "" {
			c.Agency = list[k].Record.Article.Agency
		}
	}
	own := slices.IndexFunc(group, func(k int) bool {
		return c.Agency != "" && script.Fold(list[k].Record.Article.Outlet) == script.Fold(c.Agency)
	})
	if own > 0 {
		k := group[own]
		group = slices.Insert(slices.Delete(group, own, own+1), 0, k)
	}
	for _, k := range group {
		c.Articles = append(c.Articles, list[k].Sketch.ID)
	}
	c.Origin = c.Articles[0]
	return c
}

// title gives the headline of the article that is most like the others, copies counted once.
func title(list []Telling, text []int) string {
	best, most := 0, -1.0
	for i, a := range list {
		if text[i] != i || a.Record.Article.Title == "" {
			continue
		}
		sum := 0.0
		for k, b := range list {
			if text[k] == k && k != i {
				sum += Similarity(a.Sketch, b.Sketch)
			}
		}
		if sum > most {
			best, most = i, sum
		}
	}
	return list[best].Record.Article.Title
}
