package gauge

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/hook"
)

// counts are what is counted in the library when somebody asks, and for how long that
// holds: who asks often must not keep the library busy.
type counts struct {
	at      time.Time
	up      bool
	stats   isnad.Stats
	feeds   map[string]int // by how they are
	lag     time.Duration  // of the page that is due the longest
	hooks   map[string]int // by how they are
	waiting int            // messages that were not taken yet
}

const holds = 10 * time.Second

// patience bounds how long counting may take.
const patience = 10 * time.Second

// counting makes figures of the counts; it is a prometheus.Collector.
type counting Figures

// figure is one figure of the counts.
type figure struct {
	name, help string
	label      string
	give       func(c *counts, tell func(value float64, label ...string))
}

// plain gives the one value of a figure without a label.
func plain(value func(c *counts) float64) func(*counts, func(float64, ...string)) {
	return func(c *counts, tell func(float64, ...string)) { tell(value(c)) }
}

func number(value func(s *isnad.Stats) int) func(*counts, func(float64, ...string)) {
	return plain(func(c *counts) float64 { return float64(value(&c.stats)) })
}

func byState(of func(c *counts) map[string]int) func(*counts, func(float64, ...string)) {
	return func(c *counts, tell func(float64, ...string)) {
		for state, n := range of(c) {
			tell(float64(n), state)
		}
	}
}

// figures lists what is counted.
func figures() []figure {
	return []figure{
		{"isnad_articles", "Articles in the library.", "", number(func(s *isnad.Stats) int { return s.Articles })},
		{"isnad_captures", "Pages and files kept as evidence.", "", number(func(s *isnad.Stats) int { return s.Captures })},
		{"isnad_statements", "Statements found.", "", number(func(s *isnad.Stats) int { return s.Statements })},
		{"isnad_events", "Events found.", "", number(func(s *isnad.Stats) int { return s.Events })},
		{"isnad_commitments", "Commitments found.", "", number(func(s *isnad.Stats) int { return s.Commitments })},
		{"isnad_things", "Persons, bodies and places.", "", number(func(s *isnad.Stats) int { return s.Things })},
		{"isnad_stories", "Stories.", "", number(func(s *isnad.Stats) int { return s.Stories })},
		{"isnad_store_bytes", "Size of the store, without evidence.", "", plain(func(c *counts) float64 { return float64(c.stats.Bytes) })},
		{"isnad_articles_unjoined", "Articles that wait to be joined into stories.", "", number(func(s *isnad.Stats) int { return s.Unjoined })},
		{"isnad_pages_wanted", "Pages on the list of those to be fetched.", "", number(func(s *isnad.Stats) int { return s.Wanted })},
		{"isnad_pages_lag_seconds", "For how long the page that is due the longest has been due.", "", plain(func(c *counts) float64 { return c.lag.Seconds() })},
		{"isnad_feeds", "Sources, by how they are: well, failing, new.", "state", byState(func(c *counts) map[string]int { return c.feeds })},
		{"isnad_hooks", "Saved searches, by how they are: well, failing, stopped.", "state", byState(func(c *counts) map[string]int { return c.hooks })},
		{"isnad_hook_messages_waiting", "Messages of saved searches that wait for another try.", "", plain(func(c *counts) float64 { return float64(c.waiting) })},
	}
}

func (f *figure) described() *prometheus.Desc {
	var labels []string
	if f.label != "" {
		labels = []string{f.label}
	}
	return prometheus.NewDesc(f.name, f.help, labels, nil)
}

const upName, upHelp = "isnad_library_up", "Whether the library answers: 1 or 0. Where it does not, the counts are left out."

// Describe lists the figures.
func (c *counting) Describe(to chan<- *prometheus.Desc) {
	for _, f := range figures() {
		to <- f.described()
	}
	to <- prometheus.NewDesc(upName, upHelp, nil, nil)
}

// Collect gives the figures.
func (c *counting) Collect(to chan<- prometheus.Metric) {
	now := (*Figures)(c).count()
	up := 0.0
	if now.up {
		up = 1
		for _, f := range figures() {
			d := f.described()
			f.give(&now, func(value float64, label ...string) {
				to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, label...)
			})
		}
	}
	to <- prometheus.MustNewConstMetric(prometheus.NewDesc(upName, upHelp, nil, nil), prometheus.GaugeValue, up)
}

// count counts, unless that was done just now.
func (f *Figures) count() counts {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.opt.Now()
	if f.counts.at.IsZero() || now.Sub(f.counts.at) >= holds || now.Before(f.counts.at) {
		ctx, end := context.WithTimeout(context.Background(), patience)
		defer end()
		c, err := f.look(ctx, now)
		if err != nil {
			f.opt.Log.Error("the library cannot be counted", "error", err)
		}
		c.at, c.up = now, err == nil
		f.counts = c
	}
	return f.counts
}

// look counts what the library keeps and what waits.
func (f *Figures) look(ctx context.Context, now time.Time) (c counts, err error) {
	if c.stats, err = f.lib.Stats(ctx); err != nil {
		return c, err
	}
	due, err := f.lib.Wanted(ctx, now, 1)
	if err != nil {
		return c, err
	}
	if len(due) > 0 {
		c.lag = max(0, now.Sub(due[0].Due))
	}
	feeds, err := f.lib.Feeds(ctx)
	if err != nil {
		return c, err
	}
	c.feeds = map[string]int{"well": 0, "failing": 0, "new": 0}
	for _, x := range feeds {
		switch {
		case x.Trouble != "":
			c.feeds["failing"]++
		case x.Checked.IsZero():
			c.feeds["new"]++
		default:
			c.feeds["well"]++
		}
	}
	c.hooks = map[string]int{"well": 0, "failing": 0, "stopped": 0}
	states, err := hook.States(ctx, f.lib)
	for _, s := range states {
		c.waiting += len(s.Waiting)
		switch {
		case s.Stopped:
			c.hooks["stopped"]++
		case s.Row > 0 || s.Trouble != "":
			c.hooks["failing"]++
		default:
			c.hooks["well"]++
		}
	}
	return c, err
}
