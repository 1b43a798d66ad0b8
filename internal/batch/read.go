package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"runtime"

	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/ordered"
	"github.com/isnad-project/isnad/internal/pour"
)

const (
	memory = 64 << 20 // bytes of lines that are sorted in memory
	listed = 1000     // troubles of a unit that are told one by one
)

// read reads a unit of the input. Its records go to the partitions of their ids.
func (r *Run) read(ctx context.Context, i int) (n note, err error) {
	u := r.plan.Units[i]
	sort := sorter{dir: r.o.Temp, limit: memory}
	defer sort.close()
	type numbered struct {
		pour.Item
		n int64
	}
	type made struct {
		line  []byte
		where string
		err   error
	}
	given := step.Given{Outlet: r.plan.Asked.Outlet, Published: r.plan.Asked.Published}
	part := fmt.Sprintf("%09d", i)
	line := ordered.Line[numbered, made]{Workers: runtime.GOMAXPROCS(0), Make: func(it numbered) made {
		m := made{where: it.Position.Shown()}
		m.line, _, m.err = r.steps.Record(&it.Item, given, step.Place{Part: part, Item: it.n})
		return m
	}}
	err = line.Run(ctx, func(yield func(numbered) bool) {
		count := int64(0)
		for it := range pour.Walk(pour.Options{Paths: u.Files, Kind: r.plan.Asked.From, Found: u.Found, Part: u.Part}) {
			if count++; !yield(numbered{it, count}) {
				return
			}
		}
	}, func(m made) error {
		switch {
		case errors.Is(m.err, pour.ErrForeign): // a picture beside the pages is no trouble
			return nil
		case m.err != nil:
			if n.Unread++; len(n.Troubles) < listed {
				n.Troubles = append(n.Troubles, Trouble{m.where, m.err.Error()})
			}
			return nil
		}
		n.Articles++
		r.articles.Add(1)
		return sort.add(r.parted(m.line))
	})
	if err != nil {
		return n, err
	}
	err = r.bundle(ctx, Task{"read", i}, &n, func(b *bundle) error {
		for l, err := range sort.sorted() {
			if err != nil {
				return err
			}
			key, rest, _ := bytes.Cut(l, []byte{'\t'})
			if err := b.add(key, rest); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// parted puts the partition of a line's key before it.
func (r *Run) parted(line []byte) []byte {
	key, _, _ := bytes.Cut(line, []byte{'\t'})
	h := fnv.New64a()
	h.Write(key)
	out := append([]byte(partitionKey(int(h.Sum64()%uint64(r.plan.Partitions)))), '\t')
	return append(out, line...)
}

func partitionKey(p int) string { return fmt.Sprintf("%05d", p) }

// bundle writes the bundle of a task by fill, and where its sections are to its note.
func (r *Run) bundle(ctx context.Context, t Task, n *note, fill func(*bundle) error) error {
	b, err := newBundle(r.o.Temp)
	if err != nil {
		return err
	}
	defer b.close()
	if err := fill(b); err != nil {
		return err
	}
	if err := b.put(ctx, r, bundleName(t)); err != nil {
		return err
	}
	n.Sections, n.Bytes = b.sections, n.Bytes+b.at.n
	return nil
}

// temp gives a file for what is made, and what throws it away.
func (r *Run) temp() (*os.File, func(), error) {
	f, err := os.CreateTemp(r.o.Temp, "isnad-out-*")
	if err != nil {
		return nil, nil, fmt.Errorf("write parts: %w", err)
	}
	return f, func() { f.Close(); os.Remove(f.Name()) }, nil
}
