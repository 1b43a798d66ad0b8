//go:build unix

package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/script"
)

// sample is what of a library is asked for.
type sample struct {
	stats    isnad.Stats
	articles []string
	stories  []string
	things   []isnad.Thing // the most named first
	rare     []string      // things of articles, as often as they are named
	days     []string
	outlets  []string
	words    []string // of texts, as often as they stand there
	texts    []string
}

// How many days, articles and things are looked at.
const (
	daysLooked     = 60
	articlesLooked = 400
	thingsLooked   = 100
)

// gather takes a sample of a library, the same each time.
func gather(ctx context.Context, lib isnad.Library) (*sample, error) {
	s, r := &sample{}, rand.New(rand.NewPCG(1, 2))
	stats, err1 := lib.Stats(ctx)
	days, err2 := lib.Tally(ctx, isnad.Query{}, isnad.PerDay, 0)
	outlets, err3 := lib.Tally(ctx, isnad.Query{}, isnad.PerOutlet, 10)
	things, err4 := lib.Find(ctx, nil, "", thingsLooked)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	s.stats, s.things = stats, things
	for _, o := range outlets {
		s.outlets = append(s.outlets, o.Key)
	}
	stories := map[string]bool{}
	for range daysLooked {
		day := days[r.IntN(len(days))].Key
		if day == "" {
			continue
		}
		s.days = append(s.days, day)
		list, err := lib.Sketches(ctx, day, day)
		if err != nil {
			return nil, err
		}
		for _, k := range list {
			s.articles = append(s.articles, k.ID)
			if k.Story != "" && !stories[k.Story] {
				stories[k.Story] = true
				s.stories = append(s.stories, k.Story)
			}
		}
	}
	if len(s.articles) == 0 {
		return nil, errors.New("the library has no articles with a date: nothing can be asked for")
	}
	return s, s.look(ctx, lib, r)
}

// look takes things, words and texts of some articles.
func (s *sample) look(ctx context.Context, lib isnad.Library, r *rand.Rand) error {
	for range articlesLooked {
		h, err := lib.Article(ctx, s.articles[r.IntN(len(s.articles))])
		if err != nil {
			return err
		}
		s.rare = append(s.rare, h.Things...)
		text := h.Record.Article.Text
		s.texts = append(s.texts, text)
		s.words = append(s.words, strings.FieldsFunc(text, func(c rune) bool { return !script.IsArabic(c) })...)
	}
	return nil
}

func pick(r *rand.Rand, from []string) string {
	if len(from) == 0 {
		return "none"
	}
	return from[r.IntN(len(from))]
}
