package fetch

import (
	"net/netip"
	"testing"
)

func TestFence(t *testing.T) {
	nobody, home := newFence(nil), newFence(Loopback())
	for ip, public := range map[string]bool{
		"8.8.8.8": true, "93.184.216.34": true, "2606:4700::1111": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true, "172.32.0.1": true, "100.63.0.1": true,
		"127.0.0.1": false, "127.9.9.9": false, "::1": false, "::": false, "0.0.0.0": false, "0.1.2.3": false,
		"10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.0.1": false, "fd00::1": false, "fc00::1": false,
		"169.254.169.254": false, "fe80::1%eth0": false, "fd00:ec2::254": false, "100.64.0.1": false, "100.127.255.255": false, "100.100.100.200": false,
		"168.63.129.16": false, "192.0.0.192": false, "224.0.0.1": false, "239.1.1.1": false, "ff02::1": false, "255.255.255.255": false, "240.0.0.1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false,
		"2002:7f00:1::": false, "2001::1": false, "::127.0.0.1": false, "fec0::1": false, "192.0.2.1": false, "198.18.0.1": false, "203.0.113.9": false, "2001:db8::1": false,
	} {
		at := netip.MustParseAddr(ip)
		if nobody.admits(at) != public {
			t.Errorf("%s: admitted %v", ip, !public)
		}
		if want := public || plain(at).IsLoopback(); home.admits(at) != want {
			t.Errorf("%s: admitted %v with loopback allowed", ip, !want)
		}
		if !newFence(Anywhere()).admits(at) {
			t.Errorf("%s: refused where anything is allowed", ip)
		}
	}
	for _, address := range []string{"", "nonsense", "127.0.0.1:80", "[fe80::1%25]:80"} {
		if nobody.control(t.Context(), "tcp", address, nil) == nil {
			t.Errorf("%q was dialed", address)
		}
	}
}
