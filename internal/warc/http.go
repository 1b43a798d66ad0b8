package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// What Message cannot give.
var (
	ErrNotHTTP  = errors.New("the record holds no HTTP response")
	ErrTooLarge = errors.New("the body is larger than allowed when decoded")
	ErrEncoding = errors.New("the body is in a content encoding that is not read")
)

// Message is an HTTP response as a reader of pages wants it.
type Message struct {
	Status int
	Reason string
	Header Header
	Body   []byte // without transfer and content encodings
	Doubt  string // where the body is not what the header says of it

	chunked []byte // the body without its chunks where it had them
}

// Message parses the HTTP response of a record, as Decode does.
func (r *Record) Message(limit int64) (Message, error) {
	if r.Type != Response && r.Type != Revisit || !r.http() {
		return Message{}, ErrNotHTTP
	}
	head, body := part(r.Block)
	return Decode(head, body, limit)
}

// Decode parses the head of an HTTP response and takes the encodings off its body, up to
// limit bytes (ErrTooLarge past it). A body that is not encoded as its head says is given
// as it stands, with a doubt: archives hold many that a tool decoded without saying so.
func Decode(head, body []byte, limit int64) (Message, error) {
	m, err := parseHead(head)
	if err != nil {
		return m, err
	}
	m.Body = body
	if strings.Contains(strings.ToLower(m.Header.Get("Transfer-Encoding")), "chunked") {
		m.dechunk(limit)
	}
	if err := m.decode(limit); err != nil {
		return m, err
	}
	if int64(len(m.Body)) > limit {
		return m, ErrTooLarge
	}
	return m, nil
}

func parseHead(head []byte) (m Message, err error) {
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	fields := strings.SplitN(strings.TrimSpace(string(first)), " ", 3)
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return m, fmt.Errorf("%w: it begins with %.40q", ErrNotHTTP, first)
	}
	if m.Status, err = strconv.Atoi(fields[1]); err != nil || m.Status < 100 || m.Status > 999 {
		return m, fmt.Errorf("%w: the status is %.20q", ErrNotHTTP, fields[1])
	}
	if len(fields) == 3 {
		m.Reason = fields[2]
	}
	for line := range bytes.Lines(rest) {
		if line = bytes.TrimRight(line, "\r\n"); len(line) > 0 && len(m.Header) < most {
			m.Header, _ = m.Header.add(line) // servers send lines that are no fields: passed over
		}
	}
	return m, nil
}

// dechunk takes the chunks off the body. Of a body that breaks off within a chunk it
// keeps what came; one that is not chunked stays.
func (m *Message) dechunk(limit int64) {
	out, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(m.Body)), limit+1))
	switch {
	case err != nil && len(out) == 0:
		m.Doubt = "said to be chunked, and is not"
		return
	case err != nil:
		m.Doubt = "breaks off within a chunk"
	}
	m.Body, m.chunked = out, out
}

// decode takes the content encodings off the body, the last first.
func (m *Message) decode(limit int64) error {
	names := strings.Split(strings.ToLower(m.Header.Get("Content-Encoding")), ",")
	if len(names) > 3 {
		return fmt.Errorf("%w: %d of them", ErrEncoding, len(names))
	}
	for i := len(names) - 1; i >= 0; i-- {
		name := strings.TrimSpace(names[i])
		if name == "" || name == "identity" || len(m.Body) == 0 {
			continue
		}
		in, err := decoder(name, m.Body)
		if err != nil {
			return err
		}
		if in == nil {
			m.Doubt = "said to be in " + name + ", and is not"
			continue
		}
		out, err := io.ReadAll(io.LimitReader(in, limit+1))
		in.Close()
		switch {
		case int64(len(out)) > limit:
			return ErrTooLarge
		case err != nil && len(out) == 0:
			m.Doubt = "said to be in " + name + ", and is damaged"
			continue
		case err != nil:
			m.Doubt = "breaks off: " + err.Error()
		}
		m.Body = out
	}
	return nil
}

// decoder gives what decodes b; nil where b is not in that encoding.
func decoder(name string, b []byte) (io.ReadCloser, error) {
	in := bytes.NewReader(b)
	switch name {
	case "gzip", "x-gzip":
		if z, err := gzip.NewReader(in); err == nil {
			return z, nil
		}
		return nil, nil
	case "deflate":
		if z, err := zlib.NewReader(in); err == nil {
			return z, nil
		}
		return flate.NewReader(bytes.NewReader(b)), nil // some servers send it bare
	case "zstd":
		if !bytes.HasPrefix(b, zstandard) {
			return nil, nil
		}
		z, err := newZstd(in)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
		}
		return z.IOReadCloser(), nil
	case "br":
		return io.NopCloser(brotli.NewReader(in)), nil
	}
	return nil, fmt.Errorf("%w: %.20q", ErrEncoding, name)
}

// newZstd makes a decoder that takes no more than eight mebibytes of window.
func newZstd(in io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
}
