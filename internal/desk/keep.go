package desk

import (
	"context"
	"errors"
	"slices"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
)

// caught is a capture with its bytes, before it is kept.
type caught struct {
	capture isnad.Capture
	bytes   []byte // as they were transferred
	head    []byte // of an HTTP response, as it came; nil for a file
	request []byte // of the request
	entry   isnad.Entry
	known   bool // the article is there
}

// keep appends the bytes to the evidence and then the entries to the library: when it
// returns without an error, both are durable. Bytes that are the evidence of the same
// article already are not kept twice.
func (d *Desk) keep(ctx context.Context, all []caught) ([]isnad.Change, error) {
	entries := make([]isnad.Entry, len(all))
	for i := range all {
		c := &all[i]
		if err := d.prove(ctx, c); err != nil {
			return nil, err
		}
		entries[i] = c.entry
		entries[i].Capture = c.capture
	}
	if err := d.evidence.Sync(); err != nil {
		return nil, err
	}
	return d.put(ctx, entries, slices.ContainsFunc(all, func(c caught) bool { return c.known }))
}

// put puts entries into the library; known says that articles of them are there.
func (d *Desk) put(ctx context.Context, entries []isnad.Entry, known bool) ([]isnad.Change, error) {
	d.putting.Lock()
	defer d.putting.Unlock()
	if known {
		d.replaced++
	}
	return d.Library.Put(ctx, entries)
}

// prove sees to it that the bytes of a capture are in the evidence.
func (d *Desk) prove(ctx context.Context, c *caught) error {
	known, err := d.Library.Captures(ctx, c.entry.Record.Article.ID)
	if err != nil && !errors.Is(err, isnad.ErrNotFound) {
		return err
	}
	c.known = err == nil
	if i := slices.IndexFunc(known, func(k isnad.Capture) bool { return k.Digest == c.capture.Digest && k.URL == c.capture.URL }); i >= 0 {
		c.capture = known[i]
		return nil
	}
	kind := evidence.Response
	if c.head == nil {
		kind = evidence.Resource
	}
	p, err := d.evidence.Append(evidence.Capture{
		Kind: kind, URL: c.capture.URL, Fetched: c.capture.Fetched, Source: c.capture.Feed,
		RequestHead: c.request, Head: c.head, Body: c.bytes, ContentType: c.capture.MediaType,
	})
	if err != nil {
		return err
	}
	c.capture.File, c.capture.Offset, c.capture.Length = p.File, p.Offset, p.Length
	return nil
}
