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
	Read        readVerb        `cmd:"" help:"Read articles into their records."`
	Add         addVerb         `cmd:"" help:"Pour files, folders, archives or pages into a library."`
	Source      sourceVerb      `cmd:"" help:"Say which feeds are followed."`
	Watch       watchVerb       `cmd:"" help:"Follow the feeds: fetch, keep, read and join what is new."`
	Serve       serveVerb       `cmd:"" help:"Show the library on pages, in Arabic and English, to a browser on this machine."`
	Search      searchVerb      `cmd:"" help:"Search the library."`
	Stories     storiesVerb     `cmd:"" help:"Print the stories that the articles tell, their copies and disagreements."`
	Story       storyVerb       `cmd:"" help:"Print one story with its articles."`
	Entity      entityVerb      `cmd:"" help:"Show or correct a person, body or place that articles name."`
	Commitments commitmentsVerb `cmd:"" help:"List who is to do what by when."`
	Export      exportVerb      `cmd:"" help:"Write all rows as JSON Lines, CSV, Parquet, iCalendar or GDELT's table."`
	Original    originalVerb    `cmd:"" help:"Give back the bytes of an article as they came."`
	Reread      rereadVerb      `cmd:"" help:"Read every article anew from its evidence."`
	Check       checkVerb       `cmd:"" help:"Prove the library, its evidence and its records whole."`
	Backup      backupVerb      `cmd:"" help:"Copy the library into a new folder."`
	Demo        demoVerb        `cmd:"" help:"Bring in a sample newsroom and show its stories, disagreements and commitments."`
	Version     versionVerb     `cmd:"" help:"Print the version."`
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
	parser, err := kong.New(&v, kong.Name("isnad"), kong.Vars{"library": home()}, kong.Writers(w.out, w.err), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Description("Reads Arabic news and keeps the record: who, when, how many, who said what through whom, what was done, what was promised; each finding tied to its words."))
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
