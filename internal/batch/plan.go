package batch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/reader"
)

const planForm = "isnad-batch/1"

// plan is what all processes of a run agree on. It never changes.
type plan struct {
	Form       string
	Reader     string
	Asked      Asked
	Units      []unit
	Partitions int
	Chunk      int // articles of a walk, about
	Warm       int // days that a walk begins before those that it is for
	Troubles   []Trouble
	Began      time.Time
}

// unit is a stretch of the input: some files, or a part of one.
type unit struct {
	Files []string
	Found bool       `json:",omitempty"` // in a folder
	Part  *pour.Part `json:",omitempty"`
	Bytes int64
}

// Trouble is something that could not be read.
type Trouble struct {
	Where string `json:"where"`
	Error string `json:"error"`
}

const (
	partition = 64 << 20 // bytes of input for each partition of the records, about
	fewest    = 4        // partitions
	most      = 1 << 10
	together  = 10_000 // files of a unit at most
	chunk     = 50_000 // articles of a walk
	warm      = 21     // days: hardly any story lives longer
)

// draft makes a plan.
func (r *Run) draft() (plan, error) {
	p := plan{Form: planForm, Reader: reader.Version, Asked: r.o.Asked, Chunk: chunk, Warm: warm, Began: time.Now().UTC().Truncate(time.Second)}
	if r.o.chunk > 0 {
		p.Chunk, p.Warm = r.o.chunk, r.o.warm
	}
	paths, err := expand(r.o.In)
	if err != nil {
		return p, err
	}
	total := int64(0)
	for f := range pour.Files(paths, r.o.From) {
		if f.Err == nil {
			total += f.Size
			f.Err = p.add(f)
		}
		if f.Err != nil && !errors.Is(f.Err, pour.ErrForeign) {
			p.Troubles = append(p.Troubles, Trouble{f.Path, f.Err.Error()})
		}
	}
	if len(p.Units) == 0 {
		return p, fmt.Errorf("there is nothing to read in %q", r.o.In)
	}
	p.Partitions = int(min(max(total/partition, fewest), most))
	return p, nil
}

// add adds a file to the units: a large one in parts where that can be, small ones
// together.
func (p *plan) add(f pour.File) error {
	size := p.Asked.Unit
	if f.Size > size+size/2 {
		if ok, err := pour.Partible(f.Path, p.Asked.From); err != nil {
			return err
		} else if ok {
			parts := (f.Size + size - 1) / size
			for i := range parts {
				at := pour.Part{From: f.Size * i / parts, To: f.Size * (i + 1) / parts}
				p.Units = append(p.Units, unit{Files: []string{f.Path}, Found: f.Found, Part: &at, Bytes: at.To - at.From})
			}
			return nil
		}
	}
	if n := len(p.Units) - 1; n >= 0 {
		if u := &p.Units[n]; u.Part == nil && u.Found == f.Found && u.Bytes+f.Size <= size && len(u.Files) < together {
			u.Files, u.Bytes = append(u.Files, f.Path), u.Bytes+f.Size
			return nil
		}
	}
	p.Units = append(p.Units, unit{Files: []string{f.Path}, Found: f.Found, Bytes: f.Size})
	return nil
}

// expand gives the files that patterns stand for, in order.
func expand(in []string) ([]string, error) {
	var paths []string
	for _, p := range in {
		switch _, err := os.Stat(p); {
		case p == pour.Stdin:
			return nil, errors.New("standard input cannot be shared: name files")
		case strings.HasPrefix(p, "s3://"):
			return nil, fmt.Errorf("%s: input is read from files; mount the bucket, or copy what is in it", p)
		case err == nil:
			paths = append(paths, p)
			continue
		}
		found, err := filepath.Glob(p)
		if err != nil {
			return nil, fmt.Errorf("%q is no pattern: %w", p, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("nothing is at %s", p)
		}
		paths = append(paths, found...) // which Glob gives in order
	}
	return paths, nil
}
