// Package warc reads and writes web archives: WARC 1.0 and 1.1 (ISO 28500). It knows
// records, their envelopes (plain, gzip, zstd) and the HTTP messages in them; not what a
// page says, nor where files lie.
package warc

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// Limit is how many bytes of a block a Reader keeps unless told otherwise.
const Limit = 64 << 20

// The types of records.
const (
	Info     = "warcinfo"
	Request  = "request"
	Response = "response"
	Resource = "resource"
	Metadata = "metadata"
	Revisit  = "revisit"
)

// Record is one record of an archive.
type Record struct {
	// Offset is the byte of the file at which the record begins, or the compressed member
	// that holds it. Within is where in that member, uncompressed: 0 where each record is
	// a member of its own.
	Offset, Within int64
	// Length is how many bytes of the file the record takes; 0 where it shares a member
	// with others.
	Length int64

	Version     string // "1.1"
	Type        string // "response"
	ID          string // "<urn:uuid:…>"
	Date        time.Time
	TargetURI   string
	ContentType string
	Header      Header // all fields as they stood, those above included

	Size  int64  // bytes of the block as the header gives them
	Block []byte // the block, or as much of it as the reader's limit allows
}

// Cut reports whether the block is longer than what was kept of it.
func (r *Record) Cut() bool { return int64(len(r.Block)) < r.Size }

// Payload is the block without the head of its HTTP message; the block itself where it
// is none.
func (r *Record) Payload() []byte {
	if !r.http() {
		return r.Block
	}
	_, body := part(r.Block)
	return body
}

// Head is the head of the HTTP message with the blank line that ends it, or nil.
func (r *Record) Head() []byte {
	if !r.http() {
		return nil
	}
	head, _ := part(r.Block)
	return head
}

func (r *Record) http() bool {
	switch r.Type {
	case Request, Response, Revisit:
		scheme, _, _ := strings.Cut(strings.ToLower(r.TargetURI), ":")
		return strings.HasPrefix(strings.ToLower(r.ContentType), "application/http") ||
			r.ContentType == "" && (scheme == "http" || scheme == "https")
	}
	return false
}

// part cuts an HTTP message after the blank line that ends its head.
func part(b []byte) (head, body []byte) {
	for at := 0; at < len(b); {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			break
		}
		line := b[at : at+n]
		at += n + 1
		if len(line) == 0 || len(line) == 1 && line[0] == '\r' {
			return b[:at], b[at:]
		}
	}
	return b, nil
}

// TruncatedError says that the file ends within a record. The records before it stand.
type TruncatedError struct {
	Offset int64 // where the record that is not whole begins
}

func (e *TruncatedError) Error() string {
	return fmt.Sprintf("the file ends within the record at byte %d: what stands before it was read", e.Offset)
}

// BadRecordError says that what stands at Offset is no record or a damaged one. The
// Reader goes on with the next record that it finds.
type BadRecordError struct {
	Offset, Within int64
	Why            error
}

func (e *BadRecordError) Error() string {
	return fmt.Sprintf("the record at byte %d is damaged: %v", e.Offset, e.Why)
}

// Unwrap gives what is wrong with it.
func (e *BadRecordError) Unwrap() error { return e.Why }
