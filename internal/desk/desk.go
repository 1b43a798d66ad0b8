// Package desk brings news into a library and looks after it: it pours in files, follows
// feeds, keeps the evidence, reads, and joins what was read into stories. It knows what
// is to be done when; how a page is fetched, read, kept or joined is the matter of the
// packages that it calls.
package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/entry"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/store"
	"github.com/isnad-project/isnad/reader"
)

// Options shape a desk; the zero value is the defaults.
type Options struct {
	Fetch    fetch.Options
	Evidence string           // the folder of the evidence; a library in a folder has its own where it is empty
	Log      *slog.Logger     // nil: nothing is logged
	Now      func() time.Time // nil: time.Now
}

// Desk is a library with its evidence, open for writing.
type Desk struct {
	Library  isnad.Library
	evidence *evidence.Folder
	maker    *entry.Maker
	fetcher  *fetch.Fetcher
	log      *slog.Logger
	now      func() time.Time
	rest     time.Duration // between two visits of a host

	counting sync.Mutex // of Visits, which several visits count in
	joining  sync.Mutex // one at a time
	outlets  outlets
}

// Open opens the library at an address (internal/store), or makes a new one there.
func Open(ctx context.Context, address string, o Options) (*Desk, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	m, err := entry.New()
	if err != nil {
		return nil, err
	}
	proofs, err := evidenceOf(address, o.Evidence)
	if err != nil {
		return nil, err
	}
	if !remote(address) {
		if err := os.MkdirAll(address, 0o777); err != nil {
			return nil, fmt.Errorf("make the library's folder: %w", err)
		}
	}
	lib, err := store.Open(ctx, address, store.Options{})
	if err != nil {
		return nil, err
	}
	ev, err := evidence.Open(proofs, evidence.Options{Software: reader.Version})
	if err != nil {
		lib.Close()
		return nil, err
	}
	o.Fetch.Now = o.Now
	return &Desk{Library: lib, evidence: ev, maker: m, fetcher: fetch.New(o.Fetch), log: o.Log, now: o.Now, rest: max(0, o.Fetch.PerHostDelay)}, nil
}

// folder is where the evidence lies in a library's folder.
const folder = "evidence"

// remote reports whether a library is kept by a server and not in a folder.
func remote(address string) bool { return strings.Contains(address, "://") }

// evidenceOf gives the folder of a library's evidence: the one named, or its own.
func evidenceOf(address, named string) (string, error) {
	switch {
	case named != "":
		return named, nil
	case remote(address):
		return "", errors.New("a library that a server keeps has no folder for its evidence: name one (--evidence)")
	}
	return filepath.Join(address, folder), nil
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
