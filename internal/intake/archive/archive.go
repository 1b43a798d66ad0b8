// Package archive finds in a web archive what is to be read: pages that a site answered
// with. It knows records and their HTTP messages; not how a page becomes an article.
package archive

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/url"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/warc"
)

// Limit is the length in bytes past which a page is passed over.
const Limit = 8 << 20

// Page is a page of an archive.
type Page struct {
	URL     string
	Fetched time.Time
	Charset string // as the header of the answer gives it, or ""
	Body    []byte // without transfer and content encodings
	Doubt   string // what was wrong with the encodings, or ""

	// Where its record is: see package warc.
	Offset, Within, Length int64
}

// Counts says what became of the records of an archive.
type Counts struct {
	Records   int // all that were read
	Pages     int // given
	About     int // requests, metadata, the archive's word of itself
	Revisits  int // without a body: the page was as before
	Status    int // answered with another status than 200
	Foreign   int // pictures, scripts and whatever else is no HTML
	Robots    int // robots.txt
	Unread    int // pages whose bytes could not be decoded, or are too many
	Damaged   int // records that could not be read
	Truncated bool
}

// Reader gives the pages of an archive.
type Reader struct {
	in     *warc.Reader
	counts Counts
}

// NewReader reads an archive from its beginning.
func NewReader(in io.Reader) *Reader { return wrap(warc.NewReader(in)) }

// NewReaderAt reads an archive from a byte on where a record begins.
func NewReaderAt(in io.ReaderAt, offset int64) *Reader { return wrap(warc.NewReaderAt(in, offset)) }

func wrap(in *warc.Reader) *Reader {
	in.Limit = Limit
	in.Want = func(r *warc.Record) bool {
		return r.Type == warc.Response || r.Type == warc.Resource && markup(r.ContentType)
	}
	return &Reader{in: in}
}

// Counts says what became of the records so far.
func (r *Reader) Counts() Counts { return r.counts }

// Close frees what the reader holds.
func (r *Reader) Close() { r.in.Close() }

// Next gives the next page; io.EOF after the last. A *warc.BadRecordError tells of a
// record that was passed over, a *warc.TruncatedError of a file that ends too early.
func (r *Reader) Next() (Page, error) {
	for {
		rec, err := r.in.Next()
		if err != nil {
			r.note(err)
			return Page{}, err
		}
		r.counts.Records++
		p := Page{URL: rec.TargetURI, Fetched: rec.Date, Offset: rec.Offset, Within: rec.Within, Length: rec.Length}
		if r.page(rec, &p) {
			r.counts.Pages++
			return p, nil
		}
	}
}

func (r *Reader) note(err error) {
	var bad *warc.BadRecordError
	var cut *warc.TruncatedError
	switch {
	case errors.As(err, &bad):
		r.counts.Damaged++
	case errors.As(err, &cut):
		r.counts.Truncated = true
	}
}

// page fills in p where the record holds a page, else counts why it does not.
func (r *Reader) page(rec *warc.Record, p *Page) bool {
	c := &r.counts
	switch rec.Type {
	case warc.Revisit:
		c.Revisits++
		return false
	case warc.Resource:
		return r.resource(rec, p)
	case warc.Response:
	default:
		c.About++
		return false
	}
	m, err := rec.Message(Limit)
	switch {
	case errors.Is(err, warc.ErrNotHTTP): // an answer of DNS
		c.Foreign++
	case robots(rec.TargetURI):
		c.Robots++
	case m.Status != 200:
		c.Status++
	case m.Header.Has("Content-Type") && !markup(m.Header.Get("Content-Type")):
		c.Foreign++
	case err != nil || rec.Cut() || len(m.Body) == 0:
		c.Unread++
	case !m.Header.Has("Content-Type") && !tagged(m.Body):
		c.Foreign++
	default:
		p.Body, p.Doubt, p.Charset = m.Body, m.Doubt, charset(m.Header.Get("Content-Type"))
		return true
	}
	return false
}

func (r *Reader) resource(rec *warc.Record, p *Page) bool {
	switch {
	case robots(rec.TargetURI):
		r.counts.Robots++
	case !markup(rec.ContentType):
		r.counts.Foreign++
	case rec.Cut() || len(rec.Block) == 0:
		r.counts.Unread++
	default:
		p.Body, p.Charset = rec.Block, charset(rec.ContentType)
		return true
	}
	return false
}

// markup reports whether a content type is that of a page.
func markup(contentType string) bool {
	name, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	name = strings.TrimSpace(name)
	return name == "text/html" || name == "application/xhtml+xml"
}

// charset is the charset of a content type, or "".
func charset(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return strings.ToLower(params["charset"])
	}
	_, rest, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	name, _, _ := strings.Cut(rest, ";")
	return strings.Trim(name, " \"'")
}

func robots(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Path == "/robots.txt"
}

// tagged reports whether bytes without a content type begin as a page does.
func tagged(b []byte) bool {
	b = bytes.ToLower(bytes.TrimLeft(b[:min(len(b), 1<<10)], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(b, []byte("<!doctype html")) || bytes.HasPrefix(b, []byte("<html"))
}
