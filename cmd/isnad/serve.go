package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/web"
)

type serveVerb struct {
	library
	visitor
	Listen string `help:"Address to listen at: of this machine only, as long as there are no users with passwords." default:"127.0.0.1:8040" placeholder:"HOST:PORT"`
	Watch  bool   `help:"Also follow the feeds, as isnad watch does."`
	Demo   bool   `help:"Show the sample newsroom instead of a library."`
}

// The times a connection may take, so that none is held open for nothing.
const (
	readTime  = 30 * time.Second
	writeTime = 2 * time.Minute
	idleTime  = 2 * time.Minute
	endTime   = 10 * time.Second
)

// Run serves the pages until it is interrupted.
func (v *serveVerb) Run(w world) error {
	if err := ownMachine(v.Listen); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(w.err, nil))
	d, end, err := v.open(w.ctx, log)
	if err != nil {
		return err
	}
	defer end()
	pages, err := web.New(d.Library, web.Options{Desk: d, Original: d.Bytes, Log: log})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", v.Listen)
	if err != nil {
		return err
	}
	calls, err := api.New(d.Library, api.Options{Original: d.Bytes, Who: anybody, Log: log})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "http://%s/\n", listener.Addr())
	ctx, stop := context.WithCancel(w.ctx)
	watched := make(chan error, 1)
	if v.Watch {
		go func() { watched <- d.Watch(ctx, func(desk.Visits) {}) }()
	} else {
		watched <- nil
	}
	server := &http.Server{Handler: faces(pages, calls), ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: 1 << 16, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	err = serve(ctx, server, listener)
	stop()
	if e := <-watched; !errors.Is(e, context.Canceled) {
		err = errors.Join(err, e)
	}
	return err
}

// anybody who reaches the pages is on this machine, and may change things.
func anybody(*http.Request) (string, bool) { return "", true }

// faces puts the API beside the pages.
func faces(pages, calls http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/api/", calls)
	mux.Handle("/feeds/", calls)
	return mux
}

// open opens the library, or the sample newsroom brought into one that ends with the
// program.
func (v *serveVerb) open(ctx context.Context, log *slog.Logger) (*desk.Desk, func(), error) {
	if !v.Demo {
		d, err := v.desk(ctx, desk.Options{Fetch: v.options(), Log: log})
		if err != nil {
			return nil, nil, err
		}
		return d, func() { d.Close() }, nil
	}
	dir, err := os.MkdirTemp("", "isnad-demo-")
	if err != nil {
		return nil, nil, err
	}
	d, err := desk.Open(ctx, dir, desk.Options{Fetch: fetch.Options{Allow: fetch.Loopback(), PerHostDelay: -1}})
	if err == nil {
		err = bringIn(ctx, d, func(desk.Visits) {})
	}
	end := func() {
		if d != nil {
			d.Close()
		}
		os.RemoveAll(dir)
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return d, end, nil
}

// bringIn brings the sample newsroom into a library.
func bringIn(ctx context.Context, d *desk.Desk, tell func(desk.Visits)) error {
	site, err := newsroom.Open()
	if err != nil {
		return err
	}
	defer site.Close()
	for _, h := range site.Hosts() {
		if _, err := d.Follow(ctx, h.URL("/"), h.Name()); err != nil {
			return err
		}
	}
	return d.Catch(ctx, tell)
}

// serve serves until ctx ends, and lets what is under way end.
func serve(ctx context.Context, s *http.Server, l net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.Background(), endTime)
	defer stop()
	return s.Shutdown(last)
}

// ownMachine refuses an address that others can reach.
func ownMachine(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %s: others could reach the pages there and change the library; listen at 127.0.0.1 and put a server with passwords before it", address)
	}
	return nil
}
