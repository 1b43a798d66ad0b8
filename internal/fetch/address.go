package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// Loopback is the machine itself: what the tests' own site and the sample newsroom need
// in Options.Allow.
func Loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// Anywhere allows every address: for a desk whose sources are in its own network.
func Anywhere() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}
}

// Fence gives a check for net.Dialer.ControlContext that lets through connections to public
// addresses and to those allowed, and no others.
func Fence(allow []netip.Prefix) func(ctx context.Context, network, address string, c syscall.RawConn) error {
	return newFence(allow).control
}

// reserved lists what is not the public internet beyond what netip knows by name (IANA
// special-purpose address registries). The metadata services of the clouds are in the
// link-local range, in fd00::/8, and in the two single addresses.
func reserved() []netip.Prefix {
	var list []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8",        // this network
		"100.64.0.0/10",    // shared by carriers' customers (CGNAT), and 100.100.100.200
		"168.63.129.16/32", // a cloud's host
		"192.0.0.0/24",     // protocol assignments, and 192.0.0.192
		"192.0.2.0/24",     // documentation
		"192.88.99.0/24",   // 6to4 relays
		"198.18.0.0/15",    // benchmarks
		"198.51.100.0/24",  // documentation
		"203.0.113.0/24",   // documentation
		"240.0.0.0/4",      // reserved, broadcast
		"100::/64",         // discarded
		"2001::/23",        // protocol assignments, Teredo
		"2001:db8::/32",    // documentation
		"3fff::/20",        // documentation
		"5f00::/16",        // segment routing
		"fec0::/10",        // site-local
		"64:ff9b:1::/48",   // translation inside a network
		"::/96",            // IPv4-compatible
		"::ffff:0:0:0/96",  // IPv4-translated
		"2002::/16",        // 6to4: carries any IPv4 address
	} {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}

// fence decides which addresses may be connected to.
type fence struct{ allowed, reserved []netip.Prefix }

func newFence(allowed []netip.Prefix) fence {
	return fence{allowed: slices.Clone(allowed), reserved: reserved()}
}

// admits reports whether ip may be connected to: it is public, or allowed by name. An
// IPv4 address in IPv6 clothes (mapped, or NAT64's 64:ff9b::/96) is judged as what it is.
func (f fence) admits(ip netip.Addr) bool {
	ip = plain(ip)
	if within(ip, f.allowed) {
		return true
	}
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !within(ip, f.reserved)
}

func plain(ip netip.Addr) netip.Addr {
	ip = ip.Unmap().WithZone("")
	if b := ip.As16(); ip.Is6() && netip.MustParsePrefix("64:ff9b::/96").Contains(ip) {
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return ip
}

func within(ip netip.Addr, list []netip.Prefix) bool {
	return slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// privateError is what the dialer says of an address beyond the fence.
type privateError struct{ addr string }

func (e privateError) Error() string { return fmt.Sprintf("%s is not a public address", e.addr) }

// control runs in the dialer when the name is resolved and before the connection is
// opened, for every address tried: a name cannot show one address and use another.
func (f fence) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !f.admits(at.Addr()) {
		host, _, _ := net.SplitHostPort(address)
		return privateError{host}
	}
	return nil
}
