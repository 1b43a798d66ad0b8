package main

import (
	"flag"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the commands print today into the README")

// identity is an article's id, which at the sample newsroom is another at every start.
var identity = regexp.MustCompile(`[a-z2-7]{16}`)

// TestReadme runs the commands of the README's examples and wants the README to show what
// they print.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(readme)
	for name, args := range map[string][]string{
		"output": {"read", "--published", "2024-01-15", "--outlet", "المدار", "../../samples/03-ceasefire-ultimatum.txt"},
		"demo":   {"demo"},
	} {
		begin, end := "<!-- begin "+name+" -->\n```text\n", "```\n<!-- end "+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		shown, after, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("no block %q in the README", name)
		}
		out := printed(t, args)
		if out != shown && !*update {
			t.Errorf("the README shows another output of %v; run go test ./cmd/isnad -run TestReadme -update\n%s", args, out)
		}
		text = before + begin + out + end + after
	}
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// printed gives what a command prints up to the first commitment, ids left out.
func printed(t *testing.T, args []string) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), "ISNAD_MAIN=1", "NO_COLOR=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	shown, _, _ := strings.Cut(identity.ReplaceAllString(string(out), "…"), "\nحتى ") // the stories; commitments of one day stand in the order of their ids
	return strings.TrimRight(shown, "\n") + "\n"
}
