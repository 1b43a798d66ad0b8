package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad/internal/warc"
)

// Digest is the digest of a capture's body, as pointers give it.
func Digest(body []byte) string {
	s := sha256.Sum256(body)
	return "sha256:" + hex.EncodeToString(s[:])
}

// Read gives a capture back. It fails where the bytes are not those that were kept.
func (f *Folder) Read(p Pointer) (Capture, error) {
	if parse(p.File).serial == 0 {
		return Capture{}, fmt.Errorf("%q is no file of evidence", p.File)
	}
	in, err := os.Open(filepath.Join(f.dir, p.File))
	if errors.Is(err, fs.ErrNotExist) {
		return Capture{}, fmt.Errorf("the evidence file %s is missing from %s: %w", p.File, f.dir, err)
	}
	if err != nil {
		return Capture{}, fmt.Errorf("open the evidence: %w", err)
	}
	defer in.Close()
	r, err := warc.ReadAt(in, p.Offset)
	if err == nil {
		err = verify(r, p)
	}
	if err != nil {
		return Capture{}, fmt.Errorf("evidence file %s, byte %d: %w", p.File, p.Offset, err)
	}
	return capture(r), nil
}

// verify compares a record with what it should be.
func verify(r *warc.Record, p Pointer) error {
	switch {
	case r.Type != warc.Response && r.Type != warc.Resource:
		return fmt.Errorf("a %s stands there, and no capture", r.Type)
	case p.Length > 0 && r.Length != p.Length:
		return fmt.Errorf("the record takes %d bytes, and should take %d", r.Length, p.Length)
	case p.Digest != "" && !warc.Matches(p.Digest, r.Payload()):
		return &warc.DigestError{Name: "the digest in the library", Want: p.Digest, Got: Digest(r.Payload())}
	}
	return r.Verify()
}

// capture makes a capture of a record.
func capture(r *warc.Record) Capture {
	c := Capture{
		Kind: Kind(r.Type), URL: r.TargetURI, Fetched: r.Date, IP: r.Header.Get("WARC-IP-Address"), Source: r.Header.Get(sourceField),
		Head: r.Head(), Body: r.Payload(), ContentType: r.ContentType,
	}
	if c.Kind == Response {
		c.ContentType = ""
	}
	return c
}

// Problem is something in the evidence that is not as it was written.
type Problem struct {
	File   string
	Offset int64
	What   error
}

func (p Problem) String() string {
	return fmt.Sprintf("evidence file %s, byte %d: %v", p.File, p.Offset, p.What)
}

// Sum is what a check went through.
type Sum struct {
	Files, Records, Captures int
	Bytes                    int64
}

// Check reads every record of every file, compares it with its digests and tells every
// problem found. Writing goes on meanwhile. The error is of the folder itself or of ctx.
func (f *Folder) Check(ctx context.Context, problem func(Problem)) (Sum, error) {
	files, err := f.files()
	if err != nil {
		return Sum{}, err
	}
	to, err := f.extents(files)
	if err != nil {
		return Sum{}, err
	}
	var sum Sum
	for _, n := range files {
		if err := f.checkFile(ctx, n.file, to[n.file], &sum, problem); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (f *Folder) checkFile(ctx context.Context, name string, size int64, sum *Sum, problem func(Problem)) error {
	in, err := os.Open(filepath.Join(f.dir, name))
	if err != nil {
		problem(Problem{name, 0, err})
		return nil
	}
	defer in.Close()
	sum.Files++
	r := warc.NewReaderAt(io.NewSectionReader(in, 0, size), 0)
	defer r.Close()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			problem(Problem{name, offsetOf(err), err})
			continue
		}
		sum.Records++
		sum.Bytes += rec.Length
		if rec.Type == warc.Response || rec.Type == warc.Resource {
			sum.Captures++
		}
		if err := rec.Verify(); err != nil {
			problem(Problem{name, rec.Offset, err})
		} else if rec.Length == 0 || rec.Header.Get("WARC-Block-Digest") == "" {
			problem(Problem{name, rec.Offset, errors.New("the record is not in a member of its own or has no digest: it was not written by this program")})
		}
	}
}

func offsetOf(err error) int64 {
	var bad *warc.BadRecordError
	var cut *warc.TruncatedError
	switch {
	case errors.As(err, &bad):
		return bad.Offset
	case errors.As(err, &cut):
		return cut.Offset
	}
	return 0
}
