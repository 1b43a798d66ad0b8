package sqlite

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/ncruces/go-sqlite3"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/store/conform"
)

var ctx = context.Background()

func open(t testing.TB, dir string, opt Options) *Library {
	t.Helper()
	l, err := Open(ctx, dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestConform(t *testing.T) {
	conform.Run(t, func(t testing.TB) isnad.Library { return open(t, t.TempDir(), Options{}) })
}

func put(t testing.TB, l *Library, from, to int) {
	t.Helper()
	if changes, err := l.Put(ctx, conform.Made(from, to)); err != nil {
		t.Fatal(changes, err)
	}
}

func articles(t testing.TB, l *Library) int {
	t.Helper()
	s, err := l.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return s.Articles
}

func whole(t testing.TB, l *Library) (problems []string) {
	t.Helper()
	if err := l.Check(ctx, func(p string) { problems = append(problems, p) }); err != nil {
		t.Fatal(err)
	}
	return problems
}

func TestReopen(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, Options{})
	put(t, l, 0, 30)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := l.Stats(ctx); !errors.Is(err, errClosed) {
		t.Errorf("used after closing: %v", err)
	}
	l = open(t, dir, Options{})
	if n, p := articles(t, l), whole(t, l); n != 30 || len(p) > 0 {
		t.Errorf("%d articles, %q", n, p)
	}
}

func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(ctx, dir, Options{ReadOnly: true}); err == nil {
		t.Error("a library that is not there is opened for reading")
	}
	l := open(t, dir, Options{})
	put(t, l, 0, 5)
	r := open(t, dir, Options{ReadOnly: true})
	put(t, l, 5, 10)
	if n := articles(t, r); n != 10 {
		t.Errorf("the reader sees %d articles, want 10", n)
	}
	if _, err := r.Put(ctx, conform.Made(0, 1)); err == nil {
		t.Error("a reader writes")
	}
	if p := whole(t, r); len(p) > 0 {
		t.Error(p)
	}
	if r.pool.still() {
		t.Error("a library with changes in its log is read as one that nobody changes")
	}
	r.Close()
	l.Close()
	r = open(t, dir, Options{ReadOnly: true})
	for _, c := range r.pool.idle {
		c.close()
	}
	r.pool.idle = nil
	if !r.pool.still() {
		t.Error("a library at rest is not still")
	}
	if n := articles(t, r); n != 10 {
		t.Errorf("%d articles, want 10", n)
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct{ published, day string }{
		{"2018-04-07T23:59:00+03:00", "2018-04-07"}, {"2018-04-07", "2018-04-07"}, {"1969-12-31", "1969-12-31"}, {"0001-01-01", "0001-01-01"}, {"9999-12-31", "9999-12-31"},
		{"", ""}, {"2018", ""}, {"2018-13-01", ""}, {"0000-01-01", ""}, {"2018-02-30", ""}, {"yesterday!", ""},
	} {
		if n := dayOf(c.published); dayText(n) != c.day || n < 0 {
			t.Errorf("%q is day %d, %q, want %q", c.published, n, dayText(n), c.day)
		}
	}
}

func TestNewer(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, Options{})
	if err := l.pool.writer.Exec("PRAGMA user_version=" + strconv.Itoa(format+1)); err != nil {
		t.Fatal(err)
	}
	l.Close()
	for _, opt := range []Options{{}, {ReadOnly: true}} {
		if _, err := Open(ctx, dir, opt); !errors.Is(err, isnad.ErrNewer) {
			t.Errorf("%+v: %v", opt, err)
		}
	}
}

func TestReindex(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, Options{})
	put(t, l, 0, 30)
	if err := l.pool.writer.Exec("UPDATE library SET value = 0 WHERE key = 'forms'; DELETE FROM namewords; INSERT INTO words(words) VALUES('delete-all')"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	l = open(t, dir, Options{})
	if p := whole(t, l); len(p) > 0 {
		t.Error(p)
	}
	q, err := l.lang.Parse("السفن speaker:سعاد")
	if err != nil {
		t.Fatal(err)
	}
	r, err := l.Search(ctx, q)
	if err != nil || r.Total != 30 {
		t.Errorf("%d found, %v", r.Total, err)
	}
	if list, err := l.Find(ctx, []string{"حدادي"}, "", 5); err != nil || len(list) != 1 {
		t.Errorf("%d things, %v", len(list), err)
	}
}

