//go:build unix

// Command library measures a library: how fast news is poured in (read, kept, indexed
// and joined to stories), whether that stays so as the library grows tenfold, how fast it
// is searched, how fast pages become articles, and how much memory that takes. It works
// on real news where that is at hand, else on the samples with changed names. It ends
// with status 1 when a measure misses its bound.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/isnad-project/isnad/bench/press"
)

// The bounds that the measures must keep, on two cores.
const (
	pourWanted   = 500. // articles a second, at least
	growthBound  = 1.2  // time for an article of a library that grows, in times of one's that does not
	medianBound  = 20.  // milliseconds of a search
	slowestBound = 150. // of the slowest in a hundred
	pagesWanted  = 150. // pages a second of one core
	memoryBound  = 500. // MiB at most
)

func main() {
	n := flag.Int("n", 27_000, "how many articles are poured into the first library")
	growth := flag.Int("growth", 10, "how many times as many into the second; 1 leaves it out")
	flag.Parse()
	if err := run(context.Background(), *n, *growth); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n, growth int) error {
	c, err := press.Load(n)
	if err != nil {
		return err
	}
	fmt.Printf("%s %s/%s, %d cores; %s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), c.What)
	dir, err := os.MkdirTemp("", "isnad-bench-library-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "isnad")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/isnad").CombinedOutput(); err != nil {
		return fmt.Errorf("build the command: %w\n%s", err, out)
	}
	var missed []string
	missed = append(missed, pages()...)
	first, err := pour(binary, filepath.Join(dir, "first"), c, n)
	if err != nil {
		return err
	}
	missed = append(missed, first.missed()...)
	library := filepath.Join(dir, "first")
	if growth > 1 {
		library = filepath.Join(dir, "grown")
		grown, err := pour(binary, library, c, n*growth)
		if err != nil {
			return err
		}
		missed = append(missed, grown.against(first)...)
	}
	slow, err := search(ctx, library, c)
	if err != nil {
		return err
	}
	if missed = append(missed, slow...); len(missed) > 0 {
		return fmt.Errorf("out of bounds: %s", strings.Join(missed, "; "))
	}
	return nil
}
