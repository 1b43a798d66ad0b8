package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/gauge"
	"github.com/isnad-project/isnad/internal/hook"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/web"
	"github.com/isnad-project/isnad/reader"
)

type serveVerb struct {
	library
	visitor
	doorway
	logging
	measuring
	Watch bool   `help:"Also follow the feeds, as isnad watch does."`
	Demo  bool   `help:"Show the sample newsroom instead of a library."`
	Base  string `help:"Address before every path in links that go out, where it is another than the one asked for: https://desk.example" placeholder:"URL"`
}

// The times a connection may take, so that none is held open for nothing.
const (
	headTime  = 10 * time.Second
	readTime  = 30 * time.Second
	writeTime = 2 * time.Minute
	idleTime  = 2 * time.Minute
	endTime   = 10 * time.Second
)

// Run serves the pages until it is interrupted.
func (v *serveVerb) Run(w world) error {
	log := v.log(w.err)
	d, end, err := v.open(w.ctx, log)
	if err != nil {
		return err
	}
	defer end()
	return v.run(w, d, log)
}

// run serves the pages of a desk until it is interrupted, lets what is under way end, and
// waits for it.
func (v *serveVerb) run(w world, d *desk.Desk, log *slog.Logger) error {
	listener, err := net.Listen("tcp", v.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	figures := gauge.New(d.Library, gauge.Options{Version: reader.Version, Writable: v.writable, Log: log})
	d.Library = figures.Library()
	hooks, err := hookDesk(d.Library, v.AllowPrivate || v.Demo, v.Base, figures, log)
	if err != nil {
		return err
	}
	faces, err := v.faces(w.ctx, d, hooks, figures, log)
	if err != nil {
		return err
	}
	tasks, err := v.figures(figures, log)
	if err != nil {
		return err
	}
	tasks = append(tasks, hooks.Run, func(ctx context.Context) error { return serve(ctx, server(figures.Around(faces), log), listener) })
	if v.Watch {
		tasks = append(tasks, func(ctx context.Context) error {
			return d.Watch(ctx, func(n desk.Visits) { counted(figures, n) })
		})
	}
	fmt.Fprintf(w.out, "http://%s/\n", listener.Addr())
	log.Info("serving", "address", "http://"+listener.Addr().String()+"/", "library", v.shown(), "watch", v.Watch)
	err = together(w.ctx, tasks...)
	log.Info("ended")
	return err
}

// server makes a server that holds no connection open for nothing.
func server(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: headTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: 1 << 16, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
}

// writable says whether the evidence can be written: a file is made beside it, and
// thrown away.
func (v *serveVerb) writable() error {
	if v.Demo {
		return nil
	}
	f, err := os.CreateTemp(cmp.Or(v.evidence(), v.Library), ".writable-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 4096))
	return errors.Join(err, f.Close())
}

// faces puts the API, the figures and the health beside the pages.
func (v *serveVerb) faces(ctx context.Context, d *desk.Desk, hooks *hook.Desk, figures *gauge.Figures, log *slog.Logger) (http.Handler, error) {
	door, err := v.door(ctx, d.Library)
	if err != nil {
		return nil, err
	}
	pages, err := web.New(d.Library, web.Options{Desk: d, Original: d.Bytes, Door: door, Hosts: v.Host, Hooks: hooks, Log: log})
	if err != nil {
		return nil, err
	}
	calls, err := api.New(d.Library, api.Options{Original: d.Bytes, Door: door, Hosts: v.Host, Base: v.Base, Hooks: hooks, Log: log})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/api/", calls)
	mux.Handle("/feeds/", calls)
	mux.Handle("/healthz", figures.Health())
	mux.Handle("/healthz/", figures.Health())
	if own, err := v.own(); v.Metrics == "" && err == nil && (own || v.MetricsToken != "") {
		mux.Handle("/metrics", v.named(figures.Metrics(v.MetricsToken)))
	}
	return mux, nil
}

// named refuses names that are not this desk's: a stranger's name that points here would
// make its figures a stranger's.
func (v *serveVerb) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Host
		if h, _, err := net.SplitHostPort(r.Host); err == nil {
			name = h
		}
		if name != "localhost" && net.ParseIP(strings.Trim(name, "[]")) == nil && !slices.Contains(v.Host, name) {
			http.Error(w, "this desk is not called by that name", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
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
	err := s.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.Close() // a long export is cut off, and looks it
	}
	return err
}