// TestRankLimit has a word stand in more articles than are ranked: the others follow,
// newest first, and pages go across.
func TestRankLimit(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	l.ranked = 25
	put(t, l, 0, 120)
	q, err := l.lang.Parse("السفن")
	if err != nil {
		t.Fatal(err)
	}
	q.Limit = 200
	all, err := l.Search(ctx, q)
	if err != nil || len(all.Hits) != 120 || all.Total != 120 {
		t.Fatalf("%d of %d, %v", len(all.Hits), all.Total, err)
	}
	for i, h := range all.Hits {
		if (h.Score > 0) != (i < 25) {
			t.Errorf("hit %d has score %v", i, h.Score)
		}
		if i > 25 && h.Published > all.Hits[i-1].Published {
			t.Errorf("hit %d of %s follows one of %s", i, h.Published, all.Hits[i-1].Published)
		}
	}
	n := 0
	for q.Limit = 9; ; {
		r, err := l.Search(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			if h.ID != all.Hits[n].ID {
				t.Fatalf("hit %d is %s in pages and %s at once", n, h.ID, all.Hits[n].ID)
			}
			n++
		}
		if q.Cursor = r.Next; r.Next == "" {
			break
		}
	}
	if n != 120 {
		t.Errorf("%d hits in pages", n)
	}
}

func TestNotALibrary(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, File), []byte(strings.Repeat("no library at all ", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, dir, Options{}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Error(err)
	}
	if _, err := Open(ctx, filepath.Join(dir, File, "below"), Options{}); err == nil {
		t.Error("a file serves as a folder")
	}
}

// TestBusy has a second connection, as another program has one, write meanwhile.
func TestBusy(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, Options{Wait: 10 * time.Millisecond})
	other, err := connect(filepath.Join(dir, File), sqlite3.OPEN_READWRITE, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.close()
	if err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Put(ctx, conform.Made(0, 1)); !errors.Is(err, isnad.ErrBusy) {
		t.Errorf("while another writes: %v", err)
	}
	if n := articles(t, l); n != 0 {
		t.Errorf("%d articles", n)
	}
	if err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	put(t, l, 0, 1)
}

// TestFull has the file grow no more, as on a full disk.
func TestFull(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	put(t, l, 0, 20)
	pages, err := l.pool.writer.number("PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	limit := func(n int64) {
		if _, err := l.pool.writer.number("PRAGMA max_page_count=" + strconv.FormatInt(n, 10)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 4)
	changes, err := l.Put(ctx, conform.Made(20, 400))
	if err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatal(err)
	}
	for _, c := range changes {
		if c != isnad.Refused {
			t.Fatalf("acknowledged: %v", changes)
		}
	}
	if n, p := articles(t, l), whole(t, l); n != 20 || len(p) > 0 {
		t.Errorf("%d articles, %q", n, p)
	}
	limit(1 << 30)
	put(t, l, 20, 400)
	if n, p := articles(t, l), whole(t, l); n != 400 || len(p) > 0 {
		t.Errorf("with room again %d articles, %q", n, p)
	}
}

// mark gives the mark of an article's sketch.
func mark(t *testing.T, l *Library, id string) int64 {
	t.Helper()
	list, err := l.Sketches(ctx, "2018-04-01", "2018-05-30")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if s.ID == id {
			return s.Mark
		}
	}
	t.Fatalf("no sketch of %s", id)
	return 0
}

