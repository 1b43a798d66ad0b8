package depot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// server starts an S3 server on this machine with an empty bucket and gives a depot in it.
func server(t *testing.T) (Depot, *httptest.Server) {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("parts"); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(gofakes3.New(backend, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	t.Cleanup(s.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	d, err := New("s3://parts/a/run?region=here&endpoint=" + s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return d, s
}

func put(t *testing.T, d Depot, name, s string) {
	t.Helper()
	if err := d.Put(t.Context(), name, strings.NewReader(s), int64(len(s))); err != nil {
		t.Fatal(err)
	}
}

// TestDepots holds every kind of depot to the same.
func TestDepots(t *testing.T) {
	onDisk, err := New(t.TempDir() + "/new/folder")
	if err != nil {
		t.Fatal(err)
	}
	inBucket, _ := server(t)
	for _, d := range []Depot{onDisk, inBucket} {
		t.Run(fmt.Sprintf("%T", d), func(t *testing.T) { conform(t, d) })
	}
}

func conform(t *testing.T, d Depot) {
	ctx := t.Context()
	if _, err := d.Get(ctx, "x/none"); !errors.Is(err, ErrNone) {
		t.Errorf("what is not there: %v", err)
	}
	if _, err := d.Open(ctx, "x/none", 0, 5); !errors.Is(err, ErrNone) {
		t.Errorf("what is not there, opened: %v", err)
	}
	if err := d.Remove(ctx, "x/none"); err != nil {
		t.Errorf("what is not there, removed: %v", err)
	}
	if names, err := d.List(ctx, "x/"); err != nil || len(names) > 0 {
		t.Errorf("an empty depot lists %q, %v", names, err)
	}
	put(t, d, "x/b", "first")
	put(t, d, "x/b", "second, longer")
	put(t, d, "x/a-1", "1")
	put(t, d, "y/c", "other")
	if b, err := d.Get(ctx, "x/b"); err != nil || string(b) != "second, longer" {
		t.Errorf("%q, %v", b, err)
	}
	in, err := d.Open(ctx, "x/b", 8, 6)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(in); err != nil || string(b) != "longer" {
		t.Errorf("a stretch: %q, %v", b, err)
	}
	in.Close()
	if names, err := d.List(ctx, "x/"); err != nil || !slices.Equal(names, []string{"x/a-1", "x/b"}) {
		t.Errorf("%q, %v", names, err)
	}
	if names, err := d.List(ctx, "x/a"); err != nil || !slices.Equal(names, []string{"x/a-1"}) {
		t.Errorf("%q, %v", names, err)
	}
	var won atomic.Int32
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if ok, err := d.Claim(context.Background(), "lease/1", []byte{byte('a' + i)}); err != nil {
				t.Error(err)
			} else if ok {
				won.Add(1)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d have claimed one thing", won.Load())
	}
	if err := d.Remove(ctx, "lease/1"); err != nil {
		t.Fatal(err)
	}
	if ok, err := d.Claim(ctx, "lease/1", []byte("x")); !ok || err != nil {
		t.Errorf("claimed again: %v, %v", ok, err)
	}
	if err := d.Clear(ctx, "x"); err != nil {
		t.Error(err)
	}
	if err := d.Clear(ctx, "nothing"); err != nil {
		t.Error(err)
	}
	if names, err := d.List(ctx, ""); err != nil || !slices.Equal(names, []string{"lease/1", "y/c"}) {
		t.Errorf("cleared: %q, %v", names, err)
	}
}

// TestFolderWhole wants a thing whose source fails to be there as before.
func TestFolderWhole(t *testing.T) {
	d, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	put(t, d, "x", "before")
	if err := d.Put(t.Context(), "x", broken{}, 5); err == nil {
		t.Error("no error")
	}
	if b, _ := d.Get(t.Context(), "x"); string(b) != "before" {
		t.Errorf("there is %q", b)
	}
	if names, _ := d.List(t.Context(), ""); !slices.Equal(names, []string{"x"}) {
		t.Errorf("%q", names)
	}
}

type broken struct{}

func (broken) Read(b []byte) (int, error)     { return copy(b, "half"), errors.New("broken") }
func (broken) Seek(int64, int) (int64, error) { return 0, nil }

// TestRefused wants errors to name the bucket and say what to do.
func TestRefused(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	for _, c := range []struct {
		status     int
		code, want string
	}{
		{403, "AccessDenied", "give its user the right"},
		{403, "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"},
		{403, "InvalidAccessKeyId", "does not know this key"},
		{403, "", "may not do this there"},
		{404, "NoSuchBucket", "make it first"},
		{409, "QuotaExceeded", "make room"},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=key/") {
				t.Errorf("not signed: %q", r.Header.Get("Authorization"))
			}
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(c.status)
			if c.code != "" {
				fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", c.code)
			}
		}))
		d, err := New("s3://guarded/run?region=here&endpoint=" + s.URL)
		if err != nil {
			t.Fatal(err)
		}
		err = d.Put(t.Context(), "records/part", bytes.NewReader([]byte("x")), 1)
		if err == nil || !strings.Contains(err.Error(), "bucket guarded at "+strings.TrimPrefix(s.URL, "http://")) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d %s: %v", c.status, c.code, err)
		}
		if _, err := d.List(t.Context(), "x"); err == nil || c.code != "" && !strings.Contains(err.Error(), c.want) {
			t.Errorf("list, %d %s: %v", c.status, c.code, err)
		}
		s.Close()
	}
	for _, bad := range []string{"s3://", "s3:///x", "s3://b/p?endpoint=nowhere"} {
		if _, err := New(bad); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}
