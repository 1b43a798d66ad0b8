package api

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad"
)

// Asking is what every list can be asked by.
type Asking struct {
	Q      string `query:"q" maxLength:"4096" doc:"Words, «phrases» and conditions, in the language of the search box: speaker:, name:, place:, outlet:, event:, after:, before:, due:, entity:, story:; a minus before one says that it must not hold."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"20" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"4096" doc:"next of the page before."`
}

func (s *service) query(a *Asking, sort isnad.Sort) (isnad.Query, error) {
	q, err := s.lang.Parse(strings.ToValidUTF8(a.Q, "\ufffd"))
	q.Sort, q.Limit, q.Cursor = sort, a.Limit, a.Cursor
	return q, err
}

// page is a page of a list.
type page[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next" doc:"The cursor of the next page; empty after the last."`
}

type listed[T any] struct{ Body page[T] }

// list answers with a page; its items are there even when there are none.
func list[T any](items []T, next string) *listed[T] {
	if items == nil {
		items = []T{}
	}
	return &listed[T]{page[T]{items, next}}
}

// lists are the operations that give many things.
func (s *service) lists() {
	huma.Register(s.api, get(root+"/articles", "articles", "Search articles"), s.articles)
	huma.Register(s.api, get(root+"/stories", "stories", "Stories that have an article which a query finds"), s.stories)
	huma.Register(s.api, get(root+"/statements", "statements", "Statements, the latest first"), s.statements)
	huma.Register(s.api, get(root+"/commitments", "commitments", "Commitments, by due date"), s.commitments)
	huma.Register(s.api, get(root+"/disagreements", "disagreements", "Stories in which outlets disagree, with what they say"), s.disagreements)
	huma.Register(s.api, get(root+"/entities", "entities", "Persons, organizations and places, the most named first"), s.entities)
	huma.Register(s.api, get(root+"/tally", "tally", "Count articles by day, outlet, entity, speaker or event"), s.tally)
	huma.Register(s.api, get(root+"/sources", "sources", "Feeds that are followed"), s.sources)
	huma.Register(s.api, get(root+"/stats", "stats", "What is kept, in numbers"), s.stats)
}

// span is a stretch of a text in code points.
type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// spans tells spans in bytes of a text in its code points.
func spans(text string, in []isnad.Span) []span {
	out := make([]span, 0, len(in))
	for _, s := range in {
		if s.Start >= 0 && s.Start <= s.End && s.End <= len(text) {
			start := utf8.RuneCountInString(text[:s.Start])
			out = append(out, span{start, start + utf8.RuneCountInString(s.Of(text))})
		}
	}
	return out
}

type hit struct {
	ID         string  `json:"id"`
	Outlet     string  `json:"outlet"`
	Title      string  `json:"title"`
	Published  string  `json:"published"`
	URL        string  `json:"url"`
	Story      string  `json:"story"`
	Score      float64 `json:"score"`
	Snippet    string  `json:"snippet" doc:"A stretch of the text, as it stands there."`
	Marks      []span  `json:"marks" nullable:"false" doc:"The words found, in code points of the snippet."`
	TitleMarks []span  `json:"title_marks" nullable:"false" doc:"The words found, in code points of the title."`
}

func hits(found []isnad.Hit) []hit {
	out := make([]hit, len(found))
	for i, h := range found {
		out[i] = hit{h.ID, h.Outlet, h.Title, h.Published, h.URL, h.Story, h.Score, h.Snippet, spans(h.Snippet, h.Marks), spans(h.Title, h.TitleMarks)}
	}
	return out
}

type found struct {
	Body struct {
		Items []hit  `json:"items" nullable:"false"`
		Next  string `json:"next" doc:"The cursor of the next page; empty after the last."`
		Total int    `json:"total" doc:"How many there are in all."`
	}
}

func (s *service) articles(ctx context.Context, in *struct {
	Asking
	Sort string `query:"sort" enum:"rank,newest,oldest" default:"rank"`
}) (*found, error) {
	q, err := s.query(&in.Asking, order(in.Sort))
	if err != nil {
		return nil, s.problem(err)
	}
	r, err := s.lib.Search(ctx, q)
	if err != nil {
		return nil, s.problem(err)
	}
	var out found
	out.Body.Items, out.Body.Next, out.Body.Total = hits(r.Hits), r.Next, r.Total
	return &out, nil
}

// order gives the order of a name.
func order(name string) isnad.Sort {
	if name == "rank" {
		return isnad.ByRank
	}
	return isnad.Sort(name)
}

type storyLine struct {
	ID            string   `json:"id"`
	Title         string   `json:"title"`
	First         string   `json:"first"`
	Last          string   `json:"last"`
	Articles      []string `json:"articles" nullable:"false"`
	Copies        int      `json:"copies" doc:"How many groups of near copies there are."`
	Disagreements int      `json:"disagreements"`
}

