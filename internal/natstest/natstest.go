// Package natstest starts real NATS servers for tests and measurements: a cluster on free
// ports of this machine, its files in a temporary folder, and a proxy before a server
// that can be cut. It knows how servers are built, started, killed and reached; what is
// kept in their streams, it must not know.
package natstest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// patience is how long a start may take on a machine with much else to do.
const patience = time.Minute

// User and Password are those of clients.
const (
	User     = "isnad"
	Password = "p@ss:wo/rd" // needs escaping in an address
)

// Options shape the servers.
type Options struct {
	NoStreams bool   // without JetStream
	Store     int64  // bytes that each server's streams may take; 0: as many as its disk has
	Shy       bool   // a server does not tell clients of the others
	Dir       string // where the streams lie; empty: a temporary folder
}

// Cluster is some servers. One alone is no cluster to itself.
type Cluster struct {
	dir     string
	program string
	o       Options
	servers []*server
}

type server struct {
	name           string
	clients, peers int // ports
	process        *process
}

// Start starts servers for a test and stops them at its end.
func Start(t testing.TB, n int, o Options) *Cluster {
	t.Helper()
	c, err := New(n, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// New starts servers, which Close stops.
func New(n int, o Options) (*Cluster, error) {
	out, err := exec.Command("go", "tool", "-n", "nats-server").Output() // which builds it where it is not built
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			err = fmt.Errorf("%w: %s", err, failed.Stderr)
		}
		return nil, fmt.Errorf("build nats-server: %w", err)
	}
	dir, err := os.MkdirTemp("", "isnad-nats-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, program: strings.TrimSpace(string(out)), o: o}
	for i := range n {
		s := &server{name: "n" + strconv.Itoa(i+1)}
		if s.clients, s.peers, err = freePorts(); err != nil {
			return nil, errors.Join(err, c.Close())
		}
		c.servers = append(c.servers, s)
	}
	for i := range n {
		if err := c.begin(i); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	for i := range n {
		if err := c.await(i); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

// freePorts gives two ports that nobody listens on.
func freePorts() (a, b int, err error) {
	var ports [2]int
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return 0, 0, err
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports[0], ports[1], nil
}

// config writes the configuration of a server.
func (c *Cluster) config(s *server) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "server_name: %s\nlisten: \"127.0.0.1:%d\"\nauthorization { user: %q, password: %q }\n", s.name, s.clients, User, Password)
	if !c.o.NoStreams {
		fmt.Fprintf(&b, "jetstream { store_dir: %q", filepath.Join(cmp.Or(c.o.Dir, c.dir), s.name))
		if c.o.Store > 0 {
			fmt.Fprintf(&b, ", max_file_store: %d", c.o.Store)
		}
		b.WriteString(" }\n")
	}
	if len(c.servers) > 1 {
		fmt.Fprintf(&b, "cluster { name: tests, listen: \"127.0.0.1:%d\", no_advertise: %v, routes: [", s.peers, c.o.Shy)
		for i, other := range c.servers {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "\"nats://127.0.0.1:%d\"", other.peers)
		}
		b.WriteString(" ] }\n")
	}
	return b.Bytes()
}

// begin starts a server.
func (c *Cluster) begin(i int) error {
	s := c.servers[i]
	if s.process != nil {
		return fmt.Errorf("server %s is running already", s.name)
	}
	file := filepath.Join(c.dir, s.name+".conf")
	if err := os.WriteFile(file, c.config(s), 0o600); err != nil {
		return err
	}
	p, err := run(c.program, []string{"-c", file}, c.log(s))
	if err == nil {
		s.process = p
	}
	return err
}

func (c *Cluster) log(s *server) string { return filepath.Join(c.dir, s.name+".log") }

// await waits until a server takes connections.
func (c *Cluster) await(i int) error {
	s := c.servers[i]
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", s.address())
		if err == nil {
			return conn.Close()
		}
		select {
		case <-s.process.ended:
			log, _ := os.ReadFile(c.log(s))
			return fmt.Errorf("nats-server did not start: %w\n%s", err, log)
		default:
		}
		if time.Now().After(end) {
			return fmt.Errorf("nats-server takes no connections: %w", err)
		}
	}
}

func (s *server) address() string { return "127.0.0.1:" + strconv.Itoa(s.clients) }

// URL gives an address for a client of a host and port, with user and password.
func URL(address string) string { return "nats://isnad:p%40ss%3Awo%2Frd@" + address }

// Addresses gives the hosts and ports of the servers.
func (c *Cluster) Addresses() []string {
	var all []string
	for _, s := range c.servers {
		all = append(all, s.address())
	}
	return all
}

// URL gives the addresses of all servers, with commas between.
func (c *Cluster) URL() string { return URLs(c.Addresses()) }

// URLs gives addresses for a client, with commas between.
func URLs(addresses []string) string {
	var all []string
	for _, a := range addresses {
		all = append(all, URL(a))
	}
	return strings.Join(all, ",")
}

// Named gives the number of the server with a name; -1 where there is none.
func (c *Cluster) Named(name string) int {
	for i, s := range c.servers {
		if s.name == name {
			return i
		}
	}
	return -1
}

// Kill kills a server at once (kill -9).
func (c *Cluster) Kill(i int) error {
	p := c.servers[i].process
	if p == nil {
		return nil
	}
	c.servers[i].process = nil
	return p.kill()
}

// Restart starts a server that was killed, on its ports and with its files.
func (c *Cluster) Restart(i int) error {
	if err := c.begin(i); err != nil {
		return err
	}
	return c.await(i)
}

// Log gives what a server wrote since it was started last.
func (c *Cluster) Log(i int) string {
	b, err := os.ReadFile(c.log(c.servers[i]))
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// Close ends the servers and throws their files away.
func (c *Cluster) Close() error {
	var err error
	for i := range c.servers {
		err = errors.Join(err, c.Kill(i))
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}
