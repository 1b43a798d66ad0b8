package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/store/conform"
)

var ctx = context.Background()

func open(t *testing.T, address string) isnad.Library {
	t.Helper()
	l, err := Open(ctx, address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestOpenRefuses(t *testing.T) {
	if _, err := Open(ctx, "mysql://host/db", Options{}); err == nil || !strings.Contains(err.Error(), "postgres://") {
		t.Errorf("%v", err)
	}
	if _, err := Open(ctx, filepath.Join(t.TempDir(), "none"), Options{ReadOnly: true}); err == nil {
		t.Error("a library that is not there was opened for reading")
	}
}

// cut is a library whose loading fails after some calls.
type cut struct {
	isnad.Library
	left int
}

var errCut = errors.New("cut off")

func (c *cut) Load(ctx context.Context, parts []isnad.Part) error {
	if c.left--; c.left < 0 {
		return errCut
	}
	return c.Library.Load(ctx, parts)
}

// TestCopyGoesOn holds that a copy that is cut off again and again goes on where it was, and
// comes out whole; that one more changes nothing; and that nothing is copied into a library
// that holds something else.
func TestCopyGoesOn(t *testing.T) {
	from, to := open(t, t.TempDir()), open(t, t.TempDir())
	if _, err := from.Put(ctx, conform.Made(0, 900)); err != nil {
		t.Fatal(err)
	}
	cuts, most := 0, 0
	for {
		err := Copy(ctx, from, &cut{to, 2}, "a", func(n int) { most = max(most, n) })
		if err == nil {
			break
		}
		if cuts++; !errors.Is(err, errCut) || cuts > 20 {
			t.Fatal(err)
		}
	}
	if cuts < 2 || most > 500 {
		t.Errorf("cut %d times, up to %d articles in one go", cuts, most)
	}
	if err := Copy(ctx, from, &cut{to, 0}, "a", nil); err != nil {
		t.Errorf("once more: %v", err)
	}
	whole(t, from, to)
	if err := Copy(ctx, from, to, "b", nil); err == nil {
		t.Error("another library was copied into one that holds something")
	}
	if _, err := from.Put(ctx, conform.Made(900, 910)); err != nil {
		t.Fatal(err)
	}
	if err := Copy(ctx, from, to, "a", nil); err != nil {
		t.Errorf("what came since: %v", err)
	}
	whole(t, from, to)
}

// whole compares two libraries.
func whole(t *testing.T, from, to isnad.Library) {
	t.Helper()
	if err := to.Check(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
	a, err1 := from.Stats(ctx)
	b, err2 := to.Stats(ctx)
	a.Bytes, b.Bytes = 0, 0
	if a != b || err1 != nil || err2 != nil {
		t.Errorf("%+v, %+v, %v, %v", a, b, err1, err2)
	}
}

// TestBackupOfDatabase holds that the backup of a database is a library in a folder.
func TestBackupOfDatabase(t *testing.T) {
	s := pgtest.Start(t)
	l := open(t, s.URL())
	if _, err := l.Put(ctx, conform.Made(0, 30)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := l.Backup(ctx, dir); err != nil {
		t.Fatal(err)
	}
	if err := l.Backup(ctx, dir); err == nil {
		t.Error("a backup was written over another")
	}
	copied := open(t, dir)
	whole(t, l, copied)
	for _, q := range []isnad.Query{{}, {Terms: []isnad.Term{{Words: []string{"سفين"}}}}} {
		a, err1 := l.Search(ctx, q)
		b, err2 := copied.Search(ctx, q)
		if fmt.Sprint(a.Hits) != fmt.Sprint(b.Hits) || a.Total != b.Total || err1 != nil || err2 != nil {
			t.Errorf("%+v\n%+v\n%v %v", a, b, err1, err2)
		}
	}
}
