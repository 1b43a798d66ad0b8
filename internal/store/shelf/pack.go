package shelf

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"

	"github.com/klauspost/compress/zstd"

	"github.com/isnad-project/isnad"
)

// Packer compresses what is kept whole. It is safe for concurrent use.
type Packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newPacker() (*Packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<18), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(RecordLimit))
	return &Packer{enc, dec}, err
}

// Close lets the packer's memory go.
func (p *Packer) Close() { p.dec.Close() }

// Pack compresses bytes.
func (p *Packer) Pack(b []byte) []byte { return p.enc.EncodeAll(b, nil) }

// Unpack reads what Pack made.
func (p *Packer) Unpack(b []byte) ([]byte, error) { return p.dec.DecodeAll(b, nil) }

// Record unpacks a record.
func (p *Packer) Record(packed []byte) (r isnad.Record, err error) {
	b, err := p.Unpack(packed)
	if err != nil {
		return r, fmt.Errorf("unpack a record: %w", err)
	}
	if err := r.UnmarshalJSON(b); err != nil {
		return r, fmt.Errorf("read a record: %w", err)
	}
	return r, nil
}

// Text reads the text of a packed record and no more of it than it must.
func (p *Packer) Text(packed []byte) (string, error) {
	b, err := p.Unpack(packed)
	if err != nil {
		return "", fmt.Errorf("unpack a record: %w", err)
	}
	_, rest, there := bytes.Cut(b, textName)
	if !there {
		return "", errors.New("read a record's text: it is not there")
	}
	text, err := leading(rest)
	if err != nil {
		return "", fmt.Errorf("read a record's text: %w", err)
	}
	return text, nil
}

// textName stands before an article's text in a record's JSON as it is written, and in no
// string before it: there a quotation mark has a backslash.
var textName = []byte(`,"text":"`)

// leading reads the rest of a JSON string, up to its end.
func leading(rest []byte) (text string, err error) {
	end := 0
	for end < len(rest) && rest[end] != '"' {
		if rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(rest) {
		return "", errors.New("it has no end")
	}
	if bytes.IndexByte(rest[:end], '\\') < 0 {
		return string(rest[:end]), nil
	}
	err = json.Unmarshal([]byte(`"`+string(rest[:end])+`"`), &text)
	return text, err
}

// storyAsKept is a story with the bytes of its claims, which the published form has not.
type storyAsKept isnad.Story

// PackStory compresses a story.
func (p *Packer) PackStory(t *isnad.Story) ([]byte, error) {
	b, err := json.Marshal((*storyAsKept)(t))
	return p.Pack(b), err
}

// Story unpacks a story.
func (p *Packer) Story(packed []byte) (t isnad.Story, err error) {
	b, err := p.Unpack(packed)
	if err == nil {
		err = json.Unmarshal(b, (*storyAsKept)(&t))
	}
	if err != nil {
		err = fmt.Errorf("unpack a story: %w", err)
	}
	return t, err
}

// Uvarints packs numbers.
func Uvarints(list []int64) []byte {
	var b []byte
	for _, v := range list {
		b = binary.AppendUvarint(b, uint64(v))
	}
	return b
}

// Numbers adds the numbers of a blob to a list; what does not fit ends them.
func Numbers(dst []int64, b []byte) []int64 {
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			break
		}
		dst = append(dst, int64(v))
		b = b[n:]
	}
	return dst
}

// AppendPerson packs what tells a person of an article from others of the name.
func AppendPerson(b []byte, i int, e isnad.Entity) []byte {
	b = binary.AppendUvarint(b, uint64(i))
	for _, s := range [...]string{e.Role, e.Country} {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

// NextPerson unpacks a person and gives what follows.
func NextPerson(b []byte) (i int, role, country string, rest []byte, ok bool) {
	index, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, "", "", nil, false
	}
	b = b[n:]
	var text [2]string
	for k := range text {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return 0, "", "", nil, false
		}
		text[k], b = string(b[n:n+int(size)]), b[n+int(size):]
	}
	return int(index), text[0], text[1], b, true
}
