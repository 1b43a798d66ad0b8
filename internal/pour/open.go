package pour

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"github.com/isnad-project/isnad/internal/warc"
)

// head is how many bytes are enough to see what a file is.
const head = 1 << 12

// broadest is the most memory that the dictionary of a compressed file may ask for.
const broadest = 128 << 20

// stream is an opened file, unpacked unless it is an archive, and what it is.
type stream struct {
	*bufio.Reader
	kind  Kind
	close func()
}

// open looks at the first bytes of a file and unpacks it where it is compressed.
func open(in io.Reader, name string, kind Kind) (stream, error) {
	b := bufio.NewReaderSize(in, 1<<16)
	first, err := b.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		return stream{}, err
	}
	s := stream{Reader: b, kind: kind, close: func() {}}
	if s.kind == "" {
		s.kind = named(name)
	}
	if s.kind == Archive || s.kind == "" && warc.Member(first) {
		s.kind = Archive
		return s, nil
	}
	out, shut, err := unpack(b, first)
	if err != nil {
		return s, fmt.Errorf("unpack: %w", err)
	}
	if out != nil {
		s.Reader, s.close = bufio.NewReaderSize(out, 1<<16), shut
	}
	if s.kind != "" {
		return s, nil
	}
	first, err = s.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		s.close()
		return s, fmt.Errorf("unpack: %w", err)
	}
	s.kind = sniff(first)
	return s, nil
}

// unpack gives what decompresses b, by its first bytes; nil where it is not compressed.
func unpack(b *bufio.Reader, first []byte) (io.Reader, func(), error) {
	none := func() {}
	switch {
	case bytes.HasPrefix(first, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(b)
		return z, none, err
	case bytes.HasPrefix(first, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(broadest))
		if err != nil {
			return nil, none, err
		}
		return z, z.Close, nil
	case bytes.HasPrefix(first, []byte("\xfd7zXZ\x00")):
		if n := dictionary(first); n > broadest {
			return nil, none, fmt.Errorf("the xz file needs %d MiB of memory: pack it anew with xz -9 or less", n>>20)
		}
		z, err := xz.NewReader(b)
		return z, none, err
	case bytes.HasPrefix(first, []byte("BZh")) && len(first) > 4 && first[3] >= '1' && first[3] <= '9' && bytes.HasPrefix(first[4:], []byte("1AY&SY")):
		return bzip2.NewReader(b), none, nil
	}
	return nil, none, nil
}

// dictionary is how many bytes of dictionary the first block of an xz file asks for (The
// .xz File Format 1.2, sections 3.1 and 5.3.1).
func dictionary(first []byte) int64 {
	const header = 12
	if len(first) < header+2 {
		return 0
	}
	size := (int(first[header]) + 1) * 4
	block := first[header:min(len(first), header+size)]
	at := 2
	for sizes := block[1] >> 6; sizes > 0; sizes >>= 1 { // compressed and uncompressed size, if given
		if sizes&1 == 0 {
			continue
		}
		for at < len(block) && block[at]&0x80 != 0 {
			at++
		}
		at++
	}
	if at+2 >= len(block) || block[at] != 0x21 || block[at+1] != 1 {
		return 0
	}
	bits := int64(block[at+2] & 0x3f)
	if bits > 40 {
		return 0
	}
	return (2 | bits&1) << (bits/2 + 11)
}
