// Package api serves a library to programs: JSON under /api/v1, described by OpenAPI,
// and feeds under /feeds. It knows the forms in which things are asked for and given; how
// they are kept, read or fetched it must not know, and what others send is never trusted.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/hook"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/recent"
	"github.com/isnad-project/isnad/reader"
)

// Options shape the API; the zero value gives everything and changes nothing.
type Options struct {
	// Original gives the bytes of a capture as they came, without the encodings of their
	// transfer; nil: originals are not given.
	Original func(context.Context, isnad.Capture) ([]byte, error)
	// Door says who asks and what he may do; nil: everybody may look, nobody may change.
	Door *access.Door
	// Hosts are the names that the API is asked for by. Localhost and bare addresses always
	// do; any other name is refused, since it may be a stranger's that points here.
	Hosts []string
	// Base is the address before every path in links, as https://desk.example; empty: as
	// the request names it.
	Base string
	Now  func() time.Time // nil: time.Now
	Log  *slog.Logger     // nil: nothing is logged
	// Hooks are the saved searches that tell other programs; nil: they can be made, and
	// none is told here.
	Hooks *hook.Desk
}

// root is what every path of the API begins with.
const root = "/api/v1"

// service is the API over one library.
type service struct {
	lib      isnad.Library
	opt      Options
	lang     *query.Language
	lexicon  *lex.Lexicon
	reader   *reader.Reader
	doors    chan struct{} // one for each text that is here to be read
	desks    chan struct{} // one for each that is being read
	longDesk chan struct{} // the one for long texts
	api      huma.API
	differs  *recent.Memory[string, differing]
}

// waiting bounds how many texts are here to be read at once, each up to bodyLimit.
const waiting = 64

// New makes the API over a library: everything under /api/v1 and /feeds. It fails only
// when the build is damaged.
func New(lib isnad.Library, o Options) (http.Handler, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &service{lib: lib, opt: o, doors: make(chan struct{}, waiting), desks: make(chan struct{}, runtime.GOMAXPROCS(0)), longDesk: make(chan struct{}, 1), differs: recent.New[string, differing](differsLimit)}
	var err error
	if s.opt.Hooks == nil {
		if s.opt.Hooks, err = hook.New(lib, hook.Options{Now: o.Now}); err != nil {
			return nil, err
		}
	}
	if s.lang, err = query.Default(); err != nil {
		return nil, fmt.Errorf("make the language of queries: %w", err)
	}
	if s.lexicon, err = lex.Default(); err != nil {
		return nil, err
	}
	if s.reader, err = reader.New(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	if err := s.register(mux); err != nil {
		return nil, err
	}
	return s.guard(known(mux)), nil
}

// register names everything that is served.
func (s *service) register(mux humago.Mux) error {
	c := huma.DefaultConfig("Isnad", reader.Version)
	c.Info.Description = "Arabic news: records, stories, statements and commitments, each tied to exact words."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = root+"/openapi", "", ""
	c.CreateHooks = nil // no links to schemas in every answer
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key":      {Type: "http", Scheme: "bearer", Description: "A key of a user (docs/access.md), where users sign in."},
		"password": {Type: "http", Scheme: "basic", Description: "For programs that know nothing else: the user's name and a key; for looking only."},
	}
	c.Security = []map[string][]string{{"key": {}}, {"password": {}}, {}}
	s.api = humago.New(mux, c)
	s.api.UseMiddleware(s.addressed)
	s.lists()
	s.things()
	s.exports()
	s.reading()
	s.hand()
	s.hooks()
	s.users()
	s.feeds()
	page, err := s.describe()
	if err != nil {
		return fmt.Errorf("make the page of the API: %w", err)
	}
	mux.HandleFunc("GET "+root, page)
	mux.HandleFunc("GET "+root+"/{$}", page)
	return nil
}

// get describes an operation that changes nothing.
func get(path, id, summary string) huma.Operation {
	return huma.Operation{Method: http.MethodGet, Path: path, OperationID: id, Summary: summary,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable}}
}

// guard sets the headers that hold everywhere, and refuses names that are not ours and
// changes that another site's page asks for. Then it looks who asks.
func (s *service) guard(next http.Handler) http.Handler {
	safe := http.NewCrossOriginProtection()
	safe.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusForbidden, "another site's page asked for this")
	}))
	inner := safe.Handler(s.admit(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "private, no-cache")
		if !s.ours(r.Host) {
			refuse(w, http.StatusMisdirectedRequest, "this desk is not called by that name; its names are set where it is served")
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// ours reports whether a host of a request is a name of this desk.
func (s *service) ours(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	return name == "localhost" || net.ParseIP(name) != nil || slices.Contains(s.opt.Hosts, name) || slices.Contains(s.opt.Hosts, host)
}

// problem makes of an error what is told of it (RFC 9457).
func (s *service) problem(err error) error {
	var told huma.StatusError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &told):
		return err
	case errors.Is(err, isnad.ErrNotFound):
		return huma.Error404NotFound(isnad.ErrNotFound.Error())
	case errors.Is(err, isnad.ErrQuery):
		return huma.Error400BadRequest(err.Error())
	case errors.Is(err, isnad.ErrUnsound):
		return huma.Error422UnprocessableEntity(err.Error())
	case errors.Is(err, isnad.ErrBusy):
		return busy(isnad.ErrBusy.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return busy("the request ended before its answer")
	}
	s.opt.Log.Error("api", "error", err)
	return huma.Error500InternalServerError("it could not be done; the log of the server says why")
}

// busy says that trying again helps.
func busy(why string) error {
	return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable(why), http.Header{"Retry-After": {"1"}})
}
