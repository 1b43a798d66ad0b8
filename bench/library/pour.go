//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/isnad-project/isnad/bench/press"
)

// poured is what pouring in took.
type poured struct {
	articles int
	took     time.Duration
	cpu      time.Duration
	peak     float64 // MiB
	bytes    int64
}

// pour pours n articles through the command into a new library.
func pour(binary, dir string, c *press.Corpus, n int) (poured, error) {
	cmd := exec.Command(binary, "add", "--library", dir, "--from", "jsonl", "-")
	cmd.Stderr = io.Discard
	in, err := cmd.StdinPipe()
	if err != nil {
		return poured{}, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return poured{}, err
	}
	if err := c.Feed(in, n); err != nil {
		return poured{}, fmt.Errorf("isnad add: %w", err)
	}
	if err := cmd.Wait(); err != nil {
		return poured{}, fmt.Errorf("isnad add: %w", err)
	}
	p := poured{articles: n, took: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak: peakMiB(cmd.ProcessState), bytes: size(dir)}
	fmt.Printf("poured in %d articles: %s, %.0f a second on %d cores (%.0f a second of one core's processor time), peak memory %.0f MiB, %.1f KiB an article on disk\n\n",
		n, p.took.Round(time.Millisecond), p.rate(), runtime.NumCPU(), float64(n)/p.cpu.Seconds(), p.peak, float64(p.bytes)/float64(n)/1024)
	return p, nil
}

func (p poured) rate() float64 { return float64(p.articles) / p.took.Seconds() }

func (p poured) missed() (missed []string) {
	if p.rate() < pourWanted {
		missed = append(missed, fmt.Sprintf("%.0f articles/s poured in, bound %.0f", p.rate(), pourWanted))
	}
	if p.peak > memoryBound {
		missed = append(missed, fmt.Sprintf("%.0f MiB at peak, bound %.0f", p.peak, memoryBound))
	}
	return missed
}

// against compares a library that grew with one that did not, by processor time: the
// clock tells of the machine's other work too.
func (p poured) against(first poured) (missed []string) {
	growth := (p.cpu.Seconds() / float64(p.articles)) / (first.cpu.Seconds() / float64(first.articles))
	clock := first.rate() / p.rate()
	fmt.Printf("growth from %d to %d articles: %.2f times the processor time for an article, %.2f times the time\n\n", first.articles, p.articles, growth, clock)
	if growth > growthBound {
		missed = append(missed, fmt.Sprintf("%.2f times the time for an article as the library grows, bound %.2f", growth, growthBound))
	}
	if p.peak > memoryBound {
		missed = append(missed, fmt.Sprintf("%.0f MiB at peak, bound %.0f", p.peak, memoryBound))
	}
	return missed
}

// peakMiB gives the most memory that a process had.
func peakMiB(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // bytes there, KiB elsewhere
		return float64(u.Maxrss) / (1 << 20)
	}
	return float64(u.Maxrss) / (1 << 10)
}

// size sums the files of a folder.
func size(dir string) (n int64) {
	filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil {
			if i, err := e.Info(); err == nil && !e.IsDir() {
				n += i.Size()
			}
		}
		return nil
	})
	return n
}
