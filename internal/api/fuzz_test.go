package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/isnad-project/isnad/internal/api"
	"github.com/isnad-project/isnad/internal/store"
)

// FuzzRead gives anything to be read, as anything: the answer is a record or says what is
// wrong with it, and is never an error of ours.
func FuzzRead(f *testing.F) {
	lib, err := store.Open(f.Context(), f.TempDir(), store.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { lib.Close() })
	h := serve(f, lib, api.Options{})
	object, _ := json.Marshal(map[string]any{"text": sample, "title": "مساعدات", "published": "2024-05-06", "outlet": "نبأ", "url": "https://naba.example/1", "id": "a"})
	for _, x := range [][3]string{
		{"text/plain; charset=utf-8", "published=2024-05-06", sample},
		{"text/plain; charset=windows-1256", "", "\xde\xc7\xe1 \xc7\xe1\xe6\xd2\xed\xd1"},
		{"text/plain; charset=utf-16", "", "\xff\xfe\x42\x06"},
		{"text/html; charset=utf-8", "title=x", "<html><head><title>مساعدات</title></head><body><article><p>" + sample + "</p></article></body></html>"},
		{"text/html", "", strings.Repeat("<div>", 3000) + sample},
		{"application/xhtml+xml", "", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>" + sample},
		{"application/json", "", string(object)},
		{"application/json", "outlet=x&url=%00", `{"text":"\ud800 نص","published":"2024-13-40"}`},
		{"application/json", "", `{"text":{"text":[[[[` + strings.Repeat("[", 2000)},
		{"text/plain", "published=2024-05-06T25:00:00Z", "\u202eabc\u2066\x00"},
		{"multipart/form-data; boundary=x", "", "--x--"},
	} {
		f.Add(x[0], x[1], x[2])
	}
	f.Fuzz(func(t *testing.T, form, query, body string) {
		if len(body) > 1<<16 {
			return // reading is linear in the text; the limit of a body has a test of its own
		}
		r := httptest.NewRequest("POST", "http://localhost"+v1+"/read", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header = http.Header{"Content-Type": {form}}
		w := httptest.NewRecorder()
		begun := time.Now()
		h.ServeHTTP(w, r)
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("it took %v", took)
		}
		if !utf8.Valid(w.Body.Bytes()) || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%d, and no JSON: %.300q", w.Code, w.Body)
		}
		switch w.Code {
		case http.StatusOK:
			record(t, w.Body.Bytes())
		case http.StatusBadRequest, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
			if w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d is told as %s", w.Code, w.Header().Get("Content-Type"))
			}
		default:
			t.Errorf("%d: %.300s", w.Code, w.Body)
		}
	})
}

// record wants every span of a record to stand in its text.
func record(t *testing.T, b []byte) {
	t.Helper()
	var r struct {
		Article struct{ Text string }
		Names   []struct{ Start, End int }
	}
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	n := utf8.RuneCountInString(r.Article.Text)
	for _, s := range r.Names {
		if s.Start < 0 || s.Start >= s.End || s.End > n {
			t.Errorf("a name stands at %d to %d of %d", s.Start, s.End, n)
		}
	}
}

// TestReadLimits holds that a body which is too long, or does not come, ends: the first at
// once, the second in its time, and that many at once are told to come again.
func TestReadLimits(t *testing.T) {
	lib, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	h := serve(t, lib, api.Options{})
	long := strings.Repeat("كلام طويل. ", 1<<18)
	for _, form := range []string{"text/plain", "text/html", "application/json"} {
		ask(t, h, "POST", v1+"/read", long, map[string]string{"Content-Type": form}, http.StatusRequestEntityTooLarge)
	}
	// A length that is claimed and not kept is no reason to make room for it.
	r := httptest.NewRequest("POST", "http://localhost"+v1+"/read", strings.NewReader("نص"))
	r.ContentLength = 1 << 40
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code >= 500 {
		t.Errorf("a claimed length: %d %s", w.Code, w.Body)
	}
}
