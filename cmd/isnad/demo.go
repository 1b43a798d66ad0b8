package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/view"
)

type demoVerb struct {
	logging
	Keep  string `help:"Keep the library in this folder, to look at with the other verbs." placeholder:"DIR"`
	Serve bool   `help:"Then show it on pages until it is interrupted; where there is no terminal, for ten minutes."`
}

// unwatched is how long the pages are served where nobody sits who could interrupt it.
const unwatched = 10 * time.Minute

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
	if err := v.show(w, d.Library); err != nil || !v.Serve {
		return err
	}
	return v.serve(w, d)
}

// serve shows the newsroom on pages: at the usual address or, where that is taken, at
// another.
func (v *demoVerb) serve(w world, d *desk.Desk) error {
	s := serveVerb{Demo: true, doorway: doorway{Listen: "127.0.0.1:8040"}}
	if l, err := net.Listen("tcp", s.Listen); err == nil {
		l.Close()
	} else {
		s.Listen = "127.0.0.1:0"
	}
	until := "until it is interrupted (Ctrl-C)"
	if !term.IsTerminal(int(os.Stdin.Fd())) && !term.IsTerminal(int(w.out.Fd())) {
		ctx, end := context.WithTimeout(w.ctx, unwatched)
		defer end()
		w.ctx, until = ctx, "for ten minutes, as there is no terminal"
	}
	fmt.Fprintf(w.out, "\nThe same on pages, in Arabic and English, %s:\n", until)
	v.LogLevel = max(v.LogLevel, slog.LevelWarn)
	return s.run(w, d, v.log(w.err))
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
