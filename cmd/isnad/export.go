package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/export"
	"github.com/isnad-project/isnad/internal/view"
)

type exportVerb struct {
	library
	Format string   `help:"jsonl (records), csv or parquet (one table), ics (commitments as a calendar), gdelt (events in the columns of GDELT 2.0)." enum:"jsonl,csv,parquet,ics,gdelt" default:"jsonl"`
	Table  string   `help:"For csv and parquet: articles, names, times, quantities, statements, events or commitments." enum:"articles,names,times,quantities,statements,events,commitments" default:"statements"`
	Out    string   `short:"o" help:"File to write; standard output without it." placeholder:"FILE"`
	Words  []string `arg:"" optional:"" name:"query" help:"Only articles that this query finds."`
}

// Run writes all rows that a query finds.
func (v *exportVerb) Run(w world) error {
	q, err := asked(strings.Join(v.Words, " "), 0)
	if err != nil {
		return err
	}
	lib, err := v.read(w.ctx)
	if err != nil {
		return err
	}
	defer lib.Close()
	return v.into(w, func(out io.Writer) error { return v.write(w, out, lib, q) })
}

// into gives write the file or the standard output. A file that could not be written
// whole is taken away: half a table looks like a table.
func (v *exportVerb) into(w world, write func(io.Writer) error) error {
	to := w.out
	if v.Out != "" {
		f, err := os.Create(v.Out)
		if err != nil {
			return err
		}
		to = f
	}
	b := bufio.NewWriterSize(to, 1<<16)
	err := errors.Join(write(b), b.Flush())
	if v.Out == "" {
		return err
	}
	if err = errors.Join(err, to.Close()); err != nil {
		os.Remove(v.Out)
	}
	return err
}

func (v *exportVerb) write(w world, out io.Writer, lib isnad.Library, q isnad.Query) error {
	all := lib.Each(w.ctx, q)
	switch v.Format {
	case "jsonl":
		return export.JSONLines(out, all)
	case "gdelt":
		return export.GDELT(out, all)
	case "ics":
		rows := commitments(w, lib, q)
		return export.Calendar(out, view.Name, rows, func(string) string { return "" }, time.Now())
	}
	for _, t := range export.Tables() {
		switch {
		case t.Name != v.Table:
		case v.Format == "csv":
			return export.CSV(out, t, all)
		default:
			return export.Parquet(out, t, all)
		}
	}
	return fmt.Errorf("no table is called %q", v.Table)
}

// commitments gives all commitments that a query finds, page after page.
func commitments(w world, lib isnad.Library, q isnad.Query) iter.Seq2[isnad.CommitmentRow, error] {
	q.Limit = batch
	return func(yield func(isnad.CommitmentRow, error) bool) {
		for {
			page, err := lib.Commitments(w.ctx, q)
			if err != nil {
				yield(isnad.CommitmentRow{}, err)
				return
			}
			for _, r := range page.Rows {
				if !yield(r, nil) {
					return
				}
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				return
			}
		}
	}
}
