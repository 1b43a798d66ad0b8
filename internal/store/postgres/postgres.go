// Package postgres keeps a library in a PostgreSQL database, for many programs on many
// machines at once. It knows tables, partitions, transactions and what the server's errors
// mean; which articles make a story and which names are one thing it is told.
//
// Any number of programs write at once. A transaction locks what it changes in one order:
// articles by id, then, last, the counts and the places in the order of keeping, which are
// one writer's at a time. What a method acknowledged is on the server's disk.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/isnad-project/isnad/internal/store/shelf"
)

// Options change how a library is opened.
type Options struct {
	ReadOnly bool             // for reading only; the library must be there
	Wait     time.Duration    // how long to wait for a server that went away; 0 means 20 seconds
	Now      func() time.Time // the clock; nil means the computer's
}

// Library is an isnad.Library in a database.
type Library struct {
	*shelf.Shelf
	opt    Options
	pool   *pgxpool.Pool
	ranked int // how many articles of a search are ranked
	recent recent
	met    met

	mu     sync.Mutex
	months map[string]bool // partitions that are there
}

// Open opens the library in the database of an address as PostgreSQL writes them, makes the
// tables where there are none and brings an older format forward. The error is
// isnad.ErrNewer for a newer one, and says what is wrong when the server cannot be reached,
// does not know the user, the password or the database, or is too old.
func Open(ctx context.Context, address string, opt Options) (*Library, error) {
	if opt.Wait == 0 {
		opt.Wait = 20 * time.Second
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("the library's address is not one of PostgreSQL (postgres://user:password@host:5432/database): %w", err)
	}
	s, err := shelf.New()
	if err != nil {
		return nil, err
	}
	l := &Library{Shelf: s, opt: opt, ranked: shelf.RankLimit, months: map[string]bool{}}
	session(config)
	if l.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, err
	}
	if err := l.open(ctx); err != nil {
		l.Close()
		return nil, fmt.Errorf("library in database %q on %s: %w", config.ConnConfig.Database, config.ConnConfig.Host, trouble(err))
	}
	return l, nil
}

// connections is how many connections to the server a library has at least at its disposal.
const connections = 8

// session sets what every connection of the library needs.
func session(config *pgxpool.Config) {
	if config.MaxConns < connections && !strings.Contains(config.ConnString(), "pool_max_conns") {
		config.MaxConns = connections
	}
	config.ConnConfig.ConnectTimeout = max(config.ConnConfig.ConnectTimeout, 0)
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	for k, v := range map[string]string{
		"application_name":                    "isnad",
		"jit":                                 "off", // our queries are short
		"plan_cache_mode":                     "force_generic_plan",
		"max_parallel_workers_per_gather":     "0",
		"idle_in_transaction_session_timeout": "10min",
		"client_min_messages":                 "warning",
		"work_mem":                            "32MB", // bitmaps of very frequent words
		"gin_pending_list_limit":              "2MB",
	} {
		if _, set := config.ConnConfig.RuntimeParams[k]; !set {
			config.ConnConfig.RuntimeParams[k] = v
		}
	}
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		// A tsvector is written in its binary form.
		c.TypeMap().RegisterType(&pgtype.Type{Name: "tsvector", OID: pgtype.TSVectorOID, Codec: pgtype.ByteaCodec{}})
		// Nothing is acknowledged that a fall of the server's power could take back.
		_, err := c.Exec(ctx, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")
		return err
	}
}

// oldest is the oldest server that will do.
const oldest = 14

// open looks at the server and makes or migrates the tables.
func (l *Library) open(ctx context.Context) error {
	if err := l.server(ctx); err != nil {
		return err
	}
	v, err := l.format(ctx)
	switch {
	case err != nil:
		return err
	case v > format:
		return newer(v)
	case l.opt.ReadOnly && v == 0:
		return errNone
	case l.opt.ReadOnly && v < format:
		return fmt.Errorf("format %d is older than this program's %d: open it for writing once", v, format)
	case l.opt.ReadOnly:
		return nil
	}
	if v < format {
		if err := l.migrate(ctx); err != nil {
			return err
		}
	}
	return l.reindex(ctx)
}

// server proves that the server and the database will do.
func (l *Library) server(ctx context.Context) error {
	var version int
	var encoding string
	err := l.pool.QueryRow(ctx, "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')").Scan(&version, &encoding)
	switch {
	case err != nil:
		return err
	case version < oldest*10000:
		return fmt.Errorf("the server is PostgreSQL %d; PostgreSQL %d or later is needed", version/10000, oldest)
	case encoding != "UTF8":
		return fmt.Errorf("the database's encoding is %s: make one with ENCODING 'UTF8'", encoding)
	}
	return nil
}

var errNone = errors.New("there is no library in this database: pour something in first (isnad add)")

// Close ends the use of the library, after what is running.
func (l *Library) Close() error {
	if l.pool != nil {
		l.pool.Close()
	}
	return nil
}
