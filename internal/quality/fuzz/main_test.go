package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestFind(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                  "module m\n",
		"a/a_test.go":             "package a\n\nimport \"testing\"\n\nfunc FuzzOne(f *testing.F) {}\nfunc TestTwo(t *testing.T) {}\nfunc FuzzThree(f *testing.F) {}\n",
		"a/a.go":                  "package a\n\nfunc FuzzNot(x int) {}\n",
		"a/testdata/b_test.go":    "not Go",
		"sub/go.mod":              "module sub\n",
		"sub/s_test.go":           "package s\n\nimport \"testing\"\n\nfunc FuzzElsewhere(f *testing.F) {}\n",
		".hidden/hidden_test.go":  "not Go",
		"deep/down/here_test.go":  "package here\n\nimport \"testing\"\n\nfunc FuzzDeep(f *testing.F) {}\n",
		"deep/down/help_test.go":  "package here\n\ntype t struct{}\n\nfunc (t) FuzzMethod(x int) {}\n",
		"deep/down/other_file.go": "package here\n",
	} {
		p := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := find(root)
	want := []target{{"./a", "FuzzOne"}, {"./a", "FuzzThree"}, {"./deep/down", "FuzzDeep"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestNothingToRun(t *testing.T) {
	if err := run(t.TempDir(), "1s", ""); err == nil {
		t.Error("a folder without targets gives no error")
	}
}
