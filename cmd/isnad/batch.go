package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/term"

	parts "github.com/isnad-project/isnad/internal/batch"
	"github.com/isnad-project/isnad/internal/pour"
)

type batchVerb struct {
	In        []string     `required:"" sep:"none" help:"Files, folders, archives and patterns ('warc/*.warc.gz'), as every process sees them." placeholder:"PATH"`
	Out       string       `required:"" help:"Where records and stories go: a folder, or s3://bucket/prefix. Processes with the same --out share the work." placeholder:"PLACE"`
	From      pour.Kind    `help:"Form of the input: text, html, jsonl or warc. Without it, by the file's name and content." enum:"text,html,jsonl,warc," default:""`
	Published string       `help:"Day of publication of what says none itself (YYYY-MM-DD)." placeholder:"DATE"`
	Outlet    string       `help:"Who published it, where it does not say." placeholder:"NAME"`
	Format    parts.Format `help:"Form of the records: jsonl.zst, jsonl, or parquet (tables)." enum:"jsonl.zst,jsonl,parquet" default:"jsonl.zst"`
	Unit      int64        `help:"MiB of input that are read at a time; larger files are read in parts where their form allows it." default:"256" placeholder:"MIB"`
	Temp      string       `help:"Folder for what does not fit in memory; the system's without it." placeholder:"DIR"`
	Keep      bool         `help:"Keep what lies between the stages."`
}

// Run does the work of a batch, with others that have the same --out.
func (v *batchVerb) Run(w world, status *int) error {
	t := &pace{w: w, live: term.IsTerminal(int(w.err.Fd())), began: time.Now()}
	r, err := parts.Open(w.ctx, parts.Options{
		Asked: parts.Asked{In: v.In, From: v.From, Outlet: v.Outlet, Published: v.Published, Format: v.Format, Unit: v.Unit << 20},
		Out:   v.Out, Temp: v.Temp, Keep: v.Keep, Tell: t.tell,
	})
	if err != nil {
		return err
	}
	result, err := r.Work(w.ctx)
	t.clear()
	if errors.Is(err, context.Canceled) {
		*status = some
		fmt.Fprintln(w.err, "isnad: stopped; the same command goes on where it was")
		return nil
	}
	if err != nil {
		return err
	}
	troubles, err := r.Troubles(w.ctx)
	if err != nil {
		return err
	}
	if result.Unread > 0 {
		*status = some
		w.err.Write(troubles)
	}
	fmt.Fprintf(w.err, "isnad: %d articles read, %d records, %d stories, %d that could not be read (troubles.jsonl); all in %s\n",
		result.Articles, result.Records, result.Stories, result.Unread, v.Out)
	return nil
}

// pace says how far a batch is and how long the stage under way may take.
type pace struct {
	w           world
	live        bool // standard error is a terminal
	began, said time.Time
	stage       string
	since       time.Time // when this process came to the stage
	from        float64   // how much of it was done then
	shown       bool
}

// How often the state is told: on a terminal, and in a file.
const (
	often  = time.Second / 4
	seldom = 30 * time.Second
)

func (p *pace) tell(s parts.State) {
	now := time.Now()
	every := seldom
	if p.live {
		every = often
	}
	fresh := s.Stage != p.stage
	if fresh {
		p.stage, p.since, p.from = s.Stage, now, s.Share
	}
	if !fresh && now.Sub(p.said) < every {
		return
	}
	p.said = now
	text := fmt.Sprintf("%s: %d of %d%s%s", s.Stage, s.Done, s.Tasks, p.speed(s, now), p.left(s, now))
	if s.Waiting {
		text += ", the rest is with others"
	}
	if p.live {
		p.shown = true
		fmt.Fprintf(p.w.err, "\r%s\x1b[K", text)
		return
	}
	fmt.Fprintln(p.w.err, "isnad:", text)
}

// speed is how fast this process reads.
func (p *pace) speed(s parts.State, now time.Time) string {
	if d := now.Sub(p.began).Seconds(); s.Stage == "read" && s.Articles > 0 && d > 0 {
		return fmt.Sprintf(", %.0f articles a second here", float64(s.Articles)/d)
	}
	return ""
}

// left is how long the stage takes yet, by what all processes did since this one came.
func (p *pace) left(s parts.State, now time.Time) string {
	did := s.Share - p.from
	if did <= 0 || s.Share >= 1 {
		return ""
	}
	d := time.Duration(float64(now.Sub(p.since)) / did * (1 - s.Share))
	return fmt.Sprintf(", about %v left", d.Round(max(time.Second, d.Round(time.Minute)/60)))
}

// clear takes the line away.
func (p *pace) clear() {
	if p.shown {
		fmt.Fprint(p.w.err, "\r\x1b[K")
	}
}
