package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/isnad-project/isnad"
)

// entityPage is one thing across all articles.
type entityPage struct {
	isnad.Thing
	Beside     []isnad.Count
	Chart      *chart
	Statements []isnad.StatementRow
	More       bool // statements
	Held       []isnad.CommitmentRow
	Hits       []isnad.Hit
	Total      int
	Changes    []isnad.Correction // by hand, of this thing
	Like       []isnad.Thing      // others that may be it
}

func (s *site) entity(v *visit) error {
	ctx := v.r.Context()
	x, err := s.lib.Thing(ctx, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := &entityPage{Thing: x}
	v.Title = v.Short(x.Name)
	if p.Beside, err = s.lib.Beside(ctx, x.ID, besideShown); err != nil {
		return err
	}
	q := only(isnad.OfEntity, x.ID, isnad.ByNewest, 10)
	counts, err := s.lib.Tally(ctx, q, isnad.PerDay, 0)
	if err != nil {
		return err
	}
	p.Chart = v.draw(counts)
	said, err := s.lib.Statements(ctx, q)
	if err != nil {
		return err
	}
	p.Statements, p.More = said.Rows, said.Next != ""
	u, err := s.lib.Commitments(ctx, q)
	if err != nil {
		return err
	}
	p.Held = u.Rows
	found, err := s.lib.Search(ctx, q)
	if err != nil {
		return err
	}
	p.Hits, p.Total = found.Hits, found.Total
	if v.May {
		if err := s.hand(ctx, p); err != nil {
			return err
		}
	}
	return s.show(v, http.StatusOK, "entity", p)
}

// wellKnown is from how many articles on nobody needs to be shown things that may be the
// same: it is the one that others are made one with.
const wellKnown = 300

// hand gathers what a correction needs: what was corrected, and which things have a name
// in common.
func (s *site) hand(ctx context.Context, p *entityPage) error {
	all, err := s.lib.Corrections(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Thing == p.ID || c.Into == p.ID {
			p.Changes = append(p.Changes, c)
		}
	}
	words := s.lang.Forms(p.Name)
	if len(words) == 0 || p.Thing.Articles > wellKnown {
		return nil
	}
	like, err := s.lib.Find(ctx, words[len(words)-1:], p.Kind, besideShown)
	for _, x := range like {
		if x.ID != p.ID {
			p.Like = append(p.Like, x)
		}
	}
	return err
}

// thingsPage lists things by words of their names.
type thingsPage struct {
	Things []isnad.Thing
	Kinds  []isnad.Kind
}

func (s *site) entities(v *visit) error {
	kind := isnad.Kind(v.Get("kind"))
	kinds := []isnad.Kind{isnad.Person, isnad.Organization, isnad.Place, isnad.Other}
	if !slices.Contains(kinds, kind) {
		kind = ""
	}
	all, err := s.lib.Find(v.r.Context(), s.lang.Forms(cut(v.Get("name"), titleLimit)), kind, rowsShown)
	if err != nil {
		return err
	}
	v.Title, v.Nav = v.T("nav.entities"), "entities"
	return s.show(v, http.StatusOK, "entities", &thingsPage{all, kinds})
}
