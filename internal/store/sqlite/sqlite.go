// Package sqlite keeps a library in one SQLite file: the embedded store, with nothing to
// install. It knows tables and transactions; which articles make a story and which names
// are one thing it is told.
//
// Writers take turns, in this process by a token and among processes by SQLite's lock;
// readers read the state of the last commit meanwhile. What a method acknowledged is on
// the disk: every commit waits for it.
package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// File is the name of the library's file in its folder.
const File = "library.db"

// Options change how a library is opened.
type Options struct {
	ReadOnly bool             // for reading only; the library must be there
	Wait     time.Duration    // how long to wait for another program's writing; 0 means 5 seconds
	Readers  int              // how many may read at once; 0 means twice the processors
	Now      func() time.Time // the clock; nil means the computer's
}

// Library is an isnad.Library in one file.
type Library struct {
	dir  string
	opt  Options
	lang *query.Language
	enc  *zstd.Encoder
	dec  *zstd.Decoder
	pool *pool

	ranked int // how many articles of a search are ranked
	lately lately
}

var _ isnad.Library = (*Library)(nil)

//go:embed migrations/*.sql
var migrations embed.FS

// format is the newest format of the file.
const format = 2

// Open opens the library in a folder, making both if they are not there, and brings an
// older format forward. The error is isnad.ErrNewer for a newer one.
func Open(ctx context.Context, dir string, opt Options) (*Library, error) {
	lang, err := query.Default()
	if err != nil {
		return nil, err
	}
	if opt.Wait == 0 {
		opt.Wait = 5 * time.Second
	}
	if opt.Readers == 0 {
		opt.Readers = 2 * runtime.GOMAXPROCS(0)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	l := &Library{dir: dir, opt: opt, lang: lang, ranked: rankLimit, lately: newLately()}
	l.pool = newPool(filepath.Join(dir, File), opt)
	if l.enc, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<18), zstd.WithLowerEncoderMem(true)); err != nil {
		return nil, err
	}
	if l.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(recordLimit)); err != nil {
		return nil, err
	}
	if err := l.open(ctx); err != nil {
		l.Close()
		return nil, fmt.Errorf("library in %s: %w", dir, err)
	}
	return l, nil
}

// open makes the writer's connection and the file, or looks whether the file can be read.
func (l *Library) open(ctx context.Context) error {
	if l.opt.ReadOnly {
		if _, err := os.Stat(l.pool.file); err != nil {
			return fmt.Errorf("there is none to read: %w", err)
		}
		err := l.pool.read(ctx, l.supports)
		if errors.Is(err, sqlite3.CANTOPEN) && l.pool.still() {
			err = l.pool.read(ctx, l.supports)
		}
		return err
	}
	if err := os.MkdirAll(l.dir, 0o755); err != nil {
		return err
	}
	c, err := connect(l.pool.file, sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE, l.opt.Wait)
	if err != nil {
		return err
	}
	l.pool.writer = c
	v, err := c.number("PRAGMA user_version")
	if err == nil && v > format {
		return fmt.Errorf("format %d: %w", v, isnad.ErrNewer)
	}
	if err == nil {
		err = c.Exec("PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000")
	}
	if err != nil {
		return trouble(err)
	}
	if err := l.migrate(ctx, c); err != nil {
		return err
	}
	return l.reindex(ctx)
}

// supports fails when the file's format is not the one that this program reads.
func (l *Library) supports(c *conn) error {
	v, err := c.number("PRAGMA user_version")
	switch {
	case err != nil:
		return trouble(err)
	case v > format:
		return fmt.Errorf("format %d: %w", v, isnad.ErrNewer)
	case v < format:
		return fmt.Errorf("format %d is older than this program's %d: open it for writing once", v, format)
	}
	return nil
}

// migrate brings the file to the newest format, a format at a time.
func (l *Library) migrate(ctx context.Context, c *conn) error {
	for {
		v, err := c.number("PRAGMA user_version")
		if err != nil {
			return trouble(err)
		}
		if v == format {
			return nil
		}
		if v > format {
			return fmt.Errorf("format %d: %w", v, isnad.ErrNewer)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.step(ctx, v+1); err != nil {
			return fmt.Errorf("bring the library to format %d: %w", v+1, trouble(err))
		}
	}
}

// step makes one format of the one before, wholly or not at all.
func (l *Library) step(ctx context.Context, to int64) error {
	sql, err := migrations.ReadFile("migrations/" + strconv.FormatInt(to, 10) + ".sql")
	if err != nil {
		return err
	}
	return l.pool.transact(ctx, func(c *conn) error {
		if v, err := c.number("PRAGMA user_version"); err != nil || v >= to {
			return err // another program did it meanwhile
		}
		if err := c.Exec(string(sql)); err != nil {
			return err
		}
		if to == 2 {
			if err := l.allHolders(c); err != nil {
				return err
			}
		}
		if to == 1 {
			if err := c.run("INSERT INTO library VALUES('forms', ?), ('generation', 0), ('turn', 0)", l.lang.Edition()); err != nil {
				return err
			}
		}
		return c.Exec("PRAGMA user_version=" + strconv.FormatInt(to, 10))
	})
}

// Close ends the use of the library, after what is running.
func (l *Library) Close() error {
	err := l.pool.close()
	if l.dec != nil {
		l.dec.Close()
	}
	return err
}
