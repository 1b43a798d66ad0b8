//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/isnad-project/isnad"
)

// streamed is how many articles memory is measured over.
const streamed = 10_000

// build builds the command in a folder of its own, which remove takes away.
func build() (binary string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "isnad-bench")
	if err != nil {
		return "", nil, err
	}
	remove = func() { os.RemoveAll(dir) }
	binary = filepath.Join(dir, "isnad")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/isnad").CombinedOutput(); err != nil {
		remove()
		return "", nil, fmt.Errorf("build the command: %w\n%s", err, out)
	}
	return binary, remove, nil
}

// start measures a whole run of the command over one short article: the best of several,
// since the rest is the machine's noise.
func start(binary string) (missed []string, err error) {
	best := time.Hour
	for range 9 {
		began := time.Now()
		if out, err := exec.Command(binary, "read", "--json", "samples/03-ceasefire-ultimatum.txt").CombinedOutput(); err != nil {
			return nil, fmt.Errorf("isnad read: %w\n%s", err, out)
		}
		best = min(best, time.Since(began))
	}
	fmt.Printf("from start to the end of one article's record: %s\n\n", best.Round(time.Millisecond))
	if best > startBound {
		missed = append(missed, fmt.Sprintf("start: %s, bound %s", best.Round(time.Millisecond), startBound))
	}
	return missed, nil
}

// memory streams articles through the command and measures its peak.
func memory(binary string, articles []isnad.Article) (missed []string, err error) {
	cmd := exec.Command(binary, "read", "--json", "--from", "jsonl", "-")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	watch := watchMemory(cmd.Process.Pid)
	go feed(in, articles)
	records, err := countLines(out)
	if err != nil {
		return nil, err
	}
	if err := cmd.Wait(); err != nil {
		return nil, fmt.Errorf("isnad read: %w", err)
	}
	took := time.Since(began)
	n := float64(words(articles)) * streamed / float64(len(articles))
	fmt.Printf("streaming %d articles: %d records in %s, %.0f words/s on %d cores", streamed, records, took.Round(time.Millisecond), n/took.Seconds(), runtime.NumCPU())
	peak := watch()
	if peak == 0 {
		peak = peakMiB(cmd.ProcessState)
	}
	if peak > 0 {
		fmt.Printf(", peak memory %.0f MiB", peak)
	}
	fmt.Print("\n\n")
	if records != streamed {
		missed = append(missed, fmt.Sprintf("%d records of %d articles", records, streamed))
	}
	if peak > memoryBound {
		missed = append(missed, fmt.Sprintf("%.0f MiB at peak, bound %d", peak, memoryBound))
	}
	return missed, nil
}

// feed writes articles as JSON Lines, the samples over and over.
func feed(to io.WriteCloser, articles []isnad.Article) {
	defer to.Close()
	w := bufio.NewWriter(to)
	defer w.Flush()
	enc := json.NewEncoder(w)
	for i := range streamed {
		a := articles[i%len(articles)]
		err := enc.Encode(map[string]string{"id": fmt.Sprint(i), "title": a.Title, "published": a.Published, "text": a.Text})
		if err != nil {
			return // the command ended: its status says why
		}
	}
}

func countLines(r io.Reader) (n int, err error) {
	in := bufio.NewReaderSize(r, 1<<20)
	for {
		_, err := in.ReadSlice('\n')
		switch err {
		case nil:
			n++
		case bufio.ErrBufferFull:
		case io.EOF:
			return n, nil
		default:
			return n, err
		}
	}
}

// watchMemory reads a running process's peak memory from time to time and gives the last
// reading in MiB when asked, 0 where the system has no /proc. What the system tells of an
// ended process counts the memory of the one that started it.
func watchMemory(pid int) (peak func() float64) {
	var last atomic.Int64
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if err != nil {
				return
			}
			_, rest, _ := strings.Cut(string(status), "VmHWM:")
			var kib int64
			if _, err := fmt.Sscan(rest, &kib); err == nil {
				last.Store(max(kib, last.Load()))
			}
		}
	}()
	return func() float64 {
		close(done)
		return float64(last.Load()) / (1 << 10)
	}
}

// peakMiB gives the peak memory of a process that has ended, or 0 where the system does
// not tell it.
func peakMiB(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return float64(u.Maxrss) / (1 << 20) // bytes there
	}
	return float64(u.Maxrss) / (1 << 10)
}
