package main

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// doorway says who is let in, and how often.
type doorway struct {
	Listen string   `help:"Address to listen at. Others than this machine's need users (isnad user add)." default:"127.0.0.1:8040" placeholder:"HOST:PORT"`
	Host   []string `help:"Names that the pages are asked for by, besides localhost and bare addresses." placeholder:"NAME"`
	Proxy  []string `help:"Addresses of servers before this one (10.0.0.1, 10.1.0.0/16) whose word is taken on who asks and whether by TLS." placeholder:"ADDRESS"`
	Rate   float64  `help:"How many requests a second a user may make for long, ten times as many at once; 0: any number." default:"20" placeholder:"N"`
}

// door makes the door to a library. Where others reach it, at the address or by a server
// before it, everybody signs in, so there must be somebody who makes users.
func (v doorway) door(ctx context.Context, lib isnad.Library) (*access.Door, error) {
	own, err := v.own()
	if err != nil {
		return nil, err
	}
	o := access.Options{Closed: !own, Rate: v.Rate}
	for _, p := range v.Proxy {
		network, err := prefix(p)
		if err != nil {
			return nil, fmt.Errorf("--proxy %s: %w; give an address, or a network as 10.1.0.0/16", p, err)
		}
		o.Proxies = append(o.Proxies, network)
	}
	d := access.New(lib, o)
	if own {
		return d, nil
	}
	manned, err := d.Manned(ctx)
	if err == nil && !manned {
		err = fmt.Errorf("%s: others than this machine can reach the pages, and nobody can sign in yet; make an admin first: isnad user add NAME --role admin", v.Listen)
	}
	return d, err
}

// prefix reads a network, or an address as a network of one.
func prefix(s string) (netip.Prefix, error) {
	a, err := netip.ParseAddr(s)
	if err != nil {
		return netip.ParsePrefix(s)
	}
	return a.Unmap().Prefix(a.Unmap().BitLen())
}

// own reports whether this machine alone reaches the pages: at the address, and by no
// name or server before it.
func (v doorway) own() (bool, error) {
	host, _, err := net.SplitHostPort(v.Listen)
	if err != nil {
		return false, fmt.Errorf("--listen: %w", err)
	}
	ip := net.ParseIP(host)
	return len(v.Proxy)+len(v.Host) == 0 && (host == "localhost" || ip != nil && ip.IsLoopback()), nil
}
