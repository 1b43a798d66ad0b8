package evidence

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/turn"
)

// lockName is the lock of a writer, which the system frees when its program ends.
func (f *Folder) lockName(writer int) string {
	if writer == 1 {
		return filepath.Join(f.dir, "lock")
	}
	return filepath.Join(f.dir, fmt.Sprintf("lock-%d", writer))
}

// take takes the first lock that is free.
func (f *Folder) take() error {
	for n := 1; ; n++ {
		l, err := turn.Take(f.lockName(n))
		switch {
		case err == nil:
			f.lock, f.writer = l, n
			return nil
		case !errors.Is(err, isnad.ErrBusy):
			return fmt.Errorf("lock the evidence for writing: %w", explain(err))
		}
	}
}

// resume mends the last files of all who write no more, and goes on with the own one.
func (f *Folder) resume() error {
	files, err := f.files()
	if err != nil {
		return err
	}
	for writer, n := range last(files) {
		if writer == f.writer {
			f.serial = n.serial
			if err := f.reopen(n.file); err != nil {
				return err
			}
			continue
		}
		l, err := turn.Take(f.lockName(writer))
		if err != nil {
			continue // it writes, and mends its own
		}
		err = f.leave(n.file)
		if err = errors.Join(err, l.Close()); err != nil {
			return err
		}
	}
	return nil
}

// reopen opens a file to write on, once its tail is whole.
func (f *Folder) reopen(name string) error {
	last, end, whole, err := f.whole(name)
	if err != nil {
		return err
	}
	if !whole || end >= f.o.MaxFile {
		return last.Close()
	}
	f.file, f.name, f.size, f.synced = last, name, end, end
	return nil
}

// leave mends a file that nobody writes on.
func (f *Folder) leave(name string) error {
	last, _, _, err := f.whole(name)
	if err != nil {
		return err
	}
	return last.Close()
}

// whole opens a file and mends its tail: see mend.
func (f *Folder) whole(name string) (last *os.File, end int64, whole bool, err error) {
	last, err = os.OpenFile(filepath.Join(f.dir, name), os.O_RDWR, 0)
	if err != nil {
		return nil, 0, false, fmt.Errorf("open the evidence for writing: %w", explain(err))
	}
	end, whole, err = f.mend(last, name)
	if err != nil {
		return nil, 0, false, errors.Join(err, last.Close())
	}
	return last, end, whole, nil
}

// extents gives how far each file is to be read: of those that grow, whole records only.
func (f *Folder) extents(files []name) (map[string]int64, error) {
	to := make(map[string]int64, len(files))
	for _, n := range files {
		to[n.file] = math.MaxInt64
	}
	for writer, n := range last(files) {
		if writer == f.writer || f.free(writer) {
			continue
		}
		end, err := f.grown(n.file)
		if err != nil {
			return nil, err
		}
		to[n.file] = end
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := to[f.name]; ok && f.file != nil {
		to[f.name] = f.size
	}
	return to, nil
}

// free reports whether nobody writes under a lock.
func (f *Folder) free(writer int) bool {
	name := f.lockName(writer)
	if _, err := os.Stat(name); err != nil {
		return true // a copy of a folder has no locks
	}
	l, err := turn.Take(name)
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// grown gives the end of the last whole record of a file that another is writing.
func (f *Folder) grown(name string) (int64, error) {
	in, err := os.Open(filepath.Join(f.dir, name))
	if err != nil {
		return 0, fmt.Errorf("open the evidence: %w", err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return 0, fmt.Errorf("look at the evidence file %s: %w", name, err)
	}
	t, err := survey(in, max(0, recent(in, info.Size())), info.Size())
	if err != nil {
		return 0, fmt.Errorf("read the evidence file %s: %w", name, err)
	}
	return t.end, nil
}
