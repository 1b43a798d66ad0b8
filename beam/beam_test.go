package beam

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sdk "github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"

	"github.com/isnad-project/isnad/internal/batch/step"
	"github.com/isnad-project/isnad/internal/newsroom"
	"github.com/isnad-project/isnad/internal/pour"
)

// articles is a file of articles, one a line, to be used in place of our own.
var articles = flag.String("articles", "", "file of articles, in place of the sample newsroom's")

func TestMain(m *testing.M) {
	flag.Parse()
	Register()
	sdk.Init()
	os.Exit(m.Run())
}

// sample writes the pages of the sample newsroom, one of them twice, and lines without a
// day or without a text.
func sample(t *testing.T) string {
	t.Helper()
	if *articles != "" {
		return *articles
	}
	pages, err := newsroom.Pages(0)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range pages {
		write("page"+string(rune('a'+i))+".html", p)
	}
	write("z.html", pages[0])
	write("lines.jsonl", []byte("{\"id\":\"one\",\"text\":\"وصل الوفد إلى عمان مساء الاثنين.\"}\n{\"text\":7}\n{\"id\":\"one\",\"text\":\"غادر الوفد عمان.\"}\n"))
	return filepath.Join(dir, "*")
}

// TestSame wants of Beam's local runner what the steps give in one process.
func TestSame(t *testing.T) {
	in, out := sample(t), t.TempDir()
	p, s := sdk.NewPipelineWithRoot()
	records := Records(s, in, "")
	textio.Write(s, out+"/records", records)
	textio.Write(s, out+"/stories", Stories(s, records))
	if _, err := sdk.Run(context.Background(), "prism", p); err != nil {
		t.Fatal(err)
	}
	wantRecords, wantStories := plainly(t, in)
	if len(wantRecords) < 12 || len(wantStories) < 5 {
		t.Fatalf("%d records, %d stories: too few to tell", len(wantRecords), len(wantStories))
	}
	for name, want := range map[string][]string{"records": wantRecords, "stories": wantStories} {
		b, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(b); !slices.Equal(got, want) {
			t.Errorf("%d %s, want %d, the same", len(got), name, len(want))
		}
	}
}

func lines(b []byte) []string {
	return slices.Sorted(strings.Lines(string(b)))
}

// plainly runs the steps one after the other.
func plainly(t *testing.T, pattern string) (records, stories []string) {
	t.Helper()
	s, err := step.New()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var first, second [][]byte
	n := int64(0)
	for it := range pour.Walk(pour.Options{Paths: names}) {
		n++
		if line, _, err := s.Record(&it, step.Given{}, step.Place{Item: n}); err == nil {
			first = append(first, line)
		}
	}
	if err := step.Latest(sorted(first), func(record []byte) error {
		records = append(records, string(record)+"\n")
		line, err := s.Sketch(record)
		second = append(second, line)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Stories(sorted(second), step.Stretch{}, func(story []byte) error {
		stories = append(stories, string(story)+"\n")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(records)
	slices.Sort(stories)
	return records, stories
}

func sorted(list [][]byte) step.Lines {
	slices.SortFunc(list, bytes.Compare)
	return func(yield func([]byte, error) bool) {
		for _, l := range list {
			if !yield(l, nil) {
				return
			}
		}
	}
}
