package warc

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
)

// found goes to the next line that begins a record. Where the member holds none, it ends
// the member and reports false.
func (r *Reader) found() bool {
	for {
		head, _ := r.in.Peek(len("WARC/1.1\r"))
		if first, _, _ := bytes.Cut(head, []byte("\r")); begins(bytes.TrimRight(first, "\n")) {
			r.lost = false
			return true
		}
		if len(head) == 0 {
			return r.leave()
		}
		// To the end of the line, however long it is.
		for _, err := r.in.ReadSlice('\n'); err != nil; _, err = r.in.ReadSlice('\n') {
			if r.in.err != nil && r.in.Buffered() == 0 {
				return r.leave()
			}
		}
	}
}

// leave ends a member that holds no record any more.
func (r *Reader) leave() bool {
	in := r.in
	r.in, r.lost = nil, false
	if in != r.raw && in.err != io.EOF && !r.seekMember() {
		r.end = io.EOF
	}
	return false
}

// again goes back to a byte of the file, if the source can and if it was not done too
// much: a file made to be read again and again is read twice. It reports whether it did.
func (r *Reader) again(offset int64) bool {
	s, ok := r.raw.src.(*io.SectionReader)
	back := r.raw.at() - offset
	if !ok || back <= 0 || r.twice+back > r.raw.at()-r.base+1<<16 {
		return false
	}
	if _, err := s.Seek(offset-r.base, io.SeekStart); err != nil {
		return false
	}
	r.twice += back
	r.raw.reset(r.raw.src, offset)
	return true
}

// peek is how many bytes of a member are enough to see its first letters.
const peek = 1 << 10

// seekMember goes to the next bytes of the file that are a gzip member with a record at
// its beginning, and reports whether there are any.
func (r *Reader) seekMember() bool {
	for {
		b, _ := r.raw.Peek(peek)
		n := bytes.Index(b, gzipped)
		switch {
		case n == 0 && member(&r.probe, b):
			return true
		case n == 0:
			n = 1
		case n < 0 && len(b) < 2:
			return false
		case n < 0:
			n = len(b) - 1 // the last byte may be the first of the two
		}
		r.raw.Discard(n)
	}
}

// Member reports whether b is the beginning of a gzip member that holds a record.
func Member(b []byte) bool { return member(new(gzip.Reader), b) }

func member(z *gzip.Reader, b []byte) bool {
	if len(b) < 18 || !bytes.HasPrefix(b, gzipped) || b[2] != 8 || b[3]&0xe0 != 0 || z.Reset(bytes.NewReader(b)) != nil {
		return false
	}
	var head [5]byte
	_, err := io.ReadFull(z, head[:])
	return err == nil && string(head[:]) == "WARC/"
}

// NextMember gives the first byte from one on at which a gzip member with a record at its
// beginning stands; io.EOF where there is none.
func NextMember(r io.ReaderAt, from int64) (int64, error) {
	z := NewReaderAt(r, from)
	defer z.Close()
	if !z.seekMember() {
		if err := z.raw.broken(); err != nil {
			return 0, err
		}
		return 0, io.EOF
	}
	return z.raw.at(), nil
}
