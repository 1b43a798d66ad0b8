package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/api"
)

func testArticle(t *testing.T, r *room) {
	id := r.quake(t).Articles[0]
	h := r.article(t, id)
	want, err := h.Record.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	path := v1 + "/articles/" + seg(id)
	w := get(t, r.api, path)
	if w.Body.String() != string(want) {
		t.Fatalf("not the published record:\n%.300s", w.Body.String())
	}
	if links := strings.Join(w.Header().Values("Link"), ", "); !strings.Contains(links, path+`/annotations>; rel="alternate"`) || !strings.Contains(links, "/stories/"+seg(h.Story)) {
		t.Fatalf("links: %s", links)
	}
	tag := w.Header().Get("ETag")
	for _, have := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		w := ask(t, r.api, "GET", path, "", map[string]string{"If-None-Match": have}, http.StatusNotModified)
		if w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
			t.Fatalf("If-None-Match %s: %d bytes, tag %s", have, w.Body.Len(), w.Header().Get("ETag"))
		}
	}
	ask(t, r.api, "GET", path, "", map[string]string{"If-None-Match": `"other"`}, http.StatusOK)

	o := get(t, r.api, path+"/original")
	if !strings.Contains(o.Body.String(), "<article") || o.Header().Get("Content-Disposition") != "attachment" || !strings.Contains(o.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Fatalf("original: %v\n%.300s", o.Header(), o.Body.String())
	}
	none := serve(t, r.lib, api.Options{})
	ask(t, none, "GET", path+"/original", "", nil, http.StatusNotFound)
}

func testAnnotations(t *testing.T, r *room) {
	id := r.quake(t).Articles[0]
	rec := r.article(t, id).Record
	var p struct {
		Context string `json:"@context"`
		Type    string
		Items   []struct {
			ID     string
			Body   []struct{ Value string }
			Target struct {
				Source   string
				Selector []struct {
					Type                  string
					Start, End            int
					Exact, Prefix, Suffix string
				}
			}
		}
	}
	w := get(t, r.api, v1+"/articles/"+seg(id)+"/annotations")
	decode(t, w.Body.Bytes(), &p)
	n := len(rec.Names) + len(rec.Times) + len(rec.Quantities) + len(rec.Statements) + len(rec.Events) + len(rec.Commitments)
	if p.Type != "AnnotationPage" || p.Context != "http://www.w3.org/ns/anno.jsonld" || len(p.Items) != n || n == 0 {
		t.Fatalf("%d annotations of type %s, want %d", len(p.Items), p.Type, n)
	}
	points, seen := []rune(rec.Article.Text), map[string]bool{}
	for _, a := range p.Items {
		at, q := a.Target.Selector[0], a.Target.Selector[1]
		if at.Type != "TextPositionSelector" || q.Type != "TextQuoteSelector" || string(points[at.Start:at.End]) != q.Exact {
			t.Fatalf("%s: %+v %+v", a.ID, at, q)
		}
		if !strings.HasSuffix(string(points[:at.Start]), q.Prefix) || !strings.HasPrefix(string(points[at.End:]), q.Suffix) {
			t.Fatalf("%s: prefix %q, suffix %q", a.ID, q.Prefix, q.Suffix)
		}
		if seen[a.ID] || a.Target.Source != "http://localhost"+v1+"/articles/"+seg(id) {
			t.Fatalf("id %s, source %s", a.ID, a.Target.Source)
		}
		seen[a.ID] = true
	}
	if first := rec.Names[0].Of(rec.Article.Text); p.Items[0].Body[0].Value != "name" || p.Items[0].Target.Selector[1].Exact != first {
		t.Fatalf("first annotation %+v, want the name %q", p.Items[0], first)
	}
}

func testSchema(t *testing.T, r *room) {
	said, err := r.lib.Statements(t.Context(), isnad.Query{})
	if err != nil || len(said.Rows) == 0 {
		t.Fatal(len(said.Rows), err)
	}
	row := said.Rows[0]
	rec := r.article(t, row.Article).Record
	var a struct {
		Type        string `json:"@type"`
		Headline    string
		ArticleBody string
		HasPart     []struct {
			Type   string `json:"@type"`
			Text   string
			Author struct{ Name string }
		}
		Mentions []struct{ Name string }
	}
	decode(t, get(t, r.api, v1+"/articles/"+seg(row.Article)+"/schema").Body.Bytes(), &a)
	if a.Type != "NewsArticle" || a.Headline != rec.Article.Title || a.ArticleBody != rec.Article.Text || len(a.HasPart) != len(rec.Statements) || len(a.Mentions) != len(rec.Entities) {
		t.Fatalf("%+v", a)
	}
	if c := a.HasPart[row.Index]; c.Type != "Claim" || c.Text != row.Content || c.Author.Name == "" {
		t.Fatalf("claim %+v, want %q", c, row.Content)
	}
}

func testStory(t *testing.T, r *room) {
	s := r.quake(t)
	want, err := s.AppendJSON(nil, func(id string) (string, bool) { return r.article(t, id).Record.Article.Text, true })
	if err != nil {
		t.Fatal(err)
	}
	if w := get(t, r.api, v1+"/stories/"+seg(s.ID)); w.Body.String() != string(want) {
		t.Fatalf("not the published story:\n%.400s\nwant\n%.400s", w.Body.String(), want)
	}
	for _, d := range list(t, r.api, v1+"/disagreements").Items {
		if d["story"] == s.ID {
			var w struct{ Disagreements []any }
			decode(t, want, &w)
			got, _ := json.Marshal(d["disagreements"])
			if len(w.Disagreements) != len(d["disagreements"].([]any)) || !strings.Contains(string(got), `"start":`) || strings.Contains(string(got), `"start":null`) {
				t.Fatalf("disagreements %s", got)
			}
			return
		}
	}
	t.Fatal("the story is not among those in which outlets disagree")
}
