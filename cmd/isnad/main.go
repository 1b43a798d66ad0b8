// Command isnad reads Arabic news and gives its record: who, when, how many, who said
// what through whom, what was done, what was promised.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/isnad-project/isnad/internal/settings"
)

// The exit statuses.
const (
	done  = 0 // everything was read
	some  = 1 // some of it could not be read
	usage = 2 // the command line is wrong
)

// verbs are the command line.
type verbs struct {
	Config string `help:"File of settings; without it, isnad.yaml where the system keeps a user's settings, or in /etc/isnad." placeholder:"FILE"`

	Read        readVerb        `cmd:"" help:"Read articles into their records."`
	Add         addVerb         `cmd:"" help:"Pour files, folders, archives or pages into a library."`
	Source      sourceVerb      `cmd:"" help:"Say which feeds are followed."`
	Watch       watchVerb       `cmd:"" help:"Follow the feeds: fetch, keep, read and join what is new."`
	Worker      workerVerb      `cmd:"" help:"Take work from the queues: visit, read and join. Any number, anywhere, started and stopped at will."`
	Work        workVerb        `cmd:"" help:"Show the queues of the workers, and what was put aside."`
	Serve       serveVerb       `cmd:"" help:"Show the library on pages, in Arabic and English, to a browser on this machine."`
	User        userVerb        `cmd:"" help:"Say who may sign in to the pages and the API, and what each may do."`
	Log         logVerb         `cmd:"" help:"Print what was changed by hand, by whom and from where."`
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
	Copy        copyVerb        `cmd:"" help:"Copy everything a library keeps into another: from a folder into a database, or back."`
	Batch       batchVerb       `cmd:"" help:"Read archives into records and stories, with as many processes as there are, on one machine or several."`
	Map         mapVerb         `cmd:"" help:"Lines in, lines with keys out, for Hadoop, Spark or sort: the first half of a stage."`
	Reduce      reduceVerb      `cmd:"" help:"Sorted lines in, records or stories out: the second half."`
	Demo        demoVerb        `cmd:"" help:"Bring in a sample newsroom and show its stories, disagreements and commitments."`
	Hook        hookVerb        `cmd:"" help:"Have new articles that a search finds posted to an address."`
	Health      healthVerb      `cmd:"" help:"Ask a desk that serves whether it is well."`
	Settings    configVerb      `cmd:"" name:"config" help:"Print the settings that hold, and where each comes from."`
	Version     versionVerb     `cmd:"" help:"Print the version."`
}

// world is what a verb may touch.
type world struct {
	ctx      context.Context
	in       io.Reader
	out, err *os.File
	model    *kong.Application // the command line
	settings *settings.File
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	status := run(world{ctx: ctx, in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(status)
}

// run carries out one command line and gives the exit status.
func run(w world, args []string) int {
	var v verbs
	file, err := configured(args)
	if err != nil {
		return w.fail(usage, err)
	}
	parser, err := kong.New(&v, kong.Name("isnad"), kong.Vars{"library": home()}, kong.Writers(w.out, w.err), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.DefaultEnvars("ISNAD"), kong.ValueFormatter(help), kong.Resolvers(file),
		kong.Description("Reads Arabic news and keeps the record: who, when, how many, who said what through whom, what was done, what was promised; each finding tied to its words."))
	if err != nil {
		return w.fail(usage, err)
	}
	if err := file.Check(parser.Model); err != nil {
		return w.fail(usage, err)
	}
	w.model, w.settings = parser.Model, file
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
