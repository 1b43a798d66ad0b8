package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

// What strangers may write into every field they have.
const (
	markup   = `"><script>alert(1)</script><img src=x onerror=alert(1)>'</title></textarea>{{.}} نهاية`
	turned   = "\u202Eمقلوب\u202D \u2066\u2067"
	badLink  = "javascript:alert(1)"
	evilWord = "شر<b onclick=x>"
)

// hostile is an article that is hostile in every field.
func hostile(id string, size int) isnad.Entry {
	name := evilWord + markup
	said := "لن نفعل " + markup
	text := "قال " + name + turned + " إن " + said + "\n\nسطر آخر من متن الخبر " + markup
	at := func(s string) isnad.Span { i := strings.Index(text, s); return isnad.Span{Start: i, End: i + len(s)} }
	trust := isnad.Trust{Rule: markup, Confidence: 0.9}
	who := isnad.Source{Span: at(name), Entity: 0}
	r := isnad.Record{
		Reader: markup,
		Article: isnad.Article{ID: id, URL: badLink, Outlet: markup, Title: turned + markup + strings.Repeat("عنوان ", size), Byline: markup, Agency: markup,
			Published: "2024-05-08", Language: "ar", Extractor: markup, Text: text, Cut: []isnad.Cut{{Text: markup, Reason: isnad.Share}}},
		Entities:    []isnad.Entity{{Name: name, Kind: isnad.Person, Role: markup, Country: "EGY"}},
		Names:       []isnad.Name{{Span: at(name), Kind: isnad.Person, Trust: trust}},
		Statements:  []isnad.Statement{{Span: isnad.Span{Start: 0, End: at(said).End}, Speaker: who, SpeakerKind: isnad.Named, Via: []isnad.Source{who}, Cue: at("قال"), Content: at(said), Trust: trust}},
		Commitments: []isnad.Commitment{{Span: at(said), By: []isnad.Source{who}, To: isnad.Source{Entity: isnad.None}, What: at(said), Due: "2024-06-01", Basis: "promise", Statement: 0, Trust: trust}},
		Events:      []isnad.Event{{Span: at(said), Type: "AGREE", Trigger: at("نفعل"), Actors: []string{markup}, Place: markup, Date: markup, Status: "planned", Statement: isnad.None, Trust: trust}},
		Notes:       []string{markup},
	}
	return isnad.Entry{Record: r, Identities: []string{"person/" + markup}, Capture: isnad.Capture{URL: badLink, Feed: markup, Fetched: morning, Form: "html", MediaType: markup, File: markup, Digest: "sha256:" + markup}}
}

