package sqlite

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/ncruces/go-sqlite3"
)

var errClosed = errors.New("the library is closed")

// pool hands out connections: one to the writer whose turn it is, others to readers.
type pool struct {
	file   string
	name   string // by which readers open the file
	opt    Options
	writer *conn
	turn   chan struct{} // holds one token
	slots  chan struct{} // holds a token for each reader that may begin
	closed chan struct{}

	mu    sync.Mutex
	idle  []*conn // of readers
	ended bool
}

func newPool(file string, opt Options) *pool {
	p := &pool{file: file, name: file, opt: opt, turn: make(chan struct{}, 1), slots: make(chan struct{}, opt.Readers), closed: make(chan struct{})}
	p.turn <- struct{}{}
	for range opt.Readers {
		p.slots <- struct{}{}
	}
	return p
}

// take waits for a token.
func (p *pool) take(ctx context.Context, tokens chan struct{}) error {
	select {
	case <-p.closed:
		return errClosed
	default:
	}
	select {
	case <-tokens:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-p.closed:
		return errClosed
	}
}

// read calls f with a connection that sees the state of one moment.
func (p *pool) read(ctx context.Context, f func(*conn) error) error {
	if err := p.take(ctx, p.slots); err != nil {
		return err
	}
	defer func() { p.slots <- struct{}{} }()
	c, err := p.reader()
	if err != nil {
		return err
	}
	c.SetInterrupt(ctx)
	if err = c.Exec("BEGIN"); err == nil {
		err = f(c)
		c.SetInterrupt(context.Background())
		err = errors.Join(err, c.Exec("ROLLBACK"))
	}
	p.giveBack(c)
	return reason(ctx, err)
}

func (p *pool) reader() (*conn, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	c, err := connect(p.name, sqlite3.OPEN_READONLY|sqlite3.OPEN_URI, p.opt.Wait)
	if err == nil {
		c.ids = map[int64]string{}
	}
	return c, err
}

// still makes readers open the file as one that nobody changes, which needs no files beside
// it: on a disk for reading only. It is false when changes wait in the log.
func (p *pool) still() bool {
	if f, err := os.Stat(p.file + "-wal"); err == nil && f.Size() > 0 {
		return false
	}
	path, err := filepath.Abs(p.file)
	if err != nil {
		return false
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "immutable=1"}
	p.name = name.String()
	return true
}

func (p *pool) giveBack(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !c.GetAutocommit() { // a transaction that would not end
		c.close()
		return
	}
	p.idle = append(p.idle, c)
}

// change is write for what changes what the library tells.
func (p *pool) change(ctx context.Context, f func(*conn) error) error {
	return p.write(ctx, func(c *conn) error {
		if err := f(c); err != nil {
			return err
		}
		return c.changed()
	})
}

// write calls f in a transaction and returns when what it did is on the disk. When f
// fails nothing of it stays.
func (p *pool) write(ctx context.Context, f func(*conn) error) error {
	if p.opt.ReadOnly {
		return errors.New("the library was opened for reading only")
	}
	if err := p.take(ctx, p.turn); err != nil {
		return err
	}
	defer func() { p.turn <- struct{}{} }()
	return reason(ctx, p.transact(ctx, f))
}

func (p *pool) transact(ctx context.Context, f func(*conn) error) error {
	c := p.writer
	c.SetInterrupt(ctx)
	defer c.SetInterrupt(context.Background())
	if err := c.Exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := f(c)
	if err == nil {
		err = c.Exec("COMMIT")
	}
	if err != nil && !c.GetAutocommit() {
		c.SetInterrupt(context.Background())
		err = errors.Join(err, c.Exec("ROLLBACK"))
	}
	return err
}

// reason says why an operation ended: because it was told to, or of what trouble.
func reason(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return trouble(err)
}

// close waits for what is running and closes all connections.
func (p *pool) close() error {
	p.mu.Lock()
	again := p.ended
	p.ended = true
	p.mu.Unlock()
	if again {
		return nil
	}
	close(p.closed)
	<-p.turn
	for range cap(p.slots) {
		<-p.slots
	}
	var errs []error
	for _, c := range p.idle {
		errs = append(errs, c.close())
	}
	if p.writer != nil {
		errs = append(errs, p.writer.close())
	}
	return errors.Join(errs...)
}

// alone calls f with the writer's connection, in no transaction.
func (p *pool) alone(ctx context.Context, f func(*conn) error) error {
	if err := p.take(ctx, p.turn); err != nil {
		return err
	}
	defer func() { p.turn <- struct{}{} }()
	p.writer.SetInterrupt(ctx)
	defer p.writer.SetInterrupt(context.Background())
	return reason(ctx, f(p.writer))
}
