package postgres

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/isnad-project/isnad"
)

// How a turn's connection is watched: the server must answer every so often.
const (
	pulse   = 5 * time.Second
	silence = 15 * time.Second
)

// Turn takes a task by an advisory lock on a connection of its own. The turn is lost with the
// connection, whoever ends it; the server gives the task on when it finds the connection gone,
// within half a minute where a machine fell silent.
func (l *Library) Turn(ctx context.Context, task string) (context.Context, func(), error) {
	if l.opt.ReadOnly {
		return nil, nil, errReadOnly
	}
	c, err := l.taken(ctx, task)
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		return nil, nil, fmt.Errorf("take the turn to %s: %w", task, trouble(err))
	}
	mine, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer end()
		watch(mine, c)
	}()
	return mine, sync.OnceFunc(func() { end(); <-done }), nil
}

// taken connects and takes the lock of a task.
func (l *Library) taken(ctx context.Context, task string) (*pgx.Conn, error) {
	config := l.pool.Config().ConnConfig
	config.RuntimeParams["tcp_keepalives_idle"] = "10"
	config.RuntimeParams["tcp_keepalives_interval"] = "5"
	config.RuntimeParams["tcp_keepalives_count"] = "3"
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	h := fnv.New32a()
	h.Write([]byte(task))
	got := false
	if err = c.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", lockTurns, int32(h.Sum32())).Scan(&got); err == nil && !got {
		err = fmt.Errorf("%w: another program has it", isnad.ErrBusy)
	}
	if err != nil {
		return nil, errors.Join(err, hangUp(c))
	}
	return c, nil
}

// watch returns when the context ends or the connection does.
func watch(ctx context.Context, c *pgx.Conn) {
	defer hangUp(c)
	for ctx.Err() == nil {
		wait, cancel := context.WithTimeout(ctx, pulse)
		_, err := c.WaitForNotification(wait) // there are none: it hears the connection's end
		cancel()
		if ctx.Err() != nil || err != nil && c.IsClosed() {
			return
		}
		ask, cancel := context.WithTimeout(ctx, silence)
		err = c.Ping(ask)
		cancel()
		if err != nil {
			return
		}
	}
}

// hangUp gives back what the connection holds, so that it is free when this returns, and
// closes it.
func hangUp(c *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if !c.IsClosed() {
		c.Exec(ctx, "SELECT pg_advisory_unlock_all()") // else the server does when it finds the connection gone
	}
	return c.Close(ctx)
}
