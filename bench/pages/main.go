//go:build unix

// Command pages measures the pages and the API as people and programs load them: over a
// library of real news, fifty clients at once ask for every kind of page, and each kind
// must be given quickly and without an error; texts are read for programs; and memory
// must stay flat under a mixed load. It ends with status 1 when a measure misses its
// bound, and skips where there is no news at hand.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

// The bounds that the measures must keep, on two cores.
const (
	medianBound  = 30.  // milliseconds of a page on the server
	slowestBound = 200. // of the slowest in a hundred
	readsWanted  = 200. // texts read a second, at least
	growthBound  = 1.1  // of live memory from the load's first quarter to its last, in times
)

// newsFile is real unmarked news, where it is at hand.
const newsFile = "../shared/data/news/ant.jsonl.xz"

// settings are what the flags say.
type settings struct {
	library string
	clients int
	each    time.Duration
	load    time.Duration
	only    string
	profile string
}

func main() {
	var s settings
	flag.StringVar(&s.library, "library", "", "a library that was poured before, or where to keep the one that is poured now; empty: one that is thrown away")
	flag.IntVar(&s.clients, "clients", 50, "how many ask at once")
	flag.DurationVar(&s.each, "each", 2*time.Second, "how long each kind of page is asked for")
	flag.DurationVar(&s.load, "load", time.Minute, "how long the mixed load goes on; ten minutes is the whole measure")
	flag.StringVar(&s.only, "only", "", "measure only the kinds of page with this in their name")
	flag.StringVar(&s.profile, "profile", "", "write a profile of processor time to this file")
	flag.Parse()
	if err := run(context.Background(), s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	if s.library == "" {
		if _, err := os.Stat(newsFile); err != nil {
			fmt.Printf("no news at %s: nothing to measure pages with\n", newsFile)
			return nil
		}
		dir, err := os.MkdirTemp("", "isnad-bench-pages-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		s.library = filepath.Join(dir, "library")
	}
	if err := filled(s.library); err != nil {
		return err
	}
	d, err := open(ctx, s.library)
	if err != nil {
		return err
	}
	defer d.close()
	fmt.Printf("%s %s/%s, %d cores; %d articles, %d clients at once\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), d.sample.stats.Articles, s.clients)
	if s.profile != "" {
		f, err := os.Create(s.profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	missed, err := d.measure(s)
	if err != nil {
		return err
	}
	if len(missed) > 0 {
		return fmt.Errorf("out of bounds: %s", strings.Join(missed, "; "))
	}
	return nil
}

// filled pours the news into a library that is not there yet.
func filled(library string) error {
	if _, err := os.Stat(filepath.Join(library, "library.db")); err == nil {
		return nil
	}
	dir, err := os.MkdirTemp("", "isnad-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "isnad")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/isnad").CombinedOutput(); err != nil {
		return fmt.Errorf("build the command: %w\n%s", err, out)
	}
	// Its status is 1 where some could not be read: two of the news have no text.
	add := exec.Command(binary, "add", "--library", library, "--from", "jsonl", newsFile)
	if out, err := add.CombinedOutput(); err != nil && add.ProcessState.ExitCode() != 1 {
		return fmt.Errorf("isnad add: %w\n%s", err, out)
	}
	return nil
}
