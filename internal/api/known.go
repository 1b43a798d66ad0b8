package api

import (
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// known lets through what the mux knows and tells of the rest in the form of every
// other error.
func known(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		u := &unknown{header: http.Header{}}
		h.ServeHTTP(u, r)
		if allow := u.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
		}
		if u.status == 0 {
			u.status = http.StatusNotFound
		}
		refuse(w, u.status, "nothing is served there; "+root+" tells what is")
	})
}

// unknown takes what a mux says of a path that it does not know.
type unknown struct {
	header http.Header
	status int
}

func (u *unknown) Header() http.Header         { return u.header }
func (u *unknown) WriteHeader(status int)      { u.status = status }
func (u *unknown) Write(b []byte) (int, error) { return len(b), nil }

// refuse tells an error outside of any operation.
func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: why}) //nolint:errcheck // who asked went away
}
