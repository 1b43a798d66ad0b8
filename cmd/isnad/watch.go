package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/isnad-project/isnad/internal/desk"
)

type watchVerb struct {
	library
	visitor
	Once    bool `help:"Visit what is due now and end."`
	Verbose bool `short:"v" help:"Log every visit."`
}

// Run follows the feeds until it is interrupted.
func (v *watchVerb) Run(w world) error {
	level := slog.LevelWarn
	if v.Verbose {
		level = slog.LevelInfo
	}
	log := slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: level}))
	d, err := v.desk(w.ctx, desk.Options{Fetch: v.options(), Log: log})
	if err != nil {
		return err
	}
	defer d.Close()
	tell := func(n desk.Visits) {
		fmt.Fprintf(w.err, "isnad: %d feeds and %d pages visited, %d failed; %d articles new or changed, %d gone\n", n.Feeds, n.Pages, n.Failed, n.Kept, n.Gone)
	}
	if v.Once {
		return d.Catch(w.ctx, tell)
	}
	if err := d.Watch(w.ctx, tell); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
