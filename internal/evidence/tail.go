package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/isnad-project/isnad/internal/warc"
)

// mend cuts a torn record off the end of a file. It gives the end of the last whole
// record and whether the file ends there.
func (f *Folder) mend(last *os.File, name string) (end int64, whole bool, err error) {
	info, err := last.Stat()
	if err != nil {
		return 0, false, fmt.Errorf("look at the evidence file %s: %w", name, err)
	}
	size := info.Size()
	if clean(last, size) {
		return size, true, nil
	}
	t, err := survey(last, 0, size)
	switch {
	case err != nil:
		return 0, false, fmt.Errorf("read the evidence file %s: %w", name, err)
	case t.end == size:
		return size, true, nil
	case !t.torn && !zeros(last, size) || !alone(last, t.end+1, size):
		f.repairs = append(f.repairs, Repair{File: name, Offset: t.end, Why: t.why})
		return t.end, false, nil
	}
	if err := last.Truncate(t.end); err != nil {
		return 0, false, fmt.Errorf("cut a torn record off the evidence file %s: %w", name, explain(err))
	}
	if err := last.Sync(); err != nil {
		return 0, false, fmt.Errorf("cut a torn record off the evidence file %s: %w", name, explain(err))
	}
	f.repairs = append(f.repairs, Repair{File: name, Offset: t.end, Cut: size - t.end, Why: t.why})
	return t.end, true, nil
}

// window is how much of a file's end is read to see that it is whole.
const window = 4 << 20

// clean reports whether a file visibly ends with a whole record, by its last bytes alone.
// Where it cannot tell it reports false, and the whole file is read.
func clean(f io.ReaderAt, size int64) bool {
	from := recent(f, size)
	if from < 0 {
		return size == 0
	}
	t, err := survey(f, from, size)
	return err == nil && t.end == size
}

// recent is where the first record of the last bytes of a file begins; -1 where none does.
func recent(f io.ReaderAt, size int64) int64 {
	b := make([]byte, min(window, size))
	from := size - int64(len(b))
	if _, err := f.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return -1
	}
	at := member(b)
	if at < 0 {
		return -1
	}
	return from + int64(at)
}

// member is where the first record in b begins; -1 where none does.
func member(b []byte) int {
	for at := 0; ; at++ {
		n := bytes.Index(b[at:], []byte{0x1f, 0x8b, 8})
		if n < 0 {
			return -1
		}
		if at += n; warc.Member(b[at:min(len(b), at+reach)]) {
			return at
		}
	}
}

// reach is how many bytes of a record show that it is one.
const reach = 1 << 10

// alone reports whether no record begins in a file from a byte on: what is torn is the
// last, and what others follow is damaged.
func alone(f io.ReaderAt, from, size int64) bool {
	b := make([]byte, window)
	for ; from < size; from += window - reach {
		n, err := f.ReadAt(b[:min(window, size-from)], from)
		if err != nil && !errors.Is(err, io.EOF) || member(b[:n]) >= 0 {
			return false
		}
	}
	return true
}

// tail is how the end of a file stands.
type tail struct {
	end  int64 // of the last whole record
	torn bool  // the file ends within the record after it
	why  error // what stands after it
}

// survey reads the records of a file from a byte on, up to size.
func survey(f io.ReaderAt, from, size int64) (t tail, err error) {
	r := warc.NewReaderAt(io.NewSectionReader(f, 0, size), from)
	defer r.Close()
	r.Want = func(*warc.Record) bool { return false }
	t.end = from
	for {
		rec, err := r.Next()
		var cut *warc.TruncatedError
		var bad *warc.BadRecordError
		switch {
		case err == nil && rec.Length > 0:
			t = tail{end: rec.Offset + rec.Length}
		case err == nil:
			t.why = fmt.Errorf("the record at byte %d is not in a member of its own", rec.Offset)
		case errors.Is(err, io.EOF):
			return t, nil
		case errors.As(err, &cut):
			t.torn, t.why = t.why == nil, err
		case errors.As(err, &bad):
			t.why = err
		default:
			return t, err
		}
	}
}

// zeros reports whether a file ends in zeros that no record ends in: a system that lost
// its power leaves them where bytes were to come.
func zeros(f io.ReaderAt, size int64) bool {
	const more = 16 // a gzip member may end with a few
	b := make([]byte, more)
	if size < more {
		return false
	}
	_, err := f.ReadAt(b, size-more)
	return (err == nil || errors.Is(err, io.EOF)) && bytes.Count(b, []byte{0}) == more
}
