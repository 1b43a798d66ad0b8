package main

import (
	"fmt"
	"os"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/view"
)

type demoVerb struct {
	Keep string `help:"Keep the library in this folder, to look at with the other verbs." placeholder:"DIR"`
}

// Run brings in a sample newsroom, four small outlets on this machine, and prints its
// stories, on what they differ, and what was promised.
func (v *demoVerb) Run(w world) error {
	dir := v.Keep
	if dir == "" {
		temporary, err := os.MkdirTemp("", "isnad-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		dir = temporary
	}
	d, err := desk.Open(w.ctx, dir, desk.Options{Fetch: fetch.Options{Allow: fetch.Loopback(), PerHostDelay: -1}})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := bringIn(w.ctx, d, func(n desk.Visits) {
		fmt.Fprintf(w.err, "isnad: %d feeds and %d pages of the sample newsroom visited\n", n.Feeds, n.Pages)
	}); err != nil {
		return err
	}
	return v.show(w, d.Library)
}

func (v *demoVerb) show(w world, lib isnad.Library) error {
	told, err := lib.Stories(w.ctx, isnad.Query{Limit: batch})
	if err != nil {
		return err
	}
	due, err := lib.Commitments(w.ctx, isnad.Query{Limit: batch})
	if err != nil {
		return err
	}
	if err := show(w, func(s view.Style) []byte { return view.AppendStories(nil, told.Stories, published(w, lib), s) }); err != nil {
		return err
	}
	return show(w, func(s view.Style) []byte { return view.AppendCommitments(nil, due.Rows, "", s) })
}
