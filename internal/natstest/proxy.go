package natstest

import (
	"io"
	"net"
	"sync"
	"testing"
)

// Proxy stands before a server and can be cut, like a cable: connections through it hang,
// and nothing that is sent arrives, until it is mended; then they are broken off.
type Proxy struct {
	to   string
	door net.Listener

	mu    sync.Mutex
	whole *sync.Cond
	cut   bool
	open  map[net.Conn]bool
	shut  bool
}

// Through opens a proxy before an address for the time of a test.
func Through(t testing.TB, to string) *Proxy {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{to: to, door: door, open: map[net.Conn]bool{}}
	p.whole = sync.NewCond(&p.mu)
	go p.serve()
	t.Cleanup(p.close)
	return p
}

// Address is the host and port of the proxy.
func (p *Proxy) Address() string { return p.door.Addr().String() }

// Cut cuts the cable.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = true
}

// Mend mends the cable. Connections of before are broken off: what they had sent into the
// cut is lost.
func (p *Proxy) Mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = false
	for c := range p.open {
		c.Close()
	}
	clear(p.open)
	p.whole.Broadcast()
}

func (p *Proxy) close() {
	p.door.Close()
	p.mu.Lock()
	p.shut = true
	p.mu.Unlock()
	p.Mend()
}

func (p *Proxy) serve() {
	for {
		in, err := p.door.Accept()
		if err != nil {
			return
		}
		go p.join(in)
	}
}

// join connects one client, as soon as the cable is whole.
func (p *Proxy) join(in net.Conn) {
	defer in.Close()
	if !p.wait() {
		return
	}
	out, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer out.Close()
	p.mu.Lock()
	p.open[in], p.open[out] = true, true
	p.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { p.carry(out, in) })
	both.Go(func() { p.carry(in, out) })
	both.Wait()
	p.mu.Lock()
	delete(p.open, in)
	delete(p.open, out)
	p.mu.Unlock()
}

// wait waits until the cable is whole; it reports false when the test is over.
func (p *Proxy) wait() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.cut && !p.shut {
		p.whole.Wait()
	}
	return !p.shut
}

// carry carries what one end says to the other, and loses it while the cable is cut.
func (p *Proxy) carry(to, from net.Conn) {
	defer to.Close()
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		p.mu.Lock()
		cut := p.cut
		p.mu.Unlock()
		if cut {
			_, _ = io.Copy(io.Discard, from) // until it is mended, which breaks it off
			return
		}
		if n > 0 {
			if _, err := to.Write(b[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
