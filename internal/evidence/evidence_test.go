package evidence

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/isnad-project/isnad/internal/warc"
)

// TestMain plays the other process where tests ask for it.
func TestMain(m *testing.M) {
	switch dir := os.Getenv("ISNAD_EVIDENCE"); os.Getenv("ISNAD_ROLE") {
	case "open":
		if f, err := Open(dir, Options{}); err != nil {
			fmt.Println(err)
		} else {
			fmt.Println(f.writer)
		}
		os.Exit(0)
	case "write":
		writeForever(dir)
	default:
		os.Exit(m.Run())
	}
}

// writeForever appends captures and says each pointer once it is durable.
func writeForever(dir string) {
	f, err := Open(dir, Options{MaxFile: 20000})
	for i := 0; err == nil; i++ {
		var p Pointer
		if p, err = f.Append(page(i)); err == nil && i%3 == 0 {
			err = f.Sync()
		}
		if i%3 == 0 {
			fmt.Println(p.File, p.Offset, p.Length, p.Digest, i)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func page(i int) Capture {
	return Capture{
		Kind: Response, URL: fmt.Sprintf("https://example.org/خبر/%d", i), Fetched: time.Date(2024, 3, 10, 8, 30, i%60, 123, time.UTC), Source: "الجسر",
		RequestHead: []byte("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"), IP: "192.0.2.1",
		Head: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), Body: fmt.Appendf(nil, "<p>افتتح الوزير الجسر رقم %d.</p>", i),
	}
}

func open(t testing.TB, dir string, o Options) *Folder {
	t.Helper()
	f, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func add(t testing.TB, f *Folder, c Capture) Pointer {
	t.Helper()
	p, err := f.Append(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func has(t testing.TB, f *Folder, p Pointer, want Capture) {
	t.Helper()
	c, err := f.Read(p)
	if err != nil || c.URL != want.URL || !bytes.Equal(c.Body, want.Body) || !bytes.Equal(c.Head, want.Head) || !c.Fetched.Equal(want.Fetched) ||
		c.Source != want.Source || c.Kind != want.Kind || c.ContentType != want.ContentType || c.IP != want.IP {
		t.Fatalf("%+v gives %+v, %v", p, c, err)
	}
}

func problems(t testing.TB, f *Folder) (ps []Problem, sum Sum) {
	t.Helper()
	sum, err := f.Check(t.Context(), func(p Problem) { ps = append(ps, p) })
	if err != nil {
		t.Fatal(err)
	}
	return ps, sum
}

func TestAppendAndRead(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{MaxFile: 4000, Software: "isnad test"})
	var ps []Pointer
	for i := range 30 {
		ps = append(ps, add(t, f, page(i)))
	}
	file := Capture{Kind: Resource, URL: "file:///news.jsonl#7", Fetched: page(1).Fetched, Body: []byte(`{"text":"نص"}`), ContentType: "application/json"}
	last := add(t, f, file)
	check := func(f *Folder) {
		t.Helper()
		for i, p := range ps {
			has(t, f, p, page(i))
		}
		has(t, f, last, file)
		got, sum := problems(t, f)
		if len(got) > 0 || sum.Captures != 31 || sum.Records != 31+30+sum.Files || sum.Files < 3 {
			t.Fatalf("%v, %+v", got, sum)
		}
	}
	check(f)
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	check(open(t, dir, Options{ReadOnly: true})) // while the other writes
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Append(page(0)); err == nil {
		t.Error("a closed folder was written to")
	}
	f = open(t, dir, Options{MaxFile: 4000})
	if len(f.Repairs()) != 0 {
		t.Error(f.Repairs())
	}
	check(f)
	p := add(t, f, page(99))
	has(t, f, p, page(99))
	files, _ := f.files()
	for i, n := range files {
		if n.serial != i+1 || !strings.HasPrefix(n.file, "isnad-202403100830") || !strings.HasSuffix(n.file, "-"+hostName()+"-1.warc.gz") {
			t.Errorf("file %d is %s", i, n.file)
		}
	}
}

func TestMessage(t *testing.T) {
	c := page(3)
	m, err := c.Message(1 << 20)
	if err != nil || m.Status != 200 || m.Header.Get("content-type") != "text/html" || !bytes.Equal(m.Body, c.Body) {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := c.Message(4); !errors.Is(err, warc.ErrTooLarge) {
		t.Error(err)
	}
}

func TestRefused(t *testing.T) {
	f := open(t, t.TempDir(), Options{})
	for name, change := range map[string]func(*Capture){
		"kind":       func(c *Capture) { c.Kind = "picture" },
		"no head":    func(c *Capture) { c.Head = nil },
		"no blank":   func(c *Capture) { c.Head = []byte("HTTP/1.1 200 OK\r\n") },
		"no body":    func(c *Capture) { c.Head, c.Body = []byte("HTTP/1.1 200 OK\r\n"), nil },
		"two blanks": func(c *Capture) { c.Head = append(c.Head, "\r\n"...) },
		"no date":    func(c *Capture) { c.Fetched = time.Time{} },
		"too large":  func(c *Capture) { c.Body = make([]byte, warc.Limit) },
	} {
		c := page(0)
		change(&c)
		if p, err := f.Append(c); err == nil {
			t.Errorf("%s: kept at %+v", name, p)
		}
	}
	c := page(1)
	c.Source, c.URL = "two\r\nlines", "http://example.org/a\nb"
	got, err := f.Read(add(t, f, c))
	if err != nil || got.Source != "two  lines" || got.URL != "http://example.org/a b" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, p := range []Pointer{{}, {File: "../isnad-20240310083000-00001.warc.gz"}, {File: "isnad-20240310083000-00009.warc.gz"}} {
		if _, err := f.Read(p); err == nil {
			t.Errorf("%+v was read", p)
		}
	}
}

// TestChunked keeps a body whose chunks were joined: no reader looks for them again.
func TestChunked(t *testing.T) {
	f := open(t, t.TempDir(), Options{})
	c := page(0)
	c.Head = []byte("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nA: b\r\n\r\n")
	c.Body = []byte("3\r\nabc\r\n0\r\n\r\n") // what the site meant to say
	got, err := f.Read(add(t, f, c))
	if err != nil || string(got.Head) != "HTTP/1.1 200 OK\r\nX-Original-Transfer-Encoding: chunked\r\nA: b\r\n\r\n" {
		t.Fatalf("%s, %v", got.Head, err)
	}
	if m, err := got.Message(100); err != nil || !bytes.Equal(m.Body, c.Body) || m.Doubt != "" {
		t.Errorf("%q, %q, %v", m.Body, m.Doubt, err)
	}
}

// TestTorn cuts the file at every byte of its last capture, with and without the zeros
// that a power cut leaves: what stood before it stays, and new captures follow it.
func TestTorn(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	ps := []Pointer{add(t, f, page(0)), add(t, f, page(1))}
	before := f.size
	last := add(t, f, page(2))
	f.Close()
	path := filepath.Join(dir, last.File)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := before + 1; n < int64(len(b)); n++ {
		for _, more := range []int{0, 4096} {
			if more > 0 && n%16 != 0 {
				continue
			}
			if err := os.WriteFile(path, append(bytes.Clone(b[:n]), make([]byte, more)...), 0o666); err != nil {
				t.Fatal(err)
			}
			f, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			has(t, f, ps[1], page(1))
			if rs := f.Repairs(); n == last.Offset+last.Length && more == 0 {
				has(t, f, last, page(2))
			} else if len(rs) != 1 || rs[0].Cut == 0 || rs[0].Offset > n+3 || rs[0].Offset < before {
				t.Fatalf("cut at %d of %d..%d: %v", n, before, len(b), rs)
			}
			has(t, f, add(t, f, page(3)), page(3))
			if got, _ := problems(t, f); len(got) > 0 {
				t.Fatalf("cut at %d: %v", n, got)
			}
			f.Close()
		}
	}
}

// TestDamaged leaves a file with a spoiled record at its end as it is.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	add(t, f, page(0))
	c := page(1)
	c.RequestHead = nil
	p := add(t, f, c)
	f.Close()
	path := filepath.Join(dir, p.File)
	b, _ := os.ReadFile(path)
	b[p.Offset+p.Length-20] ^= 0xff
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir, Options{})
	if rs := f.Repairs(); len(rs) != 1 || rs[0].Cut != 0 || rs[0].Offset != p.Offset {
		t.Errorf("%v", rs)
	}
	if _, err := f.Read(p); err == nil {
		t.Error("a spoiled record was read")
	}
	next := add(t, f, page(2))
	if next.File == p.File {
		t.Error("it was written behind a damaged record")
	}
	has(t, f, next, page(2))
	got, _ := problems(t, f)
	if len(got) == 0 {
		t.Error("nothing was found")
	}
	for _, g := range got {
		if g.Offset != p.Offset || g.File != p.File {
			t.Error(g)
		}
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, b) {
		t.Error("the damaged file was changed")
	}
}

// TestDamagedWithin never cuts a file where whole records stand behind what is damaged.
func TestDamagedWithin(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	var ps []Pointer
	for i := range 6 {
		ps = append(ps, add(t, f, page(i)))
	}
	f.Close()
	path := filepath.Join(dir, ps[0].File)
	b, _ := os.ReadFile(path)
	b[ps[1].Offset+3], b[ps[3].Offset+3] = 4, 4 // a field of the gzip header, of any length
	if err := os.WriteFile(path, b[:len(b)-7], 0o666); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir, Options{})
	for _, i := range []int{0, 2, 4, 5} {
		has(t, f, ps[i], page(i))
	}
	has(t, f, add(t, f, page(7)), page(7))
}

// TestForged finds a record whose bytes are whole and whose digest is not the library's.
func TestForged(t *testing.T) {
	f := open(t, t.TempDir(), Options{})
	p := add(t, f, page(0))
	p.Digest = Digest([]byte("other"))
	var wrong *warc.DigestError
	if _, err := f.Read(p); !errors.As(err, &wrong) {
		t.Error(err)
	}
}

// disk is a file on a disk with so many bytes left.
type disk struct {
	*os.File
	left  *int64
	fixed bool // cannot be cut back
	sync  error
}

func (d *disk) WriteAt(b []byte, at int64) (int, error) {
	n := min(int64(len(b)), *d.left)
	*d.left -= n
	d.File.WriteAt(b[:n], at)
	if n < int64(len(b)) {
		return int(n), &fs.PathError{Op: "write", Path: d.Name(), Err: syscall.ENOSPC}
	}
	return int(n), nil
}

func (d *disk) Truncate(n int64) error {
	if d.fixed {
		return syscall.EIO
	}
	return d.File.Truncate(n)
}

func (d *disk) Sync() error { return d.sync }

// TestFull fills the disk at every byte: the capture that does not fit is not there, the
// others are, and it goes on when there is room again.
func TestFull(t *testing.T) {
	for room := int64(0); room < 1900; room += 23 {
		for _, fixed := range []bool{false, true} {
			dir := t.TempDir()
			f := open(t, dir, Options{})
			left, made := room, 0
			f.create = func(name string) (file, error) {
				real, err := f.createFile(name)
				made++
				return &disk{real.(*os.File), &left, fixed && made == 1, nil}, err
			}
			var kept []Pointer
			var full error
			for i := 0; full == nil; i++ {
				p, err := f.Append(page(i))
				if full = err; err == nil {
					kept = append(kept, p)
				}
			}
			if !errors.Is(full, syscall.ENOSPC) || !strings.Contains(full.Error(), "the disk is full") {
				t.Fatal(full)
			}
			left = 1 << 20
			kept = append(kept, add(t, f, page(len(kept))))
			if err := f.Sync(); err != nil {
				t.Fatal(err)
			}
			f.Close()
			f = open(t, dir, Options{})
			for i, p := range kept {
				has(t, f, p, page(i))
			}
			if got, _ := problems(t, f); len(got) > 0 && !fixed {
				t.Fatalf("room for %d bytes: %v", room, got)
			}
		}
	}
}

// TestSyncFails voids what was not durable, keeps what was, and goes on in a new file.
func TestSyncFails(t *testing.T) {
	f := open(t, t.TempDir(), Options{})
	left, d := int64(1<<20), &disk{}
	f.create = func(name string) (file, error) {
		real, err := f.createFile(name)
		d = &disk{real.(*os.File), &left, false, nil}
		return d, err
	}
	safe := add(t, f, page(0))
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	void := add(t, f, page(1))
	d.sync = syscall.EIO
	if err := f.Sync(); !errors.Is(err, syscall.EIO) {
		t.Fatal(err)
	}
	has(t, f, safe, page(0))
	if _, err := f.Read(void); err == nil {
		t.Error("what was never durable is still there")
	}
	has(t, f, add(t, f, page(2)), page(2))
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	if got, _ := problems(t, f); len(got) > 0 {
		t.Error(got)
	}
}

// TestTmpfs fills a real disk, where the test may mount one.
func TestTmpfs(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %v %s", err, out)
	}
	defer exec.Command("umount", "-l", dir).Run()
	f, err := Open(filepath.Join(dir, "evidence"), Options{MaxFile: 50000})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var kept []Pointer
	for err == nil {
		var p Pointer
		if p, err = f.Append(page(len(kept))); err == nil {
			kept = append(kept, p)
		}
	}
	if !errors.Is(err, syscall.ENOSPC) || len(kept) < 50 {
		t.Fatalf("%d kept, then %v", len(kept), err)
	}
	for i, p := range kept {
		has(t, f, p, page(i))
	}
	if got, _ := problems(t, f); len(got) > 0 {
		t.Error(got)
	}
	if err := exec.Command("mount", "-o", "remount,ro", dir).Run(); err == nil {
		if _, err := f.Append(page(1)); err == nil {
			t.Error("a read-only disk was written to")
		}
		f.Close()
		if _, err := Open(filepath.Join(dir, "evidence"), Options{}); err == nil || !strings.Contains(err.Error(), "may not be written") {
			t.Error(err)
		}
		r, err := Open(filepath.Join(dir, "evidence"), Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		has(t, r, kept[0], page(0))
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	if err := os.Mkdir(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		t.Skip("the superuser may write everywhere")
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "may not be written") {
		t.Error(err)
	}
	r := open(t, dir, Options{ReadOnly: true})
	if _, err := r.Append(page(0)); !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
}

func other(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), "ISNAD_ROLE="+role, "ISNAD_EVIDENCE="+dir)
	return c
}

// TestWriters lets several write at once, here and in another process; each takes the
// first number that is free.
func TestWriters(t *testing.T) {
	dir := t.TempDir()
	number := func(want string) {
		t.Helper()
		if out, err := other(t, "open", dir).Output(); err != nil || string(out) != want+"\n" {
			t.Errorf("another process is writer %s%v, want %s", out, err, want)
		}
	}
	a, b := open(t, dir, Options{}), open(t, dir, Options{})
	if a.writer != 1 || b.writer != 2 {
		t.Fatalf("writers %d and %d", a.writer, b.writer)
	}
	number("3")
	p, q := add(t, a, page(0)), add(t, b, page(1))
	if p.File == q.File {
		t.Fatal("two write one file")
	}
	has(t, b, p, page(0))
	has(t, a, q, page(1))
	if got, sum := problems(t, a); len(got) > 0 || sum.Captures != 2 || sum.Files != 2 {
		t.Errorf("%v, %+v", got, sum)
	}
	a.Close()
	number("1")
	a = open(t, dir, Options{})
	if more := add(t, a, page(2)); more.File != p.File {
		t.Errorf("writer 1 goes on in %s, not in %s", more.File, p.File)
	}
}

// TestTornBeside checks and copies beside a writer that has written half a record, and
// mends it for a writer that ended.
func TestTornBeside(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir, Options{}), open(t, dir, Options{})
	p, q := add(t, a, page(0)), add(t, b, page(1))
	path := filepath.Join(dir, q.File)
	bytes, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := append(slices.Clone(bytes), bytes[:q.Length/2]...)
	if err := os.WriteFile(path, half, 0o666); err != nil {
		t.Fatal(err)
	}
	if got, sum := problems(t, a); len(got) > 0 || sum.Captures != 2 {
		t.Errorf("beside a writer: %v, %+v", got, sum)
	}
	to := filepath.Join(t.TempDir(), "copy")
	if err := a.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if got, sum := problems(t, open(t, to, Options{ReadOnly: true})); len(got) > 0 || sum.Captures != 2 {
		t.Errorf("of the copy: %v, %+v", got, sum)
	}
	c := open(t, dir, Options{})
	if len(c.Repairs()) > 0 {
		t.Errorf("the file of another at work was mended: %v", c.Repairs())
	}
	b.closed = true // ended without a word
	b.lock.Close()
	if got, _ := problems(t, a); len(got) != 1 {
		t.Errorf("of a writer that ended: %v", got)
	}
	d := open(t, dir, Options{})
	if rs := d.Repairs(); len(rs) != 1 || rs[0].File != q.File || rs[0].Cut == 0 {
		t.Errorf("mended: %v", rs)
	}
	has(t, d, p, page(0))
	has(t, d, q, page(1))
	if got, _ := problems(t, a); len(got) > 0 {
		t.Error(got)
	}
}

