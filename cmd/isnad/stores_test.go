package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/query"
)

// TestStoresAgree holds that the sample newsroom comes to the same records, stories and
// answers in a folder and in PostgreSQL. ISNAD_NEWS names a file of JSON Lines to compare
// with instead: id, outlet, published, title, text.
func TestStoresAgree(t *testing.T) {
	server := pgtest.Start(t, "shared_buffers=512MB")
	site, err := newsroom.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	news := os.Getenv("ISNAD_NEWS")
	fill := func(address string) isnad.Library {
		d, err := desk.Open(t.Context(), address, desk.Options{Evidence: filepath.Join(t.TempDir(), "evidence"), Fetch: fetch.Options{Allow: fetch.Loopback(), PerHostDelay: -1}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		if news != "" {
			status := done
			v := addVerb{library: library{Library: address, Evidence: t.TempDir()}}
			v.From, v.Paths = "jsonl", []string{news}
			d.Close()
			if err := v.Run(world{ctx: t.Context(), in: os.Stdin, out: os.Stdout, err: os.Stderr}, &status); err != nil || status != done {
				t.Fatal(status, err)
			}
			l, err := library{Library: address}.read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { l.Close() })
			return l
		}
		for _, h := range site.Hosts() {
			if _, err := d.Follow(t.Context(), h.URL("/"), h.Name()); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Catch(t.Context(), func(desk.Visits) {}); err != nil {
			t.Fatal(err)
		}
		return d.Library
	}
	a, b := fill(t.TempDir()), fill(server.Database(t))
	titles := agreeOnArticles(t, a, b)
	agreeOnStories(t, a, b)
	agreeOnAnswers(t, a, b, titles)
	for _, l := range []isnad.Library{a, b} {
		if err := l.Check(t.Context(), func(p string) { t.Error(p) }); err != nil {
			t.Error(err)
		}
	}
}

// differ tells how the answers of two libraries differ, if they do.
func differ(t *testing.T, what string, a, b any, errs ...error) bool {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Errorf("%s: %v", what, err)
			return true
		}
	}
	d := gocmp.Diff(a, b, cmpopts.EquateEmpty())
	if d != "" {
		t.Errorf("%s (-folder +PostgreSQL):\n%.3000s", what, d)
	}
	return d != ""
}

// agreeOnArticles compares all records and gives some headlines.
func agreeOnArticles(t *testing.T, a, b isnad.Library) (titles []string) {
	t.Helper()
	type told struct {
		Record             string
		Identities, Things []string
		Story              string
	}
	all := func(l isnad.Library) (list []told) {
		for h, err := range l.Each(t.Context(), isnad.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			text, err := h.Record.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, told{string(text), h.Identities, h.Things, h.Story})
			if n := len(list); n%max(1, n/40) == 0 {
				titles = append(titles, h.Record.Article.Title)
			}
		}
		return list
	}
	one, two := all(a), all(b)
	if len(one) < 10 || len(one) != len(two) {
		t.Fatalf("%d and %d articles", len(one), len(two))
	}
	wrong := 0
	for i := range one {
		if differ(t, fmt.Sprint("article ", i), one[i], two[i]) {
			if wrong++; wrong == 3 {
				t.FailNow()
			}
		}
	}
	return titles
}

func agreeOnStories(t *testing.T, a, b isnad.Library) {
	t.Helper()
	for q := (isnad.Query{Limit: 100}); ; {
		one, err1 := a.Stories(t.Context(), q)
		two, err2 := b.Stories(t.Context(), q)
		if differ(t, "stories", one, two, err1, err2) || one.Next == "" {
			return
		}
		q.Cursor = one.Next
	}
}

// agreeOnAnswers compares what both answer to queries made of headlines.
func agreeOnAnswers(t *testing.T, a, b isnad.Library, titles []string) {
	t.Helper()
	language, err := query.Default()
	if err != nil {
		t.Fatal(err)
	}
	asked := []string{"", "event:CONSULT", "outlet:naba", "-event:CONSULT", "due:>2018"}
	for _, title := range titles {
		w := strings.Fields(strings.Map(func(r rune) rune {
			if strings.ContainsRune("«»\":-", r) {
				return ' '
			}
			return r
		}, title))
		if len(w) < 3 {
			continue
		}
		asked = append(asked, w[0], w[1]+" "+w[2], `"`+w[0]+" "+w[1]+`"`, "name:"+w[1], "said:"+w[2], "speaker:"+w[0], w[0]+" -"+w[1])
	}
	wrong := 0
	for _, s := range asked {
		q, err := language.Parse(s)
		if err != nil {
			continue // a headline may hold what is no word
		}
		if !agreeOn(t, a, b, s, q) {
			if wrong++; wrong == 5 {
				return
			}
		}
	}
	t.Logf("%d queries", len(asked))
}

// agreeOn compares every answer to a query, two pages of each list.
func agreeOn(t *testing.T, a, b isnad.Library, s string, q isnad.Query) bool {
	t.Helper()
	ctx, ok := t.Context(), true
	for _, by := range []isnad.Sort{isnad.ByRank, isnad.ByNewest, isnad.ByOldest} {
		one, two := q, q
		one.Sort, two.Sort = by, by
		for range 2 {
			r1, err1 := a.Search(ctx, one)
			r2, err2 := b.Search(ctx, two)
			one.Cursor, two.Cursor = r1.Next, r2.Next
			r1.Next, r2.Next = "", ""
			ok = !differ(t, fmt.Sprintf("search %q by %q", s, by), r1, r2, err1, err2) && ok
			if one.Cursor == "" || two.Cursor == "" {
				break
			}
		}
	}
	for _, f := range []isnad.Facet{isnad.PerDay, isnad.PerOutlet, isnad.PerEntity, isnad.PerSpeaker, isnad.PerEvent} {
		c1, err1 := a.Tally(ctx, q, f, 10)
		c2, err2 := b.Tally(ctx, q, f, 10)
		ok = !differ(t, fmt.Sprintf("tally of %q by %s", s, f), c1, c2, err1, err2) && ok
	}
	s1, err1 := a.Statements(ctx, q)
	s2, err2 := b.Statements(ctx, q)
	ok = !differ(t, "statements of "+s, s1.Rows, s2.Rows, err1, err2) && ok
	// Of those due on one day the first that was kept is the first: visits end in any order.
	q.Limit = 1000
	u1, err1 := a.Commitments(ctx, q)
	u2, err2 := b.Commitments(ctx, q)
	for _, rows := range [][]isnad.CommitmentRow{u1.Rows, u2.Rows} {
		slices.SortFunc(rows, func(x, y isnad.CommitmentRow) int {
			return cmp.Or(strings.Compare(x.Due, y.Due), strings.Compare(x.Article, y.Article), x.Index-y.Index)
		})
	}
	return !differ(t, "commitments of "+s, u1.Rows, u2.Rows, err1, err2) && ok
}
