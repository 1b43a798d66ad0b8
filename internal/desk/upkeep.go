package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/store"
)

// unpacked is the most bytes of a page that are read; what fetches it has the same limit.
const unpacked = 32 << 20

// Original gives the bytes of the latest capture of an article of the library at an
// address as they came, without the encodings of their transfer, with where they came
// from. Proofs is as Options.Evidence. It only reads: a desk may be at work there.
func Original(ctx context.Context, address, proofs, id string) ([]byte, isnad.Capture, error) {
	proofs, err := evidenceOf(address, proofs)
	if err != nil {
		return nil, isnad.Capture{}, err
	}
	lib, err := store.Open(ctx, address, store.Options{ReadOnly: true})
	if err != nil {
		return nil, isnad.Capture{}, err
	}
	defer lib.Close()
	ev, err := evidence.Open(proofs, evidence.Options{ReadOnly: true})
	if err != nil {
		return nil, isnad.Capture{}, err
	}
	defer ev.Close()
	all, err := lib.Captures(ctx, id)
	if err != nil {
		return nil, isnad.Capture{}, err
	}
	if len(all) == 0 {
		return nil, isnad.Capture{}, fmt.Errorf("captures of article %s: %w", id, isnad.ErrNotFound)
	}
	c := all[len(all)-1]
	b, err := bytes(ev, c)
	return b, c, err
}

// bytes gives the bytes of a capture without the encodings of their transfer, proved by
// its digest.
func bytes(ev *evidence.Folder, c isnad.Capture) ([]byte, error) {
	kept, err := ev.Read(evidence.Pointer{File: c.File, Offset: c.Offset, Length: c.Length, Digest: c.Digest})
	if err != nil {
		return nil, err
	}
	m, err := kept.Message(unpacked)
	return m.Body, err
}

// Bytes gives the bytes of a capture as they came, without the encodings of their transfer.
func (d *Desk) Bytes(_ context.Context, c isnad.Capture) ([]byte, error) {
	return bytes(d.evidence, c)
}

// Reread reads every article anew from its evidence, for a library that an older version
// read. Tell is called for each with what changed; an article that cannot be read stays
// as it is, and its error is told.
func (d *Desk) Reread(ctx context.Context, tell func(id string, c isnad.Change, err error)) error {
	var failed error
	var batch []reread
	keep := func() error {
		err := d.keepAnew(ctx, batch, tell)
		batch = batch[:0]
		return err
	}
	line := ordered.Line[isnad.Holding, reread]{Workers: runtime.GOMAXPROCS(0), Make: func(h isnad.Holding) reread {
		e, err := d.anew(ctx, h)
		return reread{h.Record.Article.ID, e, err}
	}}
	err := line.Run(ctx, func(yield func(isnad.Holding) bool) {
		for h, err := range d.Library.Each(ctx, isnad.Query{}) {
			if failed = err; err != nil || !yield(h) {
				return
			}
		}
	}, func(r reread) error {
		if batch = append(batch, r); len(batch) < rereadTogether {
			return nil
		}
		return keep()
	})
	if err = cmp.Or(err, failed); err != nil {
		return err
	}
	if err := keep(); err != nil {
		return err
	}
	return d.Join(ctx)
}

// rereadTogether is how many articles that were read anew are kept together.
const rereadTogether = 128

// reread is an article that was read anew, or why it could not be.
type reread struct {
	id    string
	entry isnad.Entry
	err   error
}

// keepAnew keeps articles that were read anew, and tells of each.
func (d *Desk) keepAnew(ctx context.Context, batch []reread, tell func(id string, c isnad.Change, err error)) error {
	var entries []isnad.Entry
	for _, r := range batch {
		if r.err == nil {
			entries = append(entries, r.entry)
		}
	}
	changes, err := d.Library.Put(ctx, entries)
	if err != nil && !errors.Is(err, isnad.ErrUnsound) {
		return err
	}
	for _, r := range batch {
		change := isnad.Same
		if r.err == nil {
			change, changes = changes[0], changes[1:]
		}
		if change == isnad.Refused {
			r.err = err
		}
		tell(r.id, change, r.err)
	}
	return nil
}

// anew makes the entry of an article from the evidence of it.
func (d *Desk) anew(ctx context.Context, h isnad.Holding) (isnad.Entry, error) {
	b, err := bytes(d.evidence, h.Capture)
	if err != nil {
		return isnad.Entry{}, err
	}
	e, _, err := d.maker.Entry(h.Record.Article.ID, h.Capture, b)
	return e, err
}

// Check proves the library, the evidence, and that each stands for the other: every
// capture of every article is there with its digest. It tells every problem.
func (d *Desk) Check(ctx context.Context, problem func(string)) error {
	if err := d.Library.Check(ctx, problem); err != nil {
		return err
	}
	if _, err := d.evidence.Check(ctx, func(p evidence.Problem) { problem(p.String()) }); err != nil {
		return err
	}
	for h, err := range d.Library.Each(ctx, isnad.Query{}) {
		if err != nil {
			return err
		}
		id := h.Record.Article.ID
		captures, err := d.Library.Captures(ctx, id)
		if err != nil {
			return err
		}
		for _, c := range captures {
			if _, err := bytes(d.evidence, c); err != nil {
				problem(fmt.Sprintf("article %s: its capture: %v", id, err))
			}
		}
	}
	return nil
}

// Backup copies the library and its evidence into a new folder.
func (d *Desk) Backup(ctx context.Context, dir string) error {
	if all, err := os.ReadDir(dir); err == nil && len(all) > 0 {
		return fmt.Errorf("%s is not empty: name a new folder for the backup", dir)
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	// The library first: whatever it points to is in the evidence already.
	if err := d.Library.Backup(ctx, dir); err != nil {
		return err
	}
	return d.evidence.Backup(ctx, filepath.Join(dir, folder))
}
