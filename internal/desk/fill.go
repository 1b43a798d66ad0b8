package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/entry"
	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/pour"
)

// together is how many articles are made durable together, while more are under way.
const together = 256

// soon is how long an article that was read waits for others to be made durable with it.
const soon = time.Second

// Source says what to pour in.
type Source struct {
	pour.Options
	Outlet, Published string // of what says nothing of that itself
}

// Poured tells what became of one item.
type Poured struct {
	Where  string // for people: file, file:line, file@offset
	ID     string // the article's; empty when there is none
	Change isnad.Change
	Doubt  string
	Err    error
}

// made is an item that was read, on its way to being kept.
type made struct {
	position string
	poured   Poured
	caught   caught
}

// Pour reads what a source holds, keeps it and joins it. Tell is called for every item in
// its order, once it is durable. A pouring that was stopped goes on where it was when the
// same paths are poured again; what is there already stays as it is.
func (d *Desk) Pour(ctx context.Context, s Source, tell func(Poured)) error {
	name := s.bookmark()
	var err error
	if name != "" {
		if s.After, err = d.Library.Bookmark(ctx, name); err != nil {
			return err
		}
	}
	b := d.banker(ctx, name, tell)
	line := ordered.Line[pour.Item, made]{Workers: runtime.GOMAXPROCS(0), Make: func(it pour.Item) made { return d.make(s, it) }}
	err = line.Run(ctx, func(yield func(pour.Item) bool) {
		for it := range pour.Walk(s.Options) {
			if !yield(it) {
				return
			}
		}
	}, b.take)
	if err = cmp.Or(b.end(), err); err != nil {
		return err
	}
	if name != "" {
		if err := d.Library.Mark(ctx, name, ""); err != nil { // done: the next time begins anew
			return err
		}
	}
	return d.Join(ctx)
}

// banker makes what was read durable, many together, while more is being read.
type banker struct {
	items  chan made
	failed chan struct{} // closed once err is set
	done   chan struct{}
	err    error
}

func (d *Desk) banker(ctx context.Context, name string, tell func(Poured)) *banker {
	b := &banker{items: make(chan made, together/4), failed: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(b.done)
		for b.err == nil {
			batch := b.gather()
			if len(batch) == 0 {
				return
			}
			if b.err = d.bank(ctx, name, batch, tell); b.err != nil {
				close(b.failed)
			}
		}
	}()
	return b
}

// gather waits for an item and gives it with those that come soon after; nothing at the
// end.
func (b *banker) gather() []made {
	first, more := <-b.items
	if !more {
		return nil
	}
	batch := []made{first}
	over := time.NewTimer(soon)
	defer over.Stop()
	for len(batch) < together {
		select {
		case m, more := <-b.items:
			if !more {
				return batch
			}
			batch = append(batch, m)
		case <-over.C:
			return batch
		}
	}
	return batch
}

// take takes an item, unless one before it could not be kept.
func (b *banker) take(m made) error {
	select {
	case b.items <- m:
		return nil
	case <-b.failed:
		return b.err
	}
}

// end waits until everything taken is durable.
func (b *banker) end() error {
	close(b.items)
	<-b.done
	return b.err
}

// make reads an item.
func (d *Desk) make(s Source, it pour.Item) made {
	m := made{position: it.Position.String(), poured: Poured{Where: it.Position.Shown(), Doubt: it.Doubt, Err: it.Err}}
	if it.Err != nil {
		return m
	}
	m.caught.bytes = it.Body
	m.caught.capture = entry.Poured(&it, s.Outlet, s.Published, d.now())
	var doubt string
	m.caught.entry, doubt, m.poured.Err = d.maker.Entry("", m.caught.capture, it.Body)
	m.poured.Doubt = cmp.Or(doubt, m.poured.Doubt)
	m.poured.ID = m.caught.entry.Record.Article.ID
	return m
}

// bank makes a batch durable, marks how far the pouring is, and tells of each.
func (d *Desk) bank(ctx context.Context, name string, batch []made, tell func(Poured)) error {
	if err := d.clashes(ctx, batch); err != nil {
		return err
	}
	var good []caught
	var places []int
	for i := range batch {
		if batch[i].poured.Err == nil {
			good, places = append(good, batch[i].caught), append(places, i)
		}
	}
	changes, err := d.keep(ctx, good)
	if err != nil && !errors.Is(err, isnad.ErrUnsound) { // which is of single articles, the others are kept
		return err
	}
	for i, c := range changes {
		p := &batch[places[i]].poured
		if p.Change = c; c == isnad.Refused {
			p.Err = err
		}
	}
	if name != "" {
		if err := d.Library.Mark(ctx, name, batch[len(batch)-1].position); err != nil {
			return err
		}
	}
	for _, m := range batch {
		tell(m.poured)
	}
	return nil
}

// bookmark names a pouring by its paths as they are now and by how they are read, so that
// only the same goes on where it was. What comes by standard input has no name: nobody
// can say whether it is the same.
func (s Source) bookmark() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q", s.Kind, s.Outlet, s.Published)
	for _, p := range s.Paths {
		if p == pour.Stdin {
			return ""
		}
		if full, err := filepath.Abs(p); err == nil {
			p = full
		}
		fmt.Fprintf(sum, " %q", p)
		if i, err := os.Stat(p); err == nil && !i.IsDir() { // a folder may have grown
			fmt.Fprintf(sum, " %d %d", i.Size(), i.ModTime().UnixNano())
		}
	}
	return "pour " + hex.EncodeToString(sum.Sum(nil)[:8])
}
