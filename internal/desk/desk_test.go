package desk

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/pour"
	"github.com/isnad-project/isnad/internal/testsite"
)

// clock is a clock that the test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) forward(d time.Duration) { c.at = c.at.Add(d) }

// morning is when the tests begin: the day after the sample newsroom's last article.
func morning() *clock { return &clock{time.Date(2024, 5, 9, 6, 0, 0, 0, time.UTC)} }

// open opens a desk in a folder that may visit this machine without waiting.
func open(t *testing.T, dir string, c *clock) *Desk {
	t.Helper()
	d, err := Open(t.Context(), dir, Options{Fetch: fetch.Options{Allow: fetch.Loopback(), PerHostDelay: -1, PerHostConcurrency: 4, IdleTimeout: time.Second, Timeout: 5 * time.Second}, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func site(t *testing.T, outlets ...testsite.Outlet) *testsite.Site {
	t.Helper()
	s, err := testsite.New(outlets...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// round makes a round and fails the test when that fails.
func round(t *testing.T, d *Desk) Visits {
	t.Helper()
	v, err := d.Round(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// whole fails the test when a check finds a problem.
func whole(t *testing.T, d *Desk) {
	t.Helper()
	if err := d.Check(t.Context(), func(p string) { t.Error("check:", p) }); err != nil {
		t.Fatal(err)
	}
}

// stories gives all stories of a library.
func stories(t *testing.T, l isnad.Library) []isnad.Story {
	t.Helper()
	told, err := l.Stories(t.Context(), isnad.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return told.Stories
}

// TestNewsroom follows the sample newsroom and wants its stories, the copies and the
// disagreements in them, the commitments, and a library that is whole.
func TestNewsroom(t *testing.T) {
	s, err := newsroom.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := open(t, t.TempDir(), morning())
	for _, h := range s.Hosts() {
		if _, err := d.Follow(t.Context(), h.URL("/"), h.Name()); err != nil {
			t.Fatal(err)
		}
	}
	v := round(t, d)
	if v.Kept != 12 || v.Failed != 0 {
		t.Errorf("%+v, want 12 articles kept", v)
	}
	all := stories(t, d.Library)
	quake := find(t, all, "زلزال")
	if len(quake.Articles) != 4 {
		t.Errorf("the earthquake is told by %d articles: %v", len(quake.Articles), quake.Articles)
	}
	if len(quake.Copies) != 1 || len(quake.Copies[0].Articles) != 2 {
		t.Errorf("copies of the earthquake: %+v", quake.Copies)
	}
	if !slices.ContainsFunc(quake.Disagreements, func(x isnad.Disagreement) bool { return states(x, "14") && states(x, "19") }) {
		t.Errorf("no disagreement on 14 and 19 dead: %+v", quake.Disagreements)
	}
	due, err := d.Library.Commitments(t.Context(), isnad.Query{Limit: 100})
	if err != nil || len(due.Rows) < 5 {
		t.Errorf("%d commitments, %v", len(due.Rows), err)
	}
	if again := round(t, d); again != (Visits{}) {
		t.Errorf("nothing is due, and yet %+v", again)
	}
	whole(t, d)
}

// find gives the story whose title has a word.
func find(t *testing.T, all []isnad.Story, word string) isnad.Story {
	t.Helper()
	for _, s := range all {
		if strings.Contains(s.Title, word) {
			return s
		}
	}
	t.Fatalf("no story of %q among %d", word, len(all))
	return isnad.Story{}
}

func states(d isnad.Disagreement, value string) bool {
	return slices.ContainsFunc(d.Values, func(v isnad.Value) bool { return strings.Contains(v.Value, value) })
}

// news is a page of the tests, published the evening before.
func news(slug, text string) testsite.Page {
	return testsite.Page{
		Slug: slug, Title: "وزير النقل يعلن موعد افتتاح الجسر " + slug, Published: time.Date(2024, 5, 9, 5, 30, 0, 0, time.UTC),
		Body: text + "\n\nوقال الوزير فارس الدباس إن الجسر سيفتتح قبل نهاية العام، وإن العمل فيه يجري ليلا ونهارا منذ ثلاثة أشهر بمشاركة عشرات العمال.",
	}
}

// TestChangedAndDeleted wants a changed article revised with both captures kept, and a
// deleted one marked and kept.
func TestChangedAndDeleted(t *testing.T) {
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Pages: []testsite.Page{
		news("a", "أعلن وزير النقل فارس الدباس، الخميس، موعد افتتاح الجسر."), news("b", "بدأت وزارة النقل، الخميس، رصف الطريق الساحلي.")}})
	c := morning()
	d := open(t, t.TempDir(), c)
	h := s.Hosts()[0]
	if _, err := d.Follow(t.Context(), h.URL("/feed.xml"), ""); err != nil {
		t.Fatal(err)
	}
	if v := round(t, d); v.Kept != 2 {
		t.Fatalf("%+v", v)
	}
	h.Put(news("a", "أجل وزير النقل فارس الدباس، الخميس، افتتاح الجسر."))
	h.Delete("b", 410)
	c.forward(2 * time.Hour)
	if v := round(t, d); v.Kept != 1 || v.Gone != 1 {
		t.Errorf("%+v, want one revised and one gone", v)
	}
	a := kept(t, d, h.Page("a"))
	if !strings.HasPrefix(a.Record.Article.Text, "أجل") || a.Changed.IsZero() {
		t.Errorf("the change did not come: %q, %v", a.Record.Article.Text, a.Changed)
	}
	captures, err := d.Library.Captures(t.Context(), a.Record.Article.ID)
	if err != nil || len(captures) != 2 {
		t.Errorf("%d captures, %v", len(captures), err)
	}
	if b := kept(t, d, h.Page("b")); b.Gone.IsZero() || b.Record.Article.Text == "" {
		t.Errorf("deleted: %v, text %q", b.Gone, b.Record.Article.Text)
	}
	whole(t, d)
}

// kept gives the article of a page.
func kept(t *testing.T, d *Desk, address string) isnad.Holding {
	t.Helper()
	u, err := fetch.Canonical(address)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Library.Page(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	h, err := d.Library.Article(t.Context(), p.Article)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestTroubles visits every trouble that a site can make and wants each noted with its
// page, the good one kept, and the round over.
func TestTroubles(t *testing.T) {
	s := site(t, testsite.Trouble(news("fine", "افتتحت وزارة النقل الجسر.")))
	c := morning()
	d := open(t, t.TempDir(), c)
	h := s.Hosts()[0]
	var pages []isnad.Page
	for _, path := range []string{
		testsite.Fine, testsite.Failing, testsite.BusySeconds, testsite.Forbidden, testsite.Deleted, testsite.Loop, testsite.Hops, testsite.ToPrivate,
		testsite.ToFile, testsite.Endless, testsite.BombGzip, testsite.Truncated, testsite.Reset, testsite.Hangup, testsite.Stalling, testsite.CharsetLie, testsite.CharsetHidden, testsite.Deep,
	} {
		u, err := fetch.Canonical(h.URL(path))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, isnad.Page{URL: u, Due: d.now()})
	}
	if _, err := d.Library.Want(t.Context(), pages); err != nil {
		t.Fatal(err)
	}
	for range len(pages) { // a host that asked for quiet gets it: the rest comes later
		round(t, d)
		c.forward(10 * time.Minute)
	}
	for _, p := range pages {
		got, err := d.Library.Page(t.Context(), p.URL)
		if err != nil {
			t.Fatal(err)
		}
		good := strings.HasSuffix(p.URL, testsite.Fine) || strings.HasSuffix(p.URL, testsite.Deep) || strings.Contains(p.URL, "charset")
		if good != (got.Article != "") || good == (got.Trouble != "") {
			t.Errorf("%s: article %q, trouble %q", p.URL, got.Article, got.Trouble)
		}
	}
	whole(t, d)
}

// TestReread wants the same records from the evidence, and Same from the library.
func TestReread(t *testing.T) {
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Pages: []testsite.Page{news("a", "أعلن وزير النقل فارس الدباس، الخميس، موعد افتتاح الجسر.")}})
	d := open(t, t.TempDir(), morning())
	if _, err := d.Follow(t.Context(), s.Hosts()[0].URL("/feed.xml"), ""); err != nil {
		t.Fatal(err)
	}
	round(t, d)
	read := 0
	err := d.Reread(t.Context(), func(id string, c isnad.Change, err error) {
		read++
		if err != nil || c != isnad.Same {
			t.Errorf("%s: %v, %v", id, c, err)
		}
	})
	if err != nil || read != 1 {
		t.Errorf("%d read, %v", read, err)
	}
}

// TestBackup wants a copy that opens and is whole.
func TestBackup(t *testing.T) {
	s := site(t, testsite.Outlet{Key: "one", Name: "الأولى", Pages: []testsite.Page{news("a", "أعلن وزير النقل فارس الدباس، الخميس، موعد افتتاح الجسر.")}})
	d := open(t, t.TempDir(), morning())
	if _, err := d.Follow(t.Context(), s.Hosts()[0].URL("/feed.xml"), ""); err != nil {
		t.Fatal(err)
	}
	round(t, d)
	to := t.TempDir()
	if err := d.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if err := d.Backup(t.Context(), to); err == nil {
		t.Error("a backup over a backup")
	}
	b := open(t, to, morning())
	whole(t, b)
	h := kept(t, b, s.Hosts()[0].Page("a"))
	got, _, err := Original(context.Background(), to, "", h.Record.Article.ID)
	if err != nil || !strings.Contains(string(got), "افتتاح الجسر") {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// TestBookmarks wants a pouring to go on where it was only when it is the same.
func TestBookmarks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.jsonl")
	write := func(s string) {
		if err := os.WriteFile(file, []byte(s), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("{}")
	a := Source{Options: pour.Options{Paths: []string{file}}}
	before := a.bookmark()
	if before == "" || before != a.bookmark() {
		t.Error("the same pouring has two names")
	}
	if b := (Source{Options: a.Options, Outlet: "x"}).bookmark(); b == before {
		t.Error("another outlet, the same name")
	}
	write("{}\n{}")
	if a.bookmark() == before {
		t.Error("another file, the same name")
	}
	if (Source{Options: pour.Options{Paths: []string{pour.Stdin}}}).bookmark() != "" {
		t.Error("standard input has a name")
	}
}
