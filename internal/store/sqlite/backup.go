package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// Backup writes a copy of the library as of now. Reading and writing go on meanwhile.
func (l *Library) Backup(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file := filepath.Join(dir, File)
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("there is a library in %s already: back up into a new or empty folder", dir)
	}
	part := file + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	c, err := connect(l.pool.file, sqlite3.OPEN_READONLY, l.opt.Wait)
	if err != nil {
		return err
	}
	defer c.close()
	c.SetInterrupt(ctx)
	if err := reason(ctx, c.run("VACUUM INTO ?", part)); err != nil {
		os.Remove(part)
		return fmt.Errorf("back up into %s: %w", dir, err)
	}
	if err := flush(part); err != nil {
		return err
	}
	if err := os.Rename(part, file); err != nil {
		return err
	}
	return flush(dir)
}

// flush waits until a file or folder is on the disk.
func flush(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// told counts what the library tells.
func (c *conn) told() (t isnad.Stats, err error) {
	_, err = c.one(`SELECT count(*), sum(captures), sum(statements), sum(events), sum(commitments), (SELECT count(*) FROM things WHERE articles > 0),
		(SELECT count(*) FROM stories), (SELECT count(*) FROM articles WHERE fresh IS NOT NULL), (SELECT min(n) FROM articles WHERE n >= ?), max(n)
		FROM articles INDEXED BY articles_narrow`, func(s *sqlite3.Stmt) {
		for i, p := range [...]*int{&t.Articles, &t.Captures, &t.Statements, &t.Events, &t.Commitments, &t.Things, &t.Stories, &t.Unjoined} {
			*p = s.ColumnInt(i)
		}
		t.First, t.Last = dayText(s.ColumnInt64(8)>>dayBits), dayText(s.ColumnInt64(9)>>dayBits)
	}, int64(1)<<dayBits)
	return t, err
}

// Stats counts what is kept.
func (l *Library) Stats(ctx context.Context) (t isnad.Stats, err error) {
	err = l.pool.read(ctx, func(c *conn) error {
		if t, err = answer(l, c, "stats", func(isnad.Stats) int { return rowSize }, c.told); err != nil {
			return err
		}
		_, err := c.one("SELECT (SELECT count(*) FROM feeds), (SELECT count(*) FROM pages WHERE due <> 0)", func(s *sqlite3.Stmt) {
			t.Feeds, t.Wanted = s.ColumnInt(0), s.ColumnInt(1)
		})
		return err
	})
	for _, suffix := range [...]string{"", "-wal"} {
		if f, err := os.Stat(l.pool.file + suffix); err == nil {
			t.Bytes += f.Size()
		}
	}
	return t, err
}
