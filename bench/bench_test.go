//go:build unix

package main

import (
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/reader"
)

func setup(b *testing.B) (*reader.Reader, []isnad.Article) {
	b.Helper()
	articles, err := samples("../samples")
	if err != nil {
		b.Fatal(err)
	}
	r, err := reader.New()
	if err != nil {
		b.Fatal(err)
	}
	return r, articles
}

func BenchmarkRead(b *testing.B) {
	r, articles := setup(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			r.Read(a)
		}
	}
	b.ReportMetric(float64(words(articles))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkWrite(b *testing.B) {
	r, articles := setup(b)
	records := make([]isnad.Record, len(articles))
	for i, a := range articles {
		records[i] = r.Read(a)
	}
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		for i := range records {
			buf, _ = records[i].AppendJSON(buf[:0])
		}
	}
	b.ReportMetric(float64(words(articles))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := reader.New(); err != nil {
			b.Fatal(err)
		}
	}
}
