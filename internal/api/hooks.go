package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/hook"
)

// hookShown is a hook as it is given: of its secret nothing but once, when it is made.
type hookShown struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Query   string     `json:"query"`
	Address string     `json:"address"`
	Record  bool       `json:"record" doc:"Whole records are sent."`
	By      string     `json:"by,omitempty"`
	Made    string     `json:"made" format:"date-time"`
	Secret  string     `json:"secret,omitempty" doc:"For verifying signatures; given when the hook is made, and never again."`
	State   *hookState `json:"state,omitempty"`
}

// hookState is how far a hook got.
type hookState struct {
	Taken   int           `json:"taken" doc:"How many messages were taken."`
	Last    string        `json:"last,omitempty" format:"date-time" doc:"When one was taken last."`
	Waiting int           `json:"waiting" doc:"How many were refused and wait for another try."`
	GivenUp int           `json:"given_up" doc:"How many were refused for days while others were taken."`
	Row     int           `json:"failures_in_a_row"`
	Next    string        `json:"next,omitempty" format:"date-time" doc:"Until then it rests."`
	Stopped bool          `json:"stopped" doc:"Nothing is sent until it is resumed; nothing is lost."`
	Trouble string        `json:"trouble,omitempty"`
	Failed  []hookFailure `json:"failures" nullable:"false" doc:"The last twenty, the latest first."`
}

type hookFailure struct {
	At      string `json:"at" format:"date-time"`
	Article string `json:"article"`
	Try     int    `json:"try"`
	Why     string `json:"why"`
	GivenUp bool   `json:"given_up"`
}

// hooks are the operations on saved searches that tell other programs, for editors.
func (s *service) hooks() {
	look := func(path, id, summary string) huma.Operation {
		op := get(path, id, summary)
		op.Middlewares = huma.Middlewares{s.needs(access.Editor)}
		op.Errors = append(op.Errors, http.StatusForbidden)
		return op
	}
	huma.Register(s.api, look(root+"/hooks", "hooks", "Saved searches that tell other programs what is new (editors)"), s.listHooks)
	huma.Register(s.api, look(root+"/hooks/{id}", "hook", "One of them, with its last failures (editors)"), s.hook)
	add := s.change(root+"/hooks", "add-hook", "Save a search and have what is new posted to an address, signed (docs/serve.md)")
	add.DefaultStatus = http.StatusOK
	huma.Register(s.api, add, s.addHook)
	remove := s.change(root+"/hooks/{id}", "remove-hook", "End a saved search")
	remove.Method = http.MethodDelete
	huma.Register(s.api, remove, s.removeHook)
	try := s.change(root+"/hooks/{id}/test", "test-hook", "Send a message that tells of nothing, once")
	try.Errors = append(try.Errors, http.StatusBadGateway)
	huma.Register(s.api, try, s.testHook)
	huma.Register(s.api, s.change(root+"/hooks/{id}/resume", "resume-hook", "Let a hook that is stopped or rests go on now, where it was"), s.resumeHook)
}

// instant gives a moment as it is given to programs; none where there is none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

type hookID struct {
	ID string `path:"id" maxLength:"100"`
}

// shownHook gives a hook as it is shown, with how far it got.
func (s *service) shownHook(ctx context.Context, h hook.Hook) (hookShown, error) {
	out := hookShown{ID: h.ID, Name: h.Name, Query: h.Query, Address: h.Address, Record: h.Record, By: h.By, Made: instant(h.Made)}
	t, err := s.opt.Hooks.State(ctx, h.ID)
	if err != nil {
		return out, err
	}
	out.State = &hookState{Taken: t.Taken, Last: instant(t.Last), Waiting: len(t.Waiting), GivenUp: t.GivenUp, Row: t.Row, Next: instant(t.Next), Stopped: t.Stopped, Trouble: t.Trouble, Failed: []hookFailure{}}
	for _, f := range t.Failed {
		out.State.Failed = append(out.State.Failed, hookFailure{instant(f.At), f.Article, f.Try, f.Why, f.GivenUp})
	}
	return out, nil
}

func (s *service) listHooks(ctx context.Context, _ *struct{}) (*listed[hookShown], error) {
	all, err := s.opt.Hooks.List(ctx)
	if err != nil {
		return nil, s.problem(err)
	}
	var out []hookShown
	for _, h := range all {
		x, err := s.shownHook(ctx, h)
		if err != nil {
			return nil, s.problem(err)
		}
		out = append(out, x)
	}
	return list(out, ""), nil
}

func (s *service) hook(ctx context.Context, in *hookID) (*struct{ Body hookShown }, error) {
	h, err := s.opt.Hooks.Hook(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	out := &struct{ Body hookShown }{}
	out.Body, err = s.shownHook(ctx, h)
	return out, s.problem(err)
}

func (s *service) addHook(ctx context.Context, in *struct {
	Body struct {
		Name    string `json:"name" minLength:"1" maxLength:"200"`
		Query   string `json:"query,omitempty" maxLength:"4096" doc:"In the language of the search box; empty finds everything."`
		Address string `json:"address" maxLength:"2000" doc:"Where it is posted: http or https."`
		Record  bool   `json:"record,omitempty" doc:"Send whole records, not what a list shows of them."`
		Secret  string `json:"secret,omitempty" maxLength:"200" doc:"whsec_ and the base64 of 24 to 64 bytes; one is made where none is given."`
	}
}) (*struct{ Body hookShown }, error) {
	b := &in.Body
	h, err := s.opt.Hooks.Add(ctx, hook.Hook{Name: b.Name, Query: b.Query, Address: b.Address, Record: b.Record, Secret: b.Secret, By: access.Of(ctx).Name})
	if err != nil {
		return nil, s.hookProblem(err)
	}
	out := &struct{ Body hookShown }{}
	if out.Body, err = s.shownHook(ctx, h); err != nil {
		return nil, s.problem(err)
	}
	out.Body.Secret = h.Secret
	return out, s.note(ctx, "search-saved", h.ID, h.Name+" "+h.Query+" "+h.Address)
}

func (s *service) removeHook(ctx context.Context, in *hookID) (*struct{}, error) {
	h, err := s.opt.Hooks.Hook(ctx, in.ID)
	if err == nil {
		err = s.opt.Hooks.Remove(ctx, in.ID)
	}
	if err != nil {
		return nil, s.problem(err)
	}
	return nil, s.note(ctx, "search-dropped", h.ID, h.Name)
}

func (s *service) testHook(ctx context.Context, in *hookID) (*struct{}, error) {
	return nil, s.hookProblem(s.opt.Hooks.Test(ctx, in.ID))
}

func (s *service) resumeHook(ctx context.Context, in *hookID) (*struct{}, error) {
	return nil, s.problem(s.opt.Hooks.Resume(ctx, in.ID))
}

// hookProblem tells what is wrong with a hook or with who is told.
func (s *service) hookProblem(err error) error {
	switch {
	case errors.Is(err, hook.ErrHook):
		return huma.Error422UnprocessableEntity(err.Error())
	case errors.Is(err, hook.ErrNotTaken):
		return huma.NewError(http.StatusBadGateway, err.Error())
	}
	return s.problem(err)
}
