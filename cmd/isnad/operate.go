package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/gauge"
)

// logging says how the log is written.
type logging struct {
	LogFormat string     `help:"Form of the log: text or json." enum:"text,json" default:"text"`
	LogLevel  slog.Level `help:"From where on it is logged: debug, info, warn, error." default:"info"`
}

// log gives a log of that form.
func (l logging) log(to *os.File) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.LogLevel}
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}

// measuring says where the figures are given.
type measuring struct {
	Metrics      string `help:"Give /metrics and /healthz at an address of their own." placeholder:"HOST:PORT"`
	MetricsToken string `help:"What must be brought to see /metrics." secret:"" placeholder:"TOKEN"`
}

// figures gives a task that serves the figures at an address of their own, or none.
func (v measuring) figures(f *gauge.Figures, log *slog.Logger) ([]task, error) {
	if v.Metrics == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", v.Metrics)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", f.Metrics(v.MetricsToken))
	mux.Handle("/healthz", f.Health())
	mux.Handle("/healthz/", f.Health())
	log.Info("figures", "address", "http://"+listener.Addr().String()+"/metrics")
	return []task{func(ctx context.Context) error { return serve(ctx, server(mux, log), listener) }}, nil
}

// counted counts what visits gave.
func counted(f *gauge.Figures, n desk.Visits) {
	for of, n := range map[string]int{"feed": n.Feeds, "page": n.Pages, "failed": n.Failed, "found": n.Fresh, "kept": n.Kept, "gone": n.Gone} {
		f.Visited(of, n)
	}
}

// task goes on until its context ends.
type task func(context.Context) error

// together runs tasks until ctx ends or one of them does, and waits for all.
func together(ctx context.Context, tasks ...task) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(tasks))
	for _, t := range tasks {
		go func() { ended <- t(ctx) }()
	}
	var all error
	for range tasks {
		err := <-ended
		stop()
		if !errors.Is(err, context.Canceled) {
			all = errors.Join(all, err)
		}
	}
	return all
}
