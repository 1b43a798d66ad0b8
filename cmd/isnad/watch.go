package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/gauge"
	"github.com/isnad-project/isnad/reader"
)

type watchVerb struct {
	library
	visitor
	logging
	measuring
	Once    bool `help:"Visit what is due now and end."`
	Verbose bool `short:"v" help:"Log every visit."`
}

// Run follows the feeds until it is interrupted.
func (v *watchVerb) Run(w world) error {
	if !v.Verbose {
		v.LogLevel = max(v.LogLevel, slog.LevelWarn)
	}
	log := v.log(w.err)
	d, err := v.desk(w.ctx, desk.Options{Fetch: v.options(), Log: log})
	if err != nil {
		return err
	}
	defer d.Close()
	figures := gauge.New(d.Library, gauge.Options{Version: reader.Version, Log: log})
	d.Library = figures.Library()
	tell := func(n desk.Visits) {
		counted(figures, n)
		fmt.Fprintf(w.err, "isnad: %d feeds and %d pages visited, %d failed; %d articles new or changed, %d gone\n", n.Feeds, n.Pages, n.Failed, n.Kept, n.Gone)
	}
	if v.Once {
		return d.Catch(w.ctx, tell)
	}
	hooks, err := hookDesk(d.Library, v.AllowPrivate, "", figures, log)
	if err != nil {
		return err
	}
	tasks, err := v.figures(figures, log)
	if err != nil {
		return err
	}
	return together(w.ctx, append(tasks, hooks.Run, func(ctx context.Context) error { return d.Watch(ctx, tell) })...)
}
