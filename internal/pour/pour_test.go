package pour

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"github.com/isnad-project/isnad/internal/intake/archive"
	"github.com/isnad-project/isnad/internal/intake/jsonl"
	"github.com/isnad-project/isnad/internal/lex"
	"github.com/isnad-project/isnad/internal/warc"
)

const (
	article = "<!DOCTYPE html><html><head><title>جسر السلط</title></head><body><article><h1>جسر السلط</h1><p>افتتح وزير النقل الأردني، الأحد، جسرا يربط الحي القديم في مدينة السلط بالمستشفى الجامعي، بعد عامين من العمل فيه ليلا ونهارا.</p><p>وقال الوزير للصحفيين إن كلفة المشروع بلغت مليوني دينار، وإن مئة وعشرين عاملا من أبناء المدينة شاركوا في بنائه.</p></article></body></html>"
	plain   = "وصل الوفد إلى عمان مساء الاثنين."
	lines   = "{\"text\":\"وصل الوفد إلى عمان مساء الاثنين.\"}\n\n{\"text\":\"غادر الوفد عمان.\"}\n{\"text\":7}\n{\"text\":\"عاد الوفد.\"}\n"
	rss     = "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<rss version=\"2.0\"><channel/></rss>"
)

func packed(t testing.TB, s, with string) string {
	t.Helper()
	var b bytes.Buffer
	var z io.WriteCloser = gzip.NewWriter(&b)
	var err error
	switch with {
	case "xz":
		z, err = xz.NewWriter(&b)
	case "zst":
		z, err = zstd.NewWriter(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	z.Write([]byte(s))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func records(t testing.TB, n int, plain bool) string {
	t.Helper()
	var b bytes.Buffer
	w := warc.NewWriter(&b, 0)
	w.Plain = plain
	for i := range n {
		err := w.Append(&warc.Record{
			Type: warc.Response, ID: fmt.Sprintf("<urn:x:%d>", i), Date: time.Date(2021, 7, 26, 9, 0, i, 0, time.UTC), TargetURI: fmt.Sprintf("http://a.example/%d", i),
			ContentType: "application/http", Block: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + article),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// tree writes files into a folder and makes it the working one.
func tree(t testing.TB, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func sample(t testing.TB) {
	tree(t, map[string]string{
		"in/a.txt": plain, "in/a-b/z.txt": plain, "in/a/z.txt": plain, "in/b.html": article, "in/c.jsonl": lines, "in/d.jsonl.xz": packed(t, lines, "xz"),
		"in/e.warc.gz": records(t, 3, false), "in/f.warc": records(t, 2, true), "in/g.xml": rss, "in/h.gz": packed(t, article, "gz"),
		"in/i#4": plain, "in/j.png": "\x89PNG\r\n\x1a\n0000", "in/k.css": "p{}", "in/l.txt": " ", "in/.hidden": plain,
		"in/m": packed(t, records(t, 2, true), "gz"), "in/n.zst": packed(t, lines, "zst"),
	})
}

// keys gives what a walk gives: each key with its kind, or with a mark where it is an error.
func keys(o Options) (ks []string) {
	for it := range Walk(o) {
		k := it.Position.String() + " " + string(it.Kind)
		if it.Err != nil {
			k = it.Position.String() + " !"
		}
		ks = append(ks, k)
	}
	return ks
}

func TestWalk(t *testing.T) {
	sample(t)
	seen := map[string]archive.Counts{}
	got := keys(Options{Paths: []string{"./in/"}, Archived: func(path string, c archive.Counts) { seen[path] = c }})
	for i, k := range got { // the offsets are not the test's matter
		if path, rest, ok := strings.Cut(k, "@"); ok {
			_, kind, _ := strings.Cut(rest, " ")
			got[i] = path + "@ " + kind
		}
	}
	var want []string
	for _, s := range []string{
		"a/z.txt text", "a-b/z.txt text", "a.txt text", "b.html html", "c.jsonl#1 jsonl", "c.jsonl#3 jsonl", "c.jsonl#4 jsonl", "c.jsonl#5 jsonl",
		"d.jsonl.xz#1 jsonl", "d.jsonl.xz#3 jsonl", "d.jsonl.xz#4 jsonl", "d.jsonl.xz#5 jsonl", "e.warc.gz@ html", "e.warc.gz@ html", "e.warc.gz@ html",
		"f.warc@ html", "f.warc@ html", "g.xml feed", "h.gz html", "i#4#0 text", "j.png !", "k.css !", "l.txt !", "m@ html", "m@ html",
		"n.zst#1 jsonl", "n.zst#3 jsonl", "n.zst#4 jsonl", "n.zst#5 jsonl",
	} {
		want = append(want, "in/"+s)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the walk gives\n%s\nand should give\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(seen) != 3 || seen["in/e.warc.gz"].Pages != 3 {
		t.Errorf("%+v", seen)
	}
}

// TestAfter stops a walk at every item and goes on: nothing is left out, nothing comes
// twice.
func TestAfter(t *testing.T) {
	sample(t)
	for _, paths := range [][]string{{"in"}, {"."}, {"in/c.jsonl", "in", "in/e.warc.gz"}, {"in/a.txt", "in/m", "in/i#4", "in/b.html"}} {
		whole := keys(Options{Paths: paths})
		dup := map[string]int{}
		for i, k := range whole {
			if dup[k]++; dup[k] > 1 {
				continue
			}
			key := k[:strings.LastIndexByte(k, ' ')]
			if got := keys(Options{Paths: paths, After: key}); !slices.Equal(got, whole[i+1:]) {
				t.Fatalf("after %s:\n%s\nwant\n%s", key, strings.Join(got, "\n"), strings.Join(whole[i+1:], "\n"))
			}
		}
	}
	whole := keys(Options{Paths: []string{"in"}})
	if got := keys(Options{Paths: []string{"in"}, After: "elsewhere/x#3"}); !slices.Equal(got, whole) {
		t.Error("a position elsewhere leaves something out")
	}
	// What is gone is passed over, by its place in the order.
	at := slices.Index(whole, "in/b.html html")
	if err := os.Remove("in/b.html"); err != nil {
		t.Fatal(err)
	}
	if got := keys(Options{Paths: []string{"in"}, After: "in/b.html"}); !slices.Equal(got, whole[at+1:]) {
		t.Errorf("after a file that is gone: %v", got)
	}
}

func TestLinks(t *testing.T) {
	sample(t)
	for link, to := range map[string]string{"in/a/up": "..", "in/a/self": ".", "in/ring": "ring2", "in/ring2": "ring", "in/gone": "nowhere", "in/y": "a-b", "in/z.txt": "a.txt"} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	got := keys(Options{Paths: []string{"in"}})
	if n := len(got) - len(slices.Compact(slices.Sorted(slices.Values(got)))); n > 0 {
		t.Errorf("%d come twice", n)
	}
	for _, k := range []string{"in/ring !", "in/gone !", "in/z.txt text"} {
		if !slices.Contains(got, k) {
			t.Errorf("%s is not in\n%s", k, strings.Join(got, "\n"))
		}
	}
	if slices.Contains(got, "in/y/z.txt text") {
		t.Error("a folder was gone through twice")
	}
}

func TestUnreadable(t *testing.T) {
	sample(t)
	damaged := []byte(records(t, 3, false))
	damaged[len(damaged)/2] ^= 0xff
	for name, b := range map[string][]byte{"in/e.warc.gz": damaged, "in/f.warc": []byte(records(t, 2, true))[:1500], "in/h.gz": []byte(packed(t, article, "gz"))[:200], "in/d.jsonl.xz": []byte("\xfd7zXZ\x00garbage")} {
		if err := os.WriteFile(name, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	said := map[string]error{}
	pages := 0
	for it := range Walk(Options{Paths: []string{"in", "missing"}}) {
		if it.Err != nil {
			said[it.Position.Path] = it.Err
		} else if it.Position.Path == "in/e.warc.gz" {
			pages++
		}
	}
	var bad *warc.BadRecordError
	var cut *warc.TruncatedError
	switch {
	case pages != 2 || !errors.As(said["in/e.warc.gz"], &bad):
		t.Errorf("%d pages, %v", pages, said["in/e.warc.gz"])
	case !errors.As(said["in/f.warc"], &cut):
		t.Error(said["in/f.warc"])
	case said["in/h.gz"] == nil || said["in/d.jsonl.xz"] == nil || !errors.Is(said["missing"], os.ErrNotExist):
		t.Errorf("%v", said)
	case !errors.Is(said["in/j.png"], ErrForeign) || !errors.Is(said["in/k.css"], ErrForeign):
		t.Errorf("%v", said)
	}
}

func TestStdin(t *testing.T) {
	for in, want := range map[string][]string{
		plain: {"- text"}, lines: {"-#1 jsonl", "-#3 jsonl", "-#4 jsonl", "-#5 jsonl"}, article: {"- html"}, packed(t, article, "xz"): {"- html"}, "": {"- !"},
		records(t, 1, false): {"-@0 html"}, strings.Repeat("x", jsonl.Limit+1): {"- !"},
	} {
		if got := keys(Options{Paths: []string{Stdin}, Stdin: strings.NewReader(in)}); !slices.Equal(got, want) {
			t.Errorf("%.40q: %v, want %v", in, got, want)
		}
	}
	if got := keys(Options{Paths: []string{Stdin}, Stdin: strings.NewReader(article), Kind: Text}); !slices.Equal(got, []string{"- text"}) {
		t.Error(got)
	}
	if (Position{Path: Stdin, Line: 3}).Shown() != "standard input:3" {
		t.Error("standard input has no name")
	}
}

func TestArticle(t *testing.T) {
	sample(t)
	l, err := lex.Default()
	if err != nil {
		t.Fatal(err)
	}
	texts, errs := 0, map[string]string{}
	for it := range Walk(Options{Paths: []string{"in"}}) {
		a, _, err := it.Article(l)
		if err != nil {
			errs[it.Position.Shown()] = err.Error()
			continue
		}
		if texts++; a.Text == "" || it.Position.Place && !strings.HasPrefix(a.URL, "http://a.example/") {
			t.Errorf("%s gives %+v", it.Position, a)
		}
	}
	if texts != 22 || errs["in/c.jsonl:4"] == "" || errs["in/g.xml"] != ErrFeed.Error() {
		t.Errorf("%d articles, %v", texts, errs)
	}
	it := Item{Kind: HTML, Charset: "utf-16le", Body: []byte(article)}
	if a, _, err := it.Article(l); err != nil || !strings.Contains(a.Text, "السلط") {
		t.Errorf("a wrong charset: %+v, %v", a, err)
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]Kind{
		"": Text, plain: Text, "\ufeff " + lines: Lines, "  <HTML>": HTML, "<!-- a -->\n<p>": HTML, "<!-- a": HTML, rss: Feed, "<?xml?><html>": HTML,
		"<?xml version='1.0'?><feed xmlns='a'>": Feed, "<urlset>": Feed, "<opml version='2.0'>": Feed, "<?xml": Text, "WARC/1.0\r\n": Archive,
		"{\n \"version\": \"https://jsonfeed.org/version/1.1\"}": Feed, "{\"version\":\"https://jsonfeed.org/version/1\"}": Feed, "{ \"a\"": Text, "<?xml?><rdf:RDF>": Feed,
	} {
		if got := sniff([]byte(in)); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestPositions(t *testing.T) {
	for key, want := range map[string]Position{
		"a/b": {Path: "a/b"}, "a#12": {Path: "a", Line: 12}, "a#12#0": {Path: "a#12"}, "a@7": {Path: "a", Place: true, Offset: 7},
		"a@7+9": {Path: "a", Place: true, Offset: 7, Within: 9}, "a+9": {Path: "a+9"}, "a#x": {Path: "a#x"}, "a#012": {Path: "a#012"}, "a@0": {Path: "a", Place: true}, "": {},
	} {
		if got := Parse(key); got != want || got.String() != key {
			t.Errorf("%s: %+v, back %s", key, got, got)
		}
	}
}

func FuzzPosition(f *testing.F) {
	f.Add("a#12", 3, int64(4), int64(5), true)
	f.Add("a@1+2", 0, int64(0), int64(0), false)
	f.Fuzz(func(t *testing.T, path string, line int, offset, within int64, place bool) {
		p := Position{Path: path}
		const most = 1<<47 - 1
		switch {
		case place:
			p.Place, p.Offset, p.Within = true, offset&most, within&most
		case line > 0:
			p.Line = line & most
		}
		if got := Parse(p.String()); got != p {
			t.Errorf("%+v is %s, and that is %+v", p, p, got)
		}
	})
}

func FuzzWalk(f *testing.F) {
	for _, s := range []string{plain, article, lines, rss, packed(f, lines, "xz"), packed(f, lines, "zst"), packed(f, article, "gz"), records(f, 2, false), records(f, 1, true), "BZh91AY&SY"} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("x"), "a.warc.gz")
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		s, err := open(bytes.NewReader(b), name, "")
		if err == nil {
			s.close()
		}
		seen := map[string]bool{}
		for it := range Walk(Options{Paths: []string{Stdin}, Stdin: bytes.NewReader(b)}) {
			if key := it.Position.String(); seen[key] && it.Err == nil {
				t.Errorf("%s comes twice", key)
			} else {
				seen[key] = true
			}
			if (it.Err == nil) != (len(it.Body) > 0) {
				t.Errorf("%s: %d bytes, %v", it.Position, len(it.Body), it.Err)
			}
		}
	})
}
