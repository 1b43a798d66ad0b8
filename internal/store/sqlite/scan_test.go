package sqlite

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
)

// grown are the tables that grow with the articles.
var grown = regexp.MustCompile(`^SCAN (articles|records|sketches|captures|readings|things|forms|namewords|mentions|named|events|commitments|holders|stories|moved|settlements|pages)\b`)

// scans gives the statements of a connection that go through a whole table: what keeping
// or joining an article does may not grow with the library.
func scans(t *testing.T, c *conn) (list []string) {
	t.Helper()
	const migrating = "WHERE commitments > 0"
	const waiting = "articles_fresh" // the index of those that wait to be joined
	for _, sql := range slices.Sorted(maps.Keys(c.stmts)) {
		err := c.each("EXPLAIN QUERY PLAN "+sql, func(s *sqlite3.Stmt) error {
			if step := s.ColumnText(3); grown.MatchString(step) && !strings.Contains(sql, migrating) && !strings.Contains(step, waiting) {
				list = append(list, fmt.Sprintf("%s: %s", step, sql))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func TestWritingNeverScans(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	put(t, l, 0, 40)
	put(t, l, 0, 40)
	h, err := l.Article(ctx, "made-0001")
	if err != nil {
		t.Fatal(err)
	}
	moved := h.Entry
	moved.Record.Article.Published = "2018-05-01"
	moved.Identities = append([]string{}, moved.Identities...)
	if _, err := l.Put(ctx, []isnad.Entry{moved}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err = l.Join(ctx, isnad.Joining{Done: []isnad.Done{{Article: "made-0001", Mark: mark(t, l, "made-0001")}}, Stories: []isnad.Story{{ID: "made-0001", First: "2018-04-07", Last: "2018-04-07", Articles: []string{"made-0001"}}},
			Moved: []isnad.Moved{{From: "made-0002", To: "made-0001"}}, Known: []isnad.Identity{{Article: "made-0001", Index: 0, Key: "another"}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []func() error{
		func() error { return l.Withdraw(ctx, "made-0002", time.Unix(1, 0)) },
		func() error {
			return l.Correct(ctx, isnad.Correction{Do: "rename", Thing: moved.Identities[len(moved.Identities)-1], Name: "x"})
		},
		func() error { return l.Visited(ctx, isnad.Page{URL: "https://site.example/1"}) },
		func() error { _, err := l.Unjoined(ctx); return err },
		func() error { _, err := l.Sketches(ctx, "2018-04-07", "2018-04-07"); return err },
		func() error { _, err := l.Namesakes(ctx, "2018-04-07", "2018-04-07"); return err },
		func() error { _, err := l.Heads(ctx, []string{"made-0001"}); return err },
		func() error { _, err := l.Article(ctx, "made-0001"); return err },
		func() error { _, err := l.Captures(ctx, "made-0001"); return err },
		func() error { _, err := l.Story(ctx, "made-0001"); return err },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	list := scans(t, l.pool.writer)
	for _, c := range l.pool.idle {
		list = append(list, scans(t, c)...)
	}
	if len(list) > 0 {
		t.Errorf("these grow with the library:\n%s", strings.Join(list, "\n"))
	}
}
