package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/isnad-project/isnad/internal/access"
	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/fetch"
	"github.com/isnad-project/isnad/internal/hook"
	"github.com/isnad-project/isnad/internal/store"
)

// TestHooks goes the whole way of a saved search by the API.
func TestHooks(t *testing.T) {
	lib, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	status := http.StatusOK
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("webhook-signature") == "" {
			t.Error("it is not signed")
		}
		w.WriteHeader(status)
	}))
	defer receiver.Close()
	hooks, err := hook.New(lib, hook.Options{Allow: fetch.Loopback()})
	if err != nil {
		t.Fatal(err)
	}
	reader := serve(t, lib, api.Options{Hooks: hooks})
	editor := serve(t, lib, api.Options{Hooks: hooks, Door: access.New(lib, access.Options{})})
	object := map[string]string{"Content-Type": "application/json"}
	good := `{"name":"الغاز","query":"غاز","address":"` + receiver.URL + `"}`
	ask(t, reader, "GET", v1+"/hooks", "", nil, http.StatusForbidden)
	ask(t, reader, "POST", v1+"/hooks", good, object, http.StatusForbidden)
	for _, bad := range []string{`{"name":"x","address":"ftp://x"}`, `{"name":"","address":"` + receiver.URL + `"}`, `{"name":"x","address":"http://10.0.0.1/"}`, `{"name":"x","address":"` + receiver.URL + `","secret":"x"}`, `[]`} {
		ask(t, editor, "POST", v1+"/hooks", bad, object, http.StatusUnprocessableEntity)
	}
	ask(t, editor, "POST", v1+"/hooks", `{"name":"x","query":"after:never","address":"`+receiver.URL+`"}`, object, http.StatusBadRequest)
	var made struct{ ID, Name, Secret string }
	decode(t, ask(t, editor, "POST", v1+"/hooks", good, object, http.StatusOK).Body.Bytes(), &made)
	if made.ID == "" || made.Name != "الغاز" || made.Secret == "" {
		t.Fatalf("%+v", made)
	}
	all := list(t, editor, v1+"/hooks")
	if len(all.Items) != 1 || all.Items[0]["secret"] != nil || all.Items[0]["state"].(map[string]any)["failures"] == nil {
		t.Fatalf("%+v", all)
	}
	ask(t, editor, "POST", v1+"/hooks/"+made.ID+"/test", "", nil, http.StatusNoContent)
	status = http.StatusTeapot
	ask(t, editor, "POST", v1+"/hooks/"+made.ID+"/test", "", nil, http.StatusBadGateway)
	ask(t, editor, "POST", v1+"/hooks/"+made.ID+"/resume", "", nil, http.StatusNoContent)
	get(t, editor, v1+"/hooks/"+made.ID)
	ask(t, reader, "DELETE", v1+"/hooks/"+made.ID, "", nil, http.StatusForbidden)
	ask(t, editor, "DELETE", v1+"/hooks/"+made.ID, "", map[string]string{"Origin": "https://stranger.example"}, http.StatusForbidden)
	ask(t, editor, "DELETE", v1+"/hooks/"+made.ID, "", nil, http.StatusNoContent)
	for _, path := range []string{"", "/test", "/resume"} {
		method := "POST"
		if path == "" {
			method = "GET"
		}
		ask(t, editor, method, v1+"/hooks/"+made.ID+path, "", nil, http.StatusNotFound)
	}
	acts, _, err := lib.Acts(t.Context(), 10, "")
	if err != nil || len(acts) != 2 || acts[0].Do != "search-dropped" || acts[1].To != made.ID {
		t.Fatalf("%+v, %v", acts, err)
	}
}
