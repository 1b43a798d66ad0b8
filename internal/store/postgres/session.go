package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/shelf"
)

// tx is a transaction and what is asked in it.
type tx struct {
	pgx.Tx
	ctx     context.Context
	library *Library
	made    map[string]int64 // things that the transaction made
}

// read calls f in a transaction that sees the state of one moment, again when the server
// goes away meanwhile: f begins anew each time.
func read[T any](ctx context.Context, l *Library, f func(*tx) (T, error)) (out T, err error) {
	err = l.again(ctx, func() error {
		t, err := l.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
		if err != nil {
			return err
		}
		out, err = f(&tx{t, ctx, l, nil})
		return errors.Join(err, end(t, err))
	})
	if err != nil {
		var none T
		return none, err
	}
	return out, nil
}

// end ends a transaction without changes; its failure matters when nothing else failed.
func end(t pgx.Tx, before error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := t.Rollback(ctx); err != nil && before == nil && !errors.Is(err, pgx.ErrTxClosed) {
		return err
	}
	return nil
}

// again calls f until it does not fail of something that goes away by itself, for as long as
// the library waits for its server.
func (l *Library) again(ctx context.Context, f func() error) error {
	until := time.Now().Add(l.opt.Wait)
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := f()
		if ctx.Err() != nil && err != nil {
			return ctx.Err()
		}
		if err == nil || !passing(err) || time.Now().After(until) {
			return trouble(err)
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// write calls f in a transaction and returns when what it did is on the server's disk. When
// f fails nothing of it stays. It is called again when two writers were in each other's way
// or the server went away; never when the first transaction was kept after all.
func (l *Library) write(ctx context.Context, f func(*tx) error) error {
	if l.opt.ReadOnly {
		return errors.New("the library was opened for reading only")
	}
	var doubtful int64
	return l.again(ctx, func() error {
		if doubtful != 0 {
			kept, err := l.committed(ctx, doubtful)
			if kept || err != nil {
				return err
			}
			doubtful = 0
		}
		t, err := l.pool.Begin(ctx)
		if err != nil {
			return err
		}
		id, err := begun(ctx, t)
		if err == nil {
			err = f(&tx{t, ctx, l, nil})
		}
		if err != nil {
			return errors.Join(err, end(t, err))
		}
		if err = t.Commit(ctx); err != nil && (lost(err) || ctx.Err() != nil) {
			doubtful = id
			return errors.Join(errDropped, err)
		}
		return err
	})
}

// begun gives the number of a transaction that writes.
func begun(ctx context.Context, t pgx.Tx) (id int64, err error) {
	err = t.QueryRow(ctx, "SELECT pg_current_xact_id()::text::bigint").Scan(&id)
	return id, err
}

// committed reports whether a transaction whose end was not heard of was kept.
func (l *Library) committed(ctx context.Context, id int64) (bool, error) {
	var status *string
	if err := l.pool.QueryRow(ctx, "SELECT pg_xact_status($1::text::xid8)", id).Scan(&status); err != nil {
		return false, err
	}
	if status != nil && *status == "in progress" {
		return false, errDropped // ask again
	}
	return status != nil && *status == "committed", nil
}

// lock takes an advisory lock until the transaction's end.
func (t *tx) lock(which int) error {
	return t.run("SELECT pg_advisory_xact_lock($1, $2)", locks, which)
}

// share takes an advisory lock that others may take too, not alone.
func (t *tx) share(which int) error {
	return t.run("SELECT pg_advisory_xact_lock_shared($1, $2)", locks, which)
}

// row reads the columns of a row.
type row struct{ pgx.Rows }

// scan reads the columns in order.
func (r row) scan(to ...any) error {
	if err := r.Rows.Scan(to...); err != nil {
		return err
	}
	for _, x := range to {
		switch x := x.(type) {
		case *string:
			*x = restore(*x)
		case *[]string:
			for i := range *x {
				(*x)[i] = restore((*x)[i])
			}
		}
	}
	return nil
}

// each runs a statement and gives its rows one by one.
func (t *tx) each(sql string, f func(row) error, args ...any) error {
	rows, err := t.Query(t.ctx, sql, bound(args)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(row{rows}); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads the first row of a statement into to, if there is one.
func (t *tx) one(sql string, to []any, args ...any) (found bool, err error) {
	err = t.each(sql, func(r row) error {
		if found {
			return nil
		}
		found = true
		return r.scan(to...)
	}, args...)
	return found, err
}

// run runs a statement that gives nothing back.
func (t *tx) run(sql string, args ...any) error {
	_, err := t.Exec(t.ctx, sql, bound(args)...)
	return err
}

// number gives the first column of the first row, or 0.
func (t *tx) number(sql string, args ...any) (n int64, err error) {
	_, err = t.one(sql, []any{&n}, args...)
	return n, err
}

// numbers gives the first column of all rows.
func (t *tx) numbers(sql string, args ...any) (list []int64, err error) {
	err = t.each(sql, func(r row) error {
		var n int64
		err := r.scan(&n)
		list = append(list, n)
		return err
	}, args...)
	return list, err
}

// copy pours rows into a table.
func (t *tx) copy(table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := t.CopyFrom(t.ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return bound(rows[i]), nil }))
	return err
}

// bound makes values fit for the server.
func bound(args []any) []any {
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = harmless(a)
		case isnad.Kind:
			args[i] = harmless(string(a))
		case isnad.Ending:
			args[i] = string(a)
		case []string:
			args[i] = harmlessAll(a)
		case time.Time:
			args[i] = shelf.Micros(a)
		case []byte:
			if a == nil {
				args[i] = []byte{}
			}
		}
	}
	return args
}

// PostgreSQL takes no NUL in a text and no bytes that are not UTF-8. Each is written in
// hexadecimal figures after SUB, and SUB itself too.
const sub = 0x1a

func harmless(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 && strings.IndexByte(s, sub) < 0 {
		return s
	}
	var b []byte
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == 0 || r == sub || r == utf8.RuneError && n == 1 {
			b = fmt.Appendf(b, "%c%02x", sub, s[0])
		} else {
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return string(b)
}

// restore is the way back from harmless.
func restore(s string) string {
	if strings.IndexByte(s, sub) < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == sub && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(v))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

func harmlessAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = harmless(s)
	}
	return out
}

// keyOf is the key of a text that may be too long for an index.
func keyOf(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:16]
}

func keysOf(list []string) [][]byte {
	out := make([][]byte, len(list))
	for i, s := range list {
		out[i] = keyOf(s)
	}
	return out
}
