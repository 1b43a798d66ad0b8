package main

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the command prints today into the README")

// TestReadme runs the command of the README's example and wants the README to show what
// it prints.
func TestReadme(t *testing.T) {
	const file, begin, end = "../../README.md", "<!-- begin output -->\n```text\n", "```\n<!-- end output -->"
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(readme), begin)
	shown, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("no output block in the README")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "read", "--published", "2024-01-15", "--outlet", "المدار", "../../samples/03-ceasefire-ultimatum.txt")
	cmd.Env = append(os.Environ(), "ISNAD_MAIN=1", "NO_COLOR=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if string(out) == shown {
		return
	}
	if !*update {
		t.Fatalf("the README shows another output; run go test ./cmd/isnad -run TestReadme -update\n%s", out)
	}
	if err := os.WriteFile(file, []byte(before+begin+string(out)+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
