package conform

import (
	"testing"
	"time"

	"github.com/isnad-project/isnad"
)

// heads holds that a list shows of an article what the article itself tells.
func heads(t *testing.T, l isnad.Library) {
	keep(t, l, talks(t, "a1", "naba", 0), meeting(t, "m1", 1), talks(t, "b2", "sada", 2))
	must(t, l.Withdraw(ctx, "b2", time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC)))
	must(t, l.Join(ctx, isnad.Joining{Done: shown(t, l, "a1"), Stories: []isnad.Story{story("a1", "a1")}}))
	list, err := l.Heads(ctx, []string{"b2", "none", "a1", "b2"})
	must(t, err)
	var want []isnad.Head
	for _, id := range []string{"b2", "a1", "b2"} {
		h, err := l.Article(ctx, id)
		must(t, err)
		a := h.Record.Article
		want = append(want, isnad.Head{ID: id, Outlet: a.Outlet, Title: a.Title, Published: a.Published, URL: a.URL, Story: h.Story, Kept: h.Kept, Changed: h.Changed, Gone: h.Gone})
	}
	same(t, "heads", list, want)
	none, err := l.Heads(ctx, nil)
	must(t, err)
	same(t, "heads of nothing", none, nil)
}

// state holds that nothing of what is told is changed without another mark.
func state(t *testing.T, l isnad.Library) {
	now := func() string {
		t.Helper()
		s, err := l.State(ctx)
		must(t, err)
		return s
	}
	last := now()
	keep(t, l, talks(t, "a1", "naba", 0))
	for _, x := range []struct {
		what   string
		change func() error
	}{
		{"kept anew", func() error {
			again := talks(t, "a1", "naba", 0)
			again.Record.Reader = "isnad 0.3.0"
			_, err := l.Put(ctx, []isnad.Entry{again.Entry})
			return err
		}},
		{"withdrawn", func() error { return l.Withdraw(ctx, "a1", time.Now()) }},
		{"joined", func() error {
			return l.Join(ctx, isnad.Joining{Done: shown(t, l, "a1"), Stories: []isnad.Story{story("a1", "a1")}})
		}},
		{"settled", func() error { return l.Settle(ctx, isnad.Settlement{Article: "a1", End: isnad.Kept}) }},
		{"corrected", func() error { return l.Correct(ctx, isnad.Correction{Do: "rename", Thing: "p/suad", Name: "سعاد"}) }},
		{"split", func() error {
			return l.Correct(ctx, isnad.Correction{Do: "split", Thing: "p/suad", Articles: []string{"a1"}, Name: "سعاد أخرى"})
		}},
	} {
		before := now()
		if before == last {
			t.Errorf("before it was %s: the mark of a change before", x.what)
		}
		must(t, x.change())
		if now() == before {
			t.Errorf("%s: the mark stays", x.what)
		}
		last = before
	}
}
