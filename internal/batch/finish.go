package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"time"
)

// troublesName is what could not be read, a line of JSON each.
const troublesName = "troubles.jsonl"

// finish sums up, and throws away what lay between the stages.
func (r *Run) finish(ctx context.Context, _ int) (n note, err error) {
	result := Result{Units: len(r.plan.Units), Partitions: r.plan.Partitions, Began: r.plan.Began, Ended: time.Now().UTC().Truncate(time.Second)}
	result.Unread = int64(len(r.plan.Troubles))
	for _, u := range r.plan.Units {
		result.Read += u.Bytes
	}
	troubles := r.plan.Troubles
	walks, err := r.walks(ctx)
	if err != nil {
		return n, err
	}
	result.Walks = walks
	for _, s := range [...]struct {
		name  string
		tasks int
	}{{"read", result.Units}, {"keep", result.Partitions}, {"walk", walks}, {"check", 1}} {
		for i := range s.tasks {
			t, err := r.note(ctx, Task{s.name, i})
			if err != nil {
				return n, err
			}
			result.Articles += t.Articles
			result.Records += t.Records
			result.Stories += t.Stories
			result.Unread += t.Unread
			result.Shuffled += t.Bytes
			result.Again += t.Again
			troubles = append(troubles, t.Troubles...)
			if more := t.Unread - int64(len(t.Troubles)); more > 0 {
				troubles = append(troubles, Trouble{r.plan.Units[i].Files[0], "and more of its unit that are not listed"})
			}
		}
	}
	if err := r.putTroubles(ctx, troubles); err != nil {
		return n, err
	}
	if !r.o.Keep {
		for _, word := range [...]string{"shuffle", "walk", "lease"} {
			if err := r.depot.Clear(ctx, word); err != nil {
				return n, err
			}
		}
	}
	b, err := json.MarshalIndent(result, "", "\t")
	if err != nil {
		return n, err
	}
	return n, r.depot.Put(ctx, resultName, bytes.NewReader(b), int64(len(b)))
}

func (r *Run) putTroubles(ctx context.Context, all []Trouble) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, t := range all {
		if err := enc.Encode(t); err != nil {
			return err
		}
	}
	if b.Len() == 0 {
		return nil
	}
	return r.depot.Put(ctx, troublesName, bytes.NewReader(b.Bytes()), int64(b.Len()))
}
