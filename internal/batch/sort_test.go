package batch

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// TestSorter sorts with memory for all lines and for few of them: the same comes out, and
// no file stays.
func TestSorter(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var want []string
	for range 3000 {
		want = append(want, fmt.Sprintf("%x\tسطر %d", r.IntN(1000), r.IntN(5)))
	}
	want = append(want, "", "", "a line longer than the memory that there is for lines, which is kept all the same")
	for _, limit := range []int{1 << 20, 4000, 60} {
		dir := t.TempDir()
		s := sorter{dir: dir, limit: limit}
		for _, i := range r.Perm(len(want)) {
			if err := s.add([]byte(want[i])); err != nil {
				t.Fatal(err)
			}
			if limit == 60 && i > 300 && len(s.runs) > 40 {
				s.limit = 1 << 20 // enough files
			}
		}
		var got []string
		for line, err := range s.sorted() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(line))
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: %d lines, want %d", limit, len(got), len(want))
		}
		for range s.sorted() {
			break // an early end leaves nothing behind
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%d files are left", len(left))
		}
	}
}
