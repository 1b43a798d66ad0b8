// Package web shows a library to people: right-to-left pages, Arabic first, English at
// /en, that work without JavaScript. It knows how things are asked for and shown; how
// they are kept, read or fetched it must not know, and text from outside is never trusted.
package web

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/docs"
	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/hook"
	"github.com/isnad-project/isnad/internal/intake/opml"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/recent"
)

// Desk is what the pages need of who brings news in.
type Desk interface {
	// Follow begins to follow an address: a feed, a sitemap, or a page that links feeds.
	Follow(ctx context.Context, address, outlet string) ([]isnad.Feed, error)
	// FollowAll begins to follow the feeds of a list and says how many are new.
	FollowAll(ctx context.Context, list opml.List) (int, error)
}

// Options shape the pages; the zero value shows the library and changes nothing in it
// but by hand corrections.
type Options struct {
	// Desk takes new sources; nil: sources are shown only.
	Desk Desk
	// Original gives the bytes of a capture as they came, without the encodings of their
	// transfer; nil: originals are not shown.
	Original func(context.Context, isnad.Capture) ([]byte, error)
	// Door says who asks and what he may do; nil: everybody may everything, without a name.
	Door *access.Door
	// Hooks are the saved searches that tell other programs; nil: they can be made, and
	// none is told here.
	Hooks *hook.Desk
	// Hosts are the names the pages are asked for by. Localhost and bare addresses always
	// do; any other name is refused, since it may be a stranger's that points here.
	Hosts []string
	// Quality is the text of docs/quality.md; empty: that of this build.
	Quality string
	Now     func() time.Time // nil: time.Now
	Log     *slog.Logger     // nil: nothing is logged
}

//go:embed templates static
var files embed.FS

// site is the pages over one library.
type site struct {
	lib      isnad.Library
	opt      Options
	tongues  [2]*tongue // Arabic, English
	sheets   sheets
	static   map[string]asset
	lang     *query.Language
	measured []measure
	shown    *recent.Memory[string, []byte]
	making   making
}

// New makes the pages over a library. It fails only when the build is damaged.
func New(lib isnad.Library, o Options) (http.Handler, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Quality == "" {
		o.Quality = docs.Quality
	}
	s := &site{lib: lib, opt: o, measured: measures(o.Quality), shown: recent.New[string, []byte](pagesLimit)}
	var err error
	if s.opt.Hooks == nil {
		if s.opt.Hooks, err = hook.New(lib, hook.Options{Now: o.Now}); err != nil {
			return nil, err
		}
	}
	if s.lang, err = query.Default(); err != nil {
		return nil, fmt.Errorf("make the language of queries: %w", err)
	}
	if s.tongues, err = loadTongues(); err != nil {
		return nil, err
	}
	if s.static, err = loadStatic(); err != nil {
		return nil, err
	}
	if s.sheets, err = s.loadSheets(); err != nil {
		return nil, err
	}
	return s.guard(s.routes()), nil
}

// routes names every page, in Arabic and under /en in English.
func (s *site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /static/{file}", s.serveStatic)
	mux.HandleFunc("GET /bytes/{id}", s.bytes)
	mux.HandleFunc("GET /article/{id}/record.json", s.recordJSON)
	mux.HandleFunc("GET /commitments.ics", s.calendar)
	for _, t := range s.tongues {
		page := func(path string, h func(*visit) error) { mux.HandleFunc("GET "+t.prefix+path, s.page(t, h)) }
		page("/{$}", s.seen(s.lately(s.today)))
		page("/story/{id}", s.lately(s.story))
		page("/article/{id}", s.lately(s.article))
		page("/entity/{id}", s.lately(s.entity))
		page("/entities", s.lately(s.entities))
		page("/statements", s.lately(s.statements))
		page("/commitments", s.lately(s.commitments))
		page("/disagreements", s.lately(s.disagreements))
		page("/search", s.lately(s.search))
		page("/sources", s.sources)
		page("/hooks", s.hooksOf)
		page("/quality", s.lately(s.quality))
		page("/original/{id}", s.original)
		page("/", s.nowhere)
		page("/sign-in", s.signIn)
		page("/account", s.account)
		page("/users", s.users)
		page("/log", s.log)
		act := func(path string, need access.Role, h func(*visit) error) {
			mux.HandleFunc("POST "+t.prefix+path, s.act(t, need, h))
		}
		act("/article/{id}/commitment/{index}", access.Editor, s.settle)
		act("/entity/{id}", access.Editor, s.correct)
		act("/sources/follow", access.Editor, s.follow)
		act("/sources/import", access.Editor, s.importList)
		act("/sources/unfollow", access.Editor, s.unfollow)
		act("/hooks", access.Editor, s.addHook)
		act("/hooks/{id}/remove", access.Editor, s.removeHook)
		act("/hooks/{id}/test", access.Editor, s.testHook)
		act("/hooks/{id}/resume", access.Editor, s.resumeHook)
		act("/sign-out", access.Reader, s.signOut)
		act("/account/password", access.Reader, s.changePassword)
		act("/account/leave", access.Reader, s.leave)
		act("/account/keys", access.Reader, s.makeKey)
		act("/account/keys/revoke", access.Reader, s.revokeKey)
		act("/users/add", access.Admin, s.manage("user", addUser))
		act("/users/role", access.Admin, s.manage("user", setRole))
		act("/users/password", access.Admin, s.manage("user", setPassword))
		act("/users/remove", access.Admin, s.manage("user", removeUser))
		mux.HandleFunc("POST "+t.prefix+"/sign-in", s.page(t, s.signedIn))
		mux.HandleFunc("POST "+t.prefix+"/look", s.page(t, s.look))
	}
	return mux
}
