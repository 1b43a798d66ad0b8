package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// What a header may have, past which it is none.
const (
	longest = 1 << 16 // bytes of a line: what a tape holds
	most    = 1 << 10 // lines
)

// The first bytes of envelopes.
var (
	gzipped   = []byte{0x1f, 0x8b}
	zstandard = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// Reader reads the records of an archive one after the other and never holds more than
// one. The archive may be plain, gzip (a member for each record or one over all) or zstd.
type Reader struct {
	// Limit is how many bytes of a block are kept; the rest is passed over.
	Limit int64
	// Want says of a record, of which all but the block is read, whether its block is
	// wanted; nil wants all.
	Want func(*Record) bool

	raw    *tape
	unzip  *gzip.Reader
	probe  gzip.Reader // looks whether a record begins
	opened *tape       // the uncompressed member, made once
	in     *tape       // raw, opened, or nil between members
	zstd   *zstd.Decoder
	member int64 // where the member under way begins
	base   int64 // where in the file the source began
	lost   bool  // the next record is to be looked for
	twice  int64 // bytes that were read again in looking
	end    error
}

// NewReader makes a reader of an archive from its beginning, or from where a record
// begins; offsets are counted from there.
func NewReader(r io.Reader) *Reader {
	return &Reader{Limit: Limit, raw: newTape(r, longest)}
}

// NewReaderAt makes a reader of the records from the byte offset on, where one begins. As
// it can go back, it finds more again after damaged records.
func NewReaderAt(r io.ReaderAt, offset int64) *Reader {
	z := NewReader(io.NewSectionReader(r, offset, math.MaxInt64-offset))
	z.base = offset
	z.raw.reset(z.raw.src, offset)
	return z
}

// ReadAt reads the one record that begins at a byte of the file.
func ReadAt(r io.ReaderAt, offset int64) (*Record, error) {
	z := NewReaderAt(r, offset)
	defer z.Close()
	rec, err := z.Next()
	if errors.Is(err, io.EOF) {
		return nil, &TruncatedError{offset}
	}
	return rec, err
}

// Close frees what the reader holds; it does not close the source.
func (r *Reader) Close() {
	if r.zstd != nil {
		r.zstd.Close()
		r.zstd = nil
	}
	r.end, r.in = io.EOF, nil
}

// Next gives the next record; io.EOF after the last. After a *BadRecordError it may be
// called again and looks for the next record; after a *TruncatedError or an error of the
// source there is none.
func (r *Reader) Next() (*Record, error) {
	for r.end == nil {
		if r.in == nil {
			if err := r.open(); err != nil {
				return nil, r.fail(r.member, 0, err)
			}
		}
		if r.lost && !r.found() {
			continue
		}
		more, err := r.more()
		if err == nil && !more {
			continue
		}
		rec := &Record{Offset: r.member, Within: r.in.at()}
		if r.in == r.raw {
			rec.Offset, rec.Within = r.raw.at(), 0
		}
		if err == nil {
			err = r.record(rec)
		}
		if err != nil {
			return nil, r.fail(rec.Offset, rec.Within, err)
		}
		return rec, nil
	}
	return nil, r.end
}

// open begins the next member by its first bytes. At the end of the file it sets r.end.
func (r *Reader) open() error {
	head, err := r.raw.Peek(4)
	if len(head) == 0 {
		if r.raw.broken() == nil {
			r.end = io.EOF
			return io.EOF
		}
		return err
	}
	r.member = r.raw.at()
	switch {
	case bytes.HasPrefix(head, gzipped), len(head) == 1 && head[0] == gzipped[0]:
		if r.unzip == nil {
			r.unzip = new(gzip.Reader)
		}
		err = r.unzip.Reset(r.raw.Reader)
		r.unzip.Multistream(false)
		r.enter(r.unzip)
		if r.in.err = err; errors.Is(err, io.EOF) {
			r.in.err = io.ErrUnexpectedEOF // within the member's own header
		}
		return err
	case bytes.HasPrefix(head, zstandard), len(head) == 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:], []byte{0x2a, 0x4d, 0x18}):
		r.Close()
		if r.zstd, err = newZstd(r.raw.Reader); err != nil {
			return err
		}
		r.end = nil
		r.enter(r.zstd)
	default:
		r.in = r.raw
	}
	return nil
}

func (r *Reader) enter(in io.Reader) {
	if r.opened == nil {
		r.opened = newTape(in, longest)
	}
	r.opened.reset(in, 0)
	r.in = r.opened
}

// more passes over the blank lines between records and reports whether anything follows
// in the member. Where nothing does, the member is done.
func (r *Reader) more() (bool, error) {
	for {
		b, err := r.in.Peek(1)
		if len(b) == 0 {
			if r.in.err != io.EOF {
				return false, err
			}
			r.in = nil
			return false, nil
		}
		if b[0] != '\r' && b[0] != '\n' {
			return true, nil
		}
		r.in.Discard(1) // cannot fail: the byte was peeked
	}
}

