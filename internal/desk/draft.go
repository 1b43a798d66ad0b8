package desk

import (
	"context"

	"github.com/isnad-project/isnad"
)

// Draft is a capture that was read and is not kept yet.
type Draft struct {
	Doubt  string // what was mended in reading it
	caught caught
}

// ID is the id of the article.
func (d Draft) ID() string { return d.caught.entry.Record.Article.ID }

// Draft reads the bytes of a capture that came from a file or an archive. It touches
// neither the evidence nor the library: an error is of the bytes and comes again.
func (d *Desk) Draft(c isnad.Capture, b []byte) (Draft, error) {
	e, doubt, err := d.maker.Entry("", c, b)
	return Draft{Doubt: doubt, caught: caught{capture: c, bytes: b, entry: e}}, err
}

// Keep keeps drafts: when it returns without an error, their bytes are durable in the
// evidence and their records in the library. Errors are those of Library.Put.
func (d *Desk) Keep(ctx context.Context, drafts []Draft) ([]isnad.Change, error) {
	all := make([]caught, len(drafts))
	for i := range drafts {
		all[i] = drafts[i].caught
	}
	return d.keep(ctx, all)
}

// Bookmark is the name under which a pouring keeps how far it is: the same for the same
// paths read in the same way, empty for standard input.
func (s Source) Bookmark() string { return s.bookmark() }
