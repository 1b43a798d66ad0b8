package story

import (
	"strings"
	"testing"
)

func BenchmarkSketch(b *testing.B) {
	e := editor(b)
	r := article("a", "x", "2018-04-07", "السيول تجتاح الزهراء", strings.Repeat(flood+"\n\n"+market+"\n\n"+floodToo+"\n\n", 3))
	b.ReportAllocs()
	for b.Loop() {
		e.Sketch(r)
	}
}