// TestCheckFinds damages a library in many ways; each must be told.
func TestCheckFinds(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	put(t, l, 0, 10)
	if err := l.Join(ctx, isnad.Joining{Done: []isnad.Done{{Article: "made-0001", Mark: mark(t, l, "made-0001")}}, Stories: []isnad.Story{{ID: "made-0001", Articles: []string{"made-0001"}}}}); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"UPDATE articles SET title = 'x' WHERE id = 'made-0003'",
		"UPDATE articles SET published = '2001-01-01' WHERE id = 'made-0003'",
		"UPDATE records SET record = x'00' WHERE n = (SELECT min(n) FROM records)",
		"UPDATE records SET record = (SELECT record FROM records ORDER BY n DESC LIMIT 1) WHERE n = (SELECT min(n) FROM records)",
		"DELETE FROM words WHERE rowid = (SELECT min(n) FROM articles)",
		"INSERT INTO words(rowid, title) VALUES(1, 'x')",
		"DELETE FROM words WHERE rowid = (SELECT min(n) FROM articles); INSERT INTO words(rowid, title) SELECT min(n), 'x' FROM articles",
		"INSERT INTO merges SELECT id, 'x' FROM things",
		"DELETE FROM sketches",
		"UPDATE sketches SET sketch = x'78'",
		"DELETE FROM captures",
		"UPDATE captures SET file = ''",
		"DELETE FROM readings",
		"UPDATE stories SET story = x'00'",
		"UPDATE articles SET s = NULL",
		"UPDATE articles SET s = 1 WHERE id = 'made-0004'",
		"INSERT INTO moved VALUES('a', 'b')",
		"UPDATE things SET articles = articles + 1",
		"DELETE FROM forms",
		"UPDATE forms SET mentions = mentions + 1",
		"DELETE FROM mentions WHERE n = (SELECT min(n) FROM mentions)",
		"UPDATE named SET things = x''",
		"DELETE FROM commitments",
		"DELETE FROM holders",
		"UPDATE holders SET e = e + 100",
		"DELETE FROM days",
		"UPDATE mentions SET t = t + 100000",
		"UPDATE commitments SET due = '2001-01-01'",
		"UPDATE events SET type = 'AID'",
		"UPDATE library SET value = 0 WHERE key = 'forms'",
		"PRAGMA foreign_keys=OFF; DELETE FROM outlets",
	} {
		dir := t.TempDir()
		if err := l.Backup(ctx, dir); err != nil {
			t.Fatal(err)
		}
		d := open(t, dir, Options{})
		if p := whole(t, d); len(p) > 0 {
			t.Fatalf("before %s: %q", sql, p)
		}
		if err := d.pool.writer.Exec("PRAGMA foreign_keys=OFF; " + sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		if p := whole(t, d); len(p) == 0 {
			t.Errorf("nothing was told after %s", sql)
		}
		d.Close()
	}
}

func TestBackupWhileWriting(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	put(t, l, 0, 200)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 200; i < 400; i += 10 {
			l.Put(ctx, conform.Made(i, i+10))
		}
	}()
	dir := filepath.Join(t.TempDir(), "new")
	if err := l.Backup(ctx, dir); err != nil {
		t.Fatal(err)
	}
	<-done
	if err := l.Backup(ctx, dir); err == nil {
		t.Error("a backup is written over")
	}
	b := open(t, dir, Options{})
	if n, p := articles(t, b), whole(t, b); n < 200 || n > 400 || n%10 != 0 || len(p) > 0 {
		t.Errorf("%d articles, %q", n, p)
	}
}

var update = flag.Bool("update", false, "write the saved library of the newest format anew")

