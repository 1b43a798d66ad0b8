package access

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// The names of the cookie of a session. A browser takes the first over TLS only, from
// this host only.
const (
	safeCookie  = "__Host-isnad"
	plainCookie = "isnad"
)

// Visitor says who asks. The error is ErrSignIn for who must sign in first, and Slow for
// who asks too often; of both the address is known.
func (d *Door) Visitor(r *http.Request) (Visitor, error) {
	from := d.from(r)
	open, err := d.everybody(r)
	if err != nil {
		return Visitor{From: from}, err
	}
	if open {
		return Visitor{Role: Admin, From: from}, nil
	}
	now := d.opt.Now()
	if wait := d.houses.take(house(from), now); wait > 0 {
		return Visitor{From: from}, &Slow{Wait: wait}
	}
	v, err := d.identify(r)
	v.From = from
	wait := time.Duration(0)
	if v.Name != "" {
		wait = d.users.take(v.Name, now)
	} else {
		wait = d.others.take(house(from), now)
	}
	if wait > 0 {
		return v, &Slow{Wait: wait}
	}
	return v, err
}

// everybody reports whether all are let in: who may reach a door of this machine that has
// no users. They do there what the command does as well. What a server passed on comes
// from elsewhere.
func (d *Door) everybody(r *http.Request) (bool, error) {
	if d.opt.Closed || passedOn(r) {
		return false, nil
	}
	users, err := d.store.Papers(r.Context(), userKind)
	return len(users) == 0, err
}

// passedOn reports whether a request came through another server that says so.
func passedOn(r *http.Request) bool {
	for _, h := range [...]string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return true
		}
	}
	return false
}

// identify finds who asks by a key or a session.
func (d *Door) identify(r *http.Request) (Visitor, error) {
	ctx := r.Context()
	if head := r.Header.Get("Authorization"); head != "" {
		if key, ok := bearer(head); ok {
			return d.byKey(ctx, key)
		}
		name, key, ok := r.BasicAuth()
		if !ok {
			return Visitor{}, ErrSignIn
		}
		v, err := d.byKey(ctx, key)
		if kept, e := Name(name); err != nil || e != nil || kept != v.Name {
			return Visitor{}, ErrSignIn
		}
		// A browser adds it to whatever another site's page asks for: it may look only.
		v.Role = min(v.Role, Reader)
		return v, nil
	}
	c, err := r.Cookie(d.cookie(r))
	if err != nil {
		return Visitor{}, ErrSignIn
	}
	return d.bySession(ctx, c.Value)
}

// bearer gives what a header says for "Bearer" (RFC 6750).
func bearer(head string) (string, bool) {
	scheme, key, ok := strings.Cut(head, " ")
	return strings.TrimSpace(key), ok && strings.EqualFold(scheme, "bearer")
}

// cookie names the cookie of a session.
func (d *Door) cookie(r *http.Request) string {
	if d.Secure(r) {
		return safeCookie
	}
	return plainCookie
}

// Remember gives a browser the secret of its session; empty, it forgets.
func (d *Door) Remember(w http.ResponseWriter, r *http.Request, secret string) {
	c := &http.Cookie{Name: d.cookie(r), Value: secret, Path: "/", MaxAge: int(SessionTime / time.Second), HttpOnly: true, Secure: d.Secure(r), SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Secure reports whether a request came over TLS, here or to a proxy before.
func (d *Door) Secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	proto := r.Header.Values("X-Forwarded-Proto")
	return d.behind(r) && len(proto) == 1 && strings.EqualFold(proto[0], "https")
}

// behind reports whether a request came by a proxy whose word is taken.
func (d *Door) behind(r *http.Request) bool {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && d.proxy(a.Addr())
}

func (d *Door) proxy(a netip.Addr) bool {
	for _, p := range d.opt.Proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// from gives the network address of who asks: the one that the last known proxy saw.
// What those before it claim may be invented.
func (d *Door) from(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if !d.behind(r) {
		return host
	}
	told := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(told) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(told[i]))
		if err != nil {
			return host
		}
		host = a.Unmap().String()
		if !d.proxy(a) {
			return host
		}
	}
	return host
}

// house gives under what name an address is counted: of IPv6 its network, of which one
// house has all addresses.
func house(from string) string {
	a, err := netip.ParseAddr(from)
	if err != nil {
		return from
	}
	if a = a.Unmap().WithZone(""); a.Is6() {
		p, err := a.Prefix(64)
		if err == nil {
			return p.String()
		}
	}
	return a.String()
}
