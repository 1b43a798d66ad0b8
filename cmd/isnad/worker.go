package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/gauge"
	"github.com/isnad-project/isnad/internal/work"
	"github.com/isnad-project/isnad/reader"
)

// cluster says where the queues of work are.
type cluster struct {
	NATS            string `name:"nats" help:"Addresses of a NATS cluster that keeps the queues, with commas between; without it, they lie in the library's folder." env:"ISNAD_NATS" placeholder:"URL,…"`
	NATSCredentials string `name:"nats-credentials" help:"File with the credentials for it." type:"existingfile" env:"ISNAD_NATS_CREDENTIALS" placeholder:"FILE"`
	NATSAuthority   string `name:"nats-ca" help:"File with the certificate that its servers are vouched for with." type:"existingfile" env:"ISNAD_NATS_CA" placeholder:"FILE"`
	Queues          string `help:"Name of the queues among those on the cluster." default:"isnad" env:"ISNAD_QUEUES" placeholder:"NAME"`
	Room            int    `help:"MiB of captures that may wait, of queues that are made now; who hands over more waits." default:"1024" placeholder:"MIB"`
}

// options gives how the queues are opened, beside a library where they lie with it.
func (c cluster) options(l library) (work.Options, error) {
	o := work.Options{Servers: c.NATS, Credentials: c.NATSCredentials, Authority: c.NATSAuthority, Name: c.Queues, Room: int64(c.Room) << 20}
	if c.Room < 1 {
		return o, errors.New("--room is at least 1 MiB")
	}
	if c.NATS == "" && strings.Contains(l.Library, "://") {
		return o, errors.New("a library that a server keeps has no folder for the queues: name a NATS cluster (--nats)")
	}
	o.Dir = filepath.Join(l.Library, "work")
	return o, nil
}

type workerVerb struct {
	library
	cluster
	visitor
	logging
	measuring
	Jobs    []work.Job `help:"Kinds of work to take: fetch, read, join." default:"fetch,read,join" placeholder:"JOB,…"`
	Once    bool       `help:"End when nothing is left to do."`
	Verbose bool       `short:"v" help:"Log every visit."`
}

// Run takes work from the queues until it is interrupted.
func (v *workerVerb) Run(w world) error {
	if !v.Verbose {
		v.LogLevel = max(v.LogLevel, slog.LevelWarn)
	}
	log := v.log(w.err)
	o, err := v.cluster.options(v.library)
	if err != nil {
		return err
	}
	o.Log = log
	q, err := work.Open(w.ctx, o)
	if err != nil {
		return err
	}
	defer q.Close()
	visits := v.visitor.options()
	visits.Gate = q.Gate()
	d, err := v.desk(w.ctx, desk.Options{Fetch: visits, Log: log})
	if err != nil {
		return err
	}
	defer d.Close()
	for _, r := range d.Repairs() {
		fmt.Fprintln(w.err, "isnad: mended:", r)
	}
	figures := gauge.New(d.Library, gauge.Options{Version: reader.Version, Work: working(q), Log: log})
	d.Library = figures.Library()
	tasks, err := v.figures(figures, log)
	if err != nil {
		return err
	}
	worker := work.NewWorker(q, d)
	worker.Jobs, worker.Once = v.Jobs, v.Once
	worker.Tell = func(n work.Done) {
		fmt.Fprintf(w.err, "isnad: %d captures read, %d visits made, %d articles new or changed, %d pieces of work put aside\n", n.Read, n.Visits, n.Fresh, n.Aside)
	}
	return together(w.ctx, append(tasks, worker.Run)...)
}

// working tells how the queues stand, for the figures.
func working(q *work.Queues) func(context.Context) (gauge.Work, error) {
	return func(ctx context.Context) (gauge.Work, error) {
		s, err := q.Status(ctx)
		if err != nil {
			return gauge.Work{}, err
		}
		out := gauge.Work{Aside: int(s.Failed), Workers: len(s.Workers)}
		for _, k := range []struct {
			name string
			work.Queue
		}{{"captures", s.Captures}, {"visits", s.Visits}} {
			out.Queues = append(out.Queues, gauge.Queue{Name: k.name, Waiting: int(k.Waiting), InHand: k.InHand, Bytes: int64(k.Bytes), Room: k.Room, Missing: k.Missing})
		}
		return out, nil
	}
}
