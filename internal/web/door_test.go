package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
)

const password = "جملة قصيرة للدخول"

// doored is the pages behind a door.
type doored struct {
	*access.Door
	lib   isnad.Library
	pages http.Handler
}

// door puts the pages of a room behind a door that is closed.
func (r *room) door(t *testing.T) doored { return r.doorOf(t, access.Options{Closed: true}) }

func (r *room) doorOf(t *testing.T, o access.Options) doored {
	t.Helper()
	d := access.New(r.lib, o)
	return doored{d, r.lib, pages(t, r.lib, Options{Desk: r.desk, Original: r.desk.Bytes, Door: d, Now: func() time.Time { return morning }})}
}

func (d doored) user(t *testing.T, name string, role access.Role) {
	t.Helper()
	if err := d.Add(t.Context(), access.Visitor{Name: "test"}, name, role, password); err != nil {
		t.Fatal(err)
	}
}

// acts gives what was done, oldest first.
func (d doored) acts(t *testing.T) []string {
	t.Helper()
	acts, _, err := d.lib.Acts(t.Context(), 200, "")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, a := range acts {
		out = append(out, strings.TrimSpace(a.By+" "+a.Do+" "+a.To+" "+a.Note))
	}
	slices.Reverse(out)
	return out
}

// client is a browser as far as the door sees it: it keeps cookies and sends the token
// of the last page with its forms.
type client struct {
	d     doored
	jar   *cookiejar.Jar
	token string
	head  map[string]string
}

var local = &url.URL{Scheme: "http", Host: "localhost", Path: "/"} //nolint:gochecknoglobals // a constant

func (d doored) client(t *testing.T) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{d: d, jar: jar, head: map[string]string{"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}}
}

// browser signs a user in.
func (d doored) browser(t *testing.T, name string) *client {
	t.Helper()
	c := d.client(t)
	c.get(t, "/sign-in", 200)
	c.post(t, "/sign-in", url.Values{"name": {name}, "password": {password}}, http.StatusSeeOther)
	c.get(t, "/quality", 200)
	return c
}

func (c *client) do(t *testing.T, q *http.Request, status int) *httptest.ResponseRecorder {
	t.Helper()
	q.Host = local.Host
	for k, v := range c.head {
		q.Header.Set(k, v)
	}
	for _, x := range c.jar.Cookies(local) {
		q.AddCookie(x)
	}
	w := httptest.NewRecorder()
	c.d.pages.ServeHTTP(w, q)
	if w.Code != status {
		t.Fatalf("%s %s: status %d, want %d\n%s", q.Method, q.URL, w.Code, status, words(w.Body.String()))
	}
	c.jar.SetCookies(local, w.Result().Cookies())
	for _, f := range find(parse(t, w.Body.String()), "input", "") {
		if attr(f, "name") == "token" {
			c.token = attr(f, "value")
		}
	}
	return w
}

func (c *client) get(t *testing.T, path string, status int) *httptest.ResponseRecorder {
	t.Helper()
	return c.do(t, httptest.NewRequest("GET", path, nil), status)
}

func (c *client) post(t *testing.T, path string, form url.Values, status int) *httptest.ResponseRecorder {
	t.Helper()
	sent := url.Values{"token": {c.token}}
	for k, v := range form {
		sent[k] = v
	}
	q := httptest.NewRequest("POST", path, strings.NewReader(sent.Encode()))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(t, q, status)
}

// TestDoor wants every page shut to who did not sign in, and the way in shown.
func TestDoor(t *testing.T) {
	r := open(t)
	d := r.door(t)
	d.user(t, "boss", access.Admin)
	c := d.client(t)
	all := r.addresses(t)
	all["log"], all["users"], all["account"], all["nowhere"] = "/log", "/users", "/account", "/nowhere"
	for name, path := range all {
		for _, lang := range []string{"", "/en"} {
			w := c.get(t, lang+path, http.StatusSeeOther)
			if to := w.Header().Get("Location"); to != lang+"/sign-in?back="+url.QueryEscape(lang+path) {
				t.Errorf("%s leads to %s", name, to)
			}
		}
	}
	for _, path := range []string{"/bytes/x", "/commitments.ics", "/article/x/record.json", all["story"]} {
		w := httptest.NewRecorder()
		d.pages.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != http.StatusUnauthorized || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Basic ") {
			t.Errorf("%s: %d, %s", path, w.Code, w.Header().Get("WWW-Authenticate"))
		}
	}
	for _, path := range []string{"/sources/follow", "/en/users/add", "/account/keys", "/sign-out"} {
		c.token = ""
		w := c.post(t, path, nil, http.StatusSeeOther)
		if to := w.Header().Get("Location"); !strings.HasSuffix(to, "/sign-in?done=again") {
			t.Errorf("%s leads to %s", path, to)
		}
	}
	for _, lang := range []string{"", "/en"} {
		page := c.get(t, lang+"/sign-in?back=//evil.example/", 200).Body.String()
		sound(t, page)
		if strings.Contains(page, `"//evil.example`) || strings.Contains(page, "/statements") {
			t.Error("the page of signing in shows what is behind it, or leads away")
		}
	}
}

