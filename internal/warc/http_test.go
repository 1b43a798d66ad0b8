package warc

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
)

func response(head, body string) *Record {
	b := []byte(strings.ReplaceAll(head, "\n", "\r\n") + "\r\n\r\n" + body)
	return &Record{Type: Response, ContentType: "application/http; msgtype=response", Block: b, Size: int64(len(b))}
}

func brotlied(s string) string {
	var b bytes.Buffer
	z := brotli.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

func TestMessage(t *testing.T) {
	const page = "<p>افتتح الوزير الجسر.</p>"
	gz := string(pack(t, []byte(page), "gzip"))
	var bare bytes.Buffer
	z, _ := flate.NewWriter(&bare, 5)
	z.Write([]byte(page))
	z.Close()
	for name, c := range map[string]struct {
		head, body, want, doubt string
		err                     error
	}{
		"plain":               {"HTTP/1.1 200 OK\nContent-Type: text/html", page, page, "", nil},
		"no reason":           {"HTTP/2 200\nA: b", page, page, "", nil},
		"chunked":             {"HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde", "", nil},
		"chunked, broken off": {"HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "3\r\nabc\r\n20\r\nde", "abcde", "breaks off within a chunk", nil},
		"not chunked":         {"HTTP/1.1 200 OK\nTransfer-Encoding: chunked", page, page, "said to be chunked, and is not", nil},
		"gzip":                {"HTTP/1.1 200 OK\nContent-Encoding: gzip", gz, page, "", nil},
		"not gzip":            {"HTTP/1.1 200 OK\nContent-Encoding: gzip", page, page, "said to be in gzip, and is not", nil},
		"bare deflate":        {"HTTP/1.1 200 OK\nContent-Encoding: deflate", bare.String(), page, "", nil},
		"zstd":                {"HTTP/1.1 200 OK\nContent-Encoding: zstd", string(pack(t, []byte(page), "zstd")), page, "", nil},
		"brotli":              {"HTTP/1.1 200 OK\nContent-Encoding: br", brotlied(page), page, "", nil},
		"not brotli":          {"HTTP/1.1 200 OK\nContent-Encoding: br", page, page, "said to be in br, and is damaged", nil},
		"unknown":             {"HTTP/1.1 200 OK\nContent-Encoding: lzma", "xx", "", "", ErrEncoding},
		"bomb":                {"HTTP/1.1 200 OK\nContent-Encoding: gzip", string(pack(t, make([]byte, 1<<22), "gzip")), "", "", ErrTooLarge},
		"no HTTP":             {"SIP/1.1 200 OK", page, "", "", ErrNotHTTP},
		"no status":           {"HTTP/1.1 x OK", page, "", "", ErrNotHTTP},
	} {
		m, err := response(c.head, c.body).Message(1 << 20)
		if !errors.Is(err, c.err) || err == nil && (string(m.Body) != c.want || m.Doubt != c.doubt) {
			t.Errorf("%s: %q, %q, %v", name, m.Body, m.Doubt, err)
		}
	}
	if _, err := (&Record{Type: Metadata}).Message(10); !errors.Is(err, ErrNotHTTP) {
		t.Error(err)
	}
}

// TestChunkedDigest takes a payload digest made with the chunks or without.
func TestChunkedDigest(t *testing.T) {
	r := response("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")
	for payload, ok := range map[string]bool{"abc": true, "3\r\nabc\r\n0\r\n\r\n": true, "abd": false} {
		r.Header = Header{{"WARC-Payload-Digest", Digest("sha1", []byte(payload))}}
		if err := r.Verify(); (err == nil) != ok {
			t.Errorf("%q: %v", payload, err)
		}
	}
}

func FuzzMessage(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip, br\r\n\r\n3\r\nabc\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := &Record{Type: Response, ContentType: "application/http", Block: b, Size: int64(len(b))}
		if m, err := r.Message(1 << 12); err == nil && len(m.Body) > 1<<12 {
			t.Errorf("%d bytes of body", len(m.Body))
		}
	})
}
