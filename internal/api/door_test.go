package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/api"
)

const password = "a sentence to sign in with"

// door puts the API of a library behind a door with an admin, an editor and a reader.
func door(t *testing.T, lib isnad.Library, o access.Options) (*access.Door, http.Handler) {
	t.Helper()
	d := access.New(lib, o)
	for _, u := range []string{"amal admin", "سلمى editor", "omar reader"} {
		name, role, _ := strings.Cut(u, " ")
		r, err := access.ParseRole(role)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Add(t.Context(), access.Visitor{Name: "test"}, name, r, password); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, name := range []string{"omar", "سلمى", "amal"} {
			if err := d.Remove(t.Context(), access.Visitor{}, name); err != nil {
				t.Log(err)
			}
		}
	})
	return d, serve(t, lib, api.Options{Door: d})
}

// key makes a key that may what its user may, as the header that carries it.
func key(t *testing.T, d *access.Door, name string) map[string]string {
	t.Helper()
	u, err := d.User(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	made, _, err := d.MakeKey(t.Context(), access.Visitor{}, name, "test", u.Role, 0)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"Authorization": "Bearer " + made, "Content-Type": "application/json"}
}

// TestDoor wants every call to need a key or a session, changes an editor, the log an
// admin, and changes in a browser's session its token.
func TestDoor(t *testing.T) {
	r := open(t)
	d, h := door(t, r.lib, access.Options{Closed: true})
	plain := serve(t, r.lib, api.Options{})
	for _, path := range []string{v1, v1 + "/", v1 + "/openapi.json", v1 + "/articles", v1 + "/log", v1 + "/me", v1 + "/stats", v1 + "/export.csv?table=commitments", "/feeds/commitments.ics", "/feeds/search.atom?q=x", v1 + "/nowhere"} {
		w := ask(t, h, "GET", path, "", nil, http.StatusUnauthorized)
		if all := strings.Join(w.Header().Values("WWW-Authenticate"), ", "); !strings.Contains(all, "Bearer") || !strings.Contains(all, "Basic") {
			t.Errorf("%s: %s", path, all)
		}
	}
	ask(t, h, "POST", v1+"/read", sample, map[string]string{"Content-Type": "text/plain"}, http.StatusUnauthorized)
	ask(t, h, "GET", v1+"/me", "", map[string]string{"Authorization": "Bearer isnad_x"}, http.StatusUnauthorized)

	reader, editor, admin := key(t, d, "omar"), key(t, d, "سلمى"), key(t, d, "amal")
	var me struct{ Name, Role, Token string }
	decode(t, ask(t, h, "GET", v1+"/me", "", editor, 200).Body.Bytes(), &me)
	if me.Name != "سلمى" || me.Role != "editor" || me.Token != "" {
		t.Errorf("%+v", me)
	}
	decode(t, get(t, plain, v1+"/me").Body.Bytes(), &me)
	if me.Name != "" || me.Role != "reader" {
		t.Errorf("without a door: %+v", me)
	}
	ask(t, plain, "GET", v1+"/log", "", nil, http.StatusForbidden)
	ask(t, h, "GET", v1+"/stats", "", reader, 200)
	ask(t, h, "POST", v1+"/read", sample, map[string]string{"Content-Type": "text/plain", "Authorization": reader["Authorization"]}, 200)

	due, err := r.lib.Commitments(t.Context(), isnad.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	path := v1 + "/articles/" + seg(due.Rows[0].Article) + "/commitments/" + string(rune('0'+due.Rows[0].Index))
	kept := `{"end":"kept","source":"https://example.org/kept"}`
	ask(t, h, "POST", path, kept, reader, http.StatusForbidden)
	basic := httptest.NewRequest("GET", "/", nil)
	basic.SetBasicAuth("سلمى", strings.TrimPrefix(editor["Authorization"], "Bearer "))
	looking := map[string]string{"Authorization": basic.Header.Get("Authorization"), "Content-Type": "application/json"}
	ask(t, h, "GET", v1+"/stats", "", looking, 200)
	ask(t, h, "POST", path, kept, looking, http.StatusForbidden)

	// In a browser's session.
	secret, err := d.SignIn(t.Context(), "192.0.2.1", "سلمى", password)
	if err != nil {
		t.Fatal(err)
	}
	session := map[string]string{"Cookie": "isnad=" + secret, "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
	decode(t, ask(t, h, "GET", v1+"/me", "", session, 200).Body.Bytes(), &me)
	ask(t, h, "POST", path, kept, session, http.StatusForbidden)
	session["X-Isnad-Token"] = me.Token + "x"
	ask(t, h, "POST", path, kept, session, http.StatusForbidden)
	session["X-Isnad-Token"] = me.Token
	session["Origin"], session["Sec-Fetch-Site"] = "https://evil.example", "cross-site"
	ask(t, h, "POST", path, kept, session, http.StatusForbidden)
	if due, err = r.lib.Commitments(t.Context(), isnad.Query{Limit: 1}); err != nil || due.Rows[0].End != isnad.Open {
		t.Fatalf("a refused change was made, %v", err)
	}
	delete(session, "Origin")
	session["Sec-Fetch-Site"] = "same-origin"
	ask(t, h, "POST", path, kept, session, http.StatusNoContent)
	ask(t, h, "POST", path, `{"end":""}`, editor, http.StatusNoContent)

	ask(t, h, "GET", v1+"/log", "", editor, http.StatusForbidden)
	var log struct {
		Items []isnad.Act
		Next  string
	}
	decode(t, ask(t, h, "GET", v1+"/log?limit=2", "", admin, 200).Body.Bytes(), &log)
	if len(log.Items) != 2 || log.Next == "" || log.Items[0].Do != "settle" || log.Items[0].By != "سلمى" || log.Items[0].From != "192.0.2.1" || log.Items[0].Note != "open" || log.Items[1].Note != "kept https://example.org/kept" {
		t.Errorf("%+v", log)
	}
	decode(t, ask(t, h, "GET", v1+"/log?cursor="+log.Next, "", admin, 200).Body.Bytes(), &log)
	if len(log.Items) == 0 || log.Items[0].Do != "sign-in" {
		t.Errorf("%+v", log)
	}
	ask(t, h, "GET", v1+"/log?cursor=x", "", admin, http.StatusBadRequest)
}

// TestOften wants who asks too often to be told when to come again.
func TestOften(t *testing.T) {
	r := open(t)
	_, h := door(t, r.lib, access.Options{Closed: true, Rate: 0.5, Now: func() time.Time { return morning }})
	for range 5 {
		ask(t, h, "GET", v1+"/stats", "", nil, http.StatusUnauthorized)
	}
	w := ask(t, h, "GET", v1+"/stats", "", nil, http.StatusTooManyRequests)
	if w.Header().Get("Retry-After") != "2" {
		t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
	}
}
