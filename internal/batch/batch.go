// Package batch makes records and stories of archives: as many processes as there are, on
// one machine or several, share the work through a folder or bucket that all of them see.
// It knows which piece of work comes when and who has it; what is made of an article or a
// day is the matter of package step, where parts lie that of package depot.
//
// A run goes in stages. A stage is cut into tasks; a task reads what the stages before
// gave, writes its own parts and then a note that it is done. All of them give the same
// bytes whoever does them, so a task that is done twice does no harm, and a run that was
// stopped goes on where it was.
//
//	read   a stretch of the input → its records, by the hash of their ids
//	keep   the records of some ids → each once, in the output; its sketch, by day
//	walk   some days → the stories that are born in them
//	check  proves that the walks fit together, and does again those that do not
//	finish what could not be read, the sums; throws away what lay between the stages
package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/isnad-project/isnad/internal/batch/depot"
	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/reader"
)

// Asked is what a run is asked for. Who joins a run asks for the same.
type Asked struct {
	In        []string  // files, folders and patterns, as every process sees them
	From      pour.Kind // of every file; "" finds it out for each
	Outlet    string    // of what says none itself
	Published string    // likewise
	Format    Format    // of the records
	Unit      int64     // bytes of input a task reads, about; 0 is 256 MiB
}

// Format is a form of records.
type Format string

// The formats.
const (
	Packed  Format = "jsonl.zst" // JSON Lines, compressed by Zstandard
	Plain   Format = "jsonl"     // JSON Lines
	Parquet Format = "parquet"   // tables
)

// Options shape a run.
type Options struct {
	Asked
	Out  string        // a folder, or s3://bucket/prefix
	Temp string        // a folder for what does not fit in memory; "" is the system's
	Keep bool          // what lies between the stages stays when the run ends
	Tell func(State)   // is told how far the run is; nil is not
	Turn time.Duration // how long a task is one process's after its last word; 0 is 30 seconds

	chunk, warm int // of walks; 0 is the defaults
}

// State says how far a run is.
type State struct {
	Stage       string
	Tasks, Done int     // of the stage
	Share       float64 // of the stage's work that is done, 0 to 1
	Articles    int64   // that this process has read
	Waiting     bool    // other processes have what is left
}

// Run is a run under way, as one process sees it.
type Run struct {
	o     Options
	depot depot.Depot
	plan  plan
	steps *step.Steps
	who   string

	articles atomic.Int64
	tell     sync.Mutex
	notes    notes
}

const (
	planName   = "run.json"
	resultName = "result.json"
)

// Open joins the run that lies in Out, or begins one there.
func Open(ctx context.Context, o Options) (*Run, error) {
	if o.Unit <= 0 {
		o.Unit = 256 << 20
	}
	if o.Format == "" {
		o.Format = Packed
	}
	if o.Turn <= 0 {
		o.Turn = 30 * time.Second
	}
	d, err := depot.New(o.Out)
	if err != nil {
		return nil, err
	}
	r := &Run{o: o, depot: d, who: who()}
	if err := r.agree(ctx); err != nil {
		return nil, err
	}
	if r.steps, err = step.New(); err != nil {
		return nil, err
	}
	return r, nil
}

// agree finds the plan of the run, or makes it. Of several processes that begin one at
// once, the plan of one holds.
func (r *Run) agree(ctx context.Context) error {
	b, err := r.depot.Get(ctx, planName)
	if errors.Is(err, depot.ErrNone) {
		p, err := r.draft()
		if err != nil {
			return err
		}
		if b, err = json.Marshal(p); err != nil {
			return err
		}
		if _, err := r.depot.Claim(ctx, planName, b); err != nil {
			return err
		}
		b, err = r.depot.Get(ctx, planName)
		if err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&r.plan); err != nil || r.plan.Form != planForm {
		return fmt.Errorf("%s holds a %s that is none of this isnad's: name another --out", r.depot, planName)
	}
	switch {
	case r.plan.Reader != reader.Version:
		return fmt.Errorf("the run in %s was begun by %s and this is %s: go on with that one, or name another --out", r.depot, r.plan.Reader, reader.Version)
	case !reflect.DeepEqual(r.plan.Asked, r.o.Asked):
		return fmt.Errorf("the run in %s is of another command (--in %q): repeat that one, or name another --out", r.depot, r.plan.Asked.In)
	}
	return nil
}

// Result is what a run gave.
type Result struct {
	Articles   int64 `json:"articles"`   // that were read, those that came twice included
	Records    int64 `json:"records"`    // kept
	Stories    int64 `json:"stories"`    //
	Unread     int64 `json:"unread"`     // that could not be read
	Units      int   `json:"units"`      // stretches of the input
	Partitions int   `json:"partitions"` // of the records
	Walks      int   `json:"walks"`      // stretches of days
	Again      int   `json:"again"`      // walks that were done again because the guess of their beginning was wrong
	Read       int64 `json:"read"`       // bytes of input
	Shuffled   int64 `json:"shuffled"`   // bytes that went from stage to stage, compressed
	Began      time.Time
	Ended      time.Time
}

// Work does what is to be done until the run has ended, with all processes that have
// joined it.
func (r *Run) Work(ctx context.Context) (Result, error) {
	for _, s := range stages {
		if b, err := r.depot.Get(ctx, resultName); err == nil {
			var result Result
			err = json.Unmarshal(b, &result)
			return result, err
		} else if !errors.Is(err, depot.ErrNone) {
			return Result{}, err
		}
		if err := r.stage(ctx, s); err != nil {
			return Result{}, err
		}
	}
	var result Result
	b, err := r.depot.Get(ctx, resultName)
	if err == nil {
		err = json.Unmarshal(b, &result)
	}
	return result, err
}

// Troubles gives what could not be read, a line of JSON each, once the run has ended.
func (r *Run) Troubles(ctx context.Context) ([]byte, error) {
	b, err := r.depot.Get(ctx, troublesName)
	if errors.Is(err, depot.ErrNone) {
		return nil, nil
	}
	return b, err
}
