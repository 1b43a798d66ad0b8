package pour

import (
	"errors"
	"io"
	"os"

	"github.com/isnad-project/isnad/internal/intake/archive"
	"github.com/isnad-project/isnad/internal/warc"
)

// archive gives the pages of a web archive.
func (w *walk) archive(s stream, in io.Reader, path string) bool {
	var from *Position
	if w.skipping(path) && w.after.Place {
		from = &w.after
	}
	return w.pages(opened(s, in, path, from), path, from)
}

// pages gives the pages of an archive that stand after from.
func (w *walk) pages(r *archive.Reader, path string, from *Position) bool {
	defer r.Close()
	for {
		p, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		item := Item{
			Kind: HTML, Body: p.Body, Doubt: p.Doubt, URL: p.URL, Charset: p.Charset, Fetched: p.Fetched,
			Position: Position{Path: path, Place: true, Offset: p.Offset, Within: p.Within},
		}
		if err != nil {
			item = Item{Position: fault(path, err), Err: cause(err)}
		}
		if from != nil && item.Position.Place && !beyond(item.Position, *from) {
			continue
		}
		if !w.yield(item) {
			return false
		}
		if !item.Position.Place {
			break // nothing of the archive can be read after it
		}
	}
	if w.o.Archived != nil {
		w.o.Archived(path, r.Counts())
	}
	return true
}

// opened reads a file from the record that the walk stopped at, and a stream from its
// beginning.
func opened(s stream, in io.Reader, path string, from *Position) *archive.Reader {
	f, ok := in.(*os.File)
	if !ok || path == Stdin {
		return archive.NewReader(s)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return archive.NewReader(s)
	}
	if from != nil {
		return archive.NewReaderAt(f, from.Offset)
	}
	return archive.NewReaderAt(f, 0)
}

// beyond reports whether a record stands after another.
func beyond(p, q Position) bool {
	return p.Offset > q.Offset || p.Offset == q.Offset && p.Within > q.Within
}

// fault is the position of what could not be read: a damaged record, or the rest of the
// archive.
func fault(path string, err error) Position {
	var bad *warc.BadRecordError
	if errors.As(err, &bad) {
		return Position{Path: path, Place: true, Offset: bad.Offset, Within: bad.Within}
	}
	return Position{Path: path}
}
