package main

import (
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/view"
)

type storiesVerb struct {
	library
	JSON  bool     `name:"json" help:"Give JSON Lines, one story a line (docs/record.md): all of them, unless --limit says fewer."`
	Limit int      `help:"How many at most; 0 gives all."`
	Words []string `arg:"" optional:"" name:"query" help:"Only stories with an article that this query finds."`
}

// batch is how many stories are taken from the library at a time.
const batch = 500

// Run prints stories, the latest first.
func (v *storiesVerb) Run(w world) error {
	q, err := asked(strings.Join(v.Words, " "), batch)
	if err != nil {
		return err
	}
	q.Sort = isnad.ByNewest
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	for left := v.Limit; ; {
		if v.Limit > 0 {
			q.Limit = min(left, batch)
		}
		told, err := lib.Stories(w.ctx, q)
		if err != nil {
			return err
		}
		if err := v.write(w, lib, told.Stories, q.Cursor == ""); err != nil {
			return err
		}
		left -= len(told.Stories)
		if q.Cursor = told.Next; q.Cursor == "" || v.Limit > 0 && left <= 0 {
			return nil
		}
	}
}

func (v *storiesVerb) write(w world, lib isnad.Library, all []isnad.Story, first bool) error {
	if v.JSON {
		return storyLines(w, lib, all)
	}
	if len(all) == 0 && !first {
		return nil
	}
	return show(w, func(s view.Style) []byte { return view.AppendStories(nil, all, published(w, lib), s) })
}

// published tells who published an article, and when.
func published(w world, lib isnad.Library) view.Source {
	return func(id string) (outlet, at string) {
		h, err := lib.Article(w.ctx, id)
		if err != nil {
			return "", "" // the story is shown with the id alone
		}
		return h.Record.Article.Outlet, h.Record.Article.Published
	}
}

// storyLines writes stories in their published form, one a line.
func storyLines(w world, lib isnad.Library, all []isnad.Story) error {
	text := func(id string) (string, bool) {
		h, err := lib.Article(w.ctx, id)
		return h.Record.Article.Text, err == nil
	}
	var line []byte
	for i := range all {
		var err error
		if line, err = all[i].AppendJSON(line[:0], text); err != nil {
			return err
		}
		if _, err := w.out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

type storyVerb struct {
	library
	JSON bool   `name:"json" help:"Give the story as JSON."`
	ID   string `arg:"" help:"The story's id."`
}

// Run prints one story with its articles.
func (v *storyVerb) Run(w world) error {
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	story, err := lib.Story(w.ctx, v.ID)
	if err != nil {
		return err
	}
	if v.JSON {
		return storyLines(w, lib, []isnad.Story{story})
	}
	var told []isnad.Holding
	for _, id := range story.Articles {
		h, err := lib.Article(w.ctx, id)
		if err != nil {
			return err
		}
		told = append(told, h)
	}
	return show(w, func(s view.Style) []byte { return view.AppendStory(nil, &story, told, s) })
}
