package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/intake/text"
)

// File is a file of the project's own corpus: one marked article.
type File struct {
	Path   string
	Marked Marked
	Misses []string // the differences that today's reader is known to have

	archive *txtar.Archive
}

// The parts of a corpus file.
const (
	articlePart = "article.json" // what is known of the article from outside: id, outlet, published
	recordPart  = "record"       // the truth
	missesPart  = "misses"       // what the reader does not yet do, written by the test
)

// Load reads the corpus of the module at root: testdata/corpus/*.txtar, each with the text
// of its article in samples/ID.txt. It gives the errors of all files at once.
func Load(root string) ([]File, error) {
	paths, err := filepath.Glob(filepath.Join(root, "testdata", "corpus", "*.txtar"))
	if err != nil {
		return nil, err
	}
	var files []File
	var faults []error
	for _, p := range paths {
		f, err := open(root, p)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p, err))
			continue
		}
		files = append(files, f)
	}
	return files, errors.Join(faults...)
}

func open(root, path string) (File, error) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		return File{}, err
	}
	f := File{Path: path, archive: a}
	if f.Marked.Article, err = article(root, f.part(articlePart)); err != nil {
		return f, err
	}
	if err := f.Marked.parse(f.part(recordPart)); err != nil {
		return f, err
	}
	f.Marked.Body, err = body(f.Marked.Article.Text, f.Marked.Cuts)
	for l := range strings.SplitSeq(f.part(missesPart), "\n") {
		if l != "" {
			f.Misses = append(f.Misses, l)
		}
	}
	return f, err
}

// article reads what is known of an article from outside, and its sample.
func article(root, about string) (isnad.Article, error) {
	var known struct{ ID, Outlet, Published string }
	if err := json.Unmarshal([]byte(about), &known); err != nil {
		return isnad.Article{}, fmt.Errorf("%s: %w", articlePart, err)
	}
	b, err := os.ReadFile(filepath.Join(root, "samples", known.ID+".txt"))
	if err != nil {
		return isnad.Article{}, err
	}
	a, err := text.Parse(b)
	a.ID, a.Outlet, a.Published = known.ID, known.Outlet, known.Published
	return a, err
}

func (f *File) part(name string) string {
	for _, p := range f.archive.Files {
		if p.Name == name {
			return string(p.Data)
		}
	}
	return ""
}

// Write puts misses into the file; nothing else of it changes.
func (f *File) Write(misses []string) error {
	data := []byte(strings.Join(append(misses, ""), "\n"))
	for i := range f.archive.Files {
		if f.archive.Files[i].Name == missesPart {
			f.archive.Files[i].Data = data
			return os.WriteFile(f.Path, txtar.Format(f.archive), 0o644)
		}
	}
	f.archive.Files = append(f.archive.Files, txtar.File{Name: missesPart, Data: data})
	return os.WriteFile(f.Path, txtar.Format(f.archive), 0o644)
}
