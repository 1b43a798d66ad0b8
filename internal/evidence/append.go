package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/isnad-project/isnad/internal/warc"
)

// Kind says what a capture is of.
type Kind string

// The kinds of captures.
const (
	Response Kind = warc.Response // what a site answered
	Resource Kind = warc.Resource // bytes of a file, or of a line of one
)

// Capture is something that came in, as it came.
type Capture struct {
	Kind        Kind
	URL         string
	Fetched     time.Time
	IP          string // of the site, where known
	Source      string // the feed, outlet or file that led to it
	RequestHead []byte // kept where given; Read does not give it back
	Head        []byte // of the response: status line, header, blank line; Transfer-Encoding is renamed
	Body        []byte // as transferred: content encodings on, chunks joined
	ContentType string // of a resource
}

// Message gives the response with the encodings taken off its body, up to limit bytes;
// of a resource, the body.
func (c *Capture) Message(limit int64) (warc.Message, error) {
	if c.Kind == Response {
		return warc.Decode(c.Head, c.Body, limit)
	}
	m := warc.Message{Body: c.Body}
	if int64(len(c.Body)) > limit {
		return m, warc.ErrTooLarge
	}
	return m, nil
}

// Pointer says where a capture is kept.
type Pointer struct {
	File   string // without folder
	Offset int64  // of its record, in bytes
	Length int64  // of its record, in bytes
	Digest string // of its body: "sha256:" and hexadecimal
}

// Append writes a capture at the end of the evidence. It is there after a crash once
// Sync has returned. After an error nothing of the capture is there, and everything
// before it is as it was.
func (f *Folder) Append(c Capture) (Pointer, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.o.ReadOnly || f.closed {
		return Pointer{}, ErrReadOnly
	}
	length, err := f.pack(c)
	if err != nil {
		return Pointer{}, fmt.Errorf("keep %s: %w", c.URL, err)
	}
	if err := f.room(int64(f.batch.Len()), c.Fetched); err != nil {
		return Pointer{}, fmt.Errorf("keep %s: %w", c.URL, err)
	}
	p := Pointer{f.name, f.size, length, Digest(c.Body)}
	if err := f.write(f.batch.Bytes()); err != nil {
		return Pointer{}, fmt.Errorf("keep %s in %s: %w", c.URL, p.File, err)
	}
	return p, nil
}

// pack makes the records of a capture in the buffer and gives the length of the first.
func (f *Folder) pack(c Capture) (int64, error) {
	if f.batch.Reset(); f.batch.Cap() > spare {
		f.batch = bytes.Buffer{}
	}
	if len(c.Head)+len(c.Body) > warc.Limit {
		return 0, fmt.Errorf("it has %d bytes: more than %d MiB are not kept", len(c.Head)+len(c.Body), warc.Limit>>20)
	}
	r := &warc.Record{Type: string(c.Kind), ID: warc.NewID(), Date: c.Fetched, TargetURI: oneLine(c.URL), ContentType: oneLine(c.ContentType), Block: c.Body}
	switch {
	case c.Kind == Response:
		r.ContentType = "application/http;msgtype=response"
		r.Block = block(c.Head, c.Body)
		if !bytes.HasPrefix(c.Head, []byte("HTTP/")) || !bytes.HasSuffix(c.Head, []byte("\n\n")) && !bytes.HasSuffix(c.Head, []byte("\n\r\n")) || len(r.Payload()) != len(c.Body) {
			return 0, errors.New("the head of the response has no status line, or does not end with its only blank line")
		}
	case c.Kind != Resource:
		return 0, fmt.Errorf("%q is no kind of capture", c.Kind)
	}
	r.Header = warc.Header{{Name: "WARC-IP-Address", Value: oneLine(c.IP)}, {Name: sourceField, Value: oneLine(c.Source)}}
	if err := f.packer.Append(r); err != nil || len(c.RequestHead) == 0 {
		return r.Length, err
	}
	return r.Length, f.packer.Append(&warc.Record{
		Type: warc.Request, Date: c.Fetched, TargetURI: r.TargetURI, ContentType: "application/http;msgtype=request", Block: c.RequestHead,
		Header: warc.Header{{Name: "WARC-Concurrent-To", Value: r.ID}},
	})
}

// spare is how much memory is held from one capture to the next.
const spare = 8 << 20

