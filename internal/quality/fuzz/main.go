// Fuzz runs every fuzz target of the module, one after the other, and stops at the first
// that fails. `go test` takes one target of one package at a time; this finds them all by
// parsing the tests, so that a new target is run without being listed anywhere.
//
//	go run ./internal/quality/fuzz -time 30s
package main

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	root := flag.String("root", ".", "the folder of the module")
	each := flag.Duration("time", 0, "how long each target runs, such as 30s (required)")
	only := flag.String("only", "", "run targets whose package or name holds this text")
	flag.Parse()
	if *each <= 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*root, each.String(), *only); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

func run(root, each, only string) error {
	targets, err := find(root)
	if err != nil {
		return err
	}
	ran := 0
	for _, t := range targets {
		if !strings.Contains(t.pkg+" "+t.name, only) {
			continue
		}
		fmt.Printf("%s %s for %s\n", t.pkg, t.name, each)
		cmd := exec.Command("go", "test", "-run=^$", "-fuzz=^"+t.name+"$", "-fuzztime="+each, t.pkg)
		cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s in %s failed (%w): the input is in %s/testdata/fuzz/%s", t.name, t.pkg, err, t.pkg, t.name)
		}
		ran++
	}
	if ran == 0 {
		return fmt.Errorf("no fuzz target in %s", root)
	}
	fmt.Printf("%d targets, none failed\n", ran)
	return nil
}

// target is a fuzz target and the package it stands in, as `go test` takes it.
type target struct{ pkg, name string }

// find gives the fuzz targets of the module at root, by folder and file.
func find(root string) ([]target, error) {
	var out []target
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != root && (e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".") || module(path)):
			return filepath.SkipDir
		case e.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		names, err := targets(path)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, n := range names {
			out = append(out, target{"./" + filepath.ToSlash(dir), n})
		}
		return nil
	})
	return out, err
}

// module reports whether a folder is a module of its own.
func module(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// targets gives the names of the fuzz targets of a file: func FuzzX(f *testing.F).
func targets(path string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") && len(f.Type.Params.List) == 1 {
			names = append(names, f.Name.Name)
		}
	}
	return names, nil
}
