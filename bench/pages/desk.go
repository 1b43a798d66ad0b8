//go:build unix

package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/web"
)

// served is a desk with its pages and its API, listening on this machine.
type served struct {
	desk   *desk.Desk
	server *http.Server
	base   string
	client *http.Client
	sample *sample
	clock  *clock
}

// open serves a library as isnad serve does.
func open(ctx context.Context, library string) (*served, error) {
	d, err := desk.Open(ctx, library, desk.Options{})
	if err != nil {
		return nil, err
	}
	x := &served{desk: d, clock: &clock{}, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000, DisableCompression: true}}}
	if x.sample, err = gather(ctx, d.Library); err != nil {
		d.Close()
		return nil, err
	}
	if err := x.listen(d); err != nil {
		d.Close()
		return nil, err
	}
	return x, nil
}

func (x *served) listen(d *desk.Desk) error {
	pages, err := web.New(d.Library, web.Options{Desk: d, Original: d.Bytes})
	if err != nil {
		return err
	}
	calls, err := api.New(d.Library, api.Options{Original: d.Bytes})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/api/", calls)
	mux.Handle("/feeds/", calls)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	x.base = "http://" + l.Addr().String()
	x.server = &http.Server{Handler: x.clock.over(mux), ReadHeaderTimeout: time.Minute}
	go x.server.Serve(l) //nolint:errcheck // it ends with the measure
	return nil
}

func (x *served) close() {
	x.server.Close()
	x.client.CloseIdleConnections()
	x.desk.Close()
}
