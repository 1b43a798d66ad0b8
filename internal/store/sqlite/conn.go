package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// conn is a connection with its prepared statements. One goroutine uses it at a time.
type conn struct {
	*sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
	index *index
	ids   map[int64]string // of things, for a reader: what was committed keeps its number
}

// idsLimit bounds the ids that a reader remembers.
const idsLimit = 1 << 14

// stmtLimit bounds the statements that a connection keeps prepared.
const stmtLimit = 256

// connect opens the file and prepares a connection to it.
func connect(file string, flags sqlite3.OpenFlag, wait time.Duration) (*conn, error) {
	c, err := sqlite3.OpenFlags(file, flags)
	if err != nil {
		return nil, trouble(err)
	}
	n := &conn{Conn: c, stmts: map[string]*sqlite3.Stmt{}}
	if err := n.prepare(wait); err != nil {
		c.Close()
		return nil, trouble(err)
	}
	return n, nil
}

func (c *conn) prepare(wait time.Duration) error {
	var err error
	if c.index, err = newIndex(c.Conn); err != nil {
		return err
	}
	if err := c.BusyTimeout(wait); err != nil {
		return err
	}
	return c.Exec("PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF")
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		s.Close()
	}
	return c.Conn.Close()
}

// stmt gives a prepared statement with its arguments bound.
func (c *conn) stmt(sql string, args []any) (*sqlite3.Stmt, error) {
	s := c.stmts[sql]
	if s == nil || s.Busy() {
		if len(c.stmts) >= stmtLimit {
			for q, old := range c.stmts {
				if !old.Busy() {
					old.Close()
					delete(c.stmts, q)
				}
			}
		}
		fresh, _, err := c.Prepare(sql)
		if err != nil {
			return nil, err
		}
		if s == nil {
			c.stmts[sql] = fresh
		}
		s = fresh
	}
	for i, a := range args {
		if err := bind(s, i+1, a); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func bind(s *sqlite3.Stmt, i int, a any) error {
	switch a := a.(type) {
	case string:
		return s.BindText(i, a)
	case int:
		return s.BindInt64(i, int64(a))
	case int64:
		return s.BindInt64(i, a)
	case float64:
		return s.BindFloat(i, a)
	case bool:
		return s.BindBool(i, a)
	case []byte:
		if a == nil {
			a = []byte{}
		}
		return s.BindBlob(i, a)
	case time.Time:
		return s.BindInt64(i, micros(a))
	case nil:
		return s.BindNull(i)
	}
	return fmt.Errorf("no way to bind a %T", a)
}

// each runs a statement and gives its rows one by one; what row gives back ends it.
func (c *conn) each(sql string, row func(*sqlite3.Stmt) error, args ...any) error {
	s, err := c.stmt(sql, args)
	if err != nil {
		return err
	}
	defer c.done(sql, s)
	for s.Step() {
		if err := row(s); err != nil {
			return err
		}
	}
	return s.Err()
}

// done makes a statement ready for its next use, or ends a second one of the same words.
func (c *conn) done(sql string, s *sqlite3.Stmt) {
	if c.stmts[sql] != s {
		s.Close()
		return
	}
	s.Reset()
	s.ClearBindings()
}

// one runs a statement and gives its first row, if there is one.
func (c *conn) one(sql string, row func(*sqlite3.Stmt), args ...any) (found bool, err error) {
	err = c.each(sql, func(s *sqlite3.Stmt) error {
		if !found {
			found = true
			row(s)
		}
		return nil
	}, args...)
	return found, err
}

// run runs a statement that gives no rows.
func (c *conn) run(sql string, args ...any) error {
	return c.each(sql, func(*sqlite3.Stmt) error { return nil }, args...)
}

// number gives the first column of the first row, or 0.
func (c *conn) number(sql string, args ...any) (n int64, err error) {
	_, err = c.one(sql, func(s *sqlite3.Stmt) { n = s.ColumnInt64(0) }, args...)
	return n, err
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// trouble says what an error of SQLite means for whoever asked.
func trouble(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlite3.INTERRUPT):
		return context.Canceled
	case errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED):
		return fmt.Errorf("%w: wait until it is done, or stop it (%w)", isnad.ErrBusy, err)
	case errors.Is(err, sqlite3.FULL) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("the disk is full; nothing of this was kept, make room and try again: %w", err)
	case errors.Is(err, sqlite3.READONLY) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the library cannot be written: its file or folder is read only: %w", err)
	case errors.Is(err, sqlite3.CANTOPEN):
		return fmt.Errorf("the library cannot be opened: look whether its folder is there and yours: %w", err)
	case errors.Is(err, sqlite3.CORRUPT) || errors.Is(err, sqlite3.NOTADB):
		return fmt.Errorf("the library's file is damaged; run isnad check, and go back to a backup: %w", err)
	case errors.Is(err, sqlite3.IOERR):
		return fmt.Errorf("the disk failed or is full; nothing of this was kept: %w", err)
	}
	return err
}
