package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// pagesLimit is how many bytes of pages are remembered.
const pagesLimit = 32 << 20

// lately gives a page as it was shown before, as long as the library and all that the
// page depends on are the same, and makes it otherwise. Who asks for a page that is being
// made waits for it.
func (s *site) lately(show func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		key, err := s.shownAs(v)
		if err != nil {
			return err
		}
		page, ok := s.shown.Get(key)
		if ok {
			return v.write(http.StatusOK, page)
		}
		done, err := s.making.begin(v.r.Context(), key)
		if err != nil {
			return err
		}
		defer done()
		if page, ok = s.shown.Get(key); ok { // somebody else made it
			return v.write(http.StatusOK, page)
		}
		w := &watched{ResponseWriter: v.w}
		v.w = w
		err = show(v)
		v.w = w.ResponseWriter
		if err == nil && w.status == http.StatusOK {
			s.shown.Put(key, bytes.Clone(w.page), len(w.page)+len(key))
		}
		return err
	}
}

// making is the pages that are being made.
type making struct {
	mu  sync.Mutex
	all map[string]chan struct{} // closed when one is made
}

// begin waits until nobody makes a page, and gives what ends the making of it.
func (m *making) begin(ctx context.Context, key string) (done func(), err error) {
	for {
		m.mu.Lock()
		made, busy := m.all[key]
		if !busy {
			made = make(chan struct{})
			if m.all == nil {
				m.all = map[string]chan struct{}{}
			}
			m.all[key] = made
		}
		m.mu.Unlock()
		if !busy {
			return sync.OnceFunc(func() {
				m.mu.Lock()
				delete(m.all, key)
				m.mu.Unlock()
				close(made)
			}), nil
		}
		select {
		case <-made:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// shownAs tells apart what a page depends on: the library, the address, the language, the
// look, who asks, what a form of his must carry, since when things are new to him, and
// the minute.
func (s *site) shownAs(v *visit) (string, error) {
	state, err := s.lib.State(v.r.Context())
	var b strings.Builder
	for _, part := range [...]string{state, v.Code, v.r.URL.RequestURI(), v.Theme, v.Name, v.Who.Role.String(), v.token, v.Since.String(), v.Now.UTC().Format("2006-01-02T15:04")} {
		fmt.Fprintf(&b, "%d %s\n", len(part), part)
	}
	return b.String(), err
}

// watched is an answer of which the status and the last bytes written are kept: pages are
// written whole, at once.
type watched struct {
	http.ResponseWriter
	status int
	page   []byte
}

func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	w.page = b
	return w.ResponseWriter.Write(b)
}

// seen notes when who asks was here before.
func (s *site) seen(show func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		v.Since = v.since().Truncate(time.Second)
		return show(v)
	}
}
