package warc

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Writer writes records of version 1.1, each as a gzip member of its own. The same
// records with the same IDs and dates give the same bytes.
type Writer struct {
	// Plain writes the records as they are, without gzip.
	Plain bool
	// Algorithm is that of the digests: sha256 unless given.
	Algorithm string

	w      io.Writer
	at     int64
	zip    *gzip.Writer
	record bytes.Buffer
}

// NewWriter makes a writer of records that begin at byte at of the file.
func NewWriter(w io.Writer, at int64) *Writer {
	return &Writer{w: w, at: at, Algorithm: "sha256"}
}

// Append writes one record in one call of Write: its Type, Date, TargetURI, ContentType
// and Block, the fields of its Header that the writer does not make itself, and its ID,
// which is a random one where empty. It fills in Offset, Length, ID, Size and the whole
// Header. After an error of the underlying writer the archive may hold a part of the
// record: whoever owns the file cuts it back.
func (w *Writer) Append(r *Record) error {
	if err := w.complete(r); err != nil {
		return err
	}
	if w.record.Reset(); w.record.Cap() > spare {
		w.record = bytes.Buffer{}
	}
	if err := w.envelope(r); err != nil {
		return err
	}
	n, err := w.w.Write(w.record.Bytes())
	r.Offset, r.Within, r.Length = w.at, 0, int64(w.record.Len())
	w.at += int64(n)
	if err == nil && n < w.record.Len() {
		err = io.ErrShortWrite
	}
	return err
}

// spare is how much memory is held from one record to the next.
const spare = 8 << 20

// complete makes the whole header of a record.
func (w *Writer) complete(r *Record) error {
	if r.Type == "" || r.Date.IsZero() {
		return errors.New("write a record: it has no type or no date")
	}
	if r.ID == "" {
		r.ID = NewID()
	}
	r.Version, r.Size = "1.1", int64(len(r.Block))
	own := Header{
		{"WARC-Type", r.Type}, {"WARC-Record-ID", r.ID}, {"WARC-Date", formatDate(r.Date)},
		{"WARC-Target-URI", r.TargetURI}, {"Content-Type", r.ContentType},
		{"WARC-Block-Digest", Digest(w.Algorithm, r.Block)},
		{"WARC-Payload-Digest", w.payload(r)},
	}
	for _, f := range r.Header {
		if !own.Has(f.Name) && !strings.EqualFold(f.Name, "Content-Length") {
			own = append(own, f)
		}
	}
	r.Header = append(own, Field{"Content-Length", strconv.Itoa(len(r.Block))})
	for _, f := range r.Header {
		if strings.ContainsAny(f.Name, "\r\n: ") || strings.ContainsAny(f.Value, "\r\n\x00") {
			return fmt.Errorf("write a record: the field %.40q holds a line end", f.Name)
		}
	}
	return nil
}

// payload is the digest of what the block carries. That of a revisit is of what is not in
// it, so it is as given.
func (w *Writer) payload(r *Record) string {
	switch r.Type {
	case Revisit:
		return r.Header.Get("WARC-Payload-Digest")
	case Response, Resource, Request:
		return Digest(w.Algorithm, r.Payload())
	}
	return ""
}

func (w *Writer) envelope(r *Record) error {
	var out io.Writer = &w.record
	if !w.Plain {
		if w.zip == nil {
			w.zip = gzip.NewWriter(out)
		}
		w.zip.Reset(out)
		out = w.zip
	}
	var head strings.Builder
	head.WriteString("WARC/1.1\r\n")
	for _, f := range r.Header {
		if f.Value != "" {
			head.WriteString(f.Name + ": " + f.Value + "\r\n")
		}
	}
	head.WriteString("\r\n")
	for _, part := range [][]byte{[]byte(head.String()), r.Block, []byte("\r\n\r\n")} {
		if _, err := out.Write(part); err != nil {
			return fmt.Errorf("compress a record: %w", err)
		}
	}
	if w.Plain {
		return nil
	}
	return w.zip.Close()
}

// NewID makes the ID of a record, a random UUID (RFC 9562, version 4).
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // cannot fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
