package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/testsite"
)

// TestSettle marks a commitment kept, sees it on the page with its source, and takes it back.
func TestSettle(t *testing.T) {
	r := open(t)
	u, err := r.lib.Commitments(t.Context(), isnad.Query{Terms: []isnad.Term{{Field: isnad.Due, Words: []string{"<2024-05-09"}}}})
	if err != nil || len(u.Rows) == 0 {
		t.Fatalf("%d commitments are overdue, %v", len(u.Rows), err)
	}
	x := u.Rows[0]
	path := "/article/" + segment(x.Article) + "/commitment/0"
	post(t, r.pages, path, url.Values{"end": {"kept"}}, http.StatusUnprocessableEntity) // no source
	post(t, r.pages, path, url.Values{"end": {"eaten"}, "source": {"x"}}, http.StatusUnprocessableEntity)
	post(t, r.pages, "/article/nowhere/commitment/0", url.Values{"end": {"kept"}, "source": {"x"}}, http.StatusNotFound)
	w := post(t, r.pages, path, url.Values{"end": {"kept"}, "source": {"https://example.org/kept"}, "back": {"/commitments?when=all"}}, http.StatusSeeOther)
	if to := w.Header().Get("Location"); to != "/commitments?done=settled&when=all" {
		t.Errorf("it leads to %s", to)
	}
	page := get(t, r.pages, w.Header().Get("Location"), 200).Body.String()
	for _, want := range []string{"https://example.org/kept", "وُفي به", "سُجّل"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if page := get(t, r.pages, "/commitments?when=overdue", 200).Body.String(); strings.Contains(page, "/article/"+segment(x.Article)+"#c0") {
		t.Error("what was kept is still overdue")
	}
	post(t, r.pages, path, url.Values{"end": {""}}, http.StatusSeeOther)
	if page := get(t, r.pages, "/commitments?when=overdue", 200).Body.String(); !strings.Contains(page, "/article/"+segment(x.Article)+"#c0") {
		t.Error("what was taken back is not overdue again")
	}
}

// TestCorrect renames, splits and merges a thing.
func TestCorrect(t *testing.T) {
	r := open(t)
	things, err := r.lib.Find(t.Context(), nil, isnad.Place, 3)
	if err != nil || len(things) < 3 {
		t.Fatalf("%d things, %v", len(things), err)
	}
	a, b := things[0], things[1]
	at := func(id string) string { return "/entity/" + segment(id) }
	post(t, r.pages, at(a.ID), url.Values{"do": {"rename"}, "name": {" "}}, http.StatusUnprocessableEntity)
	post(t, r.pages, at(a.ID), url.Values{"do": {"burn"}}, http.StatusUnprocessableEntity)
	post(t, r.pages, at(a.ID), url.Values{"do": {"rename"}, "name": {"اسم جديد"}}, http.StatusSeeOther)
	if page := get(t, r.pages, at(a.ID), 200).Body.String(); !strings.Contains(page, "<h1 dir=\"auto\">اسم جديد</h1>") {
		t.Error("the page has not the new name")
	}
	found, err := r.lib.Search(t.Context(), only(isnad.OfEntity, a.ID, isnad.ByNewest, 1))
	if err != nil || len(found.Hits) == 0 {
		t.Fatal(err)
	}
	post(t, r.pages, at(a.ID), url.Values{"do": {"split"}, "name": {"سمي آخر"}, "article": {found.Hits[0].ID}}, http.StatusSeeOther)
	if page := get(t, r.pages, "/entities?name="+url.QueryEscape("سمي آخر"), 200).Body.String(); !strings.Contains(page, "سمي آخر</a>") {
		t.Error("the other is not found by its name")
	}
	post(t, r.pages, at(b.ID), url.Values{"do": {"merge"}, "into": {b.ID}}, http.StatusUnprocessableEntity)
	w := post(t, r.pages, at(b.ID), url.Values{"do": {"merge"}, "into": {a.ID}}, http.StatusSeeOther)
	if page := get(t, r.pages, w.Header().Get("Location"), 200).Body.String(); !strings.Contains(page, "اسم جديد") || !strings.Contains(page, b.ID) {
		t.Error("the page of the merged thing does not tell of it")
	}
}

// TestSources follows a site, imports a list, and forgets a source.
func TestSources(t *testing.T) {
	r := open(t)
	outlets, err := testsite.Samples()
	if err != nil {
		t.Fatal(err)
	}
	site, err := testsite.New(outlets...)
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	address := site.Hosts()[0].URL("/feed.xml")
	post(t, r.pages, "/sources/follow", url.Values{"address": {address}, "outlet": {"منفذ الاختبار"}}, http.StatusSeeOther)
	page := get(t, r.pages, "/sources?state=waiting", 200).Body.String()
	if !strings.Contains(page, address) || !strings.Contains(page, "منفذ الاختبار") {
		t.Error("the source is not on the page")
	}
	w := post(t, r.pages, "/en/sources/follow", url.Values{"address": {"no address"}}, http.StatusUnprocessableEntity)
	if page := w.Body.String(); !strings.Contains(page, "could not be followed") || !strings.Contains(page, "no address") {
		t.Error("the page does not say what went wrong")
	}
	sound(t, w.Body.String())

	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, err := m.CreateFormFile("list", "list.opml")
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(site.OPML())) //nolint:errcheck // to memory
	m.Close()
	q := httptest.NewRequest("POST", "/sources/import", &form)
	q.Header.Set("Content-Type", m.FormDataContentType())
	rec := httptest.NewRecorder()
	r.pages.ServeHTTP(rec, q)
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("import: %d %s", rec.Code, words(rec.Body.String()))
	}
	for _, h := range site.Hosts() {
		if page := get(t, r.pages, "/sources?state=waiting", 200).Body.String(); !strings.Contains(page, h.URL("/feed.xml")) {
			t.Errorf("%s was not imported", h.URL("/feed.xml"))
		}
	}
	post(t, r.pages, "/sources/unfollow", url.Values{"address": {address}}, http.StatusSeeOther)
	if page := get(t, r.pages, "/sources", 200).Body.String(); strings.Contains(page, address) {
		t.Error("the source is still followed")
	}
}

