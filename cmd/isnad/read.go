package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/view"
	"github.com/isnad-project/isnad/reader"
)

// output is what became of one input: bytes for standard output, words for standard
// error, or an error.
type output struct {
	body []byte
	said string
	err  error
}

type readVerb struct {
	JSON      bool      `name:"json" help:"Give JSON Lines (docs/record.md), one record a line, in the order of input."`
	From      pour.Kind `help:"Form of the input: text, html, jsonl or warc. Without it, by the file's name and content." enum:"text,html,jsonl,warc," default:""`
	Published string    `help:"Day of publication (YYYY-MM-DD), from which «Monday» and «in two months» are counted." placeholder:"DATE"`
	Outlet    string    `help:"Who published it." placeholder:"NAME"`
	Title     string    `help:"The headline." placeholder:"TITLE"`
	Explain   bool      `help:"Show the steps of reading and the rule and confidence of every finding."`
	Files     []string  `arg:"" name:"file" help:"Files and folders to read; - is standard input."`
}

// Validate refuses a day that is none, before anything is read.
func (v *readVerb) Validate() error {
	if v.Published == "" {
		return nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if _, err := time.Parse(layout, v.Published); err == nil {
			return nil
		}
	}
	return fmt.Errorf("--published: %q is no day (YYYY-MM-DD)", v.Published)
}

// frugal is the memory that the command tries to stay under. What it must hold (lexicon,
// models, the articles under way) is half of it; a larger article may take more.
const frugal = 150 << 20

// Run reads the files. Its status says whether all were read.
func (v *readVerb) Run(w world, status *int) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(frugal)
	}
	r, err := reader.New()
	if err != nil {
		return err
	}
	l, err := lex.Default()
	if err != nil {
		return err
	}
	src := source{w.in, v.From, isnad.Article{Title: v.Title, Outlet: v.Outlet, Published: v.Published}, l}
	out := bufio.NewWriterSize(w.out, 1<<16)
	p := newProgress(w, v.JSON)
	defer p.clear()
	line := ordered.Line[input, output]{Workers: runtime.GOMAXPROCS(0), Make: v.maker(r, view.For(w.out, l)), Idle: out.Flush}
	failed := 0
	err = line.Run(w.ctx, func(yield func(input) bool) { src.each(v.Files, yield) }, func(o output) error {
		if o.err != nil {
			failed++
		}
		return p.write(out, o)
	})
	if err := errors.Join(err, out.Flush()); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("write the records: %w", err)
	}
	if failed > 0 || err != nil {
		*status = some
	}
	return nil
}

// maker gives what makes the output of one input.
func (v *readVerb) maker(r *reader.Reader, style view.Style) func(input) output {
	style.Rules = v.Explain
	return func(in input) output {
		if in.err != nil {
			return output{err: fmt.Errorf("%s: %w", in.where, in.err)}
		}
		var o output
		if in.doubt != "" {
			o.said = fmt.Sprintf("%s: %s\n", in.where, in.doubt)
		}
		var rec isnad.Record
		if v.Explain {
			var steps []reader.Step
			rec, steps = r.Explain(in.article)
			o.said += explain(in.where, rec, steps)
		} else {
			rec = r.Read(in.article)
		}
		if v.JSON {
			o.body, o.err = rec.AppendJSON(nil)
			o.body = append(o.body, '\n')
		} else {
			o.body = view.Append(nil, &rec, style)
		}
		return o
	}
}
