// Package conform holds every isnad.Library to the same behaviour: what the interface
// promises, told in articles made here. It knows no store.
package conform

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/query"
)

// Run runs the suite. open gives a new, empty library; the suite closes it.
func Run(t *testing.T, open func(testing.TB) isnad.Library) {
	t.Run("moves", func(t *testing.T) {
		from, to := open(t), open(t)
		defer from.Close()
		defer to.Close()
		Moves(t, from, to)
	})
	for _, x := range []struct {
		name string
		test func(*testing.T, isnad.Library)
	}{
		{"put", put}, {"again", again}, {"refused", refused}, {"captures", captures}, {"withdraw", withdraw}, {"absent", absent},
		{"each", each}, {"moves day", movesDay}, {"search", search}, {"newest", newest}, {"paging", paging}, {"paging while keeping", pagingWhileKeeping},
		{"marks", marks}, {"tally", tally}, {"statements", statements}, {"commitments", commitments}, {"settlement survives", settlementSurvives},
		{"things", things}, {"merge survives", mergeSurvives}, {"split survives", splitSurvives}, {"rename", rename}, {"wrong corrections", wrongCorrections},
		{"joins", joins}, {"join is whole", joinIsWhole}, {"days left", daysLeft}, {"namesakes", namesakes}, {"feeds", feeds}, {"pages", pages}, {"bookmarks", bookmarks},
		{"at once", atOnce}, {"stats", stats}, {"canceled", canceled}, {"queries refused", queriesRefused}, {"since", since}, {"since joined", sinceJoined}, {"papers", papers}, {"acts", acts}, {"turns", turns}, {"heads", heads}, {"state", state},
	} {
		t.Run(x.name, func(t *testing.T) {
			l := open(t)
			defer func() {
				if err := l.Close(); err != nil {
					t.Error(err)
				}
			}()
			x.test(t, l)
			whole(t, l)
		})
	}
}

var ctx = context.Background()

// whole checks that the library finds nothing wrong with itself.
func whole(t *testing.T, l isnad.Library) {
	t.Helper()
	if err := l.Check(ctx, func(p string) { t.Errorf("check: %s", p) }); err != nil {
		t.Error(err)
	}
}

