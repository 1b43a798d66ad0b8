package postgres

import (
	"context"
	"errors"
)

// Backup says how a database is backed up. internal/store makes of it a copy in a folder.
func (l *Library) Backup(context.Context, string) error {
	return errors.New("a library in PostgreSQL is backed up by the server's means (pg_dump, pg_basebackup), or copied into a folder by isnad copy")
}
