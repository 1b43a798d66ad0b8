// Package step is the making of records and stories as steps over lines: what one article
// gives, and what is made of the lines of one key. It is the same for a batch on one
// machine or several, for Hadoop or Spark by standard input and output, and for Apache
// Beam; each brings its own way of sorting lines by their keys. It knows nothing of where
// lines lie or who works on which.
//
// A line is fields with tabs between them, the key first. Lines stand in the order of
// their bytes (LC_ALL=C sort), which is that of their keys: no control character stands
// in a key. What a step gives does not depend on the order of the lines of one key.
//
//	records:  id TAB place TAB record      → the record of the last place, for each id
//	stories:  day TAB id TAB sketch TAB record → stories, by walking through the days
package step

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/isnad-project/isnad/internal/entry"
)

// Steps makes lines. It is safe for concurrent use.
type Steps struct{ maker *entry.Maker }

// New loads what reading needs. It fails only when the lexicon or a model is damaged.
func New() (*Steps, error) {
	m, err := entry.New()
	if err != nil {
		return nil, err
	}
	return &Steps{m}, nil
}

// Lines are lines without their ends, each standing until the next is asked for.
type Lines = iter.Seq2[[]byte, error]

// longest is the length in bytes past which a line is none of ours: the longest article
// that is read gives a tenth of it.
const longest = 1 << 28

// Scan gives the lines of a stream; an error is the last.
func Scan(in io.Reader) Lines {
	return func(yield func([]byte, error) bool) {
		b := bufio.NewReaderSize(in, 1<<16)
		var line []byte
		for {
			part, err := b.ReadSlice('\n')
			line = append(line, part...)
			switch {
			case errors.Is(err, bufio.ErrBufferFull) && len(line) <= longest:
				continue
			case errors.Is(err, bufio.ErrBufferFull):
				yield(nil, fmt.Errorf("a line is longer than %d MiB: none of isnad's is", longest>>20))
				return
			case errors.Is(err, io.EOF) && len(line) == 0:
				return
			case err != nil && !errors.Is(err, io.EOF):
				yield(nil, err)
				return
			}
			if !yield(bytes.TrimSuffix(line, []byte("\n")), nil) || err != nil {
				return
			}
			line = line[:0]
		}
	}
}

// errLine says of a line that it is none of a step's.
var errLine = errors.New("the line is none of this step's: it needs the lines that the same step of `isnad map` gives")

// field cuts the first field off a line.
func field(line []byte) (first, rest []byte, ok bool) { return bytes.Cut(line, []byte{'\t'}) }

// order sees to it that keys come in their order.
type order struct{ last []byte }

// next takes the next key and reports whether it is another than the one before.
func (o *order) next(key []byte) (fresh bool, err error) {
	switch bytes.Compare(key, o.last) {
	case 0:
		return false, nil
	case -1:
		return false, fmt.Errorf("%q comes after %q: sort the lines by their bytes first (LC_ALL=C sort)", shown(key), shown(o.last))
	}
	o.last = append(o.last[:0], key...)
	return true, nil
}

// shown gives as much of a key as a message needs.
func shown(key []byte) []byte { return key[:min(len(key), 80)] }

// appendKey appends an id as a key: control characters and the backslash are escaped.
func appendKey(b []byte, id string) []byte {
	for i := range len(id) {
		switch c := id[i]; {
		case c == '\\':
			b = append(b, `\\`...)
		case c < ' ':
			b = fmt.Appendf(b, `\x%02x`, c)
		default:
			b = append(b, c)
		}
	}
	return b
}
