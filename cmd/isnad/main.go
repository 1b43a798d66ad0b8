// Command isnad reads Arabic news and gives its record: who, when, how many, who said
// what through whom, what was done, what was promised.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

// The exit statuses.
const (
	done  = 0 // everything was read
	some  = 1 // some of it could not be read
	usage = 2 // the command line is wrong
)

// verbs are the command line.
type verbs struct {
	Read    readVerb    `cmd:"" help:"Read articles into their records."`
	Version versionVerb `cmd:"" help:"Print the version."`
}

// world is what a verb may touch.
type world struct {
	ctx      context.Context
	in       io.Reader
	out, err *os.File
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(world{ctx, os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])
	stop()
	os.Exit(status)
}

// run carries out one command line and gives the exit status.
func run(w world, args []string) int {
	var v verbs
	parser, err := kong.New(&v, kong.Name("isnad"), kong.Writers(w.out, w.err), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Description("Reads Arabic news text and gives its record, each finding tied to its words."))
	if err != nil {
		return w.fail(usage, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	line, err := parser.Parse(args)
	if err != nil {
		return w.fail(usage, fmt.Errorf("%w (see: isnad --help)", err))
	}
	status := done
	if err := line.Run(w, &status); err != nil {
		return w.fail(some, err)
	}
	return status
}

// fail says what is wrong and gives status.
func (w world) fail(status int, err error) int {
	fmt.Fprintln(w.err, "isnad:", err)
	return status
}
