package conform

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
)

// Moves holds that everything of one library comes into another, and nothing else: both say
// the same of themselves afterwards, and the other goes on as the first would have.
func Moves(t *testing.T, from, to isnad.Library) {
	stock(t, from)
	parts := dump(t, from, "")
	for i := 0; i < len(parts); i += 3 {
		must(t, to.Load(ctx, parts[i:min(i+3, len(parts))]))
	}
	moved(t, from, to)
	// Once more, from the middle on, as a copy that was cut off.
	again := dump(t, from, parts[len(parts)/2].Place)
	if len(again) >= len(parts) || len(again) < len(parts)/3 {
		t.Errorf("%d parts behind the middle of %d", len(again), len(parts))
	}
	must(t, to.Load(ctx, again))
	must(t, to.Load(ctx, parts))
	moved(t, from, to)
	whole(t, to)

	// What comes next is taken by both alike.
	next := minister(t, "k1", 2)
	next.Record.Reader = "isnad 0.9.0"
	for _, l := range []isnad.Library{from, to} {
		same(t, "read anew", keep(t, l, next, minister(t, "k9", 3)), []isnad.Change{isnad.Reread, isnad.Added})
		whole(t, l)
	}
	a, err := from.Find(ctx, nil, "", 50)
	must(t, err)
	b, err := to.Find(ctx, nil, "", 50)
	must(t, err)
	same(t, "things", b, a)
	news, err := to.Since(ctx, isnad.Query{}, 0)
	must(t, err)
	if n := len(news.Items); n == 0 || news.Items[n-1].Article != "k9" {
		t.Errorf("the last that was kept is not the last: %+v", news.Items)
	}
}

// stock keeps something of every kind.
func stock(t *testing.T, l isnad.Library) {
	shelf(t, l)
	keep(t, l, meeting(t, "m1", 0), meeting(t, "m2", 4), minister(t, "k1", 2), minister(t, "k0", -1))
	d := talks(t, "a1", "naba", 0)
	d.Record.Reader, d.Capture = "isnad 0.3.0", capture("a1", 5)
	keep(t, l, d)
	keep(t, l, minister(t, "m2", 6)) // another day, another text
	must(t, l.Withdraw(ctx, "a2", day0))
	must(t, l.Settle(ctx, isnad.Settlement{Article: "a1", Index: 0, End: isnad.Kept, Source: "s", Note: "n", By: "ليلى", At: day0}))
	must(t, l.Settle(ctx, isnad.Settlement{Article: "a2", Index: 0, End: isnad.Broken, By: "ليلى", At: day0}))
	lost := talks(t, "a2", "khabar", 1)
	lost.Record.Reader, lost.Record.Commitments = "isnad 0.3.0", nil
	keep(t, l, lost) // its settlement waits
	must(t, l.Correct(ctx, isnad.Correction{Do: "merge", Thing: "p/haddadi", Into: "p/kamal", By: "ليلى", At: day0}))
	must(t, l.Correct(ctx, isnad.Correction{Do: "split", Thing: "p/kamal", Articles: []string{"k1"}, Name: "السفير", By: "ليلى", At: day0}))
	must(t, l.Correct(ctx, isnad.Correction{Do: "rename", Thing: "p/suad", Name: "سعاد بنت علي", By: "ليلى", At: day0}))
	must(t, l.Join(ctx, isnad.Joining{Done: shown(t, l, "m1", "k1", "a1"), Stories: []isnad.Story{story("m1", "m1", "k1"), story("a1", "a1")},
		Known: []isnad.Identity{{Article: "k0", Index: 0, Key: "p/kamal"}}}))
	must(t, l.Join(ctx, isnad.Joining{Stories: []isnad.Story{story("m1", "m1", "k1", "a1")}, Moved: []isnad.Moved{{From: "a1", To: "m1"}}}))
	must(t, l.Follow(ctx, isnad.Feed{URL: "https://a.example/feed", Title: "أ", Every: time.Minute, Added: day0, Failures: 3}))
	_, err := l.Want(ctx, []isnad.Page{{URL: "https://a.example/1", Title: "عنوان", Due: day0}, {URL: "https://a.example/\x00\xff\x1a"}})
	must(t, err)
	must(t, l.Mark(ctx, "file", "34"))
	must(t, l.File(ctx, isnad.Paper{Kind: "user", Name: "سعاد", Text: []byte{0, 255}}))
	must(t, l.Note(ctx, isnad.Act{At: day0, By: "سعاد", Do: "rename", To: "p/suad"}))
	must(t, l.Note(ctx, isnad.Act{At: day0, Do: "follow"}))
}

func dump(t *testing.T, l isnad.Library, after string) (list []isnad.Part) {
	t.Helper()
	for p, err := range l.Dump(ctx, after) {
		must(t, err)
		list = append(list, p)
	}
	return list
}

// moved compares two libraries by everything that they keep.
func moved(t *testing.T, from, to isnad.Library) {
	t.Helper()
	what := func(l isnad.Library) map[string]int {
		n := map[string]int{}
		for _, p := range dump(t, l, "") {
			p.Place = ""
			b, err := json.Marshal(p) // the order of things is the store's
			must(t, err)
			n[string(b)]++
		}
		return n
	}
	same(t, "all parts", what(to), what(from))
	a, err := from.Stats(ctx)
	must(t, err)
	b, err := to.Stats(ctx)
	must(t, err)
	a.Bytes, b.Bytes = 0, 0
	same(t, "stats", b, a)
	days, err := from.Unjoined(ctx)
	must(t, err)
	others, err := to.Unjoined(ctx)
	must(t, err)
	same(t, "days that wait", others, days)
}
