//go:build unix

// Command postgres measures a library in PostgreSQL: how fast news is poured in (read, kept,
// indexed and joined to stories) and how fast a library of ten times as much is searched. It
// starts a server of its own, with fsync on and the settings that it prints. It ends with
// status 1 when a measure misses its bound, and says so where PostgreSQL is not installed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/isnad-project/isnad/bench/press"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/store/postgres"
)

// The bounds that the measures must keep, on two cores.
const (
	pourWanted  = 400. // articles a second, at least
	medianBound = 30.  // milliseconds of a search
)

// settings are those of the server: what its own documentation advises for a machine of 4 GiB.
var settings = [...]string{"shared_buffers=1GB", "max_wal_size=4GB", "checkpoint_timeout=15min"}

func main() {
	n := flag.Int("n", 27_000, "how many articles are poured into the first library")
	growth := flag.Int("growth", 10, "how many times as many are searched; 1 searches the first")
	flag.Parse()
	if err := run(context.Background(), *n, *growth); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n, growth int) error {
	server, err := pgtest.New(settings[:]...)
	if errors.Is(err, pgtest.ErrAbsent) {
		fmt.Println(err)
		return nil
	}
	if err != nil {
		return err
	}
	defer server.Close()
	c, err := press.Load(n)
	if err != nil {
		return err
	}
	fmt.Printf("%s %s/%s, %d cores; PostgreSQL with %s; %s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), strings.Join(settings[:], ", "), c.What)
	dir, err := os.MkdirTemp("", "isnad-bench-postgres-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{server: server, dir: dir, corpus: c}
	if out, err := exec.Command("go", "build", "-o", b.binary(), "./cmd/isnad").CombinedOutput(); err != nil {
		return fmt.Errorf("build the command: %w\n%s", err, out)
	}
	url, err := b.pour(n)
	if err != nil {
		return err
	}
	if growth > 1 {
		if url, err = b.pour(n * growth); err != nil {
			return err
		}
	}
	if err := b.search(ctx, url); err != nil {
		return err
	}
	if len(b.missed) > 0 {
		return fmt.Errorf("out of bounds: %s", strings.Join(b.missed, "; "))
	}
	return nil
}

type bench struct {
	server *pgtest.Server
	dir    string
	corpus *press.Corpus
	missed []string
}

func (b *bench) binary() string { return filepath.Join(b.dir, "isnad") }

// pour pours n articles through the command into a new library and gives its address.
func (b *bench) pour(n int) (url string, err error) {
	url, err = b.server.NewDatabase()
	if err != nil {
		return "", err
	}
	cmd := exec.Command(b.binary(), "add", "--library", url, "--evidence", filepath.Join(b.dir, fmt.Sprint("evidence", n)), "--from", "jsonl", "-")
	cmd.Stderr = io.Discard
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return "", err
	}
	if err := b.corpus.Feed(in, n); err != nil {
		return "", fmt.Errorf("isnad add: %w", err)
	}
	if err := cmd.Wait(); err != nil {
		return "", fmt.Errorf("isnad add: %w", err)
	}
	took := time.Since(began)
	rate := float64(n) / took.Seconds()
	lib, err := postgres.Open(context.Background(), url, postgres.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer lib.Close()
	s, err := lib.Stats(context.Background())
	if err != nil {
		return "", err
	}
	fmt.Printf("poured in %d articles: %s, %.0f a second on %d cores, the server's work with it; %.1f KiB an article in the database; %d stories\n\n",
		s.Articles, took.Round(time.Millisecond), rate, runtime.NumCPU(), float64(s.Bytes)/float64(n)/1024, s.Stories)
	if rate < pourWanted {
		b.missed = append(b.missed, fmt.Sprintf("%.0f articles/s poured in, bound %.0f", rate, pourWanted))
	}
	return url, nil
}

// search measures how fast a library answers, once the server has tidied up after the pouring
// as it does by itself some minutes later.
func (b *bench) search(ctx context.Context, url string) error {
	if err := b.server.Exec(filepath.Base(url[:strings.IndexByte(url, '?')]), "VACUUM ANALYZE"); err != nil {
		return err
	}
	lib, err := postgres.Open(ctx, url, postgres.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer lib.Close()
	median, _, err := press.Search(ctx, lib, b.corpus)
	if median > medianBound {
		b.missed = append(b.missed, fmt.Sprintf("the median search takes %.1f ms, bound %.0f", median, medianBound))
	}
	return err
}