// TestFormats opens a library as each format wrote it and brings it forward.
func TestFormats(t *testing.T) {
	for v := 1; v <= format; v++ {
		saved := filepath.Join("testdata", fmt.Sprintf("format%d.db.zst", v))
		if *update && v == format {
			save(t, saved)
		}
		packed, err := os.ReadFile(saved)
		if err != nil {
			t.Fatal(err)
		}
		d, err := zstd.NewReader(nil)
		if err != nil {
			t.Fatal(err)
		}
		file, err := d.DecodeAll(packed, nil)
		d.Close()
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, File), file, 0o644); err != nil {
			t.Fatal(err)
		}
		l := open(t, dir, Options{})
		if p := whole(t, l); len(p) > 0 {
			t.Errorf("format %d: %q", v, p)
		}
		s, err := l.Stats(ctx)
		if err != nil || s.Articles != 40 || s.Feeds != 1 || s.Wanted != 1 || s.Stories != 1 {
			t.Errorf("format %d: %+v, %v", v, s, err)
		}
		u, err := l.Commitments(ctx, isnad.Query{Terms: []isnad.Term{{Field: isnad.Due, Words: []string{"2018"}}}})
		if err != nil || len(u.Rows) == 0 || u.Rows[0].End != isnad.Kept {
			t.Errorf("format %d: %+v, %v", v, u.Rows, err)
		}
		k, err := l.Corrections(ctx)
		if err != nil || len(k) != 1 {
			t.Errorf("format %d: %+v, %v", v, k, err)
		}
		put(t, l, 30, 50)
		if n, p := articles(t, l), whole(t, l); n != 50 || len(p) > 0 {
			t.Errorf("format %d: %d articles, %q", v, n, p)
		}
	}
}

// save writes a library that has a row of everything.
func save(t *testing.T, file string) {
	l := open(t, t.TempDir(), Options{Now: func() time.Time { return time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC) }})
	put(t, l, 0, 40)
	u, err := l.Commitments(ctx, isnad.Query{Limit: 1})
	if err != nil || len(u.Rows) == 0 {
		t.Fatal(u, err)
	}
	things, err := l.Find(ctx, nil, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		l.Settle(ctx, isnad.Settlement{Article: u.Rows[0].Article, Index: u.Rows[0].Index, End: isnad.Kept, Source: "made", By: "test"}),
		l.Correct(ctx, isnad.Correction{Do: "rename", Thing: things[0].ID, Name: things[0].Name, By: "test"}),
		l.Follow(ctx, isnad.Feed{URL: "https://site.example/feed"}),
		l.Mark(ctx, "file", "12"),
		l.Join(ctx, isnad.Joining{Done: []isnad.Done{{Article: "made-0001", Mark: mark(t, l, "made-0001")}}, Stories: []isnad.Story{{ID: "made-0001", First: "2018-04-07", Last: "2018-04-07", Articles: []string{"made-0001"}}},
			Moved: []isnad.Moved{{From: "made-0002", To: "made-0001"}}}),
	)
	if _, e := l.Want(ctx, []isnad.Page{{URL: "https://site.example/1", Due: time.Unix(1, 0)}}); err != nil || e != nil {
		t.Fatal(err, e)
	}
	dir := t.TempDir()
	if err := l.Backup(ctx, dir); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		t.Fatal(err)
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, enc.EncodeAll(b, nil), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestKill kills a writing program at random moments: what it was told is kept is there.
func TestKill(t *testing.T) {
	if dir := os.Getenv("ISNAD_KILL"); dir != "" {
		writeUntilKilled(t, dir)
		return
	}
	dir := t.TempDir()
	acknowledged := 0
	for round := range 6 {
		c := exec.Command(os.Args[0], "-test.run=^TestKill$")
		c.Env = append(os.Environ(), "ISNAD_KILL="+dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for seen := 0; lines.Scan(); {
			if n, ok := strings.CutPrefix(lines.Text(), "kept "); ok {
				acknowledged, _ = strconv.Atoi(n)
				if seen++; seen == 1+round*2 {
					time.Sleep(time.Duration(round*7) * time.Millisecond)
					c.Process.Kill()
				}
			}
		}
		c.Wait()
		l := open(t, dir, Options{})
		n, p := articles(t, l), whole(t, l)
		if n < acknowledged || n > acknowledged+10 || n%10 != 0 || len(p) > 0 {
			t.Fatalf("round %d: %d acknowledged, %d there, %q", round, acknowledged, n, p)
		}
		l.Close()
	}
	if acknowledged == 0 {
		t.Error("nothing was written")
	}
}

func writeUntilKilled(t *testing.T, dir string) {
	l := open(t, dir, Options{})
	for n := articles(t, l); n < 5000; n += 10 {
		put(t, l, n, n+10)
		fmt.Printf("kept %d\n", n+10)
	}
}
