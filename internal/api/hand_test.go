package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

const sample = "قال وزير الخارجية المصري سامح شكري يوم الاثنين إن بلاده سترسل 20 طنا من المساعدات إلى السودان قبل نهاية مايو.\n\nوأضاف أن القاهرة «تقف مع الشعب السوداني»."

func testRead(t *testing.T, r *room) {
	var rec isnad.Record
	plain := map[string]string{"Content-Type": "text/plain; charset=utf-8"}
	path := v1 + "/read?published=2024-05-06&title=" + url.QueryEscape("مساعدات")
	decode(t, ask(t, r.api, "POST", path, sample, plain, 200).Body.Bytes(), &rec)
	if rec.Article.Title != "مساعدات" || rec.Article.Published != "2024-05-06" || len(rec.Statements) == 0 || len(rec.Names) == 0 {
		t.Fatalf("%+v", rec)
	}
	body, _ := json.Marshal(map[string]string{"text": sample, "title": "مساعدات", "published": "2024-05-06"})
	object := ask(t, r.api, "POST", v1+"/read", string(body), map[string]string{"Content-Type": "application/json"}, 200)
	text := ask(t, r.api, "POST", path, sample, plain, 200)
	if object.Body.String() != text.Body.String() {
		t.Fatalf("the object gave\n%.300s\nthe text\n%.300s", object.Body, text.Body)
	}
	html := "<html><head><title>مساعدات</title></head><body><article><h1>مساعدات</h1><p>" + strings.ReplaceAll(sample, "\n\n", "</p><p>") + "</p></article><script>alert(1)</script></body></html>"
	decode(t, ask(t, r.api, "POST", v1+"/read", html, map[string]string{"Content-Type": "text/html; charset=utf-8"}, 200).Body.Bytes(), &rec)
	if len(rec.Statements) == 0 || strings.Contains(rec.Article.Text, "alert") {
		t.Fatalf("%+v", rec)
	}
	before, _ := r.lib.Stats(t.Context())
	for _, bad := range []struct {
		typ, query, body string
		status           int
	}{
		{"text/plain", "", "", 400}, {"text/plain", "", "   \n", 422}, {"application/json", "", "{", 422}, {"application/json", "", `{"text":7}`, 422}, {"application/json", "", `{"title":"x"}`, 422},
		{"application/json", "", `[]`, 422}, {"image/png", "", "x", 415}, {"no type", "", "x", 415}, {"text/plain", "?published=monday", sample, 422},
		{"text/plain", "", strings.Repeat("ا", 3<<20), 413}, {"text/html", "", "<html></html>", 422},
	} {
		ask(t, r.api, "POST", v1+"/read"+bad.query, bad.body, map[string]string{"Content-Type": bad.typ}, bad.status)
	}
	for _, odd := range []string{"\xff\xfe\x00", "\u202eabc\u2066", strings.Repeat("<div>", 5000) + "نص", "\x00\x01نص"} {
		for _, typ := range []string{"text/plain", "text/html"} {
			w := httptest.NewRecorder()
			q := httptest.NewRequest("POST", "http://localhost"+v1+"/read", strings.NewReader(odd))
			q.Header.Set("Content-Type", typ)
			r.api.ServeHTTP(w, q)
			if w.Code != 200 && w.Code != 422 || !utf8.Valid(w.Body.Bytes()) {
				t.Fatalf("%.20q as %s: %d", odd, typ, w.Code)
			}
		}
	}
	if after, _ := r.lib.Stats(t.Context()); after != before {
		t.Fatal("reading kept something")
	}
	ask(t, r.api, "POST", v1+"/read", sample, map[string]string{"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}, http.StatusForbidden)
}

func testHand(t *testing.T, r *room) {
	due, err := r.lib.Commitments(t.Context(), isnad.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	c := due.Rows[0]
	path := v1 + "/articles/" + seg(c.Article) + "/commitments/" + string(rune('0'+c.Index))
	kept := `{"end":"kept","source":"https://example.org/kept"}`
	object := map[string]string{"Content-Type": "application/json"}
	ask(t, r.api, "POST", path, kept, object, http.StatusForbidden)

	d, editor := door(t, r.lib, access.Options{Closed: true})
	object = key(t, d, "سلمى")
	ask(t, editor, "POST", path, kept, key(t, d, "omar"), http.StatusForbidden)
	cross := maps.Clone(object)
	cross["Origin"] = "https://stranger.example"
	ask(t, editor, "POST", path, kept, cross, http.StatusForbidden)
	for _, bad := range []string{`{"end":"kept"}`, `{"end":"won","source":"x"}`, `{"end":"kept","source":"x","more":1}`, `[]`} {
		ask(t, editor, "POST", path, bad, object, http.StatusUnprocessableEntity)
	}
	ask(t, editor, "POST", v1+"/articles/nothing/commitments/0", kept, object, http.StatusNotFound)
	if due, _ = r.lib.Commitments(t.Context(), isnad.Query{Limit: 1}); due.Rows[0].End != isnad.Open {
		t.Fatal("a refused change was made")
	}
	ask(t, editor, "POST", path, kept, object, http.StatusNoContent)
	if due, _ = r.lib.Commitments(t.Context(), isnad.Query{Limit: 1}); due.Rows[0].End != isnad.Kept || due.Rows[0].Source != "https://example.org/kept" {
		t.Fatalf("%+v", due.Rows[0])
	}

	things, err := r.lib.Find(t.Context(), nil, isnad.Person, 1)
	if err != nil {
		t.Fatal(err)
	}
	fix := v1 + "/entities/" + seg(things[0].ID) + "/corrections"
	for _, bad := range []string{`{"do":"merge"}`, `{"do":"split","name":"x"}`, `{"do":"rename"}`, `{"do":"delete"}`} {
		ask(t, editor, "POST", fix, bad, object, http.StatusUnprocessableEntity)
	}
	ask(t, editor, "POST", fix, `{"do":"rename","name":"اسم آخر"}`, object, http.StatusNoContent)
	if x, err := r.lib.Thing(t.Context(), things[0].ID); err != nil || x.Name != "اسم آخر" {
		t.Fatalf("%+v, %v", x, err)
	}
	all, err := r.lib.Corrections(t.Context())
	if err != nil || len(all) != 1 || all[0].By != "سلمى" {
		t.Fatalf("%+v, %v", all, err)
	}
}
