package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func gz(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUnpack(t *testing.T) {
	text := []byte(strings.Repeat("خبر من الميناء. ", 50))
	zeros := make([]byte, 8<<20)
	l := limits{wire: 1 << 20, body: 16 << 20}
	for _, c := range []struct {
		name, coding string
		wire, body   []byte
		err          error
	}{
		{"plain", "", text, text, nil},
		{"identity", "Identity", text, text, nil},
		{"gzip", "GZIP", gz(t, text), text, nil},
		{"twice", "gzip, gzip", gz(t, gz(t, text)), text, nil},
		{"empty", "gzip", nil, nil, nil},
		{"padded", "x-gzip", append(gz(t, text), make([]byte, 64)...), text, nil},
		{"in two members", "gzip", append(gz(t, text[:40]), gz(t, text[40:])...), text, nil},
		{"many times", "gzip, gzip, gzip, gzip", gz(t, text), nil, errEncoding},
		{"unknown", "zstd", text, nil, errEncoding},
		{"damaged brotli", "br", bytes.Repeat([]byte{0xff}, 100), nil, errEncoding},
		{"bomb", "gzip", gz(t, zeros), nil, errBomb},
		{"bomb in a bomb", "gzip, gzip", gz(t, gz(t, zeros)), nil, errBomb},
		{"small and dense", "gzip", gz(t, zeros[:1<<20]), zeros[:1<<20], nil},
	} {
		body, err := unpack(c.wire, http.Header{"Content-Encoding": {c.coding}}, l)
		if !errors.Is(err, c.err) || !bytes.Equal(body, c.body) {
			t.Errorf("%s: %d bytes, %v; want %d, %v", c.name, len(body), err, len(c.body), c.err)
		}
	}
	many := bytes.Repeat(text, 1+(1<<20)/len(text))
	if _, err := unpack(gz(t, many), http.Header{"Content-Encoding": {"gzip"}}, limits{wire: 1 << 20, body: 1000}); !errors.Is(err, errLarge) {
		t.Errorf("over the limit: %v", err)
	}
	cut, err := unpack(gz(t, text)[:40], http.Header{"Content-Encoding": {"gzip"}}, limits{wire: 40, body: 1000, cut: true})
	if err != nil || !bytes.HasPrefix(text, cut) {
		t.Errorf("cut: %q, %v", cut, err)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(gz(f, []byte("خبر")), "gzip")
	f.Add([]byte{0x1f, 0x8b, 8}, "gzip, br")
	f.Add([]byte{0x78, 0x9c, 0}, "deflate")
	f.Add([]byte{0x0b, 0x02, 0x80, 'a', 'b', 'c', 3}, "br")
	l := limits{wire: 1 << 16, body: 1 << 18}
	f.Fuzz(func(t *testing.T, wire []byte, coding string) {
		body, err := unpack(wire, http.Header{"Content-Encoding": {coding}}, l)
		if err == nil && len(body) > max(int(l.body), len(wire)) {
			t.Errorf("%d bytes became %d", len(wire), len(body))
		}
	})
}

func TestCapture(t *testing.T) {
	for _, c := range []struct{ name, wire, head string }{
		{"plain", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n"},
		{"bare line ends", "HTTP/1.0 200 OK\nA: b\n\nbody", "HTTP/1.0 200 OK\nA: b\n\n"},
		{"after hints", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\nx", "HTTP/1.1 404 Not Found\r\n\r\n"},
		{"no header", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"},
	} {
		for step := 1; step <= len(c.wire); step++ {
			var h capture
			for i := 0; i < len(c.wire); i += step {
				h.read([]byte(c.wire[i:min(i+step, len(c.wire))]))
			}
			if !h.whole || string(h.response) != c.head {
				t.Errorf("%s in pieces of %d: %q", c.name, step, h.response)
			}
		}
	}
	var h capture
	for range 10 * maxHead / 1000 {
		h.read(bytes.Repeat([]byte("x"), 1000))
	}
	if h.whole || len(h.response) > 3*maxHead {
		t.Errorf("a head without end took %d bytes", len(h.response))
	}
}

func TestBlock(t *testing.T) {
	r := &Response{Head: []byte("HTTP/1.1 200 OK\r\ntransfer-Encoding: chunked\r\nA: Transfer-Encoding: x\r\n\r\n"), Wire: []byte("خبر")}
	if got, want := string(r.Block()), "HTTP/1.1 200 OK\r\nX-Original-Transfer-Encoding: chunked\r\nA: Transfer-Encoding: x\r\n\r\nخبر"; got != want {
		t.Errorf("%q", got)
	}
}