// TestOldName goes on in a file of before there were several writers.
func TestOldName(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, Options{})
	p := add(t, f, page(0))
	f.Close()
	old := "isnad-20240310083000-00007.warc.gz"
	if err := os.Rename(filepath.Join(dir, p.File), filepath.Join(dir, old)); err != nil {
		t.Fatal(err)
	}
	p.File = old
	f = open(t, dir, Options{MaxFile: 600})
	has(t, f, p, page(0))
	if next := add(t, f, page(1)); parse(next.File) != (name{next.File, 8, 1}) {
		t.Errorf("after %s comes %s", old, next.File)
	}
}

// TestKilled kills two writing processes at odd moments: every capture that they called
// durable is there, and the folder is whole.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	said := map[string]int{}
	for round := range 8 {
		var mu sync.Mutex
		var both sync.WaitGroup
		for w := range 2 {
			both.Go(func() {
				c := other(t, "write", dir)
				out, err := c.StdoutPipe()
				if err == nil {
					err = c.Start()
				}
				if err != nil {
					t.Error(err)
					return
				}
				lines := bufio.NewScanner(out)
				for n := 0; lines.Scan(); n++ {
					var p Pointer
					var i int
					if _, err := fmt.Sscan(lines.Text(), &p.File, &p.Offset, &p.Length, &p.Digest, &i); err == nil { // else the last line, cut off
						mu.Lock()
						said[fmt.Sprint(p.File, " ", p.Offset, " ", p.Length, " ", p.Digest)] = i
						mu.Unlock()
					}
					if n == 5+7*round+3*w {
						c.Process.Kill()
					}
				}
				c.Wait()
			})
		}
		both.Wait()
		f, err := Open(dir, Options{MaxFile: 20000})
		if err != nil {
			t.Fatal(err)
		}
		for line, i := range said {
			var p Pointer
			if _, err := fmt.Sscan(line, &p.File, &p.Offset, &p.Length, &p.Digest); err != nil {
				t.Fatal(err)
			}
			has(t, f, p, page(i))
		}
		if got, _ := problems(t, f); len(got) > 0 {
			t.Fatalf("round %d: %v", round, got)
		}
		f.Close()
	}
}

