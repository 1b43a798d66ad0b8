//go:build unix

package main

import (
	"math/rand/v2"
	"net/url"
)

// kind is a kind of page with a way to ask for one of it.
type kind struct {
	name string
	path func(s *sample, r *rand.Rand) string
}

// one is a kind of a single page.
func one(name, path string) kind {
	return kind{name, func(*sample, *rand.Rand) string { return path }}
}

// of is a kind of pages of one thing each.
func of(name, before string, from func(*sample) []string, after string) kind {
	return kind{name, func(s *sample, r *rand.Rand) string { return before + url.PathEscape(pick(r, from(s))) + after }}
}

// asked is a kind of pages with a parameter.
func asked(name, before string, from func(*sample) []string, after string) kind {
	return kind{name, func(s *sample, r *rand.Rand) string { return before + url.QueryEscape(pick(r, from(s))) + after }}
}

func articles(s *sample) []string { return s.articles }
func stories(s *sample) []string  { return s.stories }
func rare(s *sample) []string     { return s.rare }
func days(s *sample) []string     { return s.days }
func outlets(s *sample) []string  { return s.outlets }
func words(s *sample) []string    { return s.words }

// known gives the things that are named most, as many.
func known(n int) func(*sample) []string {
	return func(s *sample) (ids []string) {
		for _, t := range s.things[:min(n, len(s.things))] {
			ids = append(ids, t.ID)
		}
		return ids
	}
}

// kinds are the kinds of pages that are measured.
func kinds() []kind {
	return []kind{
		one("today", "/"),
		asked("today, another day", "/?day=", days, ""),
		asked("today, a week", "/en/?days=7&day=", days, ""),
		of("story", "/story/", stories, ""),
		of("article", "/article/", articles, ""),
		of("entity", "/entity/", rare, ""),
		of("entity, well known", "/entity/", known(100), ""),
		of("entity, the most named", "/entity/", known(1), ""),
		one("entities", "/entities"),
		asked("entities, by a word", "/entities?name=", words, ""),
		one("statements", "/statements"),
		asked("statements of an entity", "/statements?entity=", known(100), ""),
		asked("statements, the most named", "/statements?entity=", known(1), ""),
		asked("statements by words", "/statements?said=", words, "&mode=direct"),
		asked("statements of an outlet", "/statements?after=2018-03&outlet=", outlets, ""),
		one("commitments", "/commitments"),
		asked("commitments of an entity", "/commitments?entity=", known(100), ""),
		one("disagreements", "/disagreements"),
		asked("disagreements after a day", "/disagreements?kind=count&before=", days, ""),
		asked("search", "/search?q=", words, ""),
		asked("search, newest", "/search?sort=newest&q=name:", words, ""),
		asked("search, a thing", "/search?entity=", known(100), ""),
		one("sources", "/sources"),
		one("quality", "/quality"),
		asked("API articles", "/api/v1/articles?q=", words, ""),
		of("API article", "/api/v1/articles/", articles, ""),
		one("API stories", "/api/v1/stories"),
		of("API story", "/api/v1/stories/", stories, ""),
		asked("API statements", "/api/v1/statements?q=speaker:", words, ""),
		one("API commitments", "/api/v1/commitments"),
		one("API disagreements", "/api/v1/disagreements"),
		one("API entities", "/api/v1/entities"),
		of("API entity", "/api/v1/entities/", rare, ""),
		asked("API tally", "/api/v1/tally?by=outlet&q=", words, ""),
	}
}