// fail makes of what went wrong in the record at offset the error for the caller, and
// says how the reader goes on.
func (r *Reader) fail(offset, within int64, why error) error {
	in := r.in
	if broken := r.raw.broken(); broken != nil {
		r.end = fmt.Errorf("read the archive at byte %d: %w", r.raw.at(), broken)
		return r.end
	}
	if r.end != nil {
		return r.end
	}
	short := errors.Is(why, io.EOF) || errors.Is(why, io.ErrUnexpectedEOF)
	switch {
	case short && (in == nil || in == r.raw || in.err != io.EOF):
		if in == nil || in == r.raw || r.zstd != nil || !r.again(offset+1) || !r.seekMember() {
			r.end = io.EOF
			return &TruncatedError{offset}
		}
		r.in = nil // other members follow it
	case short:
		why = errors.New("the compressed member ends before the record does")
		r.in = nil
	case in != nil && in != r.raw && in.err != nil && in.err != io.EOF, in == r.raw && r.unzip != nil:
		r.in = nil // a damaged member, or what stands between members
		r.again(offset + 1)
		if !r.seekMember() {
			r.end = io.EOF
		}
	default:
		r.lost = true
	}
	return &BadRecordError{offset, within, why}
}

// record reads the record that begins here.
func (r *Reader) record(rec *Record) error {
	if err := r.header(rec); err != nil {
		return err
	}
	keep := min(rec.Size, max(r.Limit, 0))
	if r.Want != nil && !r.Want(rec) {
		keep = 0
	}
	var block bytes.Buffer // grows by what comes, not by what the header says
	if n, err := io.CopyN(&block, r.in, keep); err != nil {
		return fmt.Errorf("%d of %d bytes of the block: %w", n, rec.Size, err)
	}
	rec.Block = block.Bytes()
	if n, err := io.CopyN(io.Discard, r.in, rec.Size-keep); err != nil {
		return fmt.Errorf("%d of %d bytes of the block: %w", keep+n, rec.Size, err)
	}
	return r.tail(rec)
}

// tail reads the two line ends after a block, and the end of its member, which proves the
// member's checksum.
func (r *Reader) tail(rec *Record) error {
	if r.in == r.raw {
		b, _ := r.raw.Peek(4)
		n := 0
		for n < len(b) && (b[n] == '\r' || b[n] == '\n') {
			n++
		}
		r.raw.Discard(n)
		rec.Length = r.raw.at() - rec.Offset
		return nil
	}
	more, err := r.more()
	if err != nil {
		if rec.Within > 0 {
			return nil // the record is whole; the next call says what follows it
		}
		return err
	}
	if !more && rec.Within == 0 && r.zstd == nil {
		rec.Length = r.raw.at() - rec.Offset
	}
	return nil
}

// header reads the version line and the fields.
func (r *Reader) header(rec *Record) error {
	line, err := r.line()
	if err != nil {
		return err
	}
	if !begins(line) {
		return fmt.Errorf("it begins with %.40q and not with WARC/", line)
	}
	rec.Version = string(line[len("WARC/"):])
	for n := 0; ; n++ {
		line, err := r.line()
		switch {
		case err != nil:
			return err
		case len(line) == 0:
			return rec.settle()
		case n == most:
			return fmt.Errorf("the header has more than %d lines", most)
		}
		var ok bool
		if rec.Header, ok = rec.Header.add(line); !ok {
			return fmt.Errorf("the header holds %.40q, which is no field", line)
		}
	}
}

// settle takes from the fields what the record is.
func (rec *Record) settle() error {
	h := rec.Header
	size, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 {
		return fmt.Errorf("Content-Length is %.40q", h.Get("Content-Length"))
	}
	rec.Size = size
	rec.Type, rec.ID, rec.ContentType = strings.ToLower(h.Get("WARC-Type")), h.Get("WARC-Record-ID"), h.Get("Content-Type")
	rec.Date = parseDate(h.Get("WARC-Date"))
	rec.TargetURI = h.Get("WARC-Target-URI")
	if uri, ok := strings.CutPrefix(rec.TargetURI, "<"); ok { // as the examples of version 1.0 have it
		rec.TargetURI = strings.TrimSuffix(uri, ">")
	}
	return nil
}

// begins reports whether a line is the first of a record.
func begins(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("WARC/"))
	major, minor, dot := bytes.Cut(bytes.TrimSpace(rest), []byte("."))
	return ok && dot && len(major) == 1 && (major[0] == '0' || major[0] == '1') && len(minor) > 0 && len(minor) <= 2 && minor[0] >= '0' && minor[0] <= '9'
}

// line reads a line without its end, valid until the next read.
func (r *Reader) line() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if err == nil {
		return bytes.TrimRight(line, "\r\n"), nil
	}
	if len(line) >= r.in.Size() {
		return nil, fmt.Errorf("the header has a line of more than %d bytes", len(line))
	}
	return nil, err
}
