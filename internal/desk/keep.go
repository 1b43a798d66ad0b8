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
}

// keep appends the bytes to the evidence and then the entries to the library: when it
// returns without an error, both are durable. Bytes that are the evidence of the same
// article already are not kept twice.
func (d *Desk) keep(ctx context.Context, all []caught) ([]isnad.Change, error) {
	entries := make([]isnad.Entry, len(all))
	known, err := d.kept(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range all {
		c := &all[i]
		if err := d.prove(ctx, c, known[c.entry.Record.Article.ID]); err != nil {
			return nil, err
		}
		entries[i] = c.entry
		entries[i].Capture = c.capture
	}
	if err = d.evidence.Sync(); err != nil {
		return nil, err
	}
	return d.Library.Put(ctx, entries)
}

// kept gives which of the articles are in the library.
func (d *Desk) kept(ctx context.Context, all []caught) (map[string]bool, error) {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].entry.Record.Article.ID
	}
	heads, err := d.Library.Heads(ctx, ids)
	known := map[string]bool{}
	for _, h := range heads {
		known[h.ID] = true
	}
	return known, err
}

// prove sees to it that the bytes of a capture of an article, known or not, are in the
// evidence. What comes by another file, the same to the byte, is proved by what is there.
func (d *Desk) prove(ctx context.Context, c *caught, known bool) error {
	if known {
		before, err := d.Library.Captures(ctx, c.entry.Record.Article.ID)
		if err != nil && !errors.Is(err, isnad.ErrNotFound) {
			return err
		}
		if i := slices.IndexFunc(before, func(k isnad.Capture) bool { return k.Digest == c.capture.Digest && k.URL == c.capture.URL }); i >= 0 {
			c.capture = before[i]
			return nil
		}
		if i := slices.IndexFunc(before, func(k isnad.Capture) bool { return k.Digest == c.capture.Digest && k.Status == 0 }); i >= 0 && c.capture.Status == 0 {
			c.capture.File, c.capture.Offset, c.capture.Length = before[i].File, before[i].Offset, before[i].Length
			return nil
		}
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
