package web

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/intake/opml"
)

// sourcesPage shows how the sources are.
type sourcesPage struct {
	Feeds                         []feedRow
	Well, Troubled, Waiting, Idle int
	Stats                         isnad.Stats
	CanAdd                        bool
	Address, Outlet               string // as typed, when it could not be followed
	Next                          string // the first not shown
}

// feedRow is a source with how it is.
type feedRow struct {
	isnad.Feed
	State string // well, trouble, waiting, quiet
}

// quiet is how long a source may have nothing new before that is said.
const quiet = 7 * 24 * time.Hour

// feedsShown bounds a page of sources.
const feedsShown = 100

func state(f isnad.Feed, now time.Time) string {
	switch {
	case f.Trouble != "":
		return "trouble"
	case f.Checked.IsZero():
		return "waiting"
	case !f.Fresh.IsZero() && now.Sub(f.Fresh) > quiet || f.Fresh.IsZero() && now.Sub(f.Added) > quiet:
		return "quiet"
	}
	return "well"
}

func (s *site) sources(v *visit) error { return s.showSources(v, http.StatusOK, "", "") }

func (s *site) showSources(v *visit, status int, address, outlet string) error {
	all, err := s.lib.Feeds(v.r.Context())
	if err != nil {
		return err
	}
	p := &sourcesPage{CanAdd: v.May && s.opt.Desk != nil, Address: cut(address, 2000), Outlet: cut(outlet, titleLimit)}
	if p.Stats, err = s.lib.Stats(v.r.Context()); err != nil {
		return err
	}
	only := v.Get("state")
	for _, f := range all {
		r := feedRow{f, state(f, v.Now)}
		switch r.State {
		case "trouble":
			p.Troubled++
		case "waiting":
			p.Waiting++
		case "quiet":
			p.Idle++
		default:
			p.Well++
		}
		if (only == "" || only == r.State) && f.URL > v.Get("cursor") {
			if len(p.Feeds) < feedsShown {
				p.Feeds = append(p.Feeds, r)
			} else {
				p.Next = p.Feeds[feedsShown-1].URL
			}
		}
	}
	v.Title, v.Nav = v.T("nav.sources"), "sources"
	return s.show(v, status, "sources", p)
}

// follow begins to follow an address.
func (s *site) follow(v *visit) error {
	if s.opt.Desk == nil {
		return errNotAllowed
	}
	address, outlet := v.r.PostForm.Get("address"), v.r.PostForm.Get("outlet")
	if _, err := s.opt.Desk.Follow(v.r.Context(), address, outlet); err != nil {
		v.Error = v.T("error.follow") + " " + cut(err.Error(), titleLimit)
		return s.showSources(v, http.StatusUnprocessableEntity, address, outlet)
	}
	if err := s.note(v, "follow", address, outlet); err != nil {
		return err
	}
	return v.done(v.To("/sources"), "followed")
}

// importList begins to follow the feeds of a list.
func (s *site) importList(v *visit) error {
	if s.opt.Desk == nil {
		return errNotAllowed
	}
	file, _, err := v.r.FormFile("list")
	if err != nil {
		return fmt.Errorf("%w: there is no file", errForm)
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	list, err := opml.Parse(b)
	n := 0
	if err == nil {
		n, err = s.opt.Desk.FollowAll(v.r.Context(), list)
	}
	if err != nil {
		v.Error = v.T("error.import") + " " + cut(err.Error(), titleLimit)
		return s.showSources(v, http.StatusUnprocessableEntity, "", "")
	}
	if err := s.note(v, "import", list.Title, strconv.Itoa(n)); err != nil {
		return err
	}
	return v.done(v.To("/sources"), "imported")
}

// unfollow forgets a source.
func (s *site) unfollow(v *visit) error {
	address := v.r.PostForm.Get("address")
	if err := s.lib.Unfollow(v.r.Context(), address); err != nil {
		return err
	}
	if err := s.note(v, "unfollow", address, ""); err != nil {
		return err
	}
	return v.done(v.To("/sources"), "unfollowed")
}
