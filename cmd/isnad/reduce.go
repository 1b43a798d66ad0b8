package main

import (
	"bufio"
	"errors"

	"github.com/isnad-project/isnad/internal/batch/step"
)

type reduceVerb struct {
	Stage string `help:"records: gives every article's record once; stories: gives the stories. The lines are those of map, of the same stage." enum:"records,stories" default:"records"`
	Temp  string `help:"Folder for the articles of stories that go on; the system's without it." placeholder:"DIR"`
}

// Run gives records or stories of sorted lines.
func (v *reduceVerb) Run(w world) error {
	out := bufio.NewWriterSize(w.out, 1<<16)
	emit := func(body []byte) error {
		out.Write(body)
		return out.WriteByte('\n')
	}
	in := func(yield func([]byte, error) bool) {
		for line, err := range step.Scan(w.in) {
			if err == nil {
				err = w.ctx.Err()
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
	var err error
	if v.Stage == "records" {
		err = step.Latest(in, emit)
	} else if s, bad := step.New(); bad != nil {
		err = bad
	} else {
		err = s.Stories(in, step.Stretch{Temp: v.Temp}, emit)
	}
	return errors.Join(err, out.Flush())
}
