package pour

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// bodies gives what a walk gives of a file, in words.
func bodies(o Options) (all []string) {
	for it := range Walk(o) {
		s := string(it.Body)
		if it.Err != nil {
			s = "!"
		}
		all = append(all, it.URL+" "+s)
	}
	return all
}

// TestParts cuts files in two and three at every byte: the parts together give what the
// whole gives, each thing once.
func TestParts(t *testing.T) {
	tree(t, map[string]string{
		"a.jsonl": lines, "b.jsonl": strings.TrimSuffix(lines, "\n"), "c.warc.gz": records(t, 4, false), "d.jsonl": "\n\n", "e": records(t, 1, false), "f.ndjson": "\ufeff" + lines,
	})
	for _, path := range []string{"a.jsonl", "b.jsonl", "c.warc.gz", "d.jsonl", "e", "f.ndjson"} {
		if ok, err := Partible(path, ""); !ok || err != nil {
			t.Fatalf("%s: %v, %v", path, ok, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		whole := bodies(Options{Paths: []string{path}})
		for cut := int64(0); cut <= info.Size(); cut++ {
			last := min(cut+97, info.Size())
			var got []string
			for _, p := range []Part{{0, cut}, {cut, last}, {last, info.Size()}} {
				got = append(got, bodies(Options{Paths: []string{path}, Part: &p})...)
			}
			if !slices.Equal(got, whole) {
				t.Fatalf("%s cut at %d and %d gives %d things, whole %d", path, cut, last, len(got), len(whole))
			}
		}
	}
}

func TestPartible(t *testing.T) {
	tree(t, map[string]string{
		"a.jsonl.xz": packed(t, lines, "xz"), "b.jsonl.gz": packed(t, lines, "gz"), "c.warc": records(t, 2, true), "d.html": article, "e.txt": plain,
		"f.jsonl": "\xff\xfe{\x00", "g.warc.gz": packed(t, plain, "gz"), "h.txt": lines, "i": "",
	})
	for path, want := range map[string]bool{"a.jsonl.xz": false, "b.jsonl.gz": false, "c.warc": false, "d.html": false, "e.txt": false, "f.jsonl": false, "g.warc.gz": false, "h.txt": true, "i": false} {
		if got, err := Partible(path, ""); got != want || err != nil {
			t.Errorf("%s: %v, %v; want %v", path, got, err, want)
		}
	}
	if ok, _ := Partible("h.txt", Text); ok {
		t.Error("plain text is partible")
	}
	if _, err := Partible("nowhere", ""); err == nil {
		t.Error("no error for a file that is not there")
	}
}

// TestFiles walks file by file and gets what the whole walk gives.
func TestFiles(t *testing.T) {
	sample(t)
	var one []string
	for f := range Files([]string{"in", "in/j.png", "in/gone"}, "") {
		if f.Err != nil {
			one = append(one, f.Path+" !")
			continue
		}
		one = append(one, keys(Options{Paths: []string{f.Path}, Found: f.Found})...)
	}
	if want := keys(Options{Paths: []string{"in", "in/j.png", "in/gone"}}); !slices.Equal(one, want) {
		t.Errorf("file by file\n%s\nat once\n%s", strings.Join(one, "\n"), strings.Join(want, "\n"))
	}
}
