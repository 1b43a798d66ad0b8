package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"golang.org/x/term"
)

// progress writes outputs and says on a terminal how far it is, once a second of work
// has gone by.
type progress struct {
	err         *os.File
	shown, show bool
	began, said time.Time
	count       int
}

// newProgress shows progress only where nothing else is shown: with standard error on a
// terminal and the records going elsewhere.
func newProgress(w world, json bool) *progress {
	terminal := term.IsTerminal(int(w.err.Fd()))
	if term.IsTerminal(int(w.out.Fd())) {
		terminal = false
	}
	now := time.Now()
	return &progress{err: w.err, show: terminal, began: now, said: now}
}

// write gives an output to its streams. What is said to people waits for no buffer.
func (p *progress) write(out *bufio.Writer, o output) error {
	p.count++
	if o.said != "" || o.err != nil {
		p.clear()
		if err := out.Flush(); err != nil {
			return err
		}
		fmt.Fprint(p.err, o.said)
	}
	if o.err != nil {
		fmt.Fprintln(p.err, "isnad:", o.err)
		return nil
	}
	_, err := out.Write(o.body)
	p.tell()
	return err
}

func (p *progress) tell() {
	if !p.show {
		return
	}
	if now := time.Now(); now.Sub(p.said) >= time.Second {
		p.said, p.shown = now, true
		fmt.Fprintf(p.err, "\r%d articles, %.0f a second\x1b[K", p.count, float64(p.count)/now.Sub(p.began).Seconds())
	}
}

// clear takes the progress line away.
func (p *progress) clear() {
	if p.shown {
		p.shown = false
		fmt.Fprint(p.err, "\r\x1b[K")
	}
}
