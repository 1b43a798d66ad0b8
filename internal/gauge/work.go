package gauge

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// Work is how the work of several programs stands.
type Work struct {
	Queues  []Queue
	Aside   int // pieces that were put aside
	Workers int // at work
}

// Queue is how one queue stands.
type Queue struct {
	Name    string // one of few: they are labels
	Waiting int    // pieces not given out yet
	InHand  int    // given out and not done
	Bytes   int64  // that wait
	Room    int64  // bytes that may wait
	Missing int    // servers that should keep it and are away or behind
}

// working makes figures of the work, when somebody asks; it is a prometheus.Collector.
type working Figures

func workFigure(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// queueFigures lists what is told of a queue.
func queueFigures() []struct {
	*prometheus.Desc
	of func(q Queue) float64
} {
	type figure = struct {
		*prometheus.Desc
		of func(q Queue) float64
	}
	return []figure{
		{workFigure("isnad_queue_waiting", "Pieces of work not given out yet.", "queue"), func(q Queue) float64 { return float64(q.Waiting) }},
		{workFigure("isnad_queue_in_hand", "Pieces of work given out and not done.", "queue"), func(q Queue) float64 { return float64(q.InHand) }},
		{workFigure("isnad_queue_bytes", "Bytes that wait.", "queue"), func(q Queue) float64 { return float64(q.Bytes) }},
		{workFigure("isnad_queue_room_bytes", "Bytes that may wait; who hands over more has to wait.", "queue"), func(q Queue) float64 { return float64(q.Room) }},
		{workFigure("isnad_queue_servers_missing", "Servers that should keep the queue and are away or behind.", "queue"), func(q Queue) float64 { return float64(q.Missing) }},
	}
}

func workFigures() (aside, workers, up *prometheus.Desc) {
	return workFigure("isnad_work_aside", "Pieces of work that were put aside."), workFigure("isnad_workers", "Workers at work."),
		workFigure("isnad_queues_up", "Whether the queues answer: 1 or 0.")
}

// Describe lists the figures.
func (w *working) Describe(to chan<- *prometheus.Desc) {
	for _, f := range queueFigures() {
		to <- f.Desc
	}
	aside, workers, up := workFigures()
	to <- aside
	to <- workers
	to <- up
}

// Collect gives the figures.
func (w *working) Collect(to chan<- prometheus.Metric) {
	ctx, end := context.WithTimeout(context.Background(), patience)
	defer end()
	aside, workers, up := workFigures()
	tell := func(d *prometheus.Desc, value float64, label ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, label...)
	}
	s, err := w.opt.Work(ctx)
	if err != nil {
		w.opt.Log.Error("the queues cannot be asked", "error", err)
		tell(up, 0)
		return
	}
	tell(up, 1)
	tell(aside, float64(s.Aside))
	tell(workers, float64(s.Workers))
	for _, f := range queueFigures() {
		for _, q := range s.Queues {
			tell(f.Desc, f.of(q), q.Name)
		}
	}
}
