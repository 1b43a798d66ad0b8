package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/isnad-project/isnad"
)

// A copy goes on where it was cut off: how far it got stands in the library that it goes into,
// under the name of the library that it comes from, with the state that this was in.
const (
	copyOf  = "copy of "
	wholly  = "all"
	between = "\n"
)

// Parts of a copy that are kept at once: some, and of articles fewer.
const (
	partsAtOnce    = 1000
	articlesAtOnce = 200
)

// ErrChanged says that a library was changed while it was copied.
var ErrChanged = errors.New("the library was changed while it was copied: copy it again when nobody writes to it")

// Copy brings everything that one library keeps, but the evidence, which is not in it, into
// another that is empty or holds a part of this copy already. The name is that of the first,
// its address. The figures of both are compared at the end. told is called with the number
// of articles so far; it may be nil.
func Copy(ctx context.Context, from, to isnad.Library, name string, told func(articles int)) error {
	c := &copier{from: from, to: to, told: told, bookmark: bookmarkOf(name)}
	after, err := c.begin(ctx)
	if err != nil || after == wholly {
		return err
	}
	if err := c.pour(ctx, after); err != nil {
		return fmt.Errorf("%w (what was copied stays: the same copy goes on from there)", err)
	}
	if err := c.compare(ctx); err != nil {
		return err
	}
	return c.mark(ctx, wholly)
}

type copier struct {
	from, to isnad.Library
	told     func(int)
	bookmark string
	state    string // of the first, at the beginning
	articles int
}

// bookmarkOf is the name of the bookmark of a copy; an address may hold a password.
func bookmarkOf(name string) string { return fmt.Sprintf("%s%x", copyOf, sha256.Sum256([]byte(name))) }

// begin finds where a copy goes on.
func (c *copier) begin(ctx context.Context) (after string, err error) {
	if c.state, err = c.from.State(ctx); err != nil {
		return "", err
	}
	position, err := c.to.Bookmark(ctx, c.bookmark)
	if err != nil {
		return "", err
	}
	if position != "" {
		state, after, _ := strings.Cut(position, between)
		if state != c.state {
			after = "" // it is another than it was: all is brought again, in its own place
		}
		return after, nil
	}
	there, err := c.to.Stats(ctx)
	if err != nil {
		return "", err
	}
	there.Bytes = 0
	if there != (isnad.Stats{}) {
		return "", errors.New("the library to copy into holds something already: name a new folder or an empty database")
	}
	return "", c.mark(ctx, "")
}

func (c *copier) mark(ctx context.Context, after string) error {
	return c.to.Mark(ctx, c.bookmark, c.state+between+after)
}

// pour brings the parts behind a place.
func (c *copier) pour(ctx context.Context, after string) error {
	var some []isnad.Part
	articles := 0
	keep := func() error {
		if len(some) == 0 {
			return nil
		}
		if err := c.to.Load(ctx, some); err != nil {
			return err
		}
		if err := c.mark(ctx, some[len(some)-1].Place); err != nil {
			return err
		}
		c.articles += articles
		if c.told != nil {
			c.told(c.articles)
		}
		some, articles = some[:0], 0
		return nil
	}
	for p, err := range c.from.Dump(ctx, after) {
		if err != nil {
			return err
		}
		if p.Bookmark != nil && strings.HasPrefix(p.Bookmark.Name, copyOf) {
			continue
		}
		if p.Article != nil {
			articles++
		}
		if some = append(some, p); len(some) >= partsAtOnce || articles >= articlesAtOnce {
			if err := keep(); err != nil {
				return err
			}
		}
	}
	return keep()
}

// compare proves that both libraries count the same.
func (c *copier) compare(ctx context.Context) error {
	want, err := c.from.Stats(ctx)
	if err != nil {
		return err
	}
	got, err := c.to.Stats(ctx)
	if err != nil {
		return err
	}
	want.Bytes, got.Bytes = 0, 0
	if got == want {
		return nil
	}
	state, err := c.from.State(ctx)
	if err == nil && state != c.state {
		return ErrChanged
	}
	return errors.Join(err, fmt.Errorf("the copy does not count what the library counts: %+v, and not %+v; copy it into a new one", got, want))
}
