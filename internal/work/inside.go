package work

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/turn"
)

// inside is a NATS server in this process. It opens no port: this process reaches it
// directly, and others of this machine by a socket in its folder, which the rights of
// the folder guard.
type inside struct {
	server *server.Server
	lock   *os.File
	door   net.Listener
}

// The files beside the queues in their folder.
const (
	lockFile = "lock"
	doorFile = "door"
)

// within gives the way to the server inside: this process's own, or that of the process
// that has the folder already.
func (q *Queues) within() (nats.Option, error) {
	if q.o.Dir == "" {
		return nil, errors.New("without --nats the queues lie in a folder: name one")
	}
	if err := os.MkdirAll(q.o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the queues: %w", err)
	}
	for end := time.Now().Add(settling); ; time.Sleep(looking / 5) {
		lock, err := turn.Take(filepath.Join(q.o.Dir, lockFile))
		switch {
		case err == nil:
			if q.inside, err = host(q.o.Dir, lock); err != nil {
				return nil, errors.Join(err, lock.Close())
			}
			return nats.InProcessServer(q.inside.server), nil
		case !errors.Is(err, isnad.ErrBusy):
			return nil, fmt.Errorf("lock the folder of the queues: %w", err)
		}
		way := guest{filepath.Join(q.o.Dir, doorFile)}
		c, err := way.Dial("", "")
		if err == nil {
			return nats.SetCustomDialer(way), c.Close()
		}
		if time.Now().After(end) { // it may have been starting or ending
			return nil, err
		}
	}
}

// host starts a server over a folder.
func host(dir string, lock *os.File) (*inside, error) {
	s, err := server.NewServer(&server.Options{
		ServerName: "isnad", DontListen: true, JetStream: true, StoreDir: dir, SyncAlways: true, NoSigs: true, NoLog: true, MaxPayload: payload,
		MaxControlLine: 4096, MaxPending: 64 << 20, JetStreamMaxStore: 1 << 50, JetStreamMaxMemory: 64 << 20,
	})
	if err != nil {
		return nil, fmt.Errorf("start the queues in %s: %w", dir, err)
	}
	s.Start()
	if !s.ReadyForConnections(settling) || !s.JetStreamEnabled() {
		s.Shutdown()
		return nil, fmt.Errorf("the queues in %s cannot be opened: is the disk full, or may the folder not be written to?", dir)
	}
	in := &inside{server: s, lock: lock}
	in.open(filepath.Join(dir, doorFile))
	return in, nil
}

// payload is the most bytes of a message of the server inside.
const payload = 8 << 20

// open opens the door for other processes. Where the system has none it stays closed:
// then this process works alone.
func (in *inside) open(name string) {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return
	}
	door, err := net.Listen("unix", name)
	if err != nil {
		return
	}
	in.door = door
	go func() {
		for {
			c, err := door.Accept()
			if err != nil {
				return
			}
			if s, err := in.server.InProcessConn(); err == nil {
				go join(c, s)
				go join(s, c)
			} else {
				c.Close()
			}
		}
	}()
}

// join carries what one end says to the other until either ends.
func join(from, to net.Conn) {
	_, _ = io.Copy(to, from)
	_, _ = from.Close(), to.Close()
}

// close ends the server. All that was acknowledged is on the disk.
func (in *inside) close() error {
	if in.door != nil {
		in.door.Close()
	}
	in.server.Shutdown()
	in.server.WaitForShutdown()
	return in.lock.Close()
}

// guest comes to the server inside another process by its door.
type guest struct{ door string }

// Dial goes through the door, whatever address is asked for.
func (g guest) Dial(_, _ string) (net.Conn, error) {
	c, err := net.DialTimeout("unix", g.door, 5*time.Second)
	if err != nil {
		return nil, fmt.Errorf("another worker has the queues of this library and cannot be reached (stop it, or give all workers one NATS with --nats): %w", err)
	}
	return c, nil
}
