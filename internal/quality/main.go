// Quality measures the reader on marked articles, prints the figures and writes them into
// docs/quality.md, between the marks that stand there for each section.
//
//	go run ./internal/quality               all sections
//	go run ./internal/quality -misses names what is missed and what is made up, in context
//	go run ./internal/quality -rules names  the share right of every rule, against its claim
//
// It fails when a section cannot be measured or has no place in the document.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/isnad-project/isnad/internal/quality/score"
	"github.com/isnad-project/isnad/reader"
)

func main() {
	root := flag.String("root", ".", "the folder of the module")
	gold := flag.String("gold", filepath.Join("..", "shared", "gold", "dev"), "a folder of marked articles outside of the module")
	misses := flag.String("misses", "", "print the misses of one `kind` (names, times, statements.found, …) and write nothing")
	rules := flag.String("rules", "", "print the share right of every rule of one `kind` and write nothing")
	flag.Parse()
	if err := run(os.Stdout, &measure{root: *root, goldDir: *gold}, *misses, *rules); err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, m *measure, misses, rules string) error {
	var err error
	if m.reader, err = reader.New(); err != nil {
		return err
	}
	switch {
	case misses != "":
		return m.misses(out, score.Kind(misses))
	case rules != "":
		return m.rules(out, score.Kind(rules))
	}
	return m.write(out, filepath.Join(m.root, "docs", "quality.md"))
}

// write builds every section, prints it and puts it into the document at path.
func (m *measure) write(out io.Writer, path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	doc := string(b)
	for _, s := range sections() {
		text, err := s.build(m)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if text == "" {
			fmt.Fprintf(out, "%s: not measured, %s; the figures in %s stay\n\n", s.name, s.needs, path)
			continue
		}
		fmt.Fprintf(out, "%s\n\n%s\n", s.name, text)
		if doc, err = replace(doc, s.name, text); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return os.WriteFile(path, []byte(doc), 0o644)
}
