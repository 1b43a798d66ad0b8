package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/query"
	"github.com/isnad-project/isnad/internal/store"
	"github.com/isnad-project/isnad/internal/view"
)

// library says which library a verb is about.
type library struct {
	Library  string `help:"Folder of the library, or its address in PostgreSQL (postgres://user:password@host/database)." env:"ISNAD_LIBRARY" default:"${library}" placeholder:"DIR"`
	Evidence string `help:"Folder of the evidence; without it, the one in the library's folder." env:"ISNAD_EVIDENCE" placeholder:"DIR"`
}

// home is where the library lies when nobody says: where the system keeps a user's data.
func home() string {
	const name = "isnad"
	if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, name)
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(dir, "AppData", "Local", name)
	case "darwin":
		return filepath.Join(dir, "Library", "Application Support", name)
	}
	return filepath.Join(dir, ".local", "share", name)
}

// read opens the library for looking, which a desk at work does not hinder.
func (l library) read(ctx context.Context) (isnad.Library, error) {
	lib, err := store.Open(ctx, l.Library, store.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no library in %s: pour something in first (isnad add), or name another with --library", l.Library)
	}
	return lib, err
}

// desk opens the library for changing it.
func (l library) desk(ctx context.Context, o desk.Options) (*desk.Desk, error) {
	o.Evidence = l.evidence()
	return desk.Open(ctx, l.Library, o)
}

// evidence says where the evidence of a library lies; nothing where it is in its folder.
// Beside a library that a server keeps it is where the system keeps a user's data.
func (l library) evidence() string {
	if l.Evidence == "" && strings.Contains(l.Library, "://") {
		return filepath.Join(home(), "evidence")
	}
	return l.Evidence
}

// shown is the library's address as it may be told: without the password.
func (l library) shown() string {
	if u, err := url.Parse(l.Library); err == nil && u.User != nil {
		return u.Redacted()
	}
	return l.Library
}

// asked gives what a user typed as a query; a limit of 0 leaves it to the library.
func asked(words string, limit int) (isnad.Query, error) {
	l, err := query.Default()
	if err != nil {
		return isnad.Query{}, err
	}
	q, err := l.Parse(words)
	q.Limit = limit
	return q, err
}

// jsonLines writes values as JSON, one a line.
func jsonLines[T any](w world, all []T) error {
	out := json.NewEncoder(w.out)
	out.SetEscapeHTML(false)
	for _, v := range all {
		if err := out.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// show writes what a view made for the terminal.
func show(w world, make func(view.Style) []byte) error {
	l, err := lex.Default()
	if err != nil {
		return err
	}
	_, err = w.out.Write(make(view.For(w.out, l)))
	return err
}

// today is the day by the clock of the desk's place.
func today() string { return time.Now().Format(time.DateOnly) }