// TestAtOnce appends, reads and checks from many goroutines.
func TestAtOnce(t *testing.T) {
	f := open(t, t.TempDir(), Options{MaxFile: 10000})
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 20 {
				p, err := f.Append(page(100*g + i))
				if err != nil {
					t.Error(err)
					return
				}
				if c, err := f.Read(p); err != nil || c.URL != page(100*g+i).URL {
					t.Errorf("%+v: %v", p, err)
				}
				if i == 10 {
					f.Sync()
					f.Check(t.Context(), func(p Problem) { t.Error(p) })
				}
			}
		})
	}
	all.Wait()
	if _, sum := problems(t, f); sum.Captures != 160 {
		t.Errorf("%+v", sum)
	}
}

func TestNames(t *testing.T) {
	for file, want := range map[string][2]int{
		"isnad-20240310083015-00001.warc.gz": {1, 1}, "isnad-20240310083015-123456.warc.gz": {123456, 1},
		"isnad-20240310083015-00003-desk.example-12.warc.gz": {3, 12}, "isnad-20240310083015-00003-a-1-2.warc.gz": {3, 2},
		"isnad-20240310083015-1.warc.gz": {}, "isnad-2024-00001.warc.gz": {}, "isnad-20240310083015-00001.warc": {}, "lock": {},
		"isnad-2024031008301x-00001.warc.gz": {}, "isnad-20240310083015--0001.warc.gz": {}, "isnad-20240310083015-00000-a-1.warc.gz": {},
		"isnad-20240310083015-00001-a-0.warc.gz": {}, "isnad-20240310083015-00001-2.warc.gz": {}, "isnad-20240310083015-00001-/../a-2.warc.gz": {},
		"isnad-20240310083015-00001--2.warc.gz": {}, "isnad-20240310083015-00001-a-+2.warc.gz": {},
	} {
		if got := parse(file); got.serial != want[0] || want[0] > 0 && got.writer != want[1] {
			t.Errorf("%s: %+v", file, got)
		}
	}
	at := time.Date(2024, 3, 10, 8, 30, 15, 0, time.UTC)
	if got := fileName(at, 42, "desk", 3); got != "isnad-20240310083015-00042-desk-3.warc.gz" || parse(got) != (name{got, 42, 3}) {
		t.Error(got)
	}
	if parse(fileName(at, 1, hostName(), 1)).serial != 1 {
		t.Errorf("%q cannot stand in a name", hostName())
	}
}

