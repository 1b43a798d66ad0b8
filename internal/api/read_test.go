package api_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/newsroom"
)

// torn is a library that breaks after some articles.
type torn struct {
	isnad.Library
	after int
}

func (l torn) Each(context.Context, isnad.Query) iter.Seq2[isnad.Holding, error] {
	return func(yield func(isnad.Holding, error) bool) {
		h := isnad.Holding{Entry: isnad.Entry{Record: isnad.Record{Article: isnad.Article{ID: "a", Text: strings.Repeat("نص ", 1000)}}}}
		for range l.after {
			if !yield(h, nil) {
				return
			}
		}
		yield(isnad.Holding{}, errors.New("the disk is gone"))
	}
}

// TestTorn wants an export that breaks to look broken: an error while nothing was sent,
// a cut connection after that.
func TestTorn(t *testing.T) {
	w := ask(t, serve(t, torn{after: 1}, api.Options{}), "GET", v1+"/export.jsonl", "", nil, http.StatusInternalServerError)
	if strings.Contains(w.Body.String(), "disk") {
		t.Fatalf("the error tells of the inside: %s", w.Body.String())
	}
	server := httptest.NewServer(serve(t, torn{after: 200}, api.Options{}))
	defer server.Close()
	res, err := server.Client().Get(server.URL + v1 + "/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, err := io.ReadAll(res.Body); err == nil || len(b) == 0 {
		t.Fatalf("half a table of %d bytes looks whole", len(b))
	}
}

// BenchmarkRead sends whole articles to be read, from several clients at once.
func BenchmarkRead(b *testing.B) {
	pages, err := newsroom.Pages(0)
	if err != nil {
		b.Fatal(err)
	}
	h := serve(b, nil, api.Options{})
	server := httptest.NewServer(h)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	for _, c := range []struct{ name, typ string }{{"html", "text/html; charset=utf-8"}, {"text", "text/plain"}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetParallelism(25)
			b.RunParallel(func(pb *testing.PB) {
				for i := 0; pb.Next(); i++ {
					body := string(pages[i%len(pages)])
					if c.name == "text" {
						body = strings.Repeat(sample+"\n\n", 8)
					}
					res, err := client.Post(server.URL+v1+"/read?published=2024-05-06", c.typ, strings.NewReader(body))
					if err != nil {
						b.Error(err)
						return
					}
					io.Copy(io.Discard, res.Body) //nolint:errcheck // its length does not matter
					res.Body.Close()
					if res.StatusCode != http.StatusOK {
						b.Errorf("status %d", res.StatusCode)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
		})
	}
}