// TestSignIn signs in with a wrong and the right password, and out.
func TestSignIn(t *testing.T) {
	d := open(t).door(t)
	d.user(t, "أمل", access.Admin)
	c := d.client(t)
	c.get(t, "/en/sign-in?back=%2Fen%2Fsources%3Fstate%3Dwell", 200)
	fixed := c.jar.Cookies(local)
	w := c.post(t, "/en/sign-in", url.Values{"name": {"أمل"}, "password": {"not the password"}, "back": {"/en/sources?state=well"}}, http.StatusForbidden)
	if page := w.Body.String(); !strings.Contains(page, "wrong") || !strings.Contains(page, `value="/en/sources?state=well"`) || !strings.Contains(page, `value="أمل"`) || strings.Contains(page, "not the password") {
		t.Error("the page does not say what was wrong, or forgot what was typed")
	}
	sound(t, w.Body.String())
	w = c.post(t, "/en/sign-in", url.Values{"name": {"أمل"}, "password": {password}, "back": {"/en/sources?state=well"}}, http.StatusSeeOther)
	if to := w.Header().Get("Location"); to != "/en/sources?state=well" {
		t.Errorf("it leads to %s", to)
	}
	in := c.jar.Cookies(local)
	if len(in) != 1 || in[0].Name != "isnad" || len(fixed) != 1 || in[0].Value == fixed[0].Value {
		t.Errorf("cookies %v, before %v", in, fixed)
	}
	page := c.get(t, "/en/", 200).Body.String()
	sound(t, page)
	for _, want := range []string{"<bdi>أمل</bdi>", "Sign out", "Log of changes"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	c.get(t, "/en/sign-in", http.StatusSeeOther)
	c.post(t, "/en/sign-out", nil, http.StatusSeeOther)
	for _, left := range c.jar.Cookies(local) {
		if strings.HasPrefix(left.Name, "isnad") {
			t.Errorf("a cookie is left: %s", left)
		}
	}
	c.jar.SetCookies(local, in) // as a thief would
	c.get(t, "/en/", http.StatusSeeOther)
	want := []string{"test user-add أمل admin", "sign-in-failed أمل", "أمل sign-in أمل", "أمل sign-out أمل"}
	if got := d.acts(t); !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
}

// TestToken wants a change to carry the token of its own session, wherever it claims to
// come from.
func TestToken(t *testing.T) {
	r := open(t)
	d := r.door(t)
	d.user(t, "boss", access.Admin)
	d.user(t, "omar", access.Editor)
	boss, omar := d.browser(t, "boss"), d.browser(t, "omar")
	own, others := omar.token, boss.token
	feeds, err := d.lib.Feeds(t.Context())
	if err != nil || len(feeds) == 0 {
		t.Fatal(err)
	}
	form := url.Values{"address": {feeds[0].URL}, "name": {"omar"}, "role": {"admin"}}
	for _, head := range []map[string]string{
		{"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}, {"Accept": "text/html"}, {"Origin": "http://localhost"},
		{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"},
	} {
		for _, token := range []string{"", others, own + "x", own[1:]} {
			omar.head, omar.token = head, token
			omar.post(t, "/sources/unfollow", form, http.StatusForbidden)
			boss.head, boss.token = head, own
			boss.post(t, "/users/role", form, http.StatusForbidden)
		}
	}
	for _, head := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}} {
		omar.head, omar.token = head, own
		omar.post(t, "/sources/unfollow", form, http.StatusForbidden)
	}
	omar.head = map[string]string{"Origin": "http://localhost"}
	omar.post(t, "/sources/unfollow", form, http.StatusSeeOther)
	if after, err := d.lib.Feeds(t.Context()); err != nil || len(after) != len(feeds)-1 {
		t.Errorf("%d feeds, %d before, %v", len(after), len(feeds), err)
	}

	// The form of signing in is of this desk as well: nobody is signed in as another.
	stranger := d.client(t)
	stranger.get(t, "/sign-in", 200)
	stranger.token = own
	stranger.post(t, "/sign-in", url.Values{"name": {"omar"}, "password": {password}}, http.StatusForbidden)
	if acts := d.acts(t); slices.Contains(acts[len(acts)-1:], "omar sign-in omar") {
		t.Error("a forged form signed somebody in")
	}

	// A key is no cookie: no other site's page can send it.
	key, _, err := d.MakeKey(t.Context(), access.Visitor{}, "omar", "", access.Editor, 0)
	if err != nil {
		t.Fatal(err)
	}
	program := d.client(t)
	program.head = map[string]string{"Authorization": "Bearer " + key}
	program.post(t, "/sources/unfollow", url.Values{"address": {feeds[1].URL}}, http.StatusSeeOther)
	program.get(t, "/account", http.StatusForbidden)
	program.post(t, "/account/keys", url.Values{"role": {"editor"}, "days": {"0"}}, http.StatusForbidden)
}

// TestAccount makes a key that is shown once, uses and revokes it, and changes the
// password, which ends other sessions.
func TestAccount(t *testing.T) {
	d := open(t).door(t)
	d.user(t, "boss", access.Admin)
	d.user(t, "omar", access.Reader)
	c, elsewhere := d.browser(t, "omar"), d.browser(t, "omar")
	c.post(t, "/account/keys", url.Values{"label": {"x"}, "role": {"editor"}, "days": {"30"}}, http.StatusUnprocessableEntity)
	c.post(t, "/account/keys", url.Values{"label": {"x"}, "role": {"reader"}, "days": {"-1"}}, http.StatusUnprocessableEntity)
	w := c.post(t, "/account/keys", url.Values{"label": {"تقويم الهاتف"}, "role": {"reader"}, "days": {"30"}}, 200)
	sound(t, w.Body.String())
	shown := find(parse(t, w.Body.String()), "output", "secret")
	if len(shown) != 1 || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d keys are shown, %s", len(shown), w.Header().Get("Cache-Control"))
	}
	key := text(shown[0])
	page := c.get(t, "/account", 200).Body.String()
	if strings.Contains(page, key) || !strings.Contains(page, "تقويم الهاتف") {
		t.Error("a key is shown twice, or not named")
	}
	calendar := httptest.NewRequest("GET", "/commitments.ics", nil)
	calendar.SetBasicAuth("omar", key)
	rec := httptest.NewRecorder()
	d.pages.ServeHTTP(rec, calendar)
	if rec.Code != 200 || !strings.HasPrefix(rec.Body.String(), "BEGIN:VCALENDAR") {
		t.Errorf("the calendar: %d", rec.Code)
	}
	id := ""
	for _, f := range find(parse(t, page), "input", "") {
		if attr(f, "name") == "key" {
			id = attr(f, "value")
		}
	}
	c.post(t, "/account/keys/revoke", url.Values{"key": {"x"}}, http.StatusUnprocessableEntity)
	c.post(t, "/account/keys/revoke", url.Values{"key": {id}}, http.StatusSeeOther)
	rec = httptest.NewRecorder()
	d.pages.ServeHTTP(rec, calendar)
	if rec.Code != http.StatusUnauthorized {
		t.Errorf("with a key that was taken back: %d", rec.Code)
	}

	const longer = "كلمة مرور أخرى أطول"
	change := func(old, first, second string, status int) {
		t.Helper()
		c.post(t, "/account/password", url.Values{"old": {old}, "new": {first}, "again": {second}}, status)
	}
	change("no", longer, longer, http.StatusForbidden)
	change(password, longer, longer+"x", http.StatusUnprocessableEntity)
	change(password, "short", "short", http.StatusUnprocessableEntity)
	change(password, longer, longer, http.StatusSeeOther)
	c.get(t, "/account?done=password", 200)
	elsewhere.get(t, "/", http.StatusSeeOther)
	c.post(t, "/account/leave", nil, http.StatusSeeOther)
	c.get(t, "/", http.StatusSeeOther)
}

