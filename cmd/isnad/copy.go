package main

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/isnad-project/isnad/internal/store"
)

type copyVerb struct {
	From string `arg:"" help:"Folder or address (postgres://user:password@host/database) of the library."`
	To   string `arg:"" help:"A new folder, or an empty database."`
}

// Run brings everything that one library keeps into another.
func (v *copyVerb) Run(w world) error {
	from, err := library{Library: v.From}.read(w.ctx)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := store.Open(w.ctx, v.To, store.Options{})
	if err != nil {
		return err
	}
	defer to.Close()
	if err := store.Copy(w.ctx, from, to, v.From, v.tell(w)); err != nil {
		return err
	}
	s, err := to.Stats(w.ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.err, "isnad: %d articles, %d captures, %d stories, as many as in the first; the evidence stays where it is: name its folder with --evidence\n", s.Articles, s.Captures, s.Stories)
	return err
}

// tell says on a terminal how far the copy is.
func (v *copyVerb) tell(w world) func(int) {
	if !term.IsTerminal(int(w.err.Fd())) {
		return nil
	}
	began := time.Now()
	return func(n int) {
		fmt.Fprintf(w.err, "\r%d articles, %.0f a second%s", n, float64(n)/time.Since(began).Seconds(), strings.Repeat(" ", 8))
	}
}
