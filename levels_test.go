package isnad

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/isnad-project/isnad"

// levels says which package may import which: only lower levels, never a sibling. The
// longest prefix of a package's path decides.
var levels = map[string]int{
	"":                    0, // the words of the project
	"internal/script":     1,
	"internal/fetch":      1,
	"internal/testsite":   1, // outlets of the tests and the sample newsroom
	"internal/pgtest":     1, // a PostgreSQL of the tests' own
	"internal/natstest":   1, // NATS servers of the tests' own
	"internal/ordered":    1,
	"internal/recent":     1, // what was made lately, within a bound
	"docs":                1, // the pages of docs/, for who shows them
	"internal/warc":       1, // web archives: records, no paths
	"internal/turn":       1, // lock files
	"internal/settings":   1, // the file of settings, what goes before what
	"internal/evidence":   2, // the folder of a library's archives
	"internal/pour":       5, // files and folders to articles
	"internal/newsroom":   2,
	"internal/charset":    2, // bytes to text
	"internal/lex":        2,
	"internal/stamp":      3, // dates of pages and feeds
	"internal/query":      3,
	"internal/ling":       3, // its own rooms: vocab < ling < number, tag < train
	"internal/find":       4,
	"internal/intake":     4,
	"reader":              5,
	"internal/story":      5,
	"internal/authority":  5,
	"internal/corpus":     6,
	"internal/quality":    6,
	"internal/store":      6,
	"internal/access":     6, // who may do what
	"internal/export":     6,
	"client":              6,
	"internal/hook":       6, // saved searches and who is told of what they find
	"internal/gauge":      6, // requests counted and logged, figures, health
	"internal/entry":      6, // captured bytes to what a library keeps
	"internal/batch":      7, // archives to parts; its own rooms: step, depot < batch
	"internal/view":       7,
	"internal/desk":       7,
	"internal/work":       7, // work for many desks, in queues
	"internal/api":        7,
	"internal/web":        7,
	"cmd":                 8,
	"bench":               9,
	"internal/ling/train": 8,
}

// rooms orders packages that share a level and a house.
var rooms = map[string]int{
	"internal/ling/vocab":  0,
	"internal/ling":        1,
	"internal/ling/number": 2,
	"internal/ling/tag":    2,
	"internal/query":       3,

	"internal/store/shelf":    0,
	"internal/store/sqlite":   1,
	"internal/store/postgres": 1,
	"internal/store":          2,

	"bench/press":    0,
	"bench/library":  1,
	"bench/postgres": 1,
	"bench/work":     1,

	"internal/hook":  0,
	"internal/gauge": 1,

	"internal/desk": 0,
	"internal/work": 1,

	"internal/corpus":        0,
	"internal/quality/score": 1,
	"internal/quality":       2,
}

func level(pkg string) int {
	for p := pkg; ; p = path.Dir(p) {
		if n, ok := levels[p]; ok && (p != "" || pkg == "") {
			return n
		}
		if p == "." || p == "" || p == "/" {
			return -1
		}
	}
}

// TestLevels parses every import itself: a child `go list` would be cached.
func TestLevels(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (strings.HasPrefix(e.Name(), ".") && file != "." || e.Name() == "testdata") {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(file, "go.mod")); e.IsDir() && file != "." && err == nil {
			return filepath.SkipDir // another module
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		files++
		checkImports(t, filepath.ToSlash(file))
		return nil
	})
	if err != nil || files < 10 {
		t.Fatalf("%d files read, %v", files, err)
	}
}

func checkImports(t *testing.T, file string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	pkg := strings.TrimPrefix(path.Dir(file), ".")
	from := level(pkg)
	if from < 0 {
		t.Errorf("%s: package %s has no level", file, pkg)
	}
	for _, im := range f.Imports {
		p, _ := strconv.Unquote(im.Path.Value)
		rest, ours := strings.CutPrefix(p, module)
		if !ours {
			if from == 0 && strings.Contains(strings.Split(p, "/")[0], ".") {
				t.Errorf("%s imports %s: the root package imports the standard library only", file, p)
			}
			continue
		}
		rest = strings.TrimPrefix(rest, "/")
		if !below(rest, pkg) {
			t.Errorf("%s (level %d) imports %s (level %d)", file, from, rest, level(rest))
		}
	}
}

// below reports whether package low may be imported by package high.
func below(low, high string) bool {
	if level(low) != level(high) {
		return level(low) >= 0 && level(low) < level(high)
	}
	a, okA := rooms[low]
	b, okB := rooms[high]
	// A package may use the rooms of its own folder (a program its parts).
	return okA && okB && a < b || strings.HasPrefix(low, high+"/") || path.Dir(low) == path.Dir(high) && strings.HasPrefix(low, "internal/ling/train/")
}

func TestLevelOfPackages(t *testing.T) {
	for pkg, want := range map[string]int{"": 0, "internal/find/times": 4, "cmd/isnad": 8, "unknown": -1} {
		if got := level(pkg); got != want {
			t.Errorf("level(%q) = %d, want %d", pkg, got, want)
		}
	}
	if below("internal/find/times", "internal/find/names") {
		t.Error("one finder may import another")
	}
}
