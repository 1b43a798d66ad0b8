// Package desk brings news into a library and looks after it: it pours in files, follows
// feeds, keeps the evidence, reads, and joins what was read into stories. It knows what
// is to be done when; how a page is fetched, read, kept or joined is the matter of the
// packages that it calls.
package desk

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/store/sqlite"
	"github.com/isnad-project/isnad/reader"
)

// Options shape a desk; the zero value is the defaults.
type Options struct {
	Fetch fetch.Options
	Log   *slog.Logger     // nil: nothing is logged
	Now   func() time.Time // nil: time.Now
}

// Desk is a library with its evidence, open for writing.
type Desk struct {
	Library  isnad.Library
	evidence *evidence.Folder
	maker    *maker
	fetcher  *fetch.Fetcher
	log      *slog.Logger
	now      func() time.Time
	dir      string
	rest     time.Duration // between two visits of a host

	counting sync.Mutex // of Visits, which several visits count in
	joining  sync.Mutex // one at a time
	putting  sync.Mutex // of replaced
	replaced int        // how often articles that are there were kept anew
}

// folder is where the evidence lies in a library's folder.
const folder = "evidence"

// Open opens the library in a folder, or makes a new one there.
func Open(ctx context.Context, dir string, o Options) (*Desk, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	m, err := newMaker()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("make the library's folder: %w", err)
	}
	lib, err := sqlite.Open(ctx, dir, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	ev, err := evidence.Open(filepath.Join(dir, folder), evidence.Options{Software: reader.Version})
	if err != nil {
		lib.Close()
		return nil, err
	}
	o.Fetch.Now = o.Now
	return &Desk{Library: lib, evidence: ev, maker: m, fetcher: fetch.New(o.Fetch), log: o.Log, now: o.Now, dir: dir, rest: max(0, o.Fetch.PerHostDelay)}, nil
}

// count counts one thing at a time.
func (d *Desk) count(one func()) {
	d.counting.Lock()
	defer d.counting.Unlock()
	one()
}

// Repairs tells what of the evidence was mended when the desk was opened.
func (d *Desk) Repairs() []evidence.Repair { return d.evidence.Repairs() }

// Close ends the desk's work. What was acknowledged is kept already.
func (d *Desk) Close() error {
	d.fetcher.Close()
	err := d.evidence.Close()
	if e := d.Library.Close(); e != nil {
		err = e
	}
	return err
}
