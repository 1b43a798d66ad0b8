// Package jsonl reads articles as JSON Lines: one object a line, in the fields that
// docs/record.md gives for input. A line that cannot be read is reported and passed over.
package jsonl

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/charset"
)

// Limit is the length in bytes past which a line is passed over. A long article has
// thirty thousand; reading takes memory of some seventy times the text.
const Limit = 4 << 20

// Line is what one line of input gave.
type Line struct {
	Number  int // from 1
	Article isnad.Article
	Doubt   string // what was mended in reading it, or empty
	Err     error  // why it is no article, or nil
}

// Reader reads lines. Its memory is bounded by Limit.
type Reader struct {
	in     *bufio.Reader
	line   []byte
	number int
}

// NewReader makes a reader of UTF-8, or of UTF-16 with a byte order mark.
func NewReader(r io.Reader) *Reader {
	return &Reader{in: bufio.NewReaderSize(charset.NewReader(r), 1<<16)}
}

// ErrLong says of a line that it is longer than Limit.
var ErrLong = fmt.Errorf("longer than %d MiB: no article is", Limit>>20)

// Raw gives the next line that is not blank, unparsed, with its number; it stands until
// the next call. After ErrLong the lines go on.
func (r *Reader) Raw() (number int, line []byte, err error) {
	for {
		long, err := r.read()
		switch {
		case err != nil:
			return r.number, nil, err
		case long:
			return r.number, nil, ErrLong
		}
		if line := bytes.TrimSpace(r.line); len(line) > 0 {
			return r.number, line, nil
		}
	}
}

// read brings the next line into r.line; of a line that is too long, nothing.
func (r *Reader) read() (long bool, err error) {
	r.number++
	r.line = r.line[:0]
	for {
		part, err := r.in.ReadSlice('\n')
		if long = long || len(r.line)+len(part) > Limit; !long {
			r.line = append(r.line, part...)
		}
		switch {
		case err == nil:
			return long, nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && (long || len(r.line) > 0):
			return long, nil
		default:
			return long, err
		}
	}
}

// Parse makes an article of a line.
func Parse(number int, line []byte) Line {
	l := Line{Number: number}
	var in struct {
		ID        loose   `json:"id"`
		URL       *string `json:"url"`
		Outlet    *string `json:"outlet"`
		Title     *string `json:"title"`
		Published *string `json:"published"`
		Text      *string `json:"text"`

		// What many a corpus calls published and outlet.
		Date   any `json:"date"`
		Source any `json:"source"`
	}
	if err := json.Unmarshal(bytes.TrimSpace(line), &in); err != nil {
		l.Err = fault(err)
		return l
	}
	l.Article = isnad.Article{
		ID: string(in.ID), URL: value(in.URL), Outlet: cmp.Or(value(in.Outlet), words(in.Source)), Title: value(in.Title),
		Published: cmp.Or(value(in.Published), day(in.Date)), Text: value(in.Text),
	}
	switch {
	case in.Text == nil:
		l.Err = errors.New(`no "text" in it`)
	case len(bytes.TrimSpace([]byte(l.Article.Text))) == 0:
		l.Err = errors.New(`"text" is empty`)
	case !utf8.Valid(line):
		l.Doubt = "bytes that are not UTF-8 were replaced"
	}
	return l
}

// words gives a value that is a string, and nothing for another.
func words(v any) string {
	s, _ := v.(string)
	return s
}

// day gives a value that begins with an ISO date, and nothing for another.
func day(v any) string {
	s := words(v)
	if len(s) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return s
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// fault says in words what is wrong with a line.
func fault(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not a JSON object (byte %d: %w)", syntax.Offset, err)
	case errors.As(err, &typ) && typ.Field != "":
		return fmt.Errorf("%q is a JSON %s, and must be a string", typ.Field, typ.Value)
	case errors.As(err, &typ):
		return fmt.Errorf("a JSON %s, and must be an object with a \"text\"", typ.Value)
	}
	return err
}

// loose is a string that may be given as a number, as many stores number articles.
type loose string

func (s *loose) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, (*string)(s))
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return &json.UnmarshalTypeError{Value: "value"}
	}
	*s = loose(n)
	return nil
}
