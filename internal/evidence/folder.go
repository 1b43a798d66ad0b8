// Package evidence keeps what came in as it came: a folder of web archives that grows by
// whole records only, and gives every one back with its digest checked. It knows files
// and records; not what a page says, nor what was made of it.
package evidence

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/isnad-project/isnad/internal/warc"
)

// ErrReadOnly is what Append says of a folder that was opened for reading.
var ErrReadOnly = errors.New("the evidence was opened for reading only")

// Options say how a folder is opened.
type Options struct {
	MaxFile  int64  // bytes of a file past which a new one is begun; 0 is one GiB
	Software string // who writes, as the files say it
	ReadOnly bool   // takes no lock and mends nothing: others may be writing
}

// Repair is what was mended or found when a folder was opened.
type Repair struct {
	File   string
	Offset int64 // the end of the last whole record
	Cut    int64 // bytes of a torn record that were cut off; 0 where the file was left as it is
	Why    error
}

func (r Repair) String() string {
	if r.Cut > 0 {
		return fmt.Sprintf("%s: %d bytes of a record that was never written whole were cut off at byte %d", r.File, r.Cut, r.Offset)
	}
	return fmt.Sprintf("%s: damaged from byte %d on and left as it is, a new file is begun: %v", r.File, r.Offset, r.Why)
}

// Folder is a folder of evidence. All its methods may be called at once.
type Folder struct {
	dir     string
	o       Options
	lock    *os.File
	writer  int    // the number of its lock
	host    string // of this machine, as names of files give it
	repairs []Repair

	create func(name string) (file, error) // for tests: a disk that fills up

	mu     sync.Mutex
	file   file   // the one that grows, or nil
	name   string // of file
	size   int64  // bytes of whole records in it
	synced int64  // of those, bytes that are safe on the disk
	serial int    // of the last file
	failed error  // why captures since the last Sync are void
	closed bool
	batch  bytes.Buffer
	packer *warc.Writer // into batch
}

// file is what of an *os.File is used for writing.
type file interface {
	WriteAt(b []byte, at int64) (int, error)
	Truncate(size int64) error
	Sync() error
	Close() error
}

// Open opens the folder of a library's evidence and makes it where there is none. Several
// may have it open for writing, here and in other programs: each writes files of its own.
// A record torn by a crash is cut off the file of a writer that ended, and Repairs tells
// of it.
func Open(dir string, o Options) (*Folder, error) {
	f := &Folder{dir: dir, o: o, host: hostName()}
	f.o.MaxFile = cmp.Or(o.MaxFile, 1<<30)
	f.create = f.createFile
	f.packer = warc.NewWriter(&f.batch, 0)
	if o.ReadOnly {
		if _, err := os.Stat(dir); err != nil {
			return nil, fmt.Errorf("open the evidence: %w", err)
		}
		return f, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("make the folder of the evidence: %w", explain(err))
	}
	if err := f.take(); err != nil {
		return nil, err
	}
	if err := f.resume(); err != nil {
		f.lock.Close()
		return nil, err
	}
	return f, nil
}

// Repairs tells what was mended when the folder was opened.
func (f *Folder) Repairs() []Repair { return slices.Clone(f.repairs) }

// Close makes everything durable and frees the lock.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed || f.o.ReadOnly {
		return nil
	}
	f.closed = true
	err := f.finish()
	return errors.Join(err, f.lock.Close())
}
