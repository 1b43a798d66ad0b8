package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/pour"
)

type mapVerb struct {
	Stage     string    `help:"records: articles in, for the reduce of records; stories: records in, for the reduce of stories." enum:"records,stories" default:"records"`
	From      pour.Kind `help:"Form of the articles: jsonl, html, text or warc." enum:"text,html,jsonl,warc" default:"jsonl"`
	Published string    `help:"Day of publication of what says none itself (YYYY-MM-DD)." placeholder:"DATE"`
	Outlet    string    `help:"Who published it, where it does not say." placeholder:"NAME"`
	Part      string    `help:"Name of this stretch of input. Of an article that comes twice the one of the later name holds; Hadoop's file and place without it." placeholder:"NAME"`
}

// Run makes of every article or record a line with its key before it.
func (v *mapVerb) Run(w world) error {
	s, err := step.New()
	if err != nil {
		return err
	}
	if v.Stage == "stories" {
		return v.sketches(w, s)
	}
	return v.records(w, s)
}

// line is what became of one thing that came in, or words on it.
type line struct {
	body []byte
	said string
	err  error
}

func (v *mapVerb) records(w world, s *step.Steps) error {
	type numbered struct {
		pour.Item
		n int64
	}
	given, part := step.Given{Outlet: v.Outlet, Published: v.Published}, v.part()
	work := ordered.Line[numbered, line]{Workers: runtime.GOMAXPROCS(0), Make: func(it numbered) line {
		body, doubt, err := s.Record(&it.Item, given, step.Place{Part: part, Item: it.n})
		if err != nil {
			doubt = err.Error()
		}
		if doubt != "" {
			doubt = fmt.Sprintf("isnad: %s: %s\n", it.Position.Shown(), doubt)
		}
		return line{body: body, said: doubt}
	}}
	return lines(w, work, func(yield func(numbered) bool) {
		n := int64(0)
		for it := range pour.Walk(pour.Options{Paths: []string{pour.Stdin}, Kind: v.From, Stdin: w.in}) {
			if n++; !yield(numbered{it, n}) {
				return
			}
		}
	})
}

func (v *mapVerb) sketches(w world, s *step.Steps) error {
	work := ordered.Line[line, line]{Workers: runtime.GOMAXPROCS(0), Make: func(in line) line {
		if in.err != nil {
			return in
		}
		body, err := s.Sketch(in.body)
		return line{body: body, err: err}
	}}
	return lines(w, work, func(yield func(line) bool) {
		for l, err := range step.Scan(w.in) {
			if !yield(line{body: append([]byte(nil), l...), err: err}) {
				return
			}
		}
	})
}

// lines writes what is made of what comes in. What cannot be read is told and does not
// end the rest: the engine that runs this would begin again for ever.
func lines[In any](w world, work ordered.Line[In, line], each func(func(In) bool)) error {
	out := bufio.NewWriterSize(w.out, 1<<16)
	err := work.Run(w.ctx, each, func(l line) error {
		if l.said != "" {
			fmt.Fprint(w.err, l.said)
		}
		if l.err != nil || len(l.body) == 0 {
			return l.err
		}
		out.Write(l.body)
		return out.WriteByte('\n')
	})
	return errors.Join(err, out.Flush())
}

// part names the stretch of input: as it is told, or as Hadoop tells its programs.
func (v *mapVerb) part() string {
	file := os.Getenv("mapreduce_map_input_file")
	if v.Part != "" || file == "" {
		return v.Part
	}
	return fmt.Sprintf("%s@%020s", file, os.Getenv("mapreduce_map_input_start"))
}
