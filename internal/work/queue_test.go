package work

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/desk"
	"github.com/isnad-project/isnad/internal/evidence"
	"github.com/isnad-project/isnad/internal/natstest"
	"github.com/isnad-project/isnad/internal/pour"
)

// TestFull lets whoever hands over wait while the queue is full, says why, and goes on
// when a worker has made room.
func TestFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	q, err := Open(t.Context(), Options{Dir: filepath.Join(dir, "work"), Room: 200 << 10, Log: log(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	const n = 400
	var said atomic.Value
	handed := make(chan error, 1)
	count := 0
	go func() {
		handed <- q.Pour(t.Context(), desk.Source{Options: pour.Options{Paths: []string{made(t, 0, n)}}}, func(h Handed) { count++ }, func(why string) { said.Store(why) })
	}()
	for said.Load() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	if why := said.Load().(string); !strings.Contains(why, "full") {
		t.Error(why)
	}
	s, err := q.Status(t.Context())
	if err != nil || s.Captures.Bytes > 200<<10 || s.Captures.Waiting == 0 {
		t.Errorf("%+v, %v", s, err)
	}
	d := at(t, filepath.Join(dir, "library"), desk.Options{})
	w := NewWorker(q, d)
	w.Jobs = []Job{Read}
	stop := crew(t, w)
	if err := <-handed; err != nil || count != n {
		t.Fatalf("%d handed over, %v", count, err)
	}
	idle(t, q)
	stop()
	if got := content(t, d.Library); len(got) != n {
		t.Errorf("%d articles", len(got))
	}
}

// TestFullDisk fills the disk of a server: whoever hands over waits and is told why, and
// what was taken is done when the server has room again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", disk).Run() })
	c := natstest.Start(t, 1, natstest.Options{Dir: disk, Store: 4 << 30})
	q := to(t, c.URL())
	const n = 1500
	var said atomic.Value
	handed := make(chan error, 1)
	go func() {
		handed <- q.Pour(t.Context(), desk.Source{Options: pour.Options{Paths: []string{made(t, 0, n)}}}, func(Handed) {}, func(why string) { said.Store(why) })
	}()
	for said.Load() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	if why := said.Load().(string); !strings.Contains(why, "disks are full") {
		t.Error(why)
	}
	if out, err := exec.Command("mount", "-o", "remount,size=64m", disk).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if err := errors.Join(c.Kill(0), c.Restart(0)); err != nil {
		t.Fatal(err)
	}
	d := at(t, t.TempDir(), desk.Options{})
	w := NewWorker(q, d)
	w.Jobs = []Job{Read}
	stop := crew(t, w)
	if err := <-handed; err != nil {
		t.Fatal(err)
	}
	if s := idle(t, q); s.Failed != 0 {
		t.Errorf("%+v", s)
	}
	stop()
	if got := content(t, d.Library); len(got) != n {
		t.Errorf("%d articles, want %d", len(got), n)
	}
}

// TestStopped goes on where a handing over was stopped.
func TestStopped(t *testing.T) {
	q := open(t, t.TempDir())
	file := made(t, 0, 3*together)
	ctx, stop := context.WithCancel(t.Context())
	source := desk.Source{Options: pour.Options{Paths: []string{file}}}
	first := 0
	if err := q.Pour(ctx, source, func(Handed) { first++; stop() }, func(string) {}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	rest := handOver(t, q, file)
	if first == 0 || len(rest) >= 3*together || first+len(rest) < 3*together {
		t.Errorf("%d, then %d of %d", first, len(rest), 3*together)
	}
	if s, err := q.Status(t.Context()); err != nil || s.Captures.Waiting != 3*together {
		t.Errorf("%+v, %v", s, err)
	}
	if again := handOver(t, q, file); len(again) != 3*together {
		t.Errorf("a pouring that was through begins at its beginning: %d", len(again))
	}
}

// TestLarge hands over a page that is too large for a message of a server as it comes.
func TestLarge(t *testing.T) {
	t.Parallel()
	c := natstest.Start(t, 1, natstest.Options{})
	q := to(t, c.URL())
	dir := t.TempDir()
	page := "<html><head><title>افتتاح الجسر</title></head><body><article><p>افتتح وزير الأشغال سامر العطار الجسر الجديد في المدينة.</p></article>" + strings.Repeat("<!-- - -->", 300_000) + "</body></html>"
	file := filepath.Join(dir, "large.html")
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	handOver(t, q, file)
	d := at(t, filepath.Join(dir, "library"), desk.Options{})
	if n := once(t, q, d, Read); n.Read != 1 {
		t.Errorf("%+v", n)
	}
	if got := content(t, d.Library); len(got) != 1 {
		t.Errorf("%d articles", len(got))
	}
	if left, err := q.large.List(t.Context()); err == nil {
		t.Errorf("%d large captures that were read are kept still", len(left))
	}
}

// TestFault lets a worker rest while the library cannot be written: the work stays
// queued, counts for nothing, and is done when it can.
func TestFault(t *testing.T) {
	dir := t.TempDir()
	q, d := open(t, dir), at(t, dir, desk.Options{})
	handOver(t, q, made(t, 0, 30))
	sick := &ailing{Library: d.Library}
	sick.ill.Store(true)
	d.Library = sick
	w := NewWorker(q, d)
	w.Jobs = []Job{Read}
	stop := crew(t, w)
	for sick.asked.Load() < 2 {
		time.Sleep(10 * time.Millisecond)
	}
	if s, err := q.Status(t.Context()); err != nil || s.Captures.Lag() != 30 || s.Failed != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	sick.ill.Store(false)
	s := idle(t, q)
	stop()
	if n := w.Done(); n.Read != 30 || n.Aside != 0 || s.Failed != 0 {
		t.Errorf("%+v, %+v", n, s)
	}
}

// ailing is a library that cannot be written at times.
type ailing struct {
	isnad.Library
	ill   atomic.Bool
	asked atomic.Int64
}

func (l *ailing) Put(ctx context.Context, e []isnad.Entry) ([]isnad.Change, error) {
	l.asked.Add(1)
	if l.ill.Load() {
		return make([]isnad.Change, len(e)), errors.New("the disk is full")
	}
	return l.Library.Put(ctx, e)
}

// TestTries puts a capture aside whose reading was begun and not ended often, and no
// other.
func TestTries(t *testing.T) {
	dir := t.TempDir()
	q, d := open(t, dir), at(t, dir, desk.Options{})
	handOver(t, q, made(t, 0, 2))
	w := NewWorker(q, d)
	var tasks []*task
	for len(tasks) < 2 {
		if _, err := w.draw(t.Context(), "captures", q.captures, w.reading, w.reading.reserve(t.Context(), 2), func(t *task) { tasks = append(tasks, t) }); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range tasks {
		x.given = trusted + 1
	}
	for range mostTries { // the workers that read the first one ended
		if _, err := q.try(t.Context(), tryName(tasks[0])); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.draft(t.Context(), tasks[0]); got.fault == nil || !strings.Contains(got.fault.Error(), "3 times") {
		t.Errorf("%v, %v", got.fault, got.trouble)
	}
	for range 2 * mostTries { // reading the second one always came to its end
		if got := w.draft(t.Context(), tasks[1]); got.fault != nil || got.trouble != nil {
			t.Errorf("%v, %v", got.fault, got.trouble)
		}
	}
}

// TestParcel brings a capture through a message as it was.
func TestParcel(t *testing.T) {
	want := parcel{isnad.Capture{URL: "https://example.org/خبر\n", Form: "html", Fetched: time.Date(2024, 3, 1, 8, 0, 0, 5000, time.UTC)}, []byte("line\nline\x00\xff")}
	want.Capture.Digest = evidence.Digest(want.bytes)
	b, err := want.encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(b)
	if err != nil || got.Capture != want.Capture || !bytes.Equal(got.bytes, want.bytes) {
		t.Errorf("%+v, %v", got, err)
	}
	other := want
	other.Capture.Outlet = "المدى"
	if want.key() == other.key() || want.key() != got.key() {
		t.Error("the key tells too much or too little")
	}
	if got, err := decode(append(b, 'x')); !errors.Is(err, errNoParcel) {
		t.Errorf("%+v, %v", got, err)
	}
}

// FuzzDecode reads any message: what is taken for a parcel has the bytes that it claims.
func FuzzDecode(f *testing.F) {
	p := parcel{isnad.Capture{URL: "file:1", Form: "text", Digest: evidence.Digest([]byte("نص"))}, []byte("نص")}
	b, err := p.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("{}\n"))
	f.Add([]byte(`{"capture":7}` + "\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := decode(b)
		if err != nil {
			if !errors.Is(err, errNoParcel) {
				t.Errorf("%v", err)
			}
			return
		}
		if evidence.Digest(p.bytes) != p.Capture.Digest {
			t.Error("its bytes are others")
		}
		p.key()
	})
}
