package api_test

import (
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

func testExports(t *testing.T, r *room) {
	var want []isnad.Holding
	statements := 0
	for h, err := range r.lib.Each(t.Context(), isnad.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, h)
		statements += len(h.Record.Statements)
	}
	lines := bufio.NewScanner(get(t, r.api, v1+"/export.jsonl").Body)
	lines.Buffer(nil, 1<<22)
	n := 0
	for ; lines.Scan(); n++ {
		if b, _ := want[n].Record.AppendJSON(nil); string(b) != lines.Text() {
			t.Fatalf("line %d: %.200s", n, lines.Text())
		}
	}
	if n != len(want) {
		t.Fatalf("%d lines, want %d", n, len(want))
	}
	w := get(t, r.api, v1+"/export.csv?table=statements")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != statements+1 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		t.Fatalf("%d rows, want %d with the head; %v", len(rows), statements, err)
	}
	if b := get(t, r.api, v1+"/export.jsonl?q=zzzzqqq").Body.Len(); b != 0 {
		t.Fatalf("%d bytes of nothing", b)
	}
	ask(t, r.api, "GET", v1+"/export.csv?table=secrets", "", nil, http.StatusUnprocessableEntity)
	ask(t, r.api, "GET", v1+"/export.jsonl?q="+url.QueryEscape("after:never"), "", nil, http.StatusBadRequest)
}

type atom struct {
	ID      string `xml:"id"`
	Updated string `xml:"updated"`
	Entries []struct {
		ID    string `xml:"id"`
		Title string `xml:"title"`
		Link  []struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func testFeeds(t *testing.T, r *room) {
	s := r.quake(t)
	things, err := r.lib.Find(t.Context(), nil, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	all, err := r.lib.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for path, n := range map[string]int{
		"/feeds/story/" + seg(s.ID) + ".atom": len(s.Articles), "/feeds/entity/" + seg(things[0].ID) + ".atom": things[0].Articles,
		"/feeds/search.atom": min(50, all.Articles), "/feeds/search.atom?q=zzzzqqq": 0,
	} {
		w := get(t, r.api, path)
		var f atom
		if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil || len(f.Entries) != n || f.ID == "" || f.Updated == "" {
			t.Fatalf("%s: %d entries, want %d; %v", path, len(f.Entries), n, err)
		}
		for _, e := range f.Entries {
			if !strings.HasPrefix(e.ID, "urn:uuid:") || !strings.HasPrefix(e.Link[0].Href, "http://localhost/article/") {
				t.Fatalf("%s: %+v", path, e)
			}
		}
		ask(t, r.api, "GET", path, "", map[string]string{"If-None-Match": w.Header().Get("ETag")}, http.StatusNotModified)
	}
	due, err := r.lib.Commitments(t.Context(), isnad.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range due.Rows {
		if c.Due != "" {
			n++
		}
	}
	if cal := get(t, r.api, "/feeds/commitments.ics").Body.String(); n == 0 || strings.Count(cal, "BEGIN:VEVENT") != n {
		t.Fatalf("%d events, want %d", strings.Count(cal, "BEGIN:VEVENT"), n)
	}
	ask(t, r.api, "GET", "/feeds/story/"+seg(s.ID), "", nil, http.StatusNotFound)
}