// TestHostile keeps articles whose every field is hostile and wants every page to stay
// what it is.
func TestHostile(t *testing.T) {
	r := open(t)
	ctx := t.Context()
	id, huge := "../"+markup, "huge"
	if _, err := r.lib.Put(ctx, []isnad.Entry{hostile(id, 1), hostile(huge, 10<<20/11)}); err != nil {
		t.Fatal(err)
	}
	story := isnad.Story{ID: id, Title: markup + turned, First: "2024-05-08", Last: "2024-05-08", Articles: []string{id, huge},
		Copies:        []isnad.Copies{{Origin: id, Agency: markup, Articles: []string{id, huge}}},
		Disagreements: []isnad.Disagreement{{About: markup, Kind: markup, Values: []isnad.Value{{Value: markup, Claims: []isnad.Claim{{Article: id, Words: markup}}}, {Value: turned, Claims: []isnad.Claim{{Article: huge, Words: turned}}}}}},
		Timeline:      []isnad.Moment{{Day: "2024-05-08", Claim: isnad.Claim{Article: id, Words: markup}}}}
	if err := r.lib.Join(ctx, isnad.Joining{Stories: []isnad.Story{story}}); err != nil {
		t.Fatal(err)
	}
	if err := r.lib.Follow(ctx, isnad.Feed{URL: badLink + markup, Title: markup, Outlet: markup, Folder: markup, Trouble: markup, Failures: 3}); err != nil {
		t.Fatal(err)
	}
	r.pages = pages(t, r.lib, Options{Desk: r.desk, Original: func(context.Context, isnad.Capture) ([]byte, error) { return []byte(markup), nil }, Now: func() time.Time { return morning }})
	thing := segment("person/" + markup)
	seen := 0
	for _, path := range []string{"/", "/?days=7", "/story/" + segment(id), "/article/" + segment(id), "/article/huge", "/entity/" + thing, "/entities", "/statements", "/statements?via=" + url.QueryEscape(markup),
		"/commitments", "/commitments?by=" + url.QueryEscape(markup), "/disagreements", "/search?q=" + url.QueryEscape("متن الخبر"), "/search?sort=newest&outlet=" + url.QueryEscape(markup), "/sources", "/sources?state=" + url.QueryEscape(markup), "/original/" + segment(id), "/original/" + segment(id) + "?as=page"} {
		for _, lang := range []string{"", "/en"} {
			page := get(t, r.pages, lang+path, http.StatusOK).Body.String()
			sound(t, page)
			unharmed(t, path, page)
			if strings.Contains(page, "alert(1)") {
				seen++
			}
			if len(page) > weight {
				t.Errorf("%s: %d bytes", path, len(page))
			}
		}
	}
	if seen < 20 {
		t.Errorf("the hostile words were seen on %d pages only: this tests nothing", seen)
	}
}

// unharmed wants nothing of the hostile text to have become part of the page.
func unharmed(t *testing.T, path, page string) {
	t.Helper()
	doc := parse(t, page)
	for x := range doc.Descendants() {
		if x.Type == html.ElementNode && (x.Data == "img" || x.Data == "b" && attr(x, "onclick") != "") {
			t.Errorf("%s: there is a <%s> of the text", path, x.Data)
		}
		if x.Type == html.ElementNode && x.Data == "a" && strings.Contains(attr(x, "href"), "javascript") && !strings.HasPrefix(attr(x, "href"), "/") {
			t.Errorf("%s: a link leads to %s", path, attr(x, "href"))
		}
		if x.Type == html.ElementNode && (x.Data == "title" || x.Data == "option") && strings.ContainsAny(text(x), "\u202a\u202b\u202d\u202e\u2066\u2067") {
			t.Errorf("%s: the %s turns what follows", path, x.Data)
		}
		if x.Type == html.TextNode && strings.ContainsAny(x.Data, "\u202d\u202e\u2066\u2067") && !isolated(x) {
			t.Errorf("%s: what turns the text is not isolated in <%s>", path, x.Parent.Data)
		}
	}
}

func isolated(x *html.Node) bool {
	for p := range x.Ancestors() {
		if p.Data == "bdi" || attr(p, "dir") == "auto" {
			return true
		}
	}
	return false
}

// TestBytes wants captured bytes never to be run: plain text, or a page in a sandbox.
func TestBytes(t *testing.T) {
	r := open(t)
	id := segment(strings.TrimPrefix(r.addresses(t)["article"], "/article/"))
	for query, kind := range map[string]string{"": "text/plain", "?as=page": "text/html", "?as=page&capture=99999": "text/html", "?capture=-1": "text/plain"} {
		w := get(t, r.pages, "/bytes/"+id+query, http.StatusOK)
		if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("%s: %s, want %s", query, got, kind)
		}
		csp := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(csp, "sandbox") || strings.Contains(csp, "allow-") || !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src") {
			t.Errorf("%s: Content-Security-Policy: %s", query, csp)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Body.Len() < 500 {
			t.Errorf("%s: %d bytes, %v", query, w.Body.Len(), w.Header())
		}
	}
}

