package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/store/sqlite"
)

// unpacked is the most bytes of a page that are read; what fetches it has the same limit.
const unpacked = 32 << 20

// Original gives the bytes of the latest capture of an article of the library in a folder
// as they came, without the encodings of their transfer, with where they came from. It
// only reads: a desk may be at work there.
func Original(ctx context.Context, dir, id string) ([]byte, isnad.Capture, error) {
	lib, err := sqlite.Open(ctx, dir, sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, isnad.Capture{}, err
	}
	defer lib.Close()
	ev, err := evidence.Open(filepath.Join(dir, folder), evidence.Options{ReadOnly: true})
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
	for h, err := range d.Library.Each(ctx, isnad.Query{}) {
		if err != nil {
			return err
		}
		id := h.Record.Article.ID
		e, err := d.anew(ctx, h)
		if err != nil {
			tell(id, isnad.Same, err)
			continue
		}
		changes, err := d.put(ctx, []isnad.Entry{e}, true)
		if err != nil {
			return err
		}
		tell(id, changes[0], nil)
	}
	return d.Join(ctx)
}

// anew makes the entry of an article from the evidence of it.
func (d *Desk) anew(ctx context.Context, h isnad.Holding) (isnad.Entry, error) {
	b, err := bytes(d.evidence, h.Capture)
	if err != nil {
		return isnad.Entry{}, err
	}
	e, _, err := d.maker.entry(h.Record.Article.ID, h.Capture, b)
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
	if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(d.dir, folder))); err != nil {
		return fmt.Errorf("copy the evidence: %w", err)
	}
	return nil
}
