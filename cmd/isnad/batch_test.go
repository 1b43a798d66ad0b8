package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// shell runs a script in a folder where isnad is this program.
func shell(t *testing.T, dir, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no shell")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "isnad"), fmt.Appendf(nil, "#!/bin/sh\nISNAD_MAIN=1 exec '%s' \"$@\"\n", exe), 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-e", "-c", script)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "NO_COLOR=1")
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, told.String())
	}
	return string(out)
}

// sorted gives the lines of a file in order.
func sorted(t *testing.T, file string) []string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(strings.Lines(string(b)))
}

// TestBatchPage runs the example of docs/batch.md and a batch by two processes, and wants
// what a library gives.
func TestBatchPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/batch.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "<!-- begin pipe -->\n```sh\n")
	pipe, _, ok2 := strings.Cut(rest, "```\n<!-- end pipe -->")
	if !ok || !ok2 {
		t.Fatal("docs/batch.md has no example")
	}
	dir := t.TempDir()
	articles(t, filepath.Join(dir, "articles.jsonl"))
	shell(t, dir, `
isnad add --library L articles.jsonl
isnad export --library L > library.records
isnad stories --library L --json > library.stories
`+pipe+`
isnad batch --in 'articles.json?' --out B --format jsonl &
isnad batch --in 'articles.json?' --out B --format jsonl
wait
cat B/records/*.jsonl > batch.records
cat B/stories/*.jsonl > batch.stories
`)
	for _, what := range []string{"records", "stories"} {
		want := sorted(t, filepath.Join(dir, "library."+what))
		if len(want) < 4 {
			t.Errorf("%d %s: too few to tell", len(want), what)
		}
		for _, by := range []string{what + ".jsonl", "batch." + what} {
			if got := sorted(t, filepath.Join(dir, by)); !slices.Equal(got, want) {
				t.Errorf("%s: %d lines, want %d as the library gives them", by, len(got), len(want))
			}
		}
	}
}

// articles writes the articles of the sample newsroom as lines, some twice.
func articles(t *testing.T, file string) {
	t.Helper()
	out := shell(t, t.TempDir(), "isnad demo --keep L >/dev/null 2>&1; isnad export --library L")
	var b strings.Builder
	for line := range strings.Lines(out) {
		_, article, _ := strings.Cut(line, `"article":`)
		article, _, ok := strings.Cut(article, `,"cut":`)
		if !ok {
			t.Fatalf("no article in %.80s", line)
		}
		b.WriteString(article + "}\n")
	}
	all := b.String()
	first, _, _ := strings.Cut(all, "\n")
	if err := os.WriteFile(file, []byte(all+first+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestMapRefuses wants lines that are none of a stage's to be an error that says what to do.
func TestMapRefuses(t *testing.T) {
	for script, want := range map[string]string{
		"printf 'b\\t1\\t{}\\na\\t1\\t{}\\n' | isnad reduce 2>&1 || true":        "LC_ALL=C sort",
		"echo hello | isnad reduce 2>&1 || true":                                 "none of this step's",
		"printf 'x\\ty\\tz\\t{}\\n' | isnad reduce --stage stories 2>&1 || true": "none of this step's",
		"echo '{}' | isnad map --stage stories 2>&1 || true":                     "no record",
		"echo '{\"text\":1}' | isnad map 2>&1":                                   "standard input:1",
		"isnad batch --in nowhere.warc --out B 2>&1 || true":                     "nothing is at nowhere.warc",
		"AWS_ENDPOINT_URL=http://127.0.0.1:1 AWS_REGION=x AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b isnad batch --in . --out s3://bucket/p 2>&1 || true": "127.0.0.1:1 cannot be reached",
	} {
		if out := shell(t, t.TempDir(), script); !strings.Contains(out, want) {
			t.Errorf("%s: %q, want %q", script, out, want)
		}
	}
}
