package postgres

import (
	"context"
	"embed"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad"
)

//go:embed migrations/*.sql
var migrations embed.FS

// format is the newest format of the tables.
const format = 1

func newer(v int64) error { return fmt.Errorf("format %d: %w", v, isnad.ErrNewer) }

// Advisory locks, by number. They are of the library's database.
const (
	locks     = 0x15AD // the class of ours
	lockShape = 1      // of who changes the tables
	lockThing = 2      // shared by who writes mentions of things; alone, who changes which thing is which
	lockTail  = 3      // of who gives places in the order of keeping and changes counts
	lockTurns = 0x15AE // another class: tasks that are one's alone
)

// format gives the format of the tables; 0 where there are none.
func (l *Library) format(ctx context.Context) (v int64, err error) {
	there := false
	if err := l.pool.QueryRow(ctx, "SELECT to_regclass('library') IS NOT NULL").Scan(&there); err != nil || !there {
		return 0, err
	}
	err = l.pool.QueryRow(ctx, "SELECT coalesce(max(value), 0) FROM library WHERE key = 'format'").Scan(&v)
	return v, err
}

// migrate brings the tables to the newest format, a format at a time. Of many programs that
// start at once one does it and the others wait.
func (l *Library) migrate(ctx context.Context) error {
	for {
		done, err := l.step(ctx)
		if err != nil {
			return fmt.Errorf("bring the library to format %d: %w", format, err)
		}
		if done {
			return nil
		}
	}
}

// step makes one format of the one before, wholly or not at all.
func (l *Library) step(ctx context.Context) (done bool, err error) {
	err = pgx.BeginFunc(ctx, l.pool, func(t pgx.Tx) error {
		if _, err := t.Exec(ctx, "SELECT pg_advisory_xact_lock($1, $2)", locks, lockShape); err != nil {
			return err
		}
		v, err := l.format(ctx)
		if err != nil || v >= format {
			done = true
			return err
		}
		sql, err := migrations.ReadFile("migrations/" + strconv.FormatInt(v+1, 10) + ".sql")
		if err != nil {
			return err
		}
		if _, err := t.Conn().PgConn().Exec(ctx, string(sql)).ReadAll(); err != nil {
			return err
		}
		if v == 0 {
			if _, err := t.Exec(ctx, "INSERT INTO library VALUES('forms', $1)", l.Lang.Edition()); err != nil {
				return err
			}
		}
		_, err = t.Exec(ctx, "INSERT INTO library VALUES('format', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value", v+1)
		return err
	})
	return done, err
}
