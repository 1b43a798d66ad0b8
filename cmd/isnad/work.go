package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/work"
)

type workVerb struct {
	Status workStatus `cmd:"" help:"Show what waits, who is at work, and how the cluster is."`
	Failed workFailed `cmd:"" help:"List the work that was put aside, with the reasons."`
	Retry  workRetry  `cmd:"" help:"Put work that was put aside back into its queue."`
}

// asking says whose queues are asked about.
type asking struct {
	library
	cluster
}

// open opens the queues without a library.
func (a asking) open(w world) (*work.Queues, error) {
	o, err := a.cluster.options(a.library)
	if err != nil {
		return nil, err
	}
	o.Log = slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return work.Open(w.ctx, o)
}

type workStatus struct {
	asking
	JSON bool `name:"json" help:"Give JSON."`
}

// Run tells how the work stands.
func (v *workStatus) Run(w world) error {
	q, err := v.open(w)
	if err != nil {
		return err
	}
	defer q.Close()
	s, err := q.Status(w.ctx)
	if err != nil {
		return err
	}
	if v.JSON {
		return json.NewEncoder(w.out).Encode(s)
	}
	for _, k := range []struct {
		name string
		work.Queue
	}{{"captures", s.Captures}, {"visits", s.Visits}} {
		fmt.Fprintf(w.out, "%-9s %d wait, %d in hand, %d given out again; %.1f of %d MiB", k.name, k.Waiting, k.InHand, k.Redelivered, float64(k.Bytes)/(1<<20), k.Room>>20)
		if k.Replicas > 1 {
			fmt.Fprintf(w.out, "; on %d servers, %d away or behind, %s leads", k.Replicas, k.Missing, k.Leader)
		}
		fmt.Fprintln(w.out)
	}
	fmt.Fprintf(w.out, "%-9s %d pieces of work\n", "aside", s.Failed)
	for _, h := range s.Workers {
		fmt.Fprintf(w.out, "worker    %s (process %d) since %s, %v: %d captures read, %d visits, %d in hand\n", h.Host, h.PID, h.Since.Local().Format(time.DateTime), h.Jobs, h.Read, h.Visits, h.InHand)
	}
	if len(s.Workers) == 0 {
		fmt.Fprintln(w.out, "nobody is at work: start isnad worker")
	}
	return nil
}

type workFailed struct {
	asking
	JSON bool `name:"json" help:"Give JSON Lines."`
}

// Run lists what was put aside.
func (v *workFailed) Run(w world) error {
	q, err := v.open(w)
	if err != nil {
		return err
	}
	defer q.Close()
	out := json.NewEncoder(w.out)
	out.SetEscapeHTML(false)
	return q.Failures(w.ctx, func(f work.Failure) bool {
		if v.JSON {
			return out.Encode(f) == nil
		}
		_, err := fmt.Fprintf(w.out, "%d\t%s\t%s\t%s\t%s\n", f.ID, f.At.Local().Format(time.DateTime), f.Queue, f.Where, f.Error)
		return err == nil
	})
}

type workRetry struct {
	asking
	IDs []uint64 `arg:"" optional:"" name:"id" help:"Numbers, as isnad work failed gives them; none: all."`
}

// Run puts work back into its queue.
func (v *workRetry) Run(w world) error {
	q, err := v.open(w)
	if err != nil {
		return err
	}
	defer q.Close()
	n, err := q.Retry(w.ctx, v.IDs...)
	fmt.Fprintf(w.err, "isnad: %d pieces of work are back in their queues\n", n)
	return err
}

// handOver gives what is poured in to the workers instead of reading it here.
func (v *addVerb) handOver(w world, paths []string, status *int) error {
	o, err := v.cluster.options(v.library)
	if err != nil {
		return err
	}
	o.Log = slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	q, err := work.Open(w.ctx, o)
	if err != nil {
		return err
	}
	defer q.Close()
	h := handing{teller: newTeller(w, v.JSON)}
	err = q.Pour(w.ctx, v.source(w, paths), h.tell, h.wait)
	h.say("%d handed over, %d that were in the queue, %d that could not be", h.fresh, h.known, h.failed)
	if h.failed > 0 {
		*status = some
	}
	return err
}

// handing tells how far a handing over is.
type handing struct {
	*teller
	fresh, known int
	why          string // it waits
}

// tell tells of one item that the queues have.
func (h *handing) tell(i work.Handed) {
	h.why = ""
	switch {
	case errors.Is(i.Err, pour.ErrForeign):
		return
	case i.Err != nil:
		h.failed++
		h.say("%s: %v", i.Where, i.Err)
		return
	case i.Known:
		h.known++
	default:
		h.fresh++
	}
	if h.lines != nil {
		h.lines.Encode(struct {
			Change string `json:"change"`
			Where  string `json:"where"`
		}{map[bool]string{false: "queued", true: "same"}[i.Known], i.Where})
	}
	h.progress("items", h.fresh+h.known)
}

// wait says why it waits, once.
func (h *handing) wait(why string) {
	if why != h.why {
		h.say("waiting: %s", why)
	}
	h.why = why
}
