package gauge

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/isnad-project/isnad"
)

// health is how a desk is.
type health struct {
	at       time.Time
	Status   string `json:"status"`   // ok, or trouble
	Library  string `json:"library"`  // ok, or trouble
	Evidence string `json:"evidence"` // ok, trouble, or not asked
}

const (
	okay    = "ok"
	trouble = "trouble"
)

// The times for which an answer holds, and that finding one may take.
const (
	healthHolds = 2 * time.Second
	healthTime  = 5 * time.Second
)

// Health says whether the desk is well: /healthz asks whether the library answers and the
// evidence can be written, and answers 503 when not; /healthz/live only whether the
// program answers. What exactly is wrong stands in the log, not in the answer.
func (f *Figures) Health() http.Handler {
	mux := http.NewServeMux()
	give := func(w http.ResponseWriter, status int, v any) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(v) //nolint:errcheck // who asked went away
	}
	mux.HandleFunc("GET /healthz/live", func(w http.ResponseWriter, _ *http.Request) {
		give(w, http.StatusOK, map[string]string{"status": okay})
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		h := f.health()
		status := http.StatusOK
		if h.Status != okay {
			status = http.StatusServiceUnavailable
		}
		give(w, status, h)
	})
	return mux
}

// health looks how the desk is, unless that was done just now.
func (f *Figures) health() health {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.opt.Now()
	if !f.well.at.IsZero() && now.Sub(f.well.at) < healthHolds && !now.Before(f.well.at) {
		return f.well
	}
	ctx, end := context.WithTimeout(context.Background(), healthTime)
	defer end()
	h := health{at: now, Status: okay, Library: okay, Evidence: "not asked"}
	if _, err := f.lib.Search(ctx, isnad.Query{Limit: 1, Sort: isnad.ByNewest}); err != nil {
		f.opt.Log.Error("the library does not answer", "error", err)
		h.Library, h.Status = trouble, trouble
	}
	if f.opt.Writable != nil {
		h.Evidence = okay
		if err := f.opt.Writable(); err != nil {
			f.opt.Log.Error("the evidence cannot be written", "error", err)
			h.Evidence, h.Status = trouble, trouble
		}
	}
	f.well = h
	return h
}
