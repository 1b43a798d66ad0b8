package postgres

import (
	"context"
	"testing"

	"github.com/isnad-project/isnad"
	"github.com/isnad-project/isnad/internal/pgtest"
	"github.com/isnad-project/isnad/internal/store/conform"
	"github.com/isnad-project/isnad/internal/store/sqlite"
)

func open(t testing.TB, url string, o Options) *Library {
	t.Helper()
	l, err := Open(context.Background(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestConform(t *testing.T) {
	s := pgtest.Start(t)
	conform.Run(t, func(t testing.TB) isnad.Library { return open(t, s.Database(t), Options{}) })
}

// TestMovesBetweenStores holds that a library comes whole from the embedded store into a
// database and back.
func TestMovesBetweenStores(t *testing.T) {
	s := pgtest.Start(t)
	folder := func() isnad.Library {
		l, err := sqlite.Open(context.Background(), t.TempDir(), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		return l
	}
	t.Run("in", func(t *testing.T) { conform.Moves(t, folder(), open(t, s.Database(t), Options{})) })
	t.Run("out", func(t *testing.T) { conform.Moves(t, open(t, s.Database(t), Options{}), folder()) })
}
