package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/hook"
)

// saved puts saved searches into a library: one that is well, one that fails, one that is
// stopped, with what a stranger may have answered.
func (r *room) saved(t *testing.T) {
	t.Helper()
	hit, err := r.lib.Search(t.Context(), isnad.Query{Limit: 1})
	if err != nil || len(hit.Hits) == 0 {
		t.Fatal(err)
	}
	failure := hook.Failure{At: morning.Add(-time.Hour), Article: hit.Hits[0].ID, Try: 3, Why: "it answered 503 <script>alert(1)</script>", GivenUp: true}
	for id, s := range map[string]hook.State{
		"a": {Taken: 1204, Last: morning.Add(-5 * time.Minute)},
		"b": {Taken: 3, Row: 4, Waiting: []hook.Waiting{{Article: hit.Hits[0].ID}, {}}, Failed: []hook.Failure{failure, failure}, GivenUp: 1, Last: morning.Add(-50 * time.Hour)},
		"c": {Stopped: true, Trouble: "it answered 410 Gone"},
	} {
		h := hook.Hook{ID: id, Name: map[string]string{"a": "غاز ونفط", "b": "<b>markup</b>", "c": "زلازل"}[id], Query: `speaker:وزير said:"الغاز" after:2024-05`, Address: "https://receiver.example/a/rather/long/path/to/where/news/goes?for=desk", By: "سلمى", Made: morning}
		for kind, v := range map[string]any{"hook": h, "hookprogress": s} {
			b, err := json.Marshal(v)
			if err == nil {
				err = r.lib.File(t.Context(), isnad.Paper{Kind: kind, Name: id, Text: b})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestHooks saves the search of a page, tests it, sees how it is, and ends it.
func TestHooks(t *testing.T) {
	r := open(t)
	status := http.StatusNoContent
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer receiver.Close()
	hooks, err := hook.New(r.lib, hook.Options{Allow: fetch.Loopback(), Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	p := pages(t, r.lib, Options{Hooks: hooks, Now: func() time.Time { return morning }})
	search := get(t, p, "/search?q="+url.QueryEscape("زلزال"), 200).Body.String()
	if !strings.Contains(search, `href="/hooks?q=%d8%b2%d9%84%d8%b2%d8%a7%d9%84"`) {
		t.Error("the page of a search does not lead to saving it")
	}
	if page := get(t, p, "/hooks?q="+url.QueryEscape("زلزال"), 200).Body.String(); !strings.Contains(page, `name="query" value="زلزال"`) {
		t.Error("the search does not stand in the form")
	}
	form := url.Values{"name": {"زلازل"}, "query": {"زلزال"}, "address": {receiver.URL}}
	for key, bad := range map[string]string{"name": "", "address": "http://10.0.0.1/", "query": "after:never"} {
		f := url.Values{"name": form["name"], "query": form["query"], "address": form["address"]}
		f.Set(key, bad)
		w := post(t, p, "/hooks", f, http.StatusUnprocessableEntity)
		sound(t, w.Body.String())
	}
	w := post(t, p, "/hooks", form, http.StatusOK)
	sound(t, w.Body.String())
	all, err := hooks.List(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	h := all[0]
	if !strings.Contains(strings.ReplaceAll(w.Body.String(), "&#43;", "+"), h.Secret) || w.Header().Get("Cache-Control") != "no-store" {
		t.Error("the secret is not shown, or kept by the browser")
	}
	if strings.Contains(get(t, p, "/hooks", 200).Body.String(), "whsec_") {
		t.Error("the secret is shown a second time")
	}
	post(t, p, "/hooks/"+h.ID+"/test", nil, http.StatusSeeOther)
	status = http.StatusTeapot
	if page := post(t, p, "/hooks/"+h.ID+"/test", nil, http.StatusBadGateway).Body.String(); !strings.Contains(page, "418") {
		t.Error("the page does not say how the test was answered")
	}
	post(t, p, "/hooks/"+h.ID+"/resume", nil, http.StatusSeeOther)
	post(t, p, "/hooks/none/test", nil, http.StatusNotFound)
	r.saved(t)
	page := get(t, p, "/en/hooks", 200).Body.String()
	sound(t, page)
	for _, want := range []string{"1,204 articles taken", "2 waiting", "one given up", "it answered 410 Gone", "Stopped", "Failing", "&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	post(t, p, "/hooks/"+h.ID+"/remove", nil, http.StatusSeeOther)
	if all, err = hooks.List(t.Context()); err != nil || len(all) != 3 {
		t.Error(all, err)
	}
	acts, _, err := r.lib.Acts(t.Context(), 10, "")
	if err != nil || len(acts) < 2 || acts[0].Do != "search-dropped" {
		t.Errorf("%+v, %v", acts, err)
	}
}
