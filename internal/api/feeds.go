package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"iter"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/export"
)

// The types of feeds.
const (
	asAtom     = "application/atom+xml; charset=utf-8"
	asCalendar = "text/calendar; charset=utf-8"
)

// feedLimit is how many articles a feed tells, calendarLimit how many commitments.
const (
	feedLimit     = 50
	calendarLimit = 5000
)

// feeds are what other programs subscribe to.
func (s *service) feeds() {
	huma.Register(s.api, thing("/feeds/search.atom", "feed-search", "The newest articles of a search", asAtom, "An Atom feed."), s.searchFeed)
	huma.Register(s.api, thing("/feeds/story/{file}", "feed-story", "The articles of a story; file is its id and .atom", asAtom, "An Atom feed."), s.storyFeed)
	huma.Register(s.api, thing("/feeds/entity/{file}", "feed-entity", "The newest articles that name an entity; file is its id and .atom", asAtom, "An Atom feed."), s.entityFeed)
	huma.Register(s.api, thing("/feeds/commitments.ics", "feed-commitments", "The commitments of a search that have a due date", asCalendar, "An iCalendar file."), s.calendar)
}

// The elements of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Link    atomLink    `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID        string     `xml:"id"`
		Title     string     `xml:"title"`
		Updated   string     `xml:"updated"`
		Published string     `xml:"published,omitempty"`
		Author    string     `xml:"author>name"`
		Links     []atomLink `xml:"link"`
		Summary   string     `xml:"summary"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
)

// typed asks for a feed of a search.
type typed struct {
	Q    string `query:"q" maxLength:"4096"`
	Have string `header:"If-None-Match"`
}

// filed asks for a feed of a thing.
type filed struct {
	File string `path:"file" maxLength:"2000" doc:"The id, and .atom."`
	Have string `header:"If-None-Match"`
}

// id gives the id that a file is named after.
func (f *filed) id() (string, error) {
	id, ok := strings.CutSuffix(f.File, ".atom")
	if !ok {
		return "", isnad.ErrNotFound
	}
	return id, nil
}

func (s *service) searchFeed(ctx context.Context, in *typed) (*sheet, error) {
	q, err := s.query(&Asking{Q: in.Q}, isnad.ByNewest)
	if err != nil {
		return nil, s.problem(err)
	}
	return s.atom(ctx, in.Have, "/feeds/search.atom?q="+url.QueryEscape(valid(in.Q)), cmp.Or(valid(in.Q), "Isnad"), q)
}

func (s *service) storyFeed(ctx context.Context, in *filed) (*sheet, error) {
	id, err := in.id()
	if err != nil {
		return nil, s.problem(err)
	}
	t, err := s.lib.Story(ctx, id)
	if err != nil {
		return nil, s.problem(err)
	}
	return s.atom(ctx, in.Have, "/feeds/story/"+url.PathEscape(t.ID)+".atom", t.Title, latest(isnad.OfStory, t.ID))
}

func (s *service) entityFeed(ctx context.Context, in *filed) (*sheet, error) {
	id, err := in.id()
	if err != nil {
		return nil, s.problem(err)
	}
	t, err := s.lib.Thing(ctx, id)
	if err != nil {
		return nil, s.problem(err)
	}
	return s.atom(ctx, in.Have, "/feeds/entity/"+url.PathEscape(t.ID)+".atom", t.Name, latest(isnad.OfEntity, t.ID))
}

// latest gives a query of one condition, the newest first.
func latest(f isnad.Field, word string) isnad.Query {
	return isnad.Query{Terms: []isnad.Term{{Field: f, Words: []string{word}}}, Sort: isnad.ByNewest}
}

// atom makes the feed of a query.
func (s *service) atom(ctx context.Context, have, path, title string, q isnad.Query) (*sheet, error) {
	q.Limit = feedLimit
	r, err := s.lib.Search(ctx, q)
	if err != nil {
		return nil, s.problem(err)
	}
	self := base(ctx) + path
	f := atomFeed{ID: urn(path), Title: title, Author: "Isnad", Link: atomLink{"self", "application/atom+xml", self}}
	for _, h := range r.Hits {
		e, err := s.entry(ctx, h)
		if err != nil {
			return nil, s.problem(err)
		}
		f.Entries = append(f.Entries, e)
		f.Updated = max(f.Updated, e.Updated)
	}
	f.Updated = cmp.Or(f.Updated, time.Unix(0, 0).UTC().Format(time.RFC3339))
	b, err := xml.Marshal(f)
	if err != nil {
		return nil, s.problem(err)
	}
	return give(have, asAtom, append([]byte(xml.Header), b...)), nil
}

// entry tells an article. When it was updated last the library knows: when it was kept,
// or its text was found changed.
func (s *service) entry(ctx context.Context, h isnad.Hit) (atomEntry, error) {
	held, err := s.lib.Article(ctx, h.ID)
	if err != nil {
		return atomEntry{}, err
	}
	updated := held.Kept
	if held.Changed.After(updated) {
		updated = held.Changed
	}
	e := atomEntry{ID: urn("article " + h.ID), Title: h.Title, Updated: updated.UTC().Format(time.RFC3339), Published: moment(h.Published),
		Author: cmp.Or(h.Outlet, "Isnad"), Summary: h.Snippet, Links: []atomLink{
			{"alternate", "text/html", base(ctx) + "/article/" + url.PathEscape(h.ID)},
			{"related", asJSON, base(ctx) + of("articles", h.ID)}}}
	if u, err := url.Parse(h.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		e.Links = append(e.Links, atomLink{"via", "", u.String()})
	}
	return e, nil
}

// moment gives a time of publication as RFC 3339 has it, or nothing.
func moment(published string) string {
	for _, layout := range [...]string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, published); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	return ""
}

// urn names a thing for feed readers, the same under every address: a UUID of version 8
// (RFC 9562) made of a digest.
func urn(what string) string {
	sum := sha256.Sum256([]byte("isnad " + what))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	x := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

func (s *service) calendar(ctx context.Context, in *typed) (*sheet, error) {
	q, err := s.query(&Asking{Q: in.Q, Limit: 500}, isnad.ByRank)
	if err != nil {
		return nil, s.problem(err)
	}
	page := func(id string) string { return base(ctx) + "/article/" + url.PathEscape(id) }
	var b bytes.Buffer
	if err := export.Calendar(&b, cmp.Or(valid(in.Q), "Isnad"), s.allDue(ctx, q), page, s.opt.Now()); err != nil {
		return nil, s.problem(err)
	}
	return give(in.Have, asCalendar, b.Bytes()), nil
}

// allDue walks through the commitments of a query. Those without a due date come last.
func (s *service) allDue(ctx context.Context, q isnad.Query) iter.Seq2[isnad.CommitmentRow, error] {
	return func(yield func(isnad.CommitmentRow, error) bool) {
		for n := 0; n < calendarLimit; {
			u, err := s.lib.Commitments(ctx, q)
			if err != nil {
				yield(isnad.CommitmentRow{}, err)
				return
			}
			for _, r := range u.Rows {
				if n++; r.Due == "" || !yield(r, nil) {
					return
				}
			}
			if q.Cursor = u.Next; u.Next == "" {
				return
			}
		}
	}
}
