package page

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkParse reads the real pages beside the project, or its own where they are not there.
func BenchmarkParse(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "..", "shared", "data", "pages", "*.html"))
	if len(files) == 0 {
		files, _ = filepath.Glob(filepath.Join("testdata", "*.html"))
	}
	var pages [][]byte
	var size int64
	for _, f := range files {
		p, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		pages, size = append(pages, p), size+int64(len(p))
	}
	l := lexicon(b)
	b.SetBytes(size)
	n := 0
	for b.Loop() {
		for _, p := range pages {
			if _, _, err := parse(p, l); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
}
