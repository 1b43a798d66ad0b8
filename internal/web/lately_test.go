package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/recent"
)

// TestLately holds that a page that was made before is given again, and never to another
// look, language, user or state of the library.
func TestLately(t *testing.T) {
	r := open(t)
	made := 0
	s := &site{lib: r.lib, opt: Options{Now: func() time.Time { return morning }, Log: slog.New(slog.DiscardHandler)}, shown: recent.New[string, []byte](pagesLimit)}
	var err error
	if s.tongues, err = loadTongues(); err != nil {
		t.Fatal(err)
	}
	if s.sheets, err = s.loadSheets(); err != nil {
		t.Fatal(err)
	}
	h := s.lately(func(v *visit) error {
		made++
		return s.show(v, http.StatusOK, "error", nil)
	})
	ask := func(path, theme string, who access.Visitor) string {
		t.Helper()
		q := httptest.NewRequest("GET", path, nil)
		q.AddCookie(&http.Cookie{Name: "theme", Value: theme})
		q = q.WithContext(access.With(q.Context(), who))
		tongue := s.tongues[0]
		if strings.HasPrefix(path, "/en") {
			tongue = s.tongues[1]
		}
		w := httptest.NewRecorder()
		s.page(tongue, h)(w, q)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
			t.Fatalf("GET %s: %d %v", path, w.Code, w.Header())
		}
		return w.Body.String()
	}
	one := access.Visitor{Name: "suad", Role: access.Reader}
	first := ask("/search?q=1", "light", one)
	if again := ask("/search?q=1", "light", one); again != first || made != 1 {
		t.Errorf("made %d times; the second is the same: %t", made, again == first)
	}
	for i, other := range []func(){
		func() { ask("/search?q=2", "light", one) },
		func() { ask("/en/search?q=1", "light", one) },
		func() { ask("/search?q=1", "dark", one) },
		func() { ask("/search?q=1", "light", access.Visitor{Name: "salim", Role: access.Reader}) },
		func() { ask("/search?q=1", "light", access.Visitor{Name: "suad", Role: access.Editor}) },
		func() { ask("/search?q=1", "light", access.Visitor{Name: "suad", Role: access.Reader, Token: "x"}) },
		func() {
			if err := r.lib.Correct(t.Context(), isnad.Correction{Do: "rename", Thing: things(t, r)[0].ID, Name: "اسم"}); err != nil {
				t.Fatal(err)
			}
			ask("/search?q=1", "light", one)
		},
	} {
		if other(); made != i+2 {
			t.Errorf("the page of another, number %d, was not made: %d pages", i, made)
		}
	}
}

func things(t *testing.T, r *room) []isnad.Thing {
	t.Helper()
	list, err := r.lib.Find(t.Context(), nil, "", 1)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d things, %v", len(list), err)
	}
	return list
}

// TestLatelyAtOnce holds that a page which many ask for at once is made once.
func TestLatelyAtOnce(t *testing.T) {
	var m making
	var mu sync.Mutex
	made := 0
	var wg sync.WaitGroup
	memory := recent.New[string, int](1 << 10)
	for range 20 {
		wg.Go(func() {
			done, err := m.begin(t.Context(), "page")
			if err != nil {
				t.Error(err)
				return
			}
			defer done()
			if _, ok := memory.Get("page"); !ok {
				mu.Lock()
				made++
				mu.Unlock()
				memory.Put("page", 1, 1)
			}
		})
	}
	wg.Wait()
	if made != 1 || len(m.all) != 0 {
		t.Errorf("made %d times, %d are being made", made, len(m.all))
	}
	done, err := m.begin(t.Context(), "page")
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := m.begin(gone, "page"); !errors.Is(err, context.Canceled) {
		t.Errorf("who went away waits: %v", err)
	}
}
