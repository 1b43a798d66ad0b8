package web

import (
	"errors"
	"net/http"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/hook"
)

// hooksPage shows the saved searches and how those who are told take it.
type hooksPage struct {
	Hooks []hookRow
	Made  hook.Hook // just now, with its secret
	Asked hook.Hook // as typed, when it could not be made
}

// hookRow is a saved search with how far it got.
type hookRow struct {
	hook.Hook
	hook.State
	How string // well, trouble, stopped, waiting
}

// failuresShown is how many failures of each are shown.
const failuresShown = 5

// hooksOf shows the saved searches.
func (s *site) hooksOf(v *visit) error {
	if !v.May {
		return errNotAllowed
	}
	return s.showHooks(v, http.StatusOK, hooksPage{Asked: hook.Hook{Query: cut(v.Get("q"), 1000)}})
}

func (s *site) showHooks(v *visit, status int, p hooksPage) error {
	ctx := v.r.Context()
	all, err := s.opt.Hooks.List(ctx)
	if err != nil {
		return err
	}
	for _, h := range all {
		r := hookRow{Hook: h, How: "well"}
		r.State, err = s.opt.Hooks.State(ctx, h.ID)
		if errors.Is(err, isnad.ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return err
		}
		switch {
		case r.Stopped:
			r.How = "stopped"
		case r.Row > 0 || r.Trouble != "":
			r.How = "trouble"
		case r.Taken == 0:
			r.How = "waiting"
		}
		r.Failed = r.Failed[:min(len(r.Failed), failuresShown)]
		p.Hooks = append(p.Hooks, r)
	}
	v.Title, v.Nav = v.T("hooks"), "hooks"
	if p.Made.ID != "" {
		v.w.Header().Set("Cache-Control", "no-store")
	}
	return s.show(v, status, "hooks", &p)
}

// addHook saves a search.
func (s *site) addHook(v *visit) error {
	f := v.r.PostForm
	h := hook.Hook{Name: f.Get("name"), Query: f.Get("query"), Address: f.Get("address"), Record: f.Get("record") != "", By: v.Name}
	made, err := s.opt.Hooks.Add(v.r.Context(), h)
	if errors.Is(err, hook.ErrHook) || errors.Is(err, isnad.ErrQuery) {
		v.Error = cut(err.Error(), titleLimit)
		return s.showHooks(v, http.StatusUnprocessableEntity, hooksPage{Asked: h})
	}
	if err == nil {
		err = s.note(v, "search-saved", made.ID, made.Name+" "+made.Query+" "+made.Address)
	}
	if err != nil {
		return err
	}
	return s.showHooks(v, http.StatusOK, hooksPage{Made: made})
}

// removeHook ends a saved search.
func (s *site) removeHook(v *visit) error {
	ctx, id := v.r.Context(), v.r.PathValue("id")
	h, err := s.opt.Hooks.Hook(ctx, id)
	if err == nil {
		err = s.opt.Hooks.Remove(ctx, id)
	}
	if err == nil {
		err = s.note(v, "search-dropped", id, h.Name)
	}
	if err != nil {
		return err
	}
	return v.done(v.To("/hooks"), "hook.removed")
}

// testHook sends a message that tells of nothing.
func (s *site) testHook(v *visit) error {
	err := s.opt.Hooks.Test(v.r.Context(), v.r.PathValue("id"))
	if errors.Is(err, hook.ErrNotTaken) {
		v.Error = v.T("error.test") + " " + cut(err.Error(), titleLimit)
		return s.showHooks(v, http.StatusBadGateway, hooksPage{})
	}
	if err != nil {
		return err
	}
	return v.done(v.To("/hooks"), "hook.tested")
}

// resumeHook lets a saved search go on.
func (s *site) resumeHook(v *visit) error {
	if err := s.opt.Hooks.Resume(v.r.Context(), v.r.PathValue("id")); err != nil {
		return err
	}
	return v.done(v.To("/hooks"), "hook.resumed")
}
