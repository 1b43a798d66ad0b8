package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// figure is what tests log before a figure that belongs in the document.
const figure = "figure: "

// tests measure parts of the reading on the data of others, and skip where it is absent.
var tests = [...]struct{ name, pkg string }{
	{"TestHeldOut", "./internal/ling/train/tagger"},
	{"TestTreebank", "./internal/ling"},
	{"TestRecognizers", "./internal/find/times"},
	{"TestUmmAlQura", "./internal/find/times"},
	{"TestDetection", "./reader"},
}

// elsewhere runs the tests and gathers the figures they log.
func (m *measure) elsewhere() (string, error) {
	var b strings.Builder
	for _, t := range tests {
		cmd := exec.Command("go", "test", "-count=1", "-v", "-run", "^"+t.name+"$", t.pkg)
		cmd.Dir = filepath.Clean(m.root)
		out, err := cmd.CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("%s in %s: %w\n%s", t.name, t.pkg, err, out)
		}
		for line := range strings.Lines(string(out)) {
			if _, text, ok := strings.Cut(line, figure); ok {
				fmt.Fprintf(&b, "| %s | `go test -v -run %s %s` |\n", strings.TrimSpace(text), t.name, t.pkg)
			}
		}
	}
	if b.Len() == 0 {
		return "", nil
	}
	return "| figure | command |\n|:--|:--|\n" + b.String(), nil
}
