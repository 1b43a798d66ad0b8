package batch

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/klauspost/compress/zstd"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/export"
	"github.com/isnad-project/isnad/internal/ordered"
)

// keep gives the records of a partition to the output, in order of their ids, and their
// sketches to the days.
func (r *Run) keep(ctx context.Context, p int) (n note, err error) {
	places, err := r.places(ctx, "read", len(r.plan.Units), partitionKey(p))
	if err != nil {
		return n, err
	}
	sort := sorter{dir: r.o.Temp, limit: memory}
	defer sort.close()
	for line, err := range r.sections(ctx, places) {
		if err == nil {
			err = sort.add(line)
		}
		if err != nil {
			return n, err
		}
	}
	days := sorter{dir: r.o.Temp, limit: memory}
	defer days.close()
	if n.Records, err = r.latest(ctx, p, &sort, &days); err != nil {
		return n, err
	}
	err = r.bundle(ctx, Task{"keep", p}, &n, func(b *bundle) error {
		for line, err := range days.sorted() {
			if err != nil {
				return err
			}
			day, _, _ := bytes.Cut(line, []byte{'\t'})
			if err := b.add(day, line); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// latest writes the records of sorted lines, each once, and makes their sketches.
func (r *Run) latest(ctx context.Context, p int, sort, days *sorter) (count int64, err error) {
	out, err := r.output(fmt.Sprintf("records/part-%05d.%s", p, r.records()))
	if err != nil {
		return 0, err
	}
	defer out.close()
	type made struct {
		record, line []byte
		err          error
	}
	line := ordered.Line[[]byte, made]{Workers: runtime.GOMAXPROCS(0), Make: func(record []byte) made {
		l, err := r.steps.Sketch(record)
		return made{record, l, err}
	}}
	var bad error
	read := make(chan struct{})
	err = line.Run(ctx, func(yield func([]byte) bool) {
		defer close(read)
		bad = step.Latest(sort.sorted(), func(record []byte) error {
			if !yield(bytes.Clone(record)) {
				return context.Canceled
			}
			return nil
		})
	}, func(m made) error {
		if m.err != nil {
			return m.err
		}
		count++
		return errors.Join(out.line(m.record), days.add(m.line))
	})
	<-read
	if err = cmp.Or(err, bad); err != nil {
		return count, err
	}
	if r.plan.Asked.Format == Parquet {
		return count, r.tables(ctx, p, out)
	}
	return count, out.put(ctx, r)
}

// records is the ending of parts of records; for tables they are made of packed ones.
func (r *Run) records() Format {
	if r.plan.Asked.Format == Plain {
		return Plain
	}
	return Packed
}

// tables writes the tables of a partition's records.
func (r *Run) tables(ctx context.Context, p int, records *output) error {
	if err := records.end(); err != nil {
		return err
	}
	for _, t := range export.Tables() {
		f, drop, err := r.temp()
		if err != nil {
			return err
		}
		w := bufio.NewWriter(f)
		err = errors.Join(export.Parquet(w, t, r.holdings(records)), w.Flush())
		if err == nil {
			err = r.put(ctx, fmt.Sprintf("%s/part-%05d.parquet", t.Name, p), f)
		}
		drop()
		if err != nil {
			return err
		}
	}
	return nil
}

// put puts a file into the depot.
func (r *Run) put(ctx context.Context, name string, f *os.File) error {
	size, err := f.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil || size == 0 {
		return err
	}
	return r.depot.Put(ctx, name, f, size)
}

// holdings gives records as a library would, without what it knows of captures.
func (r *Run) holdings(records *output) export.Holdings {
	return func(yield func(isnad.Holding, error) bool) {
		for line, err := range unpacked(records.file) {
			var h isnad.Holding
			if err == nil {
				h, err = r.steps.Holding(line)
			}
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

// output is a part of the output under way: lines, packed or plain.
type output struct {
	name string
	file *os.File
	drop func()
	buf  *bufio.Writer
	z    *zstd.Encoder // nil: plain
}

func (r *Run) output(name string) (*output, error) {
	f, drop, err := r.temp()
	if err != nil {
		return nil, err
	}
	o := &output{name: name, file: f, drop: drop, buf: bufio.NewWriterSize(f, 1<<16)}
	if r.records() == Packed {
		if o.z, err = zstd.NewWriter(o.buf, zstd.WithEncoderConcurrency(1)); err != nil {
			drop()
			return nil, err
		}
	}
	return o, nil
}

func (o *output) line(b []byte) error {
	w := io.Writer(o.buf)
	if o.z != nil {
		w = o.z
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write %s: %w", o.name, err)
	}
	_, err := w.Write([]byte{'\n'})
	return err
}

func (o *output) end() error {
	if o.z != nil {
		if err := o.z.Close(); err != nil {
			return fmt.Errorf("write %s: %w", o.name, err)
		}
	}
	return o.buf.Flush()
}

// put puts the part into the depot; an empty one is not.
func (o *output) put(ctx context.Context, r *Run) error {
	if err := o.end(); err != nil {
		return err
	}
	return r.put(ctx, o.name, o.file)
}

func (o *output) close() { o.drop() }
