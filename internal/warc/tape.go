package warc

import (
	"bufio"
	"errors"
	"io"
)

// tape reads a stream and knows where in it it stands and how the stream ended.
type tape struct {
	src io.Reader
	n   int64 // bytes taken from src
	err error // what ended src
	*bufio.Reader
}

func newTape(src io.Reader, size int) *tape {
	t := &tape{}
	t.Reader = bufio.NewReaderSize(counter{t}, size)
	t.reset(src, 0)
	return t
}

// reset begins anew with src, whose first byte is byte n.
func (t *tape) reset(src io.Reader, n int64) {
	t.src, t.n, t.err = src, n, nil
	t.Reset(counter{t})
}

// at is the byte that is read next.
func (t *tape) at() int64 { return t.n - int64(t.Buffered()) }

// broken is the error that ended the stream where that is not its end.
func (t *tape) broken() error {
	if t.err == nil || errors.Is(t.err, io.EOF) || errors.Is(t.err, io.ErrUnexpectedEOF) {
		return nil
	}
	return t.err
}

type counter struct{ t *tape }

func (c counter) Read(b []byte) (int, error) {
	n, err := c.t.src.Read(b)
	c.t.n += int64(n)
	if err != nil {
		c.t.err = err
	}
	return n, err
}