func (s *service) stories(ctx context.Context, in *struct {
	Asking
	Sort string `query:"sort" enum:"rank,newest,oldest" default:"newest"`
}) (*listed[storyLine], error) {
	q, err := s.query(&in.Asking, order(in.Sort))
	if err != nil {
		return nil, s.problem(err)
	}
	told, err := s.lib.Stories(ctx, q)
	if err != nil {
		return nil, s.problem(err)
	}
	out := make([]storyLine, len(told.Stories))
	for i, t := range told.Stories {
		out[i] = storyLine{t.ID, t.Title, t.First, t.Last, append([]string{}, t.Articles...), len(t.Copies), len(t.Disagreements)}
	}
	return list(out, told.Next), nil
}

func (s *service) statements(ctx context.Context, in *Asking) (*listed[isnad.StatementRow], error) {
	q, err := s.query(in, isnad.ByRank)
	if err != nil {
		return nil, s.problem(err)
	}
	said, err := s.lib.Statements(ctx, q)
	return list(said.Rows, said.Next), s.problem(err)
}

func (s *service) commitments(ctx context.Context, in *Asking) (*listed[isnad.CommitmentRow], error) {
	q, err := s.query(in, isnad.ByRank)
	if err != nil {
		return nil, s.problem(err)
	}
	u, err := s.lib.Commitments(ctx, q)
	return list(u.Rows, u.Next), s.problem(err)
}

func (s *service) entities(ctx context.Context, in *struct {
	Name  string `query:"name" maxLength:"500" doc:"Words of one of its names."`
	Kind  string `query:"kind" enum:"person,organization,place,other"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
}) (*listed[isnad.Thing], error) {
	things, err := s.lib.Find(ctx, s.lang.Forms(strings.ToValidUTF8(in.Name, "\ufffd")), isnad.Kind(in.Kind), in.Limit)
	return list(things, ""), s.problem(err)
}

func (s *service) tally(ctx context.Context, in *struct {
	Q     string `query:"q" maxLength:"4096"`
	By    string `query:"by" enum:"day,outlet,entity,speaker,event" default:"day"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}) (*listed[isnad.Count], error) {
	q, err := s.query(&Asking{Q: in.Q}, isnad.ByRank)
	if err != nil {
		return nil, s.problem(err)
	}
	counts, err := s.lib.Tally(ctx, q, isnad.Facet(in.By), in.Limit)
	return list(counts, ""), s.problem(err)
}

type source struct {
	URL      string    `json:"url"`
	Title    string    `json:"title"`
	Outlet   string    `json:"outlet"`
	Folder   string    `json:"folder"`
	Added    time.Time `json:"added,omitzero"`
	Checked  time.Time `json:"checked,omitzero" doc:"When it was last looked at."`
	Due      time.Time `json:"due,omitzero"`
	Fresh    time.Time `json:"fresh,omitzero" doc:"When something new last came."`
	Failures int       `json:"failures" doc:"How many there were in a row."`
	Trouble  string    `json:"trouble" doc:"The last error; empty after a success."`
	Articles int       `json:"articles"`
}

func (s *service) sources(ctx context.Context, _ *struct{}) (*listed[source], error) {
	feeds, err := s.lib.Feeds(ctx)
	out := make([]source, len(feeds))
	for i, f := range feeds {
		out[i] = source{f.URL, f.Title, f.Outlet, f.Folder, f.Added, f.Checked, f.Due, f.Fresh, f.Failures, f.Trouble, f.Articles}
	}
	return list(out, ""), s.problem(err)
}

type stats struct {
	Articles    int    `json:"articles"`
	Captures    int    `json:"captures"`
	Statements  int    `json:"statements"`
	Events      int    `json:"events"`
	Commitments int    `json:"commitments"`
	Entities    int    `json:"entities"`
	Stories     int    `json:"stories"`
	Unjoined    int    `json:"unjoined" doc:"Days whose articles wait to be joined to stories."`
	Sources     int    `json:"sources"`
	Wanted      int    `json:"wanted" doc:"Pages that wait to be fetched."`
	First       string `json:"first"`
	Last        string `json:"last"`
	Bytes       int64  `json:"bytes" doc:"Of the store, without evidence."`
}

func (s *service) stats(ctx context.Context, _ *struct{}) (*struct{ Body stats }, error) {
	n, err := s.lib.Stats(ctx)
	out := stats{n.Articles, n.Captures, n.Statements, n.Events, n.Commitments, n.Things, n.Stories, n.Unjoined, n.Feeds, n.Wanted, n.First, n.Last, n.Bytes}
	return &struct{ Body stats }{out}, s.problem(err)
}
