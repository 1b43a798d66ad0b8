package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/isnad-project/isnad/internal/export"
)

// exports are the operations that give everything that a query finds.
func (s *service) exports() {
	huma.Register(s.api, stream(root+"/export.jsonl", "export-jsonl", "Every record that a query finds, as JSON Lines", asLines), s.jsonLines)
	huma.Register(s.api, stream(root+"/export.csv", "export-csv", "Every row of a table that a query finds, as CSV", asCSV), s.csv)
}

// The types of exports.
const (
	asLines = "application/jsonl"
	asCSV   = "text/csv; charset=utf-8"
)

func stream(path, id, summary, mediaType string) huma.Operation {
	op := get(path, id, summary)
	op.Responses = map[string]*huma.Response{"200": {Description: "All of them, in order of id. An answer that ends early is cut off, not closed.", Content: content(mediaType)}}
	return op
}

func (s *service) jsonLines(_ context.Context, in *struct {
	Q string `query:"q" maxLength:"4096"`
}) (*huma.StreamResponse, error) {
	return s.all(in.Q, asLines, "articles.jsonl", export.JSONLines)
}

func (s *service) csv(_ context.Context, in *struct {
	Q     string `query:"q" maxLength:"4096"`
	Table string `query:"table" enum:"articles,names,times,quantities,statements,events,commitments" default:"articles"`
}) (*huma.StreamResponse, error) {
	tables := export.Tables()
	i := slices.IndexFunc(tables, func(t export.Table) bool { return t.Name == in.Table })
	if i < 0 {
		return nil, huma.Error400BadRequest("there is no such table")
	}
	return s.all(in.Q, asCSV, in.Table+".csv", func(w io.Writer, all export.Holdings) error { return export.CSV(w, tables[i], all) })
}

// all streams what write makes of all that a query finds.
func (s *service) all(typed, mediaType, file string, write func(io.Writer, export.Holdings) error) (*huma.StreamResponse, error) {
	q, err := s.query(&Asking{Q: strings.ToValidUTF8(typed, "\ufffd")}, "")
	if err != nil {
		return nil, s.problem(err)
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		_, w := humago.Unwrap(ctx)
		out := &slow{w: w, begin: func() {
			ctx.SetHeader("Content-Type", mediaType)
			ctx.SetHeader("Content-Disposition", `attachment; filename="`+file+`"`)
		}}
		b := bufio.NewWriterSize(out, 1<<16)
		err := write(b, s.lib.Each(ctx.Context(), q))
		if err == nil {
			err = b.Flush()
		}
		if err == nil {
			out.started()
			return
		}
		s.broken(ctx, out, err)
	}}, nil
}

// broken tells an error while nothing was sent, and else cuts the answer off: half a
// table that ends well would look like a table.
func (s *service) broken(ctx huma.Context, out *slow, err error) {
	told := s.problem(err)
	if out.begun {
		panic(http.ErrAbortHandler) // what net/http asks for to cut an answer off
	}
	status := http.StatusInternalServerError
	if e := huma.StatusError(nil); errors.As(told, &e) {
		status = e.GetStatus()
	}
	huma.WriteErr(s.api, ctx, status, told.Error()) //nolint:errcheck // who asked went away
}

// piece is how long sending one piece of a long answer may take.
const piece = time.Minute

// slow writes an answer that may take longer than others, piece by piece.
type slow struct {
	w     http.ResponseWriter
	begin func() // before the first byte
	begun bool
}

func (s *slow) started() {
	if !s.begun {
		s.begun = true
		s.begin()
	}
}

func (s *slow) Write(b []byte) (int, error) {
	s.started()
	http.NewResponseController(s.w).SetWriteDeadline(time.Now().Add(piece)) //nolint:errcheck // not every writer has one
	return s.w.Write(b)
}
