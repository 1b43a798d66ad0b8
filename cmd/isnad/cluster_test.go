package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ulikunitz/xz"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/natstest"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/store"
	"github.com/isnad-project/isnad/internal/work"
)

// asked gives the number that a variable of the environment names, or another.
func askedFor(t *testing.T, name string, otherwise int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// news writes a file of n articles: of the file of JSON Lines, packed by xz, that
// ISNAD_NEWS names, else made ones.
func news(t *testing.T, n int) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "news.jsonl")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	from := os.Getenv("ISNAD_NEWS")
	if from == "" {
		enc := json.NewEncoder(out)
		for i := range n {
			title, text := made(i)
			if err := enc.Encode(map[string]string{"id": fmt.Sprintf("made-%d", i), "title": title, "text": text, "published": fmt.Sprintf("2024-%02d-%02d", 1+i/100%12, 1+i%28), "outlet": "المدى"}); err != nil {
				t.Fatal(err)
			}
		}
		return name
	}
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	z, err := xz.NewReader(bufio.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(z)
	for range n {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			t.Fatalf("%s has fewer than %d articles", from, n)
		}
		if err == nil {
			_, err = out.Write(line)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return name
}

// sums gives what a library holds: of each article a digest of its record, its story and
// its things; of each story a digest. It wants one capture for each article.
func sums(t *testing.T, l isnad.Library) map[string]string {
	t.Helper()
	all := map[string]string{}
	for h, err := range l.Each(t.Context(), isnad.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		id := h.Record.Article.ID
		if _, twice := all[id]; twice {
			t.Errorf("article %s is there twice", id)
		}
		captures, err := l.Captures(t.Context(), id)
		if err != nil || len(captures) != 1 {
			t.Errorf("article %s has %d captures, %v", id, len(captures), err)
		}
		b, err := h.Record.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = fmt.Sprintf("%x %s %q", sha256.Sum256(b), h.Story, h.Things)
	}
	for cursor := ""; ; {
		told, err := l.Stories(t.Context(), isnad.Query{Limit: 1000, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range told.Stories {
			b, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			all["story "+s.ID] = fmt.Sprintf("%x", sha256.Sum256(b))
		}
		if cursor = told.Next; cursor == "" {
			return all
		}
	}
}

// library opens a library for looking.
func libraryAt(t *testing.T, address string) isnad.Library {
	t.Helper()
	l, err := store.Open(t.Context(), address, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// labour is a command at work.
type labour struct {
	*exec.Cmd
	said bytes.Buffer
	done chan error
}

// start starts a command, which is killed at the end of the test if it is at work still.
func start(t *testing.T, args ...string) *labour {
	t.Helper()
	l := &labour{Cmd: command(t, args...), done: make(chan error, 1)}
	l.Stdout, l.Stderr = &l.said, &l.said
	if err := l.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { l.done <- l.Wait() }()
	t.Cleanup(func() {
		l.Process.Kill()
		if t.Failed() {
			t.Logf("isnad %s:\n%s", args[0], l.said.String())
		}
	})
	return l
}

// end wants a command to end well.
func (l *labour) end(t *testing.T, within time.Duration) {
	t.Helper()
	select {
	case err := <-l.done:
		if l.done <- err; err != nil {
			t.Fatalf("%v: %v\n%s", l.Args[1], err, l.said.String())
		}
	case <-time.After(within):
		t.Fatalf("%v has not ended within %v", l.Args[1], within)
	}
}

// region is a cluster, a database and workers.
type region struct {
	nats     *natstest.Cluster
	postgres *pgtest.Server
	queues   *work.Queues
	flags    []string // of a worker
	workers  []*labour
}

func newRegion(t *testing.T, workers int) *region {
	t.Helper()
	r := &region{postgres: pgtest.Start(t), nats: natstest.Start(t, 3, natstest.Options{})}
	var err error
	if r.queues, err = work.Open(t.Context(), work.Options{Servers: r.nats.URL()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.queues.Close() })
	r.flags = []string{"--nats", r.nats.URL(), "--library", r.postgres.Database(t), "--evidence", filepath.Join(t.TempDir(), "evidence")}
	for range workers {
		r.hire(t)
	}
	return r
}

// library is the address of the region's library.
func (r *region) library() string { return r.flags[3] }

func (r *region) hire(t *testing.T) {
	t.Helper()
	r.workers = append(r.workers, start(t, append([]string{"worker", "-v"}, r.flags...)...))
}

// through waits until so much came through the queue of captures.
func (r *region) through(t *testing.T, n int) {
	t.Helper()
	for end := time.Now().Add(20 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		s, err := r.queues.Status(t.Context())
		if err == nil && s.Captures.Done >= uint64(n) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d captures were to be read: %+v, %v", n, s, err)
		}
	}
}

// settle waits until nothing is left to do, and ends the workers.
func (r *region) settle(t *testing.T) {
	t.Helper()
	d, err := desk.Open(t.Context(), r.library(), desk.Options{Evidence: r.flags[5]})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for end := time.Now().Add(20 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		s, err := r.queues.Status(t.Context())
		if err == nil && s.Captures.Lag() == 0 {
			waiting, err := d.Waiting(t.Context())
			if err == nil && !waiting {
				break
			}
		}
		if time.Now().After(end) {
			t.Fatalf("work is left: %+v, %v", s, err)
		}
	}
	for _, w := range r.workers {
		w.Process.Signal(syscall.SIGTERM)
	}
	for _, w := range r.workers {
		select {
		case <-w.done: // those that were killed, too
		case <-time.After(time.Minute):
			t.Error("a worker does not end")
		}
	}
}

// TestRegion pours in news on a cluster of three with four workers and PostgreSQL, and
// kills a worker, the leader of the queue and the database meanwhile: at the end every
// article is there once, as one process alone reads it, in the same stories, and nothing
// was put aside. ISNAD_NEWS, ISNAD_POUR and ISNAD_ROUNDS make it large.
func TestRegion(t *testing.T) {
	n := askedFor(t, "ISNAD_POUR", 300)
	file := news(t, n)
	dir := t.TempDir()
	var want map[string]string
	alone := sync.OnceFunc(func() {
		must(t, "add", "--library", dir, file)
		want = sums(t, libraryAt(t, dir))
	})
	for round := range askedFor(t, "ISNAD_ROUNDS", 1) {
		t.Run(strconv.Itoa(round+1), func(t *testing.T) {
			began := time.Now()
			r := newRegion(t, 4)
			alone()
			giver := start(t, "add", "--nats", r.nats.URL(), file)
			r.through(t, n/5)
			r.workers[round%4].Process.Kill()
			r.hire(t)
			r.through(t, 2*n/5)
			s, err := r.queues.Status(t.Context())
			leader := r.nats.Named(s.Captures.Leader)
			if err != nil || leader < 0 {
				t.Fatalf("nobody leads: %+v, %v", s, err)
			}
			if err := r.nats.Kill(leader); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
			if err := r.nats.Restart(leader); err != nil {
				t.Fatal(err)
			}
			r.through(t, 3*n/5)
			if err := r.postgres.Kill(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
			if err := r.postgres.Restart(); err != nil {
				t.Fatal(err)
			}
			giver.end(t, 20*time.Minute)
			r.settle(t)
			same(t, sums(t, libraryAt(t, r.library())), want)
			if s, err := r.queues.Status(t.Context()); err != nil || s.Failed != 0 {
				t.Errorf("%+v, %v", s, err)
			}
			if out := must(t, append([]string{"check"}, r.flags[2:]...)...); !strings.Contains(out, "whole: ") {
				t.Error(out)
			}
			t.Logf("%d articles in %v", n, time.Since(began).Round(time.Second))
		})
	}
}

// same wants two libraries to hold the same.
func same(t *testing.T, got, want map[string]string) {
	t.Helper()
	wrong := 0
	for id, w := range want {
		if g := got[id]; g != w {
			if wrong++; wrong < 10 {
				t.Errorf("%s:\ngot  %s\nwant %s", id, g, w)
			}
		}
	}
	if wrong > 0 || len(got) != len(want) {
		t.Errorf("%d articles and stories, want %d; %d differ or are missing", len(got), len(want), wrong)
	}
}