// keep puts drafts and returns what that did.
func keep(t testing.TB, l isnad.Library, drafts ...*draft) []isnad.Change {
	t.Helper()
	list := make([]isnad.Entry, len(drafts))
	for i, d := range drafts {
		list[i] = d.Entry
	}
	changes, err := l.Put(ctx, list)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func isError(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if want == nil {
		want = reflect.Zero(reflect.TypeOf(got)).Interface()
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func ask(t testing.TB, s string) isnad.Query {
	t.Helper()
	lang, err := query.Default()
	must(t, err)
	q, err := lang.Parse(s)
	must(t, err)
	return q
}

func hits(r isnad.Results) []string {
	ids := []string{}
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func talks(t testing.TB, id, outlet string, day int) *draft {
	return article(t, id, outlet, day, "محادثات في الرباط", "بدأت سعاد المرزوقي محادثات في الرباط. وقالت سعاد المرزوقي إن الاتفاق قريب. وتعهدت سعاد المرزوقي بفتح الطريق بحلول الجمعة.").
		named("سعاد المرزوقي", isnad.Person, "p/suad").role("وزيرة", "MAR").
		named("الرباط", isnad.Place, "l/rabat").
		says("سعاد المرزوقي", "وقالت", "الاتفاق قريب").
		does("CONSULT", "محادثات", "MAR").
		promises("سعاد المرزوقي", "وتعهدت سعاد المرزوقي بفتح الطريق بحلول الجمعة", "بفتح الطريق", "2018-04-13")
}

func put(t *testing.T, l isnad.Library) {
	d := talks(t, "a1", "naba", 0)
	same(t, "change", keep(t, l, d), []isnad.Change{isnad.Added})
	h, err := l.Article(ctx, "a1")
	must(t, err)
	same(t, "entry", h.Entry, d.Entry)
	same(t, "things", h.Things, d.Identities)
	if h.Kept.IsZero() || !h.Changed.IsZero() || !h.Gone.IsZero() || h.Story != "" {
		t.Errorf("kept %v, changed %v, gone %v, story %q", h.Kept, h.Changed, h.Gone, h.Story)
	}
	if len(h.Readings) != 1 || h.Readings[0].Reader != "isnad 0.2.0" || h.Readings[0].Digest != d.Capture.Digest {
		t.Errorf("readings %+v", h.Readings)
	}
}

func again(t *testing.T, l isnad.Library) {
	d := talks(t, "a1", "naba", 0)
	keep(t, l, d)
	same(t, "same", keep(t, l, d), []isnad.Change{isnad.Same})
	d.Record.Reader = "isnad 0.3.0"
	same(t, "reread", keep(t, l, d), []isnad.Change{isnad.Reread})
	h, err := l.Article(ctx, "a1")
	must(t, err)
	if len(h.Readings) != 2 || h.Readings[0].Reader != "isnad 0.2.0" || h.Readings[1].Reader != "isnad 0.3.0" || !h.Changed.IsZero() {
		t.Errorf("readings %+v, changed %v", h.Readings, h.Changed)
	}
	d.Record.Article.Title = "اتفاق في الرباط"
	d.Capture = capture("a1", 2)
	same(t, "revised", keep(t, l, d, d), []isnad.Change{isnad.Revised, isnad.Same})
	h, err = l.Article(ctx, "a1")
	must(t, err)
	same(t, "entry", h.Entry, d.Entry)
	if len(h.Readings) != 3 || h.Changed.IsZero() {
		t.Errorf("readings %+v, changed %v", h.Readings, h.Changed)
	}
	r, err := l.Search(ctx, ask(t, "اتفاق"))
	must(t, err)
	same(t, "found by the new headline", hits(r), []string{"a1"})
	r, err = l.Search(ctx, ask(t, `"محادثات في الرباط" اتفاق`))
	must(t, err)
	same(t, "once", hits(r), []string{"a1"})
}

func refused(t *testing.T, l isnad.Library) {
	good, bad, none, odd := talks(t, "a1", "naba", 0), talks(t, "a2", "naba", 0), talks(t, "", "naba", 0), talks(t, "a3", "naba", 0)
	bad.Record.Names[0].End = 1 << 20
	odd.Identities = odd.Identities[:1]
	latin := talks(t, "a4", "naba", 0)
	latin.Record.Article.Title = "caf\xe9"
	changes, err := l.Put(ctx, []isnad.Entry{bad.Entry, good.Entry, none.Entry, odd.Entry, latin.Entry})
	if err == nil {
		t.Error("no error")
	}
	same(t, "changes", changes, []isnad.Change{isnad.Refused, isnad.Added, isnad.Refused, isnad.Refused, isnad.Refused})
	if _, err := l.Article(ctx, "a2"); !errors.Is(err, isnad.ErrNotFound) {
		t.Errorf("a2: %v", err)
	}
	if _, err := l.Article(ctx, "a1"); err != nil {
		t.Error(err)
	}
}

func captures(t *testing.T, l isnad.Library) {
	d := talks(t, "a1", "naba", 0)
	keep(t, l, d)
	first := d.Capture
	d.Capture = capture("a1", 3)
	keep(t, l, d, d)
	second := d.Capture
	d.Capture.File, d.Capture.Offset = "00002.warc.gz", 77 // as another program kept the same coming
	keep(t, l, d)
	list, err := l.Captures(ctx, "a1")
	must(t, err)
	same(t, "captures", list, []isnad.Capture{first, second})
	h, err := l.Article(ctx, "a1")
	must(t, err)
	same(t, "the one it was read from", h.Capture, first)
}

func withdraw(t *testing.T, l isnad.Library) {
	d := talks(t, "a1", "naba", 0)
	keep(t, l, d)
	gone := day0.AddDate(0, 0, 2)
	must(t, l.Withdraw(ctx, "a1", gone))
	must(t, l.Withdraw(ctx, "a1", gone.AddDate(0, 0, 1)))
	h, err := l.Article(ctx, "a1")
	must(t, err)
	if !h.Gone.Equal(gone) {
		t.Errorf("gone %v, want %v", h.Gone, gone)
	}
	keep(t, l, d)
	if h, _ := l.Article(ctx, "a1"); h.Gone.IsZero() {
		t.Error("an older capture brought it back")
	}
	d.Capture = capture("a1", 100)
	keep(t, l, d)
	if h, _ := l.Article(ctx, "a1"); !h.Gone.IsZero() {
		t.Error("it is there again and marked as gone")
	}
}

func absent(t *testing.T, l isnad.Library) {
	_, e1 := l.Article(ctx, "x")
	_, e2 := l.Captures(ctx, "x")
	_, e3 := l.Story(ctx, "x")
	_, e4 := l.Thing(ctx, "x")
	_, e5 := l.Page(ctx, "x")
	_, e6 := l.Beside(ctx, "x", 3)
	for i, err := range []error{e1, e2, e3, e4, e5, e6, l.Withdraw(ctx, "x", day0), l.Unfollow(ctx, "x"), l.Settle(ctx, isnad.Settlement{Article: "x", End: isnad.Kept}),
		l.Correct(ctx, isnad.Correction{Do: "rename", Thing: "x", Name: "y"}), l.Join(ctx, isnad.Joining{Done: []isnad.Done{{Article: "x"}}})} {
		if !errors.Is(err, isnad.ErrNotFound) {
			t.Errorf("%d: %v", i, err)
		}
	}
	r, err := l.Search(ctx, isnad.Query{})
	must(t, err)
	same(t, "an empty library", r, isnad.Results{})
}

func each(t *testing.T, l isnad.Library) {
	var want []string
	for i := range 250 {
		id := fmt.Sprintf("a%03d", (i*37)%250)
		keep(t, l, article(t, id, []string{"naba", "khabar"}[i%2], i%9, "عنوان", "نص قصير عن الميناء"))
		want = append(want, id)
	}
	slices.Sort(want)
	var got []string
	for h, err := range l.Each(ctx, isnad.Query{}) {
		must(t, err)
		got = append(got, h.Record.Article.ID)
	}
	same(t, "all", got, want)
	got = nil
	for h, err := range l.Each(ctx, ask(t, "outlet:naba")) {
		must(t, err)
		if got = append(got, h.Record.Article.ID); h.Record.Article.Outlet != "naba" {
			t.Error(h.Record.Article.Outlet)
		}
		if len(got) == 110 {
			break
		}
	}
	if len(got) != 110 || !slices.IsSorted(got) {
		t.Errorf("%d of one outlet, in order: %v", len(got), slices.IsSorted(got))
	}
}

func movesDay(t *testing.T, l isnad.Library) {
	d := talks(t, "a1", "naba", 0)
	keep(t, l, d, talks(t, "a2", "naba", 5))
	d.Record.Article.Published = "2018-05-01"
	d.Capture = capture("a1", 2)
	keep(t, l, d)
	r, err := l.Search(ctx, ask(t, "after:2018-05 محادثات"))
	must(t, err)
	same(t, "after", hits(r), []string{"a1"})
	list, err := l.Captures(ctx, "a1")
	must(t, err)
	if len(list) != 2 {
		t.Errorf("%d captures", len(list))
	}
	d.Record.Article.Published = ""
	keep(t, l, d)
	r, err = l.Search(ctx, isnad.Query{Sort: isnad.ByNewest})
	must(t, err)
	same(t, "without a date it is the last", hits(r), []string{"a2", "a1"})
}

func atOnce(t *testing.T, l isnad.Library) {
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 15 {
				if _, err := l.Put(ctx, []isnad.Entry{talks(t, fmt.Sprintf("w%d-%d", w, i), "naba", i).Entry}); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 15 {
				r, err := l.Search(ctx, isnad.Query{Limit: 100})
				if err != nil || len(r.Hits) != min(r.Total, 100) {
					t.Errorf("%d hits of %d: %v", len(r.Hits), r.Total, err)
				}
			}
		})
	}
	wg.Wait()
	s, err := l.Stats(ctx)
	must(t, err)
	if s.Articles != 60 {
		t.Errorf("%d articles, want 60", s.Articles)
	}
}

func stats(t *testing.T, l isnad.Library) {
	keep(t, l, talks(t, "a1", "naba", 0), talks(t, "a2", "khabar", 3), article(t, "a3", "naba", -1, "عنوان", "نص"))
	s, err := l.Stats(ctx)
	must(t, err)
	if s.Bytes <= 0 {
		t.Error("no bytes")
	}
	s.Bytes = 0
	same(t, "stats", s, isnad.Stats{Articles: 3, Captures: 3, Statements: 2, Events: 2, Commitments: 2, Things: 2, Unjoined: 3, First: "2018-04-07", Last: "2018-04-10"})
}

func canceled(t *testing.T, l isnad.Library) {
	over, cancel := context.WithCancel(ctx)
	cancel()
	_, e1 := l.Put(over, []isnad.Entry{talks(t, "a1", "naba", 0).Entry})
	_, e2 := l.Search(over, isnad.Query{})
	for _, err := range []error{e1, e2} {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if _, err := l.Article(ctx, "a1"); !errors.Is(err, isnad.ErrNotFound) {
		t.Errorf("what was cancelled is there: %v", err)
	}
}