// TestReader wants who may only look to see no form and change nothing.
func TestReader(t *testing.T) {
	r := open(t)
	d := r.door(t)
	d.user(t, "boss", access.Admin)
	d.user(t, "قارئ", access.Reader)
	c := d.browser(t, "قارئ")
	for name, path := range r.addresses(t) {
		if name == "hooks" { // for editors
			c.get(t, path, http.StatusForbidden)
			continue
		}
		for _, f := range find(parse(t, c.get(t, path, 200).Body.String()), "form", "") {
			if attr(f, "method") == "post" && attr(f, "class") != "look" && attr(f, "class") != "out" {
				t.Errorf("%s has the form %s", name, attr(f, "action"))
			}
		}
	}
	for _, path := range []string{"/sources/unfollow", "/sources/follow", "/sources/import", "/entity/x", "/article/x/commitment/0", "/users/add", "/users/role", "/users/remove", "/users/password"} {
		c.post(t, path, url.Values{"address": {"x"}, "do": {"rename"}, "name": {"x"}}, http.StatusForbidden)
	}
	for _, path := range []string{"/log", "/users", "/en/log"} {
		c.get(t, path, http.StatusForbidden)
	}
	if acts := d.acts(t); len(acts) != 3 { // two users, one sign-in
		t.Errorf("the log says %v", acts)
	}
}

// TestWrong wants what is not there and what cannot be understood to be said on a page.
func TestWrong(t *testing.T) {
	r := open(t)
	for path, status := range map[string]int{
		"/nowhere": 404, "/en/nowhere": 404, "/story/x": 404, "/article/x": 404, "/entity/x": 404, "/original/x": 404, "/bytes/x": 404, "/article/x/record.json": 404,
		"/search?after=x": 400, "/search?cursor=x": 400, "/statements?before=2024-13": 400, "/search?q=after:x": 400, "/commitments?entity=x": 404,
	} {
		w := get(t, r.pages, path, status)
		sound(t, w.Body.String())
		if len(find(parse(t, w.Body.String()), "nav", "menu")) != 1 {
			t.Errorf("%s has no menu", path)
		}
	}
}

// TestSince wants what came since the last visit marked, and nothing at the first.
func TestSince(t *testing.T) {
	r := open(t)
	w := get(t, r.pages, "/?days=7", 200)
	if n := len(find(parse(t, w.Body.String()), "", "new")); n != 0 {
		t.Errorf("%d stories are new at the first visit", n)
	}
	q := httptest.NewRequest("GET", "/?days=7", nil)
	q.AddCookie(&http.Cookie{Name: "seen", Value: "0.1700000000"}) // long before
	rec := httptest.NewRecorder()
	r.pages.ServeHTTP(rec, q)
	if n := len(find(parse(t, rec.Body.String()), "", "new")); n != 5 {
		t.Errorf("%d stories are new since 2023, want 5", n)
	}
}
