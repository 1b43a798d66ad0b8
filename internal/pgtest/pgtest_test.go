package pgtest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestKill holds that what was committed is there after a kill and a restart.
func TestKill(t *testing.T) {
	s := Start(t)
	if err := s.Exec(Database, "CREATE TABLE t(n int); INSERT INTO t VALUES(7)"); err != nil {
		t.Fatal(err)
	}
	url := s.Database(t)
	for range 2 {
		if err := s.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := s.Exec(Database, "SELECT 1"); err == nil {
			t.Error("it answers after it was killed")
		}
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
	}
	for _, url := range []string{s.URL(), url} {
		c, err := pgx.Connect(context.Background(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close(context.Background())
		var fsync string
		if err := c.QueryRow(context.Background(), "SHOW fsync").Scan(&fsync); err != nil || fsync != "on" {
			t.Errorf("fsync %q, %v", fsync, err)
		}
	}
	if err := s.Exec(Database, "INSERT INTO t SELECT n + 1 FROM t"); err != nil {
		t.Error(err)
	}
}
