package api

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// hand are the operations that change something, for editors.
func (s *service) hand() {
	huma.Register(s.api, s.change(root+"/articles/{id}/commitments/{index}", "settle", "Set how a commitment ended"), s.settle)
	huma.Register(s.api, s.change(root+"/entities/{id}/corrections", "correct", "Say which entity is which: merge, split or rename"), s.correct)
}

func (s *service) change(path, id, summary string) huma.Operation {
	return huma.Operation{Method: http.MethodPost, Path: path, OperationID: id, Summary: summary, DefaultStatus: http.StatusNoContent,
		MaxBodyBytes: 64 << 10, Middlewares: huma.Middlewares{s.needs(access.Editor)},
		Errors: []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusServiceUnavailable}}
}

// note adds to the log what was done.
func (s *service) note(ctx context.Context, do, to, note string) error {
	v := access.Of(ctx)
	return s.problem(s.lib.Note(ctx, isnad.Act{At: s.opt.Now(), By: v.Name, From: v.From, Do: do, To: to, Note: strings.TrimSpace(note)}))
}

func (s *service) settle(ctx context.Context, in *struct {
	ID    string `path:"id" maxLength:"2000"`
	Index int    `path:"index" minimum:"0" doc:"Into the commitments of the record."`
	Body  struct {
		End    string `json:"end" enum:",kept,broken,dropped" doc:"Empty: it is open."`
		Source string `json:"source,omitempty" maxLength:"2000" doc:"Where that is known from; needed unless it is open."`
		Note   string `json:"note,omitempty" maxLength:"2000"`
	}
}) (*struct{}, error) {
	b := &in.Body
	if b.End != "" && strings.TrimSpace(b.Source) == "" {
		return nil, huma.Error422UnprocessableEntity("say where it is known from")
	}
	err := s.lib.Settle(ctx, isnad.Settlement{Article: in.ID, Index: in.Index, End: isnad.Ending(b.End),
		Source: strings.TrimSpace(b.Source), Note: b.Note, By: access.Of(ctx).Name, At: s.opt.Now()})
	if err != nil {
		return nil, s.problem(err)
	}
	return nil, s.note(ctx, "settle", in.ID+"#c"+strconv.Itoa(in.Index), cmp.Or(b.End, "open")+" "+b.Source)
}

func (s *service) correct(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"2000"`
	Body struct {
		Do       string   `json:"do" enum:"merge,split,rename"`
		Into     string   `json:"into,omitempty" maxLength:"2000" doc:"merge: the id of the entity it is."`
		Articles []string `json:"articles,omitempty" maxItems:"1000" doc:"split: the articles in which it is another."`
		Name     string   `json:"name,omitempty" maxLength:"500" doc:"rename: its name; split: the other's name."`
	}
}) (*struct{}, error) {
	b := &in.Body
	c := isnad.Correction{Do: b.Do, Thing: in.ID, Into: b.Into, Articles: b.Articles, Name: strings.TrimSpace(b.Name), By: access.Of(ctx).Name, At: s.opt.Now()}
	if why := lacks(c); why != "" {
		return nil, huma.Error422UnprocessableEntity(why)
	}
	if err := s.lib.Correct(ctx, c); err != nil {
		return nil, s.problem(err)
	}
	return nil, s.note(ctx, c.Do, c.Thing, c.Into+" "+c.Name)
}

// lacks says what a correction needs and has not.
func lacks(c isnad.Correction) string {
	switch {
	case c.Do == "merge" && (c.Into == "" || c.Into == c.Thing):
		return "into: say which other entity it is"
	case c.Do == "split" && len(c.Articles) == 0:
		return "articles: say in which it is another"
	case c.Do != "merge" && c.Name == "":
		return "a name is missing"
	}
	return ""
}