// TestUsers makes users, changes and removes them, and keeps the last admin.
func TestUsers(t *testing.T) {
	d := open(t).door(t)
	d.user(t, "boss", access.Admin)
	c := d.browser(t, "boss")
	add := url.Values{"name": {"سلمى"}, "role": {"editor"}, "password": {password}}
	c.post(t, "/users/add", add, http.StatusSeeOther)
	w := c.post(t, "/users/add", add, http.StatusUnprocessableEntity)
	sound(t, w.Body.String())
	for _, bad := range []url.Values{{"name": {"<b>"}, "role": {"reader"}, "password": {password}}, {"name": {"x"}, "role": {"king"}, "password": {password}}, {"name": {"x"}, "role": {"reader"}, "password": {"x"}}, {}} {
		c.post(t, "/users/add", bad, http.StatusUnprocessableEntity)
	}
	salma := d.browser(t, "سلمى")
	salma.get(t, "/users", http.StatusForbidden)
	c.post(t, "/users/role", url.Values{"name": {"سلمى"}, "role": {"reader"}}, http.StatusSeeOther)
	page := c.get(t, "/users", 200).Body.String()
	if !strings.Contains(page, "<bdi>سلمى</bdi>") || strings.Contains(page, "argon2") {
		t.Error("the page lacks a user, or shows a hash")
	}
	c.post(t, "/users/password", url.Values{"name": {"سلمى"}, "password": {"another long one"}}, http.StatusSeeOther)
	salma.get(t, "/", http.StatusSeeOther)
	for _, path := range []string{"/users/remove", "/users/role"} {
		w := c.post(t, path, url.Values{"name": {"boss"}, "role": {"reader"}}, http.StatusUnprocessableEntity)
		if !strings.Contains(w.Body.String(), "last admin") {
			t.Error("the page does not say why")
		}
	}
	c.post(t, "/users/remove", url.Values{"name": {"سلمى"}}, http.StatusSeeOther)
	if all, err := d.Users(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d users, %v", len(all), err)
	}
}

