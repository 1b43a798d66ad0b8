// Package store opens a library by its address: a folder is the embedded store, an address
// that begins with postgres:// is a database of a PostgreSQL server. It knows which store an
// address means and how one is copied into another, and nothing of how any keeps.
package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/postgres"
	"github.com/isnad-project/isnad/internal/store/sqlite"
)

// Options change how a library is opened.
type Options struct {
	ReadOnly bool // for reading only; the library must be there
}

// Open opens the library at an address and makes it where there is none.
func Open(ctx context.Context, address string, o Options) (isnad.Library, error) {
	scheme, _, remote := strings.Cut(address, "://")
	switch {
	case !remote:
		l, err := sqlite.Open(ctx, address, sqlite.Options{ReadOnly: o.ReadOnly})
		if err != nil {
			return nil, err
		}
		return l, nil
	case scheme == "postgres" || scheme == "postgresql":
		l, err := postgres.Open(ctx, address, postgres.Options{ReadOnly: o.ReadOnly})
		if err != nil {
			return nil, err
		}
		return database{l}, nil
	}
	return nil, fmt.Errorf("a library is in a folder or in a database (postgres://user:password@host/database), not at %s://", scheme)
}
