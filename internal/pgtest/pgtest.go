// Package pgtest starts a real PostgreSQL for tests and measurements: a cluster of its own
// in a temporary folder, on a free port of this machine, with fsync on. It knows how the
// server is started, killed and stopped; what is kept in it, it must not know.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrAbsent says that PostgreSQL is not installed here.
var ErrAbsent = errors.New("PostgreSQL is not installed here: make postgres installs it")

// User and Password are those of the server's superuser, and Database is there from the start.
const (
	User     = "isnad"
	Password = "p@ss/wo:rd %" // needs escaping in an address
	Database = "isnad"
)

// patience is how long a start may take on a machine with much else to do.
const patience = time.Minute

// Server is a running PostgreSQL.
type Server struct {
	dir      string
	bin      string
	port     int
	settings []string
	process  *process
	made     atomic.Int64 // databases
}

// Start starts a server for a test and stops it at the test's end. Where PostgreSQL is
// not installed the test is skipped. The settings are as in postgresql.conf, «name=value».
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := New(settings...)
	if errors.Is(err, ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// New starts a server, which Close stops. The error is ErrAbsent where PostgreSQL is not installed.
func New(settings ...string) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := folder()
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, bin: bin, settings: settings}
	if err := s.begin(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// begin makes the cluster and starts it. A port that another program took meanwhile is
// changed for another.
func (s *Server) begin() error {
	if err := s.init(); err != nil {
		return err
	}
	var err error
	for range 5 {
		if s.port, err = freePort(); err != nil {
			return err
		}
		if err = s.Restart(); err == nil {
			return s.create(Database)
		}
	}
	return err
}

// programs finds the folder of PostgreSQL's programs: the newest that Debian has, or that
// of the path.
func programs() (string, error) {
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return release(a) - release(b) })
		return filepath.Dir(newest), nil
	}
	if file, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(file), nil
	}
	return "", ErrAbsent
}

// release is the number in /usr/lib/postgresql/15/bin/initdb.
func release(file string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(file))))
	return n
}

// folder makes the folder of a cluster, which is the server's user's.
func folder() (string, error) {
	dir, err := os.MkdirTemp("", "isnad-postgres-")
	if err != nil {
		return "", err
	}
	return dir, own(dir)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// init makes the cluster's files.
func (s *Server) init() error {
	secret := filepath.Join(s.dir, "password")
	if err := os.WriteFile(secret, []byte(Password), 0o600); err != nil {
		return err
	}
	if err := own(secret); err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.data(), "-U", User, "--pwfile="+secret, "--auth=scram-sha-256",
		"--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	cmd.Dir = s.dir
	as(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("make a cluster with initdb: %w\n%s", err, out)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) log() string { return filepath.Join(s.dir, "log") }

// Dir is the folder of the server's files.
func (s *Server) Dir() string { return s.data() }

// Restart starts the server where it is not running, on the port that it had, and waits
// until it takes connections. After a kill it waits until what was killed is gone.
func (s *Server) Restart() error {
	end := time.Now().Add(patience)
	for {
		err := s.start(end)
		if err == nil || time.Now().After(end) || !s.lingers() {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// start starts the server once.
func (s *Server) start(end time.Time) error {
	if s.process != nil {
		return errors.New("the server is running already")
	}
	os.Remove(s.log())
	args := []string{"-D", s.data(), "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=on",
		"-c", "max_connections=100", "-c", "logging_collector=off"}
	for _, x := range s.settings {
		args = append(args, "-c", x)
	}
	p, err := run(filepath.Join(s.bin, "postgres"), args, s.dir, s.log())
	if err != nil {
		return err
	}
	s.process = p
	for {
		err := s.answers("postgres")
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			s.process = nil
			return fmt.Errorf("PostgreSQL did not start: %w\n%s", err, s.told())
		default:
		}
		if time.Now().After(end) {
			return errors.Join(fmt.Errorf("PostgreSQL takes no connections: %w\n%s", err, s.told()), s.Kill())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// lingers reports whether a start failed because processes of a killed server are not gone.
func (s *Server) lingers() bool {
	log := s.told()
	return strings.Contains(log, "shared memory block") || strings.Contains(log, "postmaster.pid")
}

// told is the server's log since it was started.
func (s *Server) told() string {
	b, err := os.ReadFile(s.log())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err.Error()
	}
	return string(b)
}

// Log is what the server wrote since it was started last.
func (s *Server) Log() string { return s.told() }

// Kill kills the server at once (kill -9), with all that it was doing.
func (s *Server) Kill() error {
	p := s.process
	if p == nil {
		return nil
	}
	s.process = nil
	return p.kill()
}

// Stop stops the server; what runs is cut off, what is committed stays.
func (s *Server) Stop() error {
	p := s.process
	if p == nil {
		return nil
	}
	s.process = nil
	return p.stop(patience)
}

// Close stops the server and throws its files away.
func (s *Server) Close() error { return errors.Join(s.Stop(), os.RemoveAll(s.dir)) }

// URL is the address of the database that is there from the start.
func (s *Server) URL() string { return s.Address(Database) }

// Address is the address of a database.
func (s *Server) Address(database string) string { return s.AddressFor(User, Password, database) }

// AddressFor is the address of a database for a user.
func (s *Server) AddressFor(user, password, database string) string {
	return address(user, password, "127.0.0.1:"+strconv.Itoa(s.port), database)
}

// Port is the port that the server listens on.
func (s *Server) Port() int { return s.port }

// Database makes a new, empty database and gives its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	url, err := s.NewDatabase()
	if err != nil {
		t.Fatal(err)
	}
	return url
}

// NewDatabase makes a new, empty database and gives its address.
func (s *Server) NewDatabase() (string, error) {
	name := "isnad_" + strconv.FormatInt(s.made.Add(1), 10)
	return s.Address(name), s.create(name)
}

func (s *Server) create(database string) error {
	return s.Exec("postgres", "CREATE DATABASE "+pgx.Identifier{database}.Sanitize())
}

// Exec runs a statement in a database.
func (s *Server) Exec(database, sql string) error {
	ctx, end := context.WithTimeout(context.Background(), patience)
	defer end()
	c, err := pgx.Connect(ctx, s.Address(database))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	_, err = c.Exec(ctx, sql)
	return err
}

func (s *Server) answers(database string) error { return s.Exec(database, "SELECT 1") }
