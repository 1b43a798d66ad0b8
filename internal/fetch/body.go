package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

// A body that unpacks to more than bombRatio times its size is a bomb once it is larger
// than bombSize: real pages stay under 30, and small ones may be anything.
const (
	bombRatio = 100
	bombSize  = 1 << 20
)

// limits bound a body, in bytes: as transferred, and unpacked. With cut a body that is
// larger is cut there and no error.
type limits struct {
	wire, body int64
	cut        bool
}

// What can be wrong with a body; outcome gives each its Kind.
var (
	errLarge     = errors.New("body over the limit")
	errBomb      = errors.New("body unpacks to far more than it is")
	errTruncated = errors.New("body ended before its declared end")
	errEncoding  = errors.New("content encoding")
	errSlow      = errors.New("the answer was not complete in time")
	errIdle      = errors.New("the site stopped sending")
)

// readWire reads a body as it is transferred. The timer is set back at every piece.
func readWire(res *http.Response, l limits, idle *time.Timer, wait time.Duration) ([]byte, error) {
	if res.ContentLength > l.wire && !l.cut {
		return nil, fmt.Errorf("%w: %d bytes are declared, %d are taken", errLarge, res.ContentLength, l.wire)
	}
	wire, err := io.ReadAll(io.LimitReader(&watched{res.Body, idle, wait}, l.wire+1))
	if int64(len(wire)) > l.wire {
		if !l.cut {
			return nil, fmt.Errorf("%w: more than %d bytes", errLarge, l.wire)
		}
		return wire[:l.wire], nil
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%w: %d bytes came", errTruncated, len(wire))
	}
	return wire, err
}

// watched is a body whose every piece sets a timer back.
type watched struct {
	io.Reader
	timer *time.Timer
	wait  time.Duration
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.timer.Reset(w.wait)
	return n, err
}

// unpack takes the content encodings of a body off, the last applied first.
func unpack(wire []byte, header http.Header, l limits) ([]byte, error) {
	var names []string
	for _, v := range header.Values("Content-Encoding") {
		for name := range strings.SplitSeq(v, ",") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && name != "identity" && name != "none" {
				names = append(names, name)
			}
		}
	}
	if len(names) > 3 {
		return nil, fmt.Errorf("%w: %d of them", errEncoding, len(names))
	}
	body := wire
	for _, name := range slices.Backward(names) {
		if len(body) == 0 {
			return body, nil
		}
		var err error
		if body, err = unpackOne(body, name, l); err != nil {
			return nil, err
		}
	}
	if len(names) > 1 && tooDense(len(body), len(wire)) {
		return nil, errBomb
	}
	return body, nil
}

func tooDense(unpacked, packed int) bool {
	return unpacked > bombSize && unpacked/bombRatio > packed
}

// unpackOne takes one encoding off. A body that is said to be gzip and does not begin
// like it is taken as it is: such servers are common, and no gzip begins otherwise.
func unpackOne(packed []byte, name string, l limits) ([]byte, error) {
	if (name == "gzip" || name == "x-gzip") && !bytes.HasPrefix(packed, []byte{0x1f, 0x8b}) {
		return packed, nil
	}
	r, err := unpacker(packed, name)
	if err != nil {
		return nil, fmt.Errorf("%w %s: %w", errEncoding, name, err)
	}
	most := min(l.body, max(int64(len(packed))*bombRatio, bombSize))
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	over := int64(len(body)) > most
	switch {
	case l.cut && len(body) > 0:
		return body[:min(int64(len(body)), most)], nil
	case over && most < l.body:
		return nil, fmt.Errorf("%w: %d bytes to more than %d", errBomb, len(packed), most)
	case over:
		return nil, fmt.Errorf("%w: more than %d bytes unpacked", errLarge, most)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: the %s stream is cut", errTruncated, name)
	case err != nil && len(body) > 0 && errors.Is(err, gzip.ErrHeader):
		return body, nil // what follows a whole gzip stream is padding
	case err != nil:
		return nil, fmt.Errorf("%w %s: %w", errEncoding, name, err)
	}
	return body, nil
}

func unpacker(packed []byte, name string) (io.Reader, error) {
	r := bytes.NewReader(packed)
	switch name {
	case "gzip", "x-gzip":
		return gzip.NewReader(bufio.NewReader(r))
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		// RFC 9110 means zlib; some servers send bare deflate.
		if z, err := zlib.NewReader(r); err == nil {
			return z, nil
		}
		return flate.NewReader(bytes.NewReader(packed)), nil
	}
	return nil, errors.New("unknown")
}