func BenchmarkAppend(b *testing.B) {
	f := open(b, b.TempDir(), Options{})
	c := page(1)
	c.Body = bytes.Repeat(c.Body, 100)
	b.SetBytes(int64(len(c.Body)))
	for b.Loop() {
		add(b, f, c)
	}
}

func TestBackup(t *testing.T) {
	f := open(t, t.TempDir(), Options{MaxFile: 4000})
	var ps []Pointer
	for i := range 10 {
		ps = append(ps, add(t, f, page(i)))
	}
	dir := filepath.Join(t.TempDir(), "copy")
	if err := f.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	add(t, f, page(10))
	r := open(t, dir, Options{})
	for i, p := range ps {
		has(t, r, p, page(i))
	}
	if got, sum := problems(t, r); len(got) > 0 || sum.Captures != 10 || len(r.Repairs()) > 0 {
		t.Errorf("%v, %+v", got, sum)
	}
	if err := f.Backup(t.Context(), dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a copy was written over: %v", err)
	}
}

// FuzzOpen opens a folder whose last file holds anything: what is cut off is the end of
// the file alone, and what is written after it can be read.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	folder := open(f, dir, Options{})
	var last Pointer
	for i := range 3 {
		last = add(f, folder, page(i))
	}
	folder.Close()
	b, err := os.ReadFile(filepath.Join(dir, last.File))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)-30])
	f.Add(append(bytes.Clone(b), make([]byte, 99)...))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, last.File)
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		f := open(t, dir, Options{})
		p := add(t, f, page(7))
		has(t, f, p, page(7))
		now, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		kept := len(b)
		for _, r := range f.Repairs() {
			kept -= int(r.Cut)
		}
		if len(now) < kept || !bytes.Equal(now[:kept], b[:kept]) {
			t.Errorf("%d of %d bytes were to stay as they were: %v", kept, len(b), f.Repairs())
		}
	})
}
