package api

import (
	"bytes"
	"cmp"
	"context"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/pour"
)

// bodyLimit bounds what is given to be read, in bytes.
const bodyLimit = 4 << 20

// long is the size past which texts are read one at a time, since reading takes memory of
// some seventy times a text. Pages and articles are shorter.
const long = 1 << 20

// bodyTime is how long it may take to come.
const bodyTime = 20 * time.Second

// reading is the operation that reads a text and keeps nothing.
func (s *service) reading() {
	text := &huma.Schema{Type: huma.TypeString}
	huma.Register(s.api, huma.Operation{
		Method: http.MethodPost, Path: root + "/read", OperationID: "read", Summary: "Read a text or a page; nothing is kept",
		MaxBodyBytes: bodyLimit, BodyReadTimeout: bodyTime, SkipValidateBody: true, Middlewares: huma.Middlewares{s.entering},
		RequestBody: &huma.RequestBody{Required: true, Description: "At most 4 MiB. What a page or an object says itself goes before the parameters.", Content: map[string]*huma.MediaType{
			"text/plain": {Schema: text}, "text/html": {Schema: text},
			asJSON: {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"text"}, Properties: map[string]*huma.Schema{
				"text": text, "title": text, "published": text, "outlet": text, "url": text, "id": text}}},
		}},
		Responses: map[string]*huma.Response{"200": {Description: "The published record (docs/record.md); spans in code points.", Content: content(asJSON)}},
		Errors:    []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusServiceUnavailable},
	}, s.read)
}

// entering lets in as many texts at once as memory bears.
func (s *service) entering(ctx huma.Context, next func(huma.Context)) {
	select {
	case s.doors <- struct{}{}:
		defer func() { <-s.doors }()
		next(ctx)
	default:
		ctx.SetHeader("Retry-After", "1")
		huma.WriteErr(s.api, ctx, http.StatusServiceUnavailable, "too many texts are being read; try again soon") //nolint:errcheck // who asked went away
	}
}

type given struct {
	Type      string `header:"Content-Type" maxLength:"200"`
	Title     string `query:"title" maxLength:"2000" doc:"The headline."`
	Published string `query:"published" maxLength:"40" doc:"Day or time of publication (ISO 8601), from which days are counted."`
	Outlet    string `query:"outlet" maxLength:"500"`
	URL       string `query:"url" maxLength:"2000"`
	RawBody   []byte `contentType:"text/plain"`
}

func (s *service) read(ctx context.Context, in *given) (*sheet, error) {
	desks := s.desks
	if len(in.RawBody) > long {
		desks = s.longDesk
	}
	select {
	case desks <- struct{}{}:
		defer func() { <-desks }()
	case <-ctx.Done():
		return nil, s.problem(ctx.Err())
	}
	a, err := s.article(in)
	if err != nil {
		return nil, err
	}
	if !isTime(a.Published) {
		return nil, huma.Error422UnprocessableEntity("published is no day or time, as 2024-05-06 or 2024-05-06T10:00:00Z")
	}
	r := s.reader.Read(a)
	b, err := r.AppendJSON(nil)
	if err != nil {
		return nil, s.problem(err)
	}
	return &sheet{Status: http.StatusOK, ContentType: asJSON, Body: b}, nil
}

// article makes the article of what is given.
func (s *service) article(in *given) (isnad.Article, error) {
	kind, charset, err := form(in.Type)
	if err != nil {
		return isnad.Article{}, err
	}
	item := pour.Item{Kind: kind, Body: bytes.Clone(in.RawBody), URL: in.URL, Charset: charset}
	a, _, err := item.Article(s.lexicon)
	if err == nil && strings.TrimSpace(a.Text) == "" {
		return a, huma.Error422UnprocessableEntity("there is no text to read in it")
	}
	if err != nil {
		return a, huma.Error422UnprocessableEntity("it cannot be read: " + err.Error())
	}
	a.Title, a.Published, a.Outlet = cmp.Or(a.Title, valid(in.Title)), cmp.Or(a.Published, in.Published), cmp.Or(a.Outlet, valid(in.Outlet))
	a.URL = valid(cmp.Or(a.URL, in.URL))
	return a, nil
}

func valid(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// form gives the kind of what is given, and its charset where that is declared.
func form(mediaType string) (pour.Kind, string, error) {
	t, params, err := mime.ParseMediaType(cmp.Or(mediaType, "text/plain"))
	if err == nil {
		switch t {
		case "text/plain":
			return pour.Text, params["charset"], nil
		case "text/html", "application/xhtml+xml":
			return pour.HTML, params["charset"], nil
		case asJSON:
			return pour.Lines, params["charset"], nil
		}
	}
	return "", "", huma.Error415UnsupportedMediaType("give text/plain, text/html or application/json")
}

// isTime reports whether a time of publication is one, or not given.
func isTime(p string) bool {
	if p == "" {
		return true
	}
	for _, layout := range [...]string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if _, err := time.Parse(layout, p); err == nil {
			return true
		}
	}
	return false
}
