package batch

import (
	"bufio"
	"bytes"
	"container/heap"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"

	"github.com/isnad-project/isnad/internal/batch/step"
)

// sorter puts lines into the order of their bytes. What does not fit into its memory lies
// in files meanwhile.
type sorter struct {
	dir   string // for the files; empty is the system's
	limit int    // bytes of lines in memory
	text  []byte
	lines []bounds
	runs  []*os.File // each sorted
}

// bounds are where a line stands in text.
type bounds struct{ from, to int }

// add takes a line.
func (s *sorter) add(line []byte) error {
	if len(s.text) > 0 && len(s.text)+len(line) > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	at := len(s.text)
	s.text = append(s.text, line...)
	s.lines = append(s.lines, bounds{at, len(s.text)})
	return nil
}

func (s *sorter) sort() {
	slices.SortFunc(s.lines, func(a, b bounds) int {
		return bytes.Compare(s.text[a.from:a.to], s.text[b.from:b.to])
	})
}

// spill writes what is in memory to a file.
func (s *sorter) spill() error {
	s.sort()
	f, err := os.CreateTemp(s.dir, "isnad-sort-*")
	if err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.runs = append(s.runs, f)
	z, err := zstd.NewWriter(f, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	for _, l := range s.lines {
		z.Write(s.text[l.from:l.to])
		z.Write([]byte{'\n'})
	}
	s.text, s.lines = s.text[:0], s.lines[:0]
	if err := z.Close(); err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	return nil
}

// sorted gives all lines in their order, once.
func (s *sorter) sorted() step.Lines {
	return func(yield func([]byte, error) bool) {
		s.sort()
		var m merge
		defer m.end()
		err := m.enter(s.memory())
		for _, f := range s.runs {
			err = errors.Join(err, m.enter(unpacked(f)))
		}
		heap.Init(&m)
		for err == nil && len(m) > 0 {
			if !yield(m[0].line, nil) {
				return
			}
			err = m.advance()
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// memory gives the lines in memory.
func (s *sorter) memory() step.Lines {
	return func(yield func([]byte, error) bool) {
		for _, l := range s.lines {
			if !yield(s.text[l.from:l.to], nil) {
				return
			}
		}
	}
}

// unpacked gives the lines of a file that was spilled.
func unpacked(f *os.File) step.Lines {
	return func(yield func([]byte, error) bool) {
		if _, err := f.Seek(0, 0); err != nil {
			yield(nil, err)
			return
		}
		z, err := zstd.NewReader(bufio.NewReader(f), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			yield(nil, err)
			return
		}
		defer z.Close()
		step.Scan(z)(yield)
	}
}

// close throws the files away.
func (s *sorter) close() error {
	var errs []error
	for _, f := range s.runs {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	s.runs = nil
	return errors.Join(errs...)
}

// merge is a heap of sorted lines by the next of each.
type merge []*source

type source struct {
	line []byte
	next func() ([]byte, error, bool)
	stop func()
}

func (m *merge) enter(lines step.Lines) error {
	next, stop := iter.Pull2(lines)
	s := &source{next: next, stop: stop}
	*m = append(*m, s)
	more, err := s.advance()
	if !more {
		stop()
		*m = (*m)[:len(*m)-1]
	}
	return err
}

func (s *source) advance() (more bool, err error) {
	s.line, err, more = s.next()
	return more && err == nil, err
}

// advance goes on from the first line.
func (m *merge) advance() error {
	more, err := (*m)[0].advance()
	if !more {
		heap.Remove(m, 0)
		return err
	}
	heap.Fix(m, 0)
	return nil
}

func (m *merge) end() {
	for _, s := range *m {
		s.stop()
	}
}

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, k int) bool { return bytes.Compare(m[i].line, m[k].line) < 0 }
func (m merge) Swap(i, k int)      { m[i], m[k] = m[k], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*source)) }
func (m *merge) Pop() any {
	old := *m
	last := old[len(old)-1]
	last.stop()
	*m = old[:len(old)-1]
	return last
}
