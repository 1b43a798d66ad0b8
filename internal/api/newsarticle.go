package api

import (
	"context"

	"github.com/isnad-project/isnad"
)

// The types of schema.org that an article is told in.
type (
	newsArticle struct {
		Context       string      `json:"@context"`
		Type          string      `json:"@type"`
		ID            string      `json:"@id"`
		URL           string      `json:"url,omitempty"`
		Headline      string      `json:"headline"`
		DatePublished string      `json:"datePublished,omitempty"`
		DateModified  string      `json:"dateModified,omitempty"`
		InLanguage    string      `json:"inLanguage,omitempty"`
		Author        *party      `json:"author,omitempty"`
		Publisher     *party      `json:"publisher,omitempty"`
		Text          string      `json:"articleBody"`
		Mentions      []party     `json:"mentions"`
		Claims        []claimMade `json:"hasPart"`
	}
	party struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	claimMade struct {
		Type       string    `json:"@type"`
		Text       string    `json:"text"`
		Author     *party    `json:"author,omitempty"`
		Appearance reference `json:"appearance"`
	}
	reference struct {
		ID string `json:"@id"`
	}
)

// newsArticle gives an article in the words of schema.org.
func (s *service) newsArticle(ctx context.Context, in *one) (*sheet, error) {
	h, err := s.lib.Article(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	b, err := encode(articleOf(&h.Record, base(ctx)+of("articles", h.Record.Article.ID)))
	if err != nil {
		return nil, s.problem(err)
	}
	return give(in.Have, asLD, b, link(of("articles", h.Record.Article.ID), "original", asJSON)), nil
}

func articleOf(r *isnad.Record, address string) *newsArticle {
	a := &r.Article
	out := &newsArticle{
		Context: "https://schema.org", Type: "NewsArticle", ID: address, URL: a.URL, Headline: a.Title, DatePublished: a.Published,
		DateModified: a.Modified, InLanguage: a.Language, Author: named("Person", a.Byline), Publisher: named("NewsMediaOrganization", a.Outlet),
		Text: a.Text, Mentions: make([]party, len(r.Entities)), Claims: make([]claimMade, len(r.Statements)),
	}
	for i, e := range r.Entities {
		out.Mentions[i] = party{typeOf(e.Kind), e.Name}
	}
	for i, st := range r.Statements {
		out.Claims[i] = claimMade{"Claim", st.Content.Of(a.Text), speaker(r, st.Speaker), reference{address}}
	}
	return out
}

func named(what, name string) *party {
	if name == "" {
		return nil
	}
	return &party{what, name}
}

// typeOf gives the type in schema.org of a kind of entity.
func typeOf(k isnad.Kind) string {
	switch k {
	case isnad.Person:
		return "Person"
	case isnad.Organization:
		return "Organization"
	case isnad.Place:
		return "Place"
	}
	return "Thing"
}

// speaker gives who states, by the entity where one is known, else by the words of the
// article; nobody when there are none. A place speaks as an organization: a state.
func speaker(r *isnad.Record, s isnad.Source) *party {
	if s.Entity < 0 || s.Entity >= len(r.Entities) {
		return named("Thing", s.Of(r.Article.Text))
	}
	e := r.Entities[s.Entity]
	if e.Kind == isnad.Place {
		return &party{"Organization", e.Name}
	}
	return &party{typeOf(e.Kind), e.Name}
}
