package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
)

const v1 = "/api/v1"

// TestAPI asks one library for everything; filling it is what takes time.
func TestAPI(t *testing.T) {
	r := open(t)
	for name, test := range map[string]func(*testing.T, *room){
		"articles": testArticles, "article": testArticle, "annotations": testAnnotations, "schema": testSchema, "story": testStory,
		"lists": testLists, "entities": testEntities, "counts": testCounts, "exports": testExports, "feeds": testFeeds,
		"errors": testErrors, "ended": testEnded, "document": testDocument, "read": testRead,
	} {
		t.Run(name, func(t *testing.T) { test(t, r) })
	}
	t.Run("hand", func(t *testing.T) { testHand(t, r) }) // last: it changes things
}

func testArticles(t *testing.T, r *room) {
	word := url.QueryEscape("زلزال")
	want, err := r.lib.Search(t.Context(), isnad.Query{Sort: isnad.ByNewest, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for path := v1 + "/articles?sort=newest&limit=3"; ; {
		p := list(t, r.api, path)
		if p.Total != want.Total || len(p.Items) > 3 {
			t.Fatalf("%d of %d, want 3 of %d", len(p.Items), p.Total, want.Total)
		}
		for _, h := range p.Items {
			ids = append(ids, h["id"].(string))
		}
		if p.Next == "" {
			break
		}
		path = v1 + "/articles?sort=newest&limit=3&cursor=" + url.QueryEscape(p.Next)
	}
	if len(ids) != len(want.Hits) {
		t.Fatalf("%d articles over all pages, want %d", len(ids), len(want.Hits))
	}
	for i, h := range want.Hits {
		if ids[i] != h.ID {
			t.Fatalf("article %d is %s, want %s", i, ids[i], h.ID)
		}
	}
	p := list(t, r.api, v1+"/articles?q="+word)
	if p.Total == 0 || p.Total == want.Total {
		t.Fatalf("%d of %d articles hold the word", p.Total, want.Total)
	}
	marked := 0
	for _, h := range p.Items {
		snippet := []rune(h["snippet"].(string))
		for _, m := range h["marks"].([]any) {
			at := m.(map[string]any)
			if words := string(snippet[int(at["start"].(float64)):int(at["end"].(float64))]); strings.Contains(words, "زلزال") {
				marked++
			}
		}
	}
	if marked == 0 {
		t.Fatal("no mark covers the word that was asked for")
	}
}

func testLists(t *testing.T, r *room) {
	told, err := r.lib.Stories(t.Context(), isnad.Query{Sort: isnad.ByNewest, Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	stories := list(t, r.api, v1+"/stories?limit=5")
	if len(stories.Items) != len(told.Stories) || stories.Items[0]["id"] != told.Stories[0].ID || stories.Next != told.Next {
		t.Fatalf("stories %v", stories)
	}
	said, err := r.lib.Statements(t.Context(), isnad.Query{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	statements := list(t, r.api, v1+"/statements?limit=2")
	if len(statements.Items) != 2 || statements.Items[1]["content"] != said.Rows[1].Content || statements.Items[1]["rule"] != said.Rows[1].Rule || statements.Next != said.Next {
		t.Fatalf("statements %v", statements)
	}
	due, err := r.lib.Commitments(t.Context(), isnad.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	commitments := list(t, r.api, v1+"/commitments?limit=1")
	if commitments.Items[0]["words"] != due.Rows[0].Words || commitments.Items[0]["due"] != due.Rows[0].Due {
		t.Fatalf("commitments %v", commitments)
	}
	if none := list(t, r.api, v1+"/statements?q=zzzzqqq"); len(none.Items) != 0 {
		t.Fatalf("statements of nothing: %v", none)
	}
}

func testEntities(t *testing.T, r *room) {
	want, err := r.lib.Find(t.Context(), nil, isnad.Person, 5)
	if err != nil || len(want) == 0 {
		t.Fatal(len(want), err)
	}
	people := list(t, r.api, v1+"/entities?kind=person&limit=5")
	if len(people.Items) != len(want) || people.Items[0]["id"] != want[0].ID {
		t.Fatalf("people %v", people)
	}
	named := list(t, r.api, v1+"/entities?name="+url.QueryEscape(want[0].Name))
	if len(named.Items) == 0 || named.Items[0]["name"] != want[0].Name {
		t.Fatalf("named %v", named)
	}
	var one struct {
		ID     string
		Name   string
		Beside []isnad.Count
	}
	decode(t, get(t, r.api, v1+"/entities/"+seg(want[0].ID)).Body.Bytes(), &one)
	if one.ID != want[0].ID || one.Name != want[0].Name || len(one.Beside) == 0 {
		t.Fatalf("%+v", one)
	}
}

func testCounts(t *testing.T, r *room) {
	n, err := r.lib.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Articles, Entities, Sources int }
	decode(t, get(t, r.api, v1+"/stats").Body.Bytes(), &got)
	if got.Articles != n.Articles || got.Entities != n.Things || got.Sources != n.Feeds || n.Articles == 0 {
		t.Fatalf("%+v, want %+v", got, n)
	}
	sum := 0.0
	for _, c := range list(t, r.api, v1+"/tally?by=outlet").Items {
		sum += c["articles"].(float64)
	}
	if int(sum) != n.Articles {
		t.Fatalf("outlets have %v articles, want %d", sum, n.Articles)
	}
	if s := list(t, r.api, v1+"/sources"); len(s.Items) != n.Feeds || s.Items[0]["url"] == "" {
		t.Fatalf("sources %v", s)
	}
}

func testErrors(t *testing.T, r *room) {
	for path, status := range map[string]int{
		v1 + "/articles/nothing": 404, v1 + "/articles/%2e%2e%2f": 404, v1 + "/stories/x": 404, v1 + "/entities/x": 404, v1 + "/articles/x/annotations": 404,
		v1 + "/nothing": 404, "/feeds/": 404, "/feeds/entity/x.atom": 404, v1 + "/articles?limit=0": 422, v1 + "/articles?limit=201": 422,
		v1 + "/articles?limit=many": 422, v1 + "/articles?sort=best": 422, v1 + "/tally?by=colour": 422, v1 + "/articles?cursor=%ff%00broken": 400,
		v1 + "/articles?q=before:never": 400, v1 + "/articles?q=" + strings.Repeat("a", 5000): 422, v1 + "/articles?q=" + strings.Repeat("a+", 100): 400,
	} {
		w := ask(t, r.api, "GET", path, "", nil, status)
		var p struct{ Status int }
		decode(t, w.Body.Bytes(), &p)
		if p.Status != status {
			t.Fatalf("%s: the body says %d", path, p.Status)
		}
	}
	for _, q := range []string{"\xff\xfe", "<script>", "\u202e\u2066", "'; drop table", "%00"} {
		get(t, r.api, v1+"/articles?q="+url.QueryEscape(q))
		get(t, r.api, "/feeds/search.atom?q="+url.QueryEscape(q))
		get(t, r.api, v1+"/entities?name="+url.QueryEscape(q))
	}
	w := ask(t, r.api, "DELETE", v1+"/stats", "", nil, http.StatusMethodNotAllowed)
	if !strings.Contains(w.Header().Get("Allow"), "GET") {
		t.Fatalf("Allow: %q", w.Header().Get("Allow"))
	}
	req := httptest.NewRequest("GET", "http://stranger.example"+v1+"/stats", nil)
	res := httptest.NewRecorder()
	r.api.ServeHTTP(res, req)
	if res.Code != http.StatusMisdirectedRequest {
		t.Fatalf("a stranger's name: %d", res.Code)
	}
}

func testEnded(t *testing.T, r *room) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	id := seg(r.quake(t).ID)
	for _, path := range []string{v1 + "/articles", v1 + "/export.jsonl", v1 + "/stories/" + id, v1 + "/disagreements", "/feeds/commitments.ics"} {
		w := httptest.NewRecorder()
		r.api.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "http://localhost"+path, nil))
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d of a request that ended", path, w.Code)
		}
	}
}

func testDocument(t *testing.T, r *room) {
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct{ OperationID string }
	}
	document := get(t, r.api, v1+"/openapi.json").Body
	if strings.Contains(document.String(), `"contentEncoding":"base64"`) {
		t.Error("the document takes JSON for bytes in base64")
	}
	decode(t, document.Bytes(), &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Fatalf("OpenAPI %s", doc.OpenAPI)
	}
	page := get(t, r.api, v1)
	if p := page.Body.String(); strings.Contains(p, "<script") || strings.Contains(p, "src=") || strings.Contains(p, "ZgotmplZ") {
		t.Fatal("the page takes something from elsewhere")
	}
	if !strings.Contains(page.Header().Get("Content-Security-Policy"), "style-src 'sha256-") {
		t.Fatalf("policy %s", page.Header().Get("Content-Security-Policy"))
	}
	for path := range doc.Paths {
		if !strings.Contains(page.Body.String(), "<bdi>"+path+"</bdi>") {
			t.Errorf("the page does not tell of %s", path)
		}
	}
	if len(doc.Paths) < 20 {
		t.Errorf("%d paths", len(doc.Paths))
	}
}
