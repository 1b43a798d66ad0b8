package work

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/pour"
)

// goods are what the made articles are about.
var goods = [...]string{"القمح", "الوقود", "السكر", "الأدوية", "الإسمنت", "الأرز", "الحديد", "الزيت"}

// made writes articles as JSON Lines, another for every number, and gives the file.
func made(t testing.TB, from, n int) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i := from; i < from+n; i++ {
		title := fmt.Sprintf("وزير التجارة يعلن وصول %d طنا من %s", 100+i, goods[i%len(goods)])
		text := fmt.Sprintf("أعلن وزير التجارة سامر العطار وصول %d طنا من %s إلى ميناء المدينة.\n\nوقال العطار إن الوزارة ستوزع الشحنة على %d سوقا قبل نهاية الشهر، مؤكدا أن الأسعار لن تتغير هذا العام.", 100+i, goods[i%len(goods)], 3+i/7)
		err := enc.Encode(map[string]string{"id": fmt.Sprintf("made-%d", i), "title": title, "text": text, "published": fmt.Sprintf("2024-03-%02d", 1+i%20), "outlet": "المدى"})
		if err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "made.jsonl")
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// log writes what queues and workers say to the test's log.
func log(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// open opens queues inside this process.
func open(t testing.TB, dir string) *Queues {
	t.Helper()
	q, err := Open(t.Context(), Options{Dir: filepath.Join(dir, "work"), Log: log(t), Patience: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q
}

// at opens a desk.
func at(t testing.TB, dir string, o desk.Options) *desk.Desk {
	t.Helper()
	d, err := desk.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// handOver hands over what files hold, and wants all of it taken.
func handOver(t testing.TB, q *Queues, paths ...string) (all []Handed) {
	t.Helper()
	err := q.Pour(t.Context(), desk.Source{Options: pour.Options{Paths: paths}}, func(h Handed) { all = append(all, h) }, func(why string) { t.Log("waiting:", why) })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// once works until nothing is left.
func once(t testing.TB, q *Queues, d *desk.Desk, jobs ...Job) Done {
	t.Helper()
	w := NewWorker(q, d)
	w.Once, w.Jobs = true, jobs
	if err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w.Done()
}

// content is all that a library holds of articles and stories, for comparing.
func content(t testing.TB, l isnad.Library) map[string]string {
	t.Helper()
	all := map[string]string{}
	for h, err := range l.Each(t.Context(), isnad.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		id := h.Record.Article.ID
		if _, twice := all[id]; twice {
			t.Errorf("article %s is there twice", id)
		}
		captures, err := l.Captures(t.Context(), id)
		if err != nil || len(captures) != 1 {
			t.Errorf("article %s has %d captures, %v", id, len(captures), err)
		}
		b, err := h.Record.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = fmt.Sprintf("%s %s %v", b, h.Story, h.Things)
	}
	for cursor := ""; ; {
		told, err := l.Stories(t.Context(), isnad.Query{Limit: 100, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range told.Stories {
			b, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			all["story "+s.ID] = string(b)
		}
		if cursor = told.Next; cursor == "" {
			return all
		}
	}
}

// crew lets workers work and gives what ends them.
func crew(t testing.TB, workers ...*Worker) (stop func()) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for _, w := range workers {
		all.Go(func() {
			if err := w.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	stop = sync.OnceFunc(func() { end(); all.Wait() })
	t.Cleanup(stop)
	return stop
}

// idle waits until nothing is left in the queues.
func idle(t testing.TB, q *Queues) Status {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		s, err := q.Status(t.Context())
		if err == nil && s.Captures.Lag() == 0 && s.Visits.Lag() == 0 {
			return s
		}
		if time.Now().After(end) {
			t.Fatalf("work is left: %+v, %v", s, err)
		}
	}
}

// alone gives what a desk without any queue makes of files.
func alone(t testing.TB, paths ...string) map[string]string {
	t.Helper()
	d := at(t, t.TempDir(), desk.Options{})
	if err := d.Pour(t.Context(), desk.Source{Options: pour.Options{Paths: paths}}, func(p desk.Poured) {
		if p.Err != nil {
			t.Error(p.Where, p.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return content(t, d.Library)
}

// equal wants the same content.
func equal(t testing.TB, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d articles and stories, want %d", len(got), len(want))
	}
	wrong := 0
	for id, w := range want {
		if got[id] != w {
			if wrong++; wrong < 4 {
				t.Errorf("%s:\ngot  %.300s\nwant %.300s", id, got[id], w)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d differ", wrong, len(want))
	}
}

// TestInside reads through the server inside what a desk alone reads, the same.
func TestInside(t *testing.T) {
	file := made(t, 0, 120)
	want := alone(t, file)
	dir := t.TempDir()
	d, q := at(t, dir, desk.Options{}), open(t, dir)
	if all := handOver(t, q, file); len(all) != 120 {
		t.Errorf("%d handed over", len(all))
	}
	if all := handOver(t, q, file); !all[0].Known || !all[119].Known {
		t.Error("what was handed over twice is in the queue twice")
	}
	s, err := q.Status(t.Context())
	if err != nil || s.Captures.Waiting != 120 || s.Failed != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if n := once(t, q, d); n.Read != 120 || n.Fresh != 120 || n.Aside != 0 || n.Joined == 0 {
		t.Errorf("%+v", n)
	}
	equal(t, content(t, d.Library), want)
	if s, err := q.Status(t.Context()); err != nil || s.Captures.Lag() != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := d.Check(t.Context(), func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
}

// TestAside puts aside what cannot be read, whatever it is, lists it and tries it again.
func TestAside(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "mixed.jsonl")
	if err := os.WriteFile(file, []byte(`{"id":"good","title":"عنوان","text":"قال الوزير إن الجسر سيفتتح غدا."}`+"\n"+`{"id":"bad","text":""}`+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	d, q := at(t, filepath.Join(dir, "library"), desk.Options{}), open(t, dir)
	handOver(t, q, file)
	for _, b := range []string{"no parcel at all", "{}\n", `{"capture":{"Digest":"sha256:00"}}` + "\nother bytes", ""} {
		if _, err := q.js.Publish(t.Context(), q.subject("captures"), []byte(b)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := q.js.Publish(t.Context(), q.subject("visits"), []byte(`{"url":"::"}`)); err != nil {
		t.Fatal(err)
	}
	if n := once(t, q, d); n.Read != 1 || n.Aside != 6 {
		t.Errorf("%+v", n)
	}
	failures := func() (all []Failure) {
		t.Helper()
		if err := q.Failures(t.Context(), func(f Failure) bool { all = append(all, f); return true }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	all := failures()
	if len(all) != 6 {
		t.Fatalf("%+v", all)
	}
	where := ""
	for _, f := range all {
		if f.Error == "" || f.At.IsZero() || f.Since.IsZero() || f.Queue != "captures" && f.Queue != "visits" {
			t.Errorf("%+v", f)
		}
		where += f.Where
	}
	if !strings.Contains(where, "mixed.jsonl:2") {
		t.Errorf("nothing tells of line 2: %+v", all)
	}
	if n, err := q.Retry(t.Context(), all[0].ID); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := q.Retry(t.Context(), all[0].ID); err == nil || !strings.Contains(err.Error(), "isnad work failed") {
		t.Error(err)
	}
	if n, err := q.Retry(t.Context()); n != 5 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if n := once(t, q, d); n.Aside != 6 {
		t.Errorf("%+v", n)
	}
	if again := failures(); len(again) != 6 || again[0].ID <= all[5].ID {
		t.Errorf("%+v", again)
	}
}