// TestLog wants every change by hand in the log, with who and from where, and pages of it.
func TestLog(t *testing.T) {
	r := open(t)
	d := r.door(t)
	d.user(t, "boss", access.Admin)
	d.user(t, "omar", access.Editor)
	c := d.browser(t, "omar")
	feeds, err := r.lib.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	u, err := r.lib.Commitments(t.Context(), isnad.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	things, err := r.lib.Find(t.Context(), nil, isnad.Place, 2)
	if err != nil {
		t.Fatal(err)
	}
	thing := "/entity/" + segment(things[0].ID)
	x := u.Rows[0]
	c.post(t, "/article/"+segment(x.Article)+"/commitment/0", url.Values{"end": {"kept"}, "source": {"https://example.org/kept"}}, http.StatusSeeOther)
	c.post(t, "/article/"+segment(x.Article)+"/commitment/0", url.Values{"end": {"kept"}}, http.StatusUnprocessableEntity)
	c.post(t, thing, url.Values{"do": {"rename"}, "name": {"اسم جديد"}}, http.StatusSeeOther)
	c.post(t, thing, url.Values{"do": {"merge"}, "into": {things[1].ID}}, http.StatusSeeOther)
	c.post(t, "/sources/unfollow", url.Values{"address": {feeds[0].URL}}, http.StatusSeeOther)
	c.post(t, "/sources/follow", url.Values{"address": {feeds[0].URL}, "outlet": {"منفذ"}}, http.StatusSeeOther)
	want := []string{"omar settle " + x.Article + "#c0 kept https://example.org/kept", "omar rename " + things[0].ID + " اسم جديد", "omar merge " + things[0].ID + " " + things[1].ID,
		"omar unfollow " + feeds[0].URL, "omar follow " + feeds[0].URL + " منفذ"}
	if got := d.acts(t); !slices.Equal(got[3:], want) {
		t.Errorf("the log says\n%s\nwant\n%s", strings.Join(got[3:], "\n"), strings.Join(want, "\n"))
	}
	for range actsShown {
		if err := d.Note(t.Context(), access.Visitor{Name: "omar", From: "192.0.2.9"}, "sign-in", "omar", ""); err != nil {
			t.Fatal(err)
		}
	}
	b := d.browser(t, "boss")
	page := b.get(t, "/en/log", 200).Body.String()
	sound(t, page)
	if strings.Contains(page, "set how a commitment ended") || !strings.Contains(page, "192.0.2.9") || !strings.Contains(page, "signed in") {
		t.Error("the first page is not the latest acts with who and from where")
	}
	next := ""
	for _, a := range find(parse(t, page), "a", "button") {
		if attr(a, "rel") == "next" {
			next = attr(a, "href")
		}
	}
	page = b.get(t, next, 200).Body.String()
	if !strings.Contains(page, "set how a commitment ended") || !strings.Contains(page, "https://example.org/kept") || !strings.Contains(page, "192.0.2.1") {
		t.Error("the next page lacks what was done before")
	}
	b.get(t, "/log?cursor=x", http.StatusBadRequest)
}

// TestOpenDesk holds that where nobody signs in everything is as it was, and users are
// made by the command only.
func TestOpenDesk(t *testing.T) {
	r := open(t)
	d := r.doorOf(t, access.Options{Rate: 0.01})
	c := d.client(t)
	for range 3 {
		for _, path := range r.addresses(t) {
			c.get(t, path, 200)
		}
	}
	c.get(t, "/sign-in", http.StatusSeeOther)
	c.get(t, "/log", 200)
	sound(t, c.get(t, "/users", 200).Body.String())
	c.get(t, "/account", http.StatusForbidden)
	c.post(t, "/users/add", url.Values{"name": {"x"}, "role": {"admin"}, "password": {password}}, http.StatusForbidden)
	d.user(t, "boss", access.Admin)
	c.get(t, "/", http.StatusSeeOther)
}

// TestOften wants who asks too often to be told when to come again, on a page.
func TestOften(t *testing.T) {
	d := open(t).doorOf(t, access.Options{Closed: true, Rate: 0.5})
	d.user(t, "boss", access.Admin)
	c := d.client(t)
	for range 5 {
		c.get(t, "/", http.StatusSeeOther)
	}
	w := c.get(t, "/en/", http.StatusTooManyRequests)
	sound(t, w.Body.String())
	if w.Header().Get("Retry-After") != "2" || !strings.Contains(w.Body.String(), "Try again in 2 seconds") {
		t.Errorf("Retry-After %s: %s", w.Header().Get("Retry-After"), words(w.Body.String()))
	}
	c.get(t, "/static/style.css", 200)

	d = open(t).door(t)
	d.user(t, "boss", access.Admin)
	c = d.client(t)
	c.get(t, "/sign-in", 200)
	for range 5 {
		c.post(t, "/sign-in", url.Values{"name": {"boss"}, "password": {"x"}}, http.StatusForbidden)
	}
	w = c.post(t, "/en/sign-in", url.Values{"name": {"boss"}, "password": {password}}, http.StatusTooManyRequests)
	if w.Header().Get("Retry-After") != "1" {
		t.Errorf("Retry-After %s", w.Header().Get("Retry-After"))
	}
}
