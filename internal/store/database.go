package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad/internal/store/postgres"
	"github.com/isnad-project/isnad/internal/store/sqlite"
)

// database is a library in PostgreSQL, which can be backed up into a folder.
type database struct{ *postgres.Library }

// Backup copies the library as of now into a folder, where it is one like any other in a
// folder. The server's own means (pg_dump, pg_basebackup) back up a database too.
func (d database) Backup(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file := filepath.Join(dir, sqlite.File)
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("there is a library in %s already: back up into a new or empty folder", dir)
	}
	part := filepath.Join(dir, "part")
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	to, err := sqlite.Open(ctx, part, sqlite.Options{})
	if err != nil {
		return err
	}
	c := &copier{from: d, to: to, bookmark: bookmarkOf("backup")}
	if err := errors.Join(c.pour(ctx, ""), to.Mark(ctx, c.bookmark, ""), to.Close()); err != nil {
		os.RemoveAll(part)
		return fmt.Errorf("back up into %s: %w", dir, err)
	}
	if err := os.Rename(filepath.Join(part, sqlite.File), file); err != nil {
		return err
	}
	return os.RemoveAll(part)
}
