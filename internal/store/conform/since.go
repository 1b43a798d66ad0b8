package conform

import (
	"math"
	"testing"

	"github.com/isnad-project/isnad"
)

// after asks for everything after a place, a page at a time, and gives the ids with the
// place behind the last; those with another text than at first are marked by a star.
func after(t *testing.T, l isnad.Library, words string, place int64) (ids []string, last int64) {
	t.Helper()
	q := ask(t, words)
	q.Limit = 2
	for {
		n, err := l.Since(ctx, q, place)
		must(t, err)
		for _, x := range n.Items {
			if x.Place <= place || x.Place > n.Place {
				t.Errorf("%s stands at %d, between %d and %d", x.Article, x.Place, place, n.Place)
			}
			id := x.Article
			if x.Revised {
				id += "*"
			}
			ids = append(ids, id)
		}
		if place = n.Place; !n.More {
			return ids, place
		}
	}
}

// since holds that who goes from place to place meets everything once, in the order of
// keeping, however old it is.
func since(t *testing.T, l isnad.Library) {
	_, start := after(t, l, "", math.MaxInt64)
	keep(t, l, talks(t, "z9", "naba", 4), meeting(t, "m1", 0), talks(t, "a1", "naba", 9))
	keep(t, l, talks(t, "b2", "naba", -1), talks(t, "c3", "naba", 2))
	all, end := after(t, l, "", start)
	same(t, "in order of keeping", all, []string{"z9", "m1", "a1", "b2", "c3"})
	some, behind := after(t, l, "محادثات", start)
	same(t, "those found", some, []string{"z9", "a1", "b2", "c3"})
	same(t, "the place behind all", behind, end)
	some, _ = after(t, l, "محادثات before:2018-04-11", start)
	same(t, "of some days", some, []string{"z9", "c3"})
	none, back := after(t, l, "", math.MaxInt64)
	same(t, "behind the last", none, nil)
	same(t, "the place", back, end)

	again := talks(t, "a1", "naba", 9)
	again.Record.Reader = "isnad 0.3.0"
	keep(t, l, again, talks(t, "c3", "naba", 2))
	none, _ = after(t, l, "", end)
	same(t, "after another reading", none, nil)
	again.Record.Article.Title = "محادثات أخرى"
	keep(t, l, again)
	moved := talks(t, "b2", "naba", 1)
	moved.Record.Article.Title = "محادثات مؤرخة"
	keep(t, l, moved, talks(t, "d4", "naba", 0))
	some, _ = after(t, l, "", end)
	same(t, "changed and new", some, []string{"a1*", "b2*", "d4"})
	all, _ = after(t, l, "", start)
	same(t, "from the first place", all, []string{"z9", "m1", "c3", "a1*", "b2*", "d4"})
}

// sinceJoined holds that a query which joining has a part in waits for it.
func sinceJoined(t *testing.T, l isnad.Library) {
	_, start := after(t, l, "", math.MaxInt64)
	keep(t, l, meeting(t, "m1", 0), meeting(t, "m2", 4), minister(t, "k1", 2))
	ids, place := after(t, l, "entity:p/kamal", start)
	same(t, "nothing is joined", ids, nil)
	same(t, "the place", place, start)
	join := func(ids ...string) {
		j := isnad.Joining{Done: shown(t, l, ids...)}
		for _, id := range ids {
			j.Stories = append(j.Stories, story(id, id))
		}
		must(t, l.Join(ctx, j))
	}
	join("m1", "k1")
	ids, place = after(t, l, "entity:p/kamal", start)
	same(t, "the first is joined", ids, []string{"m1"})
	ids, _ = after(t, l, "لقاء", start)
	same(t, "words wait for nothing", ids, []string{"m1", "m2"})
	join("m2")
	ids, _ = after(t, l, "entity:p/kamal", place)
	same(t, "all are joined", ids, []string{"m2"})
	ids, _ = after(t, l, "story:m2", start)
	same(t, "of a story", ids, []string{"m2"})
}