// block is an HTTP message as any reader of archives takes it: as the chunks of the body
// are joined, the line that speaks of them has another name.
func block(head, body []byte) []byte {
	const name, renamed = "transfer-encoding:", "X-Original-Transfer-Encoding:"
	b := make([]byte, 0, len(head)+len(body)+len(renamed))
	for line := range bytes.Lines(head) {
		if len(line) > len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
			b, line = append(b, renamed...), line[len(name):]
		}
		b = append(b, line...)
	}
	return append(b, body...)
}

// sourceField is our own field of a record, as the standard allows.
const sourceField = "Isnad-Source"

// oneLine makes one line of a value for a record's header.
func oneLine(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, s)
}

// room sees to a file that has room for n bytes more.
func (f *Folder) room(n int64, at time.Time) error {
	if f.file != nil && f.size > 0 && f.size+n > f.o.MaxFile {
		if err := f.finish(); err != nil {
			return err
		}
	}
	if f.file != nil && f.size > 0 {
		return nil
	}
	return f.begin(at)
}

// begin begins a file with the record that says what it is.
func (f *Folder) begin(at time.Time) error {
	if f.file == nil {
		name := fileName(at, f.serial+1, f.host, f.writer)
		created, err := f.create(name)
		if err != nil {
			return fmt.Errorf("begin the evidence file %s: %w", name, explain(err))
		}
		f.file, f.name, f.size, f.synced = created, name, 0, 0
		f.serial++
	}
	info := &warc.Record{
		Type: warc.Info, Date: at, ContentType: "application/warc-fields", Header: warc.Header{{Name: "WARC-Filename", Value: f.name}},
		Block: []byte("software: " + oneLine(f.o.Software) + "\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"),
	}
	var head bytes.Buffer
	err := warc.NewWriter(&head, 0).Append(info)
	if err == nil {
		err = f.write(head.Bytes())
	}
	if err != nil {
		return fmt.Errorf("begin the evidence file %s: %w", f.name, err)
	}
	return nil
}

// createFile makes a file that was not there, and makes its name durable.
func (f *Folder) createFile(name string) (file, error) {
	made, err := os.OpenFile(filepath.Join(f.dir, name), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	if d, err := os.Open(f.dir); err == nil {
		d.Sync() // not every system can: then the file's own Sync must do
		d.Close()
	}
	return made, nil
}

// write writes b after the last record. Where that fails it cuts the file back.
func (f *Folder) write(b []byte) error {
	_, err := f.file.WriteAt(b, f.size)
	if err == nil {
		f.size += int64(len(b))
		return nil
	}
	if back := f.file.Truncate(f.size); back != nil {
		err = errors.Join(err, back)
		// The next capture goes to a new file: behind half a record nothing is written.
		if f.sync(); f.file != nil {
			err = errors.Join(err, f.abandon())
		}
	}
	return explain(err)
}

// Sync makes durable everything that Append wrote. After an error the pointers given
// since the last Sync are void, and what they point to may be gone.
func (f *Folder) Sync() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.o.ReadOnly || f.closed {
		return nil
	}
	f.sync()
	err := f.failed
	f.failed = nil
	return err
}

func (f *Folder) sync() {
	if f.file == nil || f.synced == f.size {
		return
	}
	err := f.file.Sync()
	if err == nil {
		f.synced = f.size
		return
	}
	// What the system did with the bytes is not known, nor would a second Sync tell.
	f.failed = fmt.Errorf("make the evidence file %s durable: %w", f.name, explain(err))
	if err := f.file.Truncate(f.synced); err != nil {
		f.failed = errors.Join(f.failed, err)
	}
	f.failed = errors.Join(f.failed, f.abandon())
}

// finish ends the file under way.
func (f *Folder) finish() error {
	f.sync()
	if f.failed != nil || f.file == nil {
		return f.failed
	}
	return f.abandon()
}

// abandon closes the file under way; the next capture begins another.
func (f *Folder) abandon() error {
	err := f.file.Close()
	f.file, f.size, f.synced = nil, 0, 0
	return err
}

// explain says of an error of the disk what to do about it.
func explain(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("the disk is full (what was kept before stands; free some space and run again): %w", err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, os.ErrPermission):
		return fmt.Errorf("it may not be written to (what was kept before stands; give the right to write, or choose another folder): %w", err)
	}
	return err
}
