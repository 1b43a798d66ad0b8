package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/isnad-project/isnad"
)

// SQLSTATE codes that mean something to whoever asked.
const (
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeDiskFull      = "53100"
	codeMemory        = "53200"
	codeConnections   = "53300"
	codeShutdown      = "57P01"
	codeCrash         = "57P02"
	codeStarting      = "57P03"
	codeTimeout       = "57014"
	codePassword      = "28P01"
	codeIdentity      = "28000"
	codeNoDatabase    = "3D000"
	codeNoRight       = "42501"
	codeReadOnly      = "25006"
	codeLockTimeout   = "55P03"
	codeIO            = "58030"
)

// trouble says what an error of the server means for whoever asked.
func trouble(err error) error {
	if err == nil {
		return nil
	}
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return unreached(err)
	}
	say := func(what string) error { return fmt.Errorf("%s: %w", what, err) }
	switch server.Code {
	case codeDiskFull:
		return say("the disk of the PostgreSQL server is full; nothing of this was kept, make room there and try again")
	case codeIO:
		return say("the disk of the PostgreSQL server failed; nothing of this was kept")
	case codeMemory:
		return say("the PostgreSQL server has no memory left; nothing of this was kept, try again")
	case codeConnections:
		return fmt.Errorf("%w: the PostgreSQL server takes no more connections; raise its max_connections, or add pool_max_conns to the address: %w", isnad.ErrBusy, err)
	case codeLockTimeout:
		return fmt.Errorf("%w: %w", isnad.ErrBusy, err)
	case codePassword, codeIdentity:
		return say("the PostgreSQL server does not take this user and password; look at the library's address")
	case codeNoDatabase:
		return say("there is no such database on the PostgreSQL server; make it (createdb -E UTF8), or look at the library's address")
	case codeNoRight:
		return say("the user has not the right to do this in the database; grant it what it needs, CREATE on the schema too")
	case codeReadOnly:
		return say("the PostgreSQL server is for reading only; use the address of the one that takes changes")
	case codeStarting, codeShutdown, codeCrash:
		return say("the PostgreSQL server is stopping or starting; try again when it is there")
	}
	return err
}

// unreached says that the server cannot be reached, if that is what an error says.
func unreached(err error) error {
	var connect *pgconn.ConnectError
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return fmt.Errorf("there is no machine of the name %q; look at the library's address: %w", name.Name, err)
	case errors.As(err, &connect):
		return fmt.Errorf("the PostgreSQL server cannot be reached; look whether it runs, and at the library's address: %w", err)
	case lost(err):
		return fmt.Errorf("the connection to the PostgreSQL server was lost: %w", err)
	}
	return err
}

// passing reports whether an error goes away by itself: the server stops, starts or was not
// reached, or two transactions were in each other's way.
func passing(err error) bool {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		switch server.Code {
		case codeSerialization, codeDeadlock, codeShutdown, codeCrash, codeStarting:
			return true
		}
		return strings.HasPrefix(server.Code, "08")
	}
	return lost(err)
}

// lost reports whether an error is the loss or want of a connection.
func lost(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, errDropped) || strings.Contains(err.Error(), "conn closed")
}

// errDropped says that a transaction's connection went away before its end.
var errDropped = errors.New("the connection was lost before the transaction's end")
