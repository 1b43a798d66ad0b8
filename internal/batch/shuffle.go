package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/ordered"
)

// section is a stretch of a bundle: the lines of one key, sorted.
type section struct {
	Key    string
	Offset int64
	Length int64
	Lines  int64
}

// bundle is a file of sections, each a frame of Zstandard: what a task gives to the tasks
// of the next stage, which read the sections that are theirs.
type bundle struct {
	file     *os.File
	z        *zstd.Encoder
	at       counter
	sections []section
}

// counter counts what is written.
type counter struct {
	io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.n += int64(n)
	return n, err
}

// level is that of what lies between stages: it is written once and read once.
const level = zstd.SpeedFastest

func newBundle(dir string) (*bundle, error) {
	f, err := os.CreateTemp(dir, "isnad-parts-*")
	if err != nil {
		return nil, fmt.Errorf("write parts: %w", err)
	}
	b := &bundle{file: f}
	b.at.Writer = f
	if b.z, err = zstd.NewWriter(&b.at, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(level)); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// add writes a line to the section of a key; lines of one key come one after the other.
func (b *bundle) add(key, line []byte) error {
	if n := len(b.sections); n == 0 || b.sections[n-1].Key != string(key) {
		if err := b.end(); err != nil {
			return err
		}
		b.sections = append(b.sections, section{Key: string(key), Offset: b.at.n})
		b.z.Reset(&b.at)
	}
	b.sections[len(b.sections)-1].Lines++
	if _, err := b.z.Write(line); err != nil {
		return err
	}
	_, err := b.z.Write([]byte{'\n'})
	return err
}

// end ends the section under way.
func (b *bundle) end() error {
	if len(b.sections) == 0 {
		return nil
	}
	if err := b.z.Close(); err != nil {
		return fmt.Errorf("write parts: %w", err)
	}
	s := &b.sections[len(b.sections)-1]
	s.Length = b.at.n - s.Offset
	return nil
}

// put puts the bundle into the depot; an empty one is not.
func (b *bundle) put(ctx context.Context, r *Run, name string) error {
	if err := b.end(); err != nil || b.at.n == 0 {
		return err
	}
	if _, err := b.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return r.depot.Put(ctx, name, b.file, b.at.n)
}

func (b *bundle) close() error { return errors.Join(b.file.Close(), os.Remove(b.file.Name())) }

// place says where a section lies.
type place struct {
	name string
	section
}

// ahead is how many sections are fetched while one is worked on.
const ahead = 2

// sections gives the lines of sections, one after the other.
func (r *Run) sections(ctx context.Context, places []place) step.Lines {
	type fetched struct {
		b   []byte
		err error
	}
	return func(yield func([]byte, error) bool) {
		line := ordered.Line[place, fetched]{Workers: ahead, Make: func(p place) fetched {
			b, err := r.fetch(ctx, p)
			return fetched{b, err}
		}}
		stopped := errors.New("enough")
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err == nil {
			defer z.Close()
			err = line.Run(ctx, func(next func(place) bool) {
				for _, p := range places {
					if !next(p) {
						return
					}
				}
			}, func(f fetched) error {
				if f.err != nil {
					return f.err
				}
				if err := z.Reset(bytes.NewReader(f.b)); err != nil {
					return err
				}
				for l, err := range step.Scan(z) {
					if err != nil {
						return fmt.Errorf("what lies between the stages is damaged: %w", err)
					}
					if !yield(l, nil) {
						return stopped
					}
				}
				return nil
			})
		}
		if err != nil && !errors.Is(err, stopped) {
			yield(nil, err)
		}
	}
}

func (r *Run) fetch(ctx context.Context, p place) ([]byte, error) {
	in, err := r.depot.Open(ctx, p.name, p.Offset, p.Length)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(in)
	if err == nil && int64(len(b)) != p.Length {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", p.name, r.depot, err)
	}
	return b, nil
}

// notes keeps notes that were read, while they are not too many.
type notes struct {
	sync.Mutex
	kept map[Task]note
	held int // sections
}

// hold is how many sections of notes are kept.
const hold = 1 << 22

// note gives what a task left.
func (r *Run) note(ctx context.Context, t Task) (note, error) {
	r.notes.Lock()
	n, ok := r.notes.kept[t]
	r.notes.Unlock()
	if ok {
		return n, nil
	}
	b, err := r.depot.Get(ctx, noteName(t))
	if err == nil {
		err = json.Unmarshal(b, &n)
	}
	if err != nil {
		return n, fmt.Errorf("the note of %s: %w", t, err)
	}
	r.notes.Lock()
	defer r.notes.Unlock()
	if r.notes.held += len(n.Sections); r.notes.held < hold {
		if r.notes.kept == nil {
			r.notes.kept = map[Task]note{}
		}
		r.notes.kept[t] = n
	}
	return n, nil
}

// putNote puts a note in the place of what a task left before.
func (r *Run) putNote(ctx context.Context, t Task, n note) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	r.notes.Lock()
	delete(r.notes.kept, t)
	r.notes.Unlock()
	return r.depot.Put(ctx, noteName(t), bytes.NewReader(b), int64(len(b)))
}

// places gives where the sections of a key lie in the bundles of a stage.
func (r *Run) places(ctx context.Context, stage string, tasks int, key string) ([]place, error) {
	var list []place
	for i := range tasks {
		t := Task{stage, i}
		n, err := r.note(ctx, t)
		if err != nil {
			return nil, err
		}
		for _, s := range n.Sections {
			if s.Key == key {
				list = append(list, place{bundleName(t), s})
			}
		}
	}
	return list, nil
}

func bundleName(t Task) string { return "shuffle/" + t.String() }
