// Package pour goes through files, folders and archives and gives what is to be read, one
// item after the other, always in the same order, so that a walk that was stopped can go
// on where it was. It knows forms of files; not what becomes of an article.
package pour

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/intake/archive"
	"github.com/isnad-project/isnad/internal/intake/jsonl"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// ErrForeign says of a file in a folder that it is no text: a picture, a script, a device.
var ErrForeign = errors.New("no text to read")

// maxFeed is the length in bytes past which a feed is passed over.
const maxFeed = 32 << 20

// Options say what to go through.
type Options struct {
	Paths []string // files and folders; Stdin is standard input
	Kind  Kind     // of every file; "" finds it out for each
	Stdin io.Reader
	After string // the key of the position after which to begin, or ""
	Found bool   // the paths were found in a folder by Files: nobody named them
	Part  *Part  // of one file that is Partible, only this; nil is all

	// Archived is told of every archive gone through what became of its records.
	Archived func(path string, c archive.Counts)
}

// Item is something to be read, or why it cannot be.
type Item struct {
	Kind     Kind
	Position Position
	Body     []byte // the file, the line, or the page; the item's own
	Doubt    string // what was mended in taking it out of its archive
	Err      error  // why there is no Body

	// Of a page in an archive.
	URL     string
	Charset string // as its site declared it
	Fetched time.Time
}

// Walk gives the items of all paths. What cannot be read is an item with an error, and
// the walk goes on. It holds one item at a time, and of folders their names.
func Walk(o Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		w := walk{o: o, yield: yield, after: Parse(o.After), seen: map[string]bool{}}
		roots := slices.Clone(o.Paths)
		for i, p := range roots {
			if p != Stdin {
				roots[i] = filepath.Clean(p)
			}
		}
		first := slices.IndexFunc(roots, func(root string) bool { return o.After != "" && holds(root, w.after.Path) })
		for i, root := range roots[max(first, 0):] {
			w.behind = first >= 0 && i == 0
			if !w.root(root) {
				return
			}
		}
	}
}

// walk is a walk under way.
type walk struct {
	o      Options
	yield  func(Item) bool
	list   func(File) bool // instead of reading: see Files
	after  Position
	behind bool            // the root under way holds after
	seen   map[string]bool // folders, by their real path
}

func (w *walk) root(path string) bool {
	if path == Stdin {
		return w.read(w.o.Stdin, path, false)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return w.failed(path, err)
	case info.IsDir():
		return w.folder(path)
	}
	return w.file(path, w.o.Found)
}

// failed gives what cannot be read.
func (w *walk) failed(path string, err error) bool {
	if w.list != nil {
		return w.list(File{Path: path, Err: cause(err)})
	}
	if w.behind && order(path, w.after.Path) <= 0 {
		return true
	}
	return w.yield(Item{Position: Position{Path: path}, Err: cause(err)})
}

// cause is the error without the name of the file, which is said already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// folder goes through a folder by the names in it. A folder that is linked to from
// several places is gone through once, so that links in a ring end.
func (w *walk) folder(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return w.failed(path, err)
	}
	if w.seen[real] {
		return true
	}
	w.seen[real] = true
	if w.behind && order(path, w.after.Path) < 0 && !holds(path, w.after.Path) {
		return true
	}
	entries, err := os.ReadDir(path)
	if err != nil && !w.failed(path, err) {
		return false
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !w.entry(filepath.Join(path, e.Name()), e) {
			return false
		}
	}
	return true
}

func (w *walk) entry(path string, e fs.DirEntry) bool {
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		if err != nil {
			return w.failed(path, err)
		}
		mode = info.Mode().Type()
	}
	switch {
	case mode.IsDir():
		return w.folder(path)
	case !mode.IsRegular():
		return w.failed(path, fmt.Errorf("%w: it is a device or a pipe", ErrForeign))
	case besides[strings.ToLower(filepath.Ext(path))] && w.o.Kind == "":
		return w.failed(path, fmt.Errorf("%w: its name ends in %s", ErrForeign, filepath.Ext(path)))
	}
	return w.file(path, true)
}

// file reads a file; found is one that nobody named.
func (w *walk) file(path string, found bool) bool {
	if w.behind {
		n := order(path, w.after.Path)
		if n < 0 || n == 0 && w.after.Line == 0 && !w.after.Place {
			return true
		}
	}
	if w.list != nil {
		info, err := os.Stat(path)
		if err != nil {
			return w.failed(path, err)
		}
		return w.list(File{Path: path, Found: found, Size: info.Size()})
	}
	f, err := os.Open(path)
	if err != nil {
		return w.failed(path, err)
	}
	defer f.Close()
	if w.o.Part != nil {
		return w.part(f, path)
	}
	return w.read(f, path, found)
}

func (w *walk) read(in io.Reader, path string, found bool) bool {
	s, err := open(in, path, w.o.Kind)
	if err != nil {
		return w.failed(path, err)
	}
	defer s.close()
	if found && w.o.Kind == "" && s.kind == Text {
		first, _ := s.Peek(512)
		if what := foreign(first); what != "" {
			return w.failed(path, fmt.Errorf("%w: it is %s", ErrForeign, what))
		}
	}
	switch s.kind {
	case Lines:
		return w.lines(s, path)
	case Archive:
		return w.archive(s, in, path)
	case Feed:
		return w.whole(s, path, maxFeed)
	}
	return w.whole(s, path, jsonl.Limit)
}

// skipping reports whether the walk is in the file that it stopped in.
func (w *walk) skipping(path string) bool { return w.behind && path == w.after.Path }

// whole reads a file that is one item.
func (w *walk) whole(s stream, path string, limit int64) bool {
	item := Item{Kind: s.kind, Position: Position{Path: path}}
	b, err := io.ReadAll(io.LimitReader(s, limit+1))
	switch {
	case err != nil:
		item.Err = cause(err)
	case int64(len(b)) > limit && s.kind == Feed:
		item.Err = fmt.Errorf("larger than %d MiB: no feed is", limit>>20)
	case int64(len(b)) > limit:
		item.Err = fmt.Errorf("larger than %d MiB: no article is; if it holds one article a line, say --from jsonl", limit>>20)
	case len(bytes.TrimSpace(b)) == 0:
		item.Err = errEmpty
	default:
		item.Body = b
	}
	return w.yield(item)
}

var errEmpty = errors.New("empty: there is no text to read")

// lines gives the lines of a file.
func (w *walk) lines(s stream, path string) bool {
	from := 0
	if w.skipping(path) {
		from = w.after.Line
	}
	return w.each(s, path, func(line int) Position { return Position{Path: path, Line: line} }, from)
}

// linesAt gives the lines of a part of a file that begins at a byte. Their numbers are
// counted from there.
func (w *walk) linesAt(in io.Reader, path string, at int64) bool {
	return w.each(in, path, func(line int) Position {
		return Position{Path: path, Place: true, Offset: at, Within: int64(line)}
	}, 0)
}

// each gives the lines after one by the positions that their numbers stand for.
func (w *walk) each(in io.Reader, path string, position func(line int) Position, from int) bool {
	r := jsonl.NewReader(in)
	for {
		number, line, err := r.Raw()
		item := Item{Kind: Lines, Position: position(number)}
		switch {
		case errors.Is(err, io.EOF):
			return true
		case errors.Is(err, jsonl.ErrLong):
			item.Err = err
		case err != nil:
			return w.yield(Item{Position: Position{Path: path}, Err: cause(err)})
		case number > from:
			item.Body = bytes.Clone(line)
		}
		if number > from && !w.yield(item) {
			return false
		}
	}
}
