package pour

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"os"

	"github.com/isnad-project/isnad/internal/intake/archive"
	"github.com/isnad-project/isnad/internal/warc"
)

// Part is a stretch of the bytes of a file: what begins in [From, To) is of it.
type Part struct{ From, To int64 }

// File is a file that a walk comes to, or what it cannot read.
type File struct {
	Path  string
	Found bool // in a folder: nobody named it
	Size  int64
	Err   error
}

// Files gives the files of paths in the order in which Walk goes through them, without
// reading them. A walk of each, Found where it was found, gives what the whole walk does.
func Files(paths []string, kind Kind) iter.Seq[File] {
	return func(yield func(File) bool) {
		w := walk{o: Options{Kind: kind}, list: yield, seen: map[string]bool{}}
		for _, p := range paths {
			if !w.root(p) {
				return
			}
		}
	}
}

// Partible reports whether a file can be read in parts: lines that are not compressed,
// and web archives with a gzip member for each record.
func Partible(path string, kind Kind) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, cause(err)
	}
	defer f.Close()
	first := make([]byte, head)
	n, err := io.ReadFull(f, first)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, cause(err)
	}
	first = first[:n]
	if kind == "" {
		kind = named(path)
	}
	switch {
	case warc.Member(first):
		return kind == "" || kind == Archive, nil
	case compressed(first), bytes.HasPrefix(first, []byte{0xff, 0xfe}), bytes.HasPrefix(first, []byte{0xfe, 0xff}):
		return false, nil // of UTF-16 no part knows the order of its bytes
	case kind == "":
		kind = sniff(first)
	}
	return kind == Lines, nil
}

// compressed reports whether first bytes are those of a compressed file.
func compressed(first []byte) bool {
	for _, mark := range [...]string{"\x1f\x8b", "\x28\xb5\x2f\xfd", "\xfd7zXZ\x00", "BZh"} {
		if bytes.HasPrefix(first, []byte(mark)) {
			return true
		}
	}
	return false
}

// part reads the part of a file that the options ask for.
func (w *walk) part(f *os.File, path string) bool {
	at, err := begin(f, w.o.Part.From)
	end := at
	if err == nil {
		end, err = begin(f, w.o.Part.To)
	}
	if err != nil {
		return w.failed(path, err)
	}
	first := make([]byte, 2)
	if n, _ := f.ReadAt(first, 0); n == 2 && string(first) == "\x1f\x8b" {
		return w.pages(archive.NewReaderAt(io.NewSectionReader(f, 0, end), at), path, nil)
	}
	return w.linesAt(io.NewSectionReader(f, at, end-at), path, at)
}

// begin gives the first byte from one on at which something begins: a line, or a member
// of an archive. It is the end of the file where nothing does.
func begin(f *os.File, from int64) (int64, error) {
	info, err := f.Stat()
	if err != nil || from >= info.Size() {
		return info.Size(), err
	}
	first := make([]byte, 2)
	if n, err := f.ReadAt(first, 0); n < 2 {
		return 0, err
	}
	if string(first) == "\x1f\x8b" {
		at, err := warc.NextMember(f, from)
		if errors.Is(err, io.EOF) {
			return info.Size(), nil
		}
		return at, err
	}
	return lineFrom(f, from)
}

// lineFrom gives the first byte from one on at which a line begins.
func lineFrom(f *os.File, from int64) (int64, error) {
	if from == 0 {
		return 0, nil
	}
	at := from - 1
	buf := make([]byte, 1<<16)
	for {
		n, err := f.ReadAt(buf, at)
		if i := bytes.IndexByte(buf[:n], '\n'); i >= 0 {
			return at + int64(i) + 1, nil
		}
		at += int64(n)
		if errors.Is(err, io.EOF) {
			return at, nil
		}
		if err != nil {
			return at, err
		}
	}
}
