// Package gauge measures a desk at work: requests, what is kept and joined, visits, what
// waits, and whether all is well. It gives the figures in the text format of Prometheus,
// and a log of requests. It knows no page and no rule; no figure carries a word of an
// article, an address or a name, so that there are no more of them than are listed here.
package gauge

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/isnad-project/isnad"
)

// Options shape the figures.
type Options struct {
	Version string
	// Writable says whether the evidence can be written; nil: that is not asked.
	Writable func() error
	// Work says how the queues of several programs stand; nil: there are none.
	Work func(ctx context.Context) (Work, error)
	Log  *slog.Logger     // nil: nothing is logged
	Now  func() time.Time // nil: time.Now
}

// Figures are what is measured of one desk. Their methods may be called at once.
type Figures struct {
	lib      isnad.Library
	opt      Options
	registry *prometheus.Registry

	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	under    prometheus.Gauge
	kept     *prometheus.CounterVec
	putting  *prometheus.HistogramVec
	joined   prometheus.Counter
	visits   *prometheus.CounterVec
	sent     *prometheus.CounterVec

	mu     sync.Mutex
	counts counts // as last counted
	well   health // as last found
}

// Seconds, from a page out of memory to an export of a whole library.
func buckets() []float64 {
	return []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}
}

// New makes the figures of a library.
func New(lib isnad.Library, o Options) *Figures {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	f := &Figures{lib: lib, opt: o, registry: prometheus.NewRegistry()}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	times := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets()}, labels)
	}
	f.requests = counter("isnad_requests_total", "Requests answered, by page and status.", "page", "status")
	f.took = times("isnad_request_seconds", "How long requests took, by page.", "page")
	f.under = prometheus.NewGauge(prometheus.GaugeOpts{Name: "isnad_requests_under_way", Help: "Requests being answered."})
	f.kept = counter("isnad_articles_kept_total", "Articles given to the library by this program, by what that did: added, revised, reread, same, refused.", "change")
	f.putting = times("isnad_library_write_seconds", "How long writing to the library took, by what: put, join.", "do")
	f.joined = prometheus.NewCounter(prometheus.CounterOpts{Name: "isnad_articles_joined_total", Help: "Articles joined into stories by this program."})
	f.visits = counter("isnad_visits_total", "What visiting sources gave: feeds and pages looked at, visits that failed, addresses found new, articles new or changed, articles gone.", "of")
	f.sent = counter("isnad_hook_messages_total", "Messages of saved searches, by what became of them: taken, failed, given_up.", "outcome")
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "isnad_build_info", Help: "Always 1.", ConstLabels: prometheus.Labels{"version": o.Version}})
	build.Set(1)
	f.registry.MustRegister(f.requests, f.took, f.under, f.kept, f.putting, f.joined, f.visits, f.sent, build, (*counting)(f),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if o.Work != nil {
		f.registry.MustRegister((*working)(f))
	}
	return f
}

// Visited adds to what visits gave.
func (f *Figures) Visited(of string, n int) { f.visits.WithLabelValues(of).Add(float64(n)) }

// Sent notes what became of a message of a saved search.
func (f *Figures) Sent(outcome string) {
	f.sent.WithLabelValues(strings.ReplaceAll(outcome, " ", "_")).Inc()
}

// Metrics serves the figures to who brings the token, or to everybody where there is none.
func (f *Figures) Metrics(token string) http.Handler {
	h := promhttp.HandlerFor(f.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 20 * time.Second, Registry: nil})
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		got := sha256.Sum256([]byte(given))
		if token != "" && (!bearer || subtle.ConstantTimeCompare(got[:], want[:]) != 1) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="Isnad metrics"`)
			http.Error(w, "the token of the metrics is missing: Authorization: Bearer …", http.StatusUnauthorized)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

// Library gives the library with its writing measured.
func (f *Figures) Library() isnad.Library { return measured{f.lib, f} }

// measured is a library of which writing is measured.
type measured struct {
	isnad.Library
	figures *Figures
}

// Put keeps entries, and counts them.
func (m measured) Put(ctx context.Context, entries []isnad.Entry) ([]isnad.Change, error) {
	begun := time.Now()
	changes, err := m.Library.Put(ctx, entries)
	m.figures.putting.WithLabelValues("put").Observe(time.Since(begun).Seconds())
	for _, c := range changes {
		m.figures.kept.WithLabelValues(c.String()).Inc()
	}
	return changes, err
}

// Join keeps what joining found, and counts it.
func (m measured) Join(ctx context.Context, j isnad.Joining) error {
	begun := time.Now()
	err := m.Library.Join(ctx, j)
	m.figures.putting.WithLabelValues("join").Observe(time.Since(begun).Seconds())
	if err == nil {
		m.figures.joined.Add(float64(len(j.Done)))
	}
	return err
}