// TestForged wants names that are not this desk's refused, and changes that other sites
// ask for.
func TestForged(t *testing.T) {
	r := open(t)
	try := func(method, host string, head map[string]string) int {
		q := httptest.NewRequest(method, "/sources/unfollow", strings.NewReader("address=x"))
		if method == "GET" {
			q = httptest.NewRequest(method, "/", nil)
		}
		q.Host = host
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, v := range head {
			q.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		r.pages.ServeHTTP(w, q)
		if strings.Contains(w.Body.String(), "evil.example") || strings.Contains(w.Header().Get("Location"), "evil.example") {
			t.Errorf("%s %s: the page names evil.example", method, host)
		}
		return w.Code
	}
	for _, c := range []struct {
		method, host string
		head         map[string]string
		want         int
	}{
		{"GET", "localhost:8080", nil, 200},
		{"GET", "127.0.0.1:8080", nil, 200},
		{"GET", "[::1]:8080", nil, 200},
		{"GET", "example.com", nil, 200},
		{"GET", "evil.example", nil, http.StatusMisdirectedRequest},
		{"GET", "localhost.evil.example:80", nil, http.StatusMisdirectedRequest},
		{"GET", "", nil, http.StatusMisdirectedRequest},
		{"GET", "localhost", map[string]string{"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}, 200},
		{"POST", "localhost", map[string]string{"Origin": "http://evil.example"}, http.StatusForbidden},
		{"POST", "localhost", map[string]string{"Origin": "null"}, http.StatusForbidden},
		{"POST", "localhost", map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		{"POST", "localhost", map[string]string{"Sec-Fetch-Site": "same-site"}, http.StatusForbidden},
		{"POST", "evil.example", map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"}, http.StatusMisdirectedRequest},
		{"POST", "localhost", map[string]string{"Origin": "http://localhost"}, http.StatusNotFound}, // it is taken, and there is no such source,
	} {
		if got := try(c.method, c.host, c.head); got != c.want {
			t.Errorf("%s to %q %v: %d, want %d", c.method, c.host, c.head, got, c.want)
		}
	}
}

// TestBack wants no form to lead to another site.
func TestBack(t *testing.T) {
	r := open(t)
	for back, want := range map[string]string{
		"/en/search?q=x&done=y": "/en/search?q=x", "": "/", "http://evil.example/": "/", "//evil.example/": "/", "/\\evil.example": "/", "/\t/evil.example": "/", "javascript:x": "/", "x": "/",
	} {
		w := post(t, r.pages, "/look", url.Values{"theme": {"dark"}, "back": {back}}, http.StatusSeeOther)
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("back to %q leads to %q, want %q", back, got, want)
		}
	}
}

// TestHostileHands writes hostile words into every field that hands fill in, a name and
// a password among them, and 10 MB into each, and wants every page to stay what it is.
func TestHostileHands(t *testing.T) {
	r := open(t)
	d := r.door(t)
	d.user(t, "boss", access.Admin)
	ctx := t.Context()
	huge := strings.Repeat("اسم ", 10<<20/7)
	for _, name := range []string{markup, turned, evilWord, "<b>", "x\x00y", strings.Repeat("x", 65), "../boss", "boss\n", "\u202eboss"} {
		if err := d.Add(ctx, access.Visitor{}, name, access.Admin, password); name != "boss\n" && err == nil {
			t.Errorf("there is a user %q", name)
		}
		c := r.door(t).client(t) // one that remembers no failures
		c.get(t, "/sign-in", 200)
		w := c.post(t, "/sign-in?back="+url.QueryEscape(badLink), url.Values{"name": {name}, "password": {markup}, "back": {badLink}}, http.StatusForbidden)
		sound(t, w.Body.String())
		unharmed(t, "/sign-in", w.Body.String())
	}
	c := d.client(t)
	c.get(t, "/sign-in", 200)
	for _, field := range []string{"name", "password", "back", "token"} {
		c.post(t, "/sign-in", url.Values{field: {huge}}, http.StatusRequestEntityTooLarge)
	}

	b := d.browser(t, "boss")
	w := b.post(t, "/account/keys", url.Values{"label": {markup[:60] + turned}, "role": {"reader"}, "days": {"0"}}, 200)
	unharmed(t, "/account", w.Body.String())
	for _, act := range [][2]string{{"/sources/follow", "address"}, {"/account/keys", "label"}, {"/account/password", "new"}, {"/users/add", "name"}, {"/users/remove", "name"}, {"/entity/x", "name"}, {"/article/x/commitment/0", "note"}} {
		b.post(t, act[0], url.Values{act[1]: {huge}}, http.StatusRequestEntityTooLarge)
		w := b.post(t, act[0], url.Values{act[1]: {markup + turned}, "days": {"0"}, "role": {"reader"}, "password": {password}, "end": {"kept"}}, map[bool]int{true: 200, false: http.StatusUnprocessableEntity}[act[1] == "label"])
		sound(t, w.Body.String())
		unharmed(t, act[0], w.Body.String())
	}
	for _, a := range []isnad.Act{
		{At: morning, By: markup, From: markup, Do: markup, To: markup, Note: turned + markup},
		{At: morning, By: turned, From: turned, Do: "settle", To: turned, Note: badLink},
		{At: morning, By: "x", Do: "rename", To: huge, Note: huge},
	} {
		if err := r.lib.Note(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Note(ctx, access.Visitor{}, "rename", huge, huge); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/log", "/en/log", "/users", "/account", "/en/account"} {
		page := b.get(t, path, 200).Body.String()
		sound(t, page)
		unharmed(t, path, page)
		if len(page) > weight {
			t.Errorf("%s: %d bytes", path, len(page))
		}
	}
	if page := b.get(t, "/log", 200).Body.String(); strings.Count(page, "alert(1)") < 5 {
		t.Error("the hostile words are not on the page: this tests nothing")
	}
}

// TestForgedSession wants forged names and origins refused before anything is asked of a
// session, and no session to be set for them.
func TestForgedSession(t *testing.T) {
	d := open(t).door(t)
	d.user(t, "boss", access.Admin)
	c := d.browser(t, "boss")
	kept := c.jar.Cookies(local)
	for _, x := range []struct {
		host string
		head map[string]string
		want int
	}{
		{"evil.example", nil, http.StatusMisdirectedRequest},
		{"localhost.evil.example", map[string]string{"Origin": "http://localhost"}, http.StatusMisdirectedRequest},
		{"localhost", map[string]string{"Origin": "http://evil.example"}, http.StatusForbidden},
		{"localhost", map[string]string{"Origin": "http://localhost:81"}, http.StatusForbidden},
		{"localhost", map[string]string{"Origin": "null"}, http.StatusForbidden},
		{"localhost", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, http.StatusForbidden},
		{"localhost", map[string]string{"Origin": "http://localhost", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}, http.StatusSeeOther},
	} {
		form := url.Values{"token": {c.token}, "name": {"boss"}, "password": {password}, "label": {"x"}}
		q := httptest.NewRequest("POST", "/look", strings.NewReader(form.Encode()))
		q.Host = x.host
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, v := range x.head {
			q.Header.Set(k, v)
		}
		for _, k := range kept {
			q.AddCookie(k)
		}
		w := httptest.NewRecorder()
		d.pages.ServeHTTP(w, q)
		if w.Code != x.want {
			t.Errorf("%q %v: %d, want %d", x.host, x.head, w.Code, x.want)
		}
		for _, set := range w.Result().Cookies() {
			if set.Name != "theme" || x.want >= 400 || set.Domain != "" {
				t.Errorf("%q %v sets %s", x.host, x.head, set)
			}
		}
	}
	// Who has no session is led to this desk's page alone, whatever he says the desk is called.
	q := httptest.NewRequest("GET", "/sources?x=//evil.example", nil)
	q.Host = "localhost"
	q.Header.Set("Accept", "text/html")
	q.Header.Set("X-Forwarded-Host", "evil.example")
	w := httptest.NewRecorder()
	d.pages.ServeHTTP(w, q)
	if to := w.Header().Get("Location"); to != "/sign-in?back=%2Fsources%3Fx%3D%2F%2Fevil.example" {
		t.Errorf("it leads to %s", to)
	}
}
